"""The Preview tab: when it asks, and what it draws."""

from __future__ import annotations

import asyncio

import pytest

from tests.widgets.form_hand import form_in
from tui.domain.errors import CredentialsMissing
from tui.domain.http import HttpRequest
from tui.domain.requests import InvocationRequest
from tui.widgets.body_view.view import BodyView
from tui.widgets.request_form.form import RequestForm
from tui.widgets.request_form.preview import RequestPreview


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
    for words in ("POST https://h/e/x", "Accept: text/csv", "X-B: c", '"a": 1'):
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
        assert pane.body_view.shown.data == b"in time"
        assert not pane.has_class("-none")
        await pane.remove()


async def test_why_there_is_none_is_said_with_what_to_do(hand):
    await hand.open("preview")
    hand.form.preview = CredentialsMissing(summary="No credentials\x1b", hint="aws sso login")
    await hand.pilot.pause()
    assert "No credentials␛" in hand.screen
    assert "aws sso login" in hand.screen
    assert "Preview ●" in hand.screen


@pytest.mark.parametrize(
    ("body", "content_type", "wanted"),
    [
        (b"\x80\x00\x9f\xff", "application/x-npy", "80 00 9f ff"),
        ("left\u202eright\n".encode(), "text/plain", "left"),
        (b"a,b\n1,2\n", "text/csv", "a"),
    ],
)
async def test_a_body_is_shown_as_an_answer_would_be_and_harmless(hand, body, content_type, wanted):
    await hand.open("preview")
    hand.form.preview = http(body, (("Content-Type", content_type),))
    await hand.pilot.pause()
    assert wanted in hand.screen
    assert hand.is_harmless


async def test_all_of_a_large_body_can_be_reached_and_searched(hand):
    await hand.open("preview")
    lines = "\n".join(f"line {number}" for number in range(100_000))
    hand.form.preview = http(lines.encode(), (("Content-Type", "text/plain"),))
    await hand.pilot.pause()
    hand.app.query_one("#preview-body").focus()
    await hand.press("slash", *"99998", "enter")
    await hand.until(lambda: "line 99998" in hand.screen)


async def test_that_nothing_was_found_is_said_at_any_size(hand):
    await hand.open("preview")
    hand.form.preview = http(b"hello", (("Content-Type", "text/plain"),))
    await hand.pilot.pause()
    hand.app.query_one("#preview-body").focus()
    await hand.press("slash", *"nowhere", "enter")
    await hand.until(lambda: "“nowhere” not found" in hand.screen)


async def test_the_place_in_the_body_stays_while_the_rest_changes(hand):
    await hand.open("preview")
    body = "\n".join(map(str, range(500))).encode()
    hand.form.preview = http(body)
    await hand.pilot.pause()
    view = hand.app.query_one("#preview-body")
    view.focus()
    await hand.press("G")
    hand.form.preview = http(body, (("Content-Type", "application/json"), ("X-New", "1")))
    await hand.pilot.pause()
    assert view.cursor == 499
    assert "X-New: 1" in hand.screen


async def test_headers_stand_beside_the_body_where_there_is_room(hand):
    await hand.open("preview")
    hand.form.preview = http()
    await hand.pilot.pause()
    head, body = (hand.app.query_one(each).region for each in ("PreviewHead", "#preview-body"))
    if hand.app.size.width > 100:
        assert head.x >= body.right
        assert head.y <= body.y
    else:
        assert head.bottom <= body.y


async def test_how_a_request_is_looked_at_says_nothing_of_answers(hand):
    await hand.open("preview")
    hand.form.preview = http()
    await hand.pilot.pause()
    view = hand.app.query_one("#preview-body")
    view.focus()
    before = view.lens
    await hand.press("v")
    assert view.lens != before
    assert hand.told(BodyView.LensChosen) == []


async def test_hostile_headers_and_urls_are_harmless(hand):
    hostile = "\x1b]0;t\x07\u202e\x9b[/]"
    await hand.open("preview")
    hand.form.preview = http(headers=((hostile, hostile),), url=hostile)
    await hand.pilot.pause()
    assert "[/]" in hand.screen
    assert hand.is_harmless
