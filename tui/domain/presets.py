"""Saved requests: what a preset holds, where one is, and what a name may be.

    Preset              the request and what goes with it; knows no file
    PresetPlace         a folder and a name in it, such as "team/iris smoke test"
    OpenedPreset        a preset, the place it was read from, and the version that was there
    StoredPreset        a row of the list: a file that can be opened
    BrokenPreset        a row of the list: a file that cannot, and why

Values only. Files are `tui.store.presets`; `tui.saved` has the use cases, for the event loop.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from tui.domain.requests import InvocationRequest

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime
    from pathlib import Path

SUFFIX = ".toml"
LONGEST_PART_BYTES = 120
"""UTF-8 bytes of one part of a name; file systems take 255, a body's file adds some."""
LONGEST_NAME_BYTES = 400
MOST_PARTS = 8

_NOT_IN_NAMES = re.compile(r'[<>:"\\|?*]')
_WINDOWS_DEVICE = re.compile(r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)(\..*)?")
_VARIABLE_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_-]{0,62}")
_TAKEN = ("uuid", "now")


@dataclass(frozen=True, slots=True, kw_only=True)
class Variable:
    """Something that is asked for when a preset is sent; ``{{name}}`` in the request."""

    name: str
    """See `variable_name_problem`."""
    prompt: str = ""
    """What to ask; empty means the name says enough."""
    default: str | None = None
    """What the question is answered with beforehand; None when an answer must be typed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Preset:
    """A request and what goes with it. Two that are equal have nothing to save between them."""

    request: InvocationRequest = field(default_factory=InvocationRequest)
    """As it was typed, placeholders unfilled. A body that a file of the preset's own holds is
    here as `InlineBody`; `FileBody` is a file that the user chose, its path absolute."""
    description: str = ""
    """What it is for; may have several lines."""
    variables: tuple[Variable, ...] = ()
    """In the order in which they are asked for."""
    has_placeholders: bool = True
    """Whether ``{{uuid}}`` and its like are filled in at send; else all is sent as it stands, as
    what comes from the history or another tool must be."""
    keeps_bodies: bool = True
    """Whether the history keeps the bodies of what is sent and answered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PresetPlace:
    """Where a preset is, or would be."""

    folder: Path
    """One of the folders of presets, absolute."""
    name: str
    """Relative to the folder, parts separated by ``/``, no suffix. See `name_problem`."""

    @property
    def path(self) -> Path:
        """The file."""
        return self.folder.joinpath(*f"{self.name}{SUFFIX}".split("/"))

    @property
    def parts(self) -> tuple[str, ...]:
        """Sub-folders, then the preset's own name."""
        return tuple(self.name.split("/"))


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedPreset:
    """A preset as it was read or saved last; what is unsaved is unsaved against this."""

    place: PresetPlace
    preset: Preset
    version: str
    """Tells this content of the file from any other; see `tui.store.presets.PresetStore.save`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredPreset:
    """A file in a folder of presets that can be opened."""

    place: PresetPlace
    modified_at: datetime
    """Aware, UTC."""
    endpoint_name: str = ""
    """Of the request; empty when it is for any endpoint."""
    description: str = ""
    last_used_at: datetime | None = None
    """When it was sent last, from this machine. Aware, UTC."""
    is_shipped: bool = False
    """It comes with the program: it can be opened, sent and copied, but not changed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BrokenPreset:
    """A file that cannot be opened; it is never written to. May hold text from outside."""

    place: PresetPlace
    reason: str
    """What is wrong and what would be right, without a full stop."""
    key: str = ""
    """Dotted path in the file, e.g. ``variables.city.prompt``; empty for the whole file."""
    line: int | None = None
    """From 1; None where no line is to blame."""
    is_folder: bool = False
    """Not a file but a folder that cannot be read, so that what is in it is unknown."""

    @property
    def path(self) -> Path:
        """The file, or the folder."""
        place = self.place
        return place.folder / place.name if self.is_folder else place.path

    def __str__(self) -> str:
        path = str(self.path)
        where = path if self.line is None else f"{path}: line {self.line}"
        return ": ".join(part for part in (where, self.key, self.reason) if part)


PresetEntry: TypeAlias = StoredPreset | BrokenPreset


@dataclass(frozen=True, slots=True, kw_only=True)
class TrashedPreset:
    """A preset that was deleted and can come back."""

    id: str
    place: PresetPlace
    """Where it was."""
    deleted_at: datetime
    """Aware, UTC."""


