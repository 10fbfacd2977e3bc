"""Reproduction bundles on the main screen: one made of what is shown, one opened.

Nothing of a bundle is loaded before one is wanted.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING

from textual import work

from tui.body.sanitise import sanitise
from tui.domain.endpoints import EndpointDescription
from tui.domain.errors import ConnectionInvalid, ExplorerError, StorageFailed
from tui.screens.explore.interchange import ExploreInterchange

if TYPE_CHECKING:
    from tui.domain.bundles import OpenedBundle
    from tui.domain.endpoints import RawDocument
    from tui.domain.history import HistoryRecord
    from tui.domain.http import HttpRequest
    from tui.interchange.bundle_subject import BundleSubject


class ExploreBundle(ExploreInterchange):
    """The main screen, as far as bundles go."""

    @work(exclusive=True, group="bundle", description="make a bundle of what is shown")
    async def action_make_bundle(self) -> None:
        """Make a bundle of the answer that is shown, or of the form if there is none."""
        await self._offer(await self._shown_subject())

    async def bundle_record(self, record: HistoryRecord) -> None:
        """Make a bundle of an entry of the history; to be awaited in a worker."""
        # Imported when first wanted: 15 ms.
        from tui.bundles import subject_of_record

        try:
            subject = subject_of_record(
                record,
                signed=await self._signed_there(record),
                documents=self._documents(record.request.endpoint_name),
                read_timeout_s=self._settings.read_timeout_s,
            )
        except StorageFailed as error:
            self.report(error)
            return
        if record.entry.place.is_demo and self._explorer.connection.is_demo:
            # The embedded demo listens elsewhere at every start.
            source = replace(subject.source, destination=self._destination())
            subject = replace(subject, source=source)
        await self._offer(subject)

    async def _shown_subject(self) -> BundleSubject:
        from tui.interchange.bundle_subject import BundleSubject

        source, exchange = await self._source(), self.shown_exchange
        if exchange is not None and source.exchange is not exchange:
            signed = await self._signed(exchange.request)
            source = replace(
                source,
                request=exchange.request,
                body=exchange.sent_body,
                signed=signed,
                exchange=exchange,
            )
        identity = self.connection_bar.identity
        return BundleSubject(
            source=source,
            account=identity.account if identity else None,
            is_demo=self._explorer.connection.is_demo,
            documents=self._documents(source.request.endpoint_name),
        )

    def _documents(self, endpoint_name: str) -> tuple[RawDocument, ...]:
        """Return the description of an endpoint, as far as it is here already."""
        known = self.form.description
        if isinstance(known, EndpointDescription) and known.name == endpoint_name:
            return known.documents
        return ()

    async def _signed_there(self, record: HistoryRecord) -> HttpRequest | ExplorerError:
        """Sign as it was signed, if this is where it was sent."""
        there, here = record.entry.place, self._connection_now()
        is_here = (there.region, there.connection.endpoint_url) == (here.region, here.endpoint_url)
        if (there.is_demo and here.is_demo) or (is_here and there.is_demo == here.is_demo):
            return await self._signed(record.as_sent())
        return ConnectionInvalid(
            summary="It was sent on another connection than the one in use",
            hint="f9 switches the connection.",
        )

    async def _offer(self, subject: BundleSubject) -> None:
        """Let the user look at it and change it, then write it."""
        from tui.bundles import write_files
        from tui.screens.bundle import BundleScreen
        from tui.screens.explore.saving import written

        exchange = subject.source.exchange
        moment = exchange.started_at if exchange else datetime.now(UTC)
        chosen = await self.app.push_screen_wait(BundleScreen(subject, moment))
        if chosen is None:
            return
        try:
            write = partial(write_files, chosen.path, chosen.files)
            is_written = await written(self.app, chosen.path, write)
        except StorageFailed as error:
            self.report(error)
        else:
            if is_written:
                path = sanitise(str(chosen.path.expanduser().absolute()))
                words = f"Written to {path}. `sagescope open` with that path shows it."
                self.notify(words, markup=False)

    def tell_bundle(self, bundle: OpenedBundle) -> None:
        """Say what has to be known of a bundle that was opened."""
        if bundle.altered:
            names = ", ".join(map(sanitise, bundle.altered[:5]))
            words = f"Not as it was when the bundle was written: {names}"
            self.notify(words, severity="warning", timeout=20, markup=False)
        if bundle.masked:
            names = ", ".join(map(sanitise, bundle.masked))
            self.notify(f"Masked in part, so not as it was sent or came: {names}", markup=False)
