"""What a body view shows, and the lens it shows it through.

    ShownBody ──recognise──▶ lens ──open_document──▶ Document ──▶ BodyRows

Whatever can be done with a body that is shown (finding, copying, folding) is a class of its own
on top of this one; `BodyView` is all of them together.
"""

from __future__ import annotations

from dataclasses import dataclass
from time import monotonic
from typing import TYPE_CHECKING

from textual.message import Message
from textual.reactive import reactive, var

from tui.body.growing_body import GrowingBody
from tui.body.kinds import recognise, recognise_start
from tui.body.lenses import cuts_rows, lenses_for, open_document
from tui.body.rows import ROW_BYTES, path_end
from tui.body.sanitise import sanitise
from tui.body.shown_body import ShownBody
from tui.widgets.body_view.dragging import BodyDragging
from tui.widgets.body_words import BodyWords

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual.timer import Timer

    from tui.body.growing import Bytes
    from tui.body.growing_body import Body
    from tui.body.kinds import Recognised
    from tui.body.rows import Document

_DESCRIBED_EVERY_S = 0.2
"""While a body is laid out, what is said of it changes this often at most."""
_PATH_AFTER_S = 0.05
"""The path is looked for once the cursor rests: among a million siblings it takes 20 ms."""
_PATH_CHARS_MAX = 48
_WRAPPED_CELLS_MIN = 20
_BESIDE_CELLS = 9
"""Left free beside wrapped rows, for numbers and a scrollbar, before it is known how many there
will be."""


@dataclass(frozen=True, slots=True)
class Spot:
    """Where one is in a body, however it is shown."""

    offset: int = 0
    """The byte."""
    data_bytes: int = 0
    """How many bytes it is one of: a lens may show the body in another encoding."""
    line: int = 0
    """In which line of the view the cursor is, from 0."""
    encoding: str | None = None
    """What it is one of: "" for the body as it came, or what that is in if it is one of its text
    in UTF-8; None of what is made in another way. There may be more of the same by now."""

    def offset_in(self, document: Document, encoding: str | None) -> int:
        """Return the byte in what another lens shows: the same one, or as far from the start.

        Args:
            document: what is shown.
            encoding: what its bytes are, as `encoding` says it.
        """
        size = len(document.data)
        is_same = encoding is not None and encoding == self.encoding
        if is_same or self.data_bytes in (0, size):
            return self.offset
        return self.offset * size // self.data_bytes


