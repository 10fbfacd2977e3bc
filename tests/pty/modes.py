"""Which terminal modes a program's output has switched on and not off again."""

from __future__ import annotations

import re

_PRIVATE_MODE = re.compile(rb"\x1b\[\?([0-9;]+)([hl])")
_KITTY_KEYBOARD = re.compile(rb"\x1b\[(?:>[0-9;]*|(<)[0-9;]*)u")

_NAMES = {
    9: "mouse (X10)",
    47: "alternate screen",
    1000: "mouse",
    1002: "mouse drags",
    1003: "mouse moves",
    1004: "focus reports",
    1005: "mouse (UTF-8)",
    1006: "mouse (SGR)",
    1015: "mouse (urxvt)",
    1016: "mouse (pixels)",
    1047: "alternate screen",
    1049: "alternate screen",
    2004: "bracketed paste",
    2026: "synchronised output",
    2048: "resize reports",
}
_ON_AT_FIRST = {7: "no line wrap", 25: "hidden cursor"}


def modes_left_on(raw: bytes) -> set[str]:
    """Name the modes that a shell would find changed after this output."""
    state = {
        int(number): final == b"h"
        for numbers, final in _PRIVATE_MODE.findall(raw)
        for number in numbers.split(b";")
    }
    left = {name for number, name in _NAMES.items() if state.get(number, False)}
    left |= {name for number, name in _ON_AT_FIRST.items() if not state.get(number, True)}
    if _kitty_depth(raw) > 0:
        left.add("kitty keyboard")
    return left


def _kitty_depth(raw: bytes) -> int:
    depth = 0
    for pops in _KITTY_KEYBOARD.findall(raw):
        depth = max(0, depth - 1) if pops else depth + 1
    return depth
