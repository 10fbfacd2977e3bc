"""What stands in a row of the endpoint list: pieces of text, each with the look that it has.

    ● iris-classifier           InService   3d
      ├ blue       90 %  1×ml.m5.large
      │ iris-logistic

Looks are names; the list has a component class for each. Every text is sanitised here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias, assert_never

from rich.cells import cell_len, set_cell_size

from tui.body.sanitise import sanitise
from tui.domain.endpoints import EndpointStatus
from tui.widgets.endpoint_rows import (
    STATUS_DOTS,
    ComponentRow,
    EndpointRow,
    ModelRow,
    NoteRow,
    VariantRow,
    age,
    capacity,
    copies_words,
    share_words,
)

if TYPE_CHECKING:
    from datetime import datetime

    from tui.widgets.endpoint_rows import Row, Target

Cells: TypeAlias = list[tuple[str, str]]
"""(text, look) from left to right."""

LOOKS = (
    "name",
    "muted",
    "chosen",
    "problem",
    "status-in-service",
    "status-changing",
    "status-failed",
    "status-off",
)

_STATUS_LOOKS = {
    EndpointStatus.IN_SERVICE: "status-in-service",
    EndpointStatus.FAILED: "status-failed",
    EndpointStatus.UPDATE_ROLLBACK_FAILED: "status-failed",
    EndpointStatus.OUT_OF_SERVICE: "status-off",
    EndpointStatus.DELETING: "status-off",
    EndpointStatus.UNKNOWN: "status-off",
}
_WORD_MIN_CELLS = 6
"""A status of which less could be shown is left to its dot."""
_NAME_MIN_CELLS = 12
_VARIANT_NAME_CELLS = range(10, 20)
_AGE_CELLS = 5
_SHARE_CELLS = 7


def cells(row: Row, width: int, *, chosen: Target, now: datetime) -> Cells:
    """Lay one row out in ``width`` cells; what is too long is cut, never wrapped.

    Args:
        row: what to show.
        width: cells to fill; the texts may come out shorter.
        chosen: what the request is for.
        now: what ages are counted from.
    """
    match row:
        case EndpointRow():
            return _endpoint_cells(row, width, is_chosen=row.endpoint_name == chosen[0], now=now)
        case VariantRow():
            is_chosen = (row.endpoint_name, row.variant.name) == chosen[:2]
            return _variant_cells(row, width, is_chosen=is_chosen)
        case ModelRow():
            return _model_cells(row, width)
        case ComponentRow():
            is_chosen = (row.endpoint_name, row.component.name) == (chosen[0], chosen[2])
            return _component_cells(row, width, is_chosen=is_chosen)
        case NoteRow():
            text = cut(sanitise(row.text), width - 5)
            return [("  └ ", "muted"), (text, "problem" if row.is_problem else "muted")]
        case _:
            assert_never(row)


def _endpoint_cells(row: EndpointRow, width: int, *, is_chosen: bool, now: datetime) -> Cells:
    summary = row.summary
    status = _STATUS_LOOKS.get(summary.status, "status-changing")
    room = width - 2 - 1 - _AGE_CELLS
    word_cells = room - _NAME_MIN_CELLS
    word = cut(summary.status.value, word_cells) if word_cells >= _WORD_MIN_CELLS else ""
    name_width = max(1, room - len(word))
    name = cut_middle(sanitise(summary.name), name_width)
    is_quiet = summary.status is EndpointStatus.IN_SERVICE
    return [
        (f"{STATUS_DOTS[summary.status]} ", status),
        (set_cell_size(name, name_width) + " ", "chosen" if is_chosen else "name"),
        (word, "muted" if is_quiet else status),
        (f"{age(summary.created_at, now):>{_AGE_CELLS}}", "muted"),
    ]


def _variant_cells(row: VariantRow, width: int, *, is_chosen: bool) -> Cells:
    variant = row.variant
    look = "chosen" if is_chosen else "muted" if variant.is_shadow else "name"
    name_width = _variant_name_cells(variant.name)
    facts = "  ".join(filter(None, (capacity(variant), *variant.statuses)))
    room = width - 4 - name_width - _SHARE_CELLS - 2
    return [
        ("  └ " if row.is_last else "  ├ ", "muted"),
        (set_cell_size(cut_middle(sanitise(variant.name), name_width), name_width), look),
        (f"{share_words(row):>{_SHARE_CELLS}}", look),
        (f"  {cut(sanitise(facts), room)}", "muted"),
    ]


def _component_cells(row: ComponentRow, width: int, *, is_chosen: bool) -> Cells:
    facts = sanitise(copies_words(row.component))
    name_width = max(_NAME_MIN_CELLS, width - 4 - cell_len(facts) - 2)
    name = cut_middle(sanitise(row.component.name), name_width)
    quiet = (
        "muted"
        if row.component.is_ready
        else "problem"
        if row.component.failure_reason
        else "status-off"
    )
    return [
        ("  └ " if row.is_last else "  ├ ", "muted"),
        (set_cell_size(name, name_width), "chosen" if is_chosen else "name"),
        (f"  {cut(facts, width - 6 - name_width)}", quiet),
    ]


def _model_cells(row: ModelRow, width: int) -> Cells:
    branch = "    " if row.is_last else "  │ "
    text = cut_middle(sanitise(row.variant.model_name or ""), max(0, width - 4))
    return [(branch + text, "muted")]


def _variant_name_cells(name: str) -> int:
    wanted = cell_len(sanitise(name))
    return max(_VARIANT_NAME_CELLS.start, min(_VARIANT_NAME_CELLS.stop - 1, wanted))


def cut(text: str, width: int) -> str:
    """Shorten ``text`` to ``width`` cells, marking that something is missing."""
    if cell_len(text) <= width:
        return text
    return set_cell_size(text, max(0, width - 1)).rstrip() + "…" if width > 0 else ""


def cut_middle(text: str, width: int) -> str:
    """Shorten a name, keeping both ends: generated names differ at their end."""
    if cell_len(text) <= width:
        return text
    tail = max(0, (width - 1) // 3)
    head = set_cell_size(text, max(0, width - 1 - tail))
    end = text[len(text) - tail :]
    return set_cell_size(f"{head}…{end}", max(0, width))
