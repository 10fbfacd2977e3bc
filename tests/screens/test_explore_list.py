"""The list of endpoints under keys and mouse."""

import pytest

from tests.screens.explore_app import opened
from tui.demo.server import DemoServer


@pytest.fixture(scope="module")
def server():
    with DemoServer(seed=1) as server:
        yield server


def rows(it):
    endpoints = it.screen.endpoints_pane.browser.endpoint_list
    return [
        endpoints.render_line(y).text.rstrip()
        for y in range(endpoints.scrollable_content_region.height)
    ]


async def test_right_opens_and_left_closes_keeping_the_cursor_on_its_endpoint(server, tmp_path):
    async with opened(tmp_path, server=server) as it:
        await it.listed()
        await it.press("right")
        await it.until(lambda: any("blue" in row and "90 %" in row for row in rows(it)))
        await it.press("down", "down")
        assert it.request.endpoint_name == ""
        await it.press("left")
        assert not any("blue" in row for row in rows(it))
        assert it.screen.endpoints_pane.browser.endpoint_list.cursor == 0


async def test_a_shadow_variant_is_shown_and_cannot_be_targeted(server, tmp_path):
    async with opened(tmp_path, server=server) as it:
        await it.listed()
        await it.choose("review-sentiment-shadow-test")
        shadow = next(
            y for y, row in enumerate(rows(it)) if "shadow" in row and "%" not in row and y
        )
        await it.press(*["down"] * shadow, "enter")
        await it.pilot.pause()
        assert it.request.target_variant is None


async def test_a_click_opens_and_a_click_on_a_variant_takes_it(server, tmp_path):
    async with opened(tmp_path, server=server) as it:
        await it.listed()
        endpoints = it.screen.endpoints_pane.browser.endpoint_list
        await it.until(lambda: any("iris-classifier" in row for row in rows(it)))
        await it.pilot.pause()
        await it.pilot.click(endpoints, offset=(5, 0))
        await it.until(lambda: any("green" in row for row in rows(it)))
        y = next(y for y, row in enumerate(rows(it)) if "green" in row)
        await it.pilot.click(endpoints, offset=(8, y))
        await it.until(lambda: it.request.target_variant == "green")
        assert it.request.endpoint_name == "iris-classifier"


async def test_escape_clears_the_filter_and_only_then_stops_waiting(server, tmp_path):
    async with opened(tmp_path, server=server) as it:
        await it.listed()
        await it.choose("slow-seconds")
        await it.press("ctrl+j", "slash", "x")
        waiting = it.screen.send_state
        await it.press("escape")
        assert it.screen.endpoints_pane.browser.filter_input.value == ""
        assert it.screen.send_state is waiting
        await it.press("escape")
        await it.until(lambda: it.screen.send_state is not waiting)
        await it.until(lambda: it.facts.startswith("Stopped waiting"))
