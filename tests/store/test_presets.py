"""Presets on disk, as their store's users see them."""

import os
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.store.conftest import BINARY, FLOWER, files_in, store_in
from tests.store.preset_values import CORNERS, PRESETS
from tui.domain.errors import StorageFailed
from tui.domain.presets import BrokenPreset, Preset, PresetPlace, StoredPreset, Variable
from tui.domain.requests import FileBody, InlineBody, InvocationRequest
from tui.store.files import FileExists
from tui.store.presets import PresetBroken, PresetChanged, PresetStore

needs_modes = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)


@settings(max_examples=60)
@given(preset=PRESETS, before=st.none() | PRESETS)
def test_a_preset_is_read_as_it_was_saved_whatever_was_there(preset, before):
    with TemporaryDirectory() as folder:
        store = store_in(Path(folder))
        place = PresetPlace(folder=store.folders[0], name="x")
        version = None
        if before is not None:
            version = store.save(before, place, replacing=None).version
        opened = store.save(preset, place, replacing=version)
        assert opened.preset == preset
        assert store.read(place) == opened
        (entry,) = store.entries()
        assert isinstance(entry, StoredPreset)
        assert len(files_in(store.folders[0])) <= 2


@pytest.mark.parametrize("data", CORNERS, ids=lambda data: repr(data[:20]))
def test_a_body_comes_back_byte_for_byte(store, place, data):
    preset = Preset(request=InvocationRequest(body=InlineBody(data=data)))
    store.save(preset, place, replacing=None)
    assert store_in(store.folders[0].parent).read(place).preset.request.body.data == data


def test_the_file_is_one_that_a_person_reads(store, place):
    preset = replace(
        FLOWER,
        request=replace(FLOWER.request, body=InlineBody(data=b'{\n  "instances": [[1.5]]\n}\n')),
        variables=(Variable(name="city", prompt="Which?", default="Zürich"), Variable(name="day")),
        keeps_bodies=False,
        has_placeholders=False,
    )
    store.save(preset, place, replacing=None)
    assert place.path.read_text() == (
        "version = 1\n"
        'operation = "InvokeEndpoint"\n'
        'description = "One flower"\n'
        'endpoint_name = "iris-classifier"\n'
        'content_type = "text/csv"\n'
        "placeholders = false\n"
        "keep_bodies = false\n"
        "body = '''\n"
        "{\n"
        '  "instances": [[1.5]]\n'
        "}\n"
        "'''\n"
        "\n"
        "[variables]\n"
        'city = { prompt = "Which?", default = "Zürich" }\n'
        "day = {}\n"
    )


@pytest.mark.parametrize(
    ("data", "key"),
    [
        (b"5.1,3.5\n", "body = '''"),
        (b"5.1,3.5\r\n", "body_base64 = "),
        (b"\xff", "body_base64 = "),
        (bytes(1001), "body_file = "),
        (b"x\n" * 200_000, "body_file = "),
    ],
)
def test_a_body_is_text_where_that_is_exact_and_else_base64_or_a_file(store, place, data, key):
    store.save(Preset(request=InvocationRequest(body=InlineBody(data=data))), place, replacing=None)
    assert f"\n{key}" in place.path.read_text()


BY_HAND = """\
# Our smoke test; ask Ada before changing it.
operation = "InvokeEndpoint"
version = 1

accept   =   'application/json'   # csv works too
endpoint_name = "iris-classifier"
body = "5.1,3.5\\n"   # escaped on purpose

# asked for
[variables]
city = "Zürich"   # the default
"""


def test_comments_order_and_spelling_survive_a_save(store, place):
    place.path.parent.mkdir(parents=True)
    place.path.write_text(BY_HAND)
    opened = store.read(place)
    assert opened.preset.variables == (Variable(name="city", default="Zürich"),)
    request = replace(opened.preset.request, endpoint_name="other", content_type="text/csv")
    store.save(replace(opened.preset, request=request), place, replacing=opened.version)
    expected = BY_HAND.replace('"iris-classifier"', '"other"').splitlines()
    written = place.path.read_text().splitlines()
    assert 'content_type = "text/csv"' in written
    assert [line for line in written if line != 'content_type = "text/csv"'] == expected


def test_saving_what_is_there_changes_no_byte(store, place):
    place.path.parent.mkdir(parents=True)
    place.path.write_text(BY_HAND)
    opened = store.read(place)
    store.save(opened.preset, place, replacing=opened.version)
    assert place.path.read_text() == BY_HAND


def mode_of(path):
    return path.stat().st_mode & 0o777


