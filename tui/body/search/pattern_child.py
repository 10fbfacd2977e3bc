r"""The process that looks for a regular expression in a body.

Python's `re` holds the interpreter until it is done, and for ``(a+)+$`` it may not be done in a
lifetime: nothing else would happen meanwhile, no key and no frame. A process can be ended. It is
run by its path and loads nothing but the standard library, so that it starts in 20 ms; the body
is sent once, for all that is looked for in it. The other end is `tui.body.search.pattern_search`.

    in    body, query, query, more of the body, query ...: each query when the last is answered
    out   for each query: hits, hits ..., then the end or what is wrong with the pattern

Each of these is its kind, how many bytes follow, and those.

It ends itself when a query takes too long, however deep in `re` it is, and when nobody is there.
"""

from __future__ import annotations

import faulthandler
import re
import struct
import sys
from array import array
from itertools import chain, islice
from time import monotonic

TYPE_CHECKING = False  # that of `typing` takes 5 ms to load
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

HEAD = struct.Struct("<cQ")
"""One of those below, and the size of what follows."""
BODY, QUERY = b"B", b"Q"
WANTED = struct.Struct("<???dQQ")
"""What a query begins with: is in bytes, is spaced, ignores case; seconds at most, hits to leave
out, hits at most. The pattern follows."""
HITS, END, WRONG = b"H", b"E", b"W"
ONLY_EMPTY = b"0"
"""The end, too: it is found in places without a character, and in no others."""
WRONG_AT = struct.Struct("<q")
"""Where a pattern is wrong, in characters; -1 where that is not known. The reason follows."""

_BATCH = 4_096
_BATCH_S = 0.05
_PIECE = re.compile(
    r'(\\.|\[\^?\]?(?:\\.|[^\]\\])*\]?)|": (?!\{\d)[*+?]?',
    re.DOTALL,
)
_JSON_SPACES = r'":[ \t\r\n]{0,64}'


def find_spans(
    data: bytes | bytearray,
    pattern: str,
    *,
    is_in_bytes: bool,
    is_spaced: bool,
    ignores_case: bool,
    text: str | None = None,
) -> Iterator[tuple[int, int]]:
    """Return where a pattern is found, in bytes, also where it takes up none of them.

    Args:
        data: UTF-8, or any bytes.
        pattern: as it was typed; its ``^`` and ``$`` are at lines.
        is_in_bytes: match bytes rather than characters.
        is_spaced: a space after a key's colon stands for whatever is there.
        ignores_case: upper and lower case are the same.
        text: the data decoded, if that is done already.

    Raises:
        re.error: it is no pattern.
    """
    flags = re.MULTILINE | (re.IGNORECASE if ignores_case else 0)
    if is_in_bytes:
        in_bytes = re.compile(_bytes_of(pattern), flags)
        spans = (found.span() for found in in_bytes.finditer(data))
    else:
        in_text = re.compile(pattern, flags)  # also for the place where it is wrong
        if is_spaced:
            in_text = re.compile(with_json_spaces(pattern), flags)
        text = data.decode("utf-8", "surrogateescape") if text is None else text
        spans = (found.span() for found in in_text.finditer(text))
        if len(text) != len(data):
            spans = _in_bytes(text, spans)
    return spans


def _bytes_of(pattern: str) -> bytes:
    """Return the bytes of a pattern, those of half a character too: it is in no UTF-8."""
    try:
        return pattern.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return pattern.encode("utf-8", "surrogatepass")


def with_json_spaces(pattern: str) -> str:
    """Let the space of ``": "`` stand for any white space, or none, outside of sets."""
    return _PIECE.sub(lambda found: found[1] or _JSON_SPACES, pattern)


def _in_bytes(text: str, spans: Iterator[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    seen = offset = 0
    for start, end in spans:
        first = offset + len(text[seen:start].encode("utf-8", "surrogateescape"))
        offset = first + len(text[start:end].encode("utf-8", "surrogateescape"))
        seen = end
        yield first, offset


def main(requests: BinaryIO, answers: BinaryIO) -> None:
    """Answer queries until there are no more."""
    data, text = bytearray(), None
    for kind, content in _received(requests):
        if kind == BODY:
            data += content
            text = _decoded(data)
            continue
        _answer(answers, content, data, text)


def _answer(answers: BinaryIO, query: bytes, data: bytearray, text: str | None) -> None:
    """Answer one query; what matches is gone then, for more cannot come behind bytes in use."""
    is_in_bytes, is_spaced, ignores_case, seconds_max, known, hits_max = WANTED.unpack_from(query)
    pattern = query[WANTED.size :].decode("utf-8", "surrogatepass")
    # A thread of C that needs no interpreter: it ends us in the middle of a match.
    faulthandler.dump_traceback_later(seconds_max, exit=True)
    try:
        spans = find_spans(
            data,
            pattern,
            is_in_bytes=is_in_bytes,
            is_spaced=is_spaced,
            ignores_case=ignores_case,
            text=text,
        )
    except (re.error, OverflowError, RecursionError, ValueError) as error:
        _send(answers, WRONG, _wrong(error))
    else:
        first = next(spans, None)
        filled = (span for span in chain(filter(None, [first]), spans) if span[0] < span[1])
        count = _send_hits(answers, islice(filled, known, None), hits_max)
        is_empty = first is not None and known + count == 0
        _send(answers, ONLY_EMPTY if is_empty else END, b"")
    faulthandler.cancel_dump_traceback_later()


def _received(requests: BinaryIO) -> Iterator[tuple[bytes, bytes]]:
    while len(head := requests.read(HEAD.size)) == HEAD.size:
        kind, size = HEAD.unpack(head)
        yield kind, requests.read(size)


def _decoded(data: bytearray) -> str | None:
    """Return text, before anybody waits for it; nothing of what is none, which takes long."""
    try:
        return data.decode()
    except UnicodeDecodeError:
        return None


def _wrong(error: Exception) -> bytes:
    if isinstance(error, RecursionError):
        return WRONG_AT.pack(-1) + b"too deeply nested"
    if isinstance(error, ValueError):  # `int` says so at length
        return WRONG_AT.pack(-1) + b"a number of too many digits"
    at = error.pos if isinstance(error, re.error) and error.pos is not None else -1
    reason = error.msg if isinstance(error, re.error) else str(error)
    return WRONG_AT.pack(at) + reason.encode("utf-8", "replace")


def _send_hits(answers: BinaryIO, spans: Iterator[tuple[int, int]], hits_max: int) -> int:
    """Send the first hit at once, then many at a time; return how many there were."""
    batch = array("Q")
    sent_s, count = 0.0, 0
    for count, span in enumerate(spans, 1):
        batch.extend(span)
        if len(batch) >= 2 * _BATCH or monotonic() - sent_s > _BATCH_S:
            _send(answers, HITS, batch.tobytes())
            batch, sent_s = array("Q"), monotonic()
        if count >= hits_max:
            break
    _send(answers, HITS, batch.tobytes())
    return count


def _send(answers: BinaryIO, kind: bytes, content: bytes) -> None:
    answers.write(HEAD.pack(kind, len(content)) + content)
    answers.flush()


if __name__ == "__main__":
    main(sys.stdin.buffer, sys.stdout.buffer)
