"""The same options make the same request, outfile and output as AWS's own command line.

Version 1 of the AWS CLI is what is compared with; it is what pip installs. Exit statuses are those
that version 2 documents.
"""

import json
import os
import re
import subprocess
import sys

import pytest

from tui.cli.main import main
from tui.demo.server import DemoServer

ANY_BYTES = bytes(range(256))
FILES = {
    "body.json": b'{"instances": [[5.1, 3.5, 1.4, 0.2]]}',
    "body.bin": ANY_BYTES,
    "large.bin": ANY_BYTES * 2_000,
    "empty": b"",
    "crlf.csv": b"1,2\r\n3,4\r\n",
    "umlaut.txt": "größer ≠ kleiner".encode(),
    "latin.txt": b"gr\xf6\xdfer",
    "type.txt": b"text/plain",
    "with space.json": b"{}",
}
JSON_TYPE = ("--content-type", "application/json")
CSV = ("--content-type", "text/csv")
ECHO = ("--endpoint-name", "echo")
IRIS = ("--endpoint-name", "iris-classifier")
SENTIMENT = ("--endpoint-name", "sentiment")
TOOLS = ("--endpoint-name", "text-tools")
TEXT = ("--content-type", "text/plain", "--body", "Ich bin sehr zufrieden")
X = ("--body", "x")
ALL_MEMBERS = (
    *(*ECHO, *JSON_TYPE, "--body", "fileb://body.json", "--accept", "application/json"),
    *("--custom-attributes", "trace=on", "--target-model", "m.tar.gz"),
    *("--target-variant", "AllTraffic", "--target-container-hostname", "c"),
    *("--inference-id", "i-1", "--enable-explanations", "`false`"),
    *("--inference-component-name", "ic", "--session-id", "s-1"),
)

