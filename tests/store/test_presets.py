"""Presets on disk, as their store's users see them: broken, changed, moved, deleted, listed."""

import os
import sys
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from tests.store.conftest import BINARY, FLOWER, HEAD, files_in, save, store_in
from tui.domain.errors import StorageFailed
from tui.domain.presets import BrokenPreset, PresetPlace, StoredPreset
from tui.domain.requests import InlineBody
from tui.store.files import FileExists
from tui.store.presetfiles import PresetBroken, PresetChanged
from tui.store.presets import PresetStore

needs_modes = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)


def mode_of(path):
    return path.stat().st_mode & 0o777


def with_body(data):
    return replace(FLOWER, request=replace(FLOWER.request, body=InlineBody(data=data)))


BROKEN = [
    ("version = ", "", 1, "is not TOML"),
    (HEAD + "a b = 1", "", 3, "is not TOML"),
    ("\x00", "", 1, "is not TOML"),
    ("x = " + "[" * 10_000, "", None, "is not TOML"),
    ("operation = 'InvokeEndpoint'", "version", None, "is missing"),
    (HEAD.replace("1", "2"), "version", 1, "must be 1"),
    (HEAD.replace("1", "true"), "version", 1, "must be 1"),
    (HEAD.replace("Endpoint", "EndpointAsync"), "operation", 2, "must be"),
    (HEAD + "acept = 'x'", "acept", 3, "nearest is accept"),
    (HEAD + "accept = 3", "accept", 3, "must be a text"),
    (HEAD + "body = 3", "body", 3, "must be a text"),
    (HEAD + "body_base64 = '!'", "body_base64", 3, "base64"),
    (HEAD + "body = ''\nbody_file = 'x'", "body_file", 4, "not several"),
    (HEAD + "body_file = ''", "body_file", 3, "path of a file"),
    (HEAD + "placeholders = 1", "placeholders", 3, "true or false"),
    (HEAD + "variables = 1", "variables", 3, "must be a table"),
    (HEAD + "[variables]\nnow = 'x'", "variables.now", 4, "meaning of its own"),
    (HEAD + "[variables]\na = 3", "variables.a", 4, "must be a text"),
    (HEAD + "[variables]\na = {promt = 'x'}", "variables.a.promt", 4, "nearest is prompt"),
    (HEAD + "[variables.a]\npromt = 'x'", "variables.a.promt", 4, "nearest is prompt"),
]


@pytest.mark.parametrize(("text", "key", "line", "told"), BROKEN)
def test_a_broken_file_is_listed_with_place_and_reason_and_never_touched(
    store, place, text, key, line, told
):
    opened = save(store, place)
    place.path.write_text(text)
    (entry,) = store.entries()
    assert isinstance(entry, BrokenPreset)
    assert (entry.place, entry.key, entry.line) == (place, key, line)
    assert told in entry.reason
    for attempt in (
        lambda: store.read(place),
        lambda: store.save(FLOWER, place, replacing=opened.version),
        lambda: store.move(opened, PresetPlace(folder=place.folder, name="x")),
        lambda: store.duplicate(place),
    ):
        with pytest.raises(PresetBroken) as refused:
            attempt()
        assert refused.value.entry == entry
    with pytest.raises(FileExists):
        store.save(FLOWER, place, replacing=None)
    assert place.path.read_text() == text
    assert files_in(store.folders[0]) == ["team/iris smoke test.toml"]


def test_a_broken_file_can_be_deleted_and_comes_back_as_it_was(store, place):
    place.path.parent.mkdir(parents=True)
    place.path.write_bytes(b"\xff\xfe")
    trashed = store.delete(place)
    assert store.entries() == ()
    store.restore(trashed)
    assert place.path.read_bytes() == b"\xff\xfe"


def test_one_that_is_there_is_not_replaced_unasked(store, place):
    save(store, place)
    with pytest.raises(FileExists):
        save(store, place, BINARY)
    assert store.read(place).preset == FLOWER
    assert files_in(store.folders[0]) == ["team/iris smoke test.toml"]


