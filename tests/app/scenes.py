"""A first screen with what the shell must cope with: an input, a list, keys of every owner."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding
from textual.screen import Screen
from textual.widgets import Input, OptionList

from tui.widgets.key_bar import KeyBar


class NameInput(Input):
    HELP = """\
The name of it,
as one types it.

Markup is [b]literal[/b] here, and \x1b[31m too.
"""
    BINDINGS: ClassVar = [
        Binding("f6", "stamp", "Stamp", id="name.stamp", tooltip="Put a stamp on it")
    ]

    def action_stamp(self):
        self.value += "!"


class Rows(OptionList):
    BINDINGS: ClassVar = [Binding("y", "take", "Take", id="rows.take", tooltip="Take the row")]

    def action_take(self):
        self.screen.done.append(f"took with focus on {self.screen.focused.id}")


class Desk(Screen):
    BINDINGS: ClassVar = [
        Binding("ctrl+j", "send", "Send", priority=True, id="desk.send", tooltip="Send it once"),
        Binding("f5", "again", "Again", show=False, id="desk.again", tooltip="Do it again"),
        Binding("f8", "never", "Never", id="desk.never", tooltip="Not possible now"),
    ]

    def __init__(self):
        super().__init__()
        self.done = []

    def compose(self):
        yield NameInput(id="name")
        yield Rows("one", "two", id="rows")
        yield KeyBar()

    def action_send(self):
        self.done.append("sent")

    def action_again(self):
        self.done.append("again")

    def check_action(self, action, parameters):
        return action != "never"
