"""What is wrong in a file that a person wrote: which file, which key, which rule.

Settings and themes say it in the same words. Problems are values, so that all of them can be
shown at once; nothing here reads a file.
"""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One broken rule. May hold text from outside; sanitise before showing."""

    source: str
    """The file's path, or "environment" or "command line"."""
    key: str
    """Dotted path inside the source, e.g. ``keymap.request.send``; empty for the whole file."""
    rule: str
    """What is wrong and what would be right, without a full stop."""

    def __str__(self) -> str:
        return ": ".join(part for part in (self.source, self.key, self.rule) if part)


def unknown(what: str, name: str, known: Iterable[str]) -> str:
    """Say that there is no ``what`` called ``name`` (shown elsewhere), and which is nearest."""
    names = sorted(known)
    nearest = get_close_matches(name, names, n=1, cutoff=0.5)
    if nearest:
        return f"there is no such {what}; the nearest is {nearest[0]}"
    return f"there is no such {what}; there are {', '.join(names)}"
