"""A large body in another encoding than UTF-8: its beginning is shown while the rest is decoded.

shown ──recognise_start──▶ the first page, as it will be
   └──── decoded in slices between frames ──▶ all of it, at the same place

What is typed meanwhile, for a tenth of a second or so, waits for that: where the end is, what is
to be found and what is copied is told by all of the body.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import replace
from time import monotonic
from typing import TYPE_CHECKING

from textual import events, work
from textual.worker import WorkerCancelled

from tui.body.decoding import Decoding
from tui.body.kinds import recognise
from tui.body.lenses import HEX
from tui.body.shown_body import ShownBody
from tui.widgets.body_view.keeping import BodyKeeping

if TYPE_CHECKING:
    from textual.worker import Worker

    from tui.widgets.body_view.keeping import Left

_GROUP = "decode"
_TURN_S = 0.008
_REST_S = 0.002


class BodyDecoding(BodyKeeping):
    """Has all of a body decoded, without having anybody wait for the first page."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._decoding: Decoding | None = None
        """What is being decoded; None once all of what is shown is."""
        self._decoder: Worker[None] | None = None
        """Who does that."""

    @property
    def is_laid_out(self) -> bool:
        """Whether all rows are known, of all of the body."""
        return self._decoding is None and super().is_laid_out

    def watch_shown(self) -> None:
        """Begin with the first page of another body."""
        super().watch_shown()
        self.decode_rest()

    def come_back(self, left: Left) -> None:
        """Decode what was left before all of it was."""
        super().come_back(left)
        self.decode_rest()

    def forget(self) -> None:
        """Decode nothing any more of another body."""
        self._stop_decoding()
        super().forget()

    def words(self) -> list[str]:
        """Say how far it is; how many lines there are is not known before."""
        if self._decoding is None or self.found is None or self.lens == HEX:
            return super().words()
        return [self.found.name, f"{self._decoding.progress:.0%} decoded"]

    async def on_event(self, event: events.Event) -> None:
        """Have what is done by hand done with all of the body."""
        if isinstance(event, (events.InputEvent, events.Paste)):
            await self._wait_for_all()
        await super().on_event(event)

    async def _wait_for_all(self) -> None:
        """Return when all is decoded; also when none will be, for the program is being left."""
        while (decoder := self._decoder) is not None and not decoder.is_finished:
            with suppress(WorkerCancelled):
                await decoder.wait()

    def decode_rest(self) -> None:
        """Decode what is shown, if only its beginning is."""
        found, body = self.found, self.shown
        if not isinstance(body, ShownBody) or found is None or not found.is_begun:
            return
        self._decoding = Decoding(body.data, found.encoding or "utf-8")
        self._decoder = self._decode(body, self._decoding)

    @work(exclusive=True, group=_GROUP, description="decode a body")
    async def _decode(self, body: ShownBody, decoding: Decoding) -> None:
        while not decoding.is_complete:
            until_s = monotonic() + _TURN_S
            decoding.advance()  # before the time is looked at: on a busy machine it may be over
            while not decoding.is_complete and monotonic() < until_s:
                decoding.advance()
            self.on_worked()
            await asyncio.sleep(_REST_S)
        self._decoding = self._decoder = None
        self._take_decoded(body, decoding.text)

    def _stop_decoding(self) -> None:
        if self._decoder is not None:
            self._decoder.cancel()
        self._decoding = self._decoder = None

    def _take_decoded(self, body: ShownBody, text: bytes) -> None:
        """Show all of a body where one is in its beginning."""
        spot, document = self.spot, self.document
        self.found = recognise(body, text=text)
        if self.lens == HEX and HEX in self.lenses:
            self.on_worked()
            return
        self.set_reactive(BodyDecoding.lens, self._lens_for(self.lens))
        self.drop_documents()
        is_in_beginning = document is not None and spot.data_bytes == len(document.data)
        # A byte of the beginning is the same one of all.
        self._open(replace(spot, data_bytes=0) if is_in_beginning else spot)
