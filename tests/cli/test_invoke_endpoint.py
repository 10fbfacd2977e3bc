"""``sagescope invoke-endpoint`` beyond what the AWS CLI does; for the rest see test_wire_parity."""

import io
import json
import os
import signal
import subprocess
import sys
from base64 import b64encode

import pytest

from tests.cli.programs import PROGRAM, run
from tests.patience import PATIENCE_S
from tests.pty.environment import newcomer
from tui.cli.demo import client_environment
from tui.demo.server import DemoServer
from tui.domain.fields import FIELDS, TEXT_FIELDS

ECHO = ("invoke-endpoint", "--endpoint-name", "echo")
FAILING = (
    *("invoke-endpoint", "--endpoint-name", "iris-classifier"),
    *("--content-type", "text/csv", "--body", "1,2,3"),
)
needs_posix = pytest.mark.skipif(sys.platform == "win32", reason="signals and devices of POSIX")


def last_request(server):
    return server.requests[-1]


@pytest.mark.parametrize("field", TEXT_FIELDS[1:], ids=lambda field: field.api_name)
def test_every_member_has_an_option_and_reaches_its_header(sagescope, aws, field):
    option = f"--{field.attribute.replace('_', '-')}"
    sagescope(*ECHO, "--body", "x", option, "v1", "out")
    assert (field.header, "v1") in last_request(aws).headers


def test_input_as_json_is_overruled_by_options(sagescope, aws, tmp_path):
    members = {"EndpointName": "echo", "Body": "{}", "ContentType": "a/b", "Accept": None}
    (tmp_path / "in.json").write_text(json.dumps(members))
    arguments = ("--cli-input-json", "file://in.json", "--content-type", "text/plain", "out")
    assert sagescope("invoke-endpoint", *arguments)[0] == 0
    request = last_request(aws)
    assert (request.path, request.body) == ("/endpoints/echo/invocations", b"{}")
    headers = dict(request.headers)
    assert headers["Content-Type"] == "text/plain"
    assert "Accept" not in headers


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{", "Invalid JSON"),
        ("[]", "must be one JSON object"),
        ('{"EndpointNam": "x"}', "there is no such member; the nearest is EndpointName"),
        ('{"EndpointName": 1}', "Invalid type for parameter EndpointName"),
        ('{"EndpointName": "x"}', "the following arguments are required: --body"),
        ("{}", "required: --endpoint-name, --body"),
    ],
)
def test_input_that_makes_no_request_is_said_and_not_sent(sagescope, text, words):
    status, out, err = sagescope("invoke-endpoint", "--cli-input-json", text, "out")
    assert (status, out) == (252, "")
    assert words in err


def test_the_skeleton_is_input_for_the_same_command(sagescope):
    status, out, _ = sagescope("invoke-endpoint", "--generate-cli-skeleton")
    assert status == 0
    assert json.loads(out) == {
        field.api_name: None if field.api_name == "Body" else "" for field in FIELDS
    }
    assert "NewSessionId" in json.loads(
        sagescope("invoke-endpoint", "--generate-cli-skeleton", "output")[1]
    )


@pytest.mark.parametrize("body", ["-", "fileb://-", "file://-"])
def test_the_body_comes_from_standard_input(sagescope, aws, monkeypatch, body):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"\x00\xff")))
    assert sagescope(*ECHO, "--body", body, "out")[0] == 0
    assert last_request(aws).body == b"\x00\xff"


def test_standard_input_that_cannot_be_read_is_said(sagescope, monkeypatch, tmp_path):
    (tmp_path / "written").touch()
    with (tmp_path / "written").open("wb") as write_only:
        monkeypatch.setattr(
            sys, "stdin", io.TextIOWrapper(io.FileIO(write_only.fileno(), "r", closefd=False))
        )
        status, _, err = sagescope(*ECHO, "--body", "-", "out")
    assert status == 252
    assert "--body: cannot read standard input: Bad file descriptor" in err
    monkeypatch.setattr(sys, "stdin", None)
    status, _, err = sagescope(*ECHO, "--body", "-", "out")
    assert (status, "standard input is closed" in err) == (252, True)


