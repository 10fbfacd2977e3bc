"""The files that commands of a pasted text would write, written nowhere.

A text to be pasted often brings its body along: ``printf … > body.json``, a here-document, base64.
Files that it only names are files of this machine: a body stays one, other members are read.
"""

from __future__ import annotations

import binascii
import re
from base64 import b64decode
from pathlib import Path
from typing import TYPE_CHECKING

from tui.domain.requests import FileBody, InlineBody
from tui.interchange.shell_reading import unescape

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeAlias

    from tui.domain.requests import RequestBody
    from tui.interchange.shell_reading import Command

    ReadFile: TypeAlias = Callable[[Path], str | None]

_CONVERSION = re.compile(r"%[^%]")


class ShellFiles:
    """Files by the names that the text gives them.

    Args:
        read_file: returns what is in a file of this machine, or None where that cannot be read.
    """

    def __init__(self, read_file: ReadFile | None = None) -> None:
        self._read_file = read_file
        self._written: dict[str, RequestBody] = {}

    def run(self, command: Command) -> None:
        """Note what a command would write; commands that are not understood write nothing."""
        if command.output is None:
            return
        body = self._output(command)
        if body is None:
            self._written.pop(command.output, None)
        else:
            self._written[command.output] = body

    def body(self, path: str) -> RequestBody:
        """Return what is in a file: bytes where the text wrote it, else the file itself."""
        return self._written.get(path) or FileBody(path=Path(path))

    def text(self, path: str) -> str | None:
        """Return what is in a file, as the text wrote it or as it is on this machine."""
        match self.body(path):
            case InlineBody(data=data):
                return data.decode("utf-8", "replace")
            case FileBody(path=found):
                return self._read_file(found) if self._read_file else None

    def _output(self, command: Command) -> RequestBody | None:
        match command.words:
            case ["printf" | "echo", *_]:
                data = _printed(command.words)
                return None if data is None else InlineBody(data=data)
            case ["cat"] if command.here_document is not None:
                return InlineBody(data=_encoded(command.here_document))
            case ["cat"] if command.input is not None:
                return self.body(command.input)
            case ["cat", path]:
                return self.body(path)
            case ["base64", "-d" | "-D" | "--decode"] if command.here_document is not None:
                return _decoded(command.here_document)
            case _:
                return None


def _printed(words: list[str]) -> bytes | None:
    match words:
        case ["printf", "%s", text]:
            return _encoded(text)
        case ["printf", text] if not _CONVERSION.search(text.replace("%%", "")):
            return unescape(text.replace("%%", "%"))
        case ["echo", "-n", *rest]:
            return _encoded(" ".join(rest))
        case ["echo", *rest] if not rest or not rest[0].startswith("-"):
            return _encoded(" ".join(rest) + "\n")
        case _:
            return None


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape")


def _decoded(text: str) -> InlineBody | None:
    try:
        return InlineBody(data=b64decode("".join(text.split()), validate=True))
    except (binascii.Error, ValueError):
        return None
