"""What a request takes from this machine when it is sent: time, id, environment, and files.

A preset may come from somebody else, and what is sent is kept in the history; so the files
where the AWS tools keep credentials are refused, by whatever path one comes to them.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from uuid import uuid4

from tui.domain.errors import StorageFailed
from tui.store.paths import from_home

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

LARGEST_BYTES = 64 * 2**20
"""SageMaker takes 25 MB; a file beyond this was named by mistake."""

_OF_AWS = ("AWS_SHARED_CREDENTIALS_FILE", "AWS_CONFIG_FILE", "AWS_WEB_IDENTITY_TOKEN_FILE")


@dataclass(frozen=True, slots=True, kw_only=True)
class Here:
    """What placeholders take from this machine, for one send: `placeholders.Surroundings`."""

    environ: Mapping[str, str] = field(repr=False)
    now: datetime = field(default_factory=lambda: datetime.now(UTC))
    uuid: str = field(default_factory=lambda: str(uuid4()))

    def read_file(self, path: str, folder: Path | None) -> bytes:
        """Return what a file holds. Blocks.

        Raises:
            StorageFailed: it cannot be read, or holds credentials.
        """
        return read_inserted(path, folder, self.environ)


def here() -> Here:
    """Look around, now."""
    return Here(environ=os.environ)


def read_inserted(path: str, folder: Path | None, environ: Mapping[str, str]) -> bytes:
    """Return what the file of a placeholder holds. Blocks.

    Args:
        path: as it was typed; ``~`` is the user's home.
        folder: where a relative path begins; None where there is no such place.
        environ: says where the AWS tools keep credentials, when not in the usual place.

    Raises:
        StorageFailed: it cannot be read, or may not be sent.
    """
    file = from_home(path)
    if folder is None and not file.is_absolute():
        reason = "a relative path needs a saved preset, where it begins"
    else:
        content = _content(file if folder is None else folder / file, environ)
        if isinstance(content, bytes):
            return content
        reason = content
    raise StorageFailed(summary=f"{{{{file:{path}}}}} cannot be read: {reason}", path=path)


def read_body_file(path: Path, environ: Mapping[str, str]) -> bytes:
    """Return what the file that a body is in holds. Blocks.

    Raises:
        StorageFailed: it cannot be read, or may not be sent.
    """
    content = _content(from_home(str(path)), environ)
    if isinstance(content, bytes):
        return content
    raise StorageFailed(
        summary=f"Cannot read the body from {path}: {content}",
        hint="Choose another file, or type the body.",
        path=str(path),
    )


def _content(path: Path, environ: Mapping[str, str]) -> bytes | str:
    """Return what a file holds, or why it cannot be sent."""
    try:
        file = path.resolve()
        if _has_credentials(file, environ):
            return "credentials of AWS are not sent to an endpoint"
        # A pipe or a device would block or never end.
        if file.exists() and not file.is_file():
            return "it is no file"
        if file.stat().st_size > LARGEST_BYTES:
            return f"it is larger than {LARGEST_BYTES:,} bytes"
        return file.read_bytes()
    except (OSError, ValueError, RuntimeError) as error:
        return (error.strerror if isinstance(error, OSError) else None) or str(error)


def _has_credentials(file: Path, environ: Mapping[str, str]) -> bool:
    if file.is_relative_to(from_home("~/.aws").resolve()):
        return True
    named = (environ.get(name) for name in _OF_AWS)
    return any(file == from_home(each).resolve() for each in named if each)