@pytest.mark.parametrize("by_an_editor", [False, True])
def test_a_change_from_outside_is_said_and_not_written_over(store, place, by_an_editor):
    opened = save(store, place)
    text = place.path.read_text().replace("text/csv", "text/plain")
    if by_an_editor:
        place.path.with_name("new").write_text(text)
        place.path.with_name("new").replace(place.path)
    else:
        place.path.write_text(text)
    with pytest.raises(PresetChanged) as refused:
        store.save(BINARY, place, replacing=opened.version)
    assert not refused.value.is_gone
    assert place.path.read_text() == text
    assert store.save(BINARY, place, replacing=store.read(place).version).preset == BINARY


def test_one_that_is_gone_is_said_and_not_made_again_unasked(store, place):
    opened = save(store, place)
    place.path.unlink()
    with pytest.raises(PresetChanged) as refused:
        store.save(FLOWER, place, replacing=opened.version)
    assert refused.value.is_gone
    assert save(store, place).preset == FLOWER


@pytest.mark.parametrize("preset", [FLOWER, BINARY], ids=["text", "binary"])
def test_moving_takes_comments_body_and_use_along(store, place, preset):
    save(store, place, preset)
    place.path.write_text(f"# mine\n{place.path.read_text()}")
    store.mark_used(place, NOON)
    to = PresetPlace(folder=place.folder, name="archive/2026/iris")
    moved = store.move(store.read(place), to)
    assert (moved.place, moved.preset) == (to, preset)
    assert to.path.read_text().startswith("# mine\n")
    (entry,) = store.entries()
    assert (entry.place, entry.last_used_at) == (to, NOON)
    assert all(name.startswith("archive/2026/iris") for name in files_in(store.folders[0]))


def test_a_move_never_replaces(store, place):
    opened = save(store, place)
    to = PresetPlace(folder=place.folder, name="taken")
    save(store, to, BINARY)
    with pytest.raises(FileExists):
        store.move(opened, to)
    assert store.read(to).preset == BINARY
    assert store.read(place) == opened


def test_copies_get_names_of_their_own(store, place):
    save(store, place, BINARY)
    names = [store.duplicate(place).place.name for _ in range(3)]
    assert names == [f"team/iris smoke test copy{ending}" for ending in ("", " 2", " 3")]
    assert {store.read(entry.place).preset for entry in store.entries()} == {BINARY}


@pytest.mark.parametrize("preset", [FLOWER, BINARY], ids=["text", "binary"])
def test_a_deleted_preset_comes_back_byte_for_byte(store, place, preset, tmp_path):
    save(store, place, preset)
    place.path.write_text(f"# mine\n{place.path.read_text()}")
    before = {path: path.read_bytes() for path in place.path.parent.iterdir()}
    store.delete(place)
    assert files_in(store.folders[0]) == []
    (trashed,) = store_in(tmp_path).trashed()
    assert store.restore(trashed) == place
    assert {path: path.read_bytes() for path in place.path.parent.iterdir()} == before
    assert store.trashed() == ()


def test_what_comes_back_replaces_nothing(store, place):
    save(store, place, BINARY)
    trashed = store.delete(place)
    save(store, place, FLOWER)
    with pytest.raises(FileExists):
        store.restore(trashed)
    assert store.read(place).preset == FLOWER
    assert store.trashed() == (trashed,)


def test_a_name_that_some_platform_refuses_is_refused(store, place):
    opened = save(store, place)
    for name in ("../x", "con", "a\\b", ""):
        bad = PresetPlace(folder=place.folder, name=name)
        for attempt in (
            lambda bad=bad: store.save(FLOWER, bad, replacing=None),
            lambda bad=bad: store.move(opened, bad),
        ):
            with pytest.raises(StorageFailed, match="Cannot use the name"):
                attempt()
    assert files_in(store.folders[0].parent) == ["presets/team/iris smoke test.toml"]


def test_a_file_whose_name_cannot_be_used_is_told(store):
    store.folders[0].mkdir()
    (store.folders[0] / "con.toml").write_text("version = 1")
    (entry,) = store.entries()
    assert "device on Windows" in entry.reason


@needs_modes
def test_files_are_private_and_keep_the_mode_that_they_were_given(store, place):
    opened = save(store, place, BINARY)
    assert {mode_of(path) for path in place.path.parent.iterdir()} == {0o600}
    assert mode_of(place.path.parent) == mode_of(store.folders[0]) == 0o700
    place.path.chmod(0o644)
    store.save(FLOWER, place, replacing=opened.version)
    assert mode_of(place.path) == 0o644


