import ast
import base64
import json
import math
import struct
import wave
import zlib
from io import BytesIO
from time import process_time
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.demo.models.asking import ask, asked, refused
from tui.demo.models.drawing import Drawer
from tui.demo.models.echo import Echo
from tui.demo.models.ranking import Ranker, rank
from tui.demo.models.series import Forecaster, OutlierDetector
from tui.demo.models.sized_answers import MAX_SIZE_BYTES, SizedAnswers

FILES = ("xml", "html", "events", "log", "npy", "safetensors", "wav")
KINDS = ("json", "embedding", "jsonlines", "csv", "text", "bytes")


@given(st.sampled_from(KINDS), st.integers(200, 20_000), st.integers(0, 2**31 - 1))
def test_answers_are_as_long_as_asked_for_and_repeat(kind, size, seed):
    body = {"kind": kind, "size_bytes": size, "seed": seed}
    reply = ask(SizedAnswers(), body)
    assert len(reply.body) == size
    assert ask(SizedAnswers(), body).body == reply.body


@given(st.sampled_from(FILES), st.integers(1_200, 20_000), st.integers(0, 2**31 - 1))
def test_files_of_any_size_are_whole_and_repeat(kind, size, seed):
    body = {"kind": kind, "size_bytes": size, "seed": seed}
    data = ask(SizedAnswers(), body).body
    assert len(data) == size
    assert ask(SizedAnswers(), body).body == data
    match kind:
        case "xml":
            assert len(ElementTree.fromstring(data).findall("record/note/b")) > 0  # noqa: S314 - ours
        case "html":
            assert data.count(b"<li>") > 0
            assert data.endswith(b"</ul><hr><address>made by the demo</address></body></html>\n")
        case "events":
            *events, done, rest = data.decode().split("\n\n")
            assert all(json.loads(event.partition("data: ")[2]) for event in events)
            assert (done, rest) == ("data: [DONE]", "")
        case "log":
            assert all(line.startswith(b"\x1b[3") for line in data.splitlines())
        case "npy":
            header = ast.literal_eval(data[10:-1].split(b"\n")[0].decode())
            start = 10 + struct.unpack_from("<H", data, 8)[0]
            assert size - start == 4 * math.prod(header["shape"])
        case "safetensors":
            (length,) = struct.unpack_from("<Q", data)
            tensors = json.loads(data[8 : 8 + length])
            ends = [each["data_offsets"][1] for each in tensors.values() if "dtype" in each]
            assert 8 + length + ends[-1] == size
        case "wav":
            with wave.open(BytesIO(data)) as sound:
                assert sound.getnframes() == size - 44


@pytest.mark.parametrize("kind", [*KINDS, *FILES])
def test_another_seed_gives_another_answer(kind):
    one, two = (ask(SizedAnswers(), {"kind": kind, "seed": seed}).body for seed in (1, 2))
    assert one != two


@given(st.sampled_from(KINDS), st.integers(200, 5000))
def test_answers_are_of_the_kind_that_was_asked_for(kind, size):
    reply = ask(SizedAnswers(), {"kind": kind, "size_bytes": size})
    match kind:
        case "json":
            assert {"id", "score", "colour"} < json.loads(reply.body)["records"][-1].keys()
        case "embedding":
            assert all(-1 <= value <= 1 for value in json.loads(reply.body)["embedding"])
        case "jsonlines":
            assert all(json.loads(line)["id"] for line in reply.body.splitlines())
            assert reply.content_type == "application/jsonlines"
        case "csv":
            assert {line.count(",") for line in reply.body.decode().splitlines()} == {5}
        case "text":
            assert max(map(len, reply.body.decode("ascii").splitlines())) <= 200


@pytest.mark.parametrize("kind", [*KINDS, *FILES])
def test_twenty_five_megabytes_take_under_a_second(kind):
    started = process_time()
    assert len(ask(SizedAnswers(), {"kind": kind, "size_bytes": 25_000_000}).body) == 25_000_000
    assert process_time() - started < 1.0


