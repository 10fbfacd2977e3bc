"""Finding in a body view.

/ text ──▶ Finding ──▶ marks on rows, and the offset to go to
/ regex ──▶ PatternLooker, a process ──▶ the same
"""

from __future__ import annotations

from asyncio import get_running_loop
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from tui.body.lenses import HEX
from tui.body.sanitise import sanitise
from tui.body.search.finding import Finding, places_of_hits
from tui.body.search.pattern_search import PatternSearch
from tui.body.search.searching import Search
from tui.body.told_document import ToldDocument
from tui.widgets.body_view.keeping import Sought
from tui.widgets.body_view.looking import BodyLooking
from tui.widgets.body_view.prompt import FIND, PROMPT_CHARS_MAX, Note, Pressed, Prompt
from tui.widgets.body_view.rows import FIRST_TURN_S

if TYPE_CHECKING:
    from collections.abc import Callable

    from tui.body.rows import Document, Header
    from tui.body.shown_bytes import ShownBytes
    from tui.widgets.body_view.keeping import Left, LookedIn
    from tui.widgets.body_view.painting import Mark


class BodyFinding(BodyLooking):
    """Marks what is looked for, and goes from hit to hit."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._finding: Finding | None = None
        self._is_pattern = False
        """Whether what is typed next is a regular expression."""
        self._looked_in: LookedIn | None = None
        self._is_led = True
        """Whether one goes to the first hit when it is known, rather than stays where one is."""
        self._is_reopened = False
        self._has_just_looked = False
        """Whether a key had some of it looked through since the event loop went round."""
        self._marked: tuple[Finding, int, tuple[int, int]] | None = None
        """What was marked last, how many hits were known of it, and which one was gone to."""

    def forget(self) -> None:
        """Look for nothing in another body."""
        self._finding = None
        self._stop_looking()
        super().forget()

    def leave(self) -> Left:
        """Keep what is looked for, and what is known of it; a process that looks ends here."""
        left = super().leave()
        if (finding := self._finding) is None:
            return left
        is_going_on = isinstance(finding.search, Search) or finding.is_complete
        # What comes of a body meanwhile is not looked through.
        looked_in = self._looked_in if is_going_on and not self.is_growing else None
        return replace(left, sought=Sought(finding, looked_in, self._is_at_hit))

    def remember(self, left: Left) -> None:
        """Go on looking for what was looked for."""
        super().remember(left)
        if left.sought is not None:
            self._finding, self._looked_in = left.sought.finding, left.sought.looked_in
            self._is_pattern = isinstance(self._finding.search, PatternSearch)
            self._is_led, self._is_reopened = left.sought.is_led, True

    def take_up(self, document: Document, offset: int) -> None:
        """Look for the same, anew in other text; a hit in words about a body leads nowhere."""
        if (finding := self._finding) is not None:
            if not self._is_reopened:
                self._is_led = self._is_at_hit and not isinstance(document, ToldDocument)
            if not self.sought_in(document).is_the_same(self._looked_in):
                self._finding = self._looking_for(finding.search.text, document, offset)
            finding.show_in(document)
            self._is_reopened = True
        super().take_up(document, offset)

    def show_document(self, document: Document | None, *, offset: int = 0) -> None:
        """Stay at the current hit, all of it in view, if one was there."""
        super().show_document(document, offset=offset)
        if self._is_reopened and self._is_led:
            self._show_hit()
        self._is_reopened = False

    def places(self) -> list[str]:
        """Say how many hits there are, too."""
        if self._finding is None or self.document is None:
            return super().places()
        return [f"{self._finding.quoted} {self._finding.words}", *super().places()]

    @property
    def has_news(self) -> bool:
        """Whether all has been looked through."""
        is_found = self._finding is not None and self._finding.is_complete
        return is_found or super().has_news

    # Finding

    def action_find(self) -> None:
        """Ask what to find."""
        self.ask(Prompt(FIND, lead=self._lead))
        self._get_ready()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave n and N to others while nothing is looked for."""
        if action == "step_hit":
            return self._finding is not None
        return super().check_action(action, parameters)

    def action_step_hit(self, direction: int) -> None:
        """Go to the next hit, or to the previous one."""
        if self._finding is not None and self.document is not None:
            self._is_led = True
            self._finding.step(direction, self.cursor)
            self._look_on_for_pattern()
            self._show_hit()
            self.wake()

    @property
    def has_other_work(self) -> bool:
        """Whether there is more to look through."""
        is_looking = self._finding is not None and self._finding.can_advance
        return is_looking or super().has_other_work

    def advance_others(self, budget_bytes: int) -> None:
        """Go on looking."""
        super().advance_others(budget_bytes)
        if self._finding is not None and self._finding.advance(budget_bytes):
            self._lead_to_hit()

    def marks(self, index: int, chars: range) -> list[Mark]:
        """Mark what was found in a row."""
        marks, document = super().marks(index, chars), self.document
        if document is not None:
            marks += self._hit_marks(document.span(index), partial(document.shown_in, index), chars)
        return marks

    def header_marks(self, header: Header, chars: range) -> list[Mark]:
        """Mark what was found in the names of columns."""
        marks = super().header_marks(header, chars)
        return marks + self._hit_marks(header.span, header.shown_in, chars)

    def _hit_marks(
        self, span: tuple[int, int], shown_in: Callable[[], ShownBytes], chars: range
    ) -> list[Mark]:
        if self._finding is None or not self._finding.has_hits_in(*span):
            return []
        here, others = places_of_hits(self._finding, span, shown_in(), chars)
        look = self.ground("current-hit") + self.look("current-hit")
        # Last where one is: above all others.
        looks = (others, self.ground("hit")), (here, look)
        return [(*place, look) for places, look in looks for place in places]

    @property
    def _is_at_hit(self) -> bool:
        """Whether one is where the current hit is, or is led to the first one."""
        hit = None if self._finding is None else self._finding.current_hit
        return self._is_led and self.is_unmoved if hit is None else self.gone_to == hit[0]

    def _looking_for(self, text: str, document: Document, offset: int) -> Finding:
        self._looked_in = there = self.sought_in(document)
        if not self._is_pattern:
            literal = Search(there.data, text, spelling=there.spelling, is_growing=self.is_growing)
            return Finding(literal, document, origin=offset)
        search = PatternSearch(text, spelling=there.spelling)
        self._looking = self._look_for(search, there.data)
        return Finding(search, document, origin=offset)

    def _lead_to_hit(self) -> None:
        """Go to the hit that is known by now, unless one moved since one asked for it."""
        if self._is_led and self.is_unmoved:
            self._show_hit()

    def _show_hit(self) -> None:
        """Go to the current hit."""
        if self._finding is not None and (hit := self._finding.current_hit) is not None:
            self.go_to_bytes(*hit)
            self._mark_anew(self._finding, hit)
            self.describe()

    def _mark_anew(self, finding: Finding, hit: tuple[int, int]) -> None:
        """Draw anew what is marked in another way than before: two rows, of hits known long ago."""
        before, self._marked = self._marked, (finding, finding.search.count, hit)
        if before is not None and before[:2] == self._marked[:2]:
            self.forget_strips(before[2], hit)
            self.refresh()
        else:
            self.redraw_marks()

    # The prompt

    def note(self, prompt: Prompt) -> Note:
        """Say how many hits there are, or what is wrong with a pattern."""
        if prompt.mark != FIND:
            return super().note(prompt)
        hint = "ctrl+r plain text" if self._is_pattern else "ctrl+r regex"
        if self.lens == HEX and not self._is_pattern and not prompt.text:
            hint = f"text, or bytes such as 7b 22 · {hint}"
        if prompt.is_cut:
            hint = f"cut at {PROMPT_CHARS_MAX:,} characters · {hint}"
        if self._finding is None:
            return Note(hint)
        search = self._finding.search
        if isinstance(search, PatternSearch) and search.problem is not None:
            at = search.problem.at
            return Note(sanitise(search.problem.reason), None if at < 0 else at)
        return Note(f"{self._finding.words} · {hint}")

    def take_key(self, prompt: Prompt, key: str) -> bool:
        """Go from plain text to regular expressions, or back."""
        if prompt.mark != FIND or key != "ctrl+r":
            return super().take_key(prompt, key)
        self._is_pattern = not self._is_pattern
        prompt.lead = self._lead
        self._get_ready()
        self._find(prompt.text)
        return True

    def take_typed(self, prompt: Prompt, pressed: Pressed) -> None:
        """Find as one types."""
        if prompt.mark == FIND:
            self._find("" if pressed is Pressed.CANCELLED else prompt.text)
            if self.asked is None:
                self._close_looker()
        else:
            super().take_typed(prompt, pressed)

    @property
    def _lead(self) -> str:
        return "regex " if self._is_pattern else ""

    def _find(self, text: str) -> None:
        """Look for another text, from where the prompt was opened on."""
        if self.document is None or (self._finding and self._finding.is_for(text, self._kind)):
            return
        self._cancel_looking()
        self._is_led = True
        self._finding = self._looking_for(text, self.document, self.asked_at) if text else None
        self.go_to_asked()
        # Keys that come together are all handled before the event loop goes round.
        self.work(turn_s=0 if self._has_just_looked else FIRST_TURN_S)
        self._has_just_looked = True
        get_running_loop().call_soon(self._rest)
        self.describe()

    def _rest(self) -> None:
        self._has_just_looked = False

    # Regular expressions

    @property
    def _kind(self) -> type[Search] | type[PatternSearch]:
        return PatternSearch if self._is_pattern else Search

    def _get_ready(self) -> None:
        """Have what looks for patterns ready by the time that one is typed, or end it."""
        if not self._is_pattern:
            self._close_looker()
        elif self.document is not None:
            self._warm(self._looker_in(self.document.data))

    def _take_answer(self) -> None:
        if self._finding is not None and self._finding.settle():
            self._lead_to_hit()
        self._look_on_for_pattern()
        self.wake()
        self.redraw_marks()
        self.describe()

    def _look_on_for_pattern(self) -> None:
        """Ask for more hits, if somebody went on behind those that were counted."""
        search = None if self._finding is None else self._finding.search
        if isinstance(search, PatternSearch) and search.is_to_be_asked and self._looked_in:
            search.is_to_be_asked = False
            self._looking = self._look_for(search, self._looked_in.data)
