"""Drafts: what stands in the form and was neither saved nor thrown away.

One for each connection and endpoint, so that coming back to an endpoint finds what was typed
there; and one for each connection that is nobody's own: a preset as it was opened, a pasted line, a
request on its way from endpoint to endpoint. Values only; `tui.store.drafts` keeps them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from tui.domain.connections import Connection
    from tui.domain.presets import Preset, PresetPlace


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """The form at one moment."""

    preset: Preset = field(repr=False)
    """What stands in it; its request names the endpoint, which may be empty."""
    opened_from: PresetPlace | None = None
    """The preset that it began as; whether it differs from that is for the reader to see."""
    version: str = ""
    """`OpenedPreset.version` of that preset when it was opened."""
    is_own: bool = True
    """Whether it was typed for its endpoint, and comes back when that is chosen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptDraft:
    """A draft as it was kept."""

    draft: Draft
    kept_at: datetime
    """Aware, UTC."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierDrafts:
    """What copies of the program left that ran at once, beside the draft that comes back."""

    drafts: tuple[KeptDraft, ...] = ()
    """The oldest first."""
    has_news: bool = False
    """Whether one of them became an earlier one at this start, so that nobody knows of it yet."""


def connection_key(connection: Connection) -> str:
    """Name a connection so that the next start's finds the same drafts.

    The demo's address differs from start to start; it is always the same demo.
    """
    if connection.is_demo:
        return "demo"
    parts = (connection.profile, connection.region, connection.endpoint_url)
    return " ".join(part or "-" for part in parts)
