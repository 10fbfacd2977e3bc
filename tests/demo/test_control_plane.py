from datetime import timedelta

import pytest
from botocore.exceptions import ClientError

from tests.demo.catalogues import NOON
from tests.demo.conftest import make_client

ARN = "arn:aws:sagemaker:us-east-1:000000000000"


def names(answer):
    return [row["EndpointName"] for row in answer["Endpoints"]]


def refusal(call, **arguments):
    with pytest.raises(ClientError) as refused:
        call(**arguments)
    error = refused.value.response
    assert error["ResponseMetadata"]["RequestId"]
    return error["Error"]["Code"], error["Error"]["Message"]


def test_the_newest_endpoint_comes_first_and_ten_make_a_page(sagemaker):
    answer = sagemaker.list_endpoints()
    assert names(answer)[:2] == ["Deleting", "plain"]
    assert len(answer["Endpoints"]) == 10
    assert answer["NextToken"]


def test_a_row_says_what_listing_says(sagemaker):
    row = sagemaker.list_endpoints(NameContains="plain")["Endpoints"][0]
    assert row == {
        "EndpointName": "plain",
        "EndpointArn": f"{ARN}:endpoint/plain",
        "CreationTime": NOON - timedelta(minutes=10),
        "LastModifiedTime": NOON - timedelta(minutes=5),
        "EndpointStatus": "InService",
    }


def test_boto3s_paginator_sees_every_endpoint_once(sagemaker):
    pages = list(
        sagemaker.get_paginator("list_endpoints").paginate(PaginationConfig={"PageSize": 4})
    )
    listed = [name for page in pages for name in names(page)]
    assert [len(page["Endpoints"]) for page in pages] == [4, 4, 4, 1]
    assert "NextToken" not in pages[-1]
    assert len(set(listed)) == len(listed) == 13


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"NameContains": "a-name-that-is-not-there"}, []),
        ({"NameContains": "dat"}, ["updating"]),
        ({"StatusEquals": "Failed"}, ["failed"]),
        ({"StatusEquals": "RollingBack"}, []),
        ({"CreationTimeAfter": NOON - timedelta(minutes=5)}, ["Deleting"]),
        ({"CreationTimeAfter": NOON - timedelta(minutes=4)}, []),
        ({"LastModifiedTimeAfter": NOON - timedelta(minutes=5)}, ["Deleting", "plain"]),
        ({"CreationTimeBefore": NOON - timedelta(minutes=60)}, []),
        ({"SortBy": "Name", "SortOrder": "Ascending", "MaxResults": 2}, ["Deleting", "angry"]),
        ({"SortBy": "Name", "MaxResults": 2}, ["weighted", "updating"]),
        ({"SortBy": "Status", "MaxResults": 2}, ["updating", "weighted"]),
        ({"SortOrder": "Ascending", "NameContains": "el", "MaxResults": 1}, ["Deleting"]),
    ],
)
def test_filters_and_sorting(sagemaker, query, expected):
    assert names(sagemaker.list_endpoints(**query)) == expected


def test_time_filters_leave_out_before_and_keep_after(sagemaker):
    at = NOON - timedelta(minutes=10)
    assert "plain" in names(sagemaker.list_endpoints(CreationTimeAfter=at, MaxResults=100))
    assert "plain" not in names(sagemaker.list_endpoints(CreationTimeBefore=at, MaxResults=100))


@pytest.mark.parametrize(
    ("query", "message"),
    [
        (
            {"MaxResults": 101},
            (
                "1 validation error detected: Value '101' at 'maxResults' failed to satisfy "
                "constraint: Member must have value less than or equal to 100"
            ),
        ),
        (
            {"NameContains": "a_b"},
            (
                "1 validation error detected: Value 'a_b' at 'nameContains' failed to satisfy "
                "constraint: Member must satisfy regular expression pattern: [a-zA-Z0-9-]+"
            ),
        ),
        (
            {"SortBy": "Age", "SortOrder": "Up"},
            (
                "2 validation errors detected: Value 'Age' at 'sortBy' failed to satisfy "
                "constraint: Member must satisfy enum value set: [Name, CreationTime, Status]; "
                "Value 'Up' at 'sortOrder' failed to satisfy constraint: Member must satisfy "
                "enum value set: [Ascending, Descending]"
            ),
        ),
    ],
)
def test_input_beyond_the_limits_is_refused_in_sagemakers_words(sagemaker, query, message):
    assert refusal(sagemaker.list_endpoints, **query) == ("ValidationException", message)


def test_a_token_belongs_to_its_listing(sagemaker):
    token = sagemaker.list_endpoints(MaxResults=3)["NextToken"]
    assert len(sagemaker.list_endpoints(MaxResults=5, NextToken=token)["Endpoints"]) == 5
    code, _ = refusal(sagemaker.list_endpoints, NextToken=token, StatusEquals="InService")
    assert code == "ValidationException"
    code, _ = refusal(sagemaker.list_endpoints, NextToken="cGFnZTowMDowMA==")
    assert code == "ValidationException"


