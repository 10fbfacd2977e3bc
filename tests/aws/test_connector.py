"""Profiles, regions and credentials: which configuration makes which connection."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from botocore.loaders import JSONFileLoader

from tests.aws.conftest import at
from tui.aws.connector import AwsConnector
from tui.domain.connections import Connection
from tui.domain.errors import ConnectionInvalid, CredentialsMissing
from tui.domain.requests import InvocationRequest
from tui.domain.stopping import StopSwitch

REQUEST = InvocationRequest(endpoint_name="echo")

CONFIG = """
[default]
region = eu-central-1
[profile work]
region = eu-west-1
aws_access_key_id = AKIAWORKWORKWORKWORK
aws_secret_access_key = secret
[profile sso]
sso_session = corp
sso_account_id = 123456789012
sso_role_name = dev
region = us-east-1
[sso-session corp]
sso_start_url = https://corp.awsapps.com/start
sso_region = us-east-1
[profile nowhere]
output = json
"""


def signed_for(gateway):
    return dict(gateway.preview(REQUEST, b"").headers)["Authorization"]


def test_importing_the_connector_loads_no_boto3():
    program = (
        "import sys, tui.aws.connector as c; c.AwsConnector();"
        "print([m for m in sys.modules if m.split('.')[0] in ('boto3', 'botocore', 'urllib3')])"
    )
    said = subprocess.run(  # noqa: S603 - our own interpreter
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert said.stdout.strip() == "[]"


def test_profiles_are_those_of_the_configuration(aws_home):
    aws_home.write("config", CONFIG)
    aws_home.write("credentials", "[keys-only]\naws_access_key_id = a\n")
    assert set(AwsConnector().profiles()) == {"default", "work", "sso", "nowhere", "keys-only"}


def test_without_a_configuration_there_are_no_profiles():
    assert AwsConnector().profiles() == ()


def test_a_profile_that_is_new_is_seen(aws_home):
    connector = AwsConnector()
    assert connector.profiles() == ()
    aws_home.write("config", CONFIG)
    assert "work" in connector.profiles()


def test_regions_are_botocores_whatever_the_configuration(aws_home):
    aws_home.write("config", "this is no configuration")
    regions = AwsConnector().regions()
    assert {"us-east-1", "eu-west-1", "cn-north-1"} <= set(regions)
    assert len(set(regions)) == len(regions) > 30


def test_a_profile_brings_its_region_and_its_credentials(aws_home, open_gateway):
    aws_home.write("config", CONFIG)
    gateway = open_gateway(Connection(profile="work"))
    assert "***WORK/" in signed_for(gateway)
    assert "/eu-west-1/sagemaker/" in signed_for(gateway)
    assert gateway.connection == Connection(profile="work")


def test_the_region_that_was_asked_for_wins(aws_home, open_gateway):
    aws_home.write("config", CONFIG)
    gateway = open_gateway(Connection(profile="work", region="ap-south-1"))
    assert "/ap-south-1/sagemaker/" in signed_for(gateway)


def test_the_environment_chooses_the_profile_when_nobody_did(aws_home, open_gateway, monkeypatch):
    aws_home.write("config", CONFIG)
    monkeypatch.setenv("AWS_PROFILE", "work")
    monkeypatch.setenv("AWS_ENDPOINT_URL_STS", "http://127.0.0.1:9")
    said = open_gateway(Connection()).identify()
    assert (said.profile, said.region, said.account) == ("work", "eu-west-1", None)


def test_a_profile_that_does_not_exist_names_the_nearest(aws_home):
    aws_home.write("config", CONFIG)
    with pytest.raises(ConnectionInvalid) as unknown:
        AwsConnector().connect(Connection(profile="wrok"))
    assert "wrok" in unknown.value.summary
    assert unknown.value.hint == "Did you mean work?"


def test_a_profile_like_no_other_names_those_that_there_are(aws_home):
    aws_home.write("config", CONFIG)
    with pytest.raises(ConnectionInvalid) as unknown:
        AwsConnector().connect(Connection(profile="zzzzzz"))
    assert "work" in unknown.value.hint
    assert "sso" in unknown.value.hint


def test_a_profile_where_there_is_none():
    with pytest.raises(ConnectionInvalid) as unknown:
        AwsConnector().connect(Connection(profile="work"))
    assert "aws configure" in unknown.value.hint


def test_no_region_says_how_to_give_one(aws_home, credentials):
    aws_home.write("config", CONFIG)
    with pytest.raises(ConnectionInvalid) as missing:
        AwsConnector().connect(Connection(profile="nowhere"))
    assert "region" in missing.value.summary
    assert "AWS_REGION" in missing.value.hint
    assert missing.value.code == "NoRegionError"


@pytest.mark.parametrize(
    ("connection", "words"),
    [
        (Connection(region="us east"), "us east"),
        (Connection(region="us-east-1", endpoint_url="localhost:1"), "Invalid endpoint"),
        (Connection(region="us-east-1", endpoint_url="http://"), "Invalid endpoint"),
    ],
)
def test_what_cannot_be_used_is_refused_when_connecting(credentials, connection, words):
    with pytest.raises(ConnectionInvalid) as refused:
        AwsConnector().connect(connection)
    assert words in refused.value.summary
    assert refused.value.hint


def test_a_broken_configuration_is_named(aws_home):
    aws_home.write("config", "this is no configuration")
    for call in (AwsConnector().profiles, lambda: AwsConnector().connect(Connection())):
        with pytest.raises(ConnectionInvalid) as broken:
            call()
        assert "config" in broken.value.summary
        assert broken.value.hint


def test_the_demo_works_whatever_the_configuration(aws_home, demo, open_gateway, monkeypatch):
    aws_home.write("config", "this is no configuration")
    monkeypatch.setenv("AWS_PROFILE", "missing")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIAREALREALREALREAL")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "real")
    monkeypatch.setenv("AWS_SESSION_TOKEN", "real")
    gateway = open_gateway(at(demo.url))
    assert gateway.identify().account == "000000000000"
    gateway.invoke(REQUEST, b"{}", StopSwitch())
    assert {request.header("x-amz-security-token") for request in demo.requests} == {None}
    assert all("Credential=demo/" in each.header("authorization") for each in demo.requests)


def test_a_proxy_of_the_environment_is_not_asked_for_loopback(demo, open_gateway, monkeypatch):
    for name in ("HTTP_PROXY", "http_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    gateway = open_gateway(at(demo.url))
    assert gateway.identify().account == "000000000000"
    assert gateway.invoke(REQUEST, b"{}", StopSwitch()).reply.status == 200


def test_no_credentials_say_what_to_do(open_gateway):
    gateway = open_gateway(Connection(region="us-east-1"))
    for call in (
        lambda: gateway.invoke(REQUEST, b"", StopSwitch()),
        lambda: gateway.describe_endpoint("e"),
        lambda: next(gateway.list_endpoints()),
    ):
        with pytest.raises(CredentialsMissing) as missing:
            call()
        assert "aws configure" in missing.value.hint
        assert missing.value.attempts == 0


def test_an_sso_profile_without_a_login_names_the_command(aws_home, open_gateway):
    aws_home.write("config", CONFIG)
    gateway = open_gateway(Connection(profile="sso"))
    with pytest.raises(CredentialsMissing) as missing:
        gateway.invoke(REQUEST, b"", StopSwitch())
    assert "aws sso login --profile sso" in missing.value.hint
    assert "profile sso" in missing.value.summary


def test_a_new_connection_reads_the_credentials_again(aws_home, open_gateway):
    connector = AwsConnector()
    aws_home.write("config", "[default]\nregion = us-east-1\n")
    keys = "[default]\naws_access_key_id = AKIA{0}{0}{0}{0}\naws_secret_access_key = s\n"
    aws_home.write("credentials", keys.format("OLDS"))
    old = connector.connect(Connection())
    assert "***OLDS/" in signed_for(old)
    aws_home.write("credentials", keys.format("NEWS"))
    new = connector.connect(Connection())
    assert "***NEWS/" in signed_for(new)
    old.close()
    new.close()


def test_connections_opened_at_the_same_time_all_work(demo):
    connector = AwsConnector()

    def identify(_):
        gateway = connector.connect(at(demo.url))
        try:
            return gateway.identify().account
        finally:
            gateway.close()

    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(identify, range(16))) == {"000000000000"}


def test_one_gateway_serves_many_threads_from_its_first_call_on(gateway):
    calls = [
        lambda: gateway.identify().account,
        lambda: len(next(gateway.list_endpoints())),
        lambda: gateway.describe_endpoint("echo").name,
        lambda: gateway.invoke(REQUEST, b"{}", StopSwitch()).reply.status,
        lambda: gateway.preview(REQUEST, b"{}").method,
    ] * 4
    with ThreadPoolExecutor(20) as pool:
        said = list(pool.map(lambda call: call(), calls))
    assert {str(each) for each in said} >= {"000000000000", "echo", "200", "POST"}


def test_a_second_connection_reads_no_service_model_again(demo, monkeypatch):
    read = []
    load_file = JSONFileLoader.load_file

    def spy(loader, path):
        read.append(path)
        return load_file(loader, path)

    monkeypatch.setattr(JSONFileLoader, "load_file", spy)
    connector = AwsConnector()
    counts = []
    for _ in range(2):
        gateway = connector.connect(at(demo.url))
        next(gateway.list_endpoints())
        gateway.close()
        counts.append(len(read))
    assert counts[0] == counts[1] > 0
