"""What is told of bytes that nothing shows better, and what can be unpacked."""

import gzip
import struct
import wave
import zlib
from io import BytesIO
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.body.laying_out import recognised, rows_of
from tests.body.test_documents import CONTROLS
from tui.body.binary import packed
from tui.body.lenses import ABOUT, HEX, RAW, lenses_for, open_document
from tui.body.shown_body import ShownBody

BEGINNINGS = (b"RIFF\x24\0\0\0WAVE", b"PK\x03\x04", b"\x1f\x8b\x08\0", b"%PDF-1.7", b"\x80\x04\x95")


def about(data, content_type=None):
    document = open_document(*recognised(data, content_type), ABOUT)
    return document, [row.text for row in rows_of(document)]


@pytest.mark.parametrize(
    ("begin", "name"),
    [
        (b"%PDF-1.7\n", "PDF"),
        (b"PAR1", "Parquet"),
        (b"ID3\x04\0", "MP3 audio"),
        (b"OggS\0", "Ogg audio"),
        (b"fLaC\0", "FLAC audio"),
        (b"\x0a\x23\xd7\xce\x08\0\0\0", "recordio-protobuf"),
        (b"\x89HDF\r\n\x1a\n", "HDF5"),
        (b"\x80\x04\x95\x10\0", "Python pickle"),
    ],
)
def test_what_is_known_by_its_first_bytes_is_told_first(begin, name):
    data = begin + bytes(100)
    assert lenses_for(*recognised(data, "application/octet-stream")) == (ABOUT, HEX, RAW)
    document, lines = about(data, "application/octet-stream")
    assert document.words == f"{name} · {len(data)} bytes"
    assert any("application/octet-stream" in line for line in lines)
    assert "w writes it" in lines[-1]


def test_messages_of_an_event_stream_of_aws_are_told_by_their_checksum():
    prelude = struct.pack(">II", 60, 20)
    data = prelude + struct.pack(">I", zlib.crc32(prelude)) + bytes(48)
    document, _ = about(data, "application/vnd.amazon.eventstream")
    assert document.words == "Amazon event stream · 60 bytes"
    assert lenses_for(*recognised(data, None))[0] == ABOUT
    assert lenses_for(*recognised(prelude + bytes(52), None))[0] == HEX


def test_bytes_of_no_known_kind_are_shown_in_hexadecimal_first():
    assert lenses_for(*recognised(bytes(range(256)), None)) == (HEX, ABOUT, RAW)


@pytest.mark.parametrize(("channels", "width", "rate"), [(1, 2, 16_000), (2, 1, 44_100)])
def test_a_sound_is_told_by_channels_rate_bits_and_duration(channels, width, rate):
    written = BytesIO()
    with wave.open(written, "wb") as sound:
        sound.setnchannels(channels)
        sound.setsampwidth(width)
        sound.setframerate(rate)
        sound.writeframes(bytes(channels * width * rate // 4))
    _, lines = about(written.getvalue(), "audio/wav")
    plural = "s" * (channels > 1)
    expected = f"PCM · {channels} channel{plural} · {rate:,} Hz · {8 * width} bits · 0.25 s"
    assert lines[1].split(maxsplit=1)[1] == expected
    _, lines = about(written.getvalue()[:-100], "audio/wav")
    assert lines[1].endswith("cut short")


@given(st.binary(max_size=3000), st.integers(0, 3000))
def test_gzip_is_unpacked_as_far_as_it_goes(data, cut):
    whole = gzip.compress(data) + gzip.compress(b"more")
    document, _ = about(whole)
    assert document.nested(0) == ShownBody(data + b"more", None)
    document, _ = about(whole[: max(4, cut)])
    opened = document.nested(0)
    assert opened is None or (data + b"more").startswith(opened.data)
    is_cut_between = cut == len(gzip.compress(data))
    assert opened is None or opened.is_cut == (cut < len(whole) and not is_cut_between)


def test_what_comes_behind_gzip_is_no_part_of_it():
    document, _ = about(gzip.compress(b"hello") + b"no gzip")
    assert document.nested(0) == ShownBody(b"hello", None)


def test_a_bomb_is_unpacked_within_bounds(monkeypatch):
    monkeypatch.setattr(packed, "UNPACKED_BYTES_MAX", 3_000_000)
    packer = zlib.compressobj(9, wbits=31)
    bomb = b"".join(packer.compress(bytes(1 << 20)) for _ in range(8)) + packer.flush()
    assert packed.unpack_gzip(bomb) == ShownBody(bytes(3_000_000), None, is_cut=True)
    written = BytesIO()
    with ZipFile(written, "w") as archive:
        archive.writestr("zeros", bytes(4_000_000))
    assert packed.unpack_member(written.getvalue(), "zeros").is_cut


@pytest.mark.parametrize(
    ("behind", "is_cut"),
    [(gzip.compress(b"more"), True), (bytes(9), False)],
    ids=["gzip", "zeros"],  # a stream of gzip says when it was made
)
def test_what_is_packed_behind_all_that_is_unpacked_makes_it_cut(monkeypatch, behind, is_cut):
    monkeypatch.setattr(packed, "UNPACKED_BYTES_MAX", 1_000)
    unpacked = packed.unpack_gzip(gzip.compress(bytes(999)) + gzip.compress(b"1") + behind)
    assert unpacked == ShownBody(bytes(999) + b"1", None, is_cut=is_cut)


def test_an_archive_with_an_endless_list_is_not_listed():
    written = BytesIO()
    with ZipFile(written, "w") as archive:
        for number in range(2_000):
            archive.writestr(f"{number:0100}", b"")
    _, lines = about(written.getvalue())
    assert any("none can be listed" in line for line in lines)


@given(st.sampled_from(BEGINNINGS), st.binary(max_size=400))
def test_nothing_that_only_begins_as_something_is_a_crash(begin, rest):
    document, lines = about(begin + rest)
    assert lines
    assert not any(CONTROLS.search(line) for line in lines)
    if hasattr(document, "nested"):
        document.nested(0)


@given(st.data())
def test_a_damaged_archive_is_survived(data):
    written = BytesIO()
    with ZipFile(written, "w") as archive:
        archive.writestr("a.npy", b"\x93NUMPY\x01\0")
        archive.writestr("b", b"some text")
    damaged = bytearray(written.getvalue())
    for _ in range(data.draw(st.integers(1, 4))):
        damaged[data.draw(st.integers(4, len(damaged) - 1))] = data.draw(st.integers(0, 255))
    document, lines = about(bytes(damaged))
    assert lines
    for index in range(len(lines)):
        if hasattr(document, "nested"):
            document.nested(index)
