"""Endpoints with models worth asking, and one of each kind that SageMaker hosts."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from tui.demo.catalogue import Component, DirectModel, Endpoint, Model, MultiModel, Variant
from tui.demo.models.drawing import Drawer
from tui.demo.models.echo import Echo
from tui.demo.models.embeddings import HashedEmbeddings
from tui.demo.models.iris import IrisClassifier
from tui.demo.models.ranking import Ranker
from tui.demo.models.sentiment import SentimentClassifier
from tui.demo.models.sized_answers import SizedAnswers
from tui.demo.models.text_generator import TextGenerator
from tui.demo.models.text_tools import LanguageDetector, Tokenizer, WordCounter
from tui.demo.sessions import Stateful
from tui.demo.showcase import examples
from tui.demo.showcase.making import model_of, serving
from tui.domain.endpoints import ServerlessConfig

if TYPE_CHECKING:
    from collections.abc import Iterator


def working() -> Iterator[Endpoint]:
    """Yield them, newest first: the first eight come before all others of the account."""
    yield _iris_classifier(timedelta(minutes=2))
    yield _sentiment(timedelta(minutes=5))
    yield serving(
        "text-generator",
        Stateful(TextGenerator()),
        examples.PROMPT,
        age=timedelta(minutes=9),
        instance_type="ml.g5.xlarge",
    )
    yield serving("image", Drawer(), examples.LANDSCAPE, age=timedelta(minutes=14))
    yield _text_tools(timedelta(minutes=20))
    yield serving("echo", Echo(), examples.HELLO, age=timedelta(minutes=27))
    yield serving(
        "sized-answers", SizedAnswers(), examples.TEN_KILOBYTES, age=timedelta(minutes=35)
    )
    yield _search_components(timedelta(minutes=44))
    yield _serverless(timedelta(hours=3))
    yield _shadowed(timedelta(hours=8))
    yield _asynchronous(timedelta(hours=21))


def _iris_classifier(age: timedelta) -> Endpoint:
    blue = model_of("iris-softmax", IrisClassifier("softmax-regression"), examples.FLOWERS)
    green = model_of("iris-lda", IrisClassifier("linear-discriminant"), examples.FLOWERS)
    return Endpoint(
        name="iris-classifier",
        age=age,
        modified_ago=age,
        variants=(
            Variant(name="blue", weight=90.0, model=blue),
            Variant(name="green", weight=10.0, model=green),
        ),
        captured_types=("application/json", "text/csv", "application/jsonlines"),
        tags={"team": "botany", "stage": "prod"},
    )


def _sentiment(age: timedelta) -> Endpoint:
    """A multi-model endpoint: every language has an artifact."""
    artifacts = MultiModel(
        {
            "english.tar.gz": SentimentClassifier("english"),
            "german.tar.gz": SentimentClassifier("german"),
            "experiments/english-word-pairs.tar.gz": SentimentClassifier(
                "english", knows_pairs=True
            ),
        }
    )
    model = Model(name="sentiment-models", serves=artifacts, example=examples.TARGETED_SENTENCES)
    return Endpoint(
        name="sentiment",
        age=age,
        modified_ago=age,
        variants=(Variant(model=model, instances=2),),
        captured_types=("application/json", "text/plain"),
        tags={"team": "support"},
    )


def _text_tools(age: timedelta) -> Endpoint:
    """Several containers on one instance, invoked one at a time."""
    containers = DirectModel(
        {
            "tokenizer": Tokenizer(),
            "language-detector": LanguageDetector(),
            "word-counter": WordCounter(),
        }
    )
    model = Model(name="text-tools-containers", serves=containers, example=examples.TOKENS)
    return Endpoint(name="text-tools", age=age, modified_ago=age, variants=(Variant(model=model),))


def _search_components(age: timedelta) -> Endpoint:
    """Inference components that share an instance; one of them is scaled to zero."""
    embeddings = Component(
        name="search-embeddings",
        container=HashedEmbeddings(),
        age=age,
        copies=2,
        example=replace(examples.GREETINGS, inference_component_name="search-embeddings"),
    )
    ranking = Component(
        name="search-ranking-bm25",
        container=Ranker(),
        age=age,
        copies=0,
        example=replace(examples.QUERY, inference_component_name="search-ranking-bm25"),
    )
    return Endpoint(
        name="search-components",
        age=age,
        modified_ago=age,
        variants=(Variant(model=None, instance_type="ml.g5.2xlarge"),),
        components=(embeddings, ranking),
    )


def _serverless(age: timedelta) -> Endpoint:
    model = model_of("language-detector", LanguageDetector(), examples.GREETINGS)
    serverless = ServerlessConfig(memory_size_mb=2048, max_concurrency=5)
    return Endpoint(
        name="language-detector-serverless",
        age=age,
        modified_ago=age,
        variants=(Variant(model=model, serverless=serverless, instances=0),),
    )


def _shadowed(age: timedelta) -> Endpoint:
    """A candidate that gets copies of the requests while the proven model answers."""
    proven = model_of("reviews-words", SentimentClassifier("english"), examples.SENTENCES)
    candidate = SentimentClassifier("english", knows_pairs=True)
    shadow = model_of("reviews-word-pairs", candidate, examples.SENTENCES)
    return Endpoint(
        name="review-sentiment-shadow-test",
        age=age,
        modified_ago=age,
        variants=(Variant(name="production", model=proven),),
        shadows=(Variant(name="candidate", model=shadow),),
    )


def _asynchronous(age: timedelta) -> Endpoint:
    """An endpoint for InvokeEndpointAsync, which refuses to be invoked otherwise."""
    model = model_of("long-documents-counter", WordCounter(), examples.GREETINGS)
    return Endpoint(
        name="long-documents-async",
        age=age,
        modified_ago=age,
        variants=(Variant(model=model, instance_type="ml.c6i.xlarge"),),
        async_output="s3://sagemaker-us-east-1-000000000000/async-results",
    )
