"""A body on the screen: as people read it, at any size, with what they look for in it.

What the rows are, and where a text is in them, is decided in `tui.body`; `BodyRows` draws them.

    ShownBody ──recognise──▶ lens ──open_document──▶ Document ──▶ BodyRows
    / text ──▶ Finding ──▶ marks on rows, and the offset to go to
"""

from __future__ import annotations

from dataclasses import dataclass
from time import monotonic
from typing import TYPE_CHECKING, ClassVar

from textual.message import Message
from textual.reactive import reactive

from tui.body.copying import text_of_rows
from tui.body.finding import Finding
from tui.body.kinds import Kind, recognise
from tui.body.lenses import PRETTY, lenses_for, open_document
from tui.body.sanitise import sanitise
from tui.widgets.body_view_keys import BODY_KEYS
from tui.widgets.body_view_prompt import FIND, LINE, Pressed, Prompt
from tui.widgets.body_view_rows import BodyRows
from tui.widgets.copying import CopyRequested

if TYPE_CHECKING:
    from textual import events
    from textual.binding import BindingType
    from textual.selection import Selection
    from textual.strip import Strip
    from textual.timer import Timer

    from tui.body.kinds import Recognised
    from tui.body.rows import Document
    from tui.body.shown_body import ShownBody
    from tui.widgets.body_view_painting import Mark

_DESCRIBED_EVERY_S = 0.2
"""While a body is laid out, what is said of it changes this often at most."""
_PATH_AFTER_S = 0.05
"""The path is looked for once the cursor rests: among a million siblings it takes 20 ms."""
_PATH_CHARS_MAX = 48
_WRAPPED_CELLS_MIN = 20
_GUTTER_CELLS = 8
"""Left free beside wrapped rows, before it is known how many there will be."""
_COPIED_ROWS_MAX = 20_000
"""A longer body is copied as it came, rather than row by row as it is shown."""


