"""What a body is, told by its content type and by the bytes themselves.

The sender is believed where the bytes allow it. Model servers often call JSON ``text/html``
(Flask's default) or ``application/octet-stream``, or an error in JSON whatever was asked for, and
an error page JSON; then the bytes decide.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, replace
from email.message import Message
from enum import Enum
from typing import TYPE_CHECKING
from zlib import crc32

from tui.body.decoding import Decoding, as_utf8
from tui.body.json.layout import JsonLayout
from tui.body.sanitise import sanitise

if TYPE_CHECKING:
    from tui.body.shown_body import ShownBody

LOOKED_AT_BYTES = 4_096
"""What comes behind these tells nothing more of what a body is."""
_BEGINNING_BYTES = 64 * 1024
"""Where no more than white space or comments come first, what it is is not looked for further."""
_DECODED_BYTES_MAX = 1_000_000
"""More than this is not re-encoded before the first frame."""
_BEGUN_BYTES = 256 * 1024
"""So much of it is: what is looked at to tell what suits it, and to draw a page."""
_SIGNATURES = (
    (b"\x89PNG\r\n\x1a\n", "PNG image"),
    (b"\xff\xd8\xff", "JPEG image"),
    (b"GIF87a", "GIF image"),
    (b"GIF89a", "GIF image"),
    (b"\x93NUMPY", "NumPy array"),
    (b"%PDF-", "PDF"),
    (b"PK\x03\x04", "ZIP archive"),
    (b"\x1f\x8b", "gzip"),
    (b"OggS", "Ogg audio"),
    (b"ID3", "MP3 audio"),
    (b"PAR1", "Parquet"),
    (b"\xff\xfb", "MP3 audio"),
    (b"\xff\xf3", "MP3 audio"),
    (b"fLaC", "FLAC audio"),
    (b"\x0a\x23\xd7\xce", "recordio-protobuf"),
    (b"\x89HDF\r\n\x1a\n", "HDF5"),
    (b"ARROW1\0\0", "Arrow file"),
    (b"Obj\x01", "Avro"),
    (b"\x28\xb5\x2f\xfd", "Zstandard"),
    (b"\xfd7zXZ\0", "xz"),
    (b"\x80\x04\x95", "Python pickle"),
    (b"\x80\x05\x95", "Python pickle"),
)
_SAFETENSORS_BEGINS = re.compile(rb"....\0{4}\{\s*+[\"}]", re.DOTALL)
"""The length of a header that is not too long, and the header, which is JSON."""
_PRELUDE_BYTES = 12
_RIFF_NAMES = {b"WEBP": "WebP image", b"WAVE": "WAV audio", b"AVI ": "AVI video"}
_BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_WITH_BOM = ("utf-16", "utf-32")
_UNPRINTABLE = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_ESCAPED_BYTE = re.compile("[\udc80-\udcff]")
_BAD_BYTES_IN_TEXT = 8
"""So many are forgiven in what is called text, however short it is."""
_WESTERN = "cp1252"
_LETTERS_TO_ONE_THAT_IS_NOT_ASCII = 3
_CHARSET = re.compile(
    r"utf-(?:16|32)|iso8859-|iso2022_|latin|cp\d|shift|euc_|gb|big5|koi8-|mac-|tis-|johab|hz"
)
_JSON_MAY_BEGIN = re.compile(rb"(?:\xef\xbb\xbf)?[ \t\n\r]*+[{\[]")
_NOT_BLANK = re.compile(rb"[^ \t\n\r]")
_ASIDE = rb"(?:\xef\xbb\xbf)?\s*+(?:<!--(?:[^-]|-(?!->))*+-->\s*+)*+"
_MARKUP_BEGINS = re.compile(
    _ASIDE + rb"(<\?xml[^>]*+>?+\s*+)?+(?:(<!doctype\s++html\b)|<([a-z][^\s/>]*+)|(?(1)|(?!)))",
    re.IGNORECASE,
)
_DECLARED_ENCODING = re.compile(
    rb"""\s*+<\?xml\s[^>]*?\sencoding\s*+=\s*+["']([\w.:-]++)|.*?<meta\s[^>]*?charset\s*+=[\s"']*+([\w.:-]++)""",
    re.IGNORECASE | re.DOTALL,
)
_DECLARATION_BYTES = 1_024
"""A page says its encoding in the first ones (WHATWG, HTML, 4.2.5.4)."""
_DECLARED_XML, _DECLARED_HTML, _FIRST_NAME = 1, 2, 3
_TAG = re.compile(rb"<[!/?A-Za-z]")
_HTML, _XML = "text/html", "text/xml"
_EVENTS_BEGIN = re.compile(rb"(?:(?:event|id|retry|):[^\r\n]*+[\r\n]{1,4}+)*+data: ?+[{\[]")
_VAGUE_TYPES = ("", "application/octet-stream", "text/plain", "text/html", "binary/octet-stream")
EVENT_STREAM = "text/event-stream"
_TEXT_NAMES = {
    "text/csv": "CSV",
    "text/tab-separated-values": "tab-separated values",
    EVENT_STREAM: "event stream",
    "text/plain": "text",
    "": "text",
    "application/octet-stream": "text",
    "text/html": "HTML",
}
_JSON_LINES_NAMES = ("jsonlines", "jsonl", "ndjson", "json-lines", "json-seq")
_PLAIN_TYPES = ("text/plain", "text/csv", "text/tab-separated-values", "")


