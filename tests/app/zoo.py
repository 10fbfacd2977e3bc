"""Every kind of widget, each given a hostile text without care; run on a terminal of its own."""

from __future__ import annotations

import sys
from pathlib import Path

from rich.segment import Segment
from textual.containers import Vertical
from textual.content import Content
from textual.screen import Screen
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Button, DataTable, Input, Label, OptionList, RichLog, Static, TextArea

from tests.app.stand_in import make_app

HOSTILE = "a\x1b[31mb\x1b]0;title\x07c\x9b31md\x7fe\u202ef\x00g\x08h"


class Drawing(Widget):
    def render_line(self, y):
        return Strip([Segment(HOSTILE)])


class Zoo(Screen):
    def compose(self):
        box = Vertical()
        box.border_title = Content(HOSTILE)
        with box:
            yield Static(Content(HOSTILE))
            yield Label(HOSTILE, markup=False)
            yield Button(Content(HOSTILE), tooltip=Content(HOSTILE))
            yield Input(HOSTILE)
            yield TextArea(HOSTILE)
            yield OptionList(Content(HOSTILE))
            yield DataTable()
            yield RichLog()
            yield Drawing()

    def on_mount(self):
        self.app.notify(f"{HOSTILE} shown in a toast", title=HOSTILE, markup=False)
        self.query_one(DataTable).add_columns("name")
        self.query_one(DataTable).add_row(HOSTILE)
        self.query_one(RichLog).write(HOSTILE)
        for each in self.query("Vertical > *"):
            each.styles.height = 3


if __name__ == "__main__":
    make_app(Zoo(), Path(sys.argv[1])).run()