def is_unsaved(opened: OpenedPreset | None, current: Preset) -> bool:
    """Whether ``current`` differs from what is in the file; without a file, from nothing at all."""
    return current != (opened.preset if opened else Preset())


def by_use(entries: Iterable[PresetEntry]) -> tuple[PresetEntry, ...]:
    """Order a list for reading: used last first, then by name; what is in folders stands last."""

    def key(entry: PresetEntry) -> tuple[float, bool, str, str]:
        used = entry.last_used_at if isinstance(entry, StoredPreset) else None
        place = entry.place
        in_folder = len(place.parts) > 1
        name = place.name.casefold()
        return (-used.timestamp() if used else 0.0, in_folder, name, str(place.path))

    return tuple(sorted(entries, key=key))


def told_apart(entries: Iterable[PresetEntry]) -> Mapping[PresetPlace, str]:
    """Say where those are from whose name is another's too: ``demo``, or one of several folders.

    The user's only one of a name needs no word.
    """
    own: dict[str, list[PresetPlace]] = {}
    shipped: dict[str, PresetPlace] = {}
    for entry in entries:
        name = entry.place.name.casefold()
        if isinstance(entry, StoredPreset) and entry.is_shipped:
            shipped[name] = entry.place
        else:
            own.setdefault(name, []).append(entry.place)
    several = (place for places in own.values() if len(places) > 1 for place in places)
    copied = {place: "demo" for name, place in shipped.items() if name in own}
    return {**{place: place.folder.name for place in several}, **copied}


def matching(entries: Iterable[PresetEntry], text: str) -> tuple[PresetEntry, ...]:
    """Keep those whose name, endpoint or description has every word of ``text``, in any case.

    Those that have them all in their name come first; else the order stays.
    """
    words = text.casefold().split()
    found = [entry for entry in entries if all(word in _searched(entry) for word in words)]

    def is_named_otherwise(entry: PresetEntry) -> bool:
        name = entry.place.name.casefold()
        return not all(word in name for word in words)

    return tuple(sorted(found, key=is_named_otherwise))


def _searched(entry: PresetEntry) -> str:
    match entry:
        case StoredPreset(place=place, endpoint_name=endpoint, description=description):
            return f"{place.name}\n{endpoint}\n{description}".casefold()
        case BrokenPreset(place=place, reason=reason):
            return f"{place.name}\n{reason}".casefold()


def name_problem(name: str) -> str | None:
    """Say why ``name`` cannot name a preset on some platform; None when it can on every one.

    A folder of presets goes through git from one machine to another, so that what Windows refuses
    is refused everywhere.
    """
    if not name.strip():
        return "a name is needed"
    parts = name.split("/")
    if len(parts) > MOST_PARTS:
        return f"{len(parts)} folders deep; at most {MOST_PARTS} are allowed"
    if bad := next(filter(None, map(_part_problem, parts)), None):
        return bad
    if len(name.encode()) > LONGEST_NAME_BYTES:
        return f"too long; at most {LONGEST_NAME_BYTES} bytes are allowed"
    return None


def _part_problem(part: str) -> str | None:
    if not part:
        return 'a name has no empty part: no "/" at its ends, and none next to another'
    if part in (".", "..") or part.startswith("."):
        return "no part of a name may begin with a dot"
    if found := _NOT_IN_NAMES.search(part):
        return f"a name cannot hold {found.group()}"
    if bad := next((char for char in part if unicodedata.category(char)[0] == "C"), None):
        return f"a name cannot hold the character U+{ord(bad):04X}"
    if part != part.strip() or part.endswith("."):
        return "no part of a name may begin or end with a space, nor end with a dot"
    if _WINDOWS_DEVICE.fullmatch(part.casefold()):
        return f"{part} is a device on Windows"
    if len(part.encode()) > LONGEST_PART_BYTES:
        return f"too long; at most {LONGEST_PART_BYTES} bytes are allowed between two slashes"
    return None


def variable_name_problem(name: str) -> str | None:
    """Say why ``{{name}}`` cannot stand for a variable; None when it can."""
    if name in _TAKEN:
        return f"{{{{{name}}}}} has a meaning of its own"
    if not _VARIABLE_NAME.fullmatch(name):
        return "must be a letter, then letters, digits, - and _, 63 at most"
    return None
