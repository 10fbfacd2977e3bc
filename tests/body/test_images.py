"""The image lens, against pictures that Pillow and the demo's own encoder wrote."""

import struct
import zlib
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import ExifTags, Image, ImageOps

from tests.body.laying_out import recognised, rows_of
from tui.body.binary.image_decoding import KEPT_PIXELS, PIXELS_MAX, decode_image
from tui.body.binary.image_document import fitted_size
from tui.body.binary.pictured import Room
from tui.body.lenses import IMAGE, lenses_for, open_document
from tui.demo.models.png import to_png

ROOM = Room(width_cells=40, height_rows=10)
FORMATS = ("PNG", "JPEG", "GIF", "WEBP")


def saved(image, kind, **options):
    written = BytesIO()
    image.save(written, kind, **options)
    return written.getvalue()


def drawn(data, room=ROOM):
    return open_document(*recognised(data, "image/png"), IMAGE).drawn_for(room)


@pytest.mark.parametrize("kind", FORMATS)
def test_images_are_drawn_whole_and_told_by_format_size_mode_and_bytes(kind):
    data = saved(Image.radial_gradient("L").resize((120, 60)).convert("RGB"), kind)
    assert lenses_for(*recognised(data, None))[0] == IMAGE
    document = drawn(data)
    name = {"WEBP": "WebP"}.get(kind, kind)
    assert document.words.startswith(f"{name} image · 120 × 60 pixels · ")
    assert document.words.endswith(f" · {len(data):,} bytes")
    assert document.row_count == 10
    assert {len(row.text) for row in rows_of(document)} == {40}


@given(st.integers(1, 30), st.integers(1, 18), st.data())
def test_an_image_that_fits_is_drawn_pixel_for_pixel(width, height, data):
    pixels = data.draw(st.binary(min_size=3 * width * height, max_size=3 * width * height))
    rows = rows_of(drawn(to_png(pixels, width, height)))
    halves = [
        (row.pixels[6 * at + 3 * half :][:3])
        for row in rows
        for half in (0, 1)
        for at in range(width)
    ]
    if height % 2 == 0:
        assert b"".join(halves) == pixels
    assert len(halves) == width * (height + height % 2)
    assert all(len(row.text) == len(row.source) == width for row in rows)


@given(
    st.integers(1, 70_000),
    st.integers(1, 70_000),
    st.builds(Room, width_cells=st.integers(1, 300), height_rows=st.integers(1, 90)),
)
def test_images_of_any_shape_are_as_wide_as_the_room_at_most(width, height, room):
    drawn_width, drawn_height = fitted_size(width, height, room)
    assert 1 <= drawn_width <= min(width, room.width_cells)
    assert drawn_height % 2 == 0
    assert 2 <= drawn_height <= height + 1
    assert drawn_width <= 20 or drawn_height <= 2 * room.height_rows


@given(
    st.integers(1, 8),
    st.integers(1, 12),
    st.integers(1, 12),
    st.sampled_from(("PNG", "WEBP")),
    st.data(),
)
def test_an_image_is_drawn_upright_as_its_exif_says(orientation, width, height, kind, data):
    pixels = data.draw(st.binary(min_size=3 * width * height, max_size=3 * width * height))
    image = Image.frombytes("RGB", (width, height), pixels)
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = orientation
    body = saved(image, kind, exif=exif.tobytes(), lossless=True)
    decoded = decode_image(body)
    upright = ImageOps.exif_transpose(Image.open(BytesIO(body)))
    assert (decoded.image.size, decoded.image.tobytes()) == (upright.size, upright.tobytes())
    assert decoded.words.startswith(f"{upright.width} × {upright.height} pixels")
    assert ("EXIF" in decoded.words) == (orientation != 1)


@pytest.mark.filterwarnings("ignore:Corrupt EXIF data")
@pytest.mark.parametrize("exif", [b"Exif\0\0MM", b"Exif\0\0II*\0\xff\xff\xff\xff", b"x" * 40])
def test_broken_exif_leaves_an_image_as_it_lies(exif):
    decoded = decode_image(saved(Image.new("RGB", (8, 4)), "JPEG", exif=exif))
    assert decoded.words == "8 × 4 pixels · RGB"
    assert decoded.image.size == (8, 4)


@pytest.mark.parametrize("kind", FORMATS)
@given(data=st.data())
def test_broken_images_are_drawn_as_far_as_they_go_or_told(kind, data):
    whole = saved(Image.radial_gradient("L").resize((30, 20)).convert("RGB"), kind)
    cut = data.draw(st.integers(12, len(whole)))
    flips = data.draw(
        st.lists(
            st.tuples(st.integers(12, len(whole) - 1), st.binary(min_size=1, max_size=4)),
            max_size=4,
        )
    )
    broken = bytearray(whole)
    for at, noise in flips:
        broken[at : at + len(noise)] = noise
    document = drawn(bytes(broken[:cut]))
    assert document.row_count >= 1
    assert f"{len(broken[:cut]):,} bytes" in document.words


