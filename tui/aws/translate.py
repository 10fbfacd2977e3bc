"""From boto3's dictionaries to the domain's values; the other way is `members`.

Members that the service model calls required may be missing: other servers than AWS are asked
too. boto3 types what it returns as it should be, so what is read here is read with care.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from tui.domain.endpoints import (
    Container,
    EndpointDescription,
    EndpointStatus,
    EndpointSummary,
    InferenceComponent,
    Model,
    ServerlessConfig,
    Variant,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    Shape = Mapping[str, Any]

_EPOCH = datetime.fromtimestamp(0, UTC)


def endpoint_summary(shape: Shape) -> EndpointSummary:
    """Read an EndpointSummary of ListEndpoints."""
    created_at = moment(shape.get("CreationTime")) or _EPOCH
    return EndpointSummary(
        name=shape.get("EndpointName", ""),
        arn=shape.get("EndpointArn", ""),
        status=EndpointStatus.parse(shape.get("EndpointStatus", "")),
        created_at=created_at,
        modified_at=moment(shape.get("LastModifiedTime")) or created_at,
    )


def moment(value: datetime | None) -> datetime | None:
    """Return an aware time in UTC; boto3's are in the zone of this machine."""
    return None if value is None else value.astimezone(UTC)


def variant(deployed: Shape, configured: Shape, *, is_shadow: bool) -> Variant:
    """Join a ProductionVariantSummary with the ProductionVariant of its configuration.

    Args:
        deployed: of DescribeEndpoint; empty while nothing is deployed.
        configured: of DescribeEndpointConfig; empty when it could not be read.
        is_shadow: it receives copies only.
    """
    routing: Shape = deployed.get("RoutingConfig") or configured.get("RoutingConfig") or {}
    return Variant(
        name=deployed.get("VariantName") or configured.get("VariantName", ""),
        weight=deployed.get("CurrentWeight"),
        is_shadow=is_shadow,
        instance_count=deployed.get("CurrentInstanceCount"),
        desired_instance_count=deployed.get("DesiredInstanceCount"),
        instance_type=configured.get("InstanceType") or _pooled_type(deployed),
        serverless=_serverless(
            deployed.get("CurrentServerlessConfig") or configured.get("ServerlessConfig")
        ),
        model_name=configured.get("ModelName"),
        statuses=tuple(each["Status"] for each in deployed.get("VariantStatus") or ()),
        routing_strategy=routing.get("RoutingStrategy"),
    )


def _pooled_type(deployed: Shape) -> str | None:
    """Instance types of a variant with InstancePools, which has no single one."""
    types = [pool.get("InstanceType", "") for pool in deployed.get("InstancePools") or ()]
    return ", ".join(filter(None, types)) or None


def _serverless(shape: Shape | None) -> ServerlessConfig | None:
    if not shape:
        return None
    return ServerlessConfig(
        memory_size_mb=shape.get("MemorySizeInMB", 0),
        max_concurrency=shape.get("MaxConcurrency", 0),
    )


def variants(deployed: Shape, configured: Shape, member: str) -> tuple[Variant, ...]:
    """Join the variants of an endpoint with those of its configuration, by name.

    Args:
        deployed: DescribeEndpointOutput.
        configured: DescribeEndpointConfigOutput, or empty.
        member: ``ProductionVariants`` or ``ShadowProductionVariants``.
    """
    is_shadow = member != "ProductionVariants"
    pending: Shape = deployed.get("PendingDeploymentSummary") or {}
    configs = {
        each.get("VariantName"): each
        for each in (*(pending.get(member) or ()), *(configured.get(member) or ()))
    }
    listed = deployed.get(member) or ()
    if listed:
        return tuple(
            variant(each, configs.get(each.get("VariantName"), {}), is_shadow=is_shadow)
            for each in listed
        )
    # Nothing runs yet: show what is to come.
    return tuple(variant({}, each, is_shadow=is_shadow) for each in configs.values())


