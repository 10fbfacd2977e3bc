"""The history as it is read: filter, list, and one entry, kept up with what is recorded meanwhile.

needle ──▶ HistoryFilter ──▶ pages ──▶ HistoryList ──Moved──▶ record ──▶ HistoryDetail

What is done with an entry is in `tui.screens.history`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from textual import getters, on, work
from textual.containers import Vertical
from textual.widgets import Input

from tui.body.sanitise import sanitise
from tui.domain.errors import StorageFailed
from tui.domain.history import HistoryChanged, NotInHistory
from tui.domain.history_words import filter_of
from tui.history import PAGE_SIZE
from tui.screens.dialog import Dialog
from tui.widgets.history_detail import HistoryDetail
from tui.widgets.history_list import HistoryList
from tui.widgets.key_bar import KeyBar

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from textual.app import ComposeResult
    from textual.timer import Timer

    from tui.domain.history import HistoryEntry, HistoryEvent, HistoryFilter, HistoryRecord
    from tui.history import History

_RESTED_S = 0.08
"""An entry is read once the cursor rests on it, words are looked for once typing pauses."""
_NOTHING = "Nothing was sent yet. What you send is kept here, whatever comes of it."
_NO_FIT = "Nothing fits the filter."


@dataclass(frozen=True, slots=True, kw_only=True)
class Recalled:
    """What the user takes out of the history."""

    record: HistoryRecord
    sends_now: bool = False


class HistoryReading(Dialog[Recalled]):
    """Shows entries; what else can be done with one is a subclass's business."""

    DEFAULT_CSS = """
    HistoryReading {
        background: $background;
        & > #frame {
            width: 100%;
            max-width: 100%;
            height: 1fr;
            max-height: 100%;
            padding: 0;
            background: transparent;
            border: round $border-idle;
            border-title-color: $text-muted;
            border-subtitle-color: $text-muted;
            &:focus-within {
                border: round $border-focus;
                border-title-color: $text-primary;
                border-title-style: bold;
            }
        }
        & #needle { background: transparent; padding: 0 1; &:focus { background: transparent; } }
        & HistoryList { height: 2fr; padding-right: 1; }
        & HistoryDetail { height: 3fr; border-top: solid $border-idle; }
    }
    """

    needle = getters.query_one("#needle", Input)
    listing = getters.query_one(HistoryList)
    detail = getters.query_one(HistoryDetail)

    def __init__(
        self, history: History, *, is_demo: bool, lenses_by_type: Mapping[str, str]
    ) -> None:
        super().__init__()
        self._lenses_by_type = lenses_by_type
        self._history = history
        self._is_demo = is_demo
        self._has_more = False
        self._resting: Timer | None = None
        self._typing: Timer | None = None
        self._stop_listening: Callable[[], None] | None = None

    def compose(self) -> ComposeResult:
        """Lay out the filter, the list and one entry."""
        with Vertical(id="frame") as frame:
            frame.border_title = "History"
            yield Input(
                placeholder="/ words, endpoint:NAME, status:424, outcome:timeout, starred",
                compact=True,
                id="needle",
            )
            yield HistoryList(id="history-list")
            yield HistoryDetail(self._lenses_by_type, id="history-detail")
        yield KeyBar()

    def on_mount(self) -> None:
        """Read the first page."""
        self.listing.focus()
        self._stop_listening = self._history.listen(self._follow)
        self._load()

    def on_unmount(self) -> None:
        """Follow no longer, however it was left."""
        self._stop_following()

    def _stop_following(self) -> None:
        if self._stop_listening is not None:
            self._stop_listening()
            self._stop_listening = None

    # Reading

    @property
    def wanted(self) -> HistoryFilter:
        """What the filter asks for."""
        return filter_of(self.needle.value, is_demo=self._is_demo)

    def _follow(self, event: HistoryEvent) -> None:
        if isinstance(event, HistoryChanged):
            self._load()

    @work(exclusive=True, group="history-page", description="read the history")
    async def _load(self) -> None:
        """Read as much as is shown, anew."""
        if not self._is_whole:
            return
        size = max(PAGE_SIZE, len(self.listing.entries))
        try:
            page = await self._history.page(self.wanted, size=size)
            count = await self._history.count(self.wanted)
        except StorageFailed as error:
            self._report(error)
            return
        if self._is_whole:
            self._has_more = page.has_more
            self._show(page.entries, count)

    @property
    def _current(self) -> HistoryEntry | None:
        """The entry under the cursor."""
        return self.listing.current if self._is_whole else None

    @property
    def _is_whole(self) -> bool:
        """Whether the screen still has its parts; work may end after it was left."""
        return bool(self.query(HistoryList))

    @on(HistoryList.EndNear)
    @work(exclusive=True, group="history-more", description="read more of the history")
    async def _load_more(self, event: HistoryList.EndNear) -> None:
        event.stop()
        entries = self.listing.entries
        if not self._has_more or not entries:
            return
        try:
            page = await self._history.page(self.wanted, before=entries[-1].id)
        except StorageFailed as error:
            self._report(error)
            return
        if self._is_whole and entries == self.listing.entries:
            self._has_more = page.has_more
            self.listing.entries = (*entries, *page.entries)

    def _show(self, entries: tuple[HistoryEntry, ...], count: int) -> None:
        self.listing.now = datetime.now(UTC)
        self.listing.entries = entries
        empty = _NO_FIT if self.needle.value.strip() else _NOTHING
        self.listing.hint = "" if entries else f" {empty}"
        frame = self.query_one("#frame")
        frame.border_subtitle = f"{count:,} sent · times in UTC"
        if not entries:
            self.detail.record = None
        self.refresh_bindings()

    @on(HistoryList.Moved)
    def _rest(self, event: HistoryList.Moved) -> None:
        event.stop()
        self.refresh_bindings()
        if self._resting is not None:
            self._resting.stop()
        shown = self.detail.record
        if event.entry is None:
            self.detail.record = None
        elif shown is None or shown.entry != event.entry:
            self._resting = self.set_timer(_RESTED_S, self._open_current)

    def _open_current(self) -> None:
        if (entry := self._current) is not None:
            self._open(entry.id)

    @work(exclusive=True, group="history-open", description="read an entry")
    async def _open(self, entry_id: int) -> None:
        record = await self._read(entry_id)
        if record is not None and self._is_current(entry_id):
            self.detail.record = record

    def _is_current(self, entry_id: int) -> bool:
        entry = self._current
        return entry is not None and entry.id == entry_id

    async def _read(self, entry_id: int) -> HistoryRecord | None:
        try:
            return await self._history.open(entry_id)
        except NotInHistory:
            self._load()
        except StorageFailed as error:
            self._report(error)
        return None

    def _report(self, error: StorageFailed) -> None:
        words = "\n".join(filter(None, (sanitise(error.summary), sanitise(error.hint))))
        self.notify(words, severity="error", markup=False)

    # The filter

    def action_filter(self) -> None:
        """Type what to look for."""
        self.needle.focus()

    @on(Input.Changed, "#needle")
    def _narrow(self, event: Input.Changed) -> None:
        event.stop()
        if self._typing is not None:
            self._typing.stop()
        self._typing = self.set_timer(_RESTED_S, self._from_the_top)

    def _from_the_top(self) -> None:
        self.listing.entries = ()
        self._load()

    @on(Input.Submitted, "#needle")
    def _to_the_list(self, event: Input.Submitted) -> None:
        event.stop()
        self.listing.focus()

    def action_leave(self) -> None:
        """Go from the filter to the list, from there back to the main screen."""
        if self.needle.has_focus:
            self.needle.value = ""
            self.listing.focus()
        else:
            self._go(None)

    def _go(self, recalled: Recalled | None) -> None:
        """Leave; what is sent next changes the history, and is not for this screen any more."""
        self._stop_following()
        self.dismiss(recalled)
