"""What is said of what was opened in a body that is a file of several."""

import gzip
import json
from io import BytesIO
from struct import pack
from zipfile import ZipFile

import pytest

from tests.widgets.test_body_view import Hand, Harness


@pytest.fixture
async def hand():
    app = Harness()
    async with app.run_test(size=(60, 12)) as pilot:
        yield Hand(app, pilot)


async def opened(hand, data):
    """Open what is in the last line, and return what is said of it."""
    await hand.show(data, None)
    await hand.press("G", "o")
    for _ in range(200):
        if hand.app.described[-1].startswith("in "):
            break
        await hand.pilot.pause()
    return hand.app.described[-1]


async def test_a_member_of_an_archive_is_said_by_its_name(hand):
    archive = BytesIO()
    with ZipFile(archive, "w") as members:
        members.writestr("\x1b[31mred.txt", "hello")
    assert (await opened(hand, archive.getvalue())).startswith("in ␛[31mred.txt · text")


async def test_a_tensor_is_said_by_its_name(hand):
    tensors = {"layer.w": {"dtype": "F32", "shape": [2], "data_offsets": [0, 8]}}
    header = json.dumps(tensors).encode()
    data = pack("<Q", len(header)) + header + bytes(8)
    assert (await opened(hand, data)).startswith("in layer.w · NumPy array")


async def test_what_was_unpacked_is_said_to_be(hand):
    assert (await opened(hand, gzip.compress(b"hello"))).startswith("in the file · text")
