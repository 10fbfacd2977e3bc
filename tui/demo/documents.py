"""How the catalogue reads on the wire: the control plane's answers, member by member.

Pure functions from catalogue values to JSON documents. The members and their types are those of
botocore's ``sagemaker`` service model; what AWS leaves out when it has nothing to say is left out.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, assert_never

from tui.demo.account import ACCOUNT
from tui.demo.catalogue import DirectModel, MultiModel, SingleModel
from tui.domain.endpoints import EndpointStatus

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime, timedelta

    from tui.demo.catalogue import Component, Endpoint, Model, Variant
    from tui.demo.wire import Document, JsonValue
    from tui.domain.endpoints import ExampleRequest, ServerlessConfig

_NEVER_CAME_UP = frozenset({EndpointStatus.CREATING})
_DEPLOYING = frozenset({EndpointStatus.CREATING, EndpointStatus.UPDATING})


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where and when a document is read: ARNs and times depend on it."""

    region: str
    started_at: datetime
    """The server's start, which all ages count back from."""

    def arn(self, kind: str, name: str) -> str:
        """Name a SageMaker resource; SageMaker lowers the name's case in its ARNs."""
        return f"arn:aws:sagemaker:{self.region}:{ACCOUNT}:{kind}/{name.lower()}"

    def epoch(self, ago: timedelta) -> float:
        """Return the Unix time, to the millisecond, of so long before the start."""
        return round((self.started_at - ago).timestamp(), 3)

    def bucket(self) -> str:
        """Name the bucket that holds the models."""
        return f"sagemaker-{self.region}-{ACCOUNT}"


def endpoint_summary(endpoint: Endpoint, place: Place) -> Document:
    """EndpointSummary of ListEndpoints."""
    return {
        "EndpointName": endpoint.name,
        "EndpointArn": place.arn("endpoint", endpoint.name),
        "CreationTime": place.epoch(endpoint.age),
        "LastModifiedTime": place.epoch(endpoint.modified_ago),
        "EndpointStatus": endpoint.status.value,
    }


def describe_endpoint(endpoint: Endpoint, place: Place) -> Document:
    """DescribeEndpointOutput."""
    runs = endpoint.status not in _NEVER_CAME_UP
    return _without_none(
        {
            **endpoint_summary(endpoint, place),
            "EndpointConfigName": endpoint.config_name,
            "ProductionVariants": _deployed(endpoint.variants, endpoint, place) if runs else None,
            "ShadowProductionVariants": _deployed(endpoint.shadows, endpoint, place),
            "DataCaptureConfig": _capture_summary(endpoint, place),
            "AsyncInferenceConfig": _async_config(endpoint),
            "FailureReason": endpoint.failure_reason,
            "PendingDeploymentSummary": _pending_deployment(endpoint, place),
        }
    )


def describe_endpoint_config(endpoint: Endpoint, place: Place) -> Document:
    """DescribeEndpointConfigOutput."""
    return _without_none(
        {
            "EndpointConfigName": endpoint.config_name,
            "EndpointConfigArn": place.arn("endpoint-config", endpoint.config_name),
            "ProductionVariants": [_configured(variant) for variant in endpoint.variants],
            "ShadowProductionVariants": [_configured(variant) for variant in endpoint.shadows]
            or None,
            "DataCaptureConfig": _capture_config(endpoint, place),
            "AsyncInferenceConfig": _async_config(endpoint),
            "CreationTime": place.epoch(endpoint.age),
            "EnableNetworkIsolation": False,
        }
    )


def describe_model(model: Model, endpoint: Endpoint, place: Place) -> Document:
    """DescribeModelOutput."""
    return {
        "ModelName": model.name,
        **_containers(model, place),
        "ExecutionRoleArn": f"arn:aws:iam::{ACCOUNT}:role/sagescope-demo",
        "CreationTime": place.epoch(endpoint.age),
        "ModelArn": place.arn("model", model.name),
        "EnableNetworkIsolation": False,
        "DeploymentRecommendation": {
            "RecommendationStatus": "COMPLETED",
            "RealTimeInferenceRecommendations": [],
        },
    }


