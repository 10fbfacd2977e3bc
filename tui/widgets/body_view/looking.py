"""The process of a body view that looks for regular expressions: when there is one, and for what.

prompt opened ── warm ──▶ ready ── look ──▶ answers ... ── prompt closed, focus lost ──▶ none
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import work

from tui.body import lenses
from tui.body.kinds import EVENT_STREAM, Kind
from tui.body.search.searching import SpeltAs
from tui.widgets.body_view.keeping import LookedIn
from tui.widgets.body_view.looker import PatternLooker
from tui.widgets.body_view.prompt import FIND
from tui.widgets.body_view.prompting import BodyPrompting

if TYPE_CHECKING:
    from textual.worker import Worker

    from tui.body.growing import Bytes
    from tui.body.rows import Document
    from tui.body.search.pattern_search import PatternSearch


class BodyLooking(BodyPrompting):
    """Has at most one process, which looks for one pattern at a time."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._looker: PatternLooker | None = None
        self._looking: Worker[None] | None = None

    # What a class on top of this one adds

    def _take_answer(self) -> None:
        """Be told that more is known of what is looked for."""

    def sought_in(self, document: Document) -> LookedIn:
        """Return in what something is looked for, while that is shown."""
        return LookedIn(document.data, self._spelling)

    @property
    def _spelling(self) -> SpeltAs:
        is_json = self.found is not None and self.found.kind is Kind.JSON
        match self.lens:
            case lenses.HEX:
                return SpeltAs.BYTES
            case lenses.TABLE:
                return SpeltAs.JSON_CELLS if is_json else SpeltAs.CSV_CELLS
            case lenses.PRETTY if is_json or self._are_events:
                return SpeltAs.JSON
            case _:
                return SpeltAs.AS_SHOWN

    @property
    def _are_events(self) -> bool:
        return self.found is not None and self.found.media_type == EVENT_STREAM

    # The process

    @work(group="pattern-process", description="get ready to look for a pattern")
    async def _warm(self, looker: PatternLooker) -> None:
        await looker.warm()

    @work(exclusive=True, group="pattern", description="look for a pattern")
    async def _look_for(self, search: PatternSearch, data: Bytes) -> None:
        await self._looker_in(data).look(search, self._take_answer)
        if not self._is_found_by_typing:
            self._close_looker()

    @property
    def _is_found_by_typing(self) -> bool:
        """Whether another pattern may be typed any moment."""
        return self.asked is not None and self.asked.mark == FIND

    def _looker_in(self, data: Bytes) -> PatternLooker:
        """Return what looks through a body, and what comes behind it."""
        if self._looker is None or not self._looker.has(data):
            self._close_looker()
            self._looker = PatternLooker(data)
        return self._looker

    def _close_looker(self) -> None:
        if self._looker is not None:
            self._looker.close()
        self._looker = None

    def _cancel_looking(self) -> None:
        if self._looking is not None:
            self._looking.cancel()
        self._looking = None

    def _stop_looking(self) -> None:
        self._cancel_looking()
        self._close_looker()

    def on_blur(self) -> None:
        """Keep no process for a prompt that is closed."""
        self._close_looker()

    def on_unmount(self) -> None:
        """End the process that looks."""
        self._stop_looking()
