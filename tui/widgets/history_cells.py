"""What stands in a row of the history, in columns of fixed width. Pure; everything is sanitised.

#12 ★ 16:09:35  iris-classifier            200 OK     blue      8.6 ms    239 B  smoke test
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from rich.cells import set_cell_size

from tui.body.sanitise import sanitise
from tui.domain.history import OutcomeKind
from tui.widgets.outcome_words import duration_words, size_words

if TYPE_CHECKING:
    from tui.domain.history import HistoryEntry

LOOKS = ("text", "muted", "good", "bad", "warning", "star")

_TODAY = timedelta(hours=18)
_KIND_WORDS = {
    OutcomeKind.ANSWER: "answer",
    OutcomeKind.MODEL_ERROR: "model error",
    OutcomeKind.TIMEOUT: "timeout",
    OutcomeKind.NETWORK_FAILURE: "network failure",
    OutcomeKind.THROTTLED: "throttled",
    OutcomeKind.UNAVAILABLE: "unavailable",
    OutcomeKind.NO_ENDPOINT: "no such endpoint",
    OutcomeKind.ACCESS_DENIED: "access denied",
    OutcomeKind.NO_CREDENTIALS: "no credentials",
    OutcomeKind.REFUSED: "refused",
    OutcomeKind.BAD_CONNECTION: "bad connection",
    OutcomeKind.FILE_PROBLEM: "file problem",
    OutcomeKind.FAILED: "failed",
    OutcomeKind.STOPPED: "stopped waiting",
    OutcomeKind.UNKNOWN: "no outcome known",
}
_WARNINGS = frozenset({OutcomeKind.STOPPED, OutcomeKind.UNKNOWN})
_NAME_CELLS_MIN = 12
_OUTCOME_CELLS = 22
_VARIANT_CELLS = 14
_WIDE_CELLS = 104
"""From here on there is room for variant and size too."""
_NOTE_SHARE = 0.4


def cells(entry: HistoryEntry, width: int, *, now: datetime) -> list[tuple[str, str]]:
    """Return the (text, look) pieces of a row that is ``width`` cells wide.

    Args:
        entry: what the row is about.
        width: cells; a row may come out wider, and is cropped then.
        now: aware; older entries show their date instead of their seconds.
    """
    head = [
        (f"{f'#{entry.id}':>6} ", "muted"),
        ("★ " if entry.is_starred else "  ", "star"),
        (set_cell_size(when(entry.started_at, now), 13), "muted"),
    ]
    tail = _tail(entry, is_wide=width >= _WIDE_CELLS)
    taken = sum(len(text) for text, _ in (*head, *tail))
    free = max(_NAME_CELLS_MIN, width - taken)
    remark = _remark(entry)
    remark_cells = min(len(remark) + 2, int(free * _NOTE_SHARE)) if remark else 0
    name = set_cell_size(sanitise(entry.endpoint_name) or "(no endpoint)", free - remark_cells)
    end = [(f"  {remark}", "muted")] if remark else []
    return [*head, (name, "text"), *tail, *end]


def when(started_at: datetime, now: datetime) -> str:
    """Say a time in UTC, as logs and ``Date`` headers do."""
    moment = started_at.astimezone(UTC)
    if abs(now - started_at) < _TODAY:
        return f"{moment:%H:%M:%S}"
    if moment.year == now.astimezone(UTC).year:
        return f"{moment:%d %b %H:%M}"
    return f"{moment:%Y-%m-%d}"


def outcome_words(entry: HistoryEntry) -> str:
    """Say how a send ended: the HTTP status, or what kept it from having one."""
    words = _KIND_WORDS[entry.kind]
    if entry.status is None:
        return words
    if entry.kind is OutcomeKind.ANSWER:
        return sanitise(f"{entry.status} {entry.reason}".strip())
    return f"{entry.status} {words}"


def _tail(entry: HistoryEntry, *, is_wide: bool) -> list[tuple[str, str]]:
    outcome = (set_cell_size(f" {outcome_words(entry)}", _OUTCOME_CELLS), _look(entry))
    took = "" if entry.duration_s is None else duration_words(entry.duration_s)
    if not is_wide:
        return [outcome, (f"{took:>8}", "muted")]
    size = "" if entry.received is None else size_words(entry.received.size_bytes)
    variant = set_cell_size(sanitise(entry.variant or ""), _VARIANT_CELLS)
    return [outcome, (variant, "text"), (f"{took:>9}", "muted"), (f"{size:>10}", "muted")]


def _look(entry: HistoryEntry) -> str:
    if entry.kind is OutcomeKind.ANSWER:
        return "good"
    return "warning" if entry.kind in _WARNINGS else "bad"


def _remark(entry: HistoryEntry) -> str:
    """Say what the user said of it, else which preset it came from."""
    return sanitise(entry.note or entry.preset_name or "")
