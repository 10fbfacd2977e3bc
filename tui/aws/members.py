"""A request as botocore takes it: the members of ``InvokeEndpoint``'s input."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tui.domain.fields import TEXT_FIELDS

if TYPE_CHECKING:
    from tui.domain.requests import InvocationRequest


def invoke_arguments(request: InvocationRequest, body: bytes) -> dict[str, Any]:
    """Return the members that are sent, as they were given; None is not sent.

    Raises:
        UnicodeEncodeError: a member holds a lone surrogate, which trips botocore's signer over.
    """
    values: dict[str, str | None] = {
        field.api_name: getattr(request, field.attribute) for field in TEXT_FIELDS
    }
    sent = {name: value for name, value in values.items() if value is not None}
    for value in sent.values():
        value.encode()
    return {**sent, "Body": body}
