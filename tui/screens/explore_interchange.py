"""Other tools' language on the main screen: a request copied as theirs, and theirs pasted."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from textual import work

from tui.domain.errors import ExplorerError
from tui.domain.http import HttpRequest
from tui.domain.presets import Preset
from tui.domain.requests import InlineBody
from tui.screens.explore_request import ExploreRequest
from tui.widgets.copying import CopyRequested

if TYPE_CHECKING:
    from textual import events

    from tui.domain.connections import Connection
    from tui.domain.exchanges import Exchange
    from tui.domain.requests import InvocationRequest
    from tui.interchange.sources import Destination, Source

_DEMO_CREDENTIALS = ("demo", "demo")


class ExploreInterchange(ExploreRequest):
    """The main screen, as far as other tools' texts go."""

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

        pasted = await self.app.push_screen_wait(PasteScreen(self._connection_now(), text))
        if pasted is not None:
            self.recall(Preset(request=pasted.request, has_placeholders=False))
            self.notify("Taken over. ctrl+r brings the last request back.", markup=False)

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


def _body(request: InvocationRequest, signed: HttpRequest | ExplorerError) -> bytes:
    """Return the bytes that would be sent, as far as they can be read."""
    match request.body, signed:
        case InlineBody(data=data), _:
            return data
        case _, ExplorerError():
            return b""
        case _, HttpRequest(body=data):
            return data