class BodyLens(BodyDragging):
    """Opens what is shown, anew whenever the body, the lens or the width of its rows changes."""

    shown: reactive[Body | None] = reactive["Body | None"](None, always_update=True)
    lens: reactive[str] = reactive("", init=False)
    """One of `lenses_for`; empty while nothing is shown."""
    lenses_by_type: var[Mapping[str, str]] = var["Mapping[str, str]"](dict)
    """The lens that was chosen by hand for each media type."""
    is_wrapped: reactive[bool] = reactive(default=False, init=False)

    @dataclass
    class Described(Message, namespace="body_view"):
        """What can be said of the body has changed."""

        said: BodyWords

        @property
        def words(self) -> str:
            """All of it; drawable."""
            return str(self.said)

    @dataclass
    class LensChosen(Message, namespace="body_view"):
        """Bodies of this media type are to be looked at so from now on."""

        view: BodyLens
        media_type: str
        """In lower case, without parameters; what it was recognised to be if it has none."""
        lens: str

        @property
        def control(self) -> BodyLens:
            """The view in which it was chosen."""
            return self.view

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._opened_at: tuple[Spot, int] = (Spot(), -1)
        """Where one was when what is shown was opened, and which byte that is in it."""
        self._page_rows_before = 0
        self._cut_at: int | None = None
        """Where lines are cut in what is shown; None while nothing is."""
        self.found: Recognised | None = None
        """What is shown was recognised to be this."""
        self._path = ""
        self._path_timer: Timer | None = None
        self._described_at_s = 0.0
        self._was_laid_out = True

    # What a class on top of this one adds; each calls that of the next one

    def forget(self) -> None:
        """Be told that another body is about to be shown."""

    def take_up(self, document: Document, offset: int) -> None:
        """Be told that the same body is about to be shown by another document.

        Args:
            document: what is shown from now on.
            offset: the byte at which the cursor was.
        """

    @property
    def has_news(self) -> bool:
        """Whether words have changed that cannot wait."""
        return False

    def words(self) -> list[str]:
        """Return what can be said of what is shown; drawable."""
        document = self.document
        if document is None:
            nothing = "nothing yet" if isinstance(self.shown, GrowingBody) else "empty"
            return [] if self.shown is None else [nothing]
        if document.is_complete:
            return [document.words]
        if self.is_laid_out:
            return [f"{document.words} so far"]
        return [document.words, f"{document.progress:.0%} laid out"]

    def places(self) -> list[str]:
        """Return what can be said of where one is; drawable."""
        path = self._path
        is_cut = len(path) > _PATH_CHARS_MAX
        return [f"…{sanitise(path[-_PATH_CHARS_MAX:])}" if is_cut else sanitise(path)]

    # What is shown

    def watch_shown(self) -> None:
        """Begin at the top of another body, as it was chosen for its type, or the best way."""
        match self.shown:
            case None:
                self.found = None
            case GrowingBody(found=found):
                self.found = found
            case ShownBody():
                self.found = recognise_start(self.shown)
        self.set_reactive(BodyLens.lens, self._lens_for(""))
        self.forget()
        self._open(Spot())

    def _lens_for(self, lens: str) -> str:
        """Return the lens chosen for what is shown, or that one, or the best one."""
        lenses = self.lenses
        wanted = (self.lenses_by_type.get(self._media_type, ""), lens, *lenses)
        return next((each for each in wanted if each in lenses), "")

    def watch_lens(self) -> None:
        """Look at the same place of the same body another way."""
        self._open(self.spot)

    def watch_is_wrapped(self) -> None:
        """Cut the rows anew, if they are cut at all."""
        if self._cut_at is not None:
            self._open(self.spot)

    def on_resize(self) -> None:
        """Cut wrapped rows anew, and keep the cursor in view where it was so before."""
        top, before = int(self.scroll_offset.y), self._page_rows_before
        self._page_rows_before = self.page_rows
        if self._cut_at not in (None, self.cut_at):
            self._open(self.spot)
        self.measure()
        if top <= self.cursor < top + before:
            self.show_cursor()

    @property
    def lenses(self) -> tuple[str, ...]:
        """The ways to look at what is shown, the best one first."""
        if self.shown is None or self.found is None:
            return ()
        if isinstance(self.shown, GrowingBody):
            return self.shown.lenses
        return lenses_for(self.shown, self.found)

    @property
    def spot(self) -> Spot:
        """Where one is; still where one was under another lens, unless one moved since."""
        opened_at, offset = self._opened_at
        if self.gone_to == offset:
            return opened_at
        if (document := self.document) is None:
            return Spot(self.offset_of_cursor, 0, self.line_of_cursor)
        size, encoding = len(document.data), self._encoding_of(document.data)
        return Spot(self.offset_of_cursor, size, self.line_of_cursor, encoding)

    def _encoding_of(self, data: Bytes) -> str | None:
        """Return what bytes of a document are, as `Spot` says it."""
        if self.shown is None or self.found is None:
            return None
        if isinstance(self.shown, GrowingBody):
            return self.shown.encoding_of(data)
        if data is self.shown.data:
            return ""
        return self.found.encoding if data is self.found.text else None

    @property
    def row_bytes(self) -> int:
        """Where longer lines are cut."""
        width = self.content_size.width - _BESIDE_CELLS
        return max(_WRAPPED_CELLS_MIN, width) if self.is_wrapped else ROW_BYTES

    @property
    def cut_at(self) -> int | None:
        """Where longer lines are cut through this lens; None if they are not."""
        return self.row_bytes if cuts_rows(self.lens) else None

    @property
    def _media_type(self) -> str:
        return (self.found.media_type or self.found.name) if self.found else ""

    def _open(self, spot: Spot) -> None:
        self._was_laid_out = False
        self._path = ""
        document, offset = self._opened(), 0
        if document is not None:
            offset = spot.offset_in(document, self._encoding_of(document.data))
            self.take_up(document, offset)
        self.show_document(document, offset=offset)
        self._opened_at = (spot, offset)
        self._cut_at = None if document is None else self.cut_at
        self.keep_line(spot.line)
        # The cursor may rest on the row of that number already, and so not be told to move.
        self._tell_path_soon()

    def open_anew(self) -> Document | None:
        """Return what is shown, not wrapped and from the beginning, for who wants all of it."""
        if self.shown is None or self.found is None or not self.lens:
            return None
        if isinstance(self.shown, GrowingBody):
            so_far = ShownBody(self.shown.data, self.shown.content_type)
            return open_document(so_far, recognise(so_far), self.lens)
        found = recognise(self.shown) if self.found.is_begun else self.found
        return open_document(self.shown, found, self.lens)

    def _opened(self) -> Document | None:
        if self.shown is None or self.found is None or not self.lens:
            return None
        if isinstance(self.shown, GrowingBody):
            return self.shown.open(self.lens, row_bytes=self.row_bytes)
        return open_document(self.shown, self.found, self.lens, row_bytes=self.row_bytes)

    def action_next_lens(self) -> None:
        """Look at the body another way, and at all of its type from now on."""
        if not (lenses := self.lenses):
            return
        self.lens = lenses[(lenses.index(self.lens) + 1) % len(lenses)]
        self.lenses_by_type = {**self.lenses_by_type, self._media_type: self.lens}
        self.post_message(self.LensChosen(self, self._media_type, self.lens))

    def action_toggle_wrap(self) -> None:
        """Wrap long lines, or let them run on."""
        self.is_wrapped = not self.is_wrapped

    # What is said of it

    def on_worked(self) -> None:
        """Say how far it is; often enough, not at every turn."""
        is_news = self.is_laid_out and not self._was_laid_out
        self._was_laid_out = self.is_laid_out
        is_time = monotonic() - self._described_at_s > _DESCRIBED_EVERY_S
        if is_news or is_time or self.has_news:
            self.describe()
        if is_news and not self._path and self._path_timer is None:
            self._tell_path_soon()

    def describe(self) -> None:
        """Say what is shown, and where in it one is."""
        self._described_at_s = monotonic()
        what, where = (" · ".join(filter(None, words)) for words in (self.words(), self.places()))
        self.post_message(self.Described(BodyWords(what, where)))

    def watch_cursor(self) -> None:
        """Tell the path once the cursor rests."""
        super().watch_cursor()
        self._tell_path_soon()

    def _tell_path_soon(self) -> None:
        if self._path_timer is not None:
            self._path_timer.stop()
        self._path_timer = self.set_timer(_PATH_AFTER_S, self._tell_path)

    def _tell_path(self) -> None:
        self._path_timer = None
        document, path = self.document, ""
        if document is not None and self.row_count:
            path = path_end(document, self.cursor, _PATH_CHARS_MAX + 1)
        if path != self._path:
            self._path = path
            self.describe()
