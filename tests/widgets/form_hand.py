"""The request form in a running app of its own, and a hand at the keyboard."""

from __future__ import annotations

import re
from contextlib import asynccontextmanager
from typing import ClassVar

from textual.app import App
from textual.binding import Binding

from tests.app.waiting import until
from tui.domain.endpoints import EndpointDescription, EndpointStatus
from tui.widgets.request_form.form import RequestForm
from tui.widgets.theming import variable_defaults

OBEYED = re.compile("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
"""What a terminal would obey, or lay out by, instead of drawing it."""


class Harness(App):
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar = [Binding("escape", "note_escape", "Stop")]

    def __init__(self, request=None):
        super().__init__()
        self.told = []
        self.escapes = 0
        self._first_request = request

    def get_theme_variable_defaults(self):
        return variable_defaults(self.current_theme)

    def compose(self):
        form = RequestForm(id="request")
        if self._first_request is not None:
            form.request = self._first_request
        yield form

    def action_note_escape(self):
        self.escapes += 1

    def on_request_form_changed(self, message):
        self.told.append(message)

    def on_request_form_submitted(self, message):
        self.told.append(message)

    def on_request_form_preview_wanted(self, message):
        self.told.append(message)

    def on_body_view_lens_chosen(self, message):
        self.told.append(message)


class Hand:
    def __init__(self, app, pilot):
        self.app, self.pilot = app, pilot
        self.form = app.query_one(RequestForm)

    async def press(self, *keys):
        await self.pilot.press(*keys)
        await self.pilot.pause()

    async def write(self, text):
        await self.press(*text)

    async def show(self, request):
        self.form.request = request
        await self.pilot.pause()

    async def open(self, tab):
        self.form.show_tab(tab)
        await self.pilot.pause()
        await self.pilot.pause()

    async def focus(self, field_id):
        self.app.query_one(f"#{field_id}-input").focus()
        await self.pilot.pause()

    async def until(self, condition):
        await until(condition)

    def told(self, kind):
        return [message for message in self.app.told if isinstance(message, kind)]

    @property
    def lines(self):
        strips = self.app.screen._compositor.render_strips()  # noqa: SLF001 - what is on screen
        return [strip.text.rstrip() for strip in strips]

    @property
    def screen(self):
        return "\n".join(self.lines)

    @property
    def is_harmless(self):
        return not any(map(OBEYED.search, self.lines))

    @property
    def colour_of_dot(self):
        strips = self.app.screen._compositor.render_strips()  # noqa: SLF001 - what is on screen
        segments = [segment for strip in strips for segment in strip if "●" in segment.text]
        return segments[0].style.color

    @property
    def focused_id(self):
        return self.app.focused.id if self.app.focused else None


@asynccontextmanager
async def form_in(size=(80, 24), request=None):
    app = Harness(request)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        yield Hand(app, pilot)


def description(name="ep", **members):
    return EndpointDescription(
        **{"name": name, "arn": f"arn:{name}", "status": EndpointStatus.IN_SERVICE, **members}
    )