@pytest.mark.parametrize("outfile", ["-", pytest.param("/dev/stdout", marks=needs_posix)])
def test_the_answer_goes_to_standard_output_alone(sagescope, outfile):
    arguments = ("--content-type", "text/plain", "--body", "hello", outfile)
    status, out, err = sagescope(*ECHO, *arguments)
    assert status == 0
    assert json.loads(err)["InvokedProductionVariant"] == "AllTraffic"
    assert "hello" in out
    assert "InvokedProductionVariant" not in out


def test_base64_is_decoded_where_it_is_said_to_be(sagescope, aws, tmp_path):
    encoded = b64encode(b'{"a": "\xc3\xa9"}').decode()
    as_v2 = ("--cli-binary-format", "base64")
    assert sagescope(*ECHO, *as_v2, "--body", encoded, "out")[0] == 0
    assert last_request(aws).body == b'{"a": "\xc3\xa9"}'
    (tmp_path / "wrapped").write_text("AAEC\nAwQ=\n")
    assert sagescope(*ECHO, *as_v2, "--body", "file://wrapped", "out")[0] == 0
    assert last_request(aws).body == bytes(range(5))
    assert sagescope(*ECHO, *as_v2, "--body", "fileb://wrapped", "out")[0] == 0
    assert last_request(aws).body == b"AAEC\nAwQ=\n"


@pytest.mark.parametrize("body", ['{"inputs": "hello1"}', "abc"])
def test_what_is_no_base64_is_not_sent_as_garbage(sagescope, body):
    status, _, err = sagescope(*ECHO, "--cli-binary-format", "base64", "--body", body, "out")
    assert status == 252
    assert "--body: Invalid base64" in err


def test_a_body_that_was_meant_to_be_decoded_is_sent_as_typed_and_said(sagescope, aws):
    encoded = b64encode(b'{"a": 1}').decode()
    _, _, err = sagescope(*ECHO, "--body", encoded, "out")
    assert last_request(aws).body == encoded.encode()
    assert "--cli-binary-format base64 would decode it" in err
    raw = ("--cli-binary-format", "raw-in-base64-out")
    assert sagescope(*ECHO, *raw, "--body", encoded, "out")[2] == ""
    assert sagescope(*ECHO, "--body", "12345678", "out")[2] == ""


def test_a_model_error_is_told_with_its_members_and_writes_nothing(sagescope, tmp_path):
    status, out, err = sagescope(*FAILING, "out")
    assert (status, out) == (254, "")
    lines = err.splitlines()
    assert lines[0].startswith(
        "An error occurred (ModelError) when calling the InvokeEndpoint operation: Received client"
    )
    assert lines[1] == "OriginalStatusCode: 400"
    assert lines[2].startswith('OriginalMessage: {"error":"row 1 has 3 values')
    assert lines[3].startswith("LogStreamArn: arn:aws:logs:us-east-1:000000000000:log-group:")
    assert not (tmp_path / "out").exists()


def test_headers_are_told_on_request(sagescope):
    _, out, _ = sagescope(*ECHO, "--body", "x", "out", "--include")
    told = json.loads(out)["ResponseMetadata"]
    assert told["HTTPStatusCode"] == 200
    assert told["RequestId"] == told["HTTPHeaders"]["x-amzn-requestid"]
    assert told["RetryAttempts"] == 0
    query = "ResponseMetadata.HTTPStatusCode"
    assert sagescope(*ECHO, "--body", "x", "out", "--include", "--query", query)[1] == "200\n"
    err = sagescope(*FAILING, "out", "--include")[2]
    assert err.startswith("HTTP/1.1 424 ")
    assert "x-amzn-RequestId: " in err


