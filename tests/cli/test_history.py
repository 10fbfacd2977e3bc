"""`sagescope history`: what was sent is listed, shown, exported and deleted without the program."""

import json
import os
import subprocess
import sys

import pytest

from tests.cli.programs import run
from tests.store.histories import answer, begun, ended, record
from tui.cli.main import main
from tui.domain.connections import Connection
from tui.domain.errors import ModelFailed
from tui.domain.history import HistoryFilter, Place
from tui.domain.http import HttpReply
from tui.store.history import HistoryBounds, HistoryFile

BINARY = bytes(range(256)) * 3


@pytest.fixture
def store(home):
    made = HistoryFile(home / "history.sqlite3", HistoryBounds())
    yield made
    made.close()


@pytest.fixture
def filled(store):
    """Return the ids of (an answer, a model error, an answer of the demo with odd bytes)."""
    headers = (("x-amzn-RequestId", "R-1"), ("X-Odd", "a\x1b[31m"))
    plain = begun("iris", number=1, custom_attributes="trace=1", preset_name="smoke")
    reply = HttpReply(status=424, reason="Failed Dependency", headers=(), body=b'{"Message": "no"}')
    error = ModelFailed(
        summary="The container said no",
        code="ModelError",
        original_status_code=400,
        original_message="no",
        reply=reply,
        attempts=1,
    )
    failed = begun("llm", number=2)
    demo = begun("image", body=BINARY, number=3, place=Place(connection=Connection(is_demo=True)))
    return [
        store.finish(plain, ended(plain, answer(b"[0]", headers=headers))),
        store.finish(failed, ended(failed, error)),
        store.finish(demo, ended(demo, answer(BINARY))),
    ]


def said(capsys, *arguments, status=0):
    """Return (the JSON, standard error)."""
    assert main(["history", *arguments]) == status
    out, err = capsys.readouterr()
    return json.loads(out) if out else None, err


def listed(capsys, *flags):
    data, _ = said(capsys, "list", *flags)
    return [entry["Id"] for entry in data["Entries"]]


def test_entries_are_listed_newest_first(capsys, filled):
    data, err = said(capsys, "list")
    assert [entry["Id"] for entry in data["Entries"]] == filled[::-1]
    assert err == ""
    assert data["Entries"][2] == {
        "Id": filled[0],
        "StartTime": "2026-11-25T12:00:00.000+00:00",
        "EndpointName": "iris",
        "Outcome": "answer",
        "Status": 200,
        "DurationSeconds": 0.5,
        "Profile": None,
        "Region": "us-east-1",
        "Demo": False,
        "PresetName": "smoke",
        "Starred": False,
        "Note": None,
    }


@pytest.mark.parametrize(
    ("flags", "places"),
    [
        (["--endpoint-name", "iris"], [0]),
        (["--outcome", "model-error"], [1]),
        (["--outcome", "model-error", "--outcome", "answer", "--no-demo"], [1, 0]),
        (["--status", "200", "--demo"], [2]),
        (["--text", "TRACE smoke"], [0]),
        (["--starred"], []),
        (["--max-items", "1"], [2]),
    ],
)
def test_filters_choose(capsys, filled, flags, places):
    assert listed(capsys, *flags) == [filled[place] for place in places]


def test_a_page_says_how_to_go_on(capsys, filled):
    _, err = said(capsys, "list", "--max-items", "2")
    assert err == f"sagescope: older ones follow: --before {filled[1]}\n"
    assert listed(capsys, "--before", f"#{filled[1]}") == [filled[0]]


def test_an_empty_history_is_an_empty_list_and_makes_no_file(capsys, home):
    data, err = said(capsys, "list")
    assert data == {"Entries": []}
    assert err == "sagescope: nothing in the history, or nothing like that\n"
    assert list(home.iterdir()) == []


def test_one_entry_is_shown_with_all_that_was_kept(capsys, filled):
    data, _ = said(capsys, "show", str(filled[0]))
    assert data["Request"] == {
        "EndpointName": "iris",
        "CustomAttributes": "trace=1",
        "BodyBytes": 7,
        "Body": "5.1,3.5",
    }
    assert data["Response"]["Headers"][1] == {"Name": "X-Odd", "Value": "a\x1b[31m"}
    assert (data["Response"]["Status"], data["Response"]["Body"]) == (200, "[0]")
    failed, _ = said(capsys, "show", str(filled[1]))
    assert failed["Error"]["OriginalMessage"] == "no"
    assert failed["Response"]["Body"] == '{"Message": "no"}'
    binary, _ = said(capsys, "show", str(filled[2]))
    assert binary["Response"]["BodyBase64"].startswith("AAECAwQF")


@pytest.mark.parametrize("form", ["text", "table"])
def test_other_forms_are_written_too(capsys, filled, form):
    for arguments in (["list"], ["show", str(filled[1])]):
        assert main(["history", *arguments, "--output", form]) == 0
        assert "llm" in capsys.readouterr().out


@pytest.mark.parametrize("flags", [[], ["--sent"]])
def test_bytes_are_exported_as_they_were(capsys, filled, tmp_path, flags):
    path = tmp_path / "body"
    path.write_bytes(b"older and longer" * 100)
    said(capsys, "export", str(filled[2]), str(path), *flags)
    assert path.read_bytes() == BINARY


