"""What placeholders take from this machine: the time, an id, the environment, and files.

A preset may come from somebody else, and what is sent is kept in the history; so the files
where the AWS tools keep credentials are refused, by whatever path one comes to them.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

from tui.domain.errors import StorageFailed

if TYPE_CHECKING:
    from collections.abc import Mapping

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
    """Return what a file holds. Blocks.

    Args:
        path: as it was typed; ``~`` is the user's home.
        folder: where a relative path begins; None where there is no such place.
        environ: says where the AWS tools keep credentials, when not in the usual place.

    Raises:
        StorageFailed: it cannot be read, or may not be sent.
    """
    try:
        file = Path(path).expanduser()
        if not file.is_absolute():
            if folder is None:
                raise _refused(path, "a relative path needs a saved preset, where it begins")
            file = folder / file
        file = file.resolve()
        if _has_credentials(file, environ):
            raise _refused(path, "credentials of AWS are not sent to an endpoint")
        if not file.is_file():
            raise _refused(path, "it is no file" if file.exists() else "there is no such file")
        if file.stat().st_size > LARGEST_BYTES:
            raise _refused(path, f"it is larger than {LARGEST_BYTES:,} bytes")
        return file.read_bytes()
    except (OSError, ValueError, RuntimeError) as error:
        reason = (error.strerror if isinstance(error, OSError) else None) or str(error)
        raise _refused(path, reason) from error


def _has_credentials(file: Path, environ: Mapping[str, str]) -> bool:
    if file.is_relative_to((Path.home() / ".aws").resolve()):
        return True
    named = (environ.get(name) for name in _OF_AWS)
    return any(file == Path(each).expanduser().resolve() for each in named if each)


def _refused(path: str, reason: str) -> StorageFailed:
    return StorageFailed(summary=f"{{{{file:{path}}}}} cannot be read: {reason}", path=path)
