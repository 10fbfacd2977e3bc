"""``sagescope list-endpoints`` and ``describe-endpoint``: the AWS CLI's answers, in its shape."""

import json
import os
import subprocess
import sys

import pytest

from tui.cli.demo import client_environment


@pytest.fixture(scope="module")
def theirs(demo_server, tmp_path_factory):
    """What version 1 of the AWS CLI prints, told to spell times as version 2 does."""
    folder = tmp_path_factory.mktemp("aws")
    (folder / "config").write_text("[default]\ncli_timestamp_format = iso8601\n")
    env = {
        "PATH": os.environ.get("PATH", os.defpath),
        "PYTHONPATH": os.pathsep.join(sys.path),
        "AWS_CONFIG_FILE": str(folder / "config"),
        "TZ": "UTC",
        **client_environment(demo_server.url),
    }
    commands = [
        ["sagemaker", "list-endpoints"],
        ["sagemaker", "describe-endpoint", "--endpoint-name", "iris-classifier"],
        ["sagemaker", "describe-endpoint", "--endpoint-name", "nope"],
    ]
    done = subprocess.run(
        [sys.executable, "-m", "tests.cli.aws_in_process"],
        input="".join(f"{json.dumps(each)}\n" for each in commands),
        env=env,
        cwd=folder,
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_a_list_is_what_the_aws_cli_prints(sagescope, theirs):
    status, out, err = sagescope("list-endpoints")
    assert (status, err) == (0, "")
    assert out == theirs[0]["out"]


def test_a_description_is_what_the_aws_cli_prints(sagescope, theirs):
    status, out, err = sagescope("describe-endpoint", "--endpoint-name", "iris-classifier")
    assert (status, err) == (0, "")
    assert json.loads(out) == json.loads(theirs[1]["out"])


def test_an_endpoint_that_is_not_there_is_told_in_aws_words(sagescope, theirs):
    status, out, err = sagescope("describe-endpoint", "--endpoint-name", "nope")
    assert (status, out) == (254, "")
    assert err.startswith(theirs[2]["err"].strip())


def test_a_query_makes_a_column_of_names(sagescope):
    query = "Endpoints[?EndpointName=='echo'].[EndpointName,EndpointStatus]"
    out = sagescope("list-endpoints", "--output", "text", "--query", query)[1]
    assert out == "echo\tInService\n"


def test_the_format_may_come_from_where_the_aws_cli_has_it(sagescope, monkeypatch):
    monkeypatch.setenv("AWS_DEFAULT_OUTPUT", "text")
    assert sagescope("list-endpoints")[1].startswith("ENDPOINTS\t")
    monkeypatch.setenv("AWS_DEFAULT_OUTPUT", "xml")
    status, _, err = sagescope("list-endpoints")
    assert status == 252
    assert "AWS_DEFAULT_OUTPUT: 'xml' is not written: choose json, text, table, yaml" in err


def test_a_connection_that_cannot_be_made_is_told(sagescope):
    status, _, err = sagescope("list-endpoints", "--endpoint-url", "http://127.0.0.1:1")
    assert status == 255
    assert "No connection to 127.0.0.1:1" in err
    status, _, err = sagescope("--profile", "nope", "list-endpoints")
    assert status == 253
    assert "no profile named nope" in err
