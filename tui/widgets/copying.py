"""How anything that can be copied asks for it; which clipboard it is, only the app knows."""

from __future__ import annotations

from dataclasses import dataclass, field

from textual.message import Message


@dataclass
class CopyRequested(Message):
    """The user wants something on the clipboard."""

    text: str = field(repr=False)
    """Exactly what is copied."""
    what: str
    """What it is, for the note afterwards: "the header", "the body"."""
