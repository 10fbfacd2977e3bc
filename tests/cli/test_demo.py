"""What ``sagescope demo --serve-only`` prints is all that an unmodified client needs."""

import os
import shlex
import signal
import subprocess
import sys

import boto3
import pytest

from tests.patience import PATIENCE_S
from tests.pty.environment import newcomer


@pytest.mark.skipif(os.name == "nt", reason="signals end processes otherwise there")
def test_a_client_with_only_the_printed_variables_gets_an_answer(tmp_path, monkeypatch):
    env = newcomer(tmp_path / "home")
    command = [sys.executable, "-m", "tui", "demo", "--serve-only"]
    with subprocess.Popen(command, env=env, stdout=subprocess.PIPE, text=True) as serving:  # noqa: S603 - ours
        try:
            printed = _exports(serving.stdout)
            for name in [name for name in os.environ if name.startswith("AWS_")]:
                monkeypatch.delenv(name)
            for name, value in {"HOME": str(tmp_path), **printed}.items():
                monkeypatch.setenv(name, value)
            assert _ask_iris(boto3.Session().client("sagemaker-runtime")) == "setosa"
            serving.send_signal(signal.SIGTERM)
            assert serving.wait(timeout=PATIENCE_S) == 0
        finally:
            serving.kill()


def _exports(lines):
    """Read what a shell would set, up to the last line that is printed."""
    found = {}
    for line in lines:
        if line.startswith("export "):
            name, _, value = shlex.split(line)[1].partition("=")
            found[name] = value
        if line.startswith("cat "):
            break
    return found


def _ask_iris(client):
    answer = client.invoke_endpoint(
        EndpointName="iris-classifier",
        ContentType="text/csv",
        Accept="application/json",
        Body=b"5.1,3.5,1.4,0.2",
    )
    with answer["Body"] as body:
        text = body.read().decode()
    client.close()
    return "setosa" if "setosa" in text else text
