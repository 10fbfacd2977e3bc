"""Finding on in what comes: of a body that is looked through, or another body while one types.

A text is looked for in what came, and no further back. A pattern may match across anything, so it
is looked for in all of it again: now and then, by its process, until all has come.

looked through ── more came ──▶ (a second later) ──▶ looking again ── more came meanwhile ──▶ ...
"""

from __future__ import annotations

from dataclasses import replace
from time import monotonic
from typing import TYPE_CHECKING

from tui.body.search.finding import Finding
from tui.body.search.pattern_search import PatternSearch
from tui.body.search.searching import Search
from tui.widgets.body_view.finding import BodyFinding
from tui.widgets.body_view.prompt import FIND

if TYPE_CHECKING:
    from textual.timer import Timer

    from tui.body.rows import Document
    from tui.widgets.body_view.keeping import Left
    from tui.widgets.body_view.prompt import Prompt

_AGAIN_AFTER_S = 1.0
_AGAIN_AFTER_TIMES = 10
"""Looking again takes at most this part of the time."""


class BodyFindingOn(BodyFinding):
    """Looks for the same in what comes."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._next: PatternSearch | None = None
        """Looks through all that came by now; takes the place of the search when it is done."""
        self._next_since_s = 0.0
        self._not_before_s = 0.0
        self._sought_bytes = 0
        """How many were looked through for a pattern, or are."""
        self._again: Timer | None = None

    def leave(self) -> Left:
        """Keep what was looked through; what was not yet is, when one comes back."""
        left = super().leave()
        if self._next is None or left.sought is None:
            return left
        return replace(left, sought=replace(left.sought, looked_in=None))

    def grew(self, *, is_whole: bool) -> None:
        """Look for the same in what came, too."""
        super().grew(is_whole=is_whole)
        finding, document = self._finding, self.document
        if finding is None or document is None:
            return
        if isinstance(finding.search, Search):
            finding.search.grow(document.data, is_whole=is_whole)
            self._looked_in = self.sought_in(document)
        elif is_whole:
            self._look_on(finding.search, document)
        else:
            self._look_on_in_time()

    def action_step_hit(self, direction: int) -> None:
        """Go to the next hit, or the previous one; wait for it at the cursor if it is not known."""
        super().action_step_hit(direction)
        if self._finding is not None and self._finding.current is None:
            self.go_to_bytes(self.offset_of_cursor, self.offset_of_cursor)

    def ask_again(self, prompt: Prompt) -> None:
        """Find in another body what has been typed so far."""
        if prompt.mark == FIND:
            self._get_ready()
            self._find(prompt.text)
        else:
            super().ask_again(prompt)

    def _looking_for(self, text: str, document: Document, offset: int) -> Finding:
        self._next, self._sought_bytes = None, len(document.data)
        return super()._looking_for(text, document, offset)

    def _look_on_in_time(self) -> None:
        """Look through what came since for a pattern, now or once it is time to."""
        if self._again is not None:
            self._again.stop()
        self._again = None
        finding, document = self._finding, self.document
        if finding is None or document is None or isinstance(finding.search, Search):
            return
        is_more = self.is_growing and len(document.data) != self._sought_bytes
        if not (is_more and finding.is_complete and self._next is None):
            return
        wait_s = self._not_before_s - monotonic()
        if wait_s <= 0:
            self._look_on(finding.search, document)
        else:
            self._again = self.set_timer(wait_s, self._look_on_in_time)

    def _look_on(self, search: PatternSearch, document: Document) -> None:
        self._sought_bytes = len(document.data)
        if search.problem is not None:
            return
        self._looked_in = there = self.sought_in(document)
        self._next = PatternSearch(search.text, spelling=there.spelling)
        self._next.limit = search.limit
        self._next_since_s = monotonic()
        self._looking = self._look_for(self._next, there.data)

    def _take_answer(self) -> None:
        """Show the hits that are known so far, or at once those of all that came by now."""
        found, finding, document = self._next, self._finding, self.document
        if found is None or finding is None or document is None:
            super()._take_answer()
            self._look_on_in_time()
        elif found.is_complete:
            self._next = None
            took_s = monotonic() - self._next_since_s
            self._not_before_s = monotonic() + max(_AGAIN_AFTER_S, _AGAIN_AFTER_TIMES * took_s)
            current = finding.current
            self._finding = Finding(found, document, origin=self.asked_at)
            self._finding.current = current if (current or 0) < found.count else None
            super()._take_answer()
            self._look_on_in_time()

    def _look_on_for_pattern(self) -> None:
        """Ask for more hits; what is looked through at the time is looked through behind that."""
        search = None if self._finding is None else self._finding.search
        if isinstance(search, PatternSearch) and search.is_to_be_asked and self._next is not None:
            self._next, self._sought_bytes = None, 0
        super()._look_on_for_pattern()

    def _cancel_looking(self) -> None:
        self._next = None
        super()._cancel_looking()
