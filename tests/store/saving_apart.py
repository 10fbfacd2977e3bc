"""Presets and drafts saved in processes of their own: killed, out of room, and locked out.

    python -m tests.store.saving_apart killed FOLDER COUNT
    python -m tests.store.saving_apart together FOLDER COUNT
    python -m tests.store.saving_apart full FOLDER
    python -m tests.store.saving_apart locked FOLDER
    python -m tests.store.saving_apart counting FOLDER COUNT

Each prints what it found, as JSON. Nothing heavy is imported here, and children are forked, so that
a hundred of them take seconds.
"""

import itertools
import json
import os
import random
import resource
import shutil
import signal
import sys
import time
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import tomlkit  # noqa: F401 - as every child would by itself, and could not once it is locked out

from tests.store.conftest import store_in
from tui.domain.connections import Connection
from tui.domain.drafts import Draft, KeptDraft
from tui.domain.errors import StorageFailed
from tui.domain.presets import Preset, PresetPlace, StoredPreset
from tui.domain.requests import InlineBody, InvocationRequest
from tui.store.drafts import DraftStore
from tui.store.presetfiles import PresetChanged

DEMO = Connection(is_demo=True)
MOST_DONE = 5
LATEST_S = 0.01
"""A child is killed up to so long after it said that something is done."""
NOBODY = 65534
FAR_FROM_1 = 1_000_001
PROGRAMS = 2
"""That save one preset, and wait for each other to begin."""


def preset_of(number):
    """A preset with a number in every part, its body of another kind each time."""
    bodies = (
        b'{"number": %d}\n' % number,
        b"%d\r\n" % number,
        b"\xff%d" % number * 1_000,
        b"%d\n" % number * 60_000,
    )
    request = InvocationRequest(
        endpoint_name="iris", inference_id=str(number), body=InlineBody(data=bodies[number % 4])
    )
    return Preset(request=request, description=f"The one with the number {number}")


def number_of(preset):
    """The number of a preset that is whole."""
    number = int(preset.request.inference_id)
    assert preset == preset_of(number)
    return number


def place_in(store, name):
    return PresetPlace(folder=store.folders[0], name=name)


def live(folder, told):
    """Save on and on; write what is done, once it is done, to the descriptor ``told``."""
    store, drafts = store_in(folder), DraftStore(folder / "drafts")

    def tell(what, number):
        os.write(told, f"{what} {number}\n".encode())

    opened = store.read(place_in(store, "saved"))
    number = number_of(opened.preset)
    while True:
        number += 1
        opened = store.save(preset_of(number), opened.place, replacing=opened.version)
        tell("saved", number)
        drafts.keep(DEMO, Draft(preset=preset_of(number)), datetime.now(UTC))
        tell("draft", number)
        passing = Draft(preset=preset_of(number), is_own=False)
        drafts.keep(DEMO, passing, datetime.now(UTC))
        tell("passing", number)
        new = store.save(preset_of(number), place_in(store, f"new/{number}"), replacing=None)
        tell("made", number)
        moved = store.move(new, place_in(store, f"moved/{number}"))
        if number % 2:
            trashed = store.delete(moved.place)
            if number % 3:
                store.restore(trashed)


def check(folder, told):
    """See that every file is whole, and that nothing is missing of what was told."""
    store, drafts = store_in(folder), DraftStore(folder / "drafts")
    done = {"saved": [], "draft": [], "passing": [], "made": []}
    for line in told.decode().splitlines():
        what, number = line.split()
        done[what].append(int(number))
    assert number_of(store.read(place_in(store, "saved")).preset) >= max(done["saved"], default=0)
    for kept, least in (
        (drafts.read(DEMO, "iris"), max(done["draft"], default=0)),
        (drafts.latest(DEMO), max(done["draft"] + done["passing"], default=0)),
    ):
        assert kept is None or isinstance(kept, KeptDraft), kept
        assert (number_of(kept.draft.preset) if kept else 0) >= least
    entries = store.entries()
    assert all(isinstance(entry, StoredPreset) for entry in entries), entries
    here = {number_of(store.read(entry.place).preset) for entry in entries}
    gone = {int(trashed.place.name.split("/")[1]) for trashed in store.trashed()}
    assert set(done["made"]) <= here | gone
    for trashed in store.trashed():
        if not trashed.place.path.exists():
            assert (
                f"moved/{number_of(store.read(store.restore(trashed)).preset)}"
                == trashed.place.name
            )
    # What was found whole need not be looked at after each of the other kills.
    for name in ("presets/new", "presets/moved", "trash"):
        shutil.rmtree(folder / name, ignore_errors=True)
    return sum(map(len, done.values()))


