import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.patience import PATIENCE_S
from tui.aws.connector import AwsConnector
from tui.demo.server import DemoServer
from tui.domain.connections import Connection


@pytest.fixture(scope="module")
def server():
    with DemoServer(seed=1) as server:
        yield server
        assert server.crashes == ()


@pytest.fixture(scope="module")
def gateway(server):
    connector = AwsConnector(
        connect_timeout_s=PATIENCE_S, read_timeout_s=PATIENCE_S, total_max_attempts=1
    )
    here = Connection(is_demo=True, endpoint_url=server.url, region="us-east-1")
    return connector.connect(here)


@pytest.fixture
def execute(tmp_path):
    """Run a script with a program, in an empty home; return what it printed."""
    home = tmp_path / "home"
    home.mkdir()
    base = {name: value for name, value in os.environ.items() if not name.startswith("AWS_")}
    path = f"{Path(sys.executable).parent}{os.pathsep}{base['PATH']}"
    environment = {**base, "HOME": str(home), "PATH": path, "AWS_EC2_METADATA_DISABLED": "true"}

    def execute(program, script):
        done = subprocess.run(  # noqa: S603 - our own texts
            [program, str(script)],
            env=environment,
            cwd=home,
            capture_output=True,
            timeout=PATIENCE_S,
            check=False,
        )
        assert done.returncode == 0, done.stderr.decode()
        return done.stdout

    return execute
