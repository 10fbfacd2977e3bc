"""Which elements of HTML are open, though many of them are never closed (WHATWG, 13.2.4.2).

Only those that lines are indented by are kept: what is within a line of text is never here.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections import defaultdict
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING

from tui.body.markup.html_names import (
    ENDED_BEFORE,
    ENDS_FOREIGN,
    ENDS_P,
    FOREIGN,
    HTML_AGAIN,
    IN_HEAD,
    P_WALLS,
    ROLES,
    SCOPE,
    WALLS,
    P,
    Role,
)
from tui.body.markup.open_names import INNER_MAX, OpenNames

if TYPE_CHECKING:
    from collections.abc import Iterable

_NOTHING = (frozenset[bytes](), frozenset[bytes]())
_LOOKED_AT = 100
"""An element that is further out is not ended by a start tag."""


class OpenElements:
    """The stack of open elements; each step costs about as much, however many are open."""

    def __init__(self) -> None:
        self._names = OpenNames()
        self._at: defaultdict[bytes, array[int]] = defaultdict(partial(array, "I"))
        """Where in the stack those of a name are."""
        self._svg, self._math = self._at[b"svg"], self._at[b"math"]

    def __len__(self) -> int:
        return self._names.outer_count + len(self._names.inner)

    @property
    def is_foreign(self) -> bool:
        """Whether what comes next is SVG or MathML."""
        return bool(self._svg or self._math) and self._last(FOREIGN) > self._last(HTML_AGAIN)

    @property
    def _outermost_foreign(self) -> int:
        """Where what is foreign begins in the stack: one SVG may be in another."""
        html = self._last(HTML_AGAIN)
        within = (at[bisect_right(at, html) :] for at in (self._svg, self._math))
        return min(chain.from_iterable(within))

    def is_open(self, name: bytes) -> bool:
        """Whether an element of a name is open."""
        return bool(self._at.get(name))

    def role_of(self, name: bytes) -> Role:
        """Return what a tag does to lines where it stands."""
        role = ROLES.get(name, Role.INLINE)
        if not (self._svg or self._math) or name in FOREIGN or name in ENDS_FOREIGN:
            return role
        # What holds HTML within SVG ends there, too, where it is HTML that stands before the end.
        return Role.BLOCK if name in HTML_AGAIN or self.is_foreign else role

    def end_before(self, name: bytes) -> None:
        """End what ends before a start tag."""
        if (self._svg or self._math) and name in ENDS_FOREIGN and self.is_foreign:
            self.cut(self._outermost_foreign)
        if name not in IN_HEAD:
            self.end_head()
        if name in ENDS_P and self.is_open(b"p"):
            self._end_up_to(P, P_WALLS)
        if rule := ENDED_BEFORE.get(name):
            self._end_up_to(*rule)

    def end_head(self) -> None:
        """End the head, where something stands that is not for a head."""
        inner = self._names.inner
        if inner and inner[-1] == b"head":
            self.cut(len(self) - 1)

    def would_end(self, name: bytes, innermost: bytes) -> bool:
        """Whether a start tag ends the innermost element, which is of that name."""
        if innermost == b"p" and name in ENDS_P:
            return True
        targets, walls = ENDED_BEFORE.get(name, _NOTHING)
        return innermost not in walls and any(self._at.get(each) for each in targets)

    def open(self, name: bytes) -> None:
        """Open one more."""
        names, inner = self._names, self._names.inner
        self._at[name].append(names.outer_count + len(inner))
        inner.append(name)
        if len(inner) > INNER_MAX:
            names.settle()

    def close(self, name: bytes) -> bool:
        """End the innermost of a name, and all in it; false if an end tag ends nothing."""
        inner = self._names.inner
        if inner and inner[-1] == name:
            self._at[name].pop()
            inner.pop()
            if not inner:
                self._names.settle()
            return True
        places = self._at.get(name)
        if not places or places[-1] < self._last(WALLS.get(name, SCOPE) - {name}):
            return False
        self.cut(places[-1])
        return True

    def cut(self, depth: int) -> None:
        """End all but so many."""
        for _ in range(depth, len(self)):
            self._at[self._names.pop()].pop()

    def _last(self, names: Iterable[bytes]) -> int:
        """Return where the innermost of some names is, -1 if there is none."""
        return max((at[-1] for name in names if (at := self._at.get(name))), default=-1)

    def _end_up_to(self, names: frozenset[bytes], walls: frozenset[bytes]) -> None:
        """End the outermost of some names that is within the innermost wall, and all in it."""
        count = 0
        for at, name in enumerate(self._names.from_innermost(_LOOKED_AT), 1):
            if name in names:
                count = at
            elif name in walls:
                break
        if count:
            self.cut(len(self) - count)