def killed(folder, count):
    """Let children save and kill each at a random moment; return how much they did."""
    store = store_in(folder)
    store.save(preset_of(1), place_in(store, "saved"), replacing=None)
    moments = random.Random(7)  # noqa: S311 - any will do
    done = 0
    for _ in range(count):
        reading, writing = os.pipe()
        child = os.fork()
        if child == 0:
            live(folder, writing)
        os.close(writing)
        with os.fdopen(reading, "rb") as pipe:
            told = [pipe.readline() for _ in range(moments.randint(0, MOST_DONE))]
            time.sleep(moments.uniform(0, LATEST_S))
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
            done += check(folder, b"".join((*told, *pipe.readlines())))
    return {"kills": count, "done": done}


def type_on(folder, first, told):
    """Keep drafts for one endpoint, on and on; tell the number of each once it is kept."""
    drafts = DraftStore(folder)
    for number in itertools.count(first):
        drafts.keep(DEMO, Draft(preset=preset_of(number)), datetime.now(UTC))
        os.write(told, f"{number}\n".encode())


def together(folder, count):
    """Let two copies type for one endpoint and kill both; tell how often both drafts are there."""
    moments = random.Random(7)  # noqa: S311 - any will do
    whole = 0
    for turn in range(count):
        pipes, children = [], []
        for first in (1, FAR_FROM_1):
            reading, writing = os.pipe()
            children.append(os.fork())
            if children[-1] == 0:
                type_on(folder / str(turn), first, writing)
            os.close(writing)
            pipes.append(os.fdopen(reading, "rb"))
        told = [[pipe.readline() for _ in range(moments.randint(1, MOST_DONE))] for pipe in pipes]
        time.sleep(moments.uniform(0, LATEST_S))
        for child in children:
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
        drafts = DraftStore(folder / str(turn))
        kept = [drafts.read(DEMO, "iris"), *drafts.earlier(DEMO, "iris").drafts]
        there = [number_of(each.draft.preset) for each in kept]
        for pipe, lines in zip(pipes, told, strict=True):
            with pipe:
                last = int([*lines, *pipe.readlines()][-1])
            assert {last, last + 1} & {*there}, (last, there)
        whole += len(there) == len(children)
    return {"whole": whole}


def attempts(folder):
    """Try every way of writing; return the words of each refusal."""
    store, drafts = store_in(folder), DraftStore(folder / "drafts")
    opened = store.read(place_in(store, "saved"))
    large = replace(preset_of(2), description="x" * 20_000)
    ways = {
        "save": lambda: store.save(large, opened.place, replacing=opened.version),
        "save a body beside": lambda: store.save(
            preset_of(3), opened.place, replacing=opened.version
        ),
        "create": lambda: store.save(large, place_in(store, "new"), replacing=None),
        "draft": lambda: drafts.keep(DEMO, Draft(preset=large), datetime.now(UTC)),
        "delete": lambda: store.delete(place_in(store, "large")),
        "move": lambda: store.move(store.read(place_in(store, "large")), place_in(store, "moved")),
        "duplicate": lambda: store.duplicate(place_in(store, "large")),
    }
    said = {}
    for name, way in ways.items():
        try:
            way()
        except StorageFailed as error:
            said[name] = error.summary
    return said


def prepare(folder):
    store, drafts = store_in(folder), DraftStore(folder / "drafts")
    store.save(preset_of(1), place_in(store, "saved"), replacing=None)
    large = replace(preset_of(4), description="x" * 20_000)
    store.save(large, place_in(store, "large"), replacing=None)
    drafts.keep(DEMO, Draft(preset=preset_of(1)), datetime.now(UTC))


def full(folder):
    """Allow no file to grow beyond a few kilobytes, as a full disk would."""
    prepare(folder)
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (8_000, resource.RLIM_INFINITY))
    said = attempts(folder)
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    return said


def locked(folder):
    """Take away the right to write, as somebody whom it holds: it does not hold root."""
    prepare(folder)
    for path in (*folder.rglob("*"), folder):
        path.chmod(0o555 if path.is_dir() else 0o444)
    if os.getuid() == 0:
        os.setuid(NOBODY)
    return attempts(folder)


def counting(folder, count):
    """Add one to the number of one preset, over and over, as somebody does who is not alone."""
    store = store_in(folder)
    place = place_in(store, "shared")
    (folder / f"ready-{os.getpid()}").touch()
    while len(list(folder.glob("ready-*"))) < PROGRAMS:
        time.sleep(0.001)
    refused = done = 0
    while done < count:
        opened = store.read(place)
        try:
            store.save(preset_of(number_of(opened.preset) + 1), place, replacing=opened.version)
        except PresetChanged:
            refused += 1
        else:
            done += 1
    return {"refused": refused}


if __name__ == "__main__":
    command, where, *rest = sys.argv[1:]
    ways = {
        "killed": killed,
        "together": together,
        "full": full,
        "locked": locked,
        "counting": counting,
    }
    print(json.dumps(ways[command](Path(where), *map(int, rest))))  # noqa: T201 - for the test
