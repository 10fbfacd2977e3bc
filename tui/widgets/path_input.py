"""A row for the path of a file, completed as shells do it, without a hitch on slow disks.

Reading directories happens off the event loop. Paths stay as they were typed: ``~`` and relative
paths are resolved only where a file is opened.
"""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding

from tui.blocking import run_blocking
from tui.widgets.field_row.entry import EntryRow

if TYPE_CHECKING:
    from textual.binding import BindingType

ENTRIES_MAX = 100_000
"""Directory entries looked at; a larger directory is completed from its first ones."""


class PathInput(EntryRow):
    """The path of the body's file; tab completes, down shows what is there."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "tab",
            "complete",
            "Complete path",
            show=False,
            id="request.complete-path",
            tooltip="Complete the path as far as it is certain, or take the value marked",
        ),
    ]

    def on_mount(self) -> None:
        """Take the path of a file that is dropped on the terminal, however that spells it."""
        self.entry.whole_of = _dropped

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Tab completes only while there is something to choose from; else it moves on."""
        if action == "complete":
            return self.is_choosing
        return super().check_action(action, parameters)

    @property
    def can_suggest(self) -> bool:
        """There is always a directory to look into."""
        return True

    async def suggest(self, typed: str) -> tuple[str, ...]:
        """Return the paths that begin with ``typed``; for nothing, what is here."""
        return await run_blocking(partial(completions, typed or self.value), name="complete")

    async def action_complete(self) -> None:
        """Take the marked path, or what all paths have in common; go on into directories."""
        marked = self.current_choice
        typed = self.value
        text = marked or common_start(await self.suggest(typed), typed)
        self.choose(text)
        if marked is None or marked.endswith(os.sep):
            await self.open_choices(text)


def _dropped(text: str) -> str | None:
    # Imported when something is pasted: 3 ms.
    from tui.interchange.pasted_path import pasted_path

    path = pasted_path(text)
    return None if path is None else str(path)


def completions(typed: str) -> tuple[str, ...]:
    """List the paths that begin with ``typed``, directories first, spelt as it is spelt.

    Blocks. A directory that cannot be read has no completions; the file pane says why.

    Args:
        typed: may begin with ``~``; directories in the answer end with a separator.
    """
    if typed == "~":
        return (f"~{os.sep}",)
    cut = max(typed.rfind(os.sep), typed.rfind(os.altsep or os.sep)) + 1
    start, beginning = typed[:cut], typed[cut:]
    try:
        directory = Path(start or ".").expanduser()
        entries = _entries(directory, beginning)
    except (OSError, RuntimeError, ValueError):
        return ()
    return tuple(start + name for name in entries)


def common_start(paths: tuple[str, ...], typed: str) -> str:
    """Return the longest beginning that all ``paths`` share, at least what was typed."""
    shared = os.path.commonprefix(paths)  # noqa: RUF071 - half a name is wanted
    return shared if len(shared) > len(typed) else typed


def _entries(directory: Path, beginning: str) -> list[str]:
    """Name the entries that begin so, hidden ones only when a dot was typed."""
    found: list[tuple[bool, str]] = []
    with os.scandir(directory) as listing:
        for _, entry in zip(range(ENTRIES_MAX), listing, strict=False):
            name = entry.name
            if not name.startswith(beginning) or (name[0] == "." and not beginning):
                continue
            is_directory = entry.is_dir()
            found.append((not is_directory, name + os.sep if is_directory else name))
    return [name for _, name in sorted(found)]
