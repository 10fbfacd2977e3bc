"""Text in pieces: what is copied may be as long as a body, and is put together nowhere.

Characters take as much room as the widest one among them, so that 25 MB with one emoji take 70 ms
to join and twice that to encode. No other thread gets its turn before one such step is done, and
not soon between two of them: the interpreter lets a thread that never rests run on for 5 ms.
"""

from __future__ import annotations

import codecs
from threading import current_thread, main_thread
from time import sleep
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterator

Pieces: TypeAlias = tuple[str, ...]
"""What is one text when they are joined."""

_REST_S = 0.0001
_SLICE_CHARS = 64 * 1024


def let_others_run() -> None:
    """Let other threads have their turn; to be called every millisecond or so.

    It does nothing in the thread of the event loop, which is the one that has no time to rest.
    """
    if current_thread() is not main_thread():
        sleep(_REST_S)


def without_end(pieces: Pieces, end: str) -> Pieces:
    """Return a text without its end, if that is how it ends."""
    kept, last = list(pieces), ""
    while kept and len(last) < len(end):
        last = kept.pop() + last
    return (*kept, last.removesuffix(end))


def encoded(pieces: Pieces, encoding: str = "utf-8", *, errors: str = "replace") -> Iterator[bytes]:
    """Yield a text in an encoding, with question marks for what it has no form for.

    Any thread may call: others get their turn meanwhile.
    """
    encoder = codecs.getincrementalencoder(encoding)(errors)
    since_rest_chars = 0
    for piece in pieces:
        for at in range(0, len(piece), _SLICE_CHARS):
            yield encoder.encode(piece[at : at + _SLICE_CHARS])
            since_rest_chars += min(_SLICE_CHARS, len(piece) - at)
            if since_rest_chars >= _SLICE_CHARS:
                since_rest_chars = 0
                let_others_run()
