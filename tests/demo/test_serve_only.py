"""``serve_only`` as a process: what it prints is enough to reach it, and a signal ends it."""

import os
import signal
import subprocess
import sys

import pytest

from tests.demo.conftest import make_client
from tests.patience import PATIENCE_S
from tui.cli.demo import serve_only

SERVE = "import sys; from tui.cli.demo import serve_only; sys.exit(serve_only(0, fillers=30))"


class Printed:
    """An address read from export lines, as `make_client` wants a server."""

    def __init__(self, exports):
        self.url = exports["AWS_ENDPOINT_URL"]


@pytest.mark.skipif(os.name == "nt", reason="signals end processes otherwise there")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_prints_how_to_reach_it_and_serves_until_told_to_stop(number):
    command = [sys.executable, "-c", SERVE]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603 - ours
        exports = {}
        for line in process.stdout:
            if line.startswith("export "):
                name, _, value = line.removeprefix("export ").strip().partition("=")
                exports[name] = value
            if line.startswith("cat "):
                break
        client = make_client(Printed(exports), "sagemaker")
        assert len(client.list_endpoints(MaxResults=100)["Endpoints"]) > 50
        client.close()
        process.send_signal(number)
        assert process.wait(timeout=PATIENCE_S) == 0
    assert exports.keys() == {
        "AWS_ENDPOINT_URL",
        "AWS_ACCESS_KEY_ID",
        "AWS_SECRET_ACCESS_KEY",
        "AWS_DEFAULT_REGION",
    }


def test_another_host_than_loopback_is_refused_in_words(capsys):
    assert serve_only(0, host="0.0.0.0") == 253  # noqa: S104 - refused
    assert "loopback only" in capsys.readouterr().err