def test_bytes_go_into_a_pipe_as_they_were(tmp_path):
    store = HistoryFile(tmp_path / "home" / "sagescope" / "history.sqlite3", HistoryBounds())
    start = begun(number=1)
    store.finish(start, ended(start, answer(BINARY)))
    store.close()
    done = run(tmp_path, "history", "export", "1", "-")
    assert (done.returncode, done.stdout, done.stderr) == (0, BINARY, b"")


@pytest.mark.parametrize("buffering", [{}, {"PYTHONUNBUFFERED": "1"}])
def test_a_reader_of_bytes_that_leaves_early_ends_it_without_a_word(tmp_path, buffering):
    store = HistoryFile(tmp_path / "home" / "sagescope" / "history.sqlite3", HistoryBounds())
    start = begun(number=1)
    store.finish(start, ended(start, answer(BINARY * 1000)))
    store.close()
    done = run(tmp_path, "history", "export", "1", "-", redirected="| head -c 3", **buffering)
    assert (done.stdout, done.stderr) == (BINARY[:3], b"")


def test_a_body_that_is_not_there_is_said(capsys, home, tmp_path):
    store = HistoryFile(home / "history.sqlite3", HistoryBounds(keep_bodies=False))
    start = begun(number=1)
    store.begin(start)
    (kept,) = record(store, "iris")
    store.close()
    out = str(tmp_path / "out")
    _, err = said(capsys, "export", "1", out, status=255)
    assert err.startswith("sagescope: Entry 1 has no response: unknown\n")
    _, err = said(capsys, "export", str(kept), out, "--sent", status=255)
    assert "(7 bytes) is not in the history: it is not kept" in err
    assert not os.path.exists(out)  # noqa: PTH110 - a string


def test_stars_and_notes_are_set_and_taken_away(capsys, filled):
    first, second = str(filled[0]), str(filled[1])
    assert said(capsys, "star", first, f"#{second}")[1] == "sagescope: starred 2 entries\n"
    assert listed(capsys, "--starred") == [filled[1], filled[0]]
    assert said(capsys, "unstar", first)[1] == "sagescope: 1 entry without a star\n"
    assert listed(capsys, "--starred") == [filled[1]]
    assert said(capsys, "note", first, "größer")[1] == f"sagescope: noted on entry {first}\n"
    assert listed(capsys, "--text", "GRÖSSER") == [filled[0]]
    said(capsys, "note", first, "")
    assert said(capsys, "show", first)[0]["Note"] is None


def test_entries_are_starred_all_or_none(capsys, filled):
    said(capsys, "star", str(filled[0]), "99", status=255)
    assert listed(capsys, "--starred") == []


@pytest.mark.parametrize(("text", "words"), [("a\nb", "must be one line"), ("x" * 501, "at most")])
def test_a_note_that_the_program_could_not_show_is_refused(capsys, filled, text, words):
    with pytest.raises(SystemExit) as ended_with:
        main(["history", "note", str(filled[0]), text])
    assert ended_with.value.code == 252
    assert words in capsys.readouterr().err


def test_entries_are_deleted_by_id_or_by_filter(capsys, filled, store):
    _, err = said(capsys, "delete", str(filled[0]), str(filled[2]))
    assert err == "sagescope: deleted 2 entries\n"
    assert store.count(HistoryFilter()) == 1
    said(capsys, "delete", "--all", "--endpoint-name", "other")
    assert store.count(HistoryFilter()) == 1
    said(capsys, "delete", "--all")
    assert store.count(HistoryFilter()) == 0


@pytest.mark.parametrize("arguments", [[], ["1", "--all"], ["1", "--endpoint-name", "iris"]])
def test_what_is_to_be_deleted_must_be_said_clearly(capsys, filled, store, arguments):
    _, err = said(capsys, "delete", *arguments, status=252)
    assert "give the entries' ids, or --all" in err
    assert store.count(HistoryFilter()) == 3


@pytest.mark.parametrize(
    "action",
    [["show", "99"], ["delete", "99"], ["export", "99", "-"], ["star", "99"], ["note", "99", "a"]],
)
def test_an_id_that_does_not_exist_is_said(capsys, filled, action):
    _, err = said(capsys, *action, status=255)
    assert err.startswith("sagescope: There is no entry 99 in the history\n")


@pytest.mark.parametrize("wrong", [["show", "x"], ["show", "0"], [], ["list", "--outcome", "ok"]])
def test_wrong_usage_is_said(capsys, home, wrong):
    with pytest.raises(SystemExit) as ended_with:
        main(["history", *wrong])
    assert ended_with.value.code == 252
    assert "sagescope history" in capsys.readouterr().err


def test_a_damaged_file_is_set_aside_and_said(capsys, home):
    (home / "history.sqlite3").write_bytes(b"no database" * 100)
    _, err = said(capsys, "list")
    assert "the history was damaged: it is now" in err
    assert len(list(home.glob("history.sqlite3.damaged-*"))) == 1


def test_broken_settings_keep_it_from_starting(capsys, home):
    (home / "config.toml").write_text("history_entries_max = 0\n")
    _, err = said(capsys, "list", status=253)
    assert "history_entries_max: must be a whole number" in err


def test_it_needs_neither_textual_nor_boto3(tmp_path):
    code = (
        "import sys; from tui.cli.main import main; status = main(['history', 'list']);"
        "loaded = {'textual', 'rich', 'boto3', 'botocore', 'asyncio'} & set(sys.modules);"
        "sys.exit(f'{status} {loaded}' if status or loaded else 0)"
    )
    env = {**os.environ, "SAGESCOPE_HOME": str(tmp_path)}
    done = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, check=False)  # noqa: S603 - our own program
    assert done.returncode == 0, done.stderr
