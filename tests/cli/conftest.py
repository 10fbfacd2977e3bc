import os

import pytest

from tui.aws import sessions
from tui.aws.loading import create_loader
from tui.cli.demo import client_environment
from tui.cli.main import main


@pytest.fixture
def home(tmp_path, monkeypatch):
    """The folder of every file of ours; no setting comes from the environment of the tests."""
    for name in ("THEME", "READ_ONLY", "READ_TIMEOUT_S", "CONNECT_TIMEOUT_S"):
        monkeypatch.delenv(f"SAGESCOPE_{name}", raising=False)
    monkeypatch.setenv("SAGESCOPE_HOME", str(tmp_path / "home"))
    (tmp_path / "home").mkdir()
    return tmp_path / "home"


@pytest.fixture(scope="session")
def loader():
    """One for all commands that run in this process: botocore's data files are read once."""
    return create_loader(None)


@pytest.fixture
def one_loader(loader, monkeypatch):
    """Let the commands of a test use it."""
    monkeypatch.setattr(sessions, "create_loader", lambda _: loader)


@pytest.fixture
def aws(demo_server, one_loader, home, tmp_path, monkeypatch):
    """The demo as if it were AWS, for programs that know only the environment; a fresh folder."""
    for name in [name for name in os.environ if name.startswith("AWS_")]:
        monkeypatch.delenv(name)
    for name, value in client_environment(demo_server.url).items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.chdir(tmp_path)
    return demo_server


@pytest.fixture
def sagescope(aws, capfdbinary):
    """Run ``sagescope …`` in this process; return (exit status, standard output, its errors)."""

    def run(*arguments):
        try:
            status = main(arguments)
        except SystemExit as ended:
            status = ended.code
        out, err = capfdbinary.readouterr()
        return status, out.decode(), err.decode()

    return run
