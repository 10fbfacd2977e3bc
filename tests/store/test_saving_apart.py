"""Saving under a killer, on a full disk and in a folder that may not be written."""

import json
import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.store.conftest import files_in, store_in
from tui.domain.presets import PresetPlace
from tui.store.drafts import DraftStore
from tui.store.locking import LOCK_NAME

if sys.platform == "win32":
    pytest.skip("Windows can neither fork nor limit files", allow_module_level=True)

from tests.store import saving_apart

MEMORY = "/dev/shm"  # noqa: S108 - a new folder in it
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def folder():
    """A folder that everybody may enter, unlike those of pytest; in memory, where there is one."""
    with TemporaryDirectory(dir=MEMORY if os.access(MEMORY, os.W_OK) else None) as name:
        path = Path(name)
        path.chmod(0o755)
        yield path
        for each in (path, *path.rglob("*")):
            each.chmod(0o755)


def begun(command, folder, *arguments):
    return subprocess.Popen(  # noqa: S603 - our own module
        [sys.executable, "-m", "tests.store.saving_apart", command, folder, *arguments],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def found_by(program):
    with program:
        out, err = program.communicate(timeout=120)
    assert program.returncode == 0, err
    return json.loads(out)


def apart(command, folder, *arguments):
    return found_by(begun(command, folder, *arguments))


def test_two_copies_that_type_for_one_endpoint_and_are_killed_lose_nothing(folder):
    assert apart("together", folder, "20") == {"whole": 20}


def test_a_kill_at_any_moment_leaves_whole_files_and_all_that_was_acknowledged(folder):
    found = apart("killed", folder, "100")
    assert found["kills"] == 100
    assert found["done"] > 100


def is_as_it_was(folder):
    store = store_in(folder)
    saved = store.read(PresetPlace(folder=store.folders[0], name="saved")).preset
    large = store.read(PresetPlace(folder=store.folders[0], name="large")).preset
    draft = DraftStore(folder / "drafts").latest(saving_apart.DEMO).draft.preset
    return (
        saved == draft == saving_apart.preset_of(1)
        and large.request == saving_apart.preset_of(4).request
        and [entry.place.name for entry in store.entries()] == ["large", "saved"]
        and not [name for name in files_in(folder) if name.endswith(".tmp")]
    )


@pytest.mark.parametrize(
    ("what", "told"), [("full", "File too large"), ("locked", "Permission denied")]
)
def test_what_cannot_be_written_is_said_and_costs_nothing(folder, what, told):
    said = apart(what, folder)
    assert set(said) == {
        "save",
        "save a body beside",
        "create",
        "draft",
        "delete",
        "move",
        "duplicate",
    }
    assert all(told in words for words in said.values())
    for each in (folder, *folder.rglob("*")):
        each.chmod(0o755)
    assert is_as_it_was(folder)


def test_of_two_programs_that_save_one_preset_neither_replaces_what_it_has_not_seen(folder):
    store = store_in(folder)
    place = PresetPlace(folder=store.folders[0], name="shared")
    store.save(saving_apart.preset_of(0), place, replacing=None)
    programs = [begun("counting", folder, "50") for _ in range(saving_apart.PROGRAMS)]
    refused = sum(found_by(program)["refused"] for program in programs)
    assert saving_apart.number_of(store.read(place).preset) == 100
    assert refused  # they did meet
    assert not [name for name in files_in(folder) if LOCK_NAME in name or name.endswith(".tmp")]
