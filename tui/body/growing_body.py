"""A body that has not come as a whole yet, and how it is looked at meanwhile.

What it is is told by what came first, and settled once all has come. Until then it can be looked
at as text, JSON, XML, HTML, events or bytes; what needs all of it, such as a table, waits.

    append ──▶ pieces ──take_in──▶ document, a `Growing` one
    finish ──▶ settled: the ShownBody that it has become

Nothing is done with all that came at once, but to copy it where somebody wants it as it is: half a
gigabyte a second is decoded of UTF-16, and a terminal's frame is over after eight megabytes.
"""

from __future__ import annotations

from collections import deque
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING, TypeAlias

from tui.body.decoding import SliceDecoder, as_utf8_slices, in_pieces, sliced
from tui.body.events.folding import FoldingEvents
from tui.body.growing import grown
from tui.body.hex_document import HexDocument
from tui.body.json.folding import FoldingJson
from tui.body.json.lines_layout import spans_lines
from tui.body.kinds import (
    EVENT_STREAM,
    LOOKED_AT_BYTES,
    Kind,
    is_html,
    is_json_lines,
    is_xml,
    recognise,
)
from tui.body.lenses import HEX, PRETTY, RAW, open_document
from tui.body.rows import ROW_BYTES
from tui.body.shown_body import ShownBody
from tui.body.text_document import TextDocument

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tui.body.growing import Bytes
    from tui.body.kinds import Recognised
    from tui.body.markup.folding import FoldingMarkup
    from tui.body.pieces import Pieces

GrowingDocument: TypeAlias = (
    "TextDocument | FoldingEvents | FoldingJson | FoldingMarkup | HexDocument"
)

_TAKEN_BYTES_MAX = 1_000_000
"""More is not given to a document at once, unless it came as one piece."""
_DECODED_BYTES_MAX = 1_000_000
"""More is not decoded at once: some 3 ms."""


class GrowingBody:
    """What has come of a body so far, and the document that shows it.

    Args:
        content_type: the header's value as it came, with its parameters; None if there was none.
        is_followed: whether its end is to be seen as it comes, rather than its beginning.
    """

    def __init__(self, content_type: str | None, *, is_followed: bool = True) -> None:
        self.content_type = content_type
        self.is_followed = is_followed
        self.size_bytes = 0
        self._whole: ShownBody | None = None
        self.found = recognise(ShownBody(b"", content_type))
        """What it is, as far as can be told."""
        self._looked_at_bytes = 0
        self._taken: Bytes = bytearray()
        """What the document has; it grows in place, and is the very bytes of the document's."""
        self._pieces: deque[bytes] = deque()
        """What came behind that."""
        self._joined: bytes | None = None
        """All of it, until more comes."""
        self._document: GrowingDocument | None = None
        self._decoded: Decoded | None = None
        """The text of it, if that is in another encoding than UTF-8."""

    @property
    def data(self) -> bytes:
        """All that came so far; put together once for as long as nothing more comes."""
        if self._joined is None:
            self._joined = b"".join((self._taken, *self._pieces))
        return self._joined

    @property
    def is_finished(self) -> bool:
        """Whether nothing comes any more."""
        return self._whole is not None

    def append(self, data: bytes) -> None:
        """Take in what came next."""
        if data:
            self._pieces.append(data)
            self._joined = None
            self.size_bytes += len(data)

    def finish(self) -> ShownBody:
        """Take in that nothing comes any more; return what it has become."""
        if self._whole is None:
            self._document = self._decoded = None
            self._whole = ShownBody(self.data, self.content_type)
            self._taken = self._whole.data
            self._pieces.clear()
        return self._whole

    def making_text(self) -> Callable[[], Pieces]:
        """Return what makes the text of all that came so far; any thread may call it, once."""
        return partial(in_pieces, self.slices(), self.found.encoding)

    def slices(self) -> Iterator[Bytes]:
        """Return what goes through all that came so far, once, on any thread.

        What came stays where it is, whatever comes behind it meanwhile.
        """
        behind = [sliced(piece, len(piece)) for piece in self._pieces]
        return chain(sliced(self._taken, len(self._taken)), *behind)

    def look(self) -> bool:
        """See what it is by what came since; true if that is not what it was taken for."""
        if self._looked_at_bytes == self.size_bytes or self._looked_at_bytes >= LOOKED_AT_BYTES:
            return False
        self._looked_at_bytes = self.size_bytes
        before = self.found
        self.found = recognise(ShownBody(self._head(), self.content_type), is_whole=False)
        return _kind_of(before) != _kind_of(self.found)

    def _head(self) -> bytes:
        """Return what tells what it is; all of a large body takes a frame to put together."""
        head = self._taken[:LOOKED_AT_BYTES]
        for piece in self._pieces:
            if len(head) >= LOOKED_AT_BYTES:
                break
            head += piece[: LOOKED_AT_BYTES - len(head)]
        return bytes(head)

    @property
    def lenses(self) -> tuple[str, ...]:
        """The ways to look at it while more may come, the best one first."""
        if self.found.kind is Kind.EMPTY:
            return ()
        return (HEX, RAW) if self.found.kind is Kind.BYTES else (PRETTY, RAW, HEX)

    def open(self, lens: str, *, row_bytes: int = ROW_BYTES) -> GrowingDocument:
        """Begin to lay out what was shown so far; from now on `take_in` is about this document."""
        found = self.found
        if self._document is None:
            self.take_in()
        self._document = None
        if self._decoded is None or self._decoded.encoding != found.encoding:
            self._decoded = None if found.encoding is None else Decoded(found.encoding)
            self._decode()
        is_text = lens != HEX and self._decoded is not None
        text = self._decoded.text if is_text and self._decoded is not None else self._taken
        self._document = _opened(text, found, lens, row_bytes)
        return self._document

    def take_in(self) -> bool:
        """Give the document what came since; true if there is more to give."""
        pieces, size = list[bytes](), 0
        while self._pieces and size < _TAKEN_BYTES_MAX:
            pieces.append(self._pieces.popleft())
            size += len(pieces[-1])
        if pieces:
            self._give(b"".join(pieces))
        return self._decode() or bool(self._pieces)

    def _give(self, more: bytes) -> None:
        document = self._document
        if document is None or self._is_shown_decoded:
            self._taken = grown(self._taken, more)
        else:
            document.append(more)
            self._taken = document.data

    def _decode(self) -> bool:
        """Decode some of what was taken in; true if there is more of it."""
        decoded, document = self._decoded, self._document
        if decoded is None or decoded.read_bytes == len(self._taken):
            return False
        more = decoded.decode_on(self._taken, _DECODED_BYTES_MAX)
        if document is not None and self._is_shown_decoded:
            document.append(more)
            decoded.text = document.data
        else:
            decoded.text = grown(decoded.text, more)
        return decoded.read_bytes < len(self._taken)

    def encoding_of(self, data: Bytes) -> str | None:
        """Return what its text was in, if that is what bytes are; "" if they are as they came."""
        if data is self._taken:
            return ""
        is_text = self._decoded is not None and data is self._decoded.text
        return self._decoded.encoding if is_text and self._decoded is not None else None

    @property
    def _is_shown_decoded(self) -> bool:
        """Whether the document shows what was decoded, not the bytes as they came."""
        return self._decoded is not None and not isinstance(self._document, HexDocument)


