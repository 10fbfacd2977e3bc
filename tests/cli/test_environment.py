"""What the environment and the profile say to the AWS CLI (version 2) holds here too."""

import json

import pytest

ECHO = ("invoke-endpoint", "--endpoint-name", "echo")
NOWHERE = "http://127.0.0.1:1"


@pytest.fixture
def configured(aws, tmp_path):
    """Write the AWS configuration."""

    def write(text):
        (tmp_path / ".aws").mkdir(exist_ok=True)
        (tmp_path / ".aws" / "config").write_text(text)

    return write


def test_the_format_is_the_flag_s_the_environment_s_or_the_profile_s(
    sagescope, configured, monkeypatch
):
    keys = "aws_access_key_id = AKIDWORK\naws_secret_access_key = b\n"
    configured(f"[default]\noutput = text\n[profile work]\noutput = yaml\n{keys}")
    assert sagescope("list-endpoints")[1].startswith("ENDPOINTS\t")
    assert sagescope("list-endpoints", "--profile", "work")[1].startswith("Endpoints:\n- ")
    monkeypatch.setenv("AWS_PROFILE", "work")
    assert sagescope("list-endpoints")[1].startswith("Endpoints:\n- ")
    assert sagescope(*ECHO, "--body", "x", "out")[1].startswith("ContentType: ")
    monkeypatch.setenv("AWS_DEFAULT_OUTPUT", "table")
    assert sagescope("list-endpoints")[1].startswith("-----")
    assert sagescope("list-endpoints", "--output", "json")[1].startswith("{")


def test_a_format_of_the_profile_that_is_not_written_is_said_before_anything_is_sent(
    sagescope, configured, aws
):
    configured("[default]\noutput = xml\n")
    aws.forget_requests()
    status, _, err = sagescope(*ECHO, "--body", "x", "out")
    assert status == 252
    assert "output in the AWS configuration: 'xml' is not written" in err
    assert aws.requests == ()
    assert sagescope("list-endpoints", "--output", "json")[0] == 0


def test_a_body_is_decoded_where_the_profile_says_so(sagescope, configured, aws):
    configured("[default]\ncli_binary_format = base64\n[profile raw]\n")
    assert sagescope(*ECHO, "--body", "eyJhIjoxfQ==", "out")[0] == 0
    assert aws.requests[-1].body == b'{"a":1}'
    raw = ("--cli-binary-format", "raw-in-base64-out")
    assert sagescope(*ECHO, "--body", "eyJhIjoxfQ==", *raw, "out")[0] == 0
    assert aws.requests[-1].body == b"eyJhIjoxfQ=="
    configured("[default]\ncli_binary_format = hex\n")
    status, _, err = sagescope(*ECHO, "--body", "x", "out")
    assert (status, "cli_binary_format in the AWS configuration" in err) == (252, True)


@pytest.mark.parametrize(
    ("variables", "region"),
    [
        ({"AWS_REGION": "eu-west-1", "AWS_DEFAULT_REGION": "eu-north-1"}, "eu-west-1"),
        ({"AWS_REGION": "", "AWS_DEFAULT_REGION": "eu-north-1"}, "eu-north-1"),
        ({"AWS_DEFAULT_REGION": ""}, "ap-south-1"),
    ],
)
def test_the_region_comes_from_where_the_aws_cli_has_it(
    sagescope, configured, aws, monkeypatch, variables, region
):
    configured("[default]\nregion = ap-south-1\n")
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
        if not value:
            monkeypatch.delenv(name)
    assert sagescope(*ECHO, "--body", "x", "out")[0] == 0
    assert f"/{region}/sagemaker/" in dict(aws.requests[-1].headers)["Authorization"]


SERVICES = "services = here\n[services here]\nsagemaker_runtime =\n  endpoint_url = {}\n"
NOWHERE = "http://127.0.0.1:1"


@pytest.mark.parametrize("origin", ["variable", "services", "profile"])
def test_a_request_goes_to_the_address_of_its_service(
    sagescope, configured, aws, monkeypatch, origin
):
    monkeypatch.delenv("AWS_ENDPOINT_URL")
    if origin == "variable":
        monkeypatch.setenv("AWS_ENDPOINT_URL", NOWHERE)
        monkeypatch.setenv("AWS_ENDPOINT_URL_SAGEMAKER_RUNTIME", aws.url)
    elif origin == "services":
        configured(f"[default]\nendpoint_url = {NOWHERE}\n{SERVICES.format(aws.url)}")
    else:
        configured(f"[default]\nendpoint_url = {aws.url}\n")
    assert sagescope(*ECHO, "--body", "x", "out")[0] == 0
    if origin != "profile":
        assert sagescope("list-endpoints")[0] == 255  # the other service is still nowhere
    monkeypatch.setenv("AWS_ENDPOINT_URL_SAGEMAKER_RUNTIME", NOWHERE)
    assert sagescope(*ECHO, "--body", "x", "out", "--endpoint-url", aws.url)[0] == 0


@pytest.mark.parametrize("origin", ["flag", "variable", "profile"])
def test_certificates_are_those_that_were_asked_for(
    sagescope, configured, aws, monkeypatch, origin
):
    flags = ("--ca-bundle", "flag.pem") if origin == "flag" else ()
    if origin != "profile":
        monkeypatch.setenv("AWS_CA_BUNDLE", "variable.pem")
    configured("[default]\nca_bundle = profile.pem\n")
    assert sagescope(*ECHO, "--body", "x", "out", *flags)[0] == 0  # no TLS, no certificates
    url = aws.url.replace("http:", "https:")
    status, _, err = sagescope(*ECHO, "--body", "x", "out", "--endpoint-url", url, *flags)
    assert status == 253
    assert f"There is no file of certificates {origin}.pem" in err


def test_a_file_of_text_is_read_in_the_encoding_that_is_said(sagescope, aws, monkeypatch, tmp_path):
    (tmp_path / "latin").write_bytes(b"gr\xf6\xdfer")
    assert sagescope(*ECHO, "--body", "file://latin", "out")[0] == 252
    monkeypatch.setenv("AWS_CLI_FILE_ENCODING", "latin-1")
    assert sagescope(*ECHO, "--body", "file://latin", "out")[0] == 0
    assert aws.requests[-1].body == "größer".encode()
    monkeypatch.setenv("AWS_CLI_FILE_ENCODING", "nope")
    status, _, err = sagescope(*ECHO, "--body", "file://latin", "out")
    assert (status, "AWS_CLI_FILE_ENCODING: unknown encoding: nope" in err) == (252, True)


@pytest.mark.parametrize("command", [ECHO, ("list-endpoints",)])
def test_options_without_a_meaning_here_do_no_harm(sagescope, configured, monkeypatch, command):
    configured("[default]\ncli_pager = less\ncli_auto_prompt = on\ncli_history = enabled\n")
    monkeypatch.setenv("AWS_PAGER", "less")
    flags = ("--no-cli-pager", "--no-cli-auto-prompt", "--cli-error-format", "legacy")
    flags += ("--no-paginate", "--cli-binary-format", "raw-in-base64-out", "--color", "off")
    more = ("--body", "x", "out") if command is ECHO else ()
    status, out, err = sagescope(*command, *flags, *more)
    assert (status, err) == (0, "")
    assert json.loads(out)


def test_the_version_is_told_by_every_command(sagescope):
    version = sagescope("--version")[1]
    for command in ("invoke-endpoint", "describe-endpoint"):
        assert sagescope(command, "--version") == (0, version, "")