def save(store, place, preset=FLOWER):
    return store.save(preset, place, replacing=None)


def with_body(data):
    return replace(FLOWER, request=replace(FLOWER.request, body=InlineBody(data=data)))


def test_new_keys_stand_where_they_stand_in_a_new_file(store, place):
    place.path.parent.mkdir(parents=True)
    place.path.write_text(BY_HAND)
    opened = store.read(place)
    request = replace(opened.preset.request, content_type="text/csv", target_variant="blue")
    store.save(replace(opened.preset, request=request), place, replacing=opened.version)
    lines = place.path.read_text().splitlines()
    assert lines[lines.index('content_type = "text/csv"') - 1].startswith("endpoint_name")
    assert lines[lines.index('target_variant = "blue"') - 1].startswith("accept")


HEAD = "version = 1\noperation = 'InvokeEndpoint'\n"
ODD = [
    HEAD.replace("\n", "\r\n") + "# c\r\nbody = '''\r\na\r\nb'''\r\n",
    HEAD + "body = '''\naccept = 1\nversion = 2\n'''\n",
    '\'version\' = 0x1\n"operation" = "Invoke\\u0045ndpoint"\n',
    HEAD + "variables.a = 'x'\nvariables.b.prompt = 'y'\n",
    HEAD + "[variables.b]\ndefault = 'y' # why\n[variables.a]\n",
    HEAD + "body_base64 = 'AA =='\n#last",
    "\ufeff" + HEAD + "body_file = '../x/y.bin'",
]


@pytest.mark.parametrize("text", ODD)
@given(preset=PRESETS)
@settings(max_examples=10)
def test_odd_but_valid_files_are_saved_over_exactly(text, preset):
    with TemporaryDirectory() as folder:
        store = store_in(Path(folder))
        place = PresetPlace(folder=store.folders[0], name="team/x")
        place.path.parent.mkdir(parents=True)
        place.path.write_text(text, newline="")
        opened = store.read(place)
        assert store.save(opened.preset, place, replacing=opened.version).preset == opened.preset
        opened = store.read(place)
        assert store.save(preset, place, replacing=opened.version).preset == preset


def test_a_file_that_the_user_chose_is_named_from_where_the_preset_is(store, place):
    inside = store.folders[0] / "bodies" / "image.png"
    preset = replace(FLOWER, request=InvocationRequest(body=FileBody(path=inside)))
    assert save(store, place, preset).preset == preset
    assert 'body_file = "../bodies/image.png"' in place.path.read_text()
    outside = replace(FLOWER, request=InvocationRequest(body=FileBody(path=Path("/data/x.png"))))
    other = PresetPlace(folder=place.folder, name="other")
    assert save(store, other, outside).preset == outside
    assert 'body_file = "/data/x.png"' in other.path.read_text()


def test_a_relative_file_means_the_same_from_anywhere(store, place, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    preset = replace(FLOWER, request=InvocationRequest(body=FileBody(path=Path("x.png"))))
    assert save(store, place, preset).preset.request.body == FileBody(path=tmp_path / "x.png")


def test_a_body_of_its_own_is_replaced_with_the_preset_and_a_users_file_is_not(store, place):
    opened = save(store, place, BINARY)
    body = max(place.path.parent.iterdir(), key=lambda path: path.suffix != ".toml")
    assert body.read_bytes() == BINARY.request.body.data
    store.save(FLOWER, place, replacing=opened.version)
    assert files_in(store.folders[0]) == ["team/iris smoke test.toml"]
    mine = place.path.with_name("mine.bin")
    mine.write_bytes(b"x")
    chosen = replace(FLOWER, request=InvocationRequest(body=FileBody(path=mine)))
    opened = store.save(chosen, place, replacing=store.read(place).version)
    store.save(FLOWER, place, replacing=opened.version)
    assert mine.read_bytes() == b"x"


def test_a_body_that_was_edited_outside_is_the_users_from_then_on(store, place):
    opened = save(store, place, BINARY)
    (body,) = (path for path in place.path.parent.iterdir() if path.suffix != ".toml")
    body.write_bytes(b"edited")
    with pytest.raises(PresetChanged):
        store.save(FLOWER, place, replacing=opened.version)
    again = store.read(place)
    assert again.preset.request.body == FileBody(path=body)
    store.save(FLOWER, place, replacing=again.version)
    assert body.read_bytes() == b"edited"


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


def test_half_a_character_is_refused_with_words(store, place):
    half = replace(FLOWER, description="\ud800")
    with pytest.raises(StorageFailed, match="no Unicode"):
        save(store, place, half)
    assert files_in(store.folders[0]) == []
