"""One line of facts about the last send, or the seconds that the current one has taken."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from tui.body.sanitise import sanitise
from tui.domain.exchanges import Done, Idle, InFlight, SendState
from tui.widgets.outcome_words import facts

if TYPE_CHECKING:
    from textual.timer import Timer

    from tui.domain.exchanges import Exchange

_TICK_S = 0.1


class FactsStrip(Widget):
    """Status, variant, latency, bytes, attempts, content type and request id."""

    DEFAULT_CSS = """
    FactsStrip {
        height: auto;
        max-height: 3;
        padding: 0 1;
        color: $text-muted;
        text-wrap: wrap;
    }
    """

    state: reactive[SendState] = reactive[SendState](Idle(), layout=True)

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id)
        self._ticking: Timer | None = None

    def on_mount(self) -> None:
        """Tick while a request is out."""
        self._ticking = self.set_interval(_TICK_S, self.refresh, pause=True)
        self.watch_state(self.state)

    def watch_state(self, state: SendState) -> None:
        """Start or stop ticking."""
        if self._ticking is None:
            return
        if isinstance(state, InFlight):
            self._ticking.resume()
        else:
            self._ticking.pause()

    def render(self) -> Content:
        """Say it in one line, which wraps between facts."""
        match self.state:
            case Idle():
                return Content("")
            case InFlight() as waiting:
                return _waiting_words(waiting)
            case Done(exchange=exchange):
                return _facts_words(exchange)


def _facts_words(exchange: Exchange, look: str = "") -> Content:
    separator = Content.styled(" · ", "$text-muted")
    found = facts(exchange)
    return separator.join(
        # A fact holds together where the line wraps.
        Content.styled(_unbroken(sanitise(fact.text)), look or fact.look or "$text")
        for fact in found
    )


def _unbroken(text: str) -> str:
    return text.replace(" ", "\N{NO-BREAK SPACE}")


def _waiting_words(waiting: InFlight) -> Content:
    elapsed_s = (datetime.now(UTC) - waiting.started_at).total_seconds()
    words = Content.assemble(
        ("Waiting ", "bold $text-warning"),
        (f"{elapsed_s:.1f} s", "bold $text"),
        ("  escape stops waiting", "$text-muted"),
    )
    if waiting.previous is None:
        return words
    previous = _facts_words(waiting.previous, "$text-muted")
    return Content.assemble(words, ("  previous: ", "$text-muted"), previous)
