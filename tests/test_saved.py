"""Presets and drafts as the event loop has them."""

import asyncio

import pytest

from tests.store.conftest import BINARY, FLOWER
from tui.demo.preset_files import demo_presets
from tui.domain.connections import Connection
from tui.domain.drafts import Draft
from tui.domain.presets import Preset, PresetPlace, StoredPreset, by_use, is_unsaved, matching
from tui.domain.requests import InvocationRequest
from tui.saved import open_saved
from tui.store.paths import find_paths
from tui.store.presetfiles import PresetChanged

DEMO = Connection(is_demo=True)


@pytest.fixture
def saved(tmp_path):
    return open_saved(find_paths({"SAGESCOPE_HOME": str(tmp_path)}), shipped=(demo_presets(),))


def place_in(saved, name):
    return PresetPlace(folder=saved.folders[0], name=name)


async def test_nothing_is_made_before_something_is_saved(saved, tmp_path):
    assert all(entry.is_shipped for entry in await saved.list())
    assert await saved.latest_draft(DEMO) is None
    assert await saved.trashed() == ()
    assert list(tmp_path.iterdir()) == []


async def test_a_preset_from_the_first_save_to_its_return_from_the_trash(saved):
    place = place_in(saved, "team/flower")
    opened = await saved.save(FLOWER, place, replacing=None)
    assert not is_unsaved(opened, FLOWER)
    assert is_unsaved(opened, BINARY)
    opened = await saved.save(BINARY, place, replacing=opened.version)
    assert (await saved.open(place)) == opened
    moved = await saved.move(opened, place_in(saved, "flower"))
    copy = await saved.duplicate(moved.place)
    await saved.mark_used(copy.place)
    first = by_use(matching(await saved.list(), "flower"))[0]
    assert first.place == copy.place
    assert first.last_used_at is not None
    trashed = await saved.delete(copy.place)
    assert await saved.trashed() == (trashed,)
    assert await saved.restore(trashed) == copy.place
    assert (await saved.open(copy.place)).preset == BINARY
    assert await saved.sub_folders(saved.folders[0]) == ()


async def test_an_edit_outside_shows_in_the_signature_and_refuses_the_save(saved):
    place = place_in(saved, "flower")
    opened = await saved.save(FLOWER, place, replacing=None)
    before = await saved.signature()
    place.path.write_text(place.path.read_text().replace("iris-classifier", "other"))
    assert await saved.signature() != before
    with pytest.raises(PresetChanged):
        await saved.save(BINARY, place, replacing=opened.version)
    assert (await saved.open(place)).preset.request.endpoint_name == "other"


async def test_the_last_of_many_drafts_at_once_is_the_one_that_stays(saved):
    drafts = [
        Draft(preset=Preset(request=InvocationRequest(accept=str(number)))) for number in range(50)
    ]
    await asyncio.gather(*(saved.keep_draft(DEMO, draft) for draft in drafts))
    assert (await saved.latest_draft(DEMO)).draft == drafts[-1]
    assert (await saved.draft(DEMO, "")).draft == drafts[-1]
    await saved.forget_draft(DEMO, "")
    assert await saved.latest_draft(DEMO) is None


async def test_what_comes_with_the_demo_can_be_sent_and_counted_but_not_changed(saved):
    shipped = [entry for entry in await saved.list() if isinstance(entry, StoredPreset)]
    place = next(entry.place for entry in shipped if entry.place.name == "iris smoke test")
    assert saved.is_shipped(place)
    await saved.mark_used(place)
    assert by_use(await saved.list())[0].place == place
    copy = await saved.duplicate(place)
    assert copy.place == place_in(saved, "iris smoke test")
    assert not saved.is_shipped(copy.place)
