"""One endpoint, from every call that tells about it.

DescribeEndpoint                    must succeed
├── DescribeEndpointConfig          instance types, model names, content types
├── DescribeModel, one a model      containers
│   └── ListObjectsV2               artifacts of multi-model containers
└── ListInferenceComponents         when a variant has no model of its own

Whatever cannot be read below the first becomes a gap: many may invoke, few may read it all.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import urlsplit

from tui.aws import translate
from tui.aws.listening import documents_heard
from tui.domain.errors import ExplorerError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from tui.aws.clients import Clients
    from tui.aws.translate import Shape
    from tui.domain.endpoints import EndpointDescription, Model, Variant

    T = TypeVar("T")

MAX_ARTIFACTS = 1000
"""Artifacts offered for TargetModel: one page of S3."""


class DescriptionReader:
    """Reads one endpoint's description, once, in the calling thread."""

    def __init__(self, clients: Clients, endpoint_name: str) -> None:
        self._clients = clients
        self._endpoint_name = endpoint_name
        self._gaps: list[ExplorerError] = []

    def read(self) -> EndpointDescription:
        """Make the calls, one after another.

        Raises:
            ExplorerError: DescribeEndpoint failed.
        """
        with documents_heard() as documents:
            endpoint = self._endpoint()
            config = self._or_gap(lambda: self._config(endpoint), {})
            told = translate.description(endpoint, config, name=self._endpoint_name)
            models = tuple(self._models((*told.variants, *told.shadow_variants)))
            components = self._components(told.variants)
        return replace(
            told,
            models=models,
            inference_components=components,
            target_models=tuple(self._artifacts(models)),
            documents=tuple(documents),
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

    def _models(self, variants: Iterable[Variant]) -> Iterator[Model]:
        names = dict.fromkeys(each.model_name for each in variants if each.model_name)
        read = (self._or_gap(lambda name=name: self._model(name), None) for name in names)
        return (each for each in read if each is not None)

    def _model(self, name: str) -> Model:
        with self._clients.telling("DescribeModel", name):
            shape = self._clients.sagemaker.describe_model(ModelName=name)
        return translate.model(shape)

    def _components(self, variants: tuple[Variant, ...]) -> tuple[str, ...]:
        if variants and all(each.model_name for each in variants):
            return ()
        return self._or_gap(self._component_names, ())

    def _component_names(self) -> tuple[str, ...]:
        with self._clients.telling("ListInferenceComponents", self._endpoint_name):
            pages = self._clients.sagemaker.get_paginator("list_inference_components").paginate(
                EndpointNameEquals=self._endpoint_name, PaginationConfig={"PageSize": 100}
            )
            return tuple(name for page in pages for name in translate.component_names(page))

    def _artifacts(self, models: tuple[Model, ...]) -> Iterator[str]:
        prefixes = dict.fromkeys(
            box.model_data_url
            for model in models
            for box in model.containers
            if box.is_multi_model and box.model_data_url
        )
        for prefix in prefixes:
            yield from self._or_gap(lambda prefix=prefix: self._artifacts_below(prefix), ())

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

    def _or_gap(self, read: Callable[[], T], otherwise: T) -> T:
        try:
            return read()
        except ExplorerError as gap:
            self._gaps.append(gap)
            return otherwise
