"""The main job as a newcomer does it: one command, then keys, on a real terminal."""

from __future__ import annotations

import os
import re
import signal
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

import pytest

from tests.aws.raw_server import RawServer
from tests.pty.environment import newcomer
from tests.pty.hostile import HostileContainer, foreign_controls, hostile_catalogue
from tests.pty.terminal import Terminal
from tests.screens.explore_app import invocations
from tui.demo.server import DemoServer

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[2]
HUNG_S = 60.0
TURNS = 24
SECOND_FLOWER = {"blue": '"class": "virginica"', "green": '"class": "versicolor"'}
CREDENTIALS = {
    "AWS_ACCESS_KEY_ID": "demo",
    "AWS_SECRET_ACCESS_KEY": "demo",
    "AWS_DEFAULT_REGION": "us-east-1",
}


@contextmanager
def sagescope(
    home: Path, *args: str, columns: int = 120, rows: int = 40, **extra: str
) -> Iterator[Terminal]:
    """Start the program in an empty home, with ``extra`` in its environment."""
    argv = [sys.executable, "-m", "tui", *args]
    env = newcomer(home, PYTHONPATH=str(ROOT), **extra)
    with Terminal(argv, env=env, cwd=home, columns=columns, rows=rows) as terminal:
        yield terminal


@pytest.fixture(params=[(120, 40), (80, 24)], ids=["120x40", "80x24"])
def demo(tmp_path, request) -> Iterator[Terminal]:
    columns, rows = request.param
    with sagescope(tmp_path / "home", "demo", columns=columns, rows=rows) as terminal:
        terminal.wait_for("iris-classifier")
        yield terminal


def choose(terminal: Terminal, name: str, *, example: str) -> None:
    """Filter for an endpoint, go to the list, choose it, and see its example."""
    terminal.wait_for("⏎ Choose")
    terminal.press("/")
    terminal.wait_gone("⏎ Choose")
    terminal.type(name)
    terminal.wait_for("1 of ")
    terminal.press("enter")
    terminal.wait_for("⏎ Choose")
    terminal.press("enter")
    terminal.wait_for(example)


def test_a_newcomer_filters_selects_sends_and_reads_class_and_variant(demo):
    choose(demo, "iris", example='"instances"')
    demo.press("ctrl+j")
    demo.wait_for("200 OK")
    answer = demo.wait_for(re.compile("setosa|versicolor|virginica"))
    assert re.search("blue|green", answer)


def test_what_is_typed_and_targeted_goes_on_the_wire(tmp_path):
    with (
        DemoServer(seed=1) as server,
        sagescope(
            tmp_path / "home", "--endpoint-url", server.url, columns=160, rows=48, **CREDENTIALS
        ) as terminal,
    ):
        terminal.wait_for("iris-classifier")
        choose(terminal, "iris", example='"instances"')
        for variant in ("blue", "green"):
            assert f"200 OK · {variant}" in choose_and_send(terminal, server, variant)
            # The example's second flower is one that the two models tell apart.
            terminal.wait_for(SECOND_FLOWER[variant])
        terminal.press("ctrl+n")
        terminal.wait_for("A new request")
        terminal.type('{"instances": [[7.7, 2.6, 6.9, 2.3]]}')
        terminal.wait_for("valid JSON")
        terminal.press("ctrl+j")
        terminal.wait_gone('versicolor",')
        terminal.wait_for('"class": "virginica"')
        assert invocations(server)[-1].body == b'{"instances": [[7.7, 2.6, 6.9, 2.3]]}'
        assert server.crashes == ()


def test_keys_that_come_in_one_read_are_all_heeded(tmp_path):
    body = '{"instances": [[7.7, 2.6, 6.9, 2.3]]}'
    with (
        DemoServer(seed=1) as server,
        sagescope(tmp_path / "home", "--endpoint-url", server.url, **CREDENTIALS) as terminal,
    ):
        terminal.wait_for("iris-classifier")
        terminal.press("/", *"iris", "enter", "enter")
        terminal.wait_for('"instances"')
        terminal.press("ctrl+n", *body, "ctrl+j")
        terminal.wait_for('"class": "virginica"')
        sent = invocations(server)
        assert [each.body.decode() for each in sent] == [body]


