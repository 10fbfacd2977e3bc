"""The names of the elements that are open, of which there may be millions.

Python's collector of garbage goes through each list from end to end, over and over: 3.5 million
names in one took it 50 ms. And each name is an object, of more bytes than most tags. Only the
innermost are in a list; the others are packed, by thousands.

    outermost                                    innermost
    b"html>body>div>…" b"div>div>…" … [b"div", b"ul", b"li"]
"""

from __future__ import annotations

from itertools import chain, islice
from typing import TYPE_CHECKING
from zlib import compress, decompress

if TYPE_CHECKING:
    from collections.abc import Iterable

INNER_MAX = 8_192
"""No more are in the list for long."""
_TOGETHER = INNER_MAX // 2
_BETWEEN = b">"
"""It is in no name."""
_COMPRESSED_BYTES_MAX = 131_072
"""It takes 1 ms to compress so much, and few names are longer."""


class _Packed:
    """Names that are not to be changed: of a byte or less each, if they are as most are."""

    __slots__ = ("_data", "_is_compressed")

    def __init__(self, names: list[bytes]) -> None:
        data = _BETWEEN.join(names)
        self._is_compressed = len(data) <= _COMPRESSED_BYTES_MAX
        self._data = compress(data, level=1) if self._is_compressed else data

    @property
    def names(self) -> list[bytes]:
        """What they are, the outermost first."""
        data = decompress(self._data) if self._is_compressed else self._data
        return data.split(_BETWEEN)


class OpenNames:
    """A stack of names; whoever changes `inner` calls `settle` if it is empty or too large."""

    __slots__ = ("_outer", "inner", "outer_count")

    def __init__(self) -> None:
        self.inner: list[bytes] = []
        """The innermost, there being some if any is open."""
        self.outer_count = 0
        """How many are outside of those."""
        self._outer: list[_Packed] = []
        """As many together each time."""

    def __len__(self) -> int:
        return self.outer_count + len(self.inner)

    @property
    def innermost(self) -> bytes | None:
        """The name of the innermost, None if none is open."""
        return self.inner[-1] if self.inner else None

    def from_innermost(self, count: int) -> Iterable[bytes]:
        """Return so many names, outwards; fewer if no more are open."""
        if len(self.inner) < count and self._outer:
            return islice(chain(reversed(self.inner), reversed(self._outer[-1].names)), count)
        return islice(reversed(self.inner), count)

    def append(self, name: bytes) -> None:
        """Open one more."""
        self.inner.append(name)
        if len(self.inner) > INNER_MAX:
            self.settle()

    def pop(self) -> bytes:
        """End the innermost."""
        name = self.inner.pop()
        if not self.inner:
            self.settle()
        return name

    def settle(self) -> None:
        """Have enough in `inner`, and not too many."""
        inner, outer = self.inner, self._outer
        if not inner and outer:
            inner += outer.pop().names
        while len(inner) > INNER_MAX:
            outer.append(_Packed(inner[:_TOGETHER]))
            del inner[:_TOGETHER]
        self.outer_count = len(outer) * _TOGETHER
