"""Text from outside, made safe to draw: every character visible, none obeyed by a terminal.

Names, headers, bodies and errors may hold escape sequences, C1 controls, direction overrides or
lone surrogates, and Textual hands them to the terminal as they are. Whatever is shown goes through
here first. Each character is replaced one for one by a mark one cell wide, so that a position in
the shown text is the same position in the original.
"""

from __future__ import annotations

import re

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
"""Shown for what has no picture of its own: C1, direction and zero-width controls, surrogates."""

_NEVER_DRAWN = (
    "\x7f-\x9f\xad\u034f\u061c\u070f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202f"
    "\u205f-\u206f\u3164\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff\ud800-\udfff"
    "\U000110bd\U000110cd\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
_UNSAFE = re.compile(f"[\x00-\x1f{_NEVER_DRAWN}]")
_UNSAFE_IN_BLOCK = re.compile(f"[\x00-\x09\x0b-\x1f{_NEVER_DRAWN}]")
REPLACED = re.compile(f"[\x00-\x1f{_NEVER_DRAWN}]+")
"""What is shown as something else, as much as there is of it in a row."""
_PICTURES = {code: 0x2400 + code for code in range(0x20)} | {0x7F: 0x2421}
_PICTURES_IN_BLOCK = {code: to for code, to in _PICTURES.items() if code != ord("\n")}


def sanitise(text: str) -> str:
    """Return ``text`` as one line of drawable characters, of the same length.

    Control characters become their pictures (a line feed ``␊``, escape ``␛``), the rest of what
    must not reach a terminal becomes `REPLACEMENT`.
    """
    if text.isprintable():
        return text
    return _UNSAFE.sub(REPLACEMENT, text.translate(_PICTURES))


def sanitise_block(text: str) -> str:
    """Do the same, but let line feeds end lines; carriage returns before them are dropped."""
    if text.isprintable():
        return text
    shown = text.replace("\r\n", "\n").translate(_PICTURES_IN_BLOCK)
    return _UNSAFE_IN_BLOCK.sub(REPLACEMENT, shown)


def escape_unsafe(json_text: str) -> str:
    """Return JSON with escapes for what must not reach a terminal; its value is the same."""
    return json_text if json_text.isprintable() else _UNSAFE_IN_BLOCK.sub(_escape, json_text)


def remove_unsafe(text: str) -> str:
    """Delete what must not reach a terminal: the last net, beneath everything that is drawn.

    Terminals and Rich count those characters as no cell at all, so that no layout moves.
    """
    return text if text.isprintable() else _UNSAFE.sub("", text)


def _escape(found: re.Match[str]) -> str:
    units = found[0].encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[at : at + 2].hex()}" for at in range(0, len(units), 2))
