r"""Words and files as a POSIX shell reads them, to the byte.

What is written here is meant to be pasted into a terminal, so it holds no character that a terminal
would obey: values with such characters are spelt ``"$(printf '\033')"``, bodies with them, and
large ones, go through ``base64 -d``.
"""

from __future__ import annotations

import shlex
from base64 import encodebytes

READABLE_BYTES_MAX = 64 * 1024
"""A larger body is written in base64; nobody reads it in a shell."""
_END = "SAGESCOPE"


def quoted(text: str) -> str:
    """Return ``text`` as one word."""
    if text.isprintable():
        return shlex.quote(text)
    return f"\"$(printf '{_printf_format(text)}')\""


def option(name: str, value: str) -> str:
    """Return an option with its value, also where the value looks like an option."""
    if value.startswith("-"):
        return f"{name}={quoted(value)}"
    return f"{name} {quoted(value)}"


def command(*lines: str) -> str:
    """Return one command, a line for each option."""
    return " \\\n  ".join(lines)


def write_file(data: bytes, path: str) -> str:
    """Return the command that writes ``data`` to ``path``."""
    if (text := readable_text(data)) is not None:
        return f"printf '%s' {shlex.quote(text)} > {shlex.quote(path)}"
    encoded = encodebytes(data).decode("ascii")
    return f"base64 -d > {shlex.quote(path)} << '{_END}'\n{encoded}{_END}"


def readable_text(data: bytes) -> str | None:
    """Return ``data`` as text that is safe to paste; None where it has to be encoded."""
    if len(data) > READABLE_BYTES_MAX:
        return None
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return text if text.replace("\n", "").isprintable() else None


def _printf_format(text: str) -> str:
    return "".join(
        char if char.isprintable() and char not in "\\%'" else _octal(char) for char in text
    )


def _octal(char: str) -> str:
    return "".join(f"\\{byte:03o}" for byte in char.encode("utf-8"))
