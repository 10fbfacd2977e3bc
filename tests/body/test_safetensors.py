"""What is listed of safetensors files, against files written by the format's own description."""

import json
import struct
from math import prod

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.body.laying_out import recognised, rows_of
from tests.body.test_documents import CONTROLS
from tui.body.binary.safetensors_header import READ_BYTES_MAX
from tui.body.lenses import ABOUT, HEX, NPY, RAW, lenses_for, open_document
from tui.body.rows import Row

SIZES = {"F64": 8, "F32": 4, "BF16": 2, "I64": 8, "U8": 1, "BOOL": 1, "F8_E4M3": 1}
BEGIN = struct.pack("<Q", 40) + b'{"a":'


def safetensors(header, values=b"", *, padding=0):
    text = json.dumps(header).encode() + b" " * padding
    return struct.pack("<Q", len(text)) + text + values


def listed(data):
    document = open_document(*recognised(data, "application/octet-stream"), ABOUT)
    return document, [row.text for row in rows_of(document)]


def numbers_in(document, index):
    array = open_document(*recognised(document.nested(index).data, None), NPY)
    return [line.split()[1:] for line in (row.text for row in rows_of(array)) if line[0] == "["]


@st.composite
def tensors(draw):
    """Names with (dtype, shape), as a header tells them, and so many bytes of values."""
    header, at = {}, 0
    names = draw(st.lists(st.text(min_size=1, max_size=30), unique=True, max_size=6))
    for name in names:
        dtype = draw(st.sampled_from(sorted(SIZES)))
        shape = draw(st.lists(st.integers(0, 5), max_size=3))
        end = at + SIZES[dtype] * prod(shape)
        header[name] = {"dtype": dtype, "shape": shape, "data_offsets": [at, end]}
        at = end
    return header, at


@given(tensors(), st.integers(0, 7))
def test_every_tensor_is_listed_by_dtype_shape_and_size(made, padding):
    header, size = made
    data = safetensors(header, bytes(size), padding=padding)
    assert lenses_for(*recognised(data, None)) == (ABOUT, HEX, RAW)
    document, lines = listed(data)
    assert document.words.startswith("safetensors · ")
    rows = lines[len(lines) - len(header) :]
    for line, entry in zip(rows, header.values(), strict=True):
        start, end = entry["data_offsets"]
        shape = " × ".join(map(str, entry["shape"])) or "one value"
        told = line.removesuffix(" B").rsplit(maxsplit=1)
        assert int(told[1].replace(",", "")) == end - start
        assert told[0].rstrip().endswith(shape)
        assert told[0].rstrip().removesuffix(shape).rstrip().endswith(entry["dtype"])


@given(st.lists(st.floats(width=16, allow_nan=False), min_size=2, max_size=2), st.booleans())
def test_a_tensor_is_opened_as_an_array(values, is_half_of_four):
    floats = struct.pack("<2f", *values)
    dtype, packed = ("BF16", floats[2:4] + floats[6:8]) if is_half_of_four else ("F32", floats)
    entry = {"dtype": dtype, "shape": [1, 2], "data_offsets": [3, 3 + len(packed)]}
    data = safetensors({"w": entry}, b"xyz" + packed)
    document, lines = listed(data)
    halves = struct.unpack("<2f", b"".join(b"\0\0" + floats[at : at + 2] for at in (2, 6)))
    shown = halves if is_half_of_four else values
    assert numbers_in(document, len(lines) - 1) == [[f"{each:.7g}" for each in shown]]
    assert document.nested(0) is None


def test_bytes_of_a_dtype_that_numpy_lacks_are_opened_as_they_are():
    entry = {"dtype": "F8_E5M2", "shape": [3], "data_offsets": [0, 3]}
    document, lines = listed(safetensors({"w": entry}, b"\x01\x02\x03"))
    assert document.nested(len(lines) - 1).data == b"\x01\x02\x03"


