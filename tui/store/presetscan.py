"""Which presets are in a folder: names and signatures, nothing read.

Folders that begin with a dot, such as git's, are not looked into; symbolic links are followed, but
never in a circle.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from tui.domain.presets import MOST_PARTS, SUFFIX

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_FILES = 20_000
"""A folder with more was chosen by mistake, such as a whole disk; the rest is not looked at."""

Stamp: TypeAlias = tuple[str, int, int, int]
"""(path, modified at in ns, bytes, inode)."""
Signature: TypeAlias = tuple[Stamp, ...]
"""Differs as soon as a file came, went, was written or was replaced."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnreadableFolder:
    """A folder whose content is unknown."""

    path: Path
    reason: str


def preset_paths(folder: Path) -> Iterator[Path | UnreadableFolder]:
    """Yield the TOML files below a folder, and the folders that cannot be read. Blocks.

    A folder that is not there has no presets.
    """
    for found in _walk(folder):
        if isinstance(found, UnreadableFolder) or found.path.endswith(SUFFIX):
            yield found if isinstance(found, UnreadableFolder) else Path(found.path)


def sub_folders(folder: Path) -> tuple[str, ...]:
    """Return the folders that have presets, relative to ``folder``, ``/`` between parts. Blocks."""
    paths = (path for path in preset_paths(folder) if isinstance(path, Path))
    parents = {path.parent.relative_to(folder).as_posix() for path in paths}
    return tuple(sorted(parents - {"."}))


def signature_of(folders: tuple[Path, ...]) -> Signature:
    """Take the signature of everything in the folders. Blocks; 1,000 files take a few ms."""
    stamps = (_stamp(found) for folder in folders for found in _walk(folder))
    return tuple(sorted(stamps))


def _stamp(found: os.DirEntry[str] | UnreadableFolder) -> Stamp:
    if isinstance(found, UnreadableFolder):
        return (str(found.path), -1, 0, 0)
    try:
        stat = found.stat()
    except OSError:  # gone since, or a link to nothing
        return (found.path, -1, 0, 0)
    return (found.path, stat.st_mtime_ns, stat.st_size, stat.st_ino)


def _walk(folder: Path) -> Iterator[os.DirEntry[str] | UnreadableFolder]:
    """Yield everything below that is no folder and not hidden, in the order of paths."""
    return islice(_walk_below(str(folder), frozenset()), MOST_FILES)


def _walk_below(
    path: str, above: frozenset[tuple[int, int]]
) -> Iterator[os.DirEntry[str] | UnreadableFolder]:
    """Walk one folder.

    Args:
        path: a string, since Path costs more than the walk.
        above: (device, inode) of the folders that lead here; a link to one leads in a circle.
    """
    try:
        stat = os.stat(path)  # noqa: PTH116 - as above
        with os.scandir(path) as listed:
            entries = sorted(listed, key=lambda entry: entry.name)
    except FileNotFoundError:
        return
    except OSError as error:
        yield UnreadableFolder(path=Path(path), reason=error.strerror or str(error))
        return
    here = (stat.st_dev, stat.st_ino)
    if here in above or len(above) >= MOST_PARTS:
        return
    for entry in entries:
        if entry.name.startswith("."):
            continue
        if _is_folder(entry):
            yield from _walk_below(entry.path, above | {here})
        else:
            yield entry


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False