def test_links_are_followed_stay_links_and_lead_in_no_circle(store, place, tmp_path):
    shared = tmp_path / "shared"
    shared.mkdir()
    folder = store.folders[0]
    save(store, place)
    real = shared / "real.toml"
    place.path.rename(real)
    place.path.symlink_to(real)
    (folder / "shared").symlink_to(shared)
    (folder / "circle").symlink_to(folder)
    (folder / "nothing.toml").symlink_to(tmp_path / "gone")
    names = {entry.place.name: type(entry) for entry in store.entries()}
    assert names == {
        "nothing": BrokenPreset,
        "shared/real": StoredPreset,
        "team/iris smoke test": StoredPreset,
    }
    store.save(with_body(b"x"), place, replacing=store.read(place).version)
    assert place.path.is_symlink()
    assert b"body = 'x'" in real.read_bytes()
    store.delete(place)
    assert real.exists()


def test_folders_of_git_and_other_files_are_no_presets(store, place):
    save(store, place)
    (store.folders[0] / ".git").mkdir()
    (store.folders[0] / ".git" / "x.toml").write_text("")
    (store.folders[0] / "README.md").write_text("")
    assert [entry.place for entry in store.entries()] == [place]
    assert store.sub_folders(store.folders[0]) == ("team",)


@pytest.mark.parametrize("change", ["write", "replace", "add", "remove", "body"])
def test_every_change_of_a_folder_changes_its_signature(store, place, change):
    save(store, place, BINARY)
    (body,) = (path for path in place.path.parent.iterdir() if path.suffix != ".toml")
    before = store.signature()
    assert store.signature() == before
    match change:
        case "write":
            place.path.write_text("version = 1")
        case "replace":  # as an editor does, with time and size as they were
            stat = place.path.stat()
            new = place.path.with_name("new")
            new.write_bytes(place.path.read_bytes())
            os.utime(new, ns=(stat.st_atime_ns, stat.st_mtime_ns))
            new.replace(place.path)
        case "add":
            save(store, PresetPlace(folder=place.folder, name="other"))
        case "remove":
            place.path.unlink()
        case "body":
            body.write_bytes(b"")
    assert store.signature() != before


def test_a_list_read_again_knows_of_every_change(store, place):
    save(store, place)
    stamp = place.path.stat()
    for text, endpoint in ((HEAD, ""), (HEAD + "endpoint_name = 'b'\n", "b"), (HEAD, "")):
        place.path.write_text(text)
        os.utime(place.path, (1, 1))
        for _ in range(2):
            assert [entry.endpoint_name for entry in store.entries()] == [endpoint]
    # Written twice within one tick of the clock, with as many bytes.
    for name in "ab":
        place.path.write_text(f"{HEAD}endpoint_name = '{name}'\n")
        os.utime(place.path)
        os.utime(place.path, ns=(stamp.st_atime_ns, stamp.st_mtime_ns))
        assert [entry.endpoint_name for entry in store.entries()] == [name]


def test_several_folders_are_one_list_and_the_first_takes_what_is_new(tmp_path):
    first, second = tmp_path / "a", tmp_path / "b"
    store = PresetStore((first, second), trash=tmp_path / "t", uses_file=tmp_path / "u")
    for folder in (second, first):
        save(store, PresetPlace(folder=folder, name="same"))
    assert [entry.place.folder for entry in store.entries()] == [first, second]
    assert store.find("same").folder == first
    assert store.find(str(second / "same.toml")) == PresetPlace(folder=second, name="same")
    with pytest.raises(StorageFailed, match="There is no preset other in"):
        store.find("other")


def test_use_is_kept_apart_from_the_presets(store, place):
    save(store, place)
    before = place.path.read_bytes()
    store.mark_used(place, NOON)
    (entry,) = store.entries()
    assert entry.last_used_at == NOON
    assert place.path.read_bytes() == before


def test_uses_that_cannot_be_understood_are_set_aside(store, place, tmp_path):
    save(store, place)
    (tmp_path / "uses.toml").write_text("version = 9")
    assert store.entries()[0].last_used_at is None
    store.mark_used(place, NOON)
    assert store.entries()[0].last_used_at == NOON
    assert (tmp_path / "uses.toml.broken-1").read_text() == "version = 9"
