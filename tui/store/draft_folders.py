"""Which folder of drafts is whose: copies of the program that run at once do not share one.

    drafts/
      .copy-2.lock       held by the second copy for as long as it runs, however it ends
      iris-….toml …      the first copy's: where nobody runs two, all there is
      copy-2/            the second's, the same within
      earlier-1/         what a copy left for which another had something newer, the same within

A copy that begins takes over what those have left that ended: of two drafts in one place the newer
one comes back, and the older one becomes an earlier one, which is read but never written over.
A draft moves with its bodies, which have its name, so that it is whole at every moment.
"""

from __future__ import annotations

import os
import shutil
import weakref
from contextlib import suppress
from itertools import count
from threading import Lock
from typing import TYPE_CHECKING

from tui.store.files import make_private_folder, remove_if_possible
from tui.store.locking import claim, release

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_FIRST = 1
_MOST_COPIES = 100
"""Where so many are locked, locks mean nothing: the file system refuses each of them."""


class DraftFolders:
    """The folders of drafts, of which one is this copy's own. Methods block; any thread may call.

    Args:
        root: it need not exist.
    """

    def __init__(self, root: Path) -> None:
        self._root = root
        self._lock = Lock()
        self._own: Path | None = None
        self._let_go: Callable[[], object] = _nothing
        self._news: frozenset[Path] = frozenset()

    def own(self, *, to_write: bool = False) -> Path:
        """Return the folder that no other running copy uses.

        Where no lock can be had, as in a folder that cannot be written to or on a file system that
        refuses each, it is the first one's.

        Args:
            to_write: nothing is made for who only looks where nothing is.
        """
        with self._lock:
            if self._own is None and (to_write or self._root.is_dir()):
                with suppress(OSError):  # what could not be taken over is where it was
                    self._begin()
            return self._own or self._root

    def earlier(self) -> tuple[Path, ...]:
        """Return the folders of earlier drafts, the oldest of them first."""
        return tuple(self._numbered("earlier"))

    def all(self) -> tuple[Path, ...]:
        """Return every folder there is, running copies' too."""
        return (self._root, *self._numbered("copy"), *self._numbered("earlier"))

    def is_news(self, path: Path) -> bool:
        """Whether a draft became an earlier one at the start of this copy."""
        return path in self._news

    def close(self) -> None:
        """Let others take over what is here; the folder is claimed anew when it is wanted again."""
        with self._lock:
            self._own = None
            self._let_go()
            self._let_go = _nothing

    def _begin(self) -> None:
        """Claim the first folder that is free, and take over what others left.

        Raises:
            OSError: no lock can be made.
        """
        make_private_folder(self._root)
        for number in range(_FIRST, _MOST_COPIES + 1):
            lock = self._lock_of(number)
            if (descriptor := claim(lock)) is not None:
                self._let_go = weakref.finalize(self, release, lock, descriptor)
                self._own = self._folder(number)
                self._take_over(number)
                return
        self._own = self._root

    def _take_over(self, own: int) -> None:
        for number in (_FIRST, *self._numbers("copy")):
            lock = self._lock_of(number)
            if number == own or (descriptor := claim(lock)) is None:
                continue
            try:
                self._empty(self._folder(number), self._folder(own))
            finally:
                release(lock, descriptor)

    def _empty(self, left: Path, own: Path) -> None:
        for path in [path for folder in listed(left) for path in drafts_in(folder)]:
            mine = own / path.relative_to(left)
            older = path
            if not mine.exists():
                _move(path, mine)
                continue
            if modified_at(mine) < modified_at(path):
                older = mine
            self._set_back(older, path.relative_to(left))
            if older is mine:
                _move(path, mine)
        if left != self._root:
            _remove_empty(left)

    def _set_back(self, path: Path, name: Path) -> None:
        """Make a draft an earlier one."""
        to = next(
            to
            for number in count(1)
            if not (to := self._root / f"earlier-{number}" / name).exists()
        )
        _move(path, to)
        self._news |= {to}

    def _folder(self, number: int) -> Path:
        return self._root if number == _FIRST else self._root / f"copy-{number}"

    def _lock_of(self, number: int) -> Path:
        return self._root / f".copy-{number}.lock"

    def _numbered(self, kind: str) -> list[Path]:
        return [self._root / f"{kind}-{number}" for number in self._numbers(kind)]

    def _numbers(self, kind: str) -> list[int]:
        """Number the folders of a kind; a connection's folder ends in twelve digits, not in one."""
        names = (each.name.removeprefix(f"{kind}-") for each in listed(self._root))
        return sorted(int(name) for name in names if name.isdecimal() and len(name) < 6)


def drafts_in(folder: Path) -> list[Path]:
    """Return the drafts of one connection."""
    return [each for each in listed(folder) if each.suffix == ".toml" and each.name[0] != "."]


def bodies_of(path: Path) -> list[Path]:
    """Return the files beside a draft that are or were its body."""
    prefix = f"{path.stem}."
    names = (each for each in listed(path.parent) if each.name.startswith(prefix))
    return [each for each in names if each.name.count(".") == 2 and "broken" not in each.name]


def listed(folder: Path) -> list[Path]:
    """Return what is in a folder; nothing where it is none."""
    try:
        return list(folder.iterdir())
    except OSError:
        return []


def modified_at(path: Path) -> float:
    """Return when a file was written; 0 where it is gone."""
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0


def _nothing() -> None:
    pass


def _move(path: Path, to: Path) -> None:
    """Move a draft; killed at any moment, this leaves it whole at one of the two places."""
    make_private_folder(to.parent)
    bodies = bodies_of(path)
    for body in bodies:
        _link(body, to.parent / body.name)
    path.replace(to)
    for body in bodies:
        remove_if_possible(body)


def _link(path: Path, to: Path) -> None:
    with suppress(FileExistsError):  # its name has its hash
        try:
            os.link(path, to)
        except FileExistsError:
            raise
        except OSError:  # a file system without links
            shutil.copy2(path, to)


def _remove_empty(folder: Path) -> None:
    with suppress(OSError):
        for each in listed(folder):
            each.rmdir()
        folder.rmdir()