class Kind(Enum):
    """How a body is best read."""

    EMPTY = "empty"
    JSON = "json"
    TEXT = "text"
    BYTES = "bytes"


@dataclass(frozen=True, slots=True)
class Recognised:
    """What a body was found to be.

    ``text`` is its text as UTF-8 (the very bytes, unless they were in another encoding), None if
    it is not text. ``media_type`` picks the lexer. ``name`` is drawable. ``encoding`` is what text
    came in if that was not UTF-8. ``is_begun`` says that ``text`` is only the beginning of it.
    """

    kind: Kind
    name: str
    media_type: str
    text: bytes | None
    encoding: str | None = None
    is_begun: bool = False


def recognise_start(body: ShownBody) -> Recognised:
    """Do the same as `recognise`, but of a large body re-encode the beginning only."""
    media_type, charset = _parse(body.content_type)
    if len(body.data) <= _DECODED_BYTES_MAX:
        return recognise(body)
    encoding, _ = _text_encoding(body.data, media_type, charset)
    if encoding is None:
        return recognise(body)
    decoding = Decoding(body.data, encoding)
    decoding.advance(_BEGUN_BYTES)
    return replace(recognise(body, text=decoding.text), is_begun=True)


def recognise(body: ShownBody, *, is_whole: bool = True, text: bytes | None = None) -> Recognised:
    """Say what a body is by its first few thousand bytes; re-encodes what is not UTF-8.

    Args:
        body: what came.
        is_whole: whether nothing more comes; else what ends in the middle is no mistake.
        text: what the body is in UTF-8, if that is known and it came in another encoding.
    """
    media_type, charset = _parse(body.content_type)
    data = body.data
    if not data:
        return Recognised(Kind.EMPTY, "empty", media_type, None)
    encoding, is_guess = _text_encoding(data, media_type, charset)
    if not _is_text(data, encoding, media_type, is_whole=is_whole):
        return Recognised(Kind.BYTES, _name_bytes(data, media_type), media_type, None)
    if encoding is None:
        text = data
    elif text is None:
        text = as_utf8(data, encoding)
    if _is_json(text, media_type, is_whole=is_whole):
        return Recognised(Kind.JSON, "JSON", media_type, text, encoding)
    media_type = _seen_type(text, media_type, is_whole=is_whole)
    name = _TEXT_NAMES.get(media_type) or sanitise(media_type)
    if is_guess:
        name = f"{name}, read as Windows-1252"
    return Recognised(Kind.TEXT, name, media_type, text, encoding)


def is_json_lines(media_type: str) -> bool:
    """Whether a type is of values of JSON, one a line, as batches are sent."""
    return any(name in media_type for name in _JSON_LINES_NAMES)


def is_xml(media_type: str) -> bool:
    """Whether a type of text is XML (RFC 7303); HTML is another language."""
    is_named_so = media_type in (_XML, "application/xml") or media_type.endswith("+xml")
    return is_named_so and not is_html(media_type)


