"""The request on the main screen: how endpoints, examples and the user's editor get into the form.

    choose, type a name ──▶ moved: the request goes along ──▶ arrived: what was typed there last

What holds what was there before is `explore_form`.
"""

from __future__ import annotations

import os
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from textual import on, work
from textual.app import SuspendNotSupported

from tui.domain.endpoints import EndpointDescription
from tui.domain.errors import StorageFailed
from tui.domain.presets import Preset
from tui.domain.requests import InlineBody, InvocationRequest
from tui.screens.explore.choosing import (
    completed,
    example_for,
    is_example,
    moved,
    targets_of,
    with_example,
)
from tui.screens.explore.endpoints import EndpointsPane
from tui.screens.explore.form import ExploreForm
from tui.screens.terminal import with_terminal
from tui.widgets.endpoint_list import EndpointList
from tui.widgets.request_form.form import RequestForm
from tui.widgets.request_form.rules import FormTab

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from textual.timer import Timer

    from tui.screens.explore.endpoints import Known
    from tui.screens.services import Services

_TYPING_S = 0.6
"""A typed name that is not listed is asked for when typing has paused this long."""


class ExploreRequest(ExploreForm):
    """The main screen without sending."""

    def __init__(self, services: Services) -> None:
        super().__init__(services)
        self._set_aside: dict[str, Mapping[str, str | None]] = {}
        """What the request named at each endpoint that it has left."""
        self._wanted_description = ""
        self._typing: Timer | None = None

    @on(EndpointList.Chosen)
    def _choose(self, event: EndpointList.Chosen) -> None:
        event.stop()
        variant = event.variant
        if variant is not None and variant.is_shadow:
            self.notify(
                "A shadow variant receives copies of requests; it cannot be targeted.",
                severity="warning",
                markup=False,
            )
            return
        if event.endpoint_name != self.endpoint_name:
            self._move(event.endpoint_name)
        row: dict[str, str | None] = {"target_variant": variant.name if variant else None}
        if event.component is not None:
            row["inference_component_name"] = event.component.name
        self._put(replace(self.form.request, endpoint_name=event.endpoint_name, **row))
        self.arrived(row)
        self.endpoints_pane.describe(event.endpoint_name)
        if self.is_narrow:
            self.give_way()
            self.form.focus_body()

    @on(RequestForm.Changed)
    def _follow_typing(self, event: RequestForm.Changed) -> None:
        """Go along to an endpoint whose name was typed or picked; half a name is none yet."""
        event.stop()
        name = event.request.endpoint_name
        self._show_request(event.request)
        if self._typing is not None:
            self._typing.stop()
        if name != self.endpoint_name and self.endpoints_pane.is_listed(name):
            self._move(name)
            self.endpoints_pane.describe(name)
        if self._left is not None or (name and name != self.endpoint_name):
            self._typing = self.set_timer(_TYPING_S, self._settle_typed)

    def _settle_typed(self) -> None:
        """Take the name for the one that is meant: on the way to it, others may have been whole."""
        if name := self.form.request.endpoint_name:
            self.endpoints_pane.describe(name)
            self.arrived({})

    @on(EndpointsPane.Described)
    def _learn(self, event: EndpointsPane.Described) -> None:
        event.stop()
        if event.endpoint_name == self._wanted_description:
            self._wanted_description = ""
            self._show_description(event.known)
        if event.endpoint_name != self.form.request.endpoint_name:
            return
        self.form.description = event.known
        if isinstance(event.known, EndpointDescription):
            if event.endpoint_name != self.endpoint_name:
                self._move(event.endpoint_name)
                self.arrived({})
            self._complete(self.form.request, event.known)

    @on(EndpointsPane.Listed)
    def _offer_names(self, event: EndpointsPane.Listed) -> None:
        event.stop()
        self.form.endpoint_names = event.names

    @on(EndpointList.DescriptionRequested)
    def _want_description(self, event: EndpointList.DescriptionRequested) -> None:
        event.stop()
        self._wanted_description = event.endpoint_name
        self.endpoints_pane.describe(event.endpoint_name)

    def action_new_request(self) -> None:
        """Begin with no body, at the same endpoint and of the same type.

        Without a ContentType no header is sent at all, and most containers refuse that.
        """
        old = self.form.request
        new = InvocationRequest(
            endpoint_name=old.endpoint_name, content_type=old.content_type, accept=old.accept
        )
        self._hold()
        self.base, self.opened, self._example = Preset(), None, None
        self._is_guest = False
        self._put(new, is_typed=False)
        if self.is_narrow:
            self.give_way()
        self.form.focus_body()
        self.notify("A new request. ctrl+r brings the last one back.", markup=False)

    def palette_commands(self) -> Iterator[tuple[str, Callable[[], object]]]:
        """Offer the tabs of the form, which have no keys of their own."""
        for tab in FormTab:
            yield f"Request: {tab}", partial(self._show_tab, tab)

    def _show_tab(self, tab: FormTab) -> None:
        if self.is_narrow:
            self.give_way()
        self.form.show_tab(tab)

    def action_use_example(self) -> None:
        """Put the endpoint's example in place of body, content type and accept."""
        known, request = self.form.description, self.form.request
        example = example_for(request, known) if isinstance(known, EndpointDescription) else None
        if example is None:
            self.notify("This endpoint brings no example along.", markup=False)
            return
        self._replace(with_example(request, example), is_typed=False)
        self._example = example

    @work(exclusive=True, group="editor", description="edit the body elsewhere")
    async def action_edit_elsewhere(self) -> None:
        """Hand the terminal and the body to the user's editor."""
        request = self.form.request
        if not isinstance(request.body, InlineBody):
            self.notify("The body is a file; it is edited where it is.", markup=False)
            return
        # Imported when first wanted: 3 ms with the tables of file types.
        from tui.screens.explore.programs import edited, editor_command
        from tui.screens.explore.saving import suffix_of

        try:
            command = editor_command(os.environ)
            suffix = suffix_of(request.content_type or "")
            data = with_terminal(self.app, partial(edited, request.body.data, suffix, command))
        except SuspendNotSupported:
            self.notify("This terminal cannot be handed to an editor.", markup=False)
        except StorageFailed as error:
            self.report(error)
        else:
            if data != request.body.data:
                self._replace(replace(request, body=InlineBody(data=data)), is_typed=True)

    def arrived(self, row: Mapping[str, str | None]) -> None:
        """Look for what was typed at the endpoint that is named; for the screen that can.

        Args:
            row: attributes of the request that the row which was chosen says.
        """

    def settle(self) -> None:
        """Take a name that is not listed for the one that is meant: it is sent to."""
        name, is_typed = self.form.request.endpoint_name, self.is_typed
        if name != self.endpoint_name:
            self.endpoint_name = name
            self._put(self.form.request, is_typed=is_typed)

    def _move(self, name: str) -> None:
        """Point the request at an endpoint, setting aside what it named at the last one."""
        self.left_behind()
        left = self.here
        if self._left is None:
            self._left = left
        request = self.form.request
        # What was typed before an endpoint was chosen was typed for this one.
        is_typed = left.is_own and not self.endpoint_name
        self._set_aside[self.endpoint_name] = targets_of(request)
        self.endpoint_name = name
        self._put(moved(request, name, self._set_aside.get(name, {})), is_typed=is_typed)

    def _complete(self, request: InvocationRequest, known: EndpointDescription) -> None:
        example = example_for(request, known)
        if request == self._given:
            if is_example(request, example):
                self._example = example
                self._show_request(request)
            return
        request = completed(request, known, self._example)
        example = example_for(request, known)
        if is_example(request, example):
            self._example = example
        self._put(request)

    def _show_description(self, known: Known) -> None:
        if isinstance(known, EndpointDescription):
            # Imported when first wanted: 32 ms with the body view.
            from tui.screens.description import DescriptionScreen

            self.app.push_screen(DescriptionScreen(known))
        else:
            self.report(known)
