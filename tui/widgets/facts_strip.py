"""A few lines of facts about the last send, or the seconds that the current one has taken."""

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
    from collections.abc import Sequence

    from textual.geometry import Size
    from textual.timer import Timer

    from tui.domain.exchanges import Exchange

_TICK_S = 0.1
_SEPARATOR = Content.styled(" · ", "$text-muted")


class FactsStrip(Widget):
    """Status, variant, latency, bytes, attempts, content type and request id."""

    DEFAULT_CSS = """
    FactsStrip {
        height: auto;
        max-height: 4;
        padding: 0 1;
        color: $text-muted;
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

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002 - Textual's signature
        """As many lines as the facts need."""
        return max(1, len(packed(self._pieces(), width)))

    def render(self) -> Content:
        """Say it, most important first; a line ends between two facts."""
        return Content("\n").join(packed(self._pieces(), self.content_size.width))

    def _pieces(self) -> list[Content]:
        match self.state:
            case Idle():
                return []
            case InFlight() as waiting:
                return _waiting_pieces(waiting)
            case Done(exchange=exchange):
                return _fact_pieces(exchange)


def packed(pieces: Sequence[Content], width: int) -> list[Content]:
    """Join pieces into lines of at most ``width`` cells; only a single longer one exceeds it."""
    lines: list[Content] = []
    for piece in pieces:
        longer = Content.assemble(lines[-1], _SEPARATOR, piece) if lines else piece
        if lines and longer.cell_length <= width:
            lines[-1] = longer
        else:
            lines.append(piece)
    return lines


def _fact_pieces(exchange: Exchange, look: str = "") -> list[Content]:
    return [
        Content.styled(sanitise(fact.text), look or fact.look or "$text")
        for fact in facts(exchange)
    ]


def _waiting_pieces(waiting: InFlight) -> list[Content]:
    elapsed_s = (datetime.now(UTC) - waiting.started_at).total_seconds()
    words = Content.assemble(
        ("waiting ", "bold $text-warning"),
        (f"{elapsed_s:.1f} s", "bold $text"),
        ("  escape stops waiting", "$text-muted"),
    )
    if waiting.previous is None:
        return [words]
    first, *others = _fact_pieces(waiting.previous, "$text-muted")
    return [words, Content.assemble(("previous ", "$text-muted"), first), *others]
