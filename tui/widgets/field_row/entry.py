"""One line of the form: a label, an input, known values beneath, the broken rule below.

A row draws its label and its mark itself, so that it costs two nodes and not six; that is what
lets the form's first paint stay cheap. It knows text only: what the text means, and whether it
is right, is said by whoever owns the row.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from rich.highlighter import Highlighter
from textual import on
from textual.binding import Binding
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget
from textual.widgets import Input

from tui.body.sanitise import sanitise
from tui.widgets.compact import make_compact
from tui.widgets.field_row.choices import ChoiceList, matching

if TYPE_CHECKING:
    from collections.abc import Callable

    from rich.text import Text
    from textual import events
    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.geometry import Size


class _MakeVisible(Highlighter):
    """Draws what an input holds without letting any of it reach the terminal raw."""

    def highlight(self, text: Text) -> None:
        text.plain = sanitise(text.plain)


class EntryInput(Input):
    """A one-line input that draws any value safely and tells help about itself."""

    DEFAULT_CSS = """
    EntryInput.-textual-compact {
        width: 1fr;
        background: $boost;
        &:focus { background-tint: $foreground 8%; }
        &.-broken { background: $error 20%; }
    }
    """

    def __init__(self, value: str, *, help_text: str, placeholder: str, id: str | None) -> None:  # noqa: A002 - Textual's name
        super().__init__(
            value,
            placeholder=placeholder,
            highlighter=_MakeVisible(),
            select_on_focus=False,
            id=id,
        )
        make_compact(self)
        self.help_text = help_text
        """What f1 says about this input."""
        self.whole_of: Callable[[str], str | None] | None = None
        """Returns what a pasted text makes of the whole value; None has it inserted as it is."""

    def on_paste(self, event: events.Paste) -> None:
        """Take a pasted text for the whole value where it is one."""
        whole = self.whole_of(event.text) if self.whole_of is not None else None
        if whole is not None:
            event.stop()
            event.prevent_default()
            self.value = whole
            self.cursor_position = len(whole)


class EntryRow(Widget):
    """Label, input, and an arrow or a word to click; a second line only while a rule is broken."""

    DEFAULT_CSS = """
    EntryRow {
        layout: horizontal;
        height: auto;
        width: 1fr;
        color: $text-muted;
        text-wrap: nowrap;
        text-overflow: ellipsis;
        &:focus-within { color: $foreground; }
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "down,alt+down",
            "next_choice",
            "Known values",
            show=False,
            id="request.next-choice",
            tooltip="Show the known values of this field, or go to the next one",
        ),
        Binding(
            "up",
            "previous_choice",
            "Previous value",
            show=False,
            id="request.previous-choice",
            tooltip="Go to the previous known value",
        ),
        Binding(
            "escape",
            "close_choices",
            "Close values",
            show=False,
            id="request.close-choices",
            tooltip="Close the list of known values and keep what was typed",
        ),
    ]

    choices: reactive[tuple[str, ...]] = reactive[tuple[str, ...]](())
    """Raw values to offer; any other may be typed all the same."""
    problem: reactive[str] = reactive("", layout=True)
    """The rule that the value breaks."""
    is_wanted: reactive[bool] = reactive(default=False)
    """Shown as required."""

    @dataclass
    class Changed(Message):
        """The text of a row changed, by whatever hand."""

        row: EntryRow
        value: str

    @dataclass
    class AsideClicked(Message):
        """The word at the end of the row was clicked."""

        row: EntryRow

    def __init__(
        self,
        label: str,
        value: str = "",
        *,
        label_cells: int,
        help_text: str = "",
        placeholder: str = "",
        aside: str = "",
        id: str | None = None,  # noqa: A002 - Textual's name
    ) -> None:
        super().__init__(id=id)
        self.label = label
        self._label_cells = label_cells
        self._aside = aside
        self._placed_value = value
        """Put here by something else than typing, which opens no list."""
        self._list: ChoiceList | None = None
        name = f"{id}-input" if id else None
        self.entry = EntryInput(value, help_text=help_text, placeholder=placeholder, id=name)
        """The input itself, for focus and help."""
        self.entry.styles.margin = (0, self._tail_cells, 0, label_cells)

    def compose(self) -> ComposeResult:
        """Yield the input; the list of values comes when it is first wanted."""
        yield self.entry

    @property
    def value(self) -> str:
        """The text, exactly."""
        return self.entry.value

    @value.setter
    def value(self, value: str) -> None:
        if self.entry.value != value:
            self._placed_value = value
            self.entry.value = value
            self.entry.cursor_position = len(value)

    def focus_entry(self) -> None:
        """Focus the input."""
        self.entry.focus()

    @property
    def is_choosing(self) -> bool:
        """Whether the list of values is on screen."""
        return self._list is not None and self._list.is_open

    @property
    def current_choice(self) -> str | None:
        """The value marked in the open list."""
        return self._list.current if self._list is not None and self._list.is_open else None

    @property
    def can_suggest(self) -> bool:
        """Whether there is anything to offer."""
        return bool(self.choices)

    async def suggest(self, typed: str) -> tuple[str, ...]:
        """Return the values to offer for what was typed; all of them for nothing."""
        return matching(self.choices, typed)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002 - Textual's
        """One line, two while a rule is broken."""
        return 2 if self.problem else 1

    def render(self) -> Content:
        """Draw what is around the input."""
        tail = self._aside or ("▾" if self.can_suggest else " ")
        gap = " " * max(0, self.content_size.width - self._label_cells - len(tail))
        first = Content.assemble(self._label_content(), gap, (tail, self._tail_style))
        if not self.problem:
            return first
        indent = " " * self._label_cells
        return Content.assemble(first, "\n", indent, (sanitise(self.problem), "$text-error"))

    @property
    def _tail_cells(self) -> int:
        return len(self._aside or "▾") + 1

    @property
    def _tail_style(self) -> str:
        return "$text-primary" if self._aside else ""

    def _label_content(self) -> Content:
        star = ("*", "$text-warning") if self.is_wanted else " "
        return Content.assemble(self.label.ljust(self._label_cells - 2), star, " ")

    def watch_problem(self, problem: str) -> None:
        """Colour the input while a rule is broken."""
        self.entry.set_class(bool(problem), "-broken")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 - Textual's
        """Let keys through that mean nothing here now."""
        if action == "next_choice":
            return self.is_choosing or self.can_suggest
        if action in {"previous_choice", "close_choices"}:
            return self.is_choosing
        return True

    async def action_next_choice(self) -> None:
        """Go down in the open list, or open it with every value."""
        if self._list is not None and self._list.is_open:
            self._list.step(1)
        else:
            await self._open(await self.suggest(""), current=self.value)

    async def open_choices(self, typed: str) -> None:
        """Open the list for ``typed`` with no value marked; close it when there is none."""
        found = await self.suggest(typed)
        if typed == self.value and self.entry.has_focus:
            await self._open(() if found == (typed,) else found, current=None)

    def action_previous_choice(self) -> None:
        """Go up in the open list."""
        if self._list is not None:
            self._list.step(-1)

    def action_close_choices(self) -> None:
        """Take the list away and keep what was typed."""
        if self._list is not None:
            self._list.close()

    async def _open(self, values: tuple[str, ...], *, current: str | None) -> None:
        if not values:
            self.action_close_choices()
            return
        if self._list is None:
            self._list = ChoiceList()
            await self.mount(self._list)
        self._list.open(values, current=current, anchor=self.entry.region)

    def choose(self, value: str) -> None:
        """Put ``value`` into the input and close the list."""
        self.action_close_choices()
        self.value = value

    @on(Input.Changed)
    async def _tell_change(self, event: Input.Changed) -> None:
        event.stop()
        value = self.value
        self.post_message(self.Changed(self, value))
        if value == self._placed_value or not self.entry.has_focus:
            return
        self._placed_value = ""
        if value:
            await self.open_choices(value)
        else:
            self.action_close_choices()

    @on(Input.Submitted)
    def _take_current(self, event: Input.Submitted) -> None:
        event.stop()
        current = self.current_choice
        if current is None:
            self.action_close_choices()
            self.screen.focus_next("EntryInput, BodyText")
        else:
            self.choose(current)

    @on(ChoiceList.Chosen)
    def _take_clicked(self, event: ChoiceList.Chosen) -> None:
        event.stop()
        self.choose(event.value)
        self.entry.focus()

    def on_descendant_blur(self) -> None:
        """A list without its input would hang in the air."""
        self.action_close_choices()

    async def on_click(self, event: events.Click) -> None:
        """The label focuses the input, the arrow opens the list."""
        if event.widget is not self:
            return
        self.entry.focus()
        if event.x < self.size.width - self._tail_cells:
            return
        if self._aside:
            self.post_message(self.AsideClicked(self))
        elif self.can_suggest:
            await self.action_next_choice()