@pytest.mark.parametrize(
    ("body", "member", "told"),
    [
        ({"kind": "yaml"}, "kind", "must be one of json, embedding, jsonlines, csv, text, xml, "),
        ({"kind": "npy", "size_bytes": 99}, "size_bytes", "must be at least 160"),
        ({"size_bytes": MAX_SIZE_BYTES + 1}, "size_bytes", "from 0 to 100,000,000"),
        ({"size_bytes": "1"}, "size_bytes", "must be a whole number"),
        ({"size_bytes": 20}, "size_bytes", "must be at least"),
        ({"seed": -1}, "seed", "must be a whole number"),
    ],
)
def test_what_cannot_be_made_is_refused(body, member, told):
    status, answer = refused(SizedAnswers(), body)
    assert (status, answer["member"]) == (400, member)
    assert told in answer["error"]


@pytest.mark.parametrize("kind", ["text", "bytes"])
def test_an_answer_may_be_empty(kind):
    assert ask(SizedAnswers(), {"kind": kind, "size_bytes": 0}).body == b""


@given(st.binary(max_size=200))
def test_the_echo_holds_every_byte(body):
    told = asked(Echo(), body, "application/octet-stream")
    assert told["body_bytes"] == len(body)
    back = told["body"].encode() if "body" in told else base64.b64decode(told["body_base64"])
    assert back == body


def test_the_echo_tells_the_headers():
    headers = asked(Echo(), b"", "text/csv", "image/png")["headers"]
    assert headers == {"Content-Type": "text/csv", "Accept": "image/png"}


def pixels(png):
    """Decode a PNG of ours; return (width, height, {(x, y): colour})."""
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    chunks, rest = {}, png[8:]
    while rest:
        size, kind = struct.unpack(">I4s", rest[:8])
        data, crc = rest[8 : 8 + size], rest[8 + size : 12 + size]
        assert struct.unpack(">I", crc) == (zlib.crc32(kind + data),)
        chunks[kind], rest = data, rest[12 + size :]
    assert list(chunks) == [b"IHDR", b"IDAT", b"IEND"]
    width, height, *how = struct.unpack(">IIBBBBB", chunks[b"IHDR"])
    assert how == [8, 2, 0, 0, 0]
    raw = zlib.decompress(chunks[b"IDAT"])
    assert len(raw) == height * (1 + 3 * width)
    rows = [raw[y * (1 + 3 * width) :][1 : 1 + 3 * width] for y in range(height)]
    return (
        width,
        height,
        {(x, y): rows[y][3 * x : 3 * x + 3].hex() for y in range(height) for x in range(width)},
    )


def drawn(*shapes, width=20, height=10):
    """Return the pixels that shapes change on a white canvas."""
    body = {"width": width, "height": height, "shapes": list(shapes)}
    reply = ask(Drawer(), body, accept="image/png")
    assert reply.content_type == "image/png"
    found = pixels(reply.body)
    assert found[:2] == (width, height)
    return {place: colour for place, colour in found[2].items() if colour != "ffffff"}


def test_a_rectangle_fills_its_pixels():
    shape = {"kind": "rectangle", "x": 2, "y": 1, "width": 3, "height": 2, "colour": "#ff8000"}
    assert drawn(shape) == {(x, y): "ff8000" for x in (2, 3, 4) for y in (1, 2)}


def test_a_circle_is_round():
    shape = {"kind": "circle", "x": 10, "y": 5, "radius": 4}
    expected = {
        (x, y) for x in range(20) for y in range(10) if (x - 9.5) ** 2 + (y - 4.5) ** 2 <= 16
    }
    assert set(drawn(shape)) == expected


def test_a_polygon_is_filled_by_the_even_odd_rule():
    outer = [0, 0, 8, 0, 8, 8, 0, 8, 0, 0]
    inner = [2, 2, 6, 2, 6, 6, 2, 6, 2, 2]
    places = set(drawn({"kind": "polygon", "points": outer + inner}))
    assert places == {(x, y) for x in range(8) for y in range(8) if not (2 <= x < 6 and 2 <= y < 6)}