def test_debugging_tells_what_was_sent_but_no_secret(sagescope, monkeypatch):
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "SECRET")
    monkeypatch.setenv("AWS_SESSION_TOKEN", "TOKEN")
    _, _, err = sagescope(*ECHO, "--body", "x", "out", "--debug")
    assert "> POST http://127.0.0.1:" in err
    assert "> X-Amz-Security-Token: " in err
    assert "< HTTP/1.1 200 OK" in err
    assert "SECRET" not in err
    assert "TOKEN" not in err


def test_rules_that_a_refused_request_breaks_are_told(sagescope):
    err = sagescope(*ECHO, "--body", "x", "--inference-id", "i" * 100, "out")[2]
    assert "InferenceId: 100 characters; at most 64 are allowed" in err


@pytest.mark.parametrize(
    ("outfile", "words"),
    [("no/such/out", "there is no folder"), (".", "it is a directory")],
)
def test_an_outfile_that_cannot_be_written_keeps_the_model_from_working(
    sagescope, aws, outfile, words
):
    aws.forget_requests()
    status, _, err = sagescope(*ECHO, "--body", "x", outfile)
    assert status == 252
    assert words in err
    assert aws.requests == ()


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="only Linux has a full device")  # noqa: PTH110 - a device
def test_an_answer_that_cannot_be_written_is_said_and_kept(tmp_path, demo_server):
    env = client_environment(demo_server.url)
    done = run(tmp_path, *ECHO, "--body", "x", "/dev/full", **env)
    assert done.returncode == 255
    first, second = done.stderr.decode().splitlines()
    assert first == "sagescope: Cannot write to /dev/full: No space left on device"
    assert "`sagescope history list` has it" in second
    listed = run(tmp_path, "history", "list", "--query", "Entries[].Outcome", "--output", "text")
    assert listed.stdout == b"answer\n"


def test_without_an_outfile_nothing_is_sent(sagescope):
    status, _, err = sagescope(*ECHO, "--body", "x")
    assert (status, "required: outfile" in err) == (252, True)


def test_a_read_only_session_sends_nothing(sagescope, aws, monkeypatch):
    aws.forget_requests()
    assert sagescope(*ECHO, "--body", "x", "--read-only", "out")[0] == 252
    monkeypatch.setenv("SAGESCOPE_READ_ONLY", "1")
    status, _, err = sagescope(*ECHO, "--body", "x", "out")
    assert (status, "read-only session" in err) == (252, True)
    assert aws.requests == ()
    assert sagescope(*ECHO, "--body", "x", "--no-read-only", "out")[0] == 0


def test_broken_settings_are_told(sagescope, home):
    (home / "config.toml").write_text("read_timeout_s = 0\n")
    status, _, err = sagescope(*ECHO, "--body", "x", "out")
    assert status == 253
    assert "read_timeout_s: must be a number" in err


def test_one_send_is_one_request_also_where_the_sdk_is_told_to_repeat(sagescope, aws, monkeypatch):
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "4")
    aws.forget_requests()
    status, _, _ = sagescope(
        "invoke-endpoint", "--endpoint-name", "fails-unavailable-503", "--body", "x", "o"
    )
    assert status == 254
    assert len(aws.requests) == 1


def test_what_was_sent_is_in_the_history(sagescope):
    sagescope(*ECHO, "--body", "x", "out")
    sagescope(*FAILING, "out")
    entries = json.loads(sagescope("history", "list")[1])["Entries"]
    assert [(each["EndpointName"], each["Outcome"]) for each in entries] == [
        ("iris-classifier", "model-error"),
        ("echo", "answer"),
    ]


def test_the_history_names_the_region_and_the_profile_that_held(sagescope, aws, tmp_path):
    (tmp_path / ".aws").mkdir()
    (tmp_path / ".aws" / "config").write_text("[profile work]\nregion = eu-west-1\n")
    sagescope(*ECHO, "--body", "x", "out")
    sagescope(*ECHO, "--body", "x", "out", "--profile", "work", "--region", "eu-north-1")
    query = ("--query", "Entries[].[Profile,Region]", "--output", "text")
    assert sagescope("history", "list", *query)[1] == "work\teu-north-1\nNone\tus-east-1\n"


