"""A request's body in a TOML file: whichever key keeps the bytes exact.

    body         text, as a literal string
    body_base64  a few bytes that are no such text
    body_file    everything else, in a file beside; or the file that the user chose

The file beside is the TOML file's own: its name is that of the TOML file's with the beginning of
the SHA-256 of its content. While that is true of a file it is read as the body itself; once
somebody edits it, it is a file like any other. Presets and drafts share this; nothing here writes.
"""

from __future__ import annotations

import hashlib
import os
import re
from base64 import b64decode, b64encode
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, assert_never

from tui.domain.requests import FileBody, InlineBody
from tui.store.tomlwriting import spelled_literal, spelled_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tui.domain.requests import RequestBody

BODY_KEYS = ("body", "body_base64", "body_file")
LARGEST_LITERAL_BYTES = 256 * 1024
"""A larger text is easier read, and faster, in a file of its own."""
LARGEST_BASE64_BYTES = 1_000
LARGEST_OWN_BYTES = 64 * 2**20
"""No body of ours is larger; what is, is no body of ours."""

_HASH_DIGITS = 12
_SUFFIXES = {
    "application/json": ".json",
    "application/jsonlines": ".jsonl",
    "application/x-npy": ".npy",
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "text/csv": ".csv",
    "text/plain": ".txt",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class FileBeside:
    """A file that goes with a TOML file, in the same folder."""

    name: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class SpelledBody:
    """A body as one line of TOML or several."""

    line: str
    """``key = value`` without a line break at its end; empty for an empty body."""
    beside: FileBeside | None = None
    """To be written before the TOML file is."""


def spell_body(
    body: RequestBody, path: Path, *, root: Path, content_type: str | None = None
) -> SpelledBody:
    """Spell a body.

    Args:
        body: what is to be spelled.
        path: of the TOML file that will hold it.
        root: files below are spelled relative to ``path``, so that all can move together.
        content_type: gives the file beside its suffix.

    Raises:
        ValueError: the path of a body's file cannot be spelled.
    """
    match body:
        case InlineBody(data=b""):
            return SpelledBody(line="")
        case InlineBody(data=data):
            return _spell_bytes(data, path, content_type)
        case FileBody(path=file):
            named = _relative(settled_path(file), path.parent, root)
            return SpelledBody(line=f"body_file = {spelled_text(named)}")
        case _:
            assert_never(body)


def read_body(
    table: Mapping[str, object], path: Path, *, with_own_file: bool = True
) -> RequestBody | tuple[str, str]:
    """Return the body that a TOML file holds, or (key, what is wrong).

    Args:
        table: what is in the file.
        path: of the file.
        with_own_file: read the file beside that is the TOML file's own; else it is as any other,
            which is not looked at but read when the request is sent.
    """
    given = [key for key in BODY_KEYS if key in table]
    if not given:
        return InlineBody()
    key = given[-1]
    if len(given) > 1:
        return key, f"a body has one of {', '.join(BODY_KEYS)}, not several"
    value = table[key]
    if not isinstance(value, str):
        return key, "must be a text"
    match key:
        case "body":
            return InlineBody(data=value.encode())
        case "body_base64":
            return _from_base64(value)
        case _:
            return _from_file(value, path, with_own_file=with_own_file)


def settled_path(file: Path) -> Path:
    """Return a path that means the same wherever the program runs next: whole, or from ``~``."""
    return file if str(file).startswith("~") else file.absolute()


def own_file(table: Mapping[str, object], path: Path) -> Path | None:
    """Return the file that holds the body of the TOML file ``path`` and is its own, if any."""
    named = table.get("body_file")
    if not isinstance(named, str) or not _own_name(path.stem).fullmatch(named):
        return None
    file = path.with_name(named)
    content = _read_own(file)
    return file if content is not None and _digits_of(content) in named else None


def _spell_bytes(data: bytes, path: Path, content_type: str | None) -> SpelledBody:
    if len(data) <= LARGEST_LITERAL_BYTES and (literal := _literal(data)) is not None:
        return SpelledBody(line=f"body = {literal}")
    if len(data) <= LARGEST_BASE64_BYTES:
        return SpelledBody(line=f'body_base64 = "{b64encode(data).decode()}"')
    kind = (content_type or "").partition(";")[0].strip().lower()
    name = f"{path.stem}.{_digits_of(data)}{_SUFFIXES.get(kind, '.bin')}"
    return SpelledBody(
        line=f"body_file = {spelled_text(name)}", beside=FileBeside(name=name, content=data)
    )


def _literal(data: bytes) -> str | None:
    try:
        return spelled_literal(data.decode())
    except UnicodeDecodeError:
        return None


def _from_base64(text: str) -> InlineBody | tuple[str, str]:
    try:
        return InlineBody(data=b64decode("".join(text.split()), validate=True))
    except ValueError as error:
        return "body_base64", f"is not base64: {error}"


def _from_file(text: str, path: Path, *, with_own_file: bool) -> RequestBody | tuple[str, str]:
    if not text or "\0" in text:
        return "body_file", "must be the path of a file"
    own = own_file({"body_file": text}, path) if with_own_file else None
    if own is not None and (content := _read_own(own)) is not None:
        return InlineBody(data=content)
    file = Path(text) if text.startswith("~") else Path(os.path.normpath(path.parent / text))
    return FileBody(path=file)


def _read_own(file: Path) -> bytes | None:
    """Return what an ordinary file holds; None where there is none, or none of ours."""
    try:
        if file.is_symlink() or not file.is_file() or file.stat().st_size > LARGEST_OWN_BYTES:
            return None
        return file.read_bytes()
    except OSError:
        return None


def _own_name(stem: str) -> re.Pattern[str]:
    return re.compile(rf"{re.escape(stem)}\.[0-9a-f]{{{_HASH_DIGITS}}}\.[a-z]+")


def _digits_of(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:_HASH_DIGITS]


def _relative(file: Path, folder: Path, root: Path) -> str:
    if file.is_relative_to(root):
        return Path(os.path.relpath(file, folder)).as_posix()
    return str(file)
