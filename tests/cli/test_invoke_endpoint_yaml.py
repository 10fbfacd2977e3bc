"""``sagescope invoke-endpoint --cli-input-yaml``, and the skeleton for it."""

import pytest
import yaml

from tests.cli.test_invoke_endpoint import last_request
from tui.domain.fields import FIELDS

YAML = """\
EndpointName: echo
ContentType: no
Accept: ~
InferenceId: '007'  # a text
Body: |
  {"a":
    1}
"""


def test_input_as_yaml_is_read_as_version_2_of_the_aws_cli_reads_it(sagescope, aws, tmp_path):
    (tmp_path / "in.yaml").write_text(YAML)
    arguments = ("--cli-input-yaml", "file://in.yaml", "--accept", "text/plain", "out")
    assert sagescope("invoke-endpoint", *arguments)[0] == 0
    request = last_request(aws)
    assert (request.path, request.body) == (
        "/endpoints/echo/invocations",
        b'{"a":\n  1}\n',
    )
    headers = dict(request.headers)
    assert headers["Content-Type"] == "no"
    assert headers["Accept"] == "text/plain"
    assert headers["X-Amzn-SageMaker-Inference-Id"] == "007"


@pytest.mark.parametrize(
    ("body", "flags", "sent"),
    [
        ("!!binary AP9iYXI=", (), b"\x00\xffbar"),
        ("AGJhcg==", ("--cli-binary-format", "base64"), b"\x00bar"),
        ("AGJhcg==", (), b"AGJhcg=="),
    ],
)
def test_a_body_in_yaml_may_be_bytes(sagescope, aws, body, flags, sent):
    given = ("--cli-input-yaml", f"{{EndpointName: echo, Body: {body}}}")
    assert sagescope("invoke-endpoint", *given, *flags, "out")[0] == 0
    assert last_request(aws).body == sent


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a: [1", "--cli-input-yaml: Invalid YAML: while parsing a flow sequence"),
        ("a: 1\n--- 2\n", "Invalid YAML: expected a single document"),
        ("!!python/name:os.system x", "Invalid YAML: could not determine a constructor"),
        ("[" * 5_000, "Invalid YAML"),
        ("Body: !!bool perhaps", "Invalid YAML: a value is not what its tag says"),
        ("Body: !!timestamp soon", "Invalid YAML: a value is not what its tag says"),
        ("Body: !!int '-'", "Invalid YAML: a value is not what its tag says"),
        ("{Body: x, EndpointName: a, Body: y}", "Invalid YAML: found two values of Body"),
        ('{EndpointName: echo, Body: "\\uD800"}', "the body holds U+D800"),
        ("echo", "--cli-input-yaml must be one map of members"),
        ("", "--cli-input-yaml must be one map of members"),
        ("EndpointNam: x", "there is no such member; the nearest is EndpointName"),
        ("EndpointName: 1", "Invalid type for parameter EndpointName"),
        ("EndpointName: !!binary eA==", "Invalid type for parameter EndpointName"),
        ("{EndpointName: x, Body: 1e3}", "Invalid type for parameter Body"),
        ("EndpointName: x", "the following arguments are required: --body"),
    ],
    ids=lambda text: text[:20],
)
def test_yaml_that_makes_no_request_is_said_and_not_sent(sagescope, text, words):
    status, out, err = sagescope("invoke-endpoint", "--cli-input-yaml", text, "out")
    assert (status, out) == (252, "")
    assert words in err


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[" * 100_000, "--cli-input-json: Invalid JSON: maximum recursion depth"),
        (r'{"EndpointName": "echo", "Body": "\ud800"}', "--cli-input-json: the body holds U+D800"),
    ],
    ids=["deep", "surrogate"],
)
def test_json_that_makes_no_request_is_said_and_not_sent(sagescope, text, words):
    status, out, err = sagescope("invoke-endpoint", "--cli-input-json", text, "out")
    assert (status, out) == (252, "")
    assert words in err


def test_only_one_input_is_taken(sagescope):
    both = ("--cli-input-json", "{}", "--cli-input-yaml", "{}")
    status, _, err = sagescope("invoke-endpoint", *both, "out")
    assert status == 252
    assert "Only one --cli-input- parameter may be specified." in err


def test_the_skeleton_in_yaml_is_input_for_the_same_command(sagescope, aws, tmp_path):
    status, out, _ = sagescope("invoke-endpoint", "--generate-cli-skeleton", "yaml-input")
    assert status == 0
    assert yaml.safe_load(out) == {field.api_name: "" for field in FIELDS}
    assert out.startswith("EndpointName: ''  # [REQUIRED] ")
    lines = [line.replace("''", "echo", 1) for line in out.splitlines() if "[REQUIRED]" in line]
    (tmp_path / "in.yaml").write_text("\n".join(lines))
    given = ("--cli-input-yaml", "file://in.yaml", "out")
    assert sagescope("invoke-endpoint", *given)[0] == 0
    assert last_request(aws).body == b"echo"
