"""What is done with the body of an answer on the main screen: written, paged, read, remembered."""

import json
import os
import sys

import pytest
from textual.widgets import Static

from tests.app.waiting import notes
from tests.screens.explore_app import opened
from tui.body.kinds import recognise
from tui.body.lenses import RAW, open_document
from tui.body.shown_body import ShownBody
from tui.demo.server import DemoServer
from tui.domain.errors import StorageFailed
from tui.screens.explore.programs import page, pager_command, read_copy


@pytest.fixture
def server():
    with DemoServer(seed=1) as server:
        yield server


async def answered(it):
    await it.listed()
    await it.choose("iris-classifier")
    await it.send()
    it.answer.body_view.focus()


async def test_the_text_as_it_is_shown_can_be_written_instead(server, tmp_path):
    target = tmp_path / "answer.json"
    async with opened(tmp_path, server=server) as it:
        await answered(it)
        await it.press("w")
        await it.until(lambda: it.app.screen is not it.screen)
        it.app.screen.query_one("#path").value = str(target)
        await it.press("tab", "space", "shift+tab", "enter")
        await it.until(target.exists)
        await it.until(target.read_bytes)
        came = it.screen.send_state.exchange.reply.body
        assert b"\n  " in target.read_bytes()
        assert json.loads(target.read_bytes()) == json.loads(came)


async def test_what_was_opened_in_the_answer_is_what_is_written(server, tmp_path):
    target = tmp_path / "value.json"
    async with opened(tmp_path, server=server) as it:
        await answered(it)
        await it.press("down", "o")
        await it.until(lambda: it.answer.body_view.trail == "in predictions")
        await it.press("w")
        await it.until(lambda: it.app.screen is not it.screen)
        words = " ".join(str(each.render()) for each in it.app.screen.query(Static))
        assert "in predictions, " in words
        it.app.screen.query_one("#path").value = str(target)
        await it.press("enter")
        await it.until(target.exists)
        await it.until(target.read_bytes)
        came = json.loads(it.screen.send_state.exchange.reply.body)
        assert json.loads(target.read_bytes()) == came["predictions"]


async def test_a_lens_is_remembered_for_its_media_type_from_run_to_run(server, tmp_path):
    async with opened(tmp_path, server=server) as it:
        await answered(it)
        assert it.answer.body_view.lens == "pretty"
        await it.press("v")
        chosen = it.answer.body_view.lens
        assert chosen != "pretty"
        await it.send()
        assert it.answer.body_view.lens == chosen
        await it.until((tmp_path / "remembered.toml").exists)
    async with opened(tmp_path, server=server) as it:
        await answered(it)
        assert it.answer.body_view.lens == chosen


@pytest.mark.parametrize("key", ["f3", "f4"])
async def test_a_terminal_that_cannot_be_handed_over_is_told(server, tmp_path, key, monkeypatch):
    monkeypatch.setenv("EDITOR", "true")
    async with opened(tmp_path, server=server) as it:
        await answered(it)
        await it.press(key)
        await it.until(lambda: any("cannot be handed" in note for note in notes(it.app)))


def program(tmp_path, text):
    path = tmp_path / "program.py"
    path.write_text(text)
    return [sys.executable, str(path)]


def document(data):
    body = ShownBody(data, "text/plain")
    return open_document(body, recognise(body), RAW)


def test_a_pager_gets_all_of_the_text_and_nothing_that_a_terminal_obeys(tmp_path):
    seen = tmp_path / "seen"
    copy = f"import sys; open({str(seen)!r}, 'wb').write(sys.stdin.buffer.read())"
    page(document(b"a\x1b[31m\r\nb\xc2\x9b\n" * 20_000), program(tmp_path, copy))
    text = seen.read_bytes().decode()
    assert text.count("\n") == 40_000
    assert text.replace("\n", "").isprintable()


def test_one_may_leave_a_pager_before_the_end(tmp_path):
    assert page(document(b"line\n" * 200_000), program(tmp_path, "input()")) > 0


def test_less_is_the_pager_if_there_is_none_and_it_is_there(tmp_path):
    less = tmp_path / "less"
    less.touch(mode=0o700)
    assert pager_command({"PAGER": "bat -p", "PATH": str(tmp_path)}) == ["bat", "-p"]
    assert pager_command({"PATH": str(tmp_path)}) == ["less", "-R"]
    assert pager_command({"PATH": os.devnull}) == ["more"]


def test_a_pager_or_an_editor_that_is_missing_or_fails_is_told_with_the_next_step(tmp_path):
    missing, failing = [str(tmp_path / "missing")], program(tmp_path, "raise SystemExit(3)")
    for command in (missing, failing):
        with pytest.raises(StorageFailed) as caught:
            page(document(b"text"), command)
        assert "Set $PAGER" in caught.value.hint
        with pytest.raises(StorageFailed) as caught:
            read_copy(b"text", ".txt", command)
        assert "Set $EDITOR" in caught.value.hint
    with pytest.raises(StorageFailed, match="PAGER is not a command"):
        pager_command({"PAGER": "less '"})


def test_an_editor_gets_a_copy_that_is_private_and_gone_afterwards(tmp_path):
    seen = tmp_path / "seen"
    note = (
        "import os, pathlib, sys\n"
        "path = pathlib.Path(sys.argv[-1])\n"
        f"pathlib.Path({str(seen)!r}).write_text(\n"
        "    f'{path} {path.stat().st_mode & 0o777:o} {path.read_text()}')\n"
    )
    read_copy(b"secret", ".csv", program(tmp_path, note))
    path, mode, text = seen.read_text().split()
    assert (path[-4:], mode, text) == (".csv", "400", "secret")
    assert not os.path.lexists(path)
