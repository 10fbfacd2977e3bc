"""Browsing the demo: everything that can be known of an endpoint, gaps told."""

import json

import pytest

from tests.aws.conftest import at
from tests.demo.catalogues import NOON, one_of_each
from tui.demo.catalogue import Catalogue
from tui.demo.server import DemoServer
from tui.domain.endpoints import EndpointStatus
from tui.domain.errors import AccessDenied, EndpointNotFound, ExplorerError


@pytest.fixture
def small():
    with DemoServer(catalogue=one_of_each(), clock=lambda: NOON, seed=7) as server:
        yield server
        assert server.crashes == ()


@pytest.fixture
def browse(small, open_gateway):
    return open_gateway(at(small.url))


def operations(server):
    return [request.header("x-amz-target").partition(".")[2] for request in server.requests]


def test_endpoints_come_newest_first(browse):
    (page,) = browse.list_endpoints()
    assert [each.name for each in page][:2] == ["Deleting", "plain"]
    assert page == tuple(sorted(page, key=lambda each: each.created_at, reverse=True))
    assert page[0].status is EndpointStatus.DELETING
    assert page[0].created_at.utcoffset().total_seconds() == 0
    assert page[0].arn == "arn:aws:sagemaker:us-east-1:000000000000:endpoint/deleting"


def test_pages_hold_a_hundred_and_are_fetched_when_asked_for(open_gateway):
    with DemoServer(catalogue=one_of_each().with_fillers(237)) as server:
        pages = open_gateway(at(server.url)).list_endpoints()
        assert server.requests == ()
        assert len(next(pages)) == 100
        assert len(server.requests) == 1
        assert [len(page) for page in pages] == [100, 50]
        assert len(server.requests) == 3


def test_leaving_the_pages_stops_the_paging(open_gateway):
    with DemoServer(catalogue=one_of_each().with_fillers(300)) as server:
        pages = open_gateway(at(server.url)).list_endpoints()
        next(pages)
        pages.close()
        assert len(server.requests) == 1


def test_an_empty_region_has_no_page(open_gateway):
    with DemoServer(catalogue=Catalogue()) as server:
        assert list(open_gateway(at(server.url)).list_endpoints()) == []


def test_variants_join_what_runs_with_what_was_configured(browse):
    told = browse.describe_endpoint("weighted")
    blue, green, off = told.variants
    assert (blue.name, blue.weight, blue.instance_count) == ("blue", 3.0, 1)
    assert (blue.instance_type, blue.model_name) == ("ml.m5.large", "blue-model")
    assert told.share_of(green) == 0.25
    assert told.share_of(off) == 0.0
    assert blue.routing_strategy == "LEAST_OUTSTANDING_REQUESTS"
    assert set(told.content_types) == {"text/csv", "application/json"}
    assert [model.name for model in told.models] == ["blue-model", "green-model", "off-model"]
    assert told.gaps == ()


def test_the_documents_are_the_answers_byte_for_byte(browse, small):
    told = browse.describe_endpoint("plain")
    assert [each.operation for each in told.documents] == operations(small)
    first = json.loads(told.documents[0].body)
    assert first["EndpointName"] == "plain"
    # Compact as on the wire: parsed and written again it would have spaces.
    assert told.documents[0].body.startswith(b'{"EndpointName":"plain","EndpointArn":')


def test_shadow_variants_are_marked_and_their_models_read(browse):
    told = browse.describe_endpoint("shadowed")
    (shadow,) = told.shadow_variants
    assert shadow.is_shadow
    assert "shadow-model" in [model.name for model in told.models]
    assert told.suggestions()["target_variant"] == ("AllTraffic",)


def test_a_multi_model_endpoint_offers_its_artifacts_and_hides_its_token(browse):
    told = browse.describe_endpoint("multi")
    assert told.is_multi_model
    assert told.target_models == ("a.tar.gz", "team x/b+c.tar.gz")
    (document,) = (each for each in told.documents if each.operation == "DescribeModel")
    environment = json.loads(document.body)["PrimaryContainer"]["Environment"]
    assert environment == {"HF_TOKEN": "***"}
    container = told.models[0].containers[0]
    assert container.environment == {"HF_TOKEN": "hf_not_a_real_token"}
    assert "hf_not_a_real_token" not in repr(told)


def test_a_direct_endpoint_offers_its_containers(browse):
    told = browse.describe_endpoint("direct")
    assert told.is_direct
    assert told.suggestions()["target_container_hostname"] == ("first", "second")


def test_a_serverless_variant_has_no_instances(browse):
    (variant,) = browse.describe_endpoint("serverless").variants
    assert (variant.serverless.memory_size_mb, variant.serverless.max_concurrency) == (2048, 5)
    assert variant.instance_type is None