class BodyView(BodyRows):
    """Shows one `ShownBody`; nothing at all while there is none."""

    HELP = """\
The body, as it came: JSON is indented token by token and nothing is re-spelt.

Move with the arrows or hjkl, ctrl+d and ctrl+u, g and G; : goes to a line. / finds a text, in any
case unless you type a capital; n and N go to the next and the previous one. v goes through the
ways to look at it (pretty, raw, hex), shift+W wraps long lines. Select with the mouse or with
shift and the arrows; y copies the selection, or all, and p the path of the line in the JSON.
"""

    BINDINGS: ClassVar[list[BindingType]] = [*BODY_KEYS]

    shown: reactive[ShownBody | None] = reactive["ShownBody | None"](None, always_update=True)
    lens: reactive[str] = reactive("", init=False)
    """One of `lenses_for`; empty for the best one."""
    is_wrapped: reactive[bool] = reactive(default=False, init=False)

    @dataclass
    class Described(Message):
        """What can be said of the body has changed; drawable words."""

        words: str

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._found: Recognised | None = None
        self._finding: Finding | None = None
        self._prompt: Prompt | None = None
        self._asked_at = 0
        self._path = ""
        self._path_timer: Timer | None = None
        self._described_at_s = 0.0
        self._was_laid_out = True

    # What is shown

    def watch_shown(self) -> None:
        """Begin at the top of another body, the best way to look at it."""
        self._found = None if self.shown is None else recognise(self.shown)
        lenses = lenses_for(self._found) if self._found else ()
        self.set_reactive(BodyView.lens, lenses[0] if lenses else "")
        self._finding = self._prompt = None
        self._open()

    def watch_lens(self) -> None:
        """Look at the same place of the same body another way."""
        self._open(offset=self._offset)

    def watch_is_wrapped(self) -> None:
        """Cut the rows anew."""
        self._open(offset=self._offset)

    def on_resize(self) -> None:
        """Wrapped rows depend on the width."""
        if self.is_wrapped:
            self._open(offset=self._offset)
        self.measure()

    def _open(self, *, offset: int = 0) -> None:
        self._was_laid_out = False
        self._path = ""
        document = self._opened()
        if self._finding is not None and document is not None:
            self._finding = self._looking_for(self._finding.search.text, document, offset)
        self.show_document(document, offset=offset)

    def _opened(self) -> Document | None:
        if self.shown is None or self._found is None or not self.lens:
            return None
        if not self.is_wrapped:
            return open_document(self.shown, self._found, self.lens)
        width = self.scrollable_content_region.width - _GUTTER_CELLS
        row_bytes = max(_WRAPPED_CELLS_MIN, width)
        return open_document(self.shown, self._found, self.lens, row_bytes=row_bytes)

    @property
    def _offset(self) -> int:
        """The byte at which the cursor's row begins."""
        return self.document.span(self.cursor)[0] if self.document and self.row_count else 0

    def on_worked(self) -> None:
        """Say how far it is; often enough, not at every turn."""
        is_news = self.is_laid_out and not self._was_laid_out
        self._was_laid_out = self.is_laid_out
        is_time = monotonic() - self._described_at_s > _DESCRIBED_EVERY_S
        if is_news or is_time or (self._finding and self._finding.is_complete):
            self._describe()

    def _describe(self) -> None:
        self._described_at_s = monotonic()
        self.post_message(self.Described(" · ".join(self._words())))

    def _words(self) -> list[str]:
        document = self.document
        if document is None:
            return [] if self.shown is None else ["empty"]
        words = [document.words]
        if not document.is_complete:
            words.append(f"{document.progress:.0%} laid out")
        if self._finding is not None:
            words.append(f"{self._finding.quoted} {self._finding.words}")
        if self._path:
            path = sanitise(self._path)
            is_long = len(path) > _PATH_CHARS_MAX
            words.append(f"…{path[-_PATH_CHARS_MAX:]}" if is_long else path)
        return words

    def watch_cursor(self) -> None:
        """Tell the path once the cursor rests."""
        super().watch_cursor()
        if self._path_timer is not None:
            self._path_timer.stop()
        self._path_timer = self.set_timer(_PATH_AFTER_S, self._tell_path)

    def _tell_path(self) -> None:
        path = self.document.path(self.cursor) if self.document and self.row_count else ""
        if path != self._path:
            self._path = path
            self._describe()

    def action_next_lens(self) -> None:
        """Look at the body another way."""
        lenses = lenses_for(self._found) if self._found else ()
        if lenses:
            self.lens = lenses[(lenses.index(self.lens) + 1) % len(lenses)]

    def action_toggle_wrap(self) -> None:
        """Wrap long lines, or let them run on."""
        self.is_wrapped = not self.is_wrapped

    # Finding

    def action_find(self) -> None:
        """Ask what to find."""
        self._ask(FIND)

    def action_go_to_line(self) -> None:
        """Ask for the number of a line."""
        self._ask(LINE)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave n and N to others while nothing is looked for."""
        if action == "step_hit":
            return self._finding is not None
        return super().check_action(action, parameters)

    def action_step_hit(self, direction: int) -> None:
        """Go to the next hit, or to the previous one."""
        if self._finding is not None and self.document is not None:
            self._finding.step(direction, *self.document.span(self.cursor))
            self._show_hit()

    @property
    def has_other_work(self) -> bool:
        """Whether there is more to look through."""
        return self._finding is not None and not self._finding.is_complete

    def advance_others(self, budget_bytes: int) -> None:
        """Go on looking."""
        if self._finding is not None and self._finding.advance(budget_bytes):
            self._show_hit()

    def marks(self, index: int) -> list[Mark]:
        """Mark what was found in a row."""
        if self._finding is None or self.document is None:
            return []
        current = self.ground("current-hit") + self.look("current-hit")
        return [
            (*columns, current if is_current else self.ground("hit"))
            for first, last, is_current in self._finding.marks_in(*self.document.span(index))
            for columns in self.document.columns(index, first, last)
        ]

    def _looking_for(self, text: str, document: Document, offset: int) -> Finding:
        is_json = self._found is not None and self._found.kind is Kind.JSON
        is_spaced = is_json and self.lens == PRETTY
        return Finding(document.data, text, origin=offset, is_json=is_spaced)

    def _show_hit(self) -> None:
        """Go to the current hit."""
        if self._finding is not None and (hit := self._finding.current_hit) is not None:
            self.go_to_bytes(*hit)
            self.redraw()
            self._describe()

    # The prompt

    def bottom_strip(self, width: int) -> Strip | None:
        """Draw what is being typed."""
        if self._prompt is None:
            return None
        words = self._finding.words if self._finding and self._prompt.mark == FIND else ""
        base = self.rich_style + self.ground("prompt") + self.look("prompt")
        return self._prompt.draw(words, width, base, self.look("gutter"))

    def on_key(self, event: events.Key) -> None:
        """While something is asked for, keys are typed."""
        if self._prompt is not None:
            self._take(self._prompt, self._prompt.press(event.key, event.character), event)

    def on_paste(self, event: events.Paste) -> None:
        """Paste into what is asked for."""
        if self._prompt is not None:
            self._take(self._prompt, self._prompt.insert(event.text), event)

    def on_blur(self) -> None:
        """Stop asking."""
        self._prompt = None
        self.refresh()

    def _ask(self, mark: str) -> None:
        if self.document is not None:
            self._prompt = Prompt(mark)
            self._asked_at = self._offset
            self.refresh()

    def _take(self, prompt: Prompt, pressed: Pressed, event: events.Event) -> None:
        if pressed is Pressed.NOTHING:
            return
        event.stop()
        event.prevent_default()
        if pressed in (Pressed.ACCEPTED, Pressed.CANCELLED):
            self._prompt = None
        if prompt.mark == FIND:
            self._find("" if pressed is Pressed.CANCELLED else prompt.text)
        elif pressed is Pressed.ACCEPTED and prompt.text.isdecimal() and self.document:
            self.go_to(self.document.row_of(int(prompt.text)))
        self.redraw()

    def _find(self, text: str) -> None:
        """Look for another text, from where the prompt was opened on."""
        if self.document is None or (self._finding and self._finding.search.text == text):
            return
        self._finding = self._looking_for(text, self.document, self._asked_at) if text else None
        self.go_to_bytes(self._asked_at, self._asked_at)
        self.work()
        self._describe()

    # Copying

    def action_copy_path(self) -> None:
        """Copy where in the value the cursor is."""
        if self.document is not None and (path := self.document.path(self.cursor)):
            self.post_message(CopyRequested(path, "the path"))

    def text_to_copy(self) -> str:
        """Return what is selected; without a selection all that is shown."""
        document = self.document
        if document is None:
            return ""
        selection = self.text_selection
        if selection is not None and (found := self.get_selection(selection)):
            return found[0]
        if self.selected_from is not None:
            first, last = sorted((self.selected_from, self.cursor))
            return text_of_rows(document, first, last + 1)
        return self._all_text(document)

    def _all_text(self, document: Document) -> str:
        if document.is_complete and document.row_count <= _COPIED_ROWS_MAX:
            return text_of_rows(document, 0, document.row_count)
        return self.shown.data.decode("utf-8", "replace") if self.shown else ""

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """Return the text that the mouse selected; Textual asks."""
        document = self.document
        if document is None:
            return None
        start, end = selection.start, selection.end
        if start is None and end is None:
            return self._all_text(document), "\n"
        last = document.row_count - 1
        text = text_of_rows(
            document,
            start.y if start else 0,
            1 + (min(end.y, last) if end else last),
            first_column=start.x if start else 0,
            last_column=end.x if end and end.y <= last else None,
        )
        return text, "\n"
