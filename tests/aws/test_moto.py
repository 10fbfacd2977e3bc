"""Somebody else's control plane: what works on the demo works on moto, unchanged."""

import boto3
import pytest
from moto.server import ThreadedMotoServer

from tui.domain.connections import Connection
from tui.domain.endpoints import EndpointStatus
from tui.domain.errors import EndpointNotFound

COUNT = 230
ROLE = "arn:aws:iam::123456789012:role/r"


@pytest.fixture
def moto(credentials):
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def sagemaker(moto):
    client = boto3.client("sagemaker", endpoint_url=moto, region_name="eu-west-1")
    yield client
    client.close()


@pytest.fixture
def browse(moto, open_gateway):
    return open_gateway(Connection(endpoint_url=moto, region="eu-west-1"))


def make_config(sagemaker, name="config", **model):
    sagemaker.create_model(ModelName="model", ExecutionRoleArn=ROLE, **model)
    sagemaker.create_endpoint_config(
        EndpointConfigName=name,
        ProductionVariants=[
            {
                "VariantName": variant,
                "ModelName": "model",
                "InitialInstanceCount": 2,
                "InstanceType": "ml.m5.large",
                "InitialVariantWeight": weight,
            }
            for variant, weight in (("blue", 3.0), ("green", 1.0))
        ],
    )


def test_every_endpoint_is_listed_once_newest_first(sagemaker, browse):
    make_config(sagemaker)
    for number in range(COUNT):
        sagemaker.create_endpoint(EndpointName=f"e-{number}", EndpointConfigName="config")
    pages = list(browse.list_endpoints())
    assert [len(page) for page in pages] == [100, 100, 30]
    listed = [each for page in pages for each in page]
    assert {each.name for each in listed} == {f"e-{number}" for number in range(COUNT)}
    times = [each.created_at for each in listed]
    assert times == sorted(times, reverse=True)


def test_an_endpoint_is_described(sagemaker, browse):
    image = {"Image": "123456789012.dkr.ecr.eu-west-1.amazonaws.com/image:1"}
    environment = {"HF_TOKEN": "hf_secret", "MODEL": "gpt2"}
    make_config(sagemaker, PrimaryContainer={**image, "Environment": environment})
    sagemaker.create_endpoint(EndpointName="e", EndpointConfigName="config")
    told = browse.describe_endpoint("e")
    assert told.status is EndpointStatus.IN_SERVICE
    assert [(each.name, each.instance_type, each.model_name) for each in told.variants] == [
        ("blue", "ml.m5.large", "model"),
        ("green", "ml.m5.large", "model"),
    ]
    assert told.share_of(told.variants[0]) == 0.75
    assert told.models[0].containers[0].environment == environment
    assert told.gaps == ()
    shown = b"".join(document.body for document in told.documents)
    assert b"hf_secret" not in shown
    assert b"gpt2" in shown


def test_the_artifacts_of_a_multi_model_endpoint_are_found(moto, sagemaker, browse):
    s3 = boto3.client("s3", endpoint_url=moto, region_name="eu-west-1")
    where = {"LocationConstraint": "eu-west-1"}
    s3.create_bucket(Bucket="artifacts", CreateBucketConfiguration=where)
    for key in ("models/", "models/a.tar.gz", "models/team x/b+é.tar.gz", "other/c.tar.gz"):
        s3.put_object(Bucket="artifacts", Key=key, Body=b"")
    s3.close()
    container = {"Image": "image", "Mode": "MultiModel", "ModelDataUrl": "s3://artifacts/models"}
    make_config(sagemaker, PrimaryContainer=container)
    sagemaker.create_endpoint(EndpointName="e", EndpointConfigName="config")
    told = browse.describe_endpoint("e")
    assert told.is_multi_model
    assert told.target_models == ("a.tar.gz", "team x/b+é.tar.gz")


def test_an_endpoint_that_does_not_exist_is_not_found(browse):
    with pytest.raises(EndpointNotFound) as missing:
        browse.describe_endpoint("nobody")
    assert "nobody" in missing.value.summary
    assert "123456789012" in missing.value.summary


def test_the_account_is_told(browse):
    assert browse.identify().account == "123456789012"
