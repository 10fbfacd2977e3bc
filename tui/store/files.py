"""Reading and writing whole files: private to the user, all or nothing.

    new content -> temporary file beside the target (0600) -> flush, fsync -> os.replace

A crash at any point leaves the old file or the new one, never half of one. What goes wrong comes
out as `StorageFailed`; formats are the business of the modules above. All functions block.
"""

from __future__ import annotations

import os
import re
import stat
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from time import time
from typing import TYPE_CHECKING

from tui.domain.errors import StorageFailed

if TYPE_CHECKING:
    from collections.abc import Callable

PRIVATE_FOLDER_MODE = 0o700
LARGEST_TEXT_BYTES = 1_000_000
"""No settings or theme file of a person is larger; more is a mistake and not read."""


_TEMPORARY = re.compile(r"\..+\.[a-z0-9_]{8}\.tmp")
"""What `mkstemp` makes of the names given to it here."""
_LEFT_OVER_S = 3600.0


@dataclass(kw_only=True, eq=False)
class Unreadable(StorageFailed):
    """A file that cannot be read."""

    reason: str
    """What is wrong, for a sentence that names the file itself."""


@dataclass(kw_only=True, eq=False)
class FileExists(StorageFailed):
    """The file is there already, and nobody said that it may be replaced."""


def read_text(path: Path) -> str:
    """Return a small UTF-8 file as text, without a byte order mark.

    Raises:
        Unreadable: missing, unreadable, not a regular file, not UTF-8 or over 1 MB.
    """
    try:
        # A pipe or a device would block or never end.
        if not path.is_file():
            raise _refused(path, "it is no file" if path.exists() else "there is no such file")
        with path.open("rb") as file:
            content = file.read(LARGEST_TEXT_BYTES + 1)
        if len(content) > LARGEST_TEXT_BYTES:
            raise _refused(path, f"it is larger than {LARGEST_TEXT_BYTES} bytes")
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _refused(path, f"it is not UTF-8 (byte {error.start})") from error
    except (OSError, ValueError) as error:
        raise _refused(path, _reason(error)) from error


def write_atomically(
    path: Path,
    content: bytes,
    *,
    keep_mode: bool = False,
    check: Callable[[], None] | None = None,
) -> None:
    """Replace ``path`` by ``content``, making missing folders; a symbolic link stays a link.

    Args:
        path: the file.
        content: all of it.
        keep_mode: leave a file that is there the permissions that its owner gave it.
        check: called right before the old file is replaced; what it raises leaves that one.

    Raises:
        StorageFailed: the old file is then as it was.
    """
    try:
        target = path.resolve()
        mode = _mode_if_file(target) if keep_mode else None
        make_private_folder(target.parent)
        temporary = _write_beside(target, content)
        try:
            if mode is not None:
                temporary.chmod(mode)
            if check is not None:
                check()
            temporary.replace(target)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise
        _make_rename_durable(target.parent)
    except (OSError, ValueError, RuntimeError) as error:
        raise _cannot_write(path, error) from error


def create_atomically(path: Path, content: bytes) -> None:
    """Make a new file, and missing folders; at no moment is it there without its content.

    Raises:
        FileExists: something of that name is there; it stays as it is.
        StorageFailed: nothing is made.
    """
    try:
        make_private_folder(path.parent)
        temporary = _write_beside(path, content)
        try:
            _name_if_free(temporary, path)
        finally:
            temporary.unlink(missing_ok=True)
        _make_rename_durable(path.parent)
    except FileExistsError as error:
        raise _taken(path) from error
    except (OSError, ValueError, RuntimeError) as error:
        raise _cannot_write(path, error) from error


def _name_if_free(temporary: Path, path: Path) -> None:
    """Give a file its name.

    Raises:
        FileExistsError: the name is taken.
        OSError: it cannot be given.
    """
    if os.name != "posix":  # Windows renames onto nothing that is there
        temporary.rename(path)
        return
    try:
        os.link(temporary, path)
    except FileExistsError:
        raise
    except OSError:
        # Some file systems (FAT, some network ones) know no second name for a file.
        if os.path.lexists(path):
            raise FileExistsError from None
        temporary.replace(path)


def write_user_file(path: Path, content: bytes, *, overwrite: bool) -> None:
    """Write ``content`` where the user said: all of it, or the file stays as it was.

    A new file is 0600, since an answer may be anybody's data; a replaced one keeps its mode.
    Folders are not made: a missing one is more often a typing error than a wish.

    Args:
        path: ``~`` is the user's home; a symbolic link stays a link.
        content: all of the file.
        overwrite: replace a file that is there.

    Raises:
        FileExists: it is there, and ``overwrite`` is off.
        StorageFailed: anything else, said.
    """
    try:
        target = path.expanduser().resolve()
        if target.parent.is_dir():
            _write_to(target, content, overwrite=overwrite)
            return
        reason = f"there is no folder {target.parent}"
    except FileExistsError as error:
        raise _taken(path) from error
    except (OSError, ValueError, RuntimeError) as error:
        raise _unwritable(path, _reason(error)) from error
    raise _unwritable(path, reason)


