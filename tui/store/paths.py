"""Where things live: every path that sagescope reads or writes, decided once.

`SAGESCOPE_HOME` puts all of it into one folder, so that a test, a demonstration or a portable
installation leaves nothing behind elsewhere. Otherwise the platform's conventions decide. Nothing
here touches the disk, and no other module spells a file name of ours.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from platformdirs import PlatformDirs

if TYPE_CHECKING:
    from collections.abc import Mapping

HOME_VARIABLE = "SAGESCOPE_HOME"
"""The environment variable that moves every file of ours into one folder."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Paths:
    """Four absolute folders, none of which need exist, and the files in them."""

    config: Path
    """Written by the user, read by us."""
    data: Path
    """What the user would not want to lose: presets, history."""
    state: Path
    """What makes the next start continue where this one ended."""
    cache: Path
    """What can be deleted without loss."""

    @property
    def config_file(self) -> Path:
        """The user's settings."""
        return self.config / "config.toml"

    @property
    def user_themes(self) -> Path:
        """Folder of the user's own themes, one TOML file each."""
        return self.config / "themes"

    @property
    def presets(self) -> Path:
        """Folder of saved requests, one TOML file each, in any depth."""
        return self.data / "presets"

    @property
    def trash(self) -> Path:
        """Folder of deleted presets, which can come back."""
        return self.data / "trash"

    @property
    def history_file(self) -> Path:
        """The SQLite database of what was sent."""
        return self.data / "history.sqlite3"

    @property
    def remembered_file(self) -> Path:
        """Choices made inside the app, e.g. the theme."""
        return self.state / "remembered.toml"

    @property
    def drafts(self) -> Path:
        """Folder of requests being written, one for each connection and endpoint."""
        return self.state / "drafts"

    @property
    def preset_uses_file(self) -> Path:
        """When each preset was sent last; not in the presets, which go through git."""
        return self.state / "preset-uses.toml"

    @property
    def log_file(self) -> Path:
        """What the program did, for a bug report."""
        return self.state / "sagescope.log"


def from_home(text: str) -> Path:
    """Return a path that may begin with ``~``; the home of somebody unknown stays as it is."""
    return Path(os.path.expanduser(text))  # noqa: PTH111 - pathlib's raises where there is no home


def find_paths(environ: Mapping[str, str]) -> Paths:
    """Decide where things live; an empty ``SAGESCOPE_HOME`` counts as unset."""
    if home := environ.get(HOME_VARIABLE):
        folder = Path(home).expanduser().absolute()
        return Paths(config=folder, data=folder, state=folder, cache=folder / "cache")
    folders = PlatformDirs("sagescope", appauthor=False)
    return Paths(
        config=folders.user_config_path,
        data=folders.user_data_path,
        state=folders.user_state_path,
        cache=folders.user_cache_path,
    )
