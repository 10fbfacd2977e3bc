"""One writer at a time in a folder that several copies of us write to.

    open .sagescope.lock ──▶ lock it ──▶ is it still the file of that name? ──▶ write ──▶ remove it

The system gives the lock back when its holder ends, however it ends, so that no lock is ever stale.
Whoever waited for a file that was removed meanwhile begins anew. Between machines the lock holds as
far as the network file system carries it; where there is none at all, we write without one, and
look at the file once more right before it is replaced, which is what holds against editors too.
"""

from __future__ import annotations

import errno
import os
import sys
import time
from contextlib import ExitStack, contextmanager, suppress
from typing import TYPE_CHECKING

from tui.domain.errors import StorageFailed
from tui.store.files import make_private_folder

if TYPE_CHECKING:
    from collections.abc import Generator
    from pathlib import Path

LOCK_NAME = ".sagescope.lock"
LONGEST_WAIT_S = 10.0
"""Writing a preset takes milliseconds; who holds the lock for longer is stopped or stuck."""
_LOOK_EVERY_S = 0.005
_KNOWS_NO_LOCKS = {errno.ENOLCK, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EINVAL}


@contextmanager
def locked(*folders: Path) -> Generator[None]:
    """Keep other copies of us from writing in folders, which are made where missing. Blocks.

    Raises:
        StorageFailed: a folder cannot be written to, or another copy does not let go of it.
    """
    with ExitStack() as held:
        # Always in one order, so that no two wait for each other.
        for folder in sorted(set(folders)):
            held.enter_context(_locked(folder))
        yield


@contextmanager
def _locked(folder: Path) -> Generator[None]:
    path = folder / LOCK_NAME
    try:
        make_private_folder(folder)
        descriptor = _acquired(path)
    except (OSError, ValueError) as error:
        reason = (error.strerror if isinstance(error, OSError) else None) or str(error)
        raise StorageFailed(
            summary=f"Cannot write in {folder}: {reason}",
            hint="Check the folder's permissions and free space; SAGESCOPE_HOME chooses another.",
            path=str(folder),
        ) from error
    try:
        yield
    finally:
        release(path, descriptor)


def claim(path: Path) -> int | None:
    """Lock a file for as long as this program runs or until `release`, unless another has it.

    Returns:
        What `release` needs; None where another has it.

    Raises:
        OSError: it cannot be made.
    """
    descriptor = os.open(path, os.O_CREAT | os.O_RDWR, 0o600)
    if _lock(descriptor) and _is_named(path, descriptor):
        return descriptor
    os.close(descriptor)
    return None


def release(path: Path, descriptor: int) -> None:
    """Give back what `claim` or `_acquired` took."""
    with suppress(OSError):
        path.unlink()
    os.close(descriptor)


def _acquired(path: Path) -> int:
    """Return the descriptor of the lock's file, locked where that can be.

    Raises:
        OSError: it cannot be made.
        StorageFailed: it took too long.
    """
    deadline = time.monotonic() + LONGEST_WAIT_S
    while time.monotonic() < deadline:
        if (descriptor := claim(path)) is not None:
            return descriptor
        time.sleep(_LOOK_EVERY_S)
    raise StorageFailed(
        summary=f"Another sagescope has been writing in {path.parent} for {LONGEST_WAIT_S:.0f} s",
        hint="Try again, or end the other one.",
        path=str(path),
    )


def _is_named(path: Path, descriptor: int) -> bool:
    """Whether a locked file still is the one that others find."""
    try:
        return os.path.samestat(path.stat(), os.fstat(descriptor))
    except OSError:
        return False


if sys.platform == "win32":
    import msvcrt

    def _lock(descriptor: int) -> bool:
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True
else:
    import fcntl

    def _lock(descriptor: int) -> bool:
        """Lock a file, unless another has: then tell so."""
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            return error.errno in _KNOWS_NO_LOCKS
        return True