def model(shape: Shape) -> Model:
    """Read DescribeModelOutput."""
    primary = shape.get("PrimaryContainer")
    shapes = [primary] if primary else list(shape.get("Containers") or ())
    execution: Shape = shape.get("InferenceExecutionConfig") or {}
    return Model(
        name=shape.get("ModelName", ""),
        containers=tuple(_container(each) for each in shapes),
        is_direct=execution.get("Mode") == "Direct",
    )


def _container(shape: Shape) -> Container:
    data: Shape = shape.get("ModelDataSource") or {}
    source: Shape = data.get("S3DataSource") or {}
    return Container(
        hostname=shape.get("ContainerHostname"),
        image=shape.get("Image"),
        is_multi_model=shape.get("Mode") == "MultiModel",
        model_data_url=shape.get("ModelDataUrl") or source.get("S3Uri"),
        environment=shape.get("Environment") or {},
    )


def content_types(configured: Shape) -> tuple[str, ...]:
    """Return the content types that data capture expects, without repeats."""
    capture: Shape = configured.get("DataCaptureConfig") or {}
    headers: Shape = capture.get("CaptureContentTypeHeader") or {}
    listed = (*(headers.get("CsvContentTypes") or ()), *(headers.get("JsonContentTypes") or ()))
    return tuple(dict.fromkeys(listed))


def listed_components(page: Shape) -> tuple[InferenceComponent, ...]:
    """Read a page of ListInferenceComponents."""
    return tuple(
        InferenceComponent(
            name=each.get("InferenceComponentName", ""),
            status=each.get("InferenceComponentStatus", ""),
            variant_name=each.get("VariantName"),
        )
        for each in page.get("InferenceComponents") or ()
    )


def component(shape: Shape, listed: InferenceComponent) -> InferenceComponent:
    """Read DescribeInferenceComponentOutput, on top of what the list says."""
    specification: Shape = shape.get("Specification") or {}
    container: Shape = specification.get("Container") or {}
    copies: Shape = shape.get("RuntimeConfig") or {}
    return replace(
        listed,
        status=shape.get("InferenceComponentStatus", listed.status),
        failure_reason=shape.get("FailureReason"),
        model_name=specification.get("ModelName"),
        base_name=specification.get("BaseInferenceComponentName"),
        copy_count=copies.get("CurrentCopyCount"),
        desired_copy_count=copies.get("DesiredCopyCount"),
        environment=container.get("Environment") or {},
    )


def artifact_names(page: Shape, prefix: str) -> tuple[str, ...]:
    """Read the keys of ListObjectsV2 as TargetModel wants them: relative, no folders."""
    keys = (each["Key"].removeprefix(prefix) for each in page.get("Contents") or ())
    return tuple(key for key in keys if key and not key.endswith("/"))


def description(endpoint: Shape, config: Shape, *, name: str) -> EndpointDescription:
    """Join what DescribeEndpoint and, unless empty, DescribeEndpointConfig say.

    Args:
        endpoint: DescribeEndpointOutput.
        config: DescribeEndpointConfigOutput, or empty.
        name: as it was asked for.
    """
    return EndpointDescription(
        name=endpoint.get("EndpointName", name),
        arn=endpoint.get("EndpointArn", ""),
        status=EndpointStatus.parse(endpoint.get("EndpointStatus", "")),
        failure_reason=endpoint.get("FailureReason"),
        config_name=endpoint.get("EndpointConfigName"),
        created_at=moment(endpoint.get("CreationTime")),
        modified_at=moment(endpoint.get("LastModifiedTime")),
        is_async=bool(endpoint.get("AsyncInferenceConfig")),
        has_explainer=bool(endpoint.get("ExplainerConfig")),
        content_types=content_types(config),
        variants=variants(endpoint, config, "ProductionVariants"),
        shadow_variants=variants(endpoint, config, "ShadowProductionVariants"),
    )
