"""The Preview tab: when it asks, and what it draws."""

from __future__ import annotations

import asyncio

import pytest
from textual.widgets import Static

from tests.widgets.form_hand import form_in
from tui.domain.errors import CredentialsMissing
from tui.domain.http import HttpRequest
from tui.domain.requests import InvocationRequest
from tui.widgets.request_form import RequestForm
from tui.widgets.request_form_preview import RequestPreview, preview_words


def http(body=b"{}", headers=(("Content-Type", "application/json"),), url="https://h/e/x"):
    return HttpRequest(method="POST", url=url, headers=headers, body=body)


@pytest.fixture(params=[(80, 24), (120, 40)], ids=str)
async def hand(request):
    async with form_in(request.param, InvocationRequest(endpoint_name="ep")) as hand:
        yield hand


async def test_it_is_asked_for_when_shown_and_not_before(hand):
    hand.form.focus_endpoint()
    await hand.pilot.pause()
    await hand.write("x")
    assert hand.told(RequestForm.PreviewWanted) == []

    await hand.open("preview")
    wanted = hand.told(RequestForm.PreviewWanted)
    assert [told.request.endpoint_name for told in wanted] == ["epx"]


async def test_a_burst_of_typing_asks_once_more_with_the_last_request(hand):
    await hand.open("preview")
    hand.form.focus_endpoint()
    await hand.pilot.pause()
    await hand.write("yz")
    await hand.until(lambda: len(hand.told(RequestForm.PreviewWanted)) > 1)
    wanted = [told.request.endpoint_name for told in hand.told(RequestForm.PreviewWanted)]
    assert wanted == ["ep", "epyz"]


async def test_the_request_is_shown_as_it_would_be_sent(hand):
    await hand.open("preview")
    hand.form.preview = http(b'{"a": 1}', (("Accept", "text/csv"), ("X-B", "c")))
    await hand.pilot.pause()
    for words in ("POST https://h/e/x", "Accept: text/csv", "X-B: c", '{"a": 1}'):
        assert words in hand.screen


async def test_a_preview_that_was_there_before_its_tab_was_opened_is_shown(hand):
    hand.form.preview = http(b"early")
    await hand.open("preview")
    assert "early" in hand.screen


async def test_a_preview_that_comes_at_any_moment_of_the_opening_is_shown(hand):
    for turns in range(30):
        pane = RequestPreview(None)
        hand.app.screen.mount(pane)
        for _ in range(turns):
            await asyncio.sleep(0)
        pane.preview = http(b"in time")
        await hand.pilot.pause()
        assert "in time" in pane.query_one(Static).render().plain
        await pane.remove()


async def test_why_there_is_none_is_said_with_what_to_do(hand):
    await hand.open("preview")
    hand.form.preview = CredentialsMissing(summary="No credentials\x1b", hint="aws sso login")
    await hand.pilot.pause()
    assert "No credentials␛" in hand.screen
    assert "aws sso login" in hand.screen
    assert "Preview ●" in hand.screen


@pytest.mark.parametrize(
    ("body", "wanted"),
    [
        (b"", "No body"),
        (b"\xff\xfe\x00\x01", "ff fe 00 01"),
        (b"x" * 10_000, "… the first 4.1 kB of 10.0 kB"),
        (("é" * 5_000).encode(), "… the first 4.1 kB of 10.0 kB"),
        (b"a" + ("é" * 5_000).encode(), "ééé"),
        (b"a\x1b[31mb\n\x00c", "a␛[31mb\n␀c"),
    ],
)
def test_bodies_are_shown_in_part_and_harmless(body, wanted):
    words = preview_words(http(body, headers=())).plain
    assert wanted in words
    assert words.replace("\n", "").isprintable()


def test_hostile_headers_and_urls_are_harmless():
    hostile = "\x1b]0;t\x07\u202e\x9b[/]"
    words = preview_words(http(headers=((hostile, hostile),), url=hostile)).plain
    assert words.count("[/]") == 3
    assert words.replace("\n", "").isprintable()
