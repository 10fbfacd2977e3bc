"""A small catalogue of every kind of endpoint, with a container that tells what it was asked."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from tui.demo.catalogue import (
    Catalogue,
    Component,
    DirectModel,
    Endpoint,
    Model,
    MultiModel,
    SingleModel,
    Variant,
)
from tui.demo.containers import ContainerReply
from tui.domain.endpoints import EndpointStatus, ExampleRequest, ServerlessConfig

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


@dataclass(frozen=True)
class Teller:
    """Answers its own name and what it received."""

    name: str
    status: int = 200

    def invoke(self, request):
        told = {
            "container": self.name,
            "body": request.body.decode("latin-1"),
            "headers": dict(request.headers),
            "target_model": request.target_model,
        }
        attributes = request.header("X-Amzn-SageMaker-Custom-Attributes")
        return ContainerReply(
            status=self.status, body=json.dumps(told).encode(), custom_attributes=attributes
        )


@dataclass(frozen=True)
class Replies:
    """Answers whatever it is given."""

    reply: ContainerReply

    def invoke(self, request):
        return self.reply


@dataclass(frozen=True)
class Breaks:
    """Has a bug."""

    def invoke(self, request):
        raise ZeroDivisionError("a bug in the model")


def single(name, container=None, /, **variant):
    model = Model(name=f"{name}-model", serves=SingleModel(container or Teller(name)))
    return Variant(model=model, **variant)


def endpoint(name, *variants, minutes=60, **fields):
    age = timedelta(minutes=minutes)
    return Endpoint(
        name=name,
        age=age,
        modified_ago=fields.pop("modified_ago", age / 2),
        variants=variants or (single(name),),
        **fields,
    )


def one_of_each():
    multi = Model(
        name="multi-model",
        serves=MultiModel({"a.tar.gz": Teller("a"), "team x/b+c.tar.gz": Teller("b")}),
        environment={"HF_TOKEN": "hf_not_a_real_token"},
    )
    direct = Model(
        name="direct-model", serves=DirectModel({"first": Teller("first"), "second": Teller("2nd")})
    )
    example = ExampleRequest(body="1,2", content_type="text/csv", accept="text/csv")
    plain = Model(name="plain-model", serves=SingleModel(Teller("plain")), example=example)
    age = timedelta(minutes=50)
    return Catalogue(
        (
            endpoint("plain", Variant(model=plain), minutes=10, tags={"team": "red", "cost": ""}),
            endpoint(
                "weighted",
                single("blue", name="blue", weight=3.0),
                single("green", name="green", weight=1.0),
                single("off", name="off", weight=0.0),
                captured_types=("text/csv", "application/json"),
            ),
            endpoint("shadowed", shadows=(single("shadow", name="shadow"),)),
            endpoint("multi", Variant(model=multi)),
            endpoint("direct", Variant(model=direct)),
            endpoint("serverless", single("sl", serverless=_SERVERLESS)),
            endpoint("async", async_output="s3://somewhere/out"),
            endpoint(
                "components",
                Variant(model=None),
                components=(
                    Component(name="up", container=Teller("up"), age=age),
                    Component(name="zero", container=Teller("zero"), age=age, copies=0),
                ),
            ),
            endpoint("angry", single("angry", Teller("angry", status=418))),
            endpoint("creating", status=EndpointStatus.CREATING),
            endpoint("Deleting", status=EndpointStatus.DELETING, minutes=5),
            endpoint(
                "updating",
                status=EndpointStatus.UPDATING,
                pending=(single("next", instances=2, statuses=("Creating",)),),
            ),
            endpoint("failed", status=EndpointStatus.FAILED, failure_reason="It never pinged."),
        )
    )


_SERVERLESS = ServerlessConfig(memory_size_mb=2048, max_concurrency=5)