def test_credentials_that_are_missing_are_told_apart(sagescope, monkeypatch):
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.delenv(name)
    status, _, err = sagescope(*ECHO, "--body", "x", "out")
    assert (status, "No AWS credentials were found" in err) == (253, True)


@pytest.mark.parametrize("value", ["-1", "1.5", "soon", "99999999999"])
def test_a_timeout_that_is_none_is_refused(sagescope, value):
    status, _, err = sagescope(*ECHO, "--body", "x", f"--cli-read-timeout={value}", "out")
    assert status == 252
    assert "must be a whole number of seconds" in err


def started(tmp_path, url, *arguments, **streams):
    env = newcomer(tmp_path / "home", **client_environment(url))
    return subprocess.Popen([*PROGRAM, *arguments], env=env, cwd=tmp_path, **streams)  # noqa: S603 - our own program


STILL = b"sagescope: stopped waiting; the model may still run, and bill\n"


@needs_posix
@pytest.mark.parametrize(
    ("name", "status", "words"),
    [("SIGINT", 130, STILL), ("SIGTERM", 143, b""), ("SIGHUP", 129, b"")],
)
def test_ctrl_c_stops_the_wait_and_says_that_the_model_may_run_on(tmp_path, name, status, words):
    arguments = ("invoke-endpoint", "--endpoint-name", "slow-seconds", "--body", "50", "out")
    with (
        DemoServer() as server,
        started(tmp_path, server.url, *arguments, stderr=subprocess.PIPE) as running,
    ):
        assert server.wait_for_requests(1)
        running.send_signal(signal.Signals[name])
        assert running.wait(timeout=PATIENCE_S) == status
        assert running.stderr.read() == words
    assert not (tmp_path / "out").exists()
    listed = run(tmp_path, "history", "list", "--query", "Entries[].Outcome", "--output", "text")
    assert listed.stdout == b"stopped\n"


def test_ctrl_c_while_it_is_still_loading_is_as_quiet(tmp_path):
    code = (
        "import sys; from tui.__main__ import main\n"
        "class Interrupted:\n"
        "    def find_spec(self, *_):\n"
        "        raise KeyboardInterrupt\n"
        "sys.meta_path.insert(0, Interrupted())\n"
        "sys.exit(main())"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)  # noqa: S603 - our own program
    assert (done.returncode, done.stdout, done.stderr) == (130, b"", b"")


@needs_posix
def test_nothing_is_sent_for_an_output_that_is_closed(tmp_path, demo_server):
    env = client_environment(demo_server.url)
    done = run(tmp_path, *ECHO, "--body", "x", "-", redirected=">&-", **env)
    assert done.returncode == 252
    assert b"standard output is closed\nNothing was sent." in done.stderr
    assert not (tmp_path / "home" / "sagescope" / "history.sqlite3").exists()


@needs_posix
def test_what_is_for_a_closed_standard_error_does_not_come_after_the_body(tmp_path, demo_server):
    env = client_environment(demo_server.url)
    done = run(tmp_path, *ECHO, "--body", "x", "-", redirected="2>&-", **env)
    assert (done.returncode, json.loads(done.stdout)["body"]) == (0, "x")


@needs_posix
def test_a_reader_that_leaves_early_ends_it_without_a_word(tmp_path, demo_server):
    reading, writing = os.pipe()
    os.close(reading)
    with started(
        tmp_path, demo_server.url, *ECHO, "--body", "x" * 10, "-",
        stdout=writing, stderr=subprocess.PIPE,
    ) as running:  # fmt: skip
        os.close(writing)
        assert running.wait(timeout=PATIENCE_S) == 141
        assert running.stderr.read() == b""
