"""A reproduction bundle: a request and what came of it, as files that a colleague can open and run.

    Masking        what is kept out of it
    BundleFile     one of its files, exactly as it is written
    OpenedBundle   what a bundle brings back into the program

Values only. What is in the files is `tui.interchange.bundle`, where they are `tui.store.bundles`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tui.domain.exchanges import Exchange
    from tui.domain.requests import InvocationRequest


@dataclass(frozen=True, slots=True, kw_only=True)
class Masking:
    """What is kept out of a bundle, wherever in it that occurs."""

    account_ids: bool = False
    arns: bool = False
    custom_attributes: bool = False
    session_ids: bool = False
    json_paths: tuple[str, ...] = ()
    """Places in request and response bodies, such as ``inputs[0].name``; ``[*]`` is any index."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BundleFile:
    """One file of a bundle."""

    name: str
    """Relative to the bundle, parts separated by ``/``."""
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedBundle:
    """What was in a bundle."""

    request: InvocationRequest
    exchange: Exchange | None
    """None where the request was not sent."""
    is_demo: bool = False
    """It was sent to an embedded SageMaker."""
    region: str | None = None
    altered: tuple[str, ...] = ()
    """Files that are missing, or not as they were written."""
    masked: tuple[str, ...] = ()
    """Bodies that are not as they were sent or received, since something in them is masked."""
