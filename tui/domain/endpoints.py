"""Endpoints as the control plane describes them.

EndpointSummary            one row of ListEndpoints
EndpointDescription        DescribeEndpoint + DescribeEndpointConfig + DescribeModel
├── Variant …              production variants, targetable
├── Variant …              shadow variants, never targetable
└── RawDocument …          what AWS returned, byte for byte, secrets masked
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields, replace
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from tui.domain.errors import ExplorerError


class EndpointStatus(StrEnum):
    """EndpointStatus of botocore's sagemaker model, plus what a newer service may say."""

    OUT_OF_SERVICE = "OutOfService"
    CREATING = "Creating"
    UPDATING = "Updating"
    SYSTEM_UPDATING = "SystemUpdating"
    ROLLING_BACK = "RollingBack"
    IN_SERVICE = "InService"
    DELETING = "Deleting"
    FAILED = "Failed"
    UPDATE_ROLLBACK_FAILED = "UpdateRollbackFailed"
    UNKNOWN = "Unknown"
    """Not an AWS value: a status that this version does not know."""

    @classmethod
    def parse(cls, text: str) -> EndpointStatus:
        """Read AWS's word; a word that is new to us is UNKNOWN."""
        try:
            return cls(text)
        except ValueError:
            return cls.UNKNOWN

    @property
    def is_invocable(self) -> bool:
        """Whether InvokeEndpoint is served in this status."""
        return self in _INVOCABLE

    @property
    def is_changing(self) -> bool:
        """Whether AWS is working on it, so that it is worth looking again soon."""
        return self in _CHANGING


