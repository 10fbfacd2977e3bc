"""Images become pixels: Pillow decodes and scales, within bounds, and says what it found.

Pillow is imported here alone, and this module by who decodes: 28 ms that no first paint waits
for. Everything here takes long enough for a thread of its own.
"""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass, field
from io import BytesIO
from threading import Lock

from PIL import Image, ImageFile

FORMATS = ("PNG", "JPEG", "GIF", "WEBP")
"""All others stay closed: what has no decoder here has no holes in it either."""
PIXELS_MAX = 40_000_000
"""More are not decoded: they take four bytes each, whatever the file takes."""
_JPEG_PIXELS_MAX = 180_000_000
"""A JPEG can be decoded in an eighth of its size or less; more would take seconds. A progressive
one is held as a whole before it is scaled."""
KEPT_PIXELS = 1_024
"""Of each side, from which an image is scaled again when its room changes."""
_GROUND = 128
"""Lies beneath what is transparent: black and white are both seen on it."""
_SCALED_FIRST = ("L", "LA", "RGB", "RGBA")
"""Modes in which an image can be scaled as it is: all of it, in another mode too, takes up to
sixteen bytes a pixel."""
_BROKEN = (
    OSError,
    SyntaxError,
    ValueError,
    EOFError,
    ArithmeticError,
    LookupError,
    TypeError,
    AttributeError,
    NotImplementedError,
    struct.error,
    zlib.error,
)
"""What Pillow raises over files that are none; it promises no one type."""
_ORIENTATION = 0x0112
"""The tag of EXIF 2.32 (4.6.4 A) that says which way up an image is."""
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_TURNED_WORDS = {
    2: "mirrored",
    3: "turned by 180°",
    4: "mirrored upside down",
    5: "mirrored and turned",
    6: "turned by 90°",
    7: "mirrored and turned",
    8: "turned by 270°",
}
_ON_ITS_SIDE_FROM = 5
"""Orientations from here on have rows for columns."""
# Pillow's own limit would keep the size from being told, and lets more through than is drawn here.
Image.MAX_IMAGE_PIXELS = None
_leniency = Lock()
"""Held while Pillow is told to forgive: it knows that only for all images at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoded:
    """An image, no larger than any terminal shows; or, without one, why there is none."""

    words: str
    """Format, size, mode, frames, and what is wrong with it; drawable."""
    image: Image.Image | None = field(default=None, repr=False)


def decode_image(data: bytes) -> Decoded:
    """Decode the first frame as far as it goes."""
    try:
        with Image.open(BytesIO(data), formats=FORMATS) as image:
            # Nothing else is asked of a large one: the EXIF of a PNG is known when it is decoded.
            words = f"{_size_words(*image.size)} · {image.mode}"
            is_scaled = image.format == "JPEG" and not image.info.get("progressive")
            is_large = _pixels(image) > (_JPEG_PIXELS_MAX if is_scaled else PIXELS_MAX)
            if not is_large:
                words = _words(image)
                image.draft("RGB", (KEPT_PIXELS, KEPT_PIXELS))
            if is_large or _pixels(image) > PIXELS_MAX:
                return Decoded(words=f"{words} · too large to be drawn")
            return _loaded(image, data, words)
    except _BROKEN:
        return Decoded(words="broken: no image can be read")


def scaled(image: Image.Image, width: int, height: int) -> bytes:
    """Return an image scaled to a size in pixels, three bytes each, row by row."""
    small = image.resize(  # pyright: ignore[reportUnknownMemberType] - its sizes may be numpy's
        (width, height), Image.Resampling.BOX
    )
    return small.tobytes()


def _words(image: Image.Image) -> str:
    frames = getattr(image, "n_frames", 1)
    orientation = _orientation(image)
    is_on_its_side = orientation >= _ON_ITS_SIDE_FROM
    width, height = image.size[::-1] if is_on_its_side else image.size
    words = [_size_words(width, height), image.mode]
    if orientation in _TURNS:
        words.append(f"{_TURNED_WORDS[orientation]}, as its EXIF says")
    if frames > 1:
        words.append(f"{frames:,} frames, the first drawn")
    return " · ".join(words)


def _pixels(image: Image.Image) -> int:
    return image.width * image.height


def _size_words(width: int, height: int) -> str:
    return f"{width:,} × {height:,} pixels"


def _orientation(image: Image.Image) -> int:
    """Return which way up an image is, 1 to 8 by EXIF; 1, upright, if nothing can be read."""
    try:
        found: object = image.getexif().get(_ORIENTATION, 1)
    except _BROKEN:
        return 1
    return found if isinstance(found, int) and found in _TURNS else 1


def _loaded(image: Image.Image, data: bytes, words: str) -> Decoded:
    try:
        image.load()
    except _BROKEN:
        return _loaded_as_far_as_it_goes(data, f"{words} · broken, drawn as far as it goes")
    return Decoded(words=words, image=_kept(image))


def _loaded_as_far_as_it_goes(data: bytes, words: str) -> Decoded:
    with _leniency:
        ImageFile.LOAD_TRUNCATED_IMAGES = True
        try:
            with Image.open(BytesIO(data), formats=FORMATS) as image:
                image.draft("RGB", (KEPT_PIXELS, KEPT_PIXELS))
                image.load()
                return Decoded(words=words, image=_kept(image))
        finally:
            ImageFile.LOAD_TRUNCATED_IMAGES = False


def _kept(image: Image.Image) -> Image.Image:
    """Return an image in RGB, upright, at most `KEPT_PIXELS` on each side."""
    turn = _TURNS.get(_orientation(image))
    if image.mode in _SCALED_FIRST and "transparency" not in image.info:
        image.thumbnail((KEPT_PIXELS, KEPT_PIXELS))
    flat = _flat(image)
    flat.thumbnail((KEPT_PIXELS, KEPT_PIXELS))
    return flat if turn is None else flat.transpose(turn)


def _flat(image: Image.Image) -> Image.Image:
    if image.mode.startswith(("I", "F")):
        return _stretched(image).convert("RGB")
    if "A" not in image.getbands() and "transparency" not in image.info:
        return image.convert("RGB")
    over = image.convert("RGBA")
    ground = Image.new("RGBA", over.size, (_GROUND, _GROUND, _GROUND, 255))
    return Image.alpha_composite(ground, over).convert("RGB")


def _stretched(image: Image.Image) -> Image.Image:
    """Return grey of more than 8 bits, its darkest as black and its brightest as white."""
    deep = image.convert("F")
    low, high = deep.getextrema()
    if isinstance(low, tuple) or isinstance(high, tuple):
        return deep.convert("L")
    factor = 255 / max(high - low, 1e-9)
    return deep.point(  # pyright: ignore[reportUnknownMemberType] - its tables may be numpy's
        lambda grey: grey * factor - low * factor
    ).convert("L")
