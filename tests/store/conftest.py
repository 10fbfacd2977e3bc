from dataclasses import replace

import pytest

from tui.domain.presets import Preset, PresetPlace
from tui.domain.requests import InlineBody, InvocationRequest
from tui.store.presets import PresetStore

FLOWER = Preset(
    request=InvocationRequest(
        endpoint_name="iris-classifier",
        content_type="text/csv",
        body=InlineBody(data=b"5.1,3.5,1.4,0.2"),
    ),
    description="One flower",
)
BINARY = replace(
    FLOWER, request=replace(FLOWER.request, body=InlineBody(data=bytes(range(256)) * 8))
)

HEAD = "version = 1\noperation = 'InvokeEndpoint'\n"
"""What every file of a preset says."""


def store_in(folder):
    return PresetStore(
        (folder / "presets",), trash=folder / "trash", uses_file=folder / "uses.toml"
    )


def save(store, place, preset=FLOWER):
    return store.save(preset, place, replacing=None)


@pytest.fixture
def store(tmp_path):
    return store_in(tmp_path)


@pytest.fixture
def place(store):
    return PresetPlace(folder=store.folders[0], name="team/iris smoke test")


def files_in(folder):
    found = (path for path in folder.rglob("*") if not path.is_dir())
    return sorted(path.relative_to(folder).as_posix() for path in found)
