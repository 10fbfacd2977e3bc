"""Reproduction bundles on disk: a folder, or the same folder in a .zip.

Written all or nothing and for the user alone; read without unpacking, in bounds, and nothing
outside of the bundle is ever looked at. Every function blocks.
"""

from __future__ import annotations

import io
import os
import shutil
import stat
import tempfile
import zipfile
import zlib
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from tui.domain.errors import StorageFailed
from tui.store.files import FileExists, write_user_file

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator, Sequence

    from tui.domain.bundles import BundleFile

ZIP_SUFFIX = ".zip"
MANIFEST = "bundle.json"
LARGEST_BYTES = 256 * 2**20
"""All of a bundle; two bodies of 25 MB, and what scripts wrote beside them, fit in many times."""
MOST_FILES = 1_000
_LONG_AGO = (1980, 1, 1, 0, 0, 0)
"""The first moment that a zip knows: the same files make the same zip."""
_PRIVATE_FILE = stat.S_IFREG | 0o600


def write_folder(path: Path, files: Sequence[BundleFile], *, overwrite: bool) -> None:
    """Make a folder of files, 0700 and 0600, complete from the moment it is there.

    Args:
        path: ``~`` is the user's home; the folder above must be there.
        files: what goes in.
        overwrite: replace a bundle that is there, and nothing else.

    Raises:
        FileExists: something is there, and ``overwrite`` is off.
        StorageFailed: anything else; what was there is then as it was.
    """
    with _told(path, "write"):
        target = path.expanduser().absolute()
        if os.path.lexists(target):
            _check_replaceable(path, target, overwrite=overwrite)
        # mkdtemp makes it 0700.
        made = Path(
            tempfile.mkdtemp(dir=target.parent, prefix=f".{target.name[:40]}.", suffix=".tmp")
        )
        try:
            for file in files:
                _write(made.joinpath(*file.name.split("/")), file.content)
            _put_in_place(made, target)
        finally:
            shutil.rmtree(made, ignore_errors=True)


def write_zip(path: Path, files: Sequence[BundleFile], *, overwrite: bool) -> None:
    """Write a zip, 0600, that unpacks into a folder of the same name.

    Raises:
        FileExists: a file is there, and ``overwrite`` is off.
        StorageFailed: anything else; what was there is then as it was.
    """
    write_user_file(path, zipped(path.stem, files), overwrite=overwrite)


def zipped(folder: str, files: Sequence[BundleFile]) -> bytes:
    """Return files as a zip, below one folder; the same files make the same bytes."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in files:
            entry = zipfile.ZipInfo(f"{folder}/{file.name}", _LONG_AGO)
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, _PRIVATE_FILE << 16
            archive.writestr(entry, file.content)
    return target.getvalue()


def read_files(path: Path) -> dict[str, bytes]:
    """Return the files of a bundle by their names, whether it is a folder or a zip.

    Raises:
        StorageFailed: there is none, it cannot be read, or it is larger than any bundle.
    """
    with _told(path, "read"):
        found = path.expanduser()
        if found.is_dir():
            return dict(_in_bounds(path, _in_folder(found)))
        if found.is_file():
            return _below_one_folder(dict(_in_bounds(path, _in_zip(path, found))))
    raise _failed(path, "read", "there is no such folder or file")


def _check_replaceable(path: Path, target: Path, *, overwrite: bool) -> None:
    if not overwrite:
        raise FileExists(
            summary=f"{path} exists already",
            hint="Choose another name, or replace it.",
            path=str(path),
        )
    if target.is_symlink() or not (target / MANIFEST).is_file():
        raise _failed(path, "replace", "it is no bundle")


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(mode=0o700, exist_ok=True)
    descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _put_in_place(made: Path, target: Path) -> None:
    """Give a folder its name; what has that name goes, or stays if anything goes wrong."""
    if not target.exists():
        made.rename(target)
        return
    aside = made.with_suffix(".old")
    target.rename(aside)
    try:
        made.rename(target)
    except OSError:
        aside.rename(target)
        raise
    shutil.rmtree(aside, ignore_errors=True)


def _in_folder(folder: Path) -> Iterator[tuple[str, int, Path]]:
    """Yield (name, bytes, file) of what is in a folder and one below; links are not followed."""
    if not (folder / MANIFEST).is_file():
        return
    for path in sorted((*folder.glob("*"), *folder.glob("endpoint/*"))):
        if path.is_file() and not path.is_symlink() and not path.parent.is_symlink():
            yield path.relative_to(folder).as_posix(), path.stat().st_size, path


def _in_zip(path: Path, file: Path) -> Iterator[tuple[str, int, zipfile.Path]]:
    with zipfile.ZipFile(file) as archive:
        for entry in archive.infolist():
            if bad := _entry_problem(entry):
                raise _failed(path, "read", f"{entry.filename!a} in it {bad}")
            if not entry.is_dir():
                yield entry.filename, entry.file_size, zipfile.Path(archive, entry.filename)


def _entry_problem(entry: zipfile.ZipInfo) -> str:
    parts = entry.filename.removesuffix("/").split("/")
    if any(part in ("", ".", "..") for part in parts) or "\\" in entry.filename or ":" in parts[0]:
        return "points out of it"
    if stat.S_ISLNK(entry.external_attr >> 16):
        return "is a link"
    return "is encrypted" if entry.flag_bits & 1 else ""


def _in_bounds(
    path: Path, entries: Iterator[tuple[str, int, Path | zipfile.Path]]
) -> Iterator[tuple[str, bytes]]:
    """Read files, as long as all of them together are no more than a bundle can be."""
    total = 0
    for number, (name, _, file) in enumerate(entries):
        with file.open("rb") as opened:
            # What a zip says of its size need not be so.
            content = opened.read(LARGEST_BYTES - total + 1)
        total += len(content)
        if total > LARGEST_BYTES or number >= MOST_FILES:
            raise _failed(path, "read", "it is larger than any bundle")
        yield name, content


def _below_one_folder(files: dict[str, bytes]) -> dict[str, bytes]:
    """Take away the folder that everything in a zip is in."""
    manifests = sorted((name for name in files if name.endswith(f"/{MANIFEST}")), key=len)
    if MANIFEST in files or not manifests:
        return files
    above = manifests[0].removesuffix(MANIFEST)
    return {
        name.removeprefix(above): content
        for name, content in files.items()
        if name.startswith(above)
    }


@contextmanager
def _told(path: Path, verb: str) -> Generator[None]:
    """Turn what goes wrong into words.

    Raises:
        StorageFailed: instead of what was raised.
    """
    try:
        yield
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
        raise _failed(path, verb, f"it is no zip that can be read ({error})") from error
    except (OSError, ValueError, RuntimeError) as error:
        reason = (error.strerror if isinstance(error, OSError) else None) or str(error)
        raise _failed(path, verb, reason) from error


def _failed(path: Path, verb: str, reason: str) -> StorageFailed:
    hint = (
        "Name a bundle: a folder with a bundle.json in it, or such a folder as a .zip."
        if verb == "read"
        else "Choose another name."
    )
    return StorageFailed(summary=f"Cannot {verb} {path}: {reason}", hint=hint, path=str(path))