def test_half_a_png_shows_its_upper_half():
    pixels = bytes(range(250)) * 3 * 160
    data = to_png(pixels, 250, 160)
    decoded = decode_image(data[: len(data) // 2])
    assert "broken, drawn as far as it goes" in decoded.words
    assert decoded.image.crop((0, 0, 250, 10)).tobytes() == pixels[: 3 * 250 * 10]


@pytest.mark.parametrize("side", [int(PIXELS_MAX**0.5) + 1, 10_000, 60_000, 2**31 - 1])
def test_an_image_of_too_many_pixels_is_told_and_not_decoded(side):
    header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    chunks = [(b"IHDR", header), (b"IDAT", zlib.compress(b"")), (b"IEND", b"")]
    data = b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        for kind, body in chunks
    )
    assert decode_image(data).words == f"{side:,} × {side:,} pixels · RGB · too large to be drawn"
    assert drawn(data).row_count == 1


@pytest.mark.parametrize(
    ("kind", "at", "size"),
    [
        ("GIF", 6, struct.pack("<HH", 65_000, 50_000)),
        ("JPEG", None, struct.pack(">HH", 50_000, 65_000)),
    ],
)
def test_how_large_an_image_is_that_is_too_large_is_told(kind, at, size):
    data = bytearray(saved(Image.new("RGB", (8, 8)), kind))
    at = data.index(b"\xff\xc0") + 5 if at is None else at
    data[at : at + len(size)] = size
    words = drawn(bytes(data)).words
    assert words.startswith(f"{kind} image · 65,000 × 50,000 pixels · ")
    assert words.endswith(f" · too large to be drawn · {len(data):,} bytes")


@pytest.mark.parametrize(("progressive", "marker"), [(False, b"\xff\xc0"), (True, b"\xff\xc2")])
def test_a_large_jpeg_is_drawn_unless_all_of_it_must_be_held_first(progressive, marker):
    file = BytesIO()
    Image.new("RGB", (8, 8)).save(file, "JPEG", progressive=progressive)
    data = bytearray(file.getvalue())
    at = data.index(marker) + 5
    data[at : at + 4] = struct.pack(">HH", 8_000, 8_000)
    assert decode_image(bytes(data)).words.endswith("too large to be drawn") is progressive


def test_frames_are_counted_and_the_first_is_drawn():
    frames = [Image.new("RGB", (8, 8), colour) for colour in ("red", "green", "blue")]
    document = drawn(saved(frames[0], "GIF", save_all=True, append_images=frames[1:]))
    assert "3 frames, the first drawn" in document.words
    assert rows_of(document)[0].pixels[:3] == b"\xff\x00\x00"


def test_what_is_transparent_is_drawn_on_grey():
    data = saved(Image.new("RGBA", (4, 4), (255, 0, 0, 0)), "PNG")
    assert set(b"".join(row.pixels for row in rows_of(drawn(data)))) == {128}


@pytest.mark.parametrize(
    ("mode", "left", "right", "drawn_as"),
    [
        ("RGBA", (255, 0, 0, 255), (0, 255, 0, 0), [(255, 0, 0), (128, 128, 128)]),
        ("RGBA", (255, 0, 0, 128), (0, 0, 255, 128), [(192, 64, 64), (64, 64, 192)]),
        ("LA", (255, 255), (0, 0), [(255, 255, 255), (128, 128, 128)]),
        ("L", 200, 10, [(200, 200, 200), (10, 10, 10)]),
        ("RGB", (1, 2, 3), (250, 251, 252), [(1, 2, 3), (250, 251, 252)]),
        ("P", 7, 9, [(7, 7, 7), (9, 9, 9)]),
    ],
)
def test_a_large_image_is_drawn_in_the_colours_of_a_small_one(mode, left, right, drawn_as):
    for width in (8, 4 * KEPT_PIXELS):
        image = Image.new(mode, (width, 64), left)
        image.paste(right, (width // 2, 0, width, 64))
        if mode == "P":
            image.putpalette([grey for grey in range(256) for _ in "rgb"])
        kept = decode_image(saved(image, "PNG")).image
        at_ends = [kept.getpixel((column, 0)) for column in (0, kept.width - 1)]
        for pixel, expected in zip(at_ends, drawn_as, strict=True):
            assert pixel == pytest.approx(expected, abs=2)


def test_grey_of_sixteen_bits_is_stretched_from_black_to_white():
    deep = Image.new("I;16", (2, 2), 1_000)
    deep.putpixel((1, 1), 3_000)
    pixels = b"".join(row.pixels for row in rows_of(drawn(saved(deep, "PNG"))))
    assert (min(pixels), max(pixels)) == (0, 255)


def test_a_picture_is_copied_as_characters_by_brightness():
    row = b"\x00\x00\x00" * 2 + b"\x80\x80\x80" * 2 + b"\xff\xff\xff" * 2
    assert [each.source for each in rows_of(drawn(to_png(row * 2, 6, 2)))] == ["  ++@@"]
