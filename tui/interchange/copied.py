"""What is copied: a text, and what has to be said about it."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Copied:
    """A request in another tool's language."""

    text: str = field(repr=False)
    notes: tuple[str, ...] = ()
    """What the other tool cannot say, one line each."""


def one_line(text: str) -> str:
    """Return ``text`` without what would end a line, or be obeyed by a terminal."""
    return "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in text)
