"""What a WAV file says of its sound. RIFF: chunks of a name, a length and that many bytes."""

from __future__ import annotations

import struct

_CHUNKS_MAX = 1_000
_FORMATS = {1: "PCM", 3: "float", 6: "A-law", 7: "µ-law", 0xFFFE: "extensible"}
_FORMAT_BYTES = 16


def wav_words(data: bytes) -> str:
    """Say channels, rate, bits and duration; drawable, whatever is broken."""
    sound: tuple[int, ...] | None = None
    at = 12
    for _ in range(_CHUNKS_MAX):
        if at + 8 > len(data):
            break
        name, length = struct.unpack_from("<4sI", data, at)
        if name == b"fmt " and length >= _FORMAT_BYTES and at + 8 + _FORMAT_BYTES <= len(data):
            sound = struct.unpack_from("<HHIIHH", data, at + 8)
        if name == b"data":
            return _words(sound, min(length, len(data) - at - 8), length)
        at += 8 + length + length % 2
    return _words(sound, 0, 0)


def _words(sound: tuple[int, ...] | None, there_bytes: int, said_bytes: int) -> str:
    if sound is None:
        return "broken: it does not say its format"
    kind, channels, rate, bytes_per_s, _, bits = sound
    plural = "s" * (channels != 1)
    words = f"{_FORMATS.get(kind, f'format {kind}')} · {channels} channel{plural} · {rate:,} Hz"
    duration = f" · {there_bytes / bytes_per_s:.2f} s" if bytes_per_s else ""
    # Who streams cannot know the length, and says the greatest there is.
    is_cut = there_bytes < said_bytes < 2**31 - 1
    return f"{words} · {bits} bits{duration}{' · cut short' if is_cut else ''}"
