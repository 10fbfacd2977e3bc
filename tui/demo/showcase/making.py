"""How a plain row of the showcase is written: what most of them have in common, said once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.demo.catalogue import Endpoint, Model, SingleModel, Variant

if TYPE_CHECKING:
    from datetime import timedelta

    from tui.demo.catalogue import Failure
    from tui.demo.containers import Container
    from tui.domain.endpoints import ExampleRequest


def model_of(name: str, container: Container, example: ExampleRequest) -> Model:
    """Make a model of one container."""
    return Model(name=name, serves=SingleModel(container), example=example)


def serving(
    name: str,
    container: Container,
    example: ExampleRequest,
    *,
    age: timedelta,
    failure: Failure | None = None,
    instance_type: str = "ml.m5.large",
) -> Endpoint:
    """Make an endpoint with one variant and one container, never changed since it was made."""
    model = model_of(f"{name}-model", container, example)
    variant = Variant(model=model, instance_type=instance_type)
    return Endpoint(name=name, age=age, modified_ago=age, variants=(variant,), failure=failure)
