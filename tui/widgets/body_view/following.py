"""Following the end of a body that comes while it is shown.

following ── one moves, or scrolls up ──▶ not following
▲ │ ▲───── one goes, or scrolls, to the end ───┘
│ └─ one selects ──▶ held
└──── escape, or one goes to the end ─┘
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.reactive import var

from tui.body.growing_body import GrowingBody
from tui.widgets.body_view.decoding import BodyDecoding

if TYPE_CHECKING:
    from textual import events
    from textual.selection import Selection


class BodyFollowing(BodyDecoding):
    """Has the cursor on the last row of what grows, until one moves."""

    is_following: var[bool] = var(default=False, init=False)
    """Whether the cursor goes to the last row when there are more."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._is_led_on = False
        """Whether the cursor is being moved by that, rather than by somebody."""
        self._was_held = False
        """Whether something was selected when that was told last."""

    def words(self) -> list[str]:
        """Say whether one sees what comes, too."""
        if not self.is_growing or self.document is None:
            return super().words()
        return [*super().words(), "following" if self._sees_what_comes else "G follows"]

    @property
    def _sees_what_comes(self) -> bool:
        return self.is_following and not self.is_held

    def watch_is_following(self) -> None:
        """Say so at once."""
        self.describe()

    @property
    def is_growing(self) -> bool:
        """Whether more may come of what is shown."""
        return isinstance(self.shown, GrowingBody)

    @property
    def is_held(self) -> bool:
        """Whether something is selected, which stays in sight."""
        return self.selected_from is not None or self.text_selection is not None

    def tell_held(self) -> None:
        """Say at once, too, that what is selected holds one, or no longer does."""
        if not self.is_attached:  # nothing is selected on no screen
            return
        was_held, self._was_held = self._was_held, self.is_held
        if self.is_growing and self._was_held != was_held:
            self.call_later(self.describe)  # more may be about to change

    def watch_selected_from(self) -> None:
        """Be held by rows that are selected."""
        self.tell_held()

    def selection_updated(self, selection: Selection | None) -> None:
        """Be held by what the mouse selects."""
        super().selection_updated(selection)
        self.tell_held()

    def drop_selection(self) -> None:
        """Select nothing any more, and be where one would be without it."""
        self.selected_from = None
        self.drop_mouse_selection()
        self.follow()

    @property
    def is_unmoved(self) -> bool:
        """Whether one is still where one went to, or was only led on, and selected nothing."""
        is_selected = self.selected_from is not None or self.text_selection is not None
        return not is_selected and (self.is_following or self.gone_to is not None)

    def follow(self) -> None:
        """Go to the last row there is, if one follows and nothing is selected."""
        if self.is_following and not self.is_held and self.row_count:
            self._is_led_on = True
            self.go_to_last_row()
            self._is_led_on = False

    def watch_cursor(self) -> None:
        """Follow from the last row on; not from anywhere else."""
        super().watch_cursor()
        if not self._is_led_on:
            self.is_following = self.is_growing and self.cursor >= self.row_count - 1

    def rows_changed(self, cursor: int) -> None:
        """Look at what one unfolds, also where that was the last row."""
        super().rows_changed(cursor)
        self.is_following = self.is_following and self.cursor >= self.row_count - 1

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Follow no longer when one scrolls up, and again when one has scrolled to the end."""
        super().watch_scroll_y(old_value, new_value)
        if new_value < old_value and not self._is_led_on:
            self.is_following = False
        elif not self._is_led_on:
            self._follow_from_end()

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Follow again where there is nothing left to scroll."""
        if not (event.shift or event.ctrl):
            self._follow_from_end()

    def action_turn_pages(self, pages: float) -> None:
        """Turn so many pages; follow again from the last one on."""
        super().action_turn_pages(pages)
        if pages > 0:
            self._follow_from_end()

    def action_move_to_end(self, direction: int) -> None:
        """Go to the first row, or to the last one and then on with what comes."""
        if direction > 0 and self.is_growing:
            self.drop_selection()
        super().action_move_to_end(direction)
        if direction > 0:
            self._follow_from_end()

    def _follow_from_end(self) -> None:
        """Follow, if the end is in view and more may come."""
        if self.is_growing and not self.is_held and self.scroll_y >= self.max_scroll_y:
            self.is_following = True
            self.follow()