class Decoded:
    """Text in another encoding than UTF-8, as far as it was decoded."""

    def __init__(self, encoding: str) -> None:
        self.encoding = encoding
        self.text: Bytes = bytearray()
        """In UTF-8."""
        self.read_bytes = 0
        """How much of what came is decoded."""
        self._decoder = SliceDecoder(encoding)

    def decode_on(self, data: Bytes, bytes_max: int) -> bytes:
        """Return what comes next, as UTF-8.

        Args:
            data: all that came.
            bytes_max: so much of it is decoded at most.
        """
        piece = data[self.read_bytes : self.read_bytes + bytes_max]
        self.read_bytes += len(piece)
        return self._decoder.decode(piece).encode("utf-8", "replace")


Body = ShownBody | GrowingBody
"""What can be shown."""


def slices_of(body: Body) -> Iterator[Bytes]:
    """Return what goes through all bytes of a body that came so far, once, on any thread."""
    return body.slices() if isinstance(body, GrowingBody) else iter((body.data,))


def json_of(body: Body, found: Recognised) -> Iterator[Bytes] | None:
    """Return what goes through the text of JSON, in UTF-8; None if a body is not JSON.

    Args:
        body: all of it, or what came so far.
        found: what it is; its text may be only the beginning.
    """
    if found.kind is not Kind.JSON:
        return None
    is_known = not (found.is_begun or isinstance(body, GrowingBody))
    if is_known and found.text is not None:
        return iter((found.text,))
    slices = slices_of(body)
    return slices if found.encoding is None else as_utf8_slices(slices, found.encoding)


def becomes(document: object, before: Recognised, body: ShownBody, found: Recognised) -> bool:
    """Whether a document that grew is what shows the whole body too.

    Args:
        document: what was shown of it.
        before: what it was taken for.
        body: all of it.
        found: what it is.
    """
    if _kind_of(before) != _kind_of(found):
        return False
    lens = HEX if isinstance(document, HexDocument) else PRETTY
    is_raw = isinstance(document, TextDocument) and document.name != found.name
    whole = open_document(body, found, lens)
    if isinstance(document, FoldingJson) and isinstance(whole, FoldingJson):
        return document.are_lines == whole.are_lines
    return is_raw or type(whole) is type(document)


def _kind_of(found: Recognised) -> tuple[Kind, str, str, str | None]:
    return found.kind, found.name, found.media_type, found.encoding


def _opened(text: Bytes, found: Recognised, lens: str, row_bytes: int) -> GrowingDocument:
    if lens == HEX:
        return HexDocument(text, found.name, is_growing=True)
    if lens == RAW:
        name = f"{found.name}, as it came"
        return TextDocument(text, name, row_bytes=row_bytes, is_growing=True)
    if found.kind is Kind.JSON:
        are_lines = is_json_lines(found.media_type) and not spans_lines(text)
        return FoldingJson(text, row_bytes=row_bytes, is_growing=True, are_lines=are_lines)
    if found.media_type == EVENT_STREAM:
        return FoldingEvents(text, row_bytes=row_bytes, is_growing=True)
    if is_xml(found.media_type) or is_html(found.media_type):
        # Here, since a program that shows no markup does without.
        from tui.body.markup.folding import FoldingMarkup

        is_page = is_html(found.media_type)
        return FoldingMarkup(text, row_bytes=row_bytes, is_html=is_page, is_growing=True)
    return TextDocument(text, found.name, row_bytes=row_bytes, is_growing=True)
