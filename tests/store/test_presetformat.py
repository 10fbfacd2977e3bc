"""What stands in the files of presets, and that it comes back whatever it is."""

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.store.conftest import BINARY, FLOWER, HEAD, files_in, save, store_in
from tests.store.preset_values import CORNERS, PRESETS
from tui.domain.errors import StorageFailed
from tui.domain.presets import Preset, PresetPlace, StoredPreset, Variable
from tui.domain.requests import FileBody, InlineBody, InvocationRequest
from tui.store.presetfiles import PresetChanged


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


def test_new_keys_stand_where_they_stand_in_a_new_file(store, place):
    place.path.parent.mkdir(parents=True)
    place.path.write_text(BY_HAND)
    opened = store.read(place)
    request = replace(opened.preset.request, content_type="text/csv", target_variant="blue")
    store.save(replace(opened.preset, request=request), place, replacing=opened.version)
    lines = place.path.read_text().splitlines()
    assert lines[lines.index('content_type = "text/csv"') - 1].startswith("endpoint_name")
    assert lines[lines.index('target_variant = "blue"') - 1].startswith("accept")


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


def test_half_a_character_is_refused_with_words(store, place):
    half = replace(FLOWER, description="\ud800")
    with pytest.raises(StorageFailed, match="no Unicode"):
        save(store, place, half)
    assert files_in(store.folders[0]) == []
