"""One invocation from a shell: sagescope, a bare boto3 script, and the AWS CLI, whole processes.

What is timed is what a user waits for: the interpreter's start, imports, one signed request to a
server on loopback, the outfile, and leaving. All three run from bytecode, as installed programs do,
also where the environment of the benchmark, or a fresh checkout, has none.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from tests.benchmarks.comparing import Case
from tui.cli.demo import client_environment
from tui.demo.server import DemoServer

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_BODY = '{"instances": [[5.1, 3.5, 1.4, 0.2]]}'
_SCRIPT = f"""
import json
import boto3

answer = boto3.client("sagemaker-runtime").invoke_endpoint(
    EndpointName="echo", ContentType="application/json", Body=b'{_BODY}'
)
with open("boto3.out", "wb") as file:
    file.write(answer.pop("Body").read())
answer.pop("ResponseMetadata")
print(json.dumps(answer, indent=4))
"""
_OPTIONS = ("--endpoint-name", "echo", "--content-type", "application/json", "--body", _BODY)
_RUNS = 15


@contextmanager
def invoking_from_a_shell() -> Iterator[tuple[Case, ...]]:
    """Give the cases; server and folder live as long as the context."""
    with DemoServer(seed=1) as server, TemporaryDirectory() as folder:
        measure = partial(_seconds, folder=folder, env=_environment(server.url, folder))
        programs = Path(sys.executable).parent
        ours = [str(programs / "sagescope"), "invoke-endpoint", *_OPTIONS, "ours.out"]
        boto3 = ["-c", _SCRIPT]
        aws = [str(programs / "aws"), "sagemaker-runtime", "invoke-endpoint", *_OPTIONS, "aws.out"]
        yield tuple(
            Case(
                name="sagescope invoke-endpoint",
                measure=partial(measure, ours),
                reference_name=name,
                reference=partial(measure, command),
                at_most=ratio,
                runs=_RUNS,
            )
            for name, command, ratio in (
                ("a bare boto3 script", boto3, 1.15),
                ("the AWS CLI", aws, 0.75),
            )
        )


def _seconds(command: Sequence[str], *, folder: str, env: dict[str, str]) -> float:
    clock = time.perf_counter()
    subprocess.run(  # noqa: S603 - our own commands
        [sys.executable, *command], env=env, cwd=folder, check=True, capture_output=True
    )
    return time.perf_counter() - clock


def _environment(url: str, folder: str) -> dict[str, str]:
    base = {name: value for name, value in os.environ.items() if not name.startswith("AWS_")}
    base.pop("PYTHONDONTWRITEBYTECODE", None)
    return {
        **base,
        **client_environment(url),
        "HOME": folder,
        "SAGESCOPE_HOME": folder,
        "AWS_EC2_METADATA_DISABLED": "true",
        "PYTHONPYCACHEPREFIX": str(Path(folder) / "bytecode"),
    }