def test_a_line_runs_from_end_to_end():
    shape = {"kind": "line", "x": 1, "y": 4.5, "to_x": 6, "to_y": 4.5, "thickness": 1}
    assert set(drawn(shape)) == {(x, 4) for x in range(1, 6)}
    assert drawn({**shape, "to_x": 1}) == {}


def test_what_lies_outside_is_not_drawn():
    far = {"kind": "circle", "x": -500, "y": 9000, "radius": 20}
    half = {"kind": "rectangle", "x": -5, "y": -5, "width": 6, "height": 6}
    assert set(drawn(far, half)) == {(0, 0)}


def test_shapes_cover_those_before_them():
    below = {"kind": "rectangle", "x": 0, "y": 0, "width": 2, "height": 1, "colour": "#111111"}
    above = {"kind": "rectangle", "x": 1, "y": 0, "width": 2, "height": 1, "colour": "#222222"}
    assert drawn(below, above) == {(0, 0): "111111", (1, 0): "222222", (2, 0): "222222"}


@pytest.mark.parametrize(
    ("body", "member"),
    [
        ({"width": 0}, "width"),
        ({"height": 2001}, "height"),
        ({"background": "red"}, "background"),
        ({"shapes": {}}, "shapes"),
        ({"shapes": [{}] * 201}, "shapes"),
        ({"shapes": ["circle"]}, "shapes[0]"),
        ({"shapes": [{"kind": "star"}]}, "shapes[0].kind"),
        ({"shapes": [{"kind": "circle", "x": 1, "y": 1}]}, "shapes[0].radius"),
        ({"shapes": [{"kind": "polygon", "points": [1, 2, 3, 4]}]}, "shapes[0].points"),
        ({"shapes": [{"kind": "polygon", "points": [1] * 7}]}, "shapes[0].points"),
    ],
)
def test_a_drawing_that_cannot_be_is_refused(body, member):
    status, told = refused(Drawer(), body)
    assert (status, told["member"]) == (400, member)


def test_a_drawer_draws_only_png():
    assert refused(Drawer(), {}, accept="image/jpeg")[0] == 406


def test_the_document_with_the_rarest_words_comes_first():
    documents = ["the cat", "the dog and the cat and the bird", "a fish", "the dog"]
    answer = asked(Ranker(), {"query": "the dog", "documents": documents})["results"]
    assert [each["index"] for each in answer] == [3, 1, 0, 2]
    assert answer[-1]["score"] == 0


def test_ranking_by_hand():
    # idf = ln(1 + 1.5/1.5) = ln 2, term frequency part = 2.2 / (1 + 1.2) = 1 at average length.
    assert rank("x", ["x", "y"]) == pytest.approx([0.6931471805599453, 0.0])


def test_a_straight_line_goes_on_straight():
    series = {"series": [10, 12, 14, 16], "horizon": 3}
    assert asked(Forecaster(), series)["forecast"] == [18, 20, 22]


def test_the_value_that_does_not_belong_is_found():
    answer = asked(OutlierDetector(), {"values": [1, 2, 3, 2, 1, 50]})
    assert answer["outliers"] == [5]
    assert answer["scores"] == [0.6745, 0.0, 0.6745, 0.0, 0.6745, 32.376]
    assert asked(OutlierDetector(), {"values": [7, 7, 7, 9]})["outliers"] == []


@pytest.mark.parametrize(
    ("container", "body", "member"),
    [
        (Forecaster(), {"series": [1]}, "series"),
        (Forecaster(), {"series": [1, "2"]}, "series"),
        (Forecaster(), {"series": [1, 1e13]}, "series"),
        (Forecaster(), {"series": [1, 2], "horizon": 0}, "horizon"),
        (OutlierDetector(), {"values": []}, "values"),
        (Ranker(), {"query": "a"}, "documents"),
        (Ranker(), {"query": 1, "documents": ["a"]}, "query"),
    ],
)
def test_a_wrong_member_is_named(container, body, member):
    status, told = refused(container, body)
    assert (status, told["member"]) == (400, member)
