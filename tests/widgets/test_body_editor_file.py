"""The body as a file: its path, completed as one types, and a first look at it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from textual import events

from tests.widgets.form_hand import form_in
from tui.domain.requests import FileBody, InlineBody, InvocationRequest
from tui.widgets.body_editor.peek import peek
from tui.widgets.path_input import completions
from tui.widgets.request_form.form import RequestForm


@pytest.fixture(params=[(80, 24), (120, 40)], ids=str)
async def hand(request):
    async with form_in(request.param) as hand:
        yield hand


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "iris.csv").write_bytes(b"5.1,3.5\n" + b"\x00\x1b" * 900)
    (tmp_path / "iris.json").write_bytes(b"{}")
    (tmp_path / "images").mkdir()
    (tmp_path / "images" / "cat.png").write_bytes(b"\x89PNG\r\n")
    (tmp_path / ".hidden").write_bytes(b"")
    return tmp_path


async def choose_file(hand):
    hand.app.query_one("#body-kind").focus()
    await hand.press("right")
    await hand.press("tab")


async def test_a_path_is_typed_and_looked_at(hand, folder):
    await choose_file(hand)
    assert hand.focused_id == "body-path-input"
    await hand.write("iris.csv")
    await hand.until(lambda: "1.8 kB · read when sent" in hand.screen)

    assert "35 2e 31 2c" in hand.screen
    assert "5.1,3.5" in hand.screen
    assert hand.form.request.body == FileBody(path=Path("iris.csv"))
    assert hand.told(RequestForm.Changed)[-1].request == hand.form.request
    assert hand.is_harmless


async def test_tab_completes_while_the_list_is_open_and_moves_on_after(hand, folder):
    await choose_file(hand)
    await hand.write("im")
    await hand.until(lambda: "images/" in hand.screen)
    await hand.press("tab")
    await hand.until(lambda: "images/cat.png" in hand.screen)
    await hand.press("down", "tab")
    await hand.until(lambda: "6 B · read when sent" in hand.screen)

    assert hand.form.request.body == FileBody(path=Path("images/cat.png"))
    await hand.press("tab")
    assert hand.focused_id != "body-path-input"


async def test_a_file_dropped_on_the_terminal_replaces_the_path(hand, folder):
    await choose_file(hand)
    await hand.write("iris.csv")
    hand.app.post_message(events.Paste(f"{(folder / 'images' / 'cat.png').as_uri()} "))
    await hand.until(lambda: "6 B · read when sent" in hand.screen)
    assert hand.form.request.body == FileBody(path=folder / "images" / "cat.png")
    hand.app.post_message(events.Paste("x"))
    await hand.until(lambda: str(hand.form.request.body.path).endswith("cat.pngx"))


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("missing", "There is no such file"),
        ("images", "This is a folder, not a file"),
        ("~nobody-here/x", "Not a usable path"),
        ("", "No file chosen yet"),
    ],
)
async def test_what_is_wrong_with_a_file_is_said_in_its_place(hand, folder, path, words):
    await hand.show(InvocationRequest(body=FileBody(path=Path(path))))
    await hand.until(lambda: words in hand.screen)
    assert any(problem.startswith(f"Body: {words}") for problem in hand.form.problems())


async def test_going_over_to_a_file_and_back_loses_neither(hand, folder):
    hand.form.focus_body()
    await hand.pilot.pause()
    await hand.write("typed")
    await choose_file(hand)
    await hand.write("iris.json")
    hand.app.query_one("#body-kind").focus()
    await hand.press("left")
    assert hand.form.request.body == InlineBody(data=b"typed")
    await hand.press("right")
    assert hand.form.request.body == FileBody(path=Path("iris.json"))


async def test_focusing_the_body_goes_to_the_path(hand, folder):
    await hand.show(InvocationRequest(body=FileBody(path=Path("iris.json"))))
    hand.form.focus_body()
    await hand.pilot.pause()
    assert hand.focused_id == "body-path-input"


def test_completions_are_spelt_as_they_were_begun(folder):
    assert completions("ir") == ("iris.csv", "iris.json")
    assert completions("./im") == (f"./images{os.sep}",)
    assert completions("") == (f"images{os.sep}", "iris.csv", "iris.json")
    assert completions(".h") == (".hidden",)
    assert completions("nowhere/x") == ()
    assert completions("a\0b") == ()


def test_a_name_that_is_no_text_can_be_completed_and_read(folder):
    name = os.fsdecode(b"caf\xe9")
    (folder / name).write_bytes(b"abc")
    assert completions("caf") == (name,)
    assert peek(Path(name)).head == b"abc"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_pipe_is_refused_without_waiting_for_a_writer(folder):
    os.mkfifo(folder / "pipe")
    assert peek(Path("pipe")).problem == "Not a regular file"


def test_only_the_beginning_is_read(folder):
    with (folder / "big").open("wb") as file:
        file.truncate(10**9)
    seen = peek(Path("big"))
    assert (seen.size_bytes, len(seen.head), seen.problem) == (10**9, 512, "")


def test_home_is_understood(folder, monkeypatch):
    monkeypatch.setenv("HOME", str(folder))
    assert peek(Path("~/iris.json")).head == b"{}"
    assert "~/iris.json" in completions("~/ir")
