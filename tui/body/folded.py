"""What is folded of a body, told by its bytes: it holds however the rows are cut."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class FoldMode(Enum):
    """What is folded unless it was toggled."""

    EMBEDDED = "embedded"
    """Strings that hold other files."""
    ALL = "all"
    """They, and whatever is in brackets, but for the outermost ones."""
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Folded:
    """What is folded, to be folded again where the same bytes are laid out another way."""

    mode: FoldMode = FoldMode.EMBEDDED
    least_depth: int = 1
    """How many brackets are around what ``ALL`` folds, at least."""
    toggled: tuple[int, ...] = ()
    """Where the lines begin that are folded, or not, unlike the mode says; in order."""
