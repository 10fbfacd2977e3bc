"""Names of presets, the list's order and filter, and what counts as unsaved."""

import ntpath
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path, PureWindowsPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.domain.presets import (
    BrokenPreset,
    OpenedPreset,
    Preset,
    PresetPlace,
    StoredPreset,
    Variable,
    by_use,
    is_unsaved,
    matching,
    name_problem,
    told_apart,
    variable_name_problem,
)
from tui.domain.requests import InlineBody, InvocationRequest

FOLDER = Path("/presets")
NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)


def stored(name, *, used=None, endpoint="", description=""):
    return StoredPreset(
        place=PresetPlace(folder=FOLDER, name=name),
        modified_at=NOON,
        endpoint_name=endpoint,
        description=description,
        last_used_at=used,
    )


def names(entries):
    return [entry.place.name for entry in entries]


@pytest.mark.parametrize(
    "name", ["iris smoke test", "team/iris smoke test", "Ünïcode/日本語", "v1.2", "a-b_c (2)"]
)
def test_usual_names_are_taken(name):
    assert name_problem(name) is None


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("", "needed"),
        ("  ", "needed"),
        ("/etc/passwd", "empty part"),
        ("team/", "empty part"),
        ("team//x", "empty part"),
        ("../x", "dot"),
        ("team/../../x", "dot"),
        (".git/config", "dot"),
        ("C:/x", "cannot hold :"),
        ("a\\b", "cannot hold \\"),
        ("what?", "cannot hold ?"),
        ("a\x00b", "U+0000"),
        ("a\x1b[2J", "U+001B"),
        ("a\u202eb", "U+202E"),
        ("a\ud800", "U+D800"),
        ("con", "device"),
        ("team/NUL.old", "device"),
        ("com¹", "device"),
        (" x", "space"),
        ("x ", "space"),
        ("team /x", "space"),
        ("x.", "end with a dot"),
        ("x" * 121, "too long"),
        ("/".join(["x" * 100] * 5), "too long"),
        ("/".join("abcdefghi"), "folders deep"),
    ],
)
def test_what_some_platform_refuses_is_refused_everywhere(name, told):
    assert told in name_problem(name)


def is_reserved(path):
    """Whether Windows keeps a path for itself; Python 3.13 moved the question to `ntpath`."""
    return ntpath.isreserved(path) if sys.version_info >= (3, 13) else path.is_reserved()


@given(name=st.text())
def test_a_name_that_is_taken_stays_inside_its_folder_on_any_platform(name):
    if name_problem(name) is None:
        path = PresetPlace(folder=FOLDER, name=name).path
        assert path.is_relative_to(FOLDER)
        assert path.relative_to(FOLDER).as_posix() == f"{name}.toml"
        windows = PureWindowsPath(r"C:\presets", *name.split("/"))
        assert windows.is_relative_to(r"C:\presets")
        assert not is_reserved(windows)


@pytest.mark.parametrize("name", ["city", "_x", "top-k", "a1"])
def test_a_variable_has_a_plain_name(name):
    assert variable_name_problem(name) is None


@pytest.mark.parametrize("name", ["", "uuid", "now", "1a", "a b", "a.b", "env.HOME", "é", "a" * 64])
def test_a_variable_s_name_cannot_be_anything(name):
    assert variable_name_problem(name)


def test_what_was_used_last_is_first_and_the_rest_is_by_name():
    broken = BrokenPreset(place=PresetPlace(folder=FOLDER, name="b"), reason="is not TOML")
    hour = timedelta(hours=1)
    entries = [
        stored("C"),
        stored("a"),
        broken,
        stored("old", used=NOON),
        stored("new", used=NOON + hour),
    ]
    assert names(by_use(entries)) == ["new", "old", "a", "b", "C"]


def test_a_filter_wants_every_word_somewhere_in_any_case():
    entries = [
        stored("team/Smoke", endpoint="iris-classifier"),
        stored("hello", description="Says hello to the iris"),
        stored("other"),
    ]
    assert names(matching(entries, "IRIS")) == ["team/Smoke", "hello"]
    assert names(matching(entries, "smoke class")) == ["team/Smoke"]
    assert names(matching(entries, "  ")) == names(entries)


def test_what_is_named_so_comes_before_what_is_described_so():
    entries = [
        stored("hello", description="Says hello to the iris"),
        stored("any", endpoint="iris-classifier"),
        stored("team/iris"),
        stored("iris smoke"),
    ]
    found = ["team/iris", "iris smoke", "hello", "any"]
    assert names(matching(entries, "iris")) == found
    assert names(matching(entries, "")) == names(entries)
    assert names(matching(entries, "iris hello")) == ["hello"]


def test_a_broken_preset_says_where_and_what():
    broken = BrokenPreset(
        place=PresetPlace(folder=FOLDER, name="team/x"),
        reason="must be a text",
        key="accept",
        line=4,
    )
    assert str(broken) == f"{FOLDER / 'team' / 'x.toml'}: line 4: accept: must be a text"


@pytest.mark.parametrize(
    "changed",
    [
        Preset(request=InvocationRequest(body=InlineBody(data=b"x"))),
        Preset(description="x"),
        Preset(variables=(Variable(name="x"),)),
        Preset(has_placeholders=False),
        Preset(keeps_bodies=False),
    ],
)
def test_any_difference_is_unsaved_and_taking_it_back_is_not(changed):
    place = PresetPlace(folder=FOLDER, name="x")
    opened = OpenedPreset(place=place, preset=Preset(), version="1")
    assert is_unsaved(opened, changed)
    assert is_unsaved(None, changed)
    assert not is_unsaved(replace(opened, preset=changed), changed)
    assert not is_unsaved(opened, Preset())


def test_those_of_one_name_are_told_apart_by_where_they_are_from():
    def row(folder, name, *, is_shipped=False):
        place = PresetPlace(folder=Path(folder), name=name)
        return replace(stored(name), place=place, is_shipped=is_shipped)

    own, copied = row("/mine", "a"), row("/mine", "Copied")
    rows = [own, row("/team", "A"), copied, row("/mine", "alone")]
    shipped = [row("/demo", each, is_shipped=True) for each in ("copied", "not copied")]
    broken = BrokenPreset(place=PresetPlace(folder=Path("/team"), name="alone"), reason="x")
    assert told_apart([*rows, *shipped, broken]) == {
        own.place: "mine",
        rows[1].place: "team",
        rows[3].place: "mine",
        broken.place: "team",
        shipped[0].place: "demo",
    }