def move_aside(path: Path) -> Path:
    """Rename a file of ours that cannot be understood; return the first free ``NAME.broken-N``.

    Raises:
        StorageFailed: it cannot be renamed.
    """
    numbered = (path.with_name(f"{path.name}.broken-{number}") for number in count(1))
    free = next(each for each in numbered if not os.path.lexists(each))
    try:
        return path.rename(free)
    except OSError as error:
        raise StorageFailed(
            summary=f"Cannot move {path} aside: {error.strerror or error}",
            hint="Look into it and move it away.",
            path=str(path),
        ) from error


def remove(path: Path) -> None:
    """Remove a file, if it is there.

    Raises:
        StorageFailed: it is still there.
    """
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise StorageFailed(
            summary=f"Cannot remove {path}: {error.strerror or error}",
            hint="Check the folder's permissions.",
            path=str(path),
        ) from error


def remove_if_possible(path: Path) -> None:
    """Remove a file that nothing names any more; left there, it does nobody harm."""
    with suppress(OSError):
        path.unlink(missing_ok=True)


def sweep(folder: Path) -> None:
    """Remove what writers left in a folder that were killed an hour ago or more."""
    oldest = time() - _LEFT_OVER_S
    with suppress(OSError):
        for path in folder.iterdir():
            if _TEMPORARY.fullmatch(path.name) and path.lstat().st_mtime < oldest:
                remove_if_possible(path)


def is_same_file(path: Path, other: Path) -> bool:
    """Whether two names that differ are one file, as "A" and "a" are on some systems."""
    try:
        return path != other and os.path.samestat(os.lstat(path), os.lstat(other))
    except OSError:
        return False


def make_private_folder(folder: Path) -> None:
    """Make ``folder`` and its missing parents, each 0700; folders that exist stay as they are.

    Raises:
        OSError: a folder cannot be made.
    """
    missing = [ancestor for ancestor in (folder, *folder.parents) if not ancestor.exists()]
    for ancestor in reversed(missing):
        ancestor.mkdir(mode=PRIVATE_FOLDER_MODE, exist_ok=True)


def _write_to(target: Path, content: bytes, *, overwrite: bool) -> None:
    """Write through a temporary file: at no moment is there a file without its content.

    Raises:
        FileExistsError: ``target`` is there, and ``overwrite`` is off.
        OSError: it cannot be written.
    """
    mode = _mode_if_file(target)
    if mode is not None and not overwrite:
        raise FileExistsError
    temporary = _write_beside(target, content)
    try:
        if mode is not None:
            temporary.chmod(mode)
        if overwrite:
            temporary.replace(target)
        else:
            _name_if_free(temporary, target)
    finally:
        temporary.unlink(missing_ok=True)


def _mode_if_file(target: Path) -> int | None:
    """Return a file's permissions, None when nothing is there.

    Raises:
        OSError: something else than a file is there.
    """
    if not target.exists():
        return None
    if target.is_dir():
        raise OSError("it is a folder; name a file in it")
    if not target.is_file():
        raise OSError("it is no regular file")
    return stat.S_IMODE(target.stat().st_mode)


def _write_beside(target: Path, content: bytes) -> Path:
    """Write a temporary file into the target's folder; mkstemp makes it 0600 and new."""
    descriptor, name = tempfile.mkstemp(
        dir=target.parent, prefix=f".{target.name[:40]}.", suffix=".tmp"
    )
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    return Path(name)


def _make_rename_durable(folder: Path) -> None:
    if os.name != "posix":  # Windows cannot open a folder, and needs no such thing
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        # Some network and FUSE file systems refuse to sync a folder; the file itself is safe.
        with suppress(OSError):
            os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _taken(path: Path) -> FileExists:
    return FileExists(
        summary=f"{path} exists already",
        hint="Choose another name, or replace it.",
        path=str(path),
    )


def _cannot_write(path: Path, error: Exception) -> StorageFailed:
    return StorageFailed(
        summary=f"Cannot write {path}: {_reason(error)}",
        hint="Check the folder's permissions and free space; SAGESCOPE_HOME chooses another.",
        path=str(path),
    )


def _unwritable(path: Path, reason: str) -> StorageFailed:
    return StorageFailed(
        summary=f"Cannot write {path}: {reason}",
        hint="Choose another file, or make room for it.",
        path=str(path),
    )


def _refused(path: Path, reason: str) -> Unreadable:
    return Unreadable(summary=f"Cannot read {path}: {reason}", path=str(path), reason=reason)


def _reason(error: Exception) -> str:
    return (error.strerror if isinstance(error, OSError) else None) or str(error)
