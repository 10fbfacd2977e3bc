"""A few lines of facts about the last send, or the seconds that the current one has taken."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, TypeAlias

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
Piece: TypeAlias = tuple[Content, Content]
"""A fact, whole and as short as it may be said."""

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
        return max(1, len(fitted(self._pieces(), width)))

    def render(self) -> Content:
        """Say it, most important first; a line ends between two facts."""
        return Content("\n").join(fitted(self._pieces(), self.content_size.width))

    def _pieces(self) -> list[Piece]:
        match self.state:
            case Idle():
                return []
            case InFlight() as waiting:
                return _waiting_pieces(waiting)
            case Done(exchange=exchange):
                return _fact_pieces(exchange)


def fitted(pieces: Sequence[Piece], width: int) -> list[Content]:
    """Lay pieces out in one line, the last of them shortened first; else all whole, in several."""
    said = [whole for whole, _short in pieces]
    for index in reversed(range(len(pieces))):
        if len(lines := packed(said, width)) <= 1:
            return lines
        said[index] = pieces[index][1]
    if len(lines := packed(said, width)) <= 1:
        return lines
    return packed([whole for whole, _short in pieces], width)


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


def _fact_pieces(exchange: Exchange, look: str = "") -> list[Piece]:
    return [
        (_styled(fact.text, look or fact.look), _styled(fact.short or fact.text, look or fact.look))
        for fact in facts(exchange)
    ]


def _styled(text: str, look: str) -> Content:
    return Content.styled(sanitise(text), look or "$text")


def _waiting_pieces(waiting: InFlight) -> list[Piece]:
    elapsed_s = (datetime.now(UTC) - waiting.started_at).total_seconds()
    words = Content.assemble(
        ("waiting ", "bold $text-warning"),
        (f"{elapsed_s:.1f} s", "bold $text"),
        ("  escape stops waiting", "$text-muted"),
    )
    if waiting.previous is None:
        return [(words, words)]
    (first, _short), *others = _fact_pieces(waiting.previous, "$text-muted")
    previous = Content.assemble(("previous ", "$text-muted"), first)
    return [(words, words), (previous, previous), *others]
