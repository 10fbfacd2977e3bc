"""One endpoint, from every call that tells about it.

DescribeEndpoint                        must succeed
└── DescribeEndpointConfig              instance types, model names, content types
    ├── ListInferenceComponents         when a variant has no model of its own
    │   └── DescribeInferenceComponent  copies, and a container or a model
    └── DescribeModel, one a model      containers
        └── ListObjectsV2               artifacts of multi-model containers

What stands below one of these is asked for at the same time. What cannot be read, the first
excepted, becomes a gap: many may invoke, few may read it all.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Generic, TypeVar
from urllib.parse import urlsplit

from tui.aws import translate
from tui.aws.listening import documents_heard
from tui.aws.side_by_side import run_side_by_side
from tui.domain.errors import AccessDenied, ExplorerError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from tui.aws.clients import Clients
    from tui.aws.translate import Shape
    from tui.domain.endpoints import (
        EndpointDescription,
        InferenceComponent,
        Model,
        RawDocument,
        Variant,
    )

T = TypeVar("T")

MAX_ARTIFACTS = 1000
"""Artifacts offered for TargetModel: one page of S3."""
MAX_COMPONENTS_DESCRIBED = 50
"""An endpoint may have hundreds; of the others is known what the list says."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Answer(Generic[T]):
    """What came of one call."""

    value: T | None
    gap: ExplorerError | None = None
    documents: tuple[RawDocument, ...] = ()


class DescriptionReader:
    """Reads one endpoint's description, once, and returns when all of it is there."""

    def __init__(self, clients: Clients, endpoint_name: str) -> None:
        self._clients = clients
        self._endpoint_name = endpoint_name
        self._gaps: list[ExplorerError] = []
        self._documents: list[RawDocument] = []

    def read(self) -> EndpointDescription:
        """Make the calls.

        Raises:
            ExplorerError: DescribeEndpoint failed.
        """
        with documents_heard() as documents:
            endpoint = self._endpoint()
        self._documents += documents
        nothing: Shape = {}
        config = next(iter(self._all([partial(self._config, endpoint)])), nothing)
        told = translate.description(endpoint, config, name=self._endpoint_name)
        components = self._components(told.variants)
        models = self._models((*told.variants, *told.shadow_variants), components)
        return replace(
            told,
            models=models,
            inference_components=components,
            target_models=self._artifacts(models),
            documents=tuple(self._documents),
            gaps=tuple(self._gaps),
        )

    def _endpoint(self) -> Shape:
        with self._clients.telling("DescribeEndpoint", self._endpoint_name):
            return self._clients.sagemaker.describe_endpoint(EndpointName=self._endpoint_name)

    def _config(self, endpoint: Shape) -> Shape:
        name = endpoint.get("EndpointConfigName")
        if not name:
            return {}
        with self._clients.telling("DescribeEndpointConfig", name):
            return self._clients.sagemaker.describe_endpoint_config(EndpointConfigName=name)

    def _models(
        self, variants: Iterable[Variant], components: Iterable[InferenceComponent]
    ) -> tuple[Model, ...]:
        named = (each.model_name for each in (*variants, *components))
        names = dict.fromkeys(name for name in named if name)
        return tuple(self._all([partial(self._model, name) for name in names]))

    def _model(self, name: str) -> Model:
        with self._clients.telling("DescribeModel", name):
            shape = self._clients.sagemaker.describe_model(ModelName=name)
        return translate.model(shape)

    def _components(self, variants: tuple[Variant, ...]) -> tuple[InferenceComponent, ...]:
        if variants and all(each.model_name for each in variants):
            return ()
        listed = next(iter(self._all([self._listed_components])), ())
        described = self._all(
            [partial(self._component, each) for each in listed[:MAX_COMPONENTS_DESCRIBED]]
        )
        known = {each.name: each for each in described}
        return tuple(known.get(each.name, each) for each in listed)

    def _listed_components(self) -> tuple[InferenceComponent, ...]:
        with self._clients.telling("ListInferenceComponents", self._endpoint_name):
            pages = self._clients.sagemaker.get_paginator("list_inference_components").paginate(
                EndpointNameEquals=self._endpoint_name, PaginationConfig={"PageSize": 100}
            )
            return tuple(each for page in pages for each in translate.listed_components(page))

    def _component(self, listed: InferenceComponent) -> InferenceComponent:
        with self._clients.telling("DescribeInferenceComponent", listed.name):
            shape = self._clients.sagemaker.describe_inference_component(
                InferenceComponentName=listed.name
            )
        return translate.component(shape, listed)

    def _artifacts(self, models: tuple[Model, ...]) -> tuple[str, ...]:
        prefixes = dict.fromkeys(
            box.model_data_url
            for model in models
            for box in model.containers
            if box.is_multi_model and box.model_data_url
        )
        listed = self._all([partial(self._artifacts_below, prefix) for prefix in prefixes])
        return tuple(name for names in listed for name in names)

    def _artifacts_below(self, url: str) -> tuple[str, ...]:
        """List the artifacts of one multi-model container, relative to ``s3://bucket/prefix``."""
        parts = urlsplit(url)
        prefix = parts.path.removeprefix("/")
        if prefix and not prefix.endswith("/"):
            prefix += "/"
        with self._clients.telling("ListObjectsV2", parts.netloc):
            page = self._clients.s3.list_objects_v2(
                Bucket=parts.netloc, Prefix=prefix, MaxKeys=MAX_ARTIFACTS
            )
        if page.get("IsTruncated"):
            self._gaps.append(
                ExplorerError(
                    summary=f"Only the first {MAX_ARTIFACTS:,} artifacts below {url} are offered",
                    hint="Any other can be typed.",
                )
            )
        return translate.artifact_names(page, prefix)

    def _all(self, calls: list[Callable[[], T]]) -> list[T]:
        """Return what calls return, made side by side; those that fail become gaps.

        Of many that fail alike, as where one permission is missing, only the first is a gap.
        """
        answers = run_side_by_side([partial(_listen, call) for call in calls])
        for answer in answers:
            self._documents += answer.documents
            if answer.gap is not None and not any(map(partial(_is_alike, answer.gap), self._gaps)):
                self._gaps.append(answer.gap)
        return [answer.value for answer in answers if answer.value is not None]


def _listen(call: Callable[[], T]) -> _Answer[T]:
    with documents_heard() as documents:
        try:
            value = call()
        except ExplorerError as gap:
            return _Answer(value=None, gap=gap, documents=tuple(documents))
    return _Answer(value=value, documents=tuple(documents))


def _is_alike(one: ExplorerError, other: ExplorerError) -> bool:
    """Whether both say that the same thing is not allowed, of whatever resource."""
    match one, other:
        case AccessDenied(action=action), AccessDenied(action=same):
            return action == same != ""
        case _:
            return False
