"""Opening bodies: what is said of what is in a file of several, what is seen while one is read."""

import gzip
import json
from io import BytesIO
from struct import pack
from zipfile import ZipFile

import pytest

from tests.app.waiting import until
from tests.widgets.test_body_view import Hand, Harness
from tui.body.shown_body import ShownBody


@pytest.fixture
async def hand():
    app = Harness()
    async with app.run_test(size=(60, 12)) as pilot:
        yield Hand(app, pilot)


async def opened(hand, data):
    """Open what is in the last line, and return what is said of it."""
    await hand.show(data, None)
    await hand.press("G", "o")
    await until(lambda: hand.app.described[-1].startswith("in "))
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
    packed = gzip.compress(b"hello")
    assert (await opened(hand, packed)).startswith("in the file · text")
    assert (await opened(hand, packed[:-4])).startswith("in the file (not all of it) · text")


@pytest.mark.parametrize(
    "text",
    [
        b"eyJhIjogMX0=",
        b"eyJh\r\nIjog\r\nMX0=\r\n",
        b"data:application/json;base64,eyJhIjogMX0=\n",
    ],
)
async def test_a_text_that_is_base64_as_a_whole_opens(hand, text):
    await opened(hand, text)
    assert hand.view.shown.data == b'{"a": 1}'


SAME_PAGE = [
    (b' {"a": {"b": 1}}\n', "application/json"),
    (b"[[1, 2]]", "application/json"),
    (b"<?xml version='1.0'?>\n<!-- > --><a><b>1</b><b>2</b></a>\n", "application/xml"),
    (b"<!doctype html><html><body><p>1</p><p>2</p></body></html>", "text/html"),
]


@pytest.mark.parametrize(("data", "content_type"), SAME_PAGE)
async def test_what_is_all_that_is_shown_does_not_open_again(hand, data, content_type):
    await hand.show(data, content_type)
    await until(lambda: hand.view.is_laid_out)
    for end in ("g", "G"):
        await hand.press(end, "o")
        await hand.app.workers.wait_for_complete()
        await hand.pilot.pause()
        assert hand.view.trail == ""


async def test_what_is_not_all_that_is_shown_opens_though_little_is_around_it(hand):
    await hand.show(b'{"a":1}\n{"a":1}\n', "application/jsonlines")
    hand.view.lens = "pretty"
    await until(lambda: hand.view.is_laid_out)
    await hand.press("G", "o")
    await until(lambda: hand.view.trail)
    assert hand.view.shown.data == b'{"a":1}'


async def test_a_long_line_among_json_lines_is_seen_while_it_is_read(hand):
    line = b'{"a": [' + b'"x", ' * 200_000 + b"1]}\n"
    hand.view.shown = ShownBody(b"[0]\n" + line, "application/jsonlines")
    hand.view.focus()
    while hand.view.row_count < 4:  # a slow machine does less at once
        hand.view.work()
    assert not hand.view.is_laid_out
    assert hand.view.row(3).text.startswith('{"a": ["x", "x", ')
    await until(lambda: hand.view.is_laid_out)
    await until(lambda: hand.lines[4].strip() == '"a": [')
    assert [line.split() for line in hand.lines[3:7]] == [
        ["2", "{"],
        ['"a":', "["],
        *[['"x",']] * 2,
    ]
