"""What a body of bytes is, where nothing shows it better: its kind, its size, what to do with it.

What is packed can be opened by itself: all of a gzip body, each member of a ZIP archive.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.body.kinds import Kind, Recognised
from tui.body.lens import Fit
from tui.body.packed import Member, members_of, unpack_gzip, unpack_member
from tui.body.safetensors_document import open_safetensors
from tui.body.sanitise import sanitise
from tui.body.shown_body import ShownBody
from tui.body.told_document import ToldDocument, fact, told
from tui.body.wav_header import wav_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.body.rows import Document, Row

_BEGIN_BYTES = 16
_NAME_CHARS_MAX = 80
_SHOWN_BETTER = ("PNG image", "JPEG image", "GIF image", "WebP image", "NumPy array")
"""By lenses of their own, which say all that would be said here."""
_TO_DO = "w writes it to a file, | hands it to a command, v shows its bytes"


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
            return _shown(unpack_gzip(self._packed))
        if index < self._first:
            return None
        return _shown(unpack_member(self._packed, self._members[index - self._first].name))


def fit_about(_body: ShownBody, found: Recognised) -> Fit:
    """Say whether more is known of some bytes than that they are some."""
    if found.kind is not Kind.BYTES or found.name in _SHOWN_BETTER:
        return Fit.NONE
    is_known = found.name not in ("bytes", sanitise(found.media_type))
    return Fit.READABLE if is_known else Fit.BYTES


def open_about(body: ShownBody, found: Recognised, _row_bytes: int) -> Document:
    """Tell what a body is; a few kilobytes of it are looked at."""
    words = f"{found.name} · {len(body.data):,} bytes"
    rows = [
        fact("kind", found.name),
        fact("size", f"{len(body.data):,} bytes"),
        fact("called", body.content_type or "nothing: there is no content type"),
        fact("begins", _beginning(body.data)),
    ]
    match found.name:
        case "gzip":
            rows.append(fact("to do", f"o unpacks and shows it, {_TO_DO}"))
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
    rows.append(fact("to do", f"o shows the member of a row, {_TO_DO}"))
    rows.append(fact("members", f"{len(members):,}"))
    listed = [_member_row(each) for each in members]
    return PackedDocument([*rows, *listed], f"{words} · {len(members):,} members", data, members)


def _member_row(member: Member) -> Row:
    name = member.name
    if len(name) > _NAME_CHARS_MAX:
        name = f"{name[: _NAME_CHARS_MAX - 1]}…"
    sizes = f"{member.size_bytes:>15,} B  from {member.packed_bytes:,} B"
    return told((f"{name:<32} ", "string"), (sizes, "number"), (f"  {member.words}", "comment"))


def _beginning(data: bytes) -> str:
    begin = data[:_BEGIN_BYTES]
    return f"{begin.hex(' ')}  {begin.decode('latin-1')}"


def _shown(data: bytes | None) -> ShownBody | None:
    return None if data is None else ShownBody(data, None)
