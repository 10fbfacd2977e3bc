"""What the local SageMaker holds: endpoints, their variants, and the models behind them.

Nouns only: the table itself is in `showcase`, how it reads on the wire in `documents`.

    Catalogue
    └── Endpoint              name, age, status, what goes wrong on purpose
        ├── Variant           weight, instances or serverless
        │   └── Model         one of
        │       ├── SingleModel   a container
        │       ├── MultiModel    artifacts, picked by TargetModel
        │       └── DirectModel   containers, picked by TargetContainerHostname
        ├── Variant (shadow)  gets copies, cannot be targeted
        └── Component         an inference component, picked by InferenceComponentName
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta
from itertools import cycle, islice, product
from typing import TYPE_CHECKING, Protocol, TypeAlias

from tui.domain.endpoints import EndpointStatus

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tui.demo.containers import Container
    from tui.demo.wire import Answer, ReceivedRequest
    from tui.domain.endpoints import ExampleRequest, ServerlessConfig


class Failure(Protocol):
    """What goes wrong at an endpoint before its model is asked."""

    def intervene(self, request: ReceivedRequest, /) -> Answer | None:
        """Answer in the model's place; None lets the request through. Any thread may call.

        Raises:
            AwsError: SageMaker refuses.
        """
        ...


@dataclass(frozen=True, slots=True)
class SingleModel:
    """One container, one model."""

    container: Container


@dataclass(frozen=True, slots=True)
class MultiModel:
    """One container that loads artifacts on demand."""

    artifacts: Mapping[str, Container]
    """TargetModel, relative to the S3 prefix, to what it runs."""


@dataclass(frozen=True, slots=True)
class DirectModel:
    """Several containers, each invoked on its own."""

    containers: Mapping[str, Container]
    """ContainerHostname to what it runs."""


Serving: TypeAlias = SingleModel | MultiModel | DirectModel


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """What CreateModel made."""

    name: str
    serves: Serving
    example: ExampleRequest | None = None
    """Left in the container's Environment for whoever opens the endpoint."""
    environment: Mapping[str, str] = field(default_factory=dict[str, str])


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """One production or shadow variant."""

    name: str = "AllTraffic"
    model: Model | None
    """None where inference components are deployed instead."""
    weight: float = 1.0
    instance_type: str = "ml.m5.large"
    """Meaningless on a serverless variant."""
    instances: int = 1
    desired_instances: int | None = None
    """None when it is what is there."""
    serverless: ServerlessConfig | None = None
    statuses: tuple[str, ...] = ()
    """VariantStatus words, e.g. ``Updating``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Component:
    """One inference component."""

    name: str
    container: Container = field(repr=False)
    age: timedelta
    variant_name: str = "AllTraffic"
    status: str = "InService"
    """InferenceComponentStatus."""
    copies: int = 1
    """0 is scaled to zero."""
    example: ExampleRequest | None = None
    """Left in the container's Environment, as a model's is."""

    @property
    def modified_ago(self) -> timedelta:
        """Never changed since it was made."""
        return self.age


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """One row of the table."""

    name: str
    age: timedelta
    """Before the server's start."""
    modified_ago: timedelta = timedelta(0)
    """Before the server's start; never longer than `age`."""
    variants: tuple[Variant, ...]
    shadows: tuple[Variant, ...] = ()
    pending: tuple[Variant, ...] = ()
    """What a deployment under way leads to."""
    components: tuple[Component, ...] = ()
    status: EndpointStatus = EndpointStatus.IN_SERVICE
    failure_reason: str | None = None
    failure: Failure | None = None
    async_output: str | None = None
    """S3OutputPath; set on asynchronous endpoints."""
    captured_types: tuple[str, ...] = ()
    """Content types that data capture keeps as text; empty switches capture off."""
    tags: Mapping[str, str] = field(default_factory=dict[str, str])

    @property
    def config_name(self) -> str:
        """EndpointConfigName."""
        return f"{self.name[:56]}-config"


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All endpoints of the account, the same in every region."""

    endpoints: tuple[Endpoint, ...] = ()

    def endpoint(self, name: str) -> Endpoint | None:
        """Find an endpoint by name."""
        return next((each for each in self.endpoints if each.name == name), None)

    def endpoint_of_config(self, config_name: str) -> Endpoint | None:
        """Find the endpoint that a configuration belongs to."""
        return next((each for each in self.endpoints if each.config_name == config_name), None)

    def model(self, name: str) -> tuple[Model, Endpoint] | None:
        """Find a model and the first endpoint that uses it."""
        return next(
            (
                (variant.model, endpoint)
                for endpoint in self.endpoints
                for variant in (*endpoint.variants, *endpoint.shadows, *endpoint.pending)
                if variant.model is not None and variant.model.name == name
            ),
            None,
        )

    def components(self) -> Iterator[tuple[Component, Endpoint]]:
        """Yield every inference component with its endpoint."""
        return ((each, endpoint) for endpoint in self.endpoints for each in endpoint.components)

    def with_fillers(self, count: int) -> Catalogue:
        """Add ``count`` older copies of the first endpoint under names of their own."""
        names = islice(_filler_names(), count)
        oldest = max((endpoint.age for endpoint in self.endpoints), default=timedelta(0))
        fillers = tuple(
            replace(self.endpoints[0], name=name, age=age, modified_ago=age)
            for name, age in zip(names, _ages_from(oldest), strict=False)
        )
        return Catalogue((*self.endpoints, *fillers))


def _filler_names() -> Iterator[str]:
    teams = ("fraud", "search", "ads", "support", "pricing", "logistics", "claims")
    tasks = ("ranker", "classifier", "embeddings", "forecast", "summariser", "detector")
    stages = ("prod", "staging", "dev", "canary")
    kinds = cycle(product(teams, tasks, stages))
    return (f"{'-'.join(kind)}-{number:05}" for number, kind in enumerate(kinds, start=1))


def _ages_from(age: timedelta) -> Iterator[timedelta]:
    while True:
        age += timedelta(minutes=17)
        yield age
