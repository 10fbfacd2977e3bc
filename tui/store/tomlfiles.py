"""Reading TOML that a person or another program may have written: a table, or what is wrong.

What the keys mean is the business of settings, themes and whatever else is kept in this form.
"""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING

from tui.store.files import Unreadable, read_text
from tui.store.problems import Problem

if TYPE_CHECKING:
    from pathlib import Path


def read_toml(path: Path) -> dict[str, object] | Problem:
    """Read a small TOML file. Blocks."""
    try:
        return parse_toml(read_text(path), path)
    except Unreadable as error:
        return Problem(source=str(path), key="", rule=f"cannot be read: {error.reason}")


def parse_toml(text: str, path: Path) -> dict[str, object] | Problem:
    """Read TOML that came from ``path``."""
    try:
        return tomllib.loads(text)
    # ValueError: also an integer of too many digits. RecursionError: nested beyond any need.
    except (ValueError, RecursionError) as error:
        return Problem(source=str(path), key="", rule=f"is not TOML: {error}")
