"""A body that comes while it is shown: taken in once a frame, followed to its end.

shown = GrowingBody
append, append ... ──▶ (a frame later) ──▶ document ──▶ rows
finish ──▶ shown = ShownBody, the document stays if it is what shows that too
"""

from __future__ import annotations

from dataclasses import replace
from time import monotonic, thread_time
from typing import TYPE_CHECKING

from tui.body.growing import Growing
from tui.body.growing_body import GrowingBody, becomes
from tui.body.kinds import recognise_start
from tui.body.lenses import HEX
from tui.widgets.body_view.decoding import BodyDecoding
from tui.widgets.body_view.holding import BodyHolding
from tui.widgets.body_view.painting import part_of, sight_of
from tui.widgets.body_view.rows import FIRST_TURN_S, TURN_S

if TYPE_CHECKING:
    from textual.timer import Timer

    from tui.body.rows import Document, Row
    from tui.body.shown_body import ShownBody
    from tui.widgets.body_view.keeping import Left
    from tui.widgets.body_view.lens import Spot
    from tui.widgets.body_view.painting import Sight

_FRAME_S, _FRAME_S_MAX = 1 / 30, 1 / 4
"""What came is taken in, laid out and drawn this often at most, however often it comes."""
_FRAME_TIMES = 6
"""Less often where drawing takes long: it has this part of the time, keys have the rest."""
_DESCRIBED_AFTER_S = 0.2


