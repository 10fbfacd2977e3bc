"""What a body of bytes is, where nothing shows it better: its kind, its size, what to do with it.

What is packed can be opened by itself: all of a gzip body, each member of a ZIP archive.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.body.binary.packed import Member, members_of, unpack_gzip, unpack_member
from tui.body.binary.safetensors_document import open_safetensors
from tui.body.binary.wav_header import wav_words
from tui.body.kinds import Kind, Recognised
from tui.body.lens import Fit
from tui.body.sanitise import sanitise
from tui.body.told_document import ToldDocument, aligned, cut_words, fact, told

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.body.rows import Document, Row
    from tui.body.shown_body import ShownBody

_BEGIN_BYTES = 12
_NAME_CHARS_MAX = 80
_SHOWN_BETTER = ("PNG image", "JPEG image", "GIF image", "WebP image", "NumPy array")
"""By lenses of their own, which say all that would be said here."""
_TO_DO = "w writes it, | pipes it, v shows its bytes"


class PackedDocument(ToldDocument):
    """What is told of a packed body, with what is in it to be opened."""

    def __init__(
        self, rows: Sequence[Row], words: str, packed: bytes, members: Sequence[Member] = ()
    ) -> None:
        super().__init__(rows, words)
        self._packed = packed
        self._members = tuple(members)
        self._first = len(rows) - len(members)

    def nested(self, index: int) -> ShownBody | None:
        """Unpack what a row is about; None if that cannot be done. Any thread may call."""
        if not self._members:
            return unpack_gzip(self._packed)
        if index < self._first:
            return None
        return unpack_member(self._packed, self._members[index - self._first].name)

    def path(self, index: int) -> str:
        """Return the name of the member that a row is of; empty for any other row."""
        is_member = index >= self._first and bool(self._members)
        return self._members[index - self._first].name if is_member else ""


def fit_about(_body: ShownBody, found: Recognised) -> Fit:
    """Say whether more is known of some bytes than that they are some."""
    if found.kind is not Kind.BYTES or found.name in _SHOWN_BETTER:
        return Fit.NONE
    is_known = found.name not in ("bytes", sanitise(found.media_type))
    return Fit.READABLE if is_known else Fit.BYTES


def open_about(body: ShownBody, found: Recognised, _row_bytes: int) -> Document:
    """Tell what a body is; a few kilobytes of it are looked at."""
    size = f"{len(body.data):,} byte{'s' * (len(body.data) != 1)}"
    words = f"{found.name} · {size}"
    rows = [
        fact("kind", found.name),
        fact("size", size),
        fact("called", body.content_type or "nothing: there is no content type"),
        fact("begins", _beginning(body.data)),
    ]
    match found.name:
        case "gzip":
            rows.append(fact("to do", f"o unpacks it, {_TO_DO}"))
            return PackedDocument(rows, words, body.data)
        case "ZIP archive":
            return _zip_document(body.data, rows, words)
        case "WAV audio":
            rows.insert(1, fact("sound", wav_words(body.data)))
        case "safetensors":
            return open_safetensors(body, rows, words, _TO_DO)
        case "Python pickle":
            rows.append(fact("beware", "loading a pickle runs what is in it"))
        case _:
            pass
    rows.append(fact("to do", _TO_DO))
    return ToldDocument(rows, words)


def _zip_document(data: bytes, rows: list[Row], words: str) -> Document:
    members = members_of(data)
    if not members:
        rows.append(fact("members", "none can be listed"))
        rows.append(fact("to do", _TO_DO))
        return ToldDocument(rows, words)
    rows.append(fact("to do", f"o opens a member, {_TO_DO}"))
    rows.append(fact("members", f"{len(members):,}"))
    listed = _member_rows(members)
    return PackedDocument([*rows, *listed], f"{words} · {len(members):,} members", data, members)


def _member_rows(members: Sequence[Member]) -> list[Row]:
    """Return a row for each, in columns as wide as they need."""
    names = [cut_words(each.name, _NAME_CHARS_MAX) for each in members]
    sizes = [f"{each.size_bytes:,} B" for each in members]
    packed = [f"from {each.packed_bytes:,} B" for each in members]
    columns = (aligned(names), aligned(sizes, is_right=True), aligned(packed))
    return [
        told((f"{name}  ", "string"), (f"{size}  {of}", "number"), (f"  {each.words}", "comment"))
        for each, name, size, of in zip(members, *columns, strict=True)
    ]


def _beginning(data: bytes) -> str:
    begin = data[:_BEGIN_BYTES]
    return f"{begin.hex(' ')}  {begin.decode('latin-1')}"
