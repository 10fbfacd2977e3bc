"""How anything that can be copied asks for it; which clipboard it is, only the app knows."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from textual.message import Message

if TYPE_CHECKING:
    from tui.body.pieces import Pieces


@dataclass
class CopyRequested(Message):
    """The user wants something on the clipboard."""

    copied: str | Pieces = field(repr=False)
    """Exactly that; in pieces what may be as long as a body."""
    what: str
    """What it is, for the note afterwards: "the header", "the body"."""

    @property
    def pieces(self) -> Pieces:
        """What is copied, put together nowhere."""
        return (self.copied,) if isinstance(self.copied, str) else self.copied

    @property
    def text(self) -> str:
        """What is copied, put together."""
        return "".join(self.pieces)
