"""When each preset was sent last: what puts the list in order.

Kept apart from the presets, which go through git and shall not differ because somebody used one.
A file that cannot be understood is set aside, and use is counted from then on.
"""

from __future__ import annotations

import os
from datetime import datetime
from typing import TYPE_CHECKING

from tui.store.files import move_aside, write_atomically
from tui.store.problems import Problem
from tui.store.tomlfiles import read_toml
from tui.store.tomlwriting import spelled_key, spelled_time

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

VERSION = 1
MOST_USES = 2_000


def read_uses(file: Path) -> Mapping[str, datetime] | Problem:
    """Return when each preset was sent last, by the path of its file. Blocks."""
    if not os.path.lexists(file):
        return {}
    content = read_toml(file)
    if isinstance(content, Problem):
        return content
    if content.pop("version", None) != VERSION:
        rule = f"must be {VERSION}; another sagescope may have written it"
        return Problem(source=str(file), key="version", rule=rule)
    # A time without a zone cannot be compared with the others; nobody but us writes here.
    return {
        path: used for path, used in content.items() if isinstance(used, datetime) and used.tzinfo
    }


def write_uses(file: Path, uses: Mapping[str, datetime]) -> None:
    """Keep them, the latest if there are many. Blocks.

    Raises:
        StorageFailed: what was there is as it was.
    """
    if isinstance(read_uses(file), Problem):
        move_aside(file)
    latest = sorted(uses.items(), key=lambda each: each[1], reverse=True)[:MOST_USES]
    lines = [
        "# Written by sagescope: when each preset was sent last.",
        f"version = {VERSION}",
        *(f"{spelled_key(path)} = {spelled_time(used)}" for path, used in latest),
        "",
    ]
    write_atomically(file, "\n".join(lines).encode())
