"""One of many by typing a part of it, or what was typed itself: an input over a list."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.getters import query_one
from textual.message import Message
from textual.reactive import reactive
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from tui.body.sanitise import sanitise

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One thing to pick; everything in it may come from outside."""

    label: str
    value: str | None = None
    """What it stands for; None is a choice like any other."""
    note: str = ""
    is_current: bool = False
    """What is in use now; marked, and under the cursor at first."""
    is_typed: bool = False
    """Not listed: what the user typed."""


class Picker(Vertical):
    """Typing filters, up and down move, the choice under the cursor counts."""

    HELP = """\
Type a part of a name; up and down choose among what is left, enter goes on.

What is typed and not listed can be chosen too: it stands last.
"""

    DEFAULT_CSS = """
    Picker {
        height: auto;
        border: round $border-idle;
        border-title-color: $text-muted;
        padding: 0 1;
        &:focus-within { border: round $border-focus; border-title-color: $text-primary; }
        & > Input { background: transparent; padding: 0; &:focus { background: transparent; } }
        & > OptionList {
            height: auto;
            max-height: 100%;
            border: none;
            padding: 0;
            background: transparent;
            scrollbar-size-vertical: 1;
            &:focus { background: transparent; }
            & > .option-list--option { padding: 0; }
            & > .option-list--option-highlighted {
                color: $block-cursor-blurred-foreground;
                background: $block-cursor-blurred-background;
                text-style: none;
            }
            & > .option-list--option-hover { background: $block-hover-background; }
        }
        &:focus-within > OptionList > .option-list--option-highlighted {
            color: $block-cursor-foreground;
            background: $block-cursor-background;
        }
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "up",
            "move('cursor_up')",
            "Up",
            show=False,
            id="picker.up",
            tooltip="Go to the choice above",
        ),
        Binding(
            "down",
            "move('cursor_down')",
            "Down",
            show=False,
            id="picker.down",
            tooltip="Go to the choice below",
        ),
        Binding(
            "pageup",
            "move('page_up')",
            "Page up",
            show=False,
            id="picker.page-up",
            tooltip="Go up by a page of choices",
        ),
        Binding(
            "pagedown",
            "move('page_down')",
            "Page down",
            show=False,
            id="picker.page-down",
            tooltip="Go down by a page of choices",
        ),
    ]

    choices: reactive[tuple[Choice, ...]] = reactive[tuple[Choice, ...]]((), init=False)

    @dataclass
    class Moved(Message):
        """Another choice is under the cursor."""

        picker: Picker
        choice: Choice

        @property
        def control(self) -> Picker:
            """The picker, for selectors."""
            return self.picker

    @dataclass
    class Chosen(Message):
        """The user goes on with the choice under the cursor."""

        picker: Picker
        choice: Choice

        @property
        def control(self) -> Picker:
            """The picker, for selectors."""
            return self.picker

    needle = query_one(Input)
    listing = query_one(OptionList)

    def __init__(
        self,
        choices: tuple[Choice, ...] = (),
        *,
        placeholder: str = "type to filter",
        takes_free_text: bool = True,
        id: str | None = None,  # noqa: A002 - Textual's name for it
    ) -> None:
        super().__init__(id=id)
        self._placeholder = placeholder
        self._takes_free_text = takes_free_text
        self._shown: tuple[Choice, ...] = ()
        self.set_reactive(Picker.choices, choices)

    @property
    def choice(self) -> Choice | None:
        """What is under the cursor."""
        index = self.listing.highlighted
        return self._shown[index] if index is not None and index < len(self._shown) else None

    def compose(self) -> ComposeResult:
        """Lay out the input over the list; only the input takes the focus."""
        yield Input(placeholder=self._placeholder, compact=True)
        listing = OptionList(markup=False)
        listing.can_focus = False
        yield listing

    def on_mount(self) -> None:
        """Show the first choices."""
        self._show_choices()

    def watch_choices(self) -> None:
        """Show what can be picked now, keeping what was typed."""
        if self.is_mounted:
            self._show_choices()

    def action_move(self, step: str) -> None:
        """Move the cursor of the list."""
        moves = {
            "cursor_up": self.listing.action_cursor_up,
            "cursor_down": self.listing.action_cursor_down,
            "page_up": self.listing.action_page_up,
            "page_down": self.listing.action_page_down,
        }
        moves[step]()

    @on(Input.Changed)
    def _filter(self, event: Input.Changed) -> None:
        event.stop()
        self._show_choices()

    @on(Input.Submitted)
    def _go_on(self, event: Input.Submitted) -> None:
        event.stop()
        if self.choice is not None:
            self.post_message(self.Chosen(self, self.choice))

    @on(OptionList.OptionSelected)
    def _take_clicked(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.needle.focus()

    @on(OptionList.OptionHighlighted)
    def _tell_move(self, event: OptionList.OptionHighlighted) -> None:
        event.stop()
        if self.choice is not None:
            self.post_message(self.Moved(self, self.choice))

    def _show_choices(self) -> None:
        text = self.needle.value.strip()
        self._shown = matching(self.choices, text, takes_free_text=self._takes_free_text)
        self.listing.clear_options()
        self.listing.add_options(Option(choice_words(each)) for each in self._shown)
        self.listing.highlighted = first_cursor(self._shown, text) if self._shown else None


def matching(choices: Sequence[Choice], text: str, *, takes_free_text: bool) -> tuple[Choice, ...]:
    """Return the choices that hold ``text``, then the text itself when none is called so."""
    needle = text.casefold()
    found = tuple(each for each in choices if needle in each.label.casefold())
    is_listed = any(each.label == text for each in found)
    if text and takes_free_text and not is_listed:
        return (*found, Choice(label=text, value=text, note="as typed", is_typed=True))
    return found


def first_cursor(shown: Sequence[Choice], text: str) -> int:
    """Return where the cursor starts: on the best match, without a text on the current choice."""
    if not text:
        return next((index for index, each in enumerate(shown) if each.is_current), 0)
    listed = (index for index, each in enumerate(shown) if each.label == text and not each.is_typed)
    return next(listed, 0)


def choice_words(choice: Choice) -> Content:
    """Draw one choice: a mark when it is in use, its label, its note."""
    return Content.assemble(
        "● " if choice.is_current else "  ",
        sanitise(choice.label),
        f"  {sanitise(choice.note)}" if choice.note else "",
    )
