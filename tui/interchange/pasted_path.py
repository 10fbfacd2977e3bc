r"""The path of a file in a pasted text: typed, quoted, or as a terminal spells one dropped on it.

    /home/me/a bundle      '/home/me/a bundle'      /home/me/a\\ bundle
    ~/bundle.zip           file:///home/me/a%20bundle

Pure; nobody looks whether the file is there.
"""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from urllib.parse import unquote, urlsplit

_LONGEST_CHARS = 4_096
_ROOTED = re.compile(r"[/~]|\.\.?/|[A-Za-z]:[\\/]")
_ESCAPED = re.compile(r"\\(.)")


def pasted_path(text: str) -> Path | None:
    """Return the path that ``text`` is, ``~`` as it stands; None where it is none for certain.

    A bare name counts only in quotes or after ``file://``: any word could be one.
    """
    text = text.strip()
    if not text or len(text) > _LONGEST_CHARS or any(char in text for char in "\r\n\0"):
        return None
    if text.lower().startswith("file://"):
        return _of_url(text)
    if text[0] in "'\"":
        return _quoted(text)
    if not _ROOTED.match(text):
        return None
    # A backslash is a separator on Windows, and escapes a space anywhere else.
    is_windows = text[1:2] == ":"
    return Path(text if is_windows else _ESCAPED.sub(r"\1", text))


def _of_url(text: str) -> Path | None:
    try:
        url = urlsplit(text)
    except ValueError:
        return None
    path = unquote(url.path)
    is_here = url.netloc.lower() in ("", "localhost")
    if not is_here or not path or "\0" in path:
        return None
    return Path(path[1:] if re.match(r"/[A-Za-z]:", path) else path)


def _quoted(text: str) -> Path | None:
    try:
        parts = shlex.split(text)
    except ValueError:
        return None
    return Path(parts[0]) if len(parts) == 1 and parts[0] else None
