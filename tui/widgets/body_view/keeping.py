"""Coming back to a body, or to another lens on it, as one left it: folds, finds and the place.

shown ── leave ──▶ Left ── come_back ──▶ shown, nothing of it laid out again
lens  ── another lens, another width ──▶ the same folds, at the same byte
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tui.body.growing_body import GrowingBody
from tui.body.kept_documents import KeptDocuments, OpenedAs
from tui.body.rows import Foldable
from tui.widgets.body_view.lens import BodyLens, Spot

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tui.body.folded import Folded
    from tui.body.growing import Bytes
    from tui.body.growing_body import Body
    from tui.body.kinds import Recognised
    from tui.body.rows import Document
    from tui.body.search.finding import Finding
    from tui.body.search.searching import SpeltAs
    from tui.body.shown_body import ShownBody


@dataclass(frozen=True, slots=True)
class LookedIn:
    """In what something was looked for."""

    data: Bytes
    spelling: SpeltAs

    def is_the_same(self, other: LookedIn | None) -> bool:
        """Whether these are the very bytes: what grew is not what it has become at its end."""
        if other is None or self.data is not other.data:
            return False
        return self.spelling is other.spelling


@dataclass(frozen=True, slots=True)
class Sought:
    """What was looked for in a body, and how far that is."""

    finding: Finding
    looked_in: LookedIn | None
    """None if it is to be looked for anew."""
    is_led: bool
    """Whether one is at its current hit, or waits for the first one."""


@dataclass(frozen=True, slots=True)
class Left:
    """A body that was shown, and how."""

    shown: Body | None
    found: Recognised | None
    lens: str
    folded: Folded | None
    spot: Spot
    sought: Sought | None = None


class BodyKeeping(BodyLens):
    """Keeps documents that one may come back to, and what is folded in them."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._kept = KeptDocuments()
        self._opened_as: OpenedAs | None = None
        """What `document` shows; None while that is kept by nobody."""
        self._folded: Folded | None = None
        """What was folded last, in whatever lens folds."""

    def leave(self) -> Left:
        """Return how what is shown is to be shown again; something made of it comes next."""
        spot = self.spot
        self._put_by(is_left=True)
        return Left(self.shown, self.found, self.lens, self._folded, spot)

    def come_back(self, left: Left) -> None:
        """Show a body again, as it was left."""
        self.set_reactive(BodyLens.shown, left.shown)
        self.set_reactive(BodyLens.lens, left.lens)
        self.found = left.found
        self.forget()
        self.remember(left)
        self._open(left.spot)

    def remember(self, left: Left) -> None:
        """Be told how a body was left that is about to be shown again."""
        self._folded = left.folded

    def become(self, shown: ShownBody) -> None:
        """Show the same document of a body of which all has come."""
        self.set_reactive(BodyLens.shown, shown)
        self._opened_as = OpenedAs(shown, self.lens, self.cut_at)

    def forget(self) -> None:
        """Have nothing folded in another body."""
        self._opened_as = self._folded = None
        super().forget()

    def keep_only(self, bodies: Iterable[Body | None]) -> None:
        """Keep nothing of any other bodies; what is shown is kept when it is left."""
        self._kept.keep_only(bodies)

    def drop_documents(self) -> None:
        """Keep no document of what is shown, but what is folded in it."""
        if isinstance(self.document, Foldable):
            self._folded = self.document.folded()
        self._opened_as = None
        if self.shown is not None:
            self._kept.drop(self.shown)

    def _opened(self) -> Document | None:
        """Go on with a document that was left, or open one, with the same folds."""
        self._put_by(is_left=False)
        if self.shown is None:
            return super()._opened()
        self._opened_as = OpenedAs(self.shown, self.lens, self.cut_at)
        document = self._kept.take(self._opened_as) or super()._opened()
        if isinstance(document, Foldable) and self._folded not in (None, document.folded()):
            document.fold_as(self._folded)
        return document

    def _put_by(self, *, is_left: bool) -> None:
        if self.document is None or self._opened_as is None:
            return
        if isinstance(self.document, Foldable):
            self._folded = self.document.folded()
        if not isinstance(self._opened_as.body, GrowingBody):
            self._kept.keep(self._opened_as, self.document, is_left=is_left)
        self._opened_as = None
