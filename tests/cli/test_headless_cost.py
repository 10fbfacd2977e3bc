"""What one invocation from a shell may cost, told by what it does and not by a clock.

The comparison with boto3 and the AWS CLI is a benchmark; what made it fast is held here.
"""

import json
import os
import subprocess
import sys

import pytest

from tests.pty.environment import newcomer
from tui.cli.demo import client_environment

_WATCHED = """
import gc, json, os, sys

def collections():
    return sum(generation["collections"] for generation in gc.get_stats())

listed = []
sys.addaudithook(lambda event, args: event == "os.listdir" and listed.append(str(args[0])))
from tui.__main__ import main

gc.collect()
before = collections()
status = main()
facts = {
    "status": status,
    "collections": collections() - before,
    "unfrozen": sum(gc.get_count()),
    "frozen": gc.get_freeze_count(),
    "listed": [name for name in listed if "botocore" in name],
    "modules": [*sys.modules],
}
print(json.dumps(facts), file=sys.stderr)
"""


@pytest.fixture(scope="module")
def facts(demo_server, tmp_path_factory):
    """What a whole `sagescope invoke-endpoint` did, in a process of its own."""
    folder = tmp_path_factory.mktemp("cost")
    options = ("--endpoint-name", "echo", "--body", "x", "out")
    done = subprocess.run(  # noqa: S603 - our own interpreter
        [sys.executable, "-c", _WATCHED, "invoke-endpoint", *options],
        # The package under test, also where another copy of it is installed.
        env=newcomer(
            folder,
            PYTHONPATH=os.pathsep.join(filter(None, sys.path)),
            **client_environment(demo_server.url),
        ),
        cwd=folder,
        capture_output=True,
        text=True,
        check=True,
    )
    facts = json.loads(done.stderr)
    assert (facts["status"], (folder / "out").exists()) == (0, True)
    return facts


@pytest.mark.parametrize(
    "unwanted",
    [
        "boto3",
        "s3transfer",
        "multiprocessing",
        "textual",
        "rich",
        "pygments",
        "tui.app",
        "tui.aws.description",
        "tui.aws.translate",
        "tui.demo.server",
        "tui.domain.placeholders",
        "tui.store.presets",
        "tui.widgets",
    ],
)
def test_it_loads_nothing_that_it_does_not_need(facts, unwanted):
    assert unwanted not in facts["modules"]


def test_its_own_modules_are_few(facts):
    ours = [name for name in facts["modules"] if name.split(".")[0] == "tui"]
    assert len(ours) <= 68, ours


def test_it_looks_into_the_data_of_one_service_only(facts):
    services = [name for name in facts["listed"] if "/data" in name.replace("\\", "/")]
    assert services
    assert all(name.endswith("sagemaker-runtime") for name in services), services


def test_it_never_looks_for_garbage(facts):
    assert facts["collections"] == 0


def test_it_does_not_look_for_garbage_when_leaving_either(facts):
    assert facts["frozen"] > 10_000
    assert facts["unfrozen"] < 1_000