def is_html(media_type: str) -> bool:
    """Whether a type of text is HTML, in one of its two spellings."""
    return media_type in (_HTML, "application/xhtml+xml")


def is_plain(media_type: str) -> bool:
    """Whether a type of text has no language to colour."""
    return media_type in _PLAIN_TYPES


def _parse(content_type: str | None) -> tuple[str, str | None]:
    """Split a header into the media type, in lower case, and the charset."""
    if not content_type:
        return "", None
    media_type = content_type.split(";")[0].strip().lower()
    message = Message()
    # No charset's name needs more; the parser raises over line breaks and lone surrogates.
    plain = content_type.encode("ascii", "replace").decode("ascii")
    message["content-type"] = re.sub(r"[\r\n]", " ", plain)
    charset = message.get_param("charset")
    return media_type, charset if isinstance(charset, str) else None


def _is_called_text(media_type: str) -> bool:
    """Whether the sender says that it is text, and not just to say something."""
    is_text = media_type.startswith("text/") or "json" in media_type or "xml" in media_type
    return is_text and media_type not in _VAGUE_TYPES


def _text_encoding(data: bytes, media_type: str, charset: str | None) -> tuple[str | None, bool]:
    """Return the codec of what is not UTF-8, None if it is, and whether that is guessed."""
    encoding = _encoding_of(data, charset)
    is_guess = encoding is None and charset is None and _is_western(data, media_type)
    return (_WESTERN if is_guess else encoding), is_guess


def _encoding_of(data: bytes, charset: str | None) -> str | None:
    """Return the codec of what is not UTF-8; None if it is, or is no text."""
    if _has_signature(data[:LOOKED_AT_BYTES]):
        return None
    encoding = next((name for bom, name in _BOMS if data.startswith(bom)), None)
    if encoding is not None:
        return encoding
    if charset is None:
        return _declared_encoding(data)
    known = _known_encoding(charset)
    # Decoders of these fail without a byte order mark; then it is little-endian (WHATWG, Encoding).
    return f"{known}-le" if known in _WITH_BOM else known


def _declared_encoding(data: bytes) -> str | None:
    """Return the codec that markup says itself it is in; None if its bytes are of UTF-8."""
    declaration = data[:_DECLARATION_BYTES]
    found = _DECLARED_ENCODING.match(declaration) if _MARKUP_BEGINS.match(declaration) else None
    known = found and _known_encoding((found[1] or found[2]).decode("ascii", "replace"))
    # What could be read so far has no letters of two bytes.
    if not known or known.startswith(_WITH_BOM) or data.isascii():
        return None
    start = data[:LOOKED_AT_BYTES]
    is_utf_8 = not start.isascii() and not _count_bad_bytes(start, is_whole=False)
    return None if is_utf_8 else known


def _is_western(data: bytes, media_type: str) -> bool:
    """Whether what is called text, and says no charset, is in one byte a letter.

    ISO-8859-1 was what text is in that says nothing (RFC 2616, 3.7.1); what is called so is read
    as Windows-1252 (WHATWG, Encoding). One character of UTF-8 is enough to say otherwise.
    """
    start = data[:LOOKED_AT_BYTES]
    text = start.decode("utf-8", "surrogateescape")
    letters = [each for each in text if not each.isascii()]
    return (
        media_type.startswith("text/")
        and 0 < len(letters) <= len(start) // _LETTERS_TO_ONE_THAT_IS_NOT_ASCII
        and all(_ESCAPED_BYTE.match(each) for each in letters)
        and not _UNPRINTABLE.search(start)
        and not _has_signature(start)
    )