def choose_and_send(terminal: Terminal, server: DemoServer, variant: str) -> str:
    """Go down the list, choosing and sending, until a variant is targeted on the wire."""
    for _ in range(6):
        terminal.press("down", "enter")
        terminal.wait_for("Targeting ●")
        before = len(invocations(server))
        terminal.press("ctrl+j")
        until(lambda before=before: len(invocations(server)) > before)
        sent = invocations(server)[-1]
        # One send at a time: the next one waits until the answer to this one is seen.
        terminal.wait_for(f"request {sent.id[:8]}")
        if sent.header("X-Amzn-SageMaker-Target-Variant") == variant:
            return terminal.wait_for(f"200 OK · {variant}")
    raise AssertionError(f"{variant} was never targeted")


def test_quitting_does_not_wait_for_a_minute_long_call(tmp_path):
    with sagescope(tmp_path / "home", "demo") as terminal:
        terminal.wait_for("iris-classifier")
        choose(terminal, "slow-seconds", example='"seconds"')
        terminal.press("ctrl+j")
        terminal.wait_for("escape stops waiting")
        clock = time.perf_counter()
        terminal.press("ctrl+q")
        assert terminal.wait_exit(within_s=HUNG_S) == 0
        assert time.perf_counter() - clock < HUNG_S / 2
        assert terminal.damage() == set()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_a_signal_ends_it_like_quitting(tmp_path, number):
    with sagescope(tmp_path / "home", "demo") as terminal:
        terminal.wait_for("iris-classifier")
        terminal.signal(number)
        terminal.wait_exit()
        assert terminal.damage() == set()


def test_what_was_typed_for_each_endpoint_is_there_after_a_kill(tmp_path):
    home = tmp_path / "home"
    for name, shown, word in (("echo", "{", "precious"), ("iris", "precious", "valuable")):
        with sagescope(home, "demo") as terminal:
            choose(terminal, name, example=shown)
            terminal.press("ctrl+n")
            terminal.type(word)
            until_written(home / "sagescope", word)
            os.kill(terminal.pid, signal.SIGKILL)
            terminal.wait_exit()
    with sagescope(home, "demo") as terminal:
        terminal.wait_for("valuable")
        choose(terminal, "echo", example="precious")
        terminal.wait_for("typed for echo last")


def until_written(folder, word):
    """Wait for a file with a word in it."""
    until(lambda: any(word in path.read_text() for path in folder.rglob("*.toml")))


def until(is_so):
    """Wait for a condition of what the screen does not show."""
    deadline_s = time.perf_counter() + HUNG_S
    while not is_so():
        assert time.perf_counter() < deadline_s
        time.sleep(0.02)


def test_what_libraries_warn_of_is_logged_and_not_drawn_over_the_screen(tmp_path):
    answer = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nthis is no header\r\n\r\n{}"
    home = tmp_path / "home"
    server = RawServer(lambda connection: connection.sendall(answer))
    try:
        with sagescope(home, "--endpoint-url", server.url, **CREDENTIALS) as terminal:
            terminal.wait_for("No endpoints in")
            terminal.press("ctrl+q")
            assert terminal.wait_exit() == 0
            assert b"Failed to parse headers" not in terminal.raw
    finally:
        server.close()
    (log,) = home.rglob("sagescope.log")
    assert "Failed to parse headers" in log.read_text()


def test_it_leaves_nothing_outside_its_home(tmp_path):
    home = tmp_path / "home"
    with sagescope(home, "demo") as terminal:
        terminal.wait_for("iris-classifier")
        terminal.press("ctrl+q")
        assert terminal.wait_exit() == 0
    written = {path.relative_to(home).parts[0] for path in home.rglob("*") if path.is_file()}
    assert written <= {"sagescope"}
    for path in (home / "sagescope").rglob("*"):
        wanted = 0o700 if path.is_dir() else 0o600
        assert (path.stat().st_mode & 0o777, os.fspath(path)) == (wanted, os.fspath(path))


