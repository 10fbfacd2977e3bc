"""The request on the main screen: how endpoints, examples and the user's editor get into the form.

Everything that replaces what was typed keeps it, and ctrl+r brings it back.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from textual import on, work
from textual.app import SuspendNotSupported
from textual.content import Content
from textual.reactive import var

from tui.body.sanitise import sanitise
from tui.domain.endpoints import EndpointDescription
from tui.domain.errors import ExplorerError, StorageFailed
from tui.domain.presets import Preset, is_unsaved
from tui.domain.requests import InlineBody, InvocationRequest
from tui.screens.explore_choosing import (
    completed,
    example_for,
    is_blank,
    is_example,
    moved,
    targets_of,
    with_example,
)
from tui.screens.explore_endpoints import EndpointsPane
from tui.screens.explore_layout import ExploreLayout
from tui.widgets.endpoint_list import EndpointList
from tui.widgets.request_form import RequestForm

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual.timer import Timer

    from tui.domain.endpoints import ExampleRequest
    from tui.domain.presets import OpenedPreset
    from tui.explorer import Explorer
    from tui.screens.explore_endpoints import Known
    from tui.store.settings import Settings

_TYPING_S = 0.6
"""A typed name that is not listed is asked for when typing has paused this long."""
_MOST_HELD = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """What was in the form, and the preset that it began as."""

    preset: Preset
    opened: OpenedPreset | None

    @property
    def is_elsewhere(self) -> bool:
        """Whether nothing would be lost with it: it stands as it is in a file."""
        return self.opened is not None and not is_unsaved(self.opened, self.preset)


class ExploreRequest(ExploreLayout):
    """The main screen without sending."""

    endpoint_name: var[str] = var("")
    """The endpoint whose targets and example are in the form."""

    def __init__(self, explorer: Explorer, settings: Settings) -> None:
        super().__init__(explorer, settings)
        self._set_aside: dict[str, Mapping[str, str | None]] = {}
        """What the request named at each endpoint that it has left."""
        self._example: ExampleRequest | None = None
        """The example filled in last."""
        self._given: InvocationRequest | None = None
        """A request from elsewhere; while it is as it came, nothing is filled in."""
        self.base = Preset()
        """What goes with the request in the form; the request in it is of no account."""
        self.opened: OpenedPreset | None = None
        """The preset that the form began as."""
        self._replaced: tuple[Held, ...] = ()
        """What ctrl+r brings back, the last one at the end; pressed again, the one before."""
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
        request = self._moved_to(event.endpoint_name)
        request = replace(request, target_variant=variant.name if variant else None)
        if event.component is not None:
            request = replace(request, inference_component_name=event.component.name)
        self._put(request)
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
            self._put(self._moved_to(name))
            self.endpoints_pane.describe(name)
        elif name and name != self.endpoint_name:
            self._typing = self.set_timer(_TYPING_S, self._describe_typed)

    def _describe_typed(self) -> None:
        if name := self.form.request.endpoint_name:
            self.endpoints_pane.describe(name)

    @on(EndpointsPane.Described)
    def _learn(self, event: EndpointsPane.Described) -> None:
        event.stop()
        if event.endpoint_name == self._wanted_description:
            self._wanted_description = ""
            self._show_description(event.known)
        request = self.form.request
        if event.endpoint_name != request.endpoint_name:
            return
        self.form.description = event.known
        if isinstance(event.known, EndpointDescription):
            if request.endpoint_name != self.endpoint_name:
                request = self._moved_to(request.endpoint_name)
            self._complete(request, event.known)

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
        self._put(new)
        if self.is_narrow:
            self.give_way()
        self.form.focus_body()
        self.notify("A new request. ctrl+r brings the last one back.", markup=False)

    def action_bring_back(self) -> None:
        """Bring back the request that was replaced last; what is in the form comes after all."""
        if not self._replaced:
            return
        here = Held(preset=self.current_preset, opened=self.opened)
        *older, held = self._replaced
        self._replaced = (here, *older)
        self._take(held.preset, held.opened)
        if self.is_narrow:
            self.give_way()
            self.form.focus_body()

    def action_use_example(self) -> None:
        """Put the endpoint's example in place of body, content type and accept."""
        known, request = self.form.description, self.form.request
        example = example_for(request, known) if isinstance(known, EndpointDescription) else None
        if example is None:
            self.notify("This endpoint brings no example along.", markup=False)
            return
        self._replace(with_example(request, example))
        self._example = example

    @work(exclusive=True, group="editor", description="edit the body elsewhere")
    async def action_edit_elsewhere(self) -> None:
        """Hand the terminal and the body to the user's editor."""
        request = self.form.request
        if not isinstance(request.body, InlineBody):
            self.notify("The body is a file; it is edited where it is.", markup=False)
            return
        # Imported when first wanted: 3 ms with the tables of file types.
        from tui.screens.explore_programs import edited, editor_command
        from tui.screens.explore_saving import suffix_of

        try:
            command = editor_command(os.environ)
            # The editor owns the terminal; nothing of ours may run meanwhile.
            with self.app.suspend():
                data = edited(request.body.data, suffix_of(request.content_type or ""), command)
        except SuspendNotSupported:
            self.notify("This terminal cannot be handed to an editor.", markup=False)
        except StorageFailed as error:
            self.report(error)
        else:
            if data != request.body.data:
                self._replace(replace(request, body=InlineBody(data=data)))

    def report(self, error: ExplorerError) -> None:
        """Say a failure that has no place of its own on the screen."""
        words = "\n".join(filter(None, (sanitise(error.summary), sanitise(error.hint))))
        self.notify(words, severity="error", markup=False)

    def _moved_to(self, name: str) -> InvocationRequest:
        """Point the request at an endpoint, setting aside what it named at the last one."""
        request = self.form.request
        if name == self.endpoint_name:
            return replace(request, endpoint_name=name)
        self._set_aside[self.endpoint_name] = targets_of(request)
        self.endpoint_name = name
        return moved(request, name, self._set_aside.get(name, {}))

    @property
    def current_preset(self) -> Preset:
        """What would be saved now."""
        return replace(self.base, request=self.form.request)

    @property
    def is_untouched(self) -> bool:
        """Whether the form holds nothing of the user's: it is blank, or an example."""
        request = self.form.request
        return is_blank(request) or is_example(request, self._example)

    def recall(
        self, preset: Preset, opened: OpenedPreset | None = None, *, keeps_focus: bool = False
    ) -> None:
        """Put a request from elsewhere into the form, exactly; ctrl+r brings the last one back."""
        self._hold()
        self._example = None
        self._take(preset, opened)
        if keeps_focus:
            return
        if self.is_narrow:
            self.give_way()
        self.form.focus_body()

    def _take(self, preset: Preset, opened: OpenedPreset | None) -> None:
        request = preset.request
        self.base, self.opened = preset, opened
        self._given = request
        self.endpoint_name = request.endpoint_name
        self._put(request)
        if request.endpoint_name:
            self.endpoints_pane.describe(request.endpoint_name)

    def _hold(self) -> None:
        """Keep what is about to be replaced; going through presets pushes nothing typed out."""
        here = Held(preset=self.current_preset, opened=self.opened)
        older = (each for each in self._replaced if each != here and not each.is_elsewhere)
        self._replaced = (*older, here)[-_MOST_HELD:]

    def _complete(self, request: InvocationRequest, known: EndpointDescription) -> None:
        if request == self._given:
            return
        request = completed(request, known, self._example)
        example = example_for(request, known)
        if is_example(request, example):
            self._example = example
        self._put(request)

    def _replace(self, request: InvocationRequest) -> None:
        self._hold()
        self._put(request)

    def _put(self, request: InvocationRequest) -> None:
        """Put a request into the form: the only place that does."""
        if request != self.form.request:
            self.form.request = request
        self._show_request(request)

    def _show_request(self, request: InvocationRequest) -> None:
        """Show elsewhere what the request is for."""
        name = request.endpoint_name
        self.endpoints_pane.chosen = (
            name,
            request.target_variant,
            request.inference_component_name,
        )
        self.form.border_title = _title("Request", name)
        known = self.form.description
        if isinstance(known, EndpointDescription) and known.name != name:
            self.form.description = None

    def _show_description(self, known: Known) -> None:
        if isinstance(known, EndpointDescription):
            # Imported when first wanted: 32 ms with the body view.
            from tui.screens.description import DescriptionScreen

            self.app.push_screen(DescriptionScreen(known))
        else:
            self.report(known)


def _title(what: str, name: str) -> Content:
    return Content(f"{what} · {sanitise(name)}" if name else what)
