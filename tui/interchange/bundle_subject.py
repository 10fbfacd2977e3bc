"""What a reproduction bundle is made from."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tui.domain.bundles import Masking

if TYPE_CHECKING:
    from tui.domain.endpoints import RawDocument
    from tui.interchange.sources import Source


@dataclass(frozen=True, slots=True, kw_only=True)
class BundleSubject:
    """A request, what came of it, and what is known of where it went."""

    source: Source
    account: str | None = None
    """Twelve digits, where known."""
    is_demo: bool = False
    documents: tuple[RawDocument, ...] = field(default=(), repr=False)
    """The endpoint's description as AWS returned it."""
    versions: tuple[tuple[str, str], ...] = ()
    """(program or library, version)"""
    masking: Masking = field(default_factory=Masking)
    """What was masked in all of this already."""
    masked: tuple[str, ...] = ()
    """Bodies that were altered by that: `REQUEST_BODY`, `RESPONSE_BODY`."""


REQUEST_BODY = "request-body"
RESPONSE_BODY = "response-body"
"""Names of the bodies' files, without the suffix."""
