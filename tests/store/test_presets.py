"""Presets on disk, as their store's users see them."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.store.preset_values import CORNERS, PRESETS
from tui.domain.presets import Preset, PresetPlace, StoredPreset, Variable
from tui.domain.requests import InlineBody, InvocationRequest
from tui.store.presets import PresetStore

NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)
FLOWER = Preset(
    request=InvocationRequest(
        endpoint_name="iris-classifier",
        content_type="text/csv",
        body=InlineBody(data=b"5.1,3.5,1.4,0.2"),
    ),
    description="One flower",
)
BINARY = replace(FLOWER, request=InvocationRequest(body=InlineBody(data=bytes(range(256)) * 8)))


def store_in(folder):
    return PresetStore(
        (folder / "presets",), trash=folder / "trash", uses_file=folder / "uses.toml"
    )


@pytest.fixture
def store(tmp_path):
    return store_in(tmp_path)


@pytest.fixture
def place(store):
    return PresetPlace(folder=store.folders[0], name="team/iris smoke test")


def files_in(store):
    folder = store.folders[0]
    found = (path for path in folder.rglob("*") if path.is_file())
    return sorted(path.relative_to(folder).as_posix() for path in found)


@settings(max_examples=150)
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
        assert len(files_in(store)) <= 2


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
