"""Text that is not in UTF-8, made into it: as a whole, or a slice at a time between frames.

A megabyte takes 4 ms in an encoding of one byte a letter, 10 ms in some of those of East Asia,
and no other thread gets its turn before a slice is done.
"""

from __future__ import annotations

import codecs
from io import BytesIO
from typing import TYPE_CHECKING

from tui.body.pieces import let_others_run

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tui.body.growing import Bytes
    from tui.body.pieces import Pieces

_SLICE_BYTES = 64 * 1024


class SliceDecoder:
    """Makes one slice after another into text; what is none becomes replacement characters.

    Args:
        encoding: the name of its codec.
        errors: what else becomes of what is no text, as `bytes.decode` has it.
    """

    def __init__(self, encoding: str, errors: str = "replace") -> None:
        self._decoder = codecs.getincrementaldecoder(encoding)(errors)

    def decode(self, data: Bytes, *, is_last: bool = False) -> str:
        """Return the text of what comes next; unless it is the last, a character may go on."""
        before = self._decoder.getstate()
        try:
            return self._decoder.decode(data, is_last)
        except UnicodeError:
            # Those of ISO 2022 keep eight bytes of an escape at most; no right one has so many.
            self._decoder.setstate(before)
            return self._decoder.decode(data, final=True)


class Decoding:
    """The text of some bytes, in slices; what is no text becomes replacement characters.

    Args:
        data: in another encoding than UTF-8.
        encoding: the name of its codec.
    """

    def __init__(self, data: bytes, encoding: str) -> None:
        self._data = data
        self._decoder = SliceDecoder(encoding)
        self._text = BytesIO()
        self._position = 0

    @property
    def is_complete(self) -> bool:
        """Whether all is decoded."""
        return self._position >= len(self._data)

    @property
    def progress(self) -> float:
        """How much is decoded, 0 to 1."""
        return self._position / max(1, len(self._data))

    @property
    def text(self) -> bytes:
        """What is decoded so far, in UTF-8."""
        return self._text.getvalue()  # its very buffer: nothing is copied

    def advance(self, budget_bytes: int = _SLICE_BYTES) -> None:
        """Decode about so many bytes more."""
        end = self._position + budget_bytes
        is_last = end >= len(self._data)
        text = self._decoder.decode(self._data[self._position : end], is_last=is_last)
        self._text.write(text.encode("utf-8", "replace"))
        self._position = end


def as_utf8(data: bytes, encoding: str) -> bytes:
    """Return all of a text in UTF-8."""
    decoding = Decoding(data, encoding)
    while not decoding.is_complete:
        decoding.advance()
    return decoding.text


def as_pieces(data: Bytes, encoding: str | None, *, errors: str = "replace") -> Pieces:
    """Return all of a text, in UTF-8 if no encoding is named.

    Any thread may call: others get their turn meanwhile.
    """
    return in_pieces(sliced(data, len(data)), encoding, errors=errors)


def in_pieces(slices: Iterable[Bytes], encoding: str | None, *, errors: str = "replace") -> Pieces:
    """Return the same of bytes that are in slices already."""
    return tuple(_pieces(slices, SliceDecoder(encoding or "utf-8", errors)))


def as_utf8_slices(slices: Iterable[Bytes], encoding: str) -> Iterator[bytes]:
    """Yield a text in UTF-8; any thread may go on, others get their turn meanwhile."""
    for text in _pieces(slices, SliceDecoder(encoding)):
        yield text.encode("utf-8", "replace")


def sliced(data: Bytes, size_bytes: int) -> Iterator[Bytes]:
    """Yield so many bytes from the beginning on, in slices; there may be more of them by now."""
    for start in range(0, size_bytes, _SLICE_BYTES):
        yield data[start : min(start + _SLICE_BYTES, size_bytes)]


def _pieces(slices: Iterable[Bytes], decoder: SliceDecoder) -> Iterator[str]:
    last: Bytes | None = None
    for data in slices:
        if last is not None:
            yield decoder.decode(last)
            let_others_run()
        last = data
    if last is not None:
        yield decoder.decode(last, is_last=True)
