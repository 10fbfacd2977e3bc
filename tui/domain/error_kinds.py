"""The tree of errors by name, for what writes failures down and reads them again."""

from __future__ import annotations

from dataclasses import fields
from types import MappingProxyType
from typing import TYPE_CHECKING, TypedDict

from tui.domain import errors

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tui.domain.errors import ExplorerError
    from tui.domain.http import HttpReply

# Those that others refine stand after them.
KINDS: Mapping[str, type[ExplorerError]] = MappingProxyType(
    {
        kind.__name__: kind
        for kind in (
            errors.CredentialsMissing,
            errors.AccessDenied,
            errors.EndpointNotFound,
            errors.RequestInvalid,
            errors.ModelFailed,
            errors.EndpointUnavailable,
            errors.Throttled,
            errors.NetworkFailed,
            errors.ConnectionInvalid,
            errors.StorageFailed,
            errors.ExplorerError,
        )
    }
)
"""Each by the name that it is written down under."""


class Told(TypedDict):
    """What every `ExplorerError` has."""

    summary: str
    hint: str
    code: str
    service_message: str | None
    operation: str
    attempts: int
    reply: HttpReply | None


def kind_of(error: ExplorerError) -> type[ExplorerError]:
    """Return the kind of an error as the tree has it; doors refine some of them."""
    return next(kind for kind in KINDS.values() if isinstance(error, kind))


def told_by(error: ExplorerError) -> dict[str, str | int | bool | None]:
    """Return all that an error says, its kind's own fields too, but for the reply."""
    names = (each.name for each in fields(kind_of(error)))
    return {name: getattr(error, name) for name in names if name != "reply"}