def component_summary(component: Component, endpoint: Endpoint, place: Place) -> Document:
    """InferenceComponentSummary of ListInferenceComponents."""
    return {
        "CreationTime": place.epoch(component.age),
        "InferenceComponentArn": place.arn("inference-component", component.name),
        "InferenceComponentName": component.name,
        "EndpointArn": place.arn("endpoint", endpoint.name),
        "EndpointName": endpoint.name,
        "VariantName": component.variant_name,
        "InferenceComponentStatus": component.status,
        "LastModifiedTime": place.epoch(component.modified_ago),
    }


def describe_component(component: Component, endpoint: Endpoint, place: Place) -> Document:
    """DescribeInferenceComponentOutput."""
    return {
        **component_summary(component, endpoint, place),
        "Specification": {
            "Container": {
                "DeployedImage": _deployed_image(component.name, endpoint, place),
                "ArtifactUrl": _artifact_url(component.name, place),
                "Environment": _environment({}, component.example),
            },
            "ComputeResourceRequirements": {"MinMemoryRequiredInMb": 1024},
        },
        "RuntimeConfig": {
            "DesiredCopyCount": component.copies,
            "CurrentCopyCount": component.copies,
        },
    }


def models_prefix(model: Model) -> str:
    """Return the S3 key prefix of a multi-model container's artifacts."""
    return f"multi-model/{model.name}/"


def _without_none(document: Mapping[str, JsonValue]) -> Document:
    return {name: value for name, value in document.items() if value is not None}


def _image(name: str, place: Place) -> str:
    return f"{ACCOUNT}.dkr.ecr.{place.region}.amazonaws.com/sagescope-demo/{name}:1"


def _deployed(
    variants: tuple[Variant, ...], endpoint: Endpoint, place: Place
) -> list[Document] | None:
    """ProductionVariantSummaryList; None when there is nothing in it, as AWS has no empty ones."""
    return [_deployed_variant(variant, endpoint, place) for variant in variants] or None


def _deployed_variant(variant: Variant, endpoint: Endpoint, place: Place) -> Document:
    return _without_none(
        {
            "VariantName": variant.name,
            "DeployedImages": _deployed_images(variant, endpoint, place),
            "CurrentWeight": variant.weight,
            "DesiredWeight": variant.weight,
            **_current_capacity(variant),
            "VariantStatus": [
                {"Status": status, "StartTime": place.epoch(endpoint.modified_ago)}
                for status in variant.statuses
            ]
            or None,
            "RoutingConfig": None
            if variant.serverless
            else {"RoutingStrategy": "LEAST_OUTSTANDING_REQUESTS"},
        }
    )


def _deployed_images(variant: Variant, endpoint: Endpoint, place: Place) -> list[Document] | None:
    if variant.model is None:
        return None
    return [_deployed_image(variant.model.name, endpoint, place)]


def _deployed_image(name: str, endpoint: Endpoint, place: Place) -> Document:
    image = _image(name, place)
    resolved = {"SpecifiedImage": image, "ResolvedImage": image}
    return {**resolved, "ResolutionTime": place.epoch(endpoint.age)}


def _current_capacity(variant: Variant) -> Document:
    if variant.serverless is not None:
        config = _serverless(variant.serverless)
        return {
            "CurrentServerlessConfig": config,
            "DesiredServerlessConfig": config,
            "CurrentInstanceCount": 0,
        }
    desired = variant.desired_instances
    return {
        "CurrentInstanceCount": variant.instances,
        "DesiredInstanceCount": variant.instances if desired is None else desired,
    }


def _serverless(config: ServerlessConfig) -> Document:
    return {"MemorySizeInMB": config.memory_size_mb, "MaxConcurrency": config.max_concurrency}


def _pending_deployment(endpoint: Endpoint, place: Place) -> Document | None:
    if endpoint.status not in _DEPLOYING:
        return None
    return {
        "EndpointConfigName": endpoint.config_name,
        "ProductionVariants": [
            _pending_variant(variant, endpoint, place)
            for variant in endpoint.pending or endpoint.variants
        ],
        "StartTime": place.epoch(endpoint.modified_ago),
    }