def test_components_are_listed_only_where_there_can_be_some(browse, small):
    found = {
        each.name: each for each in browse.describe_endpoint("components").inference_components
    }
    assert set(found) == {"up", "zero"}
    assert (found["up"].status, found["up"].variant_name) == ("InService", "AllTraffic")
    assert (found["zero"].copy_count, found["zero"].is_ready) == (0, False)
    small.forget_requests()
    browse.describe_endpoint("plain")
    assert "ListInferenceComponents" not in operations(small)


def test_documents_come_in_the_order_of_the_list_whoever_answers_first(browse):
    told = browse.describe_endpoint("components")
    described = [each for each in told.documents if each.operation == "DescribeInferenceComponent"]
    names = [json.loads(each.body)["InferenceComponentName"] for each in described]
    assert names == [each.name for each in told.inference_components]


def test_an_asynchronous_endpoint_is_one(browse):
    assert browse.describe_endpoint("async").is_async
    assert not browse.describe_endpoint("plain").is_async


def test_an_endpoint_that_does_not_run_yet_shows_what_is_to_come(browse):
    told = browse.describe_endpoint("creating")
    (variant,) = told.variants
    assert (variant.name, variant.instance_type) == ("AllTraffic", "ml.m5.large")
    assert told.status is EndpointStatus.CREATING


def test_why_an_endpoint_failed(browse):
    assert browse.describe_endpoint("failed").failure_reason == "It never pinged."


def test_an_example_is_found_and_stays_readable(browse):
    told = browse.describe_endpoint("plain")
    assert told.example().body == "1,2"
    (document,) = (each for each in told.documents if each.operation == "DescribeModel")
    assert b'"SAGESCOPE_EXAMPLE_BODY":"1,2"' in document.body


def test_every_endpoint_of_the_showcase_can_be_described(gateway):
    for page in gateway.list_endpoints():
        for each in page:
            told = gateway.describe_endpoint(each.name)
            assert (told.name, told.status, told.gaps) == (each.name, each.status, ())
            assert told.variants


def test_an_endpoint_that_does_not_exist_is_named_with_its_place(browse):
    with pytest.raises(EndpointNotFound) as missing:
        browse.describe_endpoint("irs")
    assert missing.value.summary == "No endpoint irs in account 000000000000, region us-east-1"
    assert "us-east-1" in missing.value.hint


ENDPOINT = {
    "EndpointName": "e",
    "EndpointArn": "arn",
    "EndpointConfigName": "c",
    "EndpointStatus": "Levitating",
    "ProductionVariants": [{"VariantName": "v", "CurrentWeight": 1.0, "CurrentInstanceCount": 0}],
}
MULTI = {
    "ModelName": "m",
    "PrimaryContainer": {"Mode": "MultiModel", "ModelDataUrl": "s3://bucket/models"},
}


class ControlPlane:
    """Answers operations from a table, on the raw server; what is not in it is denied."""

    def __init__(self, raw, answers):
        self.answers = answers
        self.server = raw(self._answer)

    def _answer(self, connection):
        head = self.server.requests[-1].partition(b"\r\n\r\n")[0].decode()
        target = next((line for line in head.split("\r\n") if "X-Amz-Target" in line), "GET")
        operation = target.rpartition(".")[2]
        answer = self.answers.get(operation)
        status, body = ("200 OK", answer) if answer is not None else ("400 No", _denied(operation))
        text = body if isinstance(body, str) else json.dumps(body)
        length = len(text.encode())
        connection.sendall(f"HTTP/1.1 {status}\r\nContent-Length: {length}\r\n\r\n{text}".encode())


def _denied(operation):
    if operation == "GET":
        return "<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>"
    message = (
        f"User: arn:aws:iam::1:user/u is not authorized to perform: sagemaker:{operation} "
        "on resource: arn:aws:sagemaker:us-east-1:1:x/y because no identity-based policy allows it"
    )
    return {"__type": "AccessDeniedException", "Message": message}


def describe(raw, open_gateway, answers):
    plane = ControlPlane(raw, answers)
    return open_gateway(at(plane.server.url)).describe_endpoint("e")


def test_only_the_endpoint_may_be_read(raw, open_gateway):
    told = describe(raw, open_gateway, {"DescribeEndpoint": ENDPOINT})
    assert [variant.name for variant in told.variants] == ["v"]
    assert told.status is EndpointStatus.UNKNOWN
    assert [type(gap) for gap in told.gaps] == [AccessDenied, AccessDenied]
    assert [gap.action for gap in told.gaps] == [
        "sagemaker:DescribeEndpointConfig",
        "sagemaker:ListInferenceComponents",
    ]
    assert [each.operation for each in told.documents] == ["DescribeEndpoint"]


