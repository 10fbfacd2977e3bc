"""The npy lens, against arrays written out by the format's own description."""

import struct
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.body.laying_out import recognised, rows_of
from tests.body.test_documents import CONTROLS
from tui.body.binary.npy_header import MAGIC, NpyBroken, read_npy_header
from tui.body.lenses import ABOUT, NPY, lenses_for, open_document

FORMATS = {"b1": "?", "i2": "h", "i8": "q", "u4": "I", "f2": "e", "f4": "f", "f8": "d"}


def npy(descr, shape, values, *, version=1, is_fortran=False):
    text = repr({"descr": descr, "fortran_order": is_fortran, "shape": shape}).encode() + b"\n"
    length = struct.pack("<H" if version == 1 else "<I", len(text))
    return MAGIC + bytes((version, 0)) + length + text + values


def lines_of(data):
    document = open_document(*recognised(data, "application/x-npy"), NPY)
    return document, [row.text for row in rows_of(document)]


@given(
    st.sampled_from(sorted(FORMATS)),
    st.sampled_from("<>"),
    st.integers(1, 3),
    st.lists(st.integers(0, 1), min_size=6, max_size=6),
)
def test_values_are_spelt_whatever_their_type_order_and_version(kind, order, version, values):
    packed = struct.pack(f"{order}6{FORMATS[kind]}", *values)
    document, lines = lines_of(npy(f"{order}{kind}", (2, 3), packed, version=version))
    word = {"0": 0, "1": 1, "False": 0, "True": 1}
    assert [word[each] for line in lines[-2:] for each in line.split()[1:]] == values
    assert lines[-1].split()[0] == "[1]"
    assert "2 × 3" in document.words
    assert f"version {version}.0" in lines[3]


def test_complex_numbers_and_strings_are_spelt():
    _, lines = lines_of(npy("<c8", (2,), struct.pack("<4f", 1, -2, 0.5, 3)))
    assert lines[-1].split()[1:] == ["1-2j", "0.5+3j"]
    _, lines = lines_of(npy("<U3", (2,), "ab\0\u202ecd".encode("utf-32-le")))
    assert lines[-1].split()[1:] == ["'ab'", "'\\u202ecd'"]
    _, lines = lines_of(npy("|S2", (2,), b"a\0\x1bb"))
    assert lines[-1].split()[1:] == ["b'a'", "b'\\x1bb'"]


def test_values_in_the_order_of_fortran_are_shown_along_the_last_axis():
    data = npy("<i2", (2, 3), struct.pack("<6h", 0, 10, 1, 11, 2, 12), is_fortran=True)
    _, lines = lines_of(data)
    assert [line.split()[1:] for line in lines[-2:]] == [["0", "1", "2"], ["10", "11", "12"]]
    assert any("first axis" in line for line in lines)


def test_least_greatest_mean_and_nan_are_told():
    values = struct.pack("<4d", 1.0, float("nan"), 4.0, 1.0)
    _, lines = lines_of(npy("<f8", (4,), values))
    assert "least 1 · greatest 4 · mean 2 · 1 NaN" in lines[4]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (MAGIC, "cut short"),
        (MAGIC + b"\x09\0" + bytes(9), "version 9.0"),
        (MAGIC + b"\x02\0\xff\xff\xff\xff", "4,294,967,295 bytes"),
        (npy("<f4", (2, -1), b""), "shape"),
        (npy("<f4", (2**70,), b""), "shape"),
        (npy("<f4", [2], b""), "fortran_order"),
        (MAGIC + b"\x01\0\x02\0[]", "dictionary"),
        (MAGIC + b"\x01\0\x02\0{(", "literal"),
    ],
)
def test_a_broken_header_is_told(data, words):
    document, lines = lines_of(data)
    assert words in document.words
    assert "header is broken" in lines[0]


@pytest.mark.parametrize(
    ("dtype", "words"), [("<f4", "float32 (<f4)"), ("|O", "|O"), ("<U3", "<U3")]
)
def test_a_dtype_is_spelt_once_where_it_has_no_other_name(dtype, words):
    _, lines = lines_of(npy(dtype, (1,), bytes(12)))
    assert lines[0].split(maxsplit=1) == ["dtype", words]


def test_bytes_that_are_missing_are_counted():
    _, lines = lines_of(npy("<f4", (3,), bytes(8)))
    assert "4 bytes are missing" in lines[4]


def test_a_structured_dtype_is_told_though_its_values_are_not_read():
    document, lines = lines_of(npy([("a", "<f4"), ("b", "|O")], (3,), bytes(8)))
    assert "('a', '<f4')" in document.words
    assert "not read here" in lines[-1]


@given(st.binary(max_size=300), st.binary(max_size=60))
@example(b"{'descr': '<f8', 'fortran_order': False, 'shape': (" + b"200," * 70 + b")}", b"")
@example(b"{'descr': '<f8', 'fortran_order': False, 'shape': (0, 9223372036854775807)}", b"")
@example(b"{'descr': '<U999999999', 'fortran_order': True, 'shape': ()}", b"abc")
@example(b"{'descr': '\\x1b[31m', 'fortran_order': True, 'shape': (1,)}", b"abc")
@example(b"(" * 300, b"")
def test_no_header_of_any_bytes_is_a_crash_or_reaches_the_terminal(text, values):
    data = MAGIC + b"\x01\0" + struct.pack("<H", len(text)) + text + values
    _, lines = lines_of(data)
    assert lines
    assert not any(CONTROLS.search(line) for line in lines)


def test_an_npz_lists_its_arrays_and_opens_one():
    written = BytesIO()
    array = npy("<f4", (2, 2), struct.pack("<4f", 1, 2, 3, 4))
    with ZipFile(written, "w", ZIP_DEFLATED) as archive:
        archive.writestr("weights.npy", array)
        archive.writestr("notes\x1b.txt", b"hello")
    body, found = recognised(written.getvalue(), None)
    assert lenses_for(body, found)[0] == ABOUT
    document = open_document(body, found, ABOUT)
    lines = [row.text for row in rows_of(document)]
    assert "float32 · 2 × 2" in lines[-2]
    assert not CONTROLS.search(lines[-1])
    assert document.nested(len(lines) - 2).data == array
    assert document.nested(len(lines) - 1).data == b"hello"
    assert document.nested(0) is None


def test_a_header_of_python_that_does_something_is_not_run():
    text = b"__import__('os').getpid()"
    with pytest.raises(NpyBroken):
        read_npy_header(MAGIC + b"\x01\0" + struct.pack("<H", len(text)) + text)