# (arguments, exit status of version 2); the outfile is added.
CASES = {
    "a body only": ((*ECHO, *X), 0),
    "an empty body": ((*ECHO, "--body", ""), 0),
    "json typed": ((*ECHO, *JSON_TYPE, "--body", '{"a": "\\u00e9", "b": [1e400]}'), 0),
    "letters of any alphabet": ((*ECHO, "--body", "größer ≠ 日本 \U0001f600"), 0),
    "line ends typed": ((*ECHO, "--body", "1,2\r\n3,4\n"), 0),
    "quotes and backslashes": ((*ECHO, "--body", r""""it's" \n $HOME `x` %41"""), 0),
    "what looks like base64": ((*ECHO, "--body", "eyJhIjoxfQ=="), 0),
    "an option after an equals sign": (("--endpoint-name=echo", "--body=a=b", "--accept=*/*"), 0),
    "an abbreviated option": ((*ECHO, *X, "--content-t", "text/plain"), 0),
    "a file of bytes": ((*ECHO, "--body", "fileb://body.bin"), 0),
    "a large file of bytes": ((*ECHO, "--body", "fileb://large.bin"), 0),
    "an empty file": ((*ECHO, "--body", "fileb://empty"), 0),
    "a file with a space": ((*ECHO, "--body", "fileb://with space.json"), 0),
    "a file in a variable's folder": ((*ECHO, "--body", "fileb://$FOLDER/body.json"), 0),
    "a file in the home folder": ((*ECHO, "--body", "fileb://~/body.json"), 0),
    "a file of text": ((*ECHO, "--body", "file://body.json"), 0),
    "text with other line ends": ((*ECHO, "--body", "file://crlf.csv"), 0),
    "text of any alphabet": ((*ECHO, "--body", "file://umlaut.txt"), 0),
    "a member out of a file": ((*ECHO, *X, "--content-type", "file://type.txt"), 0),
    "both types": ((*ECHO, *X, *JSON_TYPE, "--accept", "text/csv"), 0),
    "a type with parameters": ((*ECHO, *X, "--content-type", "text/csv; charset=utf-8"), 0),
    "an empty type": ((*ECHO, *X, "--content-type", ""), 0),
    "custom attributes": ((*ECHO, *X, "--custom-attributes", "c000b4f9,a=b; x y"), 0),
    "an inference id": ((*ECHO, *X, "--inference-id", "my id/7"), 0),
    "a new session": ((*ECHO, *X, "--session-id", "NEW_SESSION"), 0),
    "a variant": ((*IRIS, *CSV, "--body", "5.1,3.5,1.4,0.2", "--target-variant", "green"), 0),
    "a model": ((*SENTIMENT, *TEXT, "--target-model", "german.tar.gz"), 0),
    "a container": ((*TOOLS, *TEXT, "--target-container-hostname", "language-detector"), 0),
    "explanations": ((*ECHO, *X, "--enable-explanations", "`true`"), 0),
    "a component": ((*ECHO, *X, "--inference-component-name", "some-component"), 254),
    "all members": (ALL_MEMBERS, 254),
    "a name that must be quoted": (("--endpoint-name", "a b/ü?c", *X), 254),
    "an empty name": (("--endpoint-name", "", *X), 254),
    "a name that is too long": (("--endpoint-name", "n" * 100, *X), 254),
    "a value that is too long": ((*ECHO, *X, "--inference-id", "i" * 100), 254),
    "an endpoint that is not there": (("--endpoint-name", "nope", *X), 254),
    "a model that fails": ((*IRIS, *CSV, "--body", "1,2,3"), 254),
    "unsigned": ((*ECHO, *X, "--no-sign-request"), 0),
    "another region": ((*ECHO, *X, "--region", "eu-central-1"), 0),
    "a profile": ((*ECHO, *X, "--profile", "work"), 0),
    "timeouts": ((*ECHO, *X, "--cli-read-timeout", "0", "--cli-connect-timeout", "7"), 0),
    "output as text": ((*ECHO, *X, "--custom-attributes", "a b", "--output", "text"), 0),
    "output as a table": (
        (*ECHO, *X, "--custom-attributes", "a b", "--output", "table", "--color", "off"),
        0,
    ),
    "a query": ((*ECHO, *X, "--query", "ContentType"), 0),
    "a query into text": ((*ECHO, *X, "--query", "[ContentType,Nope]", "--output", "text"), 0),
    "a query that finds nothing": ((*ECHO, *X, "--query", "Nope.Nope"), 0),
    "no body": (ECHO, 252),
    "no endpoint": (X, 252),
    "a file that is not there": ((*ECHO, "--body", "fileb://nope"), 252),
    "text that is none": ((*ECHO, "--body", "file://latin.txt"), 252),
    "too short a member": ((*ECHO, *X, "--inference-id", ""), 252),
    "an option that is not there": ((*ECHO, *X, "--colour", "off"), 252),
    "a query that is none": ((*ECHO, *X, "--query", "a["), 252),
    "a format that is not written": ((*ECHO, *X, "--output", "xml"), 252),
    "a profile that is not there": ((*ECHO, *X, "--profile", "nope"), 253),
    "no server": ((*ECHO, *X, "--endpoint-url", "http://127.0.0.1:1"), 255),
}
"""At least forty of them reach the wire."""