def test_components_that_may_not_be_described_are_one_gap(raw, open_gateway):
    listed = [{"InferenceComponentName": f"c{number}"} for number in range(20)]
    answers = {
        "DescribeEndpoint": ENDPOINT,
        "DescribeEndpointConfig": {"ProductionVariants": [{"VariantName": "v"}]},
        "ListInferenceComponents": {"InferenceComponents": listed},
    }
    told = describe(raw, open_gateway, answers)
    assert [each.name for each in told.inference_components] == [f"c{n}" for n in range(20)]
    assert [gap.action for gap in told.gaps] == ["sagemaker:DescribeInferenceComponent"]


def test_not_even_the_endpoint_may_be_read(raw, open_gateway):
    with pytest.raises(AccessDenied) as denied:
        describe(raw, open_gateway, {})
    assert denied.value.action == "sagemaker:DescribeEndpoint"


def test_artifacts_that_may_not_be_listed_are_a_gap(raw, open_gateway):
    config = {"ProductionVariants": [{"VariantName": "v", "ModelName": "m"}]}
    answers = {
        "DescribeEndpoint": ENDPOINT,
        "DescribeEndpointConfig": config,
        "DescribeModel": MULTI,
    }
    told = describe(raw, open_gateway, answers)
    assert told.is_multi_model
    assert [type(gap) for gap in told.gaps] == [AccessDenied]
    assert told.gaps[0].action == "s3:ListBucket"


def test_more_artifacts_than_are_offered_are_told_of(raw, open_gateway):
    config = {"ProductionVariants": [{"VariantName": "v", "ModelName": "m"}]}
    listing = (
        "<ListBucketResult><IsTruncated>true</IsTruncated>"
        "<Contents><Key>models/</Key></Contents><Contents><Key>models/a.tar.gz</Key></Contents>"
        "</ListBucketResult>"
    )
    answers = {
        "DescribeEndpoint": ENDPOINT,
        "DescribeEndpointConfig": config,
        "DescribeModel": MULTI,
        "GET": listing,
    }
    told = describe(raw, open_gateway, answers)
    assert told.target_models == ("a.tar.gz",)
    assert ["1,000" in gap.summary for gap in told.gaps] == [True]


def test_members_that_are_missing_although_required_are_tolerated(raw, open_gateway):
    bare = {
        "DescribeEndpoint": {"EndpointConfigName": "c", "ProductionVariants": [{}]},
        "DescribeEndpointConfig": {"ProductionVariants": [{"ModelName": "m"}, {}]},
        "DescribeModel": {"PrimaryContainer": {}, "Containers": [{}], "VpcConfig": {}},
        "ListInferenceComponents": {},
    }
    told = describe(raw, open_gateway, bare)
    assert told.name == "e"
    assert told.status is EndpointStatus.UNKNOWN
    assert told.gaps == ()


def test_a_page_without_endpoints_is_skipped(raw, open_gateway):
    pages = iter([{"Endpoints": [], "NextToken": "t"}, {"Endpoints": [{"EndpointName": "last"}]}])

    def answer(connection):
        text = json.dumps(next(pages))
        connection.sendall(f"HTTP/1.1 200 OK\r\nContent-Length: {len(text)}\r\n\r\n{text}".encode())

    listed = list(open_gateway(at(raw(answer).url)).list_endpoints())
    assert [[each.name for each in page] for page in listed] == [["last"]]


def test_a_listing_that_is_refused_raises(raw, open_gateway):
    plane = ControlPlane(raw, {})
    with pytest.raises(ExplorerError) as refused:
        next(open_gateway(at(plane.server.url)).list_endpoints())
    assert refused.value.action == "sagemaker:ListEndpoints"


def test_an_identity_is_resolved_with_the_account(gateway):
    said = gateway.identify()
    assert (said.region, said.account) == ("us-east-1", "000000000000")
    assert said.arn == "arn:aws:iam::000000000000:user/demo"
    assert said.profile is None


def test_an_identity_without_sts_has_no_account(raw, open_gateway):
    said = open_gateway(at(raw(lambda _: True).url)).identify()
    assert (said.region, said.account, said.arn) == ("us-east-1", None, None)


def test_an_identity_that_cannot_be_read_has_no_account(raw, open_gateway):
    text = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"
    said = open_gateway(at(raw(lambda connection: connection.sendall(text)).url)).identify()
    assert (said.region, said.account) == ("us-east-1", None)
