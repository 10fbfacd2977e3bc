import sys
from datetime import UTC, datetime

import pytest

from tui.body.kinds import recognise
from tui.body.shown_body import ShownBody
from tui.domain.errors import StorageFailed
from tui.screens.explore.programs import edited, editor_command
from tui.screens.explore.saving import suffix_of, suggested_name


def script(tmp_path, text):
    path = tmp_path / "editor.py"
    path.write_text(text)
    return [sys.executable, str(path)]


@pytest.mark.parametrize(
    ("content_type", "suffix"),
    [
        ("application/json; charset=utf-8", ".json"),
        ("application/vnd.model+json", ".json"),
        ("Application/JSONLINES", ".jsonl"),
        ("text/csv", ".csv"),
        ("image/png", ".png"),
        ("application/xml", ".xml"),
        ("audio/wav", ".wav"),
        ("made/up", ".bin"),
        ("", ".bin"),
    ],
)
def test_a_file_is_named_for_what_it_holds(content_type, suffix):
    assert suffix_of(content_type) == suffix


@pytest.mark.parametrize("content_type", ["", "application/octet-stream"])
@pytest.mark.parametrize(
    ("data", "suffix"),
    [
        (b"{}", ".json"),
        (b"words", ".txt"),
        (b"<!doctype html><p>words", ".html"),
        (b'<?xml version="1.0"?><a/>', ".xml"),
        (b'data: {"a": 1}\n\n', ".txt"),
        (b"\x89PNG\r\n\x1a\n", ".png"),
        (b"\xff\xd8\xff\xe0", ".jpg"),
        (b"RIFF\0\0\0\0WAVE", ".wav"),
        (b"\x1f\x8b\x08", ".gz"),
        (b"\x93NUMPY\1\0", ".npy"),
        (b"\0\1\2", ".bin"),
    ],
)
def test_what_has_no_telling_type_is_named_for_what_was_found(content_type, data, suffix):
    assert suffix_of(content_type, recognise(ShownBody(data, content_type))) == suffix


def test_a_telling_type_counts_more_than_what_was_found():
    assert suffix_of("text/csv", recognise(ShownBody(b"{}", "text/csv"))) == ".csv"


@pytest.mark.parametrize("name", ["../../etc", "a b\x1b[31m", "…", "."])
def test_an_endpoints_name_cannot_leave_the_folder(name):
    moment = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
    found = suggested_name(name, moment, ".bin")
    assert "/" not in found
    assert not found.startswith(".")
    assert found.isascii()
    assert found.isprintable()
    assert found.endswith("-20260302-093000.bin")


def test_visual_is_asked_before_editor():
    assert editor_command({"VISUAL": "code --wait", "EDITOR": "vi"}) == ["code", "--wait"]


@pytest.mark.parametrize("environ", [{}, {"EDITOR": ""}, {"EDITOR": "vi '"}])
def test_without_an_editor_the_next_step_is_said(environ):
    with pytest.raises(StorageFailed) as caught:
        editor_command(environ)
    assert "$EDITOR" in caught.value.hint


def test_what_the_editor_leaves_is_the_body(tmp_path):
    command = script(
        tmp_path,
        "import pathlib, sys\n"
        "path = pathlib.Path(sys.argv[-1])\n"
        "path.write_bytes(path.read_bytes().upper() + b'\\n')\n",
    )
    assert edited(b"body", ".json", command) == b"BODY"
    assert edited(b"body\n", ".json", command) == b"BODY\n\n"


def test_the_editors_file_is_private_and_gone_afterwards(tmp_path):
    seen = tmp_path / "seen"
    command = script(
        tmp_path,
        "import os, pathlib, sys\n"
        f"pathlib.Path({str(seen)!r}).write_text(\n"
        "    f'{sys.argv[-1]} {os.stat(sys.argv[-1]).st_mode & 0o777:o}')\n",
    )
    edited(b"secret", ".csv", command)
    path, mode = seen.read_text().split()
    assert path.endswith(".csv")
    assert mode == "600"
    with pytest.raises(FileNotFoundError):
        open(path)  # noqa: PTH123, SIM115 - it must not be there


def test_an_editor_that_fails_changes_nothing(tmp_path):
    with pytest.raises(StorageFailed, match="status 3"):
        edited(b"body", ".json", script(tmp_path, "raise SystemExit(3)"))
    with pytest.raises(StorageFailed):
        edited(b"body", ".json", [str(tmp_path / "missing")])
