"""What choosing an endpoint does to the request. Pure.

What the user typed stays: body, content type, accept and attributes go along from endpoint to
endpoint, so that one body can be tried on several. Two things do not, because they mean something
at one endpoint only:

* Members that name a part of an endpoint (`TARGETS`) are set aside with it, and are back as soon
  as that endpoint is chosen again. What the next endpoint cannot do without is filled in when it
  is empty. TargetVariant is what the chosen row says: a variant's row names it, an endpoint's row
  names none.
* An example that nobody has touched gives way to the next endpoint's example.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tui.domain.requests import InlineBody

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tui.domain.endpoints import EndpointDescription, ExampleRequest
    from tui.domain.requests import InvocationRequest

TARGETS = (
    "target_variant",
    "target_model",
    "target_container_hostname",
    "inference_component_name",
    "session_id",
)
"""Attributes of `InvocationRequest` that mean something at one endpoint only."""


def targets_of(request: InvocationRequest) -> Mapping[str, str | None]:
    """Return what is to be set aside when the request leaves its endpoint."""
    return {name: getattr(request, name) for name in TARGETS}


def moved(
    request: InvocationRequest, endpoint_name: str, targets: Mapping[str, str | None]
) -> InvocationRequest:
    """Point ``request`` at another endpoint, with what was set aside there."""
    cleared = dict.fromkeys(TARGETS)
    return replace(request, endpoint_name=endpoint_name, **{**cleared, **targets})


def completed(
    request: InvocationRequest,
    description: EndpointDescription,
    untouched: ExampleRequest | None,
) -> InvocationRequest:
    """Fill in what its endpoint offers, where nothing was typed.

    Args:
        request: points at the endpoint described.
        description: what is known of it.
        untouched: the example that was filled in last, by anybody.
    """
    example = example_for(request, description)
    if example is not None and (is_blank(request) or is_example(request, untouched)):
        request = with_example(request, example)
    return _with_required(request, description)


def example_for(
    request: InvocationRequest, description: EndpointDescription
) -> ExampleRequest | None:
    """Return the example of what the request is for."""
    return description.example(request.inference_component_name)


def with_example(request: InvocationRequest, example: ExampleRequest) -> InvocationRequest:
    """Put an example in place: its body and types, and the targets that it names."""
    targets = {
        "target_model": example.target_model,
        "target_container_hostname": example.target_container_hostname,
        "inference_component_name": example.inference_component_name,
    }
    return replace(
        request,
        body=InlineBody(data=example.body.encode()),
        content_type=example.content_type,
        accept=example.accept,
        **{name: value for name, value in targets.items() if value is not None},
    )


def is_blank(request: InvocationRequest) -> bool:
    """Whether nobody has said what to send."""
    has_types = request.content_type is not None or request.accept is not None
    return request.body == InlineBody() and not has_types


def is_example(request: InvocationRequest, example: ExampleRequest | None) -> bool:
    """Whether body and types still are the example's, letter for letter."""
    return example is not None and (
        request.body == InlineBody(data=example.body.encode())
        and request.content_type == example.content_type
        and request.accept == example.accept
    )


def _with_required(
    request: InvocationRequest, description: EndpointDescription
) -> InvocationRequest:
    offered = description.suggestions()
    missing = {
        name: offered[name][0]
        for name in description.required_members()
        if name in offered and getattr(request, name) is None
    }
    return replace(request, **missing)