def _is_text(data: bytes, encoding: str | None, media_type: str, *, is_whole: bool) -> bool:
    start = data[:LOOKED_AT_BYTES]
    if _has_signature(start):
        return False
    if encoding is not None:
        return True
    bad_bytes_max = len(start) // (16 if media_type.startswith("text/") else 64)
    if _is_called_text(media_type):
        bad_bytes_max = max(_BAD_BYTES_IN_TEXT, len(start) // 16)
    return _count_bad_bytes(start, is_whole=is_whole and start == data) <= bad_bytes_max


def _has_signature(start: bytes) -> bool:
    is_signed = any(start.startswith(signature) for signature, _ in _SIGNATURES)
    if is_signed or start[:4] == b"RIFF" or _begins_messages(start):
        return True
    return _SAFETENSORS_BEGINS.match(start) is not None


def _begins_messages(start: bytes) -> bool:
    """Whether bytes begin as a message of an event stream of AWS does.

    Two lengths and their checksum (smithy.io, "Amazon Event Stream Specification").
    """
    prelude, checksum = start[:8], start[8:_PRELUDE_BYTES]
    return int.from_bytes(checksum, "big") == crc32(prelude) and len(start) >= _PRELUDE_BYTES


def _known_encoding(charset: str | None) -> str | None:
    """Return the codec of a charset that needs one; not every codec of Python's is a charset."""
    try:
        name = codecs.lookup(charset or "utf-8").name
    except (LookupError, ValueError):
        return None
    return name if _CHARSET.match(name) else None


def _count_bad_bytes(start: bytes, *, is_whole: bool) -> int:
    """Count the bytes that text in UTF-8 does not have; a character cut at the end is none."""
    decoder = codecs.getincrementaldecoder("utf-8")("surrogateescape")
    text = decoder.decode(start, final=is_whole)
    return len(_UNPRINTABLE.findall(start)) + len(_ESCAPED_BYTE.findall(text))


def _is_json(text: bytes, media_type: str, *, is_whole: bool) -> bool:
    if "json" in media_type:
        head = text[:_BEGINNING_BYTES]
        is_another = _MARKUP_BEGINS.match(head) or _EVENTS_BEGIN.match(head)
        is_blank = not _NOT_BLANK.search(head) and text.isspace()
        return not is_blank and not is_another
    if not _JSON_MAY_BEGIN.match(text, 0, _BEGINNING_BYTES):
        return False
    start = text[:LOOKED_AT_BYTES]
    layout = JsonLayout(start)
    while not layout.is_complete:
        layout.advance(len(start))
    mistake = layout.mistake
    is_cut = len(start) < len(text) or not is_whole
    return mistake is None or (is_cut and mistake.is_at_end)


def _seen_type(text: bytes, media_type: str, *, is_whole: bool) -> str:
    """Return what a text begins as, if what it is called says little or is wrong."""
    if media_type not in _VAGUE_TYPES and "json" not in media_type:
        return media_type
    if _EVENTS_BEGIN.match(text, 0, _BEGINNING_BYTES):
        return EVENT_STREAM
    start = text[:LOOKED_AT_BYTES]
    found = _MARKUP_BEGINS.match(start)
    if found is None:
        return "text/plain" if media_type == _HTML and not _TAG.search(start) else media_type
    if found[_DECLARED_HTML] or _is_element_of_html(found[_FIRST_NAME] or b""):
        return _HTML
    return _XML if found[_DECLARED_XML] or _is_xml(text, is_whole=is_whole) else media_type


def _is_element_of_html(name: bytes) -> bool:
    # Here and below, since a program that shows no markup does without.
    from tui.body.markup.html_names import ROLES

    return name.lower() in ROLES


def _is_xml(text: bytes, *, is_whole: bool) -> bool:
    """Whether the start of a text is XML as far as it goes."""
    from tui.body.markup.layout import MarkupLayout

    start = text[:LOOKED_AT_BYTES]
    layout = MarkupLayout(start)
    while not layout.is_complete:
        layout.advance(len(start))
    is_cut = len(start) < len(text) or not is_whole
    return layout.mistake is None or (is_cut and layout.mistake.is_at_end)


def _name_bytes(data: bytes, media_type: str) -> str:
    if data[:4] == b"RIFF" and data[8:12] in _RIFF_NAMES:
        return _RIFF_NAMES[data[8:12]]
    if _SAFETENSORS_BEGINS.match(data):
        return "safetensors"
    if _begins_messages(data):
        return "Amazon event stream"
    known = next((name for signature, name in _SIGNATURES if data.startswith(signature)), None)
    return known or sanitise(media_type) or "bytes"
