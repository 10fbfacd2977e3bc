"""One endpoint in each status that is not plain InService, with what AWS says of it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from tui.demo.catalogue import Endpoint, Variant
from tui.demo.models.embeddings import HashedEmbeddings
from tui.demo.models.ranking import Ranker
from tui.demo.models.series import Forecaster, OutlierDetector
from tui.demo.models.text_tools import LanguageDetector
from tui.demo.showcase import examples
from tui.demo.showcase.making import model_of
from tui.domain.endpoints import EndpointStatus

if TYPE_CHECKING:
    from collections.abc import Iterator


def in_every_status() -> Iterator[Endpoint]:
    """Yield them: first those that still serve, then those that do not."""
    yield from _serving()
    yield from _not_serving()


def _serving() -> Iterator[Endpoint]:
    language = model_of("language-router-v3", LanguageDetector(), examples.GREETINGS)
    forecast = model_of("demand-forecast-holt", Forecaster(), examples.MONTHS)
    outliers = model_of("fraud-detector-mad", OutlierDetector(), examples.AMOUNTS)
    ranking = model_of("search-ranking-bm25", Ranker(), examples.QUERY)
    yield Endpoint(
        name="language-router",
        age=timedelta(days=12),
        modified_ago=timedelta(minutes=3),
        status=EndpointStatus.UPDATING,
        variants=(Variant(model=language, instances=2, statuses=("Updating",)),),
        pending=(
            Variant(model=language, instances=1, desired_instances=3, instance_type="ml.c6i.large"),
        ),
    )
    yield Endpoint(
        name="fraud-detector-canary",
        age=timedelta(days=30),
        modified_ago=timedelta(minutes=6),
        status=EndpointStatus.ROLLING_BACK,
        variants=(Variant(model=outliers, instances=4, statuses=("ActivatingTraffic",)),),
    )
    yield Endpoint(
        name="search-ranking",
        age=timedelta(days=48),
        modified_ago=timedelta(hours=7),
        status=EndpointStatus.UPDATE_ROLLBACK_FAILED,
        failure_reason="The rollback to endpoint configuration search-ranking-config failed: "
        "insufficient capacity for ml.g5.2xlarge in the requested availability zones.",
        variants=(Variant(model=ranking, instance_type="ml.g5.2xlarge"),),
    )
    yield Endpoint(
        name="demand-forecast",
        age=timedelta(days=95),
        modified_ago=timedelta(minutes=21),
        status=EndpointStatus.SYSTEM_UPDATING,
        variants=(Variant(model=forecast),),
    )


def _not_serving() -> Iterator[Endpoint]:
    embeddings = model_of("text-embeddings", HashedEmbeddings(), examples.GREETINGS)
    absent = Variant(model=embeddings, instances=0, desired_instances=1)
    yield Endpoint(
        name="text-embeddings-v2",
        age=timedelta(minutes=52),
        modified_ago=timedelta(minutes=52),
        status=EndpointStatus.CREATING,
        variants=(Variant(model=embeddings, instances=0, statuses=("Creating",)),),
    )
    yield Endpoint(
        name="speech-to-text",
        age=timedelta(days=1, hours=4),
        modified_ago=timedelta(days=1, hours=3),
        status=EndpointStatus.FAILED,
        failure_reason="The primary container for production variant AllTraffic did not pass the "
        "ping health check. Please check CloudWatch logs for this endpoint.",
        variants=(absent,),
    )
    yield Endpoint(
        name="recommendations-2023",
        age=timedelta(days=410),
        modified_ago=timedelta(days=64),
        status=EndpointStatus.OUT_OF_SERVICE,
        variants=(Variant(model=embeddings, instances=0),),
    )
    yield Endpoint(
        name="legacy-ocr",
        age=timedelta(days=700),
        modified_ago=timedelta(minutes=1),
        status=EndpointStatus.DELETING,
        variants=(Variant(model=embeddings, statuses=("Deleting",)),),
    )