_INVOCABLE = frozenset(
    {
        EndpointStatus.IN_SERVICE,
        EndpointStatus.UPDATING,
        EndpointStatus.SYSTEM_UPDATING,
        EndpointStatus.ROLLING_BACK,
        EndpointStatus.UPDATE_ROLLBACK_FAILED,
        EndpointStatus.UNKNOWN,
    }
)
_CHANGING = frozenset(
    {
        EndpointStatus.CREATING,
        EndpointStatus.UPDATING,
        EndpointStatus.SYSTEM_UPDATING,
        EndpointStatus.ROLLING_BACK,
        EndpointStatus.DELETING,
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class EndpointSummary:
    """One endpoint of a ListEndpoints page."""

    name: str
    arn: str
    status: EndpointStatus
    created_at: datetime
    """Aware, UTC."""
    modified_at: datetime
    """Aware, UTC."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EndpointQuery:
    """What ListEndpoints is asked; values are AWS's own, and None is not sent."""

    name_contains: str | None = None
    status_equals: str | None = None
    creation_time_after: str | None = None
    """ISO 8601, or seconds since 1970; the same for the other times."""
    creation_time_before: str | None = None
    last_modified_time_after: str | None = None
    last_modified_time_before: str | None = None
    sort_by: str | None = None
    sort_order: str | None = None
    page_size: int | None = None
    max_items: int | None = None
    """All pages together have so many at most; None for all that there are."""
    token: str | None = None
    """`FoundEndpoints.next_token` of a query that was the same otherwise."""
    is_one_page: bool = False
    """Ask once, and leave further pages to the caller."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundEndpoints:
    """What an `EndpointQuery` brought."""

    endpoints: tuple[EndpointSummary, ...]
    """In the order in which they came."""
    next_token: str | None = None
    """How to go on; None at the end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerlessConfig:
    """ProductionVariantServerlessConfig."""

    memory_size_mb: int
    max_concurrency: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Container:
    """One ContainerDefinition of DescribeModel."""

    hostname: str | None = None
    """ContainerHostname."""
    image: str | None = None
    is_multi_model: bool = False
    """Mode is MultiModel."""
    model_data_url: str | None = None
    """S3 prefix (multi-model) or artifact."""
    environment: Mapping[str, str] = field(default_factory=dict[str, str], repr=False)
    """May hold secrets; never shown unmasked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """What DescribeModel says of a variant's model."""

    name: str
    containers: tuple[Container, ...]
    is_direct: bool = False
    """InferenceExecutionConfig.Mode is Direct: a container must be targeted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """One production or shadow variant."""

    name: str
    weight: float | None = None
    """CurrentWeight, as AWS returns it; see `EndpointDescription.share_of`."""
    is_shadow: bool = False
    """Receives copies of requests; answers are discarded and it cannot be targeted."""
    instance_count: int | None = None
    """CurrentInstanceCount; 0 is legal (scaled to zero)."""
    desired_instance_count: int | None = None
    instance_type: str | None = None
    """From DescribeEndpointConfig."""
    serverless: ServerlessConfig | None = None
    model_name: str | None = None
    """From DescribeEndpointConfig; absent on inference-component endpoints."""
    statuses: tuple[str, ...] = ()
    """VariantStatus words, e.g. ``Updating``; empty when AWS says nothing."""
    routing_strategy: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class InferenceComponent:
    """One model on an endpoint whose variants have none; it must be named to be invoked."""

    name: str
    status: str = ""
    """InferenceComponentStatus, e.g. ``InService``."""
    variant_name: str | None = None
    failure_reason: str | None = None
    model_name: str | None = None
    """From DescribeInferenceComponent, as all that follows; absent where it has a container."""
    base_name: str | None = None
    """BaseInferenceComponentName: this one is an adapter of that one."""
    copy_count: int | None = None
    """CurrentCopyCount; 0 is legal (scaled to zero)."""
    desired_copy_count: int | None = None
    environment: Mapping[str, str] = field(default_factory=dict[str, str], repr=False)
    """Of its container. May hold secrets; never shown unmasked."""

    @property
    def is_ready(self) -> bool:
        """Whether it answers, as far as is known."""
        return self.status in {"", "InService"} and self.copy_count != 0


@dataclass(frozen=True, slots=True, kw_only=True)
class RawDocument:
    """One control-plane answer as AWS returned it, secrets masked."""

    operation: str
    """E.g. ``DescribeEndpoint``."""
    body: bytes = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class EndpointDescription:
    """All that the control plane tells about one endpoint, as far as it was allowed to."""

    name: str
    arn: str
    status: EndpointStatus
    failure_reason: str | None = None
    config_name: str | None = None
    created_at: datetime | None = None
    modified_at: datetime | None = None
    variants: tuple[Variant, ...] = ()
    shadow_variants: tuple[Variant, ...] = ()
    models: tuple[Model, ...] = ()
    inference_components: tuple[InferenceComponent, ...] = ()
    target_models: tuple[str, ...] = ()
    """Artifacts of a multi-model endpoint, relative to its prefix."""
    is_async: bool = False
    has_explainer: bool = False
    content_types: tuple[str, ...] = ()
    """DataCaptureConfig.CaptureOptions' content-type headers: what its owner expects."""
    documents: tuple[RawDocument, ...] = field(default=(), repr=False)
    gaps: tuple[ExplorerError, ...] = ()
    """Parts that could not be read (no permission, say) and what that means."""

    @property
    def is_multi_model(self) -> bool:
        """TargetModel is required."""
        return any(box.is_multi_model for model in self.models for box in model.containers)

    @property
    def is_direct(self) -> bool:
        """TargetContainerHostname is required."""
        return any(model.is_direct for model in self.models)

    def share_of(self, variant: Variant) -> float | None:
        """Return the fraction (0 to 1) of traffic that a production variant receives."""
        total = sum(each.weight or 0.0 for each in self.variants)
        if variant.is_shadow or variant.weight is None or total <= 0:
            return None
        return variant.weight / total

    def suggestions(self) -> Mapping[str, tuple[str, ...]]:
        """Map `InvocationRequest` attributes to the values that this endpoint accepts."""
        hostnames = tuple(
            box.hostname
            for model in self.models
            if model.is_direct
            for box in model.containers
            if box.hostname
        )
        components = sorted(self.inference_components, key=lambda each: not each.is_ready)
        offered = {
            "target_variant": tuple(variant.name for variant in self.variants),
            "target_model": self.target_models,
            "target_container_hostname": hostnames,
            "inference_component_name": tuple(each.name for each in components),
            "content_type": self.content_types,
        }
        return {name: values for name, values in offered.items() if values}

    def required_members(self) -> tuple[str, ...]:
        """Attributes that this endpoint will refuse to do without, beyond name and body."""
        wanted = {
            "target_model": self.is_multi_model,
            "target_container_hostname": self.is_direct,
            "inference_component_name": bool(self.inference_components),
        }
        return tuple(name for name, is_wanted in wanted.items() if is_wanted)

    def example(self, component_name: str | None = None) -> ExampleRequest | None:
        """Return the request that a model's owner left in its environment, if any did.

        Args:
            component_name: the inference component to be invoked, where there are some; without a
                name, the first that is offered.
        """
        if self.inference_components:
            name = component_name or self.suggestions()["inference_component_name"][0]
            return self._example_of(name)
        environments = (box.environment for model in self.models for box in model.containers)
        return next(filter(None, map(ExampleRequest.from_environment, environments)), None)

    def _example_of(self, component_name: str) -> ExampleRequest | None:
        """Return a component's example, from its container or its model, made to name it."""
        named = [each for each in self.inference_components if each.name == component_name]
        models = {each.model_name for each in named}
        boxes = (box for model in self.models if model.name in models for box in model.containers)
        environments = (each.environment for each in (*named, *boxes))
        found = next(filter(None, map(ExampleRequest.from_environment, environments)), None)
        return found and replace(found, inference_component_name=component_name)


@dataclass(frozen=True, slots=True, kw_only=True)
class ExampleRequest:
    """A request that works, left by a model's owner in the container's Environment.

    Each attribute is one variable, ``SAGESCOPE_EXAMPLE_BODY`` and so on; the demo's models carry
    them, and anybody's may. The attributes are those of `InvocationRequest`, the body as text.
    """

    body: str = field(repr=False)
    content_type: str | None = None
    accept: str | None = None
    target_model: str | None = None
    target_container_hostname: str | None = None
    inference_component_name: str | None = None

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> ExampleRequest | None:
        """Read the variables; None when no body is given."""
        found = {
            each.name: environment[_variable(each.name)]
            for each in fields(cls)
            if _variable(each.name) in environment
        }
        return cls(**found) if "body" in found else None

    def to_environment(self) -> Mapping[str, str]:
        """Return the variables that `from_environment` reads."""
        values = ((each.name, getattr(self, each.name)) for each in fields(self))
        return {_variable(name): value for name, value in values if value is not None}


def _variable(attribute: str) -> str:
    return f"SAGESCOPE_EXAMPLE_{attribute.upper()}"
