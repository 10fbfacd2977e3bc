"""Other tools' language on the main screen: a request copied as theirs, and theirs pasted.

What is pasted where nothing is typed is read at once. In the body it stays text, and what it looks
like is said: f7 then reads it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, assert_never

from textual import on, work
from textual.message import Message

from tui.blocking import run_blocking
from tui.body.sanitise import sanitise
from tui.domain.errors import ExplorerError
from tui.domain.http import HttpRequest
from tui.domain.presets import Preset
from tui.domain.requests import FileBody, InlineBody
from tui.screens.explore.request import ExploreRequest
from tui.widgets.body_editor.text import BodyText
from tui.widgets.copying import CopyRequested

if TYPE_CHECKING:
    from textual import events

    from tui.domain.bundles import OpenedBundle
    from tui.domain.connections import Connection
    from tui.domain.exchanges import Exchange
    from tui.domain.requests import InvocationRequest
    from tui.interchange.sources import Destination, Source
    from tui.screens.paste import Taken

_DEMO_CREDENTIALS = ("demo", "demo")


class ExploreInterchange(ExploreRequest):
    """The main screen, as far as other tools' texts go."""

    _hinted = ""
    """The text in the body of which was said that f7 reads it."""

    @dataclass
    class BundleOpened(Message):
        """A bundle is what is to be shown."""

        bundle: OpenedBundle

    @work(exclusive=True, group="copy-as", description="write the request for another tool")
    async def action_copy_as(self) -> None:
        """Offer the request in other tools' languages: the one in front of the user."""
        # Imported when first wanted: 14 ms.
        from tui.screens.copy_as import CopyAsScreen

        chosen = await self.app.push_screen_wait(CopyAsScreen(await self._source()))
        if chosen is not None:
            language, text = chosen
            self.post_message(CopyRequested(text, f"the request ({language.value})"))

    @work(exclusive=True, group="paste", description="read a pasted request")
    async def action_paste_request(self, text: str = "") -> None:
        """Take a request out of a text that another tool understands."""
        # Imported when first wanted: 20 ms.
        from tui.screens.paste import PasteScreen

        text = text or self._hinted_text()
        taken = await self.app.push_screen_wait(PasteScreen(self._connection_now(), text))
        if taken is not None:
            self._take_over(taken)

    def _take_over(self, taken: Taken) -> None:
        # Here and not at the top: they are loaded with the screen that gave something back.
        from tui.domain.bundles import OpenedBundle
        from tui.interchange.pasted import Pasted

        match taken:
            case Pasted(request=request):
                self.recall(Preset(request=request, has_placeholders=False))
            case FileBody():
                self._replace(replace(self.form.request, body=taken), is_typed=True)
            case OpenedBundle():
                self.post_message(self.BundleOpened(taken))
            case _:
                assert_never(taken)
        self.notify("Taken over. ctrl+r brings the last request back.", markup=False)

    def _hinted_text(self) -> str:
        """Return what was pasted into the body and can be read, while it is still there."""
        body = self.form.request.body
        hinted = self._hinted.encode("utf-8", "surrogatepass")
        return self._hinted if isinstance(body, InlineBody) and hinted in body.data else ""

    @on(BodyText.Pasted)
    def _look_at_pasted(self, event: BodyText.Pasted) -> None:
        event.stop()
        self._hint(event.text)

    @work(exclusive=True, group="hint", description="see what was pasted into the body")
    async def _hint(self, text: str) -> None:
        """Say what f7 would make of a text; nothing of one that is a body like others."""
        # Imported when something is pasted: 5 ms.
        from tui.interchange.pasted_path import pasted_path
        from tui.interchange.reading import kind_of

        kind = kind_of(text)
        if not kind and pasted_path(text) is None:
            return
        from tui.bundles import read_anything

        try:
            taken = await run_blocking(partial(read_anything, text), name="look-at-pasted")
        except ExplorerError:  # then it is a body like others
            return
        self._hinted = text
        self.notify(sanitise(_hint_words(taken, kind)), markup=False)

    def on_paste(self, event: events.Paste) -> None:
        """Read what is pasted where nothing is typed."""
        event.stop()
        if event.text.strip():
            self.action_paste_request(event.text)

    async def _source(self) -> Source:
        from tui.interchange.sources import Source

        request, exchange = self._subject()
        signed = await self._signed(request)
        return Source(
            request=request,
            body=exchange.sent_body if exchange else _body(request, signed),
            destination=self._destination(),
            signed=signed,
            exchange=exchange,
        )

    def _subject(self) -> tuple[InvocationRequest, Exchange | None]:
        """Return the request that is meant, and what came of it if it was sent."""
        request, exchange = self.form.request, self.shown_exchange
        if exchange is not None and self.focused_pane == "response":
            return exchange.request, exchange
        if exchange is not None and exchange.request == request:
            return request, exchange
        return request, None

    async def _signed(self, request: InvocationRequest) -> HttpRequest | ExplorerError:
        """Ask botocore for the address; why it has none is said where one is needed."""
        try:
            return await self._explorer.preview(request)
        except ExplorerError as error:
            return error

    def _destination(self) -> Destination:
        from tui.interchange.sources import Destination

        here = self._connection_now()
        return Destination(
            profile=here.profile,
            region=here.region,
            endpoint_url=here.endpoint_url,
            read_timeout_s=self._settings.read_timeout_s,
            credentials=_DEMO_CREDENTIALS if here.is_demo else None,
        )

    def _connection_now(self) -> Connection:
        """Return the connection in use, with what it resolved to."""
        here, identity = self._explorer.connection, self.connection_bar.identity
        if identity is None or here.is_demo:
            return here
        return replace(
            here,
            profile=here.profile or identity.profile,
            region=here.region or identity.region,
        )


def _hint_words(taken: Taken, kind: str) -> str:
    from tui.domain.bundles import OpenedBundle

    match taken:
        case OpenedBundle():
            return "This is the path of a reproduction bundle. f7 opens it."
        case FileBody():
            return "This is the path of a file. f7 makes that file the body."
        case _:
            return f"This looks like {kind}. f7 fills the form with it."


def _body(request: InvocationRequest, signed: HttpRequest | ExplorerError) -> bytes:
    """Return the bytes that would be sent, as far as they can be read."""
    match request.body, signed:
        case InlineBody(data=data), _:
            return data
        case _, ExplorerError():
            return b""
        case _, HttpRequest(body=data):
            return data
