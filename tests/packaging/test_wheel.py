"""The wheel by itself: installed alone, outside the checkout, it is the whole program."""

import json
import os
import site
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

from tests.pty.environment import newcomer

ROOT = Path(__file__).resolve().parents[2]
DEMO = ROOT / "tui" / "demo"
IS_WINDOWS = sys.platform == "win32"


def pip(*arguments):
    """Run pip without a look at the network: what it needs is here."""
    command = [sys.executable, "-m", "pip", *arguments, "--no-deps", "--no-index", "--quiet"]
    subprocess.run([*command, "--disable-pip-version-check"], check=True)  # noqa: S603 - our own


@pytest.fixture(scope="session")
def wheel(tmp_path_factory):
    """The checkout, built."""
    folder = tmp_path_factory.mktemp("wheel")
    pip("wheel", "--no-build-isolation", "--wheel-dir", folder, ROOT)
    (built,) = folder.glob("sagescope-*.whl")
    return built


@pytest.fixture(scope="session")
def program(wheel, tmp_path_factory):
    """The installed command, in an environment that has the wheel and what it depends on.

    The dependencies are those of the environment that runs the tests, reached through a path
    file; a checkout that is installed there for development is not.
    """
    folder = tmp_path_factory.mktemp("installed")
    venv.create(folder / "env", with_pip=False, symlinks=not IS_WINDOWS)
    binaries = folder / "env" / ("Scripts" if IS_WINDOWS else "bin")
    python = binaries / Path(sys.executable).name
    target = _site_packages(python)
    pip("--python", python, "install", wheel)
    borrowed = [path for path in site.getsitepackages() if Path(path).is_dir()]
    (target / "borrowed.pth").write_text("\n".join(borrowed), encoding="utf-8")
    return binaries / "sagescope"


def _site_packages(python):
    code = "import sysconfig; print(sysconfig.get_path('purelib'))"
    done = subprocess.run([python, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603 - the new environment's
    return Path(done.stdout.strip())


def run(program, tmp_path, *arguments):
    env = newcomer(tmp_path / "home")
    done = subprocess.run(  # noqa: S603 - what was just built
        [program, *arguments], capture_output=True, text=True, cwd=tmp_path, env=env, check=False
    )
    assert done.stderr == ""
    assert done.returncode == 0
    return done.stdout


def test_it_holds_the_themes_the_demo_s_data_and_no_tests(wheel):
    names = zipfile.ZipFile(wheel).namelist()
    themes = {path.name for path in (ROOT / "themes").glob("*.toml")}
    assert {Path(name).name for name in names if name.startswith("tui/themes/")} == themes
    data = {path.name for path in (ROOT / "tui/demo/models/data").iterdir()}
    assert {Path(name).name for name in names if name.startswith("tui/demo/models/data/")} == data
    presets = {f"tui/demo/{path.relative_to(DEMO).as_posix()}" for path in DEMO.rglob("*.toml")}
    assert presets <= set(names)
    assert "tui/py.typed" in names
    assert not [name for name in names if name.startswith(("tests/", "screenshots/"))]


def test_it_tells_its_version_and_where_things_are(program, tmp_path):
    assert run(program, tmp_path, "--version").startswith("sagescope ")
    info = json.loads(run(program, tmp_path, "info", "--output", "json"))
    assert str(ROOT) + os.sep not in json.dumps(info).replace(str(ROOT / ".venv"), "")


def test_it_runs_from_where_it_is_installed(program, tmp_path):
    code = "import tui; print(tui.__file__)"
    python = program.parent / Path(sys.executable).name
    done = subprocess.run(  # noqa: S603 - the new environment's
        [python, "-c", code], capture_output=True, text=True, cwd=tmp_path, check=True
    )
    assert Path(done.stdout.strip()).is_relative_to(program.parent.parent)


@pytest.mark.skipif(IS_WINDOWS, reason="there are no ptys")
def test_its_demo_opens_and_ends_in_a_terminal(program, tmp_path):
    from tests.pty.terminal import Terminal

    env = newcomer(tmp_path / "home")
    with Terminal([str(program), "demo"], env=env, cwd=tmp_path) as terminal:
        terminal.wait_for("iris-classifier")
        terminal.press("ctrl+q")
        assert terminal.wait_exit() == 0
        assert terminal.damage() == set()
