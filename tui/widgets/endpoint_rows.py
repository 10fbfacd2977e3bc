"""The endpoint list as rows: which rows there are and what stands in them.

    ● iris-classifier      InService  3d     EndpointRow
    ├ blue      90 %  1×ml.m5.large          VariantRow
    │ iris-logistic                          ModelRow
    └ green     10 %  1×ml.m5.large          VariantRow
      iris-tree                              ModelRow
    ◐ sentiment            Updating   5m     EndpointRow
    ● search               InService  1d     EndpointRow
    ├ AllTraffic  100 %  1×ml.g5.xlarge      VariantRow
    └ embeddings              2 copies       ComponentRow

Pure functions of domain values; no Textual, so that 10,000 endpoints can be filtered and laid out
without a widget.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeAlias

from tui.domain.endpoints import EndpointDescription, EndpointStatus, InferenceComponent
from tui.domain.errors import ExplorerError

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import datetime

    from tui.domain.endpoints import EndpointSummary, Variant

Descriptions: TypeAlias = "Mapping[str, EndpointDescription | ExplorerError]"


@dataclass(frozen=True, slots=True, kw_only=True)
class EndpointRow:
    """An endpoint."""

    summary: EndpointSummary
    is_open: bool

    @property
    def endpoint_name(self) -> str:
        """The endpoint that the row belongs to."""
        return self.summary.name


@dataclass(frozen=True, slots=True, kw_only=True)
class VariantRow:
    """A variant of the open endpoint above it."""

    endpoint_name: str
    variant: Variant
    share: float | None
    """0 to 1; None for shadow variants and where AWS gives no weight."""
    is_last: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelRow:
    """The second line of a variant: the model behind it, whose name is often long."""

    endpoint_name: str
    variant: Variant
    is_last: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ComponentRow:
    """An inference component of the open endpoint above it."""

    endpoint_name: str
    component: InferenceComponent
    is_last: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteRow:
    """One line in place of variants: being read, none, or why they cannot be read."""

    endpoint_name: str
    text: str
    is_problem: bool = False


Row: TypeAlias = EndpointRow | VariantRow | ModelRow | ComponentRow | NoteRow

Target: TypeAlias = tuple[str, str | None, str | None]
"""(endpoint, variant, inference component) of a request."""
NO_TARGET: Target = ("", None, None)

STATUS_DOTS = {
    EndpointStatus.IN_SERVICE: "●",
    EndpointStatus.CREATING: "◔",
    EndpointStatus.UPDATING: "◐",
    EndpointStatus.SYSTEM_UPDATING: "◐",
    EndpointStatus.ROLLING_BACK: "◑",
    EndpointStatus.DELETING: "◌",
    EndpointStatus.OUT_OF_SERVICE: "○",
    EndpointStatus.FAILED: "✗",
    EndpointStatus.UPDATE_ROLLBACK_FAILED: "▲",
    EndpointStatus.UNKNOWN: "?",
}


def closed_rows(endpoints: Sequence[EndpointSummary]) -> tuple[tuple[str, EndpointRow], ...]:
    """Return (what the filter looks in, row) for each endpoint; made once for a listing."""
    return tuple(
        (f"{each.name} {each.status}".lower(), EndpointRow(summary=each, is_open=False))
        for each in endpoints
    )


def matching(searchable: Sequence[tuple[str, EndpointRow]], needle: str) -> tuple[EndpointRow, ...]:
    """Keep the endpoints whose name or status holds every word of ``needle``, in any case."""
    found = searchable
    for word in needle.lower().split():
        found = [pair for pair in found if word in pair[0]]
    return tuple(row for _text, row in found)


def lay_out(
    endpoints: Sequence[EndpointRow],
    open_names: Collection[str],
    descriptions: Descriptions,
) -> tuple[Row, ...]:
    """Return every row of the list, top to bottom."""
    if not open_names:
        return tuple(endpoints)
    rows: list[Row] = []
    for each in endpoints:
        name = each.summary.name
        if name in open_names:
            rows.append(replace(each, is_open=True))
            rows.extend(_detail_rows(name, descriptions.get(name)))
        else:
            rows.append(each)
    return tuple(rows)


def _detail_rows(name: str, description: EndpointDescription | ExplorerError | None) -> list[Row]:
    match description:
        case None:
            return [NoteRow(endpoint_name=name, text="reading …")]
        case ExplorerError() as error:
            return [NoteRow(endpoint_name=name, text=error.summary, is_problem=True)]
        case EndpointDescription():
            return _variant_rows(description)


def _variant_rows(description: EndpointDescription) -> list[Row]:
    rows: list[Row] = []
    if description.failure_reason:
        reason = description.failure_reason
        rows.append(NoteRow(endpoint_name=description.name, text=reason, is_problem=True))
    parts = (
        *description.variants,
        *description.shadow_variants,
        *description.inference_components,
    )
    for part in parts:
        rows.extend(_rows_of(description, part, is_last=part is parts[-1]))
    return rows or [NoteRow(endpoint_name=description.name, text="no variants")]


def _rows_of(
    description: EndpointDescription, part: Variant | InferenceComponent, *, is_last: bool
) -> list[Row]:
    name = description.name
    if isinstance(part, InferenceComponent):
        return [ComponentRow(endpoint_name=name, component=part, is_last=is_last)]
    share = description.share_of(part)
    row = VariantRow(endpoint_name=name, variant=part, share=share, is_last=is_last)
    if part.model_name is None:
        return [row]
    return [row, ModelRow(endpoint_name=name, variant=part, is_last=is_last)]


def age(since: datetime, now: datetime) -> str:
    """Say how long ago in at most four characters: ``45s``, ``12m``, ``5h``, ``3d``, ``14mo``."""
    seconds = max(0, int((now - since).total_seconds()))
    for limit, unit_s, suffix in (
        (60, 1, "s"),
        (3600, 60, "m"),
        (86_400, 3600, "h"),
        (90 * 86_400, 86_400, "d"),
        (730 * 86_400, 30 * 86_400, "mo"),
    ):
        if seconds < limit:
            return f"{seconds // unit_s}{suffix}"
    return f"{seconds // (365 * 86_400)}y"


def capacity(variant: Variant) -> str:
    """Say what a variant runs on: ``2×ml.m5.large``, ``serverless 2 GB``."""
    if variant.serverless is not None:
        return f"serverless {variant.serverless.memory_size_mb / 1024:g} GB"
    if variant.instance_count is None:
        return variant.instance_type or ""
    count = f"{variant.instance_count}"
    wanted = variant.desired_instance_count
    if wanted is not None and wanted != variant.instance_count:
        count = f"{count}→{wanted}"
    return f"{count}×{variant.instance_type or 'instance'}"


def copies_words(component: InferenceComponent) -> str:
    """Say how an inference component stands: ``2 copies``, ``0→1 copies``, ``Creating``."""
    words = [component.status] if component.status not in {"", "InService"} else []
    count, wanted = component.copy_count, component.desired_copy_count
    if count is not None:
        moving = f"→{wanted}" if wanted not in {None, count} else ""
        words.append(f"{count}{moving} {'copy' if count == 1 and not moving else 'copies'}")
    return "  ".join(words)


def share_words(row: VariantRow) -> str:
    """Say how much traffic a variant gets: ``90 %``, ``shadow``, or nothing."""
    if row.variant.is_shadow:
        return "shadow"
    if row.share is None:
        return ""
    percent = row.share * 100
    return f"{percent:.0f} %" if percent >= 1 or percent == 0 else f"{percent:.1f} %"
