"""What a lens is: one way to look at a body. `tui.body.lenses` lists them all."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable

    from tui.body.kinds import Recognised
    from tui.body.rows import Document
    from tui.body.shown_body import ShownBody


class Fit(IntEnum):
    """How well a lens suits a body; the best one is shown first, `NONE` is not offered."""

    NONE = 0
    LAST = 1
    """It can be shown so, too, if one insists."""
    BYTES = 2
    """Any bytes can be shown so."""
    AS_IT_CAME = 3
    """Any text can be shown so."""
    ASKED_FOR = 4
    """It says something of this body, but is not what one wants to see first."""
    READABLE = 5
    """People read this kind of body so."""
    MADE_FOR_IT = 6
    """It was made for just this kind of body."""


Fits: TypeAlias = "Callable[[ShownBody, Recognised], Fit]"
Opens: TypeAlias = "Callable[[ShownBody, Recognised, int], Document]"
LensParts: TypeAlias = "tuple[Fits, Opens]"
"""What `Lens` has of these names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lens:
    """One way to look at a body.

    Several lenses may have one name, such as "pretty", as long as no body fits more than one.
    """

    name: str
    """As it is shown, and remembered."""
    fit: Fits
    """Says how well it suits a body; runs before the first frame, so it looks at the start only."""
    open: Opens
    """Begins to lay out a body, in rows of at most so many bytes; does nothing much by itself.

    What is expensive to import is imported in here.
    """
    is_cut: bool = True
    """Whether rows end where there is no room for more of a line, and so are others at another
    width."""


def later(name: str, load: Callable[[], LensParts]) -> Lens:
    """Make a lens that is imported when a body is looked at.

    The table alone takes 30 ms, and a program that shows no body yet does without.

    Its rows are not cut: what has a grid of its own is looked at through a lens like this.

    Args:
        name: of the lens.
        load: imports what it is made of.
    """

    def fit(body: ShownBody, found: Recognised) -> Fit:
        return load()[0](body, found)

    def begin(body: ShownBody, found: Recognised, row_bytes: int) -> Document:
        return load()[1](body, found, row_bytes)

    return Lens(name=name, fit=fit, open=begin, is_cut=False)