def test_describing_says_weights_counts_and_capture(sagemaker):
    answer = sagemaker.describe_endpoint(EndpointName="weighted")
    assert {
        each["VariantName"]: each["CurrentWeight"] for each in answer["ProductionVariants"]
    } == {
        "blue": 3.0,
        "green": 1.0,
        "off": 0.0,
    }
    assert answer["DataCaptureConfig"]["CaptureStatus"] == "Started"
    config = sagemaker.describe_endpoint_config(EndpointConfigName=answer["EndpointConfigName"])
    assert config["ProductionVariants"][0]["ModelName"] == "blue-model"
    assert config["DataCaptureConfig"]["CaptureContentTypeHeader"] == {
        "CsvContentTypes": ["text/csv"],
        "JsonContentTypes": ["application/json"],
    }


def test_a_shadow_variant_is_told_apart(sagemaker):
    answer = sagemaker.describe_endpoint(EndpointName="shadowed")
    assert [each["VariantName"] for each in answer["ShadowProductionVariants"]] == ["shadow"]
    assert [each["VariantName"] for each in answer["ProductionVariants"]] == ["AllTraffic"]


def test_a_serverless_variant_has_memory_instead_of_instances(sagemaker):
    variant = sagemaker.describe_endpoint(EndpointName="serverless")["ProductionVariants"][0]
    assert variant["CurrentServerlessConfig"] == {"MemorySizeInMB": 2048, "MaxConcurrency": 5}
    config = sagemaker.describe_endpoint_config(EndpointConfigName="serverless-config")
    assert "InstanceType" not in config["ProductionVariants"][0]


def test_an_endpoint_being_created_has_a_pending_deployment_only(sagemaker):
    answer = sagemaker.describe_endpoint(EndpointName="creating")
    assert "ProductionVariants" not in answer
    assert answer["PendingDeploymentSummary"]["ProductionVariants"][0]["InstanceType"]


def test_an_endpoint_being_updated_says_what_it_leads_to(sagemaker):
    pending = sagemaker.describe_endpoint(EndpointName="updating")["PendingDeploymentSummary"]
    variant = pending["ProductionVariants"][0]
    assert variant["CurrentInstanceCount"] == 2
    assert [status["Status"] for status in variant["VariantStatus"]] == ["Creating"]


def test_a_failed_endpoint_says_why(sagemaker):
    answer = sagemaker.describe_endpoint(EndpointName="failed")
    assert answer["FailureReason"] == "It never pinged."


def test_models_say_how_they_are_invoked(sagemaker):
    multi = sagemaker.describe_model(ModelName="multi-model")["PrimaryContainer"]
    assert multi["Mode"] == "MultiModel"
    assert multi["Environment"] == {"HF_TOKEN": "hf_not_a_real_token"}
    direct = sagemaker.describe_model(ModelName="direct-model")
    assert direct["InferenceExecutionConfig"] == {"Mode": "Direct"}
    assert [box["ContainerHostname"] for box in direct["Containers"]] == ["first", "second"]
    plain = sagemaker.describe_model(ModelName="plain-model")["PrimaryContainer"]
    assert plain["Environment"] == {
        "SAGESCOPE_EXAMPLE_BODY": "1,2",
        "SAGESCOPE_EXAMPLE_CONTENT_TYPE": "text/csv",
        "SAGESCOPE_EXAMPLE_ACCEPT": "text/csv",
    }


def test_components_are_listed_for_their_endpoint(sagemaker):
    listed = sagemaker.list_inference_components(
        EndpointNameEquals="components", SortBy="Name", SortOrder="Ascending"
    )
    rows = listed["InferenceComponents"]
    assert [row["InferenceComponentName"] for row in rows] == ["up", "zero"]
    assert not sagemaker.list_inference_components(EndpointNameEquals="plain")[
        "InferenceComponents"
    ]


def test_tags_are_listed(sagemaker):
    tags = sagemaker.list_tags(ResourceArn=f"{ARN}:endpoint/plain")["Tags"]
    assert tags == [{"Key": "team", "Value": "red"}, {"Key": "cost", "Value": ""}]


@pytest.mark.parametrize(
    ("operation", "arguments", "message"),
    [
        ("describe_endpoint", {"EndpointName": "Nope"}, f'endpoint "{ARN}:endpoint/nope"'),
        (
            "describe_endpoint_config",
            {"EndpointConfigName": "nope"},
            f'endpoint configuration "{ARN}:endpoint-config/nope"',
        ),
        ("describe_model", {"ModelName": "nope"}, f'model "{ARN}:model/nope"'),
    ],
)
def test_what_is_not_there_could_not_be_found(sagemaker, operation, arguments, message):
    code, told = refusal(getattr(sagemaker, operation), **arguments)
    assert (code, told) == ("ValidationException", f"Could not find {message}.")


def test_operations_that_change_anything_are_unknown(sagemaker):
    code, _ = refusal(sagemaker.delete_endpoint, EndpointName="plain")
    assert code == "UnknownOperationException"


def test_arns_name_the_region_that_was_signed_for(small_server):
    client = make_client(small_server, "sagemaker", region="eu-central-1")
    arn = client.describe_endpoint(EndpointName="plain")["EndpointArn"]
    client.close()
    assert arn == "arn:aws:sagemaker:eu-central-1:000000000000:endpoint/plain"