def test_no_secret_is_in_anything_that_is_written_or_drawn(tmp_path):
    home = tmp_path / "home"
    (home / ".aws").mkdir(parents=True)
    filed = "\n".join(f"{name.lower()} = {value}" for name, value in PLANTED_IN_FILES.items())
    (home / ".aws" / "credentials").write_text(f"[filed]\n{filed}\n")
    with DemoServer(seed=1) as server:
        here = ("--endpoint-url", server.url)
        settings = {"AWS_DEFAULT_REGION": "us-east-1", **PLANTED}
        with sagescope(home, *here, columns=160, rows=48, **settings) as terminal:
            choose(terminal, "iris", example='"instances"')
            terminal.press("ctrl+j")
            terminal.wait_for("200 OK")
            terminal.press("ctrl+n")
            terminal.type("{{env.AWS_SESSION_TOKEN}}")
            until_written(home / "sagescope", "{{env.AWS_SESSION_TOKEN}}")
            terminal.press("ctrl+j")
            terminal.wait_for("is a credential")
            terminal.press("ctrl+r")
            terminal.wait_for('"instances"')
            terminal.press("ctrl+s")
            terminal.wait_for("Variables")
            terminal.press("ctrl+s")
            terminal.wait_for("Saved as")
            terminal.press("f12")
            terminal.wait_for("textual")
            terminal.press("y", "escape")
            terminal.press("ctrl+q")
            assert terminal.wait_exit() == 0
            drawn = terminal.raw
        with sagescope(home, "bundle", "1", "-o", str(home / "bundle"), **settings) as made:
            assert made.wait_exit() == 0, made.text
        with sagescope(home, "--profile", "filed", *here, "invoke-endpoint", *ECHO) as sent:
            assert sent.wait_exit() == 0, sent.text
    written = {
        path.relative_to(home).as_posix(): path.read_bytes()
        for path in home.rglob("*")
        if path.is_file() and ".aws" not in path.parts
    }
    kinds = ("history.sqlite3", "drafts/", "presets/", "bundle/run-")
    assert [kind for kind in kinds if not any(kind in name for name in written)] == []
    secrets = [value.encode() for value in (*PLANTED.values(), *PLANTED_IN_FILES.values())]
    # The id of a key is no secret: each signature names it.
    secrets = [each for each in secrets if not each.startswith((b"ASIA", b"AKIA"))]
    found = [name for name, data in written.items() if any(each in data for each in secrets)]
    assert found == []
    assert not [each for each in secrets if each in drawn + made.raw + sent.raw]


ECHO = ("--endpoint-name", "echo", "--body", "x", "--region", "us-east-1", "out.json")
PLANTED = {
    "AWS_ACCESS_KEY_ID": "ASIAPLANTEDINENVIRONM",
    "AWS_SECRET_ACCESS_KEY": "plantedInEnvironmentSecret/+0123456789abcd",
    "AWS_SESSION_TOKEN": "plantedInEnvironmentToken//////////+abcd==",
}
PLANTED_IN_FILES = {
    "AWS_ACCESS_KEY_ID": "AKIAPLANTEDINAFILE000",
    "AWS_SECRET_ACCESS_KEY": "plantedInFileSecret/+0123456789abcdefghijk",
    "AWS_SESSION_TOKEN": "plantedInFileToken//////////+abcdefghij==",
}


def test_no_control_character_from_outside_reaches_the_terminal(tmp_path):
    random = Random(2026)  # noqa: S311 - varies tests, guards nothing
    hostile = HostileContainer(random)
    with (
        DemoServer(catalogue=hostile_catalogue(hostile)) as server,
        sagescope(
            tmp_path / "home", "--endpoint-url", server.url, columns=160, rows=48, **CREDENTIALS
        ) as terminal,
    ):
        terminal.wait_for("first")
        choose(terminal, "first", example="Request · first")
        for turn in range(TURNS):
            before = len(server.requests)
            terminal.press("ctrl+j")
            assert server.wait_for_requests(before + 1)
            terminal.wait_for(f"turn-{turn:03}")
            terminal.wait_gone("previous")
        terminal.press("ctrl+q")
        assert terminal.wait_exit() == 0
        assert foreign_controls(terminal.raw) == set()
        assert hostile.cases >= 1_000
        assert server.crashes == ()