class BodyGrowing(BodyHolding):
    """Shows what has come of a body."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._coming: Timer | None = None
        self._describing: Timer | None = None
        self._changed_from = 0
        """The first row that may look different from when it was drawn."""
        self._drawn_at_s = 0.0
        self._is_behind = False
        """Whether there are rows that are not drawn as they are."""
        self._frame_s = _FRAME_S
        """How long to wait for more before that is drawn, by what it took before."""

    # What comes

    def append(self, body: GrowingBody, data: bytes) -> None:
        """Take in what came next of a body, shown or not; it is drawn within a frame."""
        body.append(data)
        if body is self.shown:
            self._take_in_soon()

    def finish(self, body: GrowingBody) -> ShownBody:
        """Take in that nothing comes any more of a body; return what it has become."""
        found, document, spot = body.found, self.document, self.spot
        whole = body.finish()
        if body is self.shown:
            self.found = recognise_start(whole)
            self.become(whole)
            is_same = self.lens == self._lens_for(self.lens)
            if (
                is_same
                and not self.found.is_begun
                and isinstance(document, Growing)
                and becomes(document, found, whole, self.found)
            ):
                self._end_growth(document, whole)
            else:
                self.drop_documents()  # it shows what grew, as what that was taken for
                self._reopen(spot)
            self.decode_rest()
        return whole

    def _take_in_soon(self) -> None:
        if self._coming is None:
            self._coming = self.set_timer(self._frame_s, self._take_in)

    def _take_in(self) -> None:
        self._coming = None
        body = self.shown
        if not isinstance(body, GrowingBody):
            return
        with self.holding_places():
            is_more = body.take_in()
            if body.look() or (self.document is None and body.lenses):
                self.found = body.found
                self._reopen(self.spot)
                is_more = True
            self.grew(is_whole=False)
            if self._working is None:  # else that does a turn, and not two of them in one frame
                self.work()
        if is_more:
            self._take_in_soon()
        self._describe_soon()

    def _pace(self, begin_s: float) -> None:
        """Be told that a frame is drawn, and when that was begun in time of this thread."""
        took_s = thread_time() - begin_s
        wanted_s = max(_FRAME_S, min(_FRAME_TIMES * took_s, _FRAME_S_MAX))
        self._frame_s = (self._frame_s + wanted_s) / 2

    def _describe(self) -> None:
        """Say what there is once nothing more comes for a while; else a frame does."""
        self._describing = None
        if self._coming is None:
            self.describe()
        else:
            self._describe_soon()

    def _describe_soon(self) -> None:
        if self._describing is None:
            self._describing = self.set_timer(_DESCRIBED_AFTER_S, self._describe)

    def grew(self, *, is_whole: bool) -> None:
        """Be told that there is more in the document, or that nothing more comes."""

    def _end_growth(self, document: Growing, whole: ShownBody) -> None:
        is_text = self.found is not None and self.lens != HEX
        text = self.found.text if is_text and self.found is not None else None
        with self.holding_places():
            document.finish(whole.data if text is None else text)
            self._was_laid_out = False
            self.grew(is_whole=True)
            self.work(turn_s=FIRST_TURN_S)  # all was put together in this turn, too: 10 ms of 25 MB

    def _reopen(self, spot: Spot) -> None:
        """Open what is shown anew, in the lens that it has if it still has that."""
        is_following = self.is_following
        self.set_reactive(BodyDecoding.lens, self._lens_for(self.lens))
        self._open(spot)
        self.is_following = is_following
        self.follow()

    def watch_shown(self) -> None:
        """Follow a body of which more may come, from the beginning, if that is wanted."""
        super().watch_shown()
        self.is_following = isinstance(self.shown, GrowingBody) and self.shown.is_followed
        self.follow()
        if self.is_growing:
            self._take_in_soon()

    def come_back(self, left: Left) -> None:
        """Show a body again, as it was left; it may have come as a whole by now."""
        if isinstance(left.shown, GrowingBody) and left.shown.is_finished:
            whole = left.shown.finish()
            left = replace(left, shown=whole, found=recognise_start(whole))
        super().come_back(left)
        if self.is_growing:
            self._take_in_soon()

    def show_document(self, document: Document | None, *, offset: int = 0) -> None:
        """Go on following in another document, if that was so."""
        is_following = self.is_following and self.is_growing
        super().show_document(document, offset=offset)
        self._changed_from, self._is_behind = 0, False
        self.is_following = is_following
        self.follow()

    def work(self, *, turn_s: float = TURN_S) -> None:
        """Do a turn of work; what is final of a growing body is not drawn again."""
        document, growing = self.document, self.growing
        if document is None or growing is None or not self._may_change(growing):
            super().work(turn_s=turn_s)
            return
        gutter, is_looking = self.gutter_cells, self.has_other_work
        self._changed_from = min(self._changed_from, growing.final_row_count)
        with self.holding_places():
            self.work_a_turn(turn_s)
        self._is_behind = not (self.is_laid_out or monotonic() - self._drawn_at_s > self._frame_s)
        if not self._is_behind:
            if is_looking or gutter != self.gutter_cells:
                self.refresh()
                self._changed_from = 0
            self._draw_from(self._changed_from)
            self._changed_from, self._drawn_at_s = growing.final_row_count, monotonic()
        self.is_following = self.is_following and not document.is_complete
        self.go_on_or_rest()

    def _may_change(self, document: Growing) -> bool:
        """Whether rows that are drawn may become others, or have since they were."""
        is_open = document.is_growing or document.has_open_rows
        return is_open or self.is_following or self._is_behind

    def _draw_from(self, first: int) -> None:
        """Draw what may look different, rows from one on, and only if that is in view."""
        self.call_after_refresh(self._pace, thread_time())
        drawn = self._rows_in_view
        self.forget_rows(first)
        self.make_room_for_rows()
        self.go_where_wanted()
        self.follow()
        if first < int(self.scroll_offset.y) + self.page_rows:
            self.measure()
            if None in drawn or self._headed is not None or drawn != self._rows_in_view:
                self.refresh()

    @property
    def _rows_in_view(self) -> list[tuple[int, Sight, Row] | None]:
        """What is seen of each row in view; None where that is not known."""
        known = ((index, self._rows.get(index)) for index in self._visible_rows())
        return [None if row is None else self._seen_of(index, row) for index, row in known]

    def _seen_of(self, index: int, row: Row) -> tuple[int, Sight, Row]:
        sight = sight_of(row.text, *self._columns)
        return index, sight, part_of(row, sight.chars)
