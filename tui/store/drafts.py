"""Drafts on disk: what stands in the form survives a crash, a closed terminal and a reboot.

    drafts/
      demo-1f2e3d4c/                 one folder for each connection
        iris-classifier-9ab0….toml   one file for each endpoint: a preset, and a table [draft]
        iris-classifier-9ab0….4f….bin   its body, where that is large or no text
        passing.toml                   what was in the form last and is no endpoint's own

Copies of the program that run at once have such folders of their own, see `draft_folders`.
A draft is written whole, again after each change, so that the file on disk is always one that was
in the form. A file that cannot be understood is set aside and told, never written over.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import accumulate
from pathlib import Path
from threading import Lock
from time import time
from typing import TYPE_CHECKING, cast

from tui.domain.drafts import Draft, EarlierDrafts, KeptDraft, connection_key
from tui.domain.errors import StorageFailed
from tui.domain.presets import PresetPlace
from tui.store.draft_folders import DraftFolders, bodies_of, drafts_in, listed, modified_at
from tui.store.files import move_aside, remove, remove_if_possible, sweep, write_atomically
from tui.store.presetformat import Fault, preset_of_table, spell_preset
from tui.store.problems import Problem
from tui.store.tomlfiles import read_toml
from tui.store.tomlwriting import spelled_text, spelled_time

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tui.domain.connections import Connection

MOST_DRAFTS = 200
"""Over all connections; those written longest ago go first."""
MOST_BYTES = 256 * 2**20
"""With their bodies, likewise; the one written last stays whatever its size."""
_ORPHANS_KEPT_S = 600.0
"""How long a body stays that no draft names: another copy of us may be about to name it."""
_PASSING = "passing"
"""Names no endpoint's file: those end in digits of a hash."""
_NOT_IN_NAMES = re.compile(r"[^A-Za-z0-9]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftSetAside:
    """A draft that could not be understood. May hold text from outside; sanitise before showing."""

    problem: Problem
    path: Path
    """Where the file is now."""

    def __str__(self) -> str:
        return f"{self.problem}; it was set aside as {self.path}"


class DraftStore:
    """The folder of drafts. All methods block; any thread may call.

    Args:
        folder: it need not exist.
    """

    def __init__(self, folder: Path) -> None:
        self._folders = DraftFolders(folder)
        self._lock = Lock()
        self._kept: dict[Path, datetime] = {}

    def keep(self, connection: Connection, draft: Draft, at: datetime) -> None:
        """Keep what is in the form, in place of what was kept for this endpoint.

        What is not the endpoint's own is kept apart, in place of the last such, so that nothing
        that was typed for an endpoint is replaced by something that only passes by.

        Threads may overtake each other: of two drafts for one endpoint the later one stays.

        Args:
            connection: where the request would go.
            draft: the form.
            at: when it stood there; aware.

        Raises:
            StorageFailed: what was kept before is as it was.
        """
        name = draft.preset.request.endpoint_name if draft.is_own else None
        self._folders.own(to_write=True)
        path = self._path(connection, name)
        with self._lock:
            if (latest := self._kept.get(path)) is not None and at < latest:
                return
            body = _write(path, connection, draft, at)
            self._kept[path] = at
            _tidy(path, body)
            self._forget_oldest()
            sweep(path.parent)

    def read(self, connection: Connection, endpoint_name: str) -> KeptDraft | DraftSetAside | None:
        """Return what was kept as an endpoint's own; None when nothing was.

        Raises:
            StorageFailed: a broken file cannot be set aside.
        """
        return _read(self._path(connection, endpoint_name))

    def latest(self, connection: Connection) -> KeptDraft | DraftSetAside | None:
        """Return what was kept last on a connection: what the next start continues with.

        Raises:
            StorageFailed: a broken file cannot be set aside.
        """
        paths = drafts_in(self._path(connection, None).parent)
        newest = max(map(modified_at, paths), default=0.0)
        last = [path for path in paths if modified_at(path) == newest]
        if len(last) <= 1:
            return _read(last[0]) if last else None
        # Written within one tick of the file system's clock.
        found = [kept for path in last if (kept := _read(path)) is not None]
        whole = [kept for kept in found if isinstance(kept, KeptDraft)]
        return max(whole, key=lambda kept: kept.kept_at) if whole else next(iter(found), None)

    def earlier(self, connection: Connection, endpoint_name: str | None) -> EarlierDrafts:
        """Return what copies left that ran at once with others, beside the one that comes back.

        Args:
            connection: where the request would go.
            endpoint_name: whose own they are; None for those that are nobody's.
        """
        name = self._path(connection, endpoint_name).relative_to(self._folders.own())
        paths = [folder / name for folder in self._folders.earlier() if (folder / name).exists()]
        found = [kept for path in paths if isinstance(kept := _parsed(path), KeptDraft)]
        return EarlierDrafts(
            drafts=tuple(sorted(found, key=lambda kept: kept.kept_at)),
            has_news=any(map(self._folders.is_news, paths)),
        )

    def close(self) -> None:
        """Leave the drafts to other copies; they are this one's again when it keeps another."""
        self._folders.close()

    def forget(self, connection: Connection, endpoint_name: str) -> None:
        """Throw away what was kept for an endpoint.

        Raises:
            StorageFailed: it is still there.
        """
        path = self._path(connection, endpoint_name)
        with self._lock:
            _remove(path)

    def _path(self, connection: Connection, endpoint_name: str | None) -> Path:
        """Return the file of an endpoint's own, or of what is nobody's."""
        stem = _PASSING if endpoint_name is None else _file_name(endpoint_name)
        return self._folders.own() / _file_name(connection_key(connection)) / f"{stem}.toml"

    def _forget_oldest(self) -> None:
        """Stay within the bounds; the draft that was written last stays in any case."""
        folders = (each for folder in self._folders.all() for each in listed(folder))
        drafts = [draft for folder in folders for draft in _weighed(folder)]
        drafts.sort(key=lambda draft: draft.modified_at, reverse=True)
        sizes = accumulate(draft.size_bytes for draft in drafts)
        for number, (draft, size_bytes) in enumerate(zip(drafts, sizes, strict=True)):
            if number and (number >= MOST_DRAFTS or size_bytes > MOST_BYTES):
                _remove(draft.path)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Weighed:
    """A draft, as far as bounds go."""

    path: Path
    modified_at: float
    size_bytes: int
    """With its bodies."""


def _weighed(folder: Path) -> list[_Weighed]:
    sizes: Counter[str] = Counter()
    stamps: dict[Path, float] = {}
    drafts = drafts_in(folder)
    for path in listed(folder):
        with suppress(OSError):  # gone since
            stat = path.stat()
            sizes[path.name.partition(".")[0]] += stat.st_size
            if path in drafts:
                stamps[path] = stat.st_mtime
    return [
        _Weighed(path=path, modified_at=stamp, size_bytes=sizes[path.stem])
        for path, stamp in stamps.items()
    ]


def _write(path: Path, connection: Connection, draft: Draft, at: datetime) -> str | None:
    """Write a draft; return the name of the file of its body, if there is one."""
    try:
        spelled = spell_preset(draft.preset, path, root=path.parent)
        text = spelled.text + "\n".join(_lines(connection, draft, at))
        content = text.encode()
    except ValueError as error:
        raise StorageFailed(
            summary=f"Cannot keep a draft: a text in the request is no Unicode ({error})",
            hint="Type it anew.",
            path=str(path),
        ) from error
    if spelled.beside is not None:
        beside = path.with_name(spelled.beside.name)
        if not _touch(beside, len(spelled.beside.content)):
            write_atomically(beside, spelled.beside.content)
    write_atomically(path, content)
    return spelled.beside.name if spelled.beside else None


def _lines(connection: Connection, draft: Draft, at: datetime) -> Iterator[str]:
    yield "\n[draft]"
    yield f"connection = {spelled_text(connection_key(connection))}"
    yield f"kept_at = {spelled_time(at)}"
    if not draft.is_own:
        yield "own = false"
    if draft.opened_from is not None:
        yield f"opened_folder = {spelled_text(str(draft.opened_from.folder))}"
        yield f"opened_name = {spelled_text(draft.opened_from.name)}"
        yield f"opened_version = {spelled_text(draft.version)}"
    yield ""


def _read(path: Path) -> KeptDraft | DraftSetAside | None:
    if not os.path.lexists(path):
        return None
    kept = _parsed(path)
    if isinstance(kept, Problem):
        return DraftSetAside(problem=kept, path=move_aside(path))
    return kept


def _parsed(path: Path) -> KeptDraft | Problem:
    table = read_toml(path)
    if isinstance(table, Problem):
        return table
    about = table.pop("draft", None)
    if not isinstance(about, dict):
        return Problem(source=str(path), key="draft", rule="is missing")
    preset = preset_of_table(table, path)
    if isinstance(preset, Fault):
        return Problem(source=str(path), key=preset.key, rule=preset.reason)
    return _about(cast("Mapping[str, object]", about), Draft(preset=preset), path)


def _about(table: Mapping[str, object], draft: Draft, path: Path) -> KeptDraft | Problem:
    """Add what the table of a draft says; one that is not told whose it is, is its endpoint's."""
    draft = replace(draft, is_own=table.get("own") is not False)
    match table:
        case {
            "kept_at": datetime() as at,
            "opened_folder": str(folder),
            "opened_name": str(name),
            "opened_version": str(version),
        }:
            place = PresetPlace(folder=Path(folder), name=name)
            return KeptDraft(draft=replace(draft, opened_from=place, version=version), kept_at=at)
        case {"kept_at": datetime() as at}:
            return KeptDraft(draft=draft, kept_at=at)
        case _:
            return Problem(source=str(path), key="draft.kept_at", rule="must be a time")


def _tidy(path: Path, current: str | None) -> None:
    """Remove bodies that this draft had before and nobody can be about to name."""
    oldest = time() - _ORPHANS_KEPT_S
    for each in bodies_of(path):
        if each.name != current and modified_at(each) < oldest:
            remove_if_possible(each)


def _remove(path: Path) -> None:
    remove(path)
    for each in bodies_of(path):
        remove_if_possible(each)


def _touch(path: Path, size_bytes: int) -> bool:
    """Whether a body is there already; its name has its hash. It counts as new from now on."""
    try:
        if path.stat().st_size != size_bytes:
            return False
        os.utime(path)
    except OSError:
        return False
    return True


def _file_name(text: str) -> str:
    """Make a name that any file system takes, different for different texts."""
    readable = _NOT_IN_NAMES.sub("-", text).strip("-")[:40]
    digits = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:12]
    return f"{readable}-{digits}" if readable else digits
