"""An InvokeEndpoint request as the user wrote it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class InlineBody:
    """A body kept in memory, exactly as it goes on the wire."""

    data: bytes = field(default=b"", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class FileBody:
    """A body read from a file when the request is sent, any bytes."""

    path: Path


RequestBody: TypeAlias = InlineBody | FileBody


@dataclass(frozen=True, slots=True, kw_only=True)
class InvocationRequest:
    """Every member of ``InvokeEndpoint``'s input; None means "not sent".

    Attribute names are the members in snake_case. Limits and help are in `tui.domain.fields`.
    """

    endpoint_name: str = ""
    body: RequestBody = field(default_factory=InlineBody)
    content_type: str | None = None
    accept: str | None = None
    custom_attributes: str | None = field(default=None, repr=False)
    target_model: str | None = None
    target_variant: str | None = None
    target_container_hostname: str | None = None
    inference_id: str | None = None
    enable_explanations: str | None = None
    inference_component_name: str | None = None
    session_id: str | None = None
    prefix_aware_id: str | None = None