def _pending_variant(variant: Variant, endpoint: Endpoint, place: Place) -> Document:
    """PendingProductionVariantSummary, which names the instance type, as the other does not."""
    deployed = _deployed_variant(variant, endpoint, place)
    return deployed if variant.serverless else {**deployed, "InstanceType": variant.instance_type}


def _configured(variant: Variant) -> Document:
    """ProductionVariant."""
    capacity: Document = (
        {"ServerlessConfig": _serverless(variant.serverless)}
        if variant.serverless
        else {
            "InitialInstanceCount": max(1, variant.desired_instances or variant.instances),
            "InstanceType": variant.instance_type,
        }
    )
    return _without_none(
        {
            "VariantName": variant.name,
            "ModelName": variant.model.name if variant.model else None,
            "InitialVariantWeight": variant.weight,
            **capacity,
        }
    )


def _capture_destination(place: Place) -> str:
    return f"s3://{place.bucket()}/data-capture"


def _capture_summary(endpoint: Endpoint, place: Place) -> Document | None:
    """DataCaptureConfigSummary."""
    if not endpoint.captured_types:
        return None
    return {
        "EnableCapture": True,
        "CaptureStatus": "Started",
        "CurrentSamplingPercentage": 100,
        "DestinationS3Uri": _capture_destination(place),
        "KmsKeyId": "",
    }


def _capture_config(endpoint: Endpoint, place: Place) -> Document | None:
    """DataCaptureConfig."""
    if not endpoint.captured_types:
        return None
    as_json = [each for each in endpoint.captured_types if "json" in each]
    as_csv = [each for each in endpoint.captured_types if "json" not in each]
    header = {"CsvContentTypes": as_csv or None, "JsonContentTypes": as_json or None}
    return {
        "EnableCapture": True,
        "InitialSamplingPercentage": 100,
        "DestinationS3Uri": _capture_destination(place),
        "CaptureOptions": [{"CaptureMode": "Input"}, {"CaptureMode": "Output"}],
        "CaptureContentTypeHeader": _without_none(header),
    }


def _async_config(endpoint: Endpoint) -> Document | None:
    """AsyncInferenceConfig."""
    if endpoint.async_output is None:
        return None
    return {
        "ClientConfig": {"MaxConcurrentInvocationsPerInstance": 4},
        "OutputConfig": {"S3OutputPath": endpoint.async_output},
    }


def _containers(model: Model, place: Place) -> Document:
    """PrimaryContainer, or Containers with how they are run."""
    match model.serves:
        case SingleModel():
            return {"PrimaryContainer": _artifact_container(model, place)}
        case MultiModel():
            return {"PrimaryContainer": _multi_model_container(model, place)}
        case DirectModel(containers=containers):
            return {
                "Containers": [
                    {**_artifact_container(model, place), "ContainerHostname": hostname}
                    for hostname in containers
                ],
                "InferenceExecutionConfig": {"Mode": "Direct"},
            }
        case _:
            assert_never(model.serves)


def _artifact_container(model: Model, place: Place) -> Document:
    artifact = _artifact_url(model.name, place)
    source = {"S3Uri": artifact, "S3DataType": "S3Object", "CompressionType": "Gzip"}
    return {
        "Image": _image(model.name, place),
        "Mode": "SingleModel",
        "ModelDataUrl": artifact,
        "ModelDataSource": {"S3DataSource": source},
        "Environment": _environment(model.environment, model.example),
    }


def _artifact_url(name: str, place: Place) -> str:
    return f"s3://{place.bucket()}/models/{name}/model.tar.gz"


def _multi_model_container(model: Model, place: Place) -> Document:
    return {
        "Image": _image(model.name, place),
        "Mode": "MultiModel",
        "ModelDataUrl": f"s3://{place.bucket()}/{models_prefix(model)}",
        "MultiModelConfig": {"ModelCacheSetting": "Enabled"},
        "Environment": _environment(model.environment, model.example),
    }


def _environment(variables: Mapping[str, str], example: ExampleRequest | None) -> Document:
    """EnvironmentMap, with the example request where `ExampleRequest` looks for it."""
    return {**variables, **(example.to_environment() if example else {})}
