"""AWS's own command line, unmodified, pointed at the demo."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.demo.models.asking import ask
from tests.patience import PATIENCE_S
from tui.cli.demo import client_environment
from tui.demo.models.iris import flowers
from tui.demo.server import DemoServer
from tui.demo.showcase import showcase
from tui.demo.showcase.examples import LANDSCAPE

AWS = Path(sys.executable).with_name("aws")
COMMAND_FAILED = 255


@pytest.fixture(scope="module")
def shown():
    with DemoServer(seed=1) as server:
        yield server
        assert server.crashes == ()


@pytest.fixture
def run(shown, tmp_path):
    """Run ``aws …`` in an empty home; return the finished process."""
    base = {name: value for name, value in os.environ.items() if not name.startswith("AWS_")}
    environment = {
        **base,
        **client_environment(shown.url),
        "HOME": str(tmp_path),
        "AWS_EC2_METADATA_DISABLED": "true",
        "AWS_MAX_ATTEMPTS": "1",
        "AWS_PAGER": "",
    }

    def run(*arguments):
        command = [sys.executable, str(AWS), *arguments]
        return subprocess.run(  # noqa: S603 - our own arguments
            command,
            env=environment,
            cwd=tmp_path,
            capture_output=True,
            timeout=PATIENCE_S,
            check=False,
        )

    return run


@pytest.fixture
def aws(run):
    """Run ``aws …``; return what it printed, parsed."""

    def aws(*arguments):
        done = run(*arguments)
        assert done.returncode == 0, done.stderr.decode()
        return json.loads(done.stdout)

    return aws


def names(answer):
    return [row["EndpointName"] for row in answer["Endpoints"]]


ALL = [endpoint.name for endpoint in showcase().endpoints]


def test_all_pages_are_fetched_however_small_they_are(aws, shown):
    shown.forget_requests()
    assert names(aws("sagemaker", "list-endpoints", "--page-size", "7")) == ALL
    assert len(shown.requests) == -(-len(ALL) // 7)


def test_a_listing_can_be_cut_and_continued(aws):
    first = aws("sagemaker", "list-endpoints", "--max-items", "5", "--page-size", "3")
    assert names(first) == ALL[:5]
    token = first["NextToken"]
    rest = aws("sagemaker", "list-endpoints", "--starting-token", token, "--max-items", "4")
    assert names(rest) == ALL[5:9]


def test_filters_and_order_are_the_services(aws):
    failing = [name for name in ALL if "fails-" in name]
    listed = aws(
        *("sagemaker", "list-endpoints", "--name-contains", "fails-"),
        *("--sort-by", "Name", "--sort-order", "Ascending"),
    )
    assert names(listed) == sorted(failing)
    one = aws("sagemaker", "list-endpoints", "--status-equals", "RollingBack")
    assert names(one) == ["fraud-detector-canary"]
    none = aws("sagemaker", "list-endpoints", "--creation-time-after", "2200-01-01T00:00:00Z")
    assert names(none) == []


def test_an_endpoint_is_described(aws):
    told = aws("sagemaker", "describe-endpoint", "--endpoint-name", "iris-classifier")
    assert told["EndpointStatus"] == "InService"
    weights = {each["VariantName"]: each["CurrentWeight"] for each in told["ProductionVariants"]}
    assert weights == {"blue": 90.0, "green": 10.0}
    assert told["EndpointArn"].endswith(":000000000000:endpoint/iris-classifier")


def test_an_endpoint_that_is_not_there_fails_the_command(run):
    done = run("sagemaker", "describe-endpoint", "--endpoint-name", "nope")
    assert done.returncode == COMMAND_FAILED
    arn = "arn:aws:sagemaker:us-east-1:000000000000:endpoint/nope"
    assert "(ValidationException)" in done.stderr.decode()
    assert f'Could not find endpoint "{arn}".' in done.stderr.decode()


def invocation(name, *arguments):
    return ("sagemaker-runtime", "invoke-endpoint", "--endpoint-name", name, *arguments, "out.bin")


def test_csv_is_classified_and_written_to_a_file(aws, tmp_path):
    measured, _ = flowers()
    rows = "\n".join(",".join(map(str, row)) for row in measured)
    (tmp_path / "flowers.csv").write_text(rows, encoding="ascii")
    printed = aws(
        *invocation("iris-classifier", "--content-type", "text/csv", "--accept", "text/csv"),
        *("--body", "fileb://flowers.csv", "--target-variant", "green"),
    )
    assert printed == {"ContentType": "text/csv", "InvokedProductionVariant": "green"}
    lines = (tmp_path / "out.bin").read_text(encoding="ascii").splitlines()
    assert len(lines) == 150
    assert lines[0].startswith("setosa,1.000000,")


def test_json_is_classified_and_attributes_come_back(aws, tmp_path):
    body = '{"instances": [[5.1, 3.5, 1.4, 0.2]]}'
    json_type = ("--content-type", "application/json")
    printed = aws(
        *invocation("iris-classifier", *json_type, "--target-variant", "blue", "--body", body)
    )
    assert printed == {"ContentType": "application/json", "InvokedProductionVariant": "blue"}
    answer = json.loads((tmp_path / "out.bin").read_bytes())
    assert answer["predictions"][0]["class"] == "setosa"
    echoed = aws(*invocation("echo", "--body", "hi", "--custom-attributes", "trace=on"))
    assert echoed["CustomAttributes"] == "trace=on"


def test_an_image_arrives_byte_for_byte(aws, tmp_path, shown):
    printed = aws(
        *invocation("image", "--content-type", "application/json", "--accept", "image/png"),
        *("--body", LANDSCAPE.body),
    )
    assert printed == {"ContentType": "image/png", "InvokedProductionVariant": "AllTraffic"}
    drawn = showcase().endpoint("image").variants[0].model.serves.container
    assert (tmp_path / "out.bin").read_bytes() == ask(drawn, LANDSCAPE.body).body


def test_targets_are_passed_on(aws, tmp_path):
    text = ("--content-type", "text/plain", "--body", "Ich bin sehr zufrieden")
    aws(*invocation("sentiment", *text, "--target-model", "german.tar.gz"))
    assert json.loads((tmp_path / "out.bin").read_bytes())[0]["label"] == "positive"
    aws(*invocation("text-tools", *text, "--target-container-hostname", "language-detector"))
    told = json.loads((tmp_path / "out.bin").read_bytes())
    assert told["predictions"][0]["language"] == "german"


def test_a_model_error_fails_the_command_and_writes_nothing(run, tmp_path):
    done = run(*invocation("iris-classifier", "--content-type", "text/csv", "--body", "1,2,3"))
    assert done.returncode == COMMAND_FAILED
    assert b"(ModelError)" in done.stderr
    assert b"row 1 has 3 values, but the model takes 4" in done.stderr
    assert not (tmp_path / "out.bin").exists()