VOLATILE = re.compile(r"user-agent|x-amz-date|amz-sdk-.*|authorization|host", re.IGNORECASE)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Where both programs are started; it is their home too."""
    path = tmp_path_factory.mktemp("parity")
    for name, content in FILES.items():
        (path / name).write_bytes(content)
    (path / ".aws").mkdir()
    (path / ".aws" / "config").write_text("[profile work]\nregion = us-east-1\n")
    (path / ".aws" / "credentials").write_text(
        "[work]\naws_access_key_id = AKIDWORK\naws_secret_access_key = b\naws_session_token = t\n"
    )
    return path


def environment(folder, url):
    return {
        "AWS_ENDPOINT_URL": url,
        "AWS_ACCESS_KEY_ID": "AKIDEXAMPLE",
        "AWS_SECRET_ACCESS_KEY": "a",
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_EC2_METADATA_DISABLED": "true",
        "AWS_MAX_ATTEMPTS": "1",
        "HOME": str(folder),
        "USERPROFILE": str(folder),
        "FOLDER": str(folder),
        "SAGESCOPE_HOME": str(folder / "sagescope"),
    }


@pytest.fixture(scope="module")
def aws(folder):
    """Return case -> what the AWS CLI did, all of them done."""
    with DemoServer(seed=1) as server:
        base = {k: v for k, v in os.environ.items() if not k.startswith(("AWS_", "SAGESCOPE_"))}
        command = [sys.executable, "-m", "tests.cli.aws_in_process"]
        env = {**base, **environment(folder, server.url), "PYTHONPATH": os.pathsep.join(sys.path)}
        with subprocess.Popen(  # noqa: S603 - our own program
            command, env=env, cwd=folder, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        ) as running:
            done = {name: _run_aws(running, server, folder, name) for name in CASES}
            running.stdin.close()
    return done


def _run_aws(running, server, folder, name):
    server.forget_requests()
    outfile = folder / "aws.out"
    outfile.unlink(missing_ok=True)
    running.stdin.write(json.dumps([*_command(name), outfile.name]) + "\n")
    running.stdin.flush()
    answer = json.loads(running.stdout.readline())
    return {**answer, **_traces(server, outfile)}


def _command(name):
    return ("sagemaker-runtime", "invoke-endpoint", *CASES[name][0])


def _traces(server, outfile):
    return {
        "requests": [_comparable(each) for each in server.requests],
        "outfile": outfile.read_bytes() if outfile.exists() else None,
    }


def _comparable(request):
    """What of a request must be the same."""
    headers = sorted((k, v) for k, v in request.headers if not VOLATILE.fullmatch(k))
    authorization = dict(request.headers).get("Authorization", "")
    signed = re.findall(r"SignedHeaders=(\S+?),", authorization)
    # Key, region, service; the date may change in between.
    scope = re.findall(r"Credential=([^/]+)/\d+/(\S+?),", authorization)
    return (request.method, request.path, request.query, headers, signed, scope, request.body)


@pytest.fixture(scope="module")
def server():
    with DemoServer(seed=1) as server:
        yield server
        assert server.crashes == ()


@pytest.fixture
def ours(server, one_loader, folder, monkeypatch, capfdbinary):
    """Run a case with our program, in this process."""
    for name in [name for name in os.environ if name.startswith(("AWS_", "SAGESCOPE_"))]:
        monkeypatch.delenv(name)
    for name, value in environment(folder, server.url).items():
        monkeypatch.setenv(name, value)
    monkeypatch.chdir(folder)

    def run(name):
        server.forget_requests()
        outfile = folder / "ours.out"
        outfile.unlink(missing_ok=True)
        try:
            status = main(["invoke-endpoint", *CASES[name][0], outfile.name])
        except SystemExit as ended:
            status = ended.code
        out, err = capfdbinary.readouterr()
        return {
            "status": status,
            "out": out.decode(),
            "err": err.decode(),
            **_traces(server, outfile),
        }

    return run


@pytest.mark.parametrize("name", CASES)
def test_it_does_what_the_aws_cli_does(aws, ours, name):
    theirs, done = aws[name], ours(name)
    assert done["requests"] == theirs["requests"]
    assert done["outfile"] == theirs["outfile"]
    assert done["out"] == theirs["out"]
    assert done["status"] == CASES[name][1]
    assert (theirs["status"] == 0) == (done["status"] == 0)
    sentences = re.findall(r"^An error occurred .*$", theirs["err"], re.MULTILINE)
    # Each of the two servers counts on its own; what they say is the same otherwise.
    assert all(sentence in done["err"] for sentence in sentences)


def test_forty_of_the_cases_reach_the_wire(aws):
    assert sum(len(each["requests"]) for each in aws.values()) >= 40
    assert all(len(each["requests"]) <= 1 for each in aws.values())
