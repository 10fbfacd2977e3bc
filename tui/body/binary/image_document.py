"""Images in half blocks: each cell shows two pixels, one above the other.

    ImageDocument ──drawn_for(room), in a thread──▶ ImageDocument of that room ──▶ rows

A row's text is the same block over and over, its colours are beside it; its source is the image in
characters by brightness, which is what is copied, and drawn where there are too few colours.
"""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

from tui.body.lens import Fit
from tui.body.rows import Row
from tui.body.told_document import ToldDocument, told

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tui.body.binary.image_decoding import Decoded
    from tui.body.binary.pictured import Room
    from tui.body.kinds import Recognised
    from tui.body.rows import Document
    from tui.body.shown_body import ShownBody

_HALF_BLOCK = "▀"
_BY_BRIGHTNESS = " .:-=+*#%@"
_WIDTH_CELLS_MIN = 20
"""Taller images than fit are not made narrower than this, but scrolled."""
_IMAGE_BEGINS = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF87a", b"GIF89a")


class ImageDocument(ToldDocument):
    """An image; a line that says so until it is drawn for a room."""

    def __init__(
        self,
        data: bytes,
        name: str,
        *,
        decoded: Decoded | None = None,
        room: Room | None = None,
    ) -> None:
        said = decoded.words if decoded is not None else "being drawn"
        words = f"{name} · {said} · {len(data):,} bytes"
        rows = [told((words, ""))]
        if decoded is not None and decoded.image is not None and room is not None:
            rows = list(_picture(decoded, room))
        super().__init__(rows, words)
        self._body, self._name = data, name
        self._decoded, self._room = decoded, room

    def is_drawn_for(self, room: Room) -> bool:
        """Whether nothing would look different in that room."""
        return self._room == room

    def drawn_for(self, room: Room) -> Document:
        """Decode the image, unless that is done, and scale it to the room."""
        # Here, where it is a thread that waits for Pillow.
        from tui.body.binary.image_decoding import decode_image

        decoded = self._decoded or decode_image(self._body)
        return ImageDocument(self._body, self._name, decoded=decoded, room=room)


def fit_image(body: ShownBody, _found: Recognised) -> Fit:
    """Say whether a body begins as an image does, whatever it is called."""
    is_webp = body.data[:4] == b"RIFF" and body.data[8:12] == b"WEBP"
    is_image = is_webp or body.data.startswith(_IMAGE_BEGINS)
    return Fit.MADE_FOR_IT if is_image else Fit.NONE


def open_image(body: ShownBody, found: Recognised, _row_bytes: int) -> Document:
    """Open an image; nothing is decoded before it is drawn for a room."""
    return ImageDocument(body.data, found.name)


def fitted_size(width: int, height: int, room: Room) -> tuple[int, int]:
    """Return the size in pixels that an image is drawn in: whole, and no larger than it is.

    A cell is one pixel wide and two high, so that the height comes out even.
    """
    narrowest = min(_WIDTH_CELLS_MIN, room.width_cells)
    by_height = max(2 * room.height_rows / height, narrowest / width)
    scale = min(1.0, room.width_cells / width, by_height)
    drawn_rows = max(1, ceil(height * scale / 2 - 1e-6))
    return max(1, min(room.width_cells, round(width * scale))), 2 * drawn_rows


def _picture(decoded: Decoded, room: Room) -> Iterator[Row]:
    from tui.body.binary.image_decoding import scaled

    if decoded.image is None:
        return
    width, height = fitted_size(*decoded.image.size, room)
    pixels = scaled(decoded.image, width, height)
    stride = 3 * width
    for top in range(0, height * stride, 2 * stride):
        yield _row(pixels[top : top + stride], pixels[top + stride : top + 2 * stride])


def _row(upper: bytes, lower: bytes) -> Row:
    starts = range(0, len(upper), 3)
    pixels = b"".join(upper[at : at + 3] + lower[at : at + 3] for at in starts)
    characters = "".join(_character(pixels[2 * at : 2 * at + 6]) for at in starts)
    text = _HALF_BLOCK * len(starts)
    return Row(text, characters, runs=((0, 0, len(text)),), pixels=pixels)


def _character(pair: bytes) -> str:
    """Return the character that is as bright as two pixels; weights of ITU-R BT.601."""
    red, green, blue = (pair[at] + pair[at + 3] for at in range(3))
    brightness = (299 * red + 587 * green + 114 * blue) // 2_000
    return _BY_BRIGHTNESS[brightness * len(_BY_BRIGHTNESS) // 256]