def test_metadata_and_what_is_wrong_with_a_tensor_are_told():
    header = {
        "__metadata__": {"format": "pt", "note": "a\x1b[31m\u202e"},
        "short": {"dtype": "F32", "shape": [2], "data_offsets": [0, 4]},
        "gone": {"dtype": "F32", "shape": [100], "data_offsets": [0, 400]},
        "no offsets": {"dtype": "F32", "shape": [2]},
        "backwards": {"dtype": "F32", "shape": [2], "data_offsets": [8, 0]},
        "negative": {"dtype": "F32", "shape": [-2], "data_offsets": [0, 8]},
        "huge": {"dtype": "F32", "shape": [2**62, 2**62], "data_offsets": [0, 8]},
    }
    document, lines = listed(safetensors(header, bytes(8)))
    assert "metadata format pt" in lines
    assert "metadata note a␛[31m\ufffd" in lines
    assert sum("has no dtype, shape and data_offsets" in line for line in lines) == 4
    assert lines[-2].endswith("4 B  8 B are needed")
    assert lines[-1].endswith("400 B  392 bytes are missing")
    assert document.words.endswith("2 tensors")


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (struct.pack("<Q", READ_BYTES_MAX + 1) + b'{"a":' + bytes(9), "cut short"),
        (
            struct.pack("<Q", READ_BYTES_MAX + 1) + b'{"a":' + bytes(READ_BYTES_MAX),
            "1,000,001 bytes",
        ),
        (BEGIN, "cut short"),
        (BEGIN + b" " * 35, "no JSON"),
        (struct.pack("<Q", 2) + b'{"' + bytes(40), "no JSON"),
        (struct.pack("<Q", 200_000) + b'{"a":' + b"[" * 199_995, "no JSON"),
    ],
)
def test_a_broken_header_is_told(data, problem):
    _, lines = listed(data)
    assert any("header" in line and problem in line for line in lines)


@pytest.mark.parametrize("count", [1_999, 2_000, 2_001, 2_002, 100_000])
def test_more_tensors_than_are_listed_are_counted_and_not_read(count, monkeypatch):
    read = []
    loads = json.loads
    monkeypatch.setattr(json, "loads", lambda text: (read.append(text), loads(text))[1])
    entry = {"data_offsets": [0, 2], "dtype": "U8", "shape": [2]}
    header = {"__metadata__": {"made of": '{"data_offsets": 1}'}}
    header |= {f"name {at}": entry for at in range(count)}
    document, lines = listed(safetensors(header, bytes(2)))
    assert document.words.endswith(f" {count:,} tensors")
    names = [line.split("  ")[0] for line in lines[-min(count, 2_000) :]]
    assert names == [f"name {at}" for at in range(len(names))]
    said = "the first 2,000 are listed, of 4,000 values" if count > 2_000 else "values in all"
    assert sum(said in line for line in lines) == 1
    assert 'metadata made of {"data_offsets": 1}' in lines
    assert len(read[0]) < 200_000


@given(tensors(), st.data())
def test_nothing_that_was_damaged_is_a_crash(made, data):
    header, size = made
    damaged = bytearray(safetensors(header, bytes(size)))
    for _ in range(data.draw(st.integers(1, 4))):
        damaged[data.draw(st.integers(0, len(damaged) - 1))] = data.draw(st.integers(0, 255))
    document, lines = listed(bytes(damaged))
    assert not any(CONTROLS.search(line) for line in lines)
    for index in range(len(lines)):
        if hasattr(document, "nested"):
            document.nested(index)


def test_offsets_beyond_what_came_are_offsets_however_far_they_are():
    entry = {"dtype": "U8", "shape": [2**33], "data_offsets": [2**33, 2**34]}
    document, lines = listed(safetensors({"w": entry}, bytes(8)))
    assert document.words.endswith("1 tensor")
    assert lines[-1].endswith("8,589,934,592 bytes are missing")


def test_one_row_is_made_for_each_tensor(monkeypatch):
    made = []
    make = Row.__init__
    monkeypatch.setattr(Row, "__init__", lambda row, *rest: (made.append(row), make(row, *rest))[1])
    entry = {"dtype": "U8", "shape": [0], "data_offsets": [0, 0]}
    document, lines = listed(safetensors({str(at): entry for at in range(100)}))
    assert len(lines) == document.row_count == len(made)
