"""Keys that come in one read: each has its effect before the next, and none is lost."""

from __future__ import annotations

import asyncio

import pytest
from textual import events
from textual.app import App
from textual.binding import Binding
from textual.widgets import Input, TextArea

from tests.app.waiting import until
from tests.screens.explore_app import invocations, opened
from tui.demo.server import DemoServer
from tui.domain.exchanges import Done
from tui.screens.typing_order import TypingOrder, is_typed

IRIS = '{"instances": [[7.7, 2.6, 6.9, 2.3]]}'
CHARACTERS = {"enter": "\r", "slash": "/"}


def type_at_once(app, *keys: str | events.Paste) -> None:
    """Put keys into the app's queue without letting anything happen between them."""
    for key in keys:
        if isinstance(key, events.Paste):
            app.post_message(key)
        else:
            letter = key.removeprefix("alt+")  # a terminal sends escape and the letter
            character = CHARACTERS.get(key, letter if len(letter) == 1 else None)
            app.post_message(events.Key(key, character))


@pytest.fixture
def server():
    with DemoServer(seed=1) as server:
        yield server


async def test_letters_behind_the_filter_key_are_typed_into_the_filter(server, tmp_path):
    async with opened(tmp_path, server=server) as it:
        await it.listed()
        type_at_once(it.app, "slash", *"iris")
        browser = it.screen.endpoints_pane.browser
        await it.until(lambda: browser.filter_input.value == "iris")
        assert browser.endpoint_list.shown_count == 1


@pytest.mark.parametrize(
    ("keys", "name"),
    [
        (("down", "enter"), "sentiment"),
        (("slash", *"iris", "enter", "enter"), "iris-classifier"),
        (("slash", "down", "down", "enter"), "sentiment"),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
async def test_an_endpoint_chosen_in_one_go_fills_the_request(server, tmp_path, keys, name):
    async with opened(tmp_path, server=server) as it:
        await it.listed()
        type_at_once(it.app, *keys)
        await it.until(lambda: it.request.body.data)
        assert it.request.endpoint_name == name


@pytest.mark.parametrize("typed", [tuple(IRIS), (events.Paste(IRIS),)], ids=["keys", "paste"])
async def test_what_is_sent_holds_all_that_was_typed_before(server, tmp_path, typed):
    async with opened(tmp_path, server=server) as it:
        await it.choose("echo")
        type_at_once(it.app, "ctrl+n", *typed, "ctrl+j")
        await it.until(lambda: isinstance(it.screen.send_state, Done))
        sent = invocations(server)
        assert [each.body.decode() for each in sent] == [IRIS]


@pytest.mark.parametrize("key", ["alt+s", "alt+n"])
async def test_a_letter_with_alt_is_a_key_where_text_is_typed_too(server, tmp_path, key):
    async with opened(tmp_path, server=server) as it:
        await it.choose("echo")
        type_at_once(it.app, "ctrl+n", "{", "}", key)
        await it.until(lambda: it.app.screen is not it.screen)
        assert it.request.body.data == b"{}"


async def test_letters_behind_the_palette_key_are_typed_into_the_palette(server, tmp_path):
    async with opened(tmp_path, server=server) as it:
        await it.listed()
        type_at_once(it.app, "ctrl+p", *"theme")
        await it.until(lambda: getattr(it.app.focused, "value", "") == "theme")


class Ordered(App[None]):
    """Takes keys in order and notes what the text was at each send."""

    BINDINGS = [  # noqa: RUF012 - Textual declares it so
        Binding("ctrl+j", "send", priority=True),
        Binding("ctrl+q", "quit", priority=True),
    ]

    def __init__(self, **patience) -> None:
        super().__init__()
        self.order = TypingOrder(self, super().on_event, **patience)
        self.sent = []

    def compose(self):
        yield TextArea()

    def action_send(self) -> None:
        self.sent.append(self.query_one(TextArea).text)

    async def on_event(self, event) -> None:
        if is_typed(event):
            await self.order.take(event)
        else:
            await super().on_event(event)


async def test_every_send_holds_exactly_what_was_typed_before_it():
    app = Ordered()
    async with app.run_test():
        type_at_once(app, "a", "ctrl+j", "b", "c", "left", "d", "ctrl+j", "ctrl+j", "e", "ctrl+j")
        await until(lambda: len(app.sent) == 4)
        assert app.sent == ["a", "abdc", "abdc", "abdec"]


class Stuck(Ordered):
    def __init__(self) -> None:
        super().__init__(patience_s=0.1)
        self.released = asyncio.Event()

    def compose(self):
        yield StuckInput()


class StuckInput(Input):
    async def on_key(self) -> None:
        await self.app.released.wait()


async def test_a_widget_that_hangs_keeps_nobody_from_quitting():
    app = Stuck()
    async with app.run_test():
        type_at_once(app, "left", "left", "ctrl+q")
        await until(lambda: app._exit)  # noqa: SLF001 - Textual offers no other way
        app.released.set()
