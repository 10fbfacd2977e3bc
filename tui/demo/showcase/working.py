"""Endpoints with models worth asking, each with a request that can be sent as it is."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from tui.demo.catalogue import Endpoint, Variant
from tui.demo.models.echo import Echo
from tui.demo.models.iris import IrisClassifier
from tui.demo.models.sized_answers import SizedAnswers
from tui.demo.showcase.making import json_example, model_of, serving

if TYPE_CHECKING:
    from collections.abc import Iterator


def working() -> Iterator[Endpoint]:
    """Yield them, newest first."""
    yield _iris_classifier(timedelta(minutes=4))
    yield serving("echo", Echo(), example=json_example("{}"), age=timedelta(minutes=31))
    yield serving("sized-answers", SizedAnswers(), example=_TEN_KB, age=timedelta(minutes=38))


def _iris_classifier(age: timedelta) -> Endpoint:
    """Two models that disagree on the second flower of the example."""
    blue = IrisClassifier("softmax-regression")
    green = IrisClassifier("linear-discriminant")
    return Endpoint(
        name="iris-classifier",
        age=age,
        modified_ago=age,
        variants=(
            Variant(name="blue", weight=90.0, model=model_of("iris-softmax", blue, _TWO_FLOWERS)),
            Variant(name="green", weight=10.0, model=model_of("iris-lda", green, _TWO_FLOWERS)),
        ),
        captured_types=("application/json", "text/csv", "application/jsonlines"),
        tags={"team": "botany", "stage": "prod"},
    )


_TWO_FLOWERS = json_example("""\
{
  "instances": [
    [5.1, 3.5, 1.4, 0.2],
    [6.7, 3.0, 5.0, 1.7]
  ]
}""")
_TEN_KB = json_example("""\
{
  "kind": "json",
  "size_bytes": 10000,
  "seed": 1
}""")
