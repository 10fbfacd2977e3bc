"""``sagescope list-endpoints`` and ``describe-endpoint``: the AWS CLI's answers, in its shape."""

import json
import os
import subprocess
import sys
import time

import pytest

from tui.cli.demo import client_environment

ZONE = "Asia/Kolkata"
"""Half an hour off, so that it is nobody's by accident."""
WIRE = ("--profile", "wire")
CONFIGURATION = """
[default]
cli_timestamp_format = iso8601
[profile wire]
cli_timestamp_format = wire
aws_access_key_id = demo
aws_secret_access_key = demo
region = us-east-1
[profile other]
cli_timestamp_format = rfc822
region = us-east-1
"""
PAGES = ("--max-items", "3", "--page-size", "2")
ONE_PAGE = ("--no-paginate", "--max-results", "3")
LISTINGS = [
    (),
    ("--name-contains", "text"),
    ("--status-equals", "Failed"),
    ("--status-equals", "Nope"),
    ("--sort-by", "Name", "--sort-order", "Ascending"),
    ("--sort-by", "Status", "--output", "text"),
    ("--creation-time-after", "2020-01-01", "--creation-time-before", "2099-01-01T00:00:00Z"),
    ("--last-modified-time-before", "0"),
    ("--last-modified-time-after", "soon"),
    ("--name-contains", "no endpoint", "--output", "text"),
    ("--name-contains", "no endpoint", "--output", "table"),
    PAGES,
    (*PAGES, "--output", "text"),
    (*PAGES, "--output", "table"),
    (*PAGES, "--query", "[length(Endpoints), type(NextToken)]"),
    ONE_PAGE,
    (*ONE_PAGE, "--output", "text"),
    ("--max-results", "2", "--sort-by", "Name"),
    ("--max-results", "2", "--max-items", "3"),
    ("--no-paginate", "--starting-token", "x"),
    ("--starting-token", "nonsense"),
    ("--next-token", "nonsense"),
    ("--max-items", "many"),
    WIRE,
]


@pytest.fixture(autouse=True)
def zone(aws, monkeypatch, tmp_path):
    """The zone and the profiles of the AWS CLI that is compared with."""
    (tmp_path / "config").write_text(CONFIGURATION)
    monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / "config"))
    with monkeypatch.context() as patched:
        patched.setenv("TZ", ZONE)
        time.tzset()
        yield
    time.tzset()


@pytest.fixture(scope="module")
def theirs(demo_server, tmp_path_factory):
    """What version 1 of the AWS CLI prints, told to spell times as version 2 does."""
    folder = tmp_path_factory.mktemp("aws")
    (folder / "config").write_text(CONFIGURATION)
    env = {
        "PATH": os.environ.get("PATH", os.defpath),
        "PYTHONPATH": os.pathsep.join(sys.path),
        "AWS_CONFIG_FILE": str(folder / "config"),
        "TZ": ZONE,
        **client_environment(demo_server.url),
    }
    commands = [
        *(["sagemaker", "list-endpoints", *flags] for flags in LISTINGS),
        ["sagemaker", "describe-endpoint", "--endpoint-name", "iris-classifier"],
        ["sagemaker", "describe-endpoint", "--endpoint-name", "nope"],
        ["sagemaker", "describe-endpoint", "--endpoint-name", "iris-classifier", *WIRE],
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


@pytest.mark.parametrize("flags", LISTINGS, ids=" ".join)
def test_a_list_is_what_the_aws_cli_prints(sagescope, theirs, monkeypatch, flags):
    monkeypatch.setenv("COLUMNS", "80")
    expected = theirs[LISTINGS.index(flags)]
    status, out, err = sagescope("list-endpoints", *flags)
    assert out == expected["out"]
    assert (status == 0) == (expected["status"] == 0)
    assert (err == "") == (status == 0)


def test_a_spelling_of_times_that_there_is_not_is_said(sagescope):
    for command in (("list-endpoints",), ("describe-endpoint", "--endpoint-name", "echo")):
        status, out, err = sagescope(*command, "--profile", "other")
        assert (status, out) == (252, "")
        assert err == (
            "sagescope: cli_timestamp_format in the AWS configuration: there is no 'rfc822'\n"
            "Choose iso8601 or wire.\n"
        )


def test_a_list_goes_on_where_it_stopped(sagescope):
    query = ("--query", "[Endpoints[].EndpointName, NextToken]", "--output", "json")
    whole, _ = json.loads(sagescope("list-endpoints", *query)[1])
    found, token = [], None
    while len(found) < len(whole):
        more = () if token is None else ("--starting-token", token)
        names, token = json.loads(sagescope("list-endpoints", "--max-items", "4", *query, *more)[1])
        found += names
    assert (found, token) == (whole, None)


@pytest.mark.parametrize(
    ("flags", "words"),
    [
        (("--starting-token", "a___b___c"), "--starting-token: Bad starting token: a___b___c"),
        (("--no-paginate", "--max-items", "3"), "--no-paginate asks for one page, --max-items for"),
        (("--creation-time-after", "soon"), "CreationTimeAfter"),
    ],
)
def test_a_list_that_cannot_be_asked_for_is_said(sagescope, aws, flags, words):
    aws.forget_requests()
    status, out, err = sagescope("list-endpoints", *flags)
    assert (status, out) == (252, "")
    assert words in err
    assert aws.requests == ()


def test_a_description_is_what_the_aws_cli_prints(sagescope, theirs):
    for flags, expected in (((), theirs[-3]), (WIRE, theirs[-1])):
        name = ("--endpoint-name", "iris-classifier")
        status, out, err = sagescope("describe-endpoint", *name, *flags)
        assert (status, err) == (0, "")
        assert json.loads(out) == json.loads(expected["out"])


def test_an_endpoint_that_is_not_there_is_told_in_aws_words(sagescope, theirs):
    status, out, err = sagescope("describe-endpoint", "--endpoint-name", "nope")
    assert (status, out) == (254, "")
    assert err.startswith(theirs[-2]["err"].strip())


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
