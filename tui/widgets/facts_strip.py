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

    def on_mount(self) -> None:
        self._ticking: Timer = self.set_interval(_TICK_S, self.refresh, pause=True)
        self.watch_state(self.state)

    def watch_state(self, state: SendState) -> None:
        if not self.is_mounted:
            return
        if isinstance(state, InFlight):
            self._ticking.resume()
        else:
            self._ticking.pause()

    def render(self) -> Content:
        match self.state:
            case Idle():
                return Content("")
            case InFlight(started_at=started_at):
                elapsed_s = (datetime.now(UTC) - started_at).total_seconds()
                return Content.assemble(
                    ("waiting ", "bold $text-warning"),
                    (f"{elapsed_s:.1f} s", "bold $text"),
                    "  escape stops waiting",
                )
            case Done(exchange=exchange):
                parts = [(sanitise(fact.text), fact.look or "$text") for fact in facts(exchange)]
                separator = Content.styled(" · ", "$text-muted")
                return separator.join(Content.styled(*part) for part in parts)
