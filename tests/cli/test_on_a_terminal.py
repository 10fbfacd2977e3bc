"""What headless commands show to somebody who looks on, on a terminal of their own."""

import re
import sys
from random import Random

import pytest

from tests.cli.programs import PROGRAM
from tests.pty.environment import newcomer
from tests.pty.hostile import HostileContainer, foreign_controls, hostile_catalogue
from tui.cli.demo import client_environment
from tui.demo.server import DemoServer

if sys.platform == "win32":
    pytest.skip("there are no ptys", allow_module_level=True)

from tests.pty.terminal import Terminal


def opened(tmp_path, url, *arguments, **extra):
    env = newcomer(tmp_path / "home", **client_environment(url), **extra)
    return Terminal([*PROGRAM, *arguments], env=env, cwd=tmp_path)


def test_a_wait_is_told_while_it_lasts_and_facts_after_it(tmp_path, demo_server):
    arguments = ("invoke-endpoint", "--endpoint-name", "slow-seconds", "--body", "3", "out")
    with opened(tmp_path, demo_server.url, *arguments) as terminal:
        terminal.wait_for(re.compile(r"Waiting for slow-seconds: \d s \(ctrl\+c stops\)"))
        terminal.wait_for("200 OK · AllTraffic · 3.")
        assert terminal.wait_exit() == 0
        assert "Waiting" not in terminal.text
        assert "1 attempt" in terminal.text


@pytest.mark.parametrize("turn", range(4))
def test_nothing_from_outside_is_obeyed(tmp_path, turn):
    container = HostileContainer(Random(turn))  # noqa: S311 - test data
    for _ in range(turn):  # it fails on some turns
        container.invoke(None)
    invoke = ("invoke-endpoint", "--endpoint-name", "first", "--body", "x", "--include", "--debug")
    with (
        DemoServer(catalogue=hostile_catalogue(container)) as server,
        opened(tmp_path, server.url, *invoke, "-") as terminal,
    ):
        assert terminal.wait_exit() == (0 if turn % 3 else 254)
        terminal.wait_for("1 attempt")
        assert foreign_controls(terminal.raw) == set()
