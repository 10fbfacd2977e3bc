"""Documents that are out of sight for a while, so that coming back to one lays out nothing again.

Beside a body and the index of what is shown of it, indexes are kept of at most as many bytes as
the body has: three times the body in all. Only that of the body itself is kept whatever it takes
while something made of the body is shown, since it was there before.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, runtime_checkable

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tui.body.growing_body import Body
    from tui.body.rows import Document

_LEAST_BYTES = 4_000_000
"""So much is kept of small bodies, too."""


@runtime_checkable
class Indexed(Protocol):
    """A document that takes a while to be laid out; all others are there at once."""

    @property
    def index_bytes(self) -> int:
        """How much memory it takes beside the body."""
        ...


@dataclass(frozen=True, slots=True)
class OpenedAs:
    """What a document shows, and how."""

    body: Body
    lens: str
    cut_at: int | None
    """Where its longer lines are cut; None if they are not."""

    def is_of(self, other: OpenedAs) -> bool:
        """Whether it is of the very same body; bytes are not compared."""
        return self.body is other.body and self.lens == other.lens


@dataclass(frozen=True, slots=True)
class _Kept:
    opened: OpenedAs
    document: Document
    index_bytes: int
    is_pinned: bool
    """Whether it is kept whatever it takes."""


class KeptDocuments:
    """At most one document for each lens of a body."""

    def __init__(self) -> None:
        self._kept: list[_Kept] = []
        """The one that was put here last at the end."""

    def keep(self, opened: OpenedAs, document: Document, *, is_left: bool) -> None:
        """Keep a document, if there is room for it.

        Args:
            opened: what it shows.
            document: who takes it away again has it for themselves.
            is_left: something made of the body is about to be shown; the first one that is left so
                is kept in any case.
        """
        if not isinstance(document, Indexed):
            return
        self._kept = [each for each in self._kept if not each.opened.is_of(opened)]
        is_pinned = is_left and not any(each.is_pinned for each in self._kept)
        self._kept.append(_Kept(opened, document, document.index_bytes, is_pinned))
        room_bytes = max(_LEAST_BYTES, len(self._kept[0].opened.body.data))
        while sum(each.index_bytes for each in self._kept if not each.is_pinned) > room_bytes:
            del self._kept[next(at for at, each in enumerate(self._kept) if not each.is_pinned)]

    def take(self, opened: OpenedAs) -> Document | None:
        """Return the document of that lens and width, and keep it no longer."""
        for at, each in enumerate(self._kept):
            if each.opened.is_of(opened):
                del self._kept[at]
                is_as_wide = each.opened.cut_at == opened.cut_at
                return each.document if is_as_wide else None
        return None

    def drop(self, body: Body) -> None:
        """Let go of what is of a body."""
        self._kept = [each for each in self._kept if each.opened.body is not body]

    def keep_only(self, bodies: Iterable[Body | None]) -> None:
        """Let go of what is of any other body."""
        alive = list(bodies)
        self._kept = [
            each for each in self._kept if any(each.opened.body is body for body in alive)
        ]
