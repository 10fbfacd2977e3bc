"""The history on the screen: what was sent before, found again, looked at, sent again.

HistoryTaking ───▶ HistoryList ── enter, ctrl+j ──▶ Recalled, to the main screen
                              ── *, a, delete ───▶ the history itself
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, ParamSpec, TypeVar

from textual import on, work

from tui.body.sanitise import sanitise
from tui.domain.errors import StorageFailed
from tui.screens import history_keys
from tui.screens.history_dialogs import DeleteAllScreen, NoteScreen
from tui.screens.history_reading import Recalled
from tui.screens.history_taking import HistoryTaking
from tui.widgets.body_view.view import BodyView
from tui.widgets.history_list import HistoryList

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from textual.binding import BindingType

    from tui.domain.history import HistoryRecord
    from tui.history import History

P = ParamSpec("P")
T = TypeVar("T")


class HistoryScreen(HistoryTaking):
    """Gives back what was recalled; None when it is left."""

    BINDINGS: ClassVar[list[BindingType]] = [*history_keys.ALL]

    def __init__(
        self,
        history: History,
        *,
        is_demo: bool,
        can_send: bool,
        make_bundle: Callable[[HistoryRecord], Awaitable[None]],
        lenses_by_type: Mapping[str, str],
        choose_lens: Callable[[str, str], None],
    ) -> None:
        super().__init__(history, is_demo=is_demo, lenses_by_type=lenses_by_type)
        self._can_send = can_send
        self._make_bundle = make_bundle
        self._choose_lens = choose_lens
        self._deleted: list[HistoryRecord] = []

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer what can be done with what is there."""
        match action:
            case "star" | "annotate" | "delete" | "delete_all" | "make_bundle":
                return self._current is not None
            case "send_again":
                return self._can_send and self._current is not None
            case "undo":
                return bool(self._deleted)
            case _:
                return super().check_action(action, parameters)

    @on(HistoryList.Chosen)
    def _choose(self, event: HistoryList.Chosen) -> None:
        event.stop()
        self._recall(event.entry.id, sends_now=False)

    def action_send_again(self) -> None:
        """Take the entry, and send it at once."""
        if (entry := self._current) is not None:
            self._recall(entry.id, sends_now=True)

    @work(exclusive=True, group="history-recall", description="read an entry to recall it")
    async def _recall(self, entry_id: int, *, sends_now: bool) -> None:
        record = await self._read(entry_id)
        if record is not None:
            self._go(Recalled(record=record, sends_now=sends_now))

    @work(exclusive=True, group="history-change", description="star an entry")
    async def action_star(self) -> None:
        """Protect the entry, or no longer."""
        if (entry := self._current) is not None:
            await self._change(self._history.star, entry.id, is_starred=not entry.is_starred)

    @work(exclusive=True, group="history-change", description="annotate an entry")
    async def action_annotate(self) -> None:
        """Ask for a note."""
        if (entry := self._current) is None:
            return
        note = await self.app.push_screen_wait(NoteScreen(entry))
        if note is not None:
            await self._change(self._history.annotate, entry.id, note)

    @work(exclusive=True, group="history-change", description="delete an entry")
    async def action_delete(self) -> None:
        """Delete the entry under the cursor."""
        if (entry := self._current) is None:
            return
        deleted = await self._change(self._history.delete, entry.id)
        if deleted is not None:
            self._deleted.append(deleted)
            self.notify(sanitise(f"#{entry.id} is deleted. u brings it back."), markup=False)
            self.refresh_bindings()

    @work(exclusive=True, group="history-change", description="undo a deletion")
    async def action_undo(self) -> None:
        """Bring back what was deleted last."""
        if self._deleted:
            await self._change(self._history.restore, self._deleted.pop())

    @work(exclusive=True, group="history-change", description="delete entries")
    async def action_delete_all(self) -> None:
        """Ask, then delete all that fits the filter."""
        wanted = self.wanted
        try:
            count = await self._history.count(wanted)
        except StorageFailed as error:
            self._report(error)
            return
        if count and await self.app.push_screen_wait(DeleteAllScreen(count)):
            await self._change(self._history.delete_all, wanted)

    @work(exclusive=True, group="history-bundle", description="make a bundle of an entry")
    async def action_make_bundle(self) -> None:
        """Write the entry as files for a colleague."""
        if (entry := self._current) is not None:
            record = await self._read(entry.id)
            if record is not None:
                await self._make_bundle(record)

    @on(BodyView.LensChosen)
    def _keep_lens(self, event: BodyView.LensChosen) -> None:
        """Look at other answers of that type so, too, and so does who has opened the history."""
        event.stop()
        self.detail.lenses_by_type = {**self.detail.lenses_by_type, event.media_type: event.lens}
        self._choose_lens(event.media_type, event.lens)

    def action_switch_part(self) -> None:
        """Look at what was sent, or at what came back."""
        self.detail.switch_part()

    async def _change(
        self, call: Callable[P, Awaitable[T]], *args: P.args, **kwargs: P.kwargs
    ) -> T | None:
        """Do it, and say why where it cannot be done."""
        try:
            return await call(*args, **kwargs)
        except StorageFailed as error:
            self._report(error)
            return None
