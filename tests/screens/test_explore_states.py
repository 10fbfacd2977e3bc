"""What the main screen makes of slow, late, forbidden, missing and endless lists."""

from dataclasses import replace

import pytest

from tests.explorer.gateways import Door, EchoGateway, FailingGateway, HungGateway, summary
from tests.screens.explore_app import opened
from tui.demo.server import DemoServer
from tui.demo.showcase import showcase
from tui.domain.connections import Connection
from tui.domain.endpoints import EndpointStatus
from tui.domain.errors import AccessDenied, ConnectionInvalid, CredentialsMissing
from tui.domain.exchanges import Done, Idle, InFlight
from tui.widgets.key_bar import KeyBar

HERE = Connection(is_demo=True, region="us-east-1")


def is_seen(widget):
    return widget.region.area > 0


class Unlistable(EchoGateway):
    """Invokes, but may not list."""

    def list_endpoints(self):
        raise AccessDenied(
            summary="You may not list endpoints", hint="Ask for sagemaker:ListEndpoints."
        )


class Listing(EchoGateway):
    """Lists what the test says, and counts how often it was asked."""

    def __init__(self, connection, *endpoints):
        super().__init__(connection)
        self.endpoints = endpoints
        self.looks = 0

    def list_endpoints(self):
        self.looks += 1
        yield self.endpoints


async def test_a_late_answer_is_dropped(tmp_path):
    hung = HungGateway(HERE)
    async with opened(tmp_path, door=Door(hung)) as it:
        it.screen.form.focus_endpoint()
        await it.press(*"slow", "escape", "ctrl+j")
        await it.until(hung.entered.is_set)
        await it.press("ctrl+n")
        assert isinstance(it.screen.send_state, Idle)
        hung.gate.set()
        await it.until(hung.left.is_set)
        for _ in range(10):
            await it.pilot.pause()
        assert isinstance(it.screen.send_state, Idle)


async def test_a_second_send_waits_for_the_first(tmp_path):
    hung = HungGateway(HERE)
    async with opened(tmp_path, door=Door(hung)) as it:
        it.screen.form.focus_endpoint()
        await it.press(*"slow", "escape", "ctrl+j")
        await it.until(hung.entered.is_set)
        first = it.screen.send_state
        await it.press("ctrl+j")
        assert it.screen.send_state is first
        hung.gate.set()
        await it.until(lambda: isinstance(it.screen.send_state, Done))
        assert it.screen.send_state.exchange.request is first.request


async def test_who_may_not_list_can_still_type_a_name_and_send(tmp_path):
    async with opened(tmp_path, door=Door(Unlistable(HERE))) as it:
        await it.until(lambda: it.screen.endpoints_pane.listing.problem)
        await it.pilot.pause()
        note = it.words("#endpoint-note")
        assert "You may not list endpoints" in note
        assert "Ask for sagemaker:ListEndpoints." in note
        assert "typed" in note
        it.screen.form.focus_endpoint()
        await it.press(*"mine", "escape")
        await it.send()
        assert it.facts.startswith("200 OK")


@pytest.mark.parametrize(
    "error",
    [
        CredentialsMissing(summary="The SSO session has expired", hint="aws sso login --profile X"),
        ConnectionInvalid(summary="No region is set", hint="f9 chooses one."),
    ],
)
async def test_a_connection_that_fails_says_what_to_do(tmp_path, error):
    async with opened(tmp_path, door=Door(FailingGateway(HERE, error))) as it:
        await it.until(lambda: it.screen.endpoints_pane.listing.problem)
        await it.pilot.pause()
        assert error.hint in it.words("#endpoint-note")


async def test_an_empty_region_says_so(tmp_path):
    async with opened(tmp_path, door=Door(Listing(HERE))) as it:
        await it.until(lambda: not it.screen.endpoints_pane.listing.is_loading)
        await it.pilot.pause()
        assert it.words("#endpoint-note").startswith("No endpoints in us-east-1.")


async def test_while_something_changes_the_list_is_read_again_and_then_no_more(tmp_path):
    changing = replace(summary("new"), status=EndpointStatus.CREATING)
    gateway = Listing(HERE, changing)
    async with opened(tmp_path, door=Door(gateway), refresh_interval_s=0.05) as it:
        await it.until(lambda: gateway.looks >= 3)
        gateway.endpoints = (replace(changing, status=EndpointStatus.IN_SERVICE),)
        shown = lambda: it.screen.endpoints_pane.listing.endpoints[0].status  # noqa: E731
        await it.until(lambda: shown() is EndpointStatus.IN_SERVICE)
        looks = gateway.looks
        await it.pilot.pause(0.3)
        assert gateway.looks == looks


async def test_f5_connects_anew_and_keeps_cursor_and_filter(tmp_path):
    door = Door(Listing(HERE, *map(summary, ("one", "two", "three"))))
    async with opened(tmp_path, door=door) as it:
        await it.listed()
        await it.press("slash", "t", "enter", "down")
        endpoints = it.screen.endpoints_pane.browser.endpoint_list
        assert endpoints.current_endpoint == "three"
        await it.press("f5")
        await it.until(lambda: len(door.opened) == 2)
        await it.until(lambda: not it.screen.endpoints_pane.listing.is_loading)
        assert endpoints.current_endpoint == "three"
        assert endpoints.shown_count == 2


async def test_ten_thousand_endpoints_are_filtered_to_one(tmp_path):
    catalogue = showcase().with_fillers(10_000)
    with DemoServer(seed=1, catalogue=catalogue) as server:
        async with opened(tmp_path, server=server) as it:
            await it.listed()
            wanted = catalogue.endpoints[-1].name
            await it.press("slash")
            it.screen.endpoints_pane.browser.filter_input.value = wanted
            await it.pilot.pause()
            await it.press("enter", "enter")
            await it.until(lambda: it.request.endpoint_name == wanted)
            assert it.words("#endpoint-note") == f"1 of {len(catalogue.endpoints):,}"


@pytest.fixture
def narrow_server():
    with DemoServer(seed=1) as server:
        yield server


async def test_at_80_columns_the_list_gives_way_and_comes_back(narrow_server, tmp_path):
    async with opened(tmp_path, server=narrow_server, size=(80, 24)) as it:
        screen = it.screen
        await it.listed()
        assert is_seen(screen.endpoints_pane)
        assert not is_seen(screen.form)
        await it.choose("iris-classifier")
        assert not is_seen(screen.endpoints_pane)
        assert screen.form.region.width == 80
        await it.press("ctrl+b")
        assert is_seen(screen.endpoints_pane)
        assert screen.focused_pane == "endpoints"
        await it.press("ctrl+b")
        assert screen.focused_pane == "request"


async def test_below_120_columns_body_and_headers_take_turns(narrow_server, tmp_path):
    async with opened(tmp_path, server=narrow_server, size=(80, 24)) as it:
        await it.listed()
        await it.choose("iris-classifier")
        await it.send()
        answer = it.answer
        assert answer.body_view.region.height >= 5
        assert not is_seen(answer.header_list)
        await it.press("ctrl+l")
        assert answer.header_list.region.height >= 5
        assert not is_seen(answer.body_view)
        await it.pilot.resize_terminal(140, 40)
        await it.pilot.pause()
        assert is_seen(answer.body_view)
        assert is_seen(answer.header_list)


async def test_f10_gives_the_focused_pane_all_the_room_and_takes_it_back(narrow_server, tmp_path):
    async with opened(tmp_path, server=narrow_server) as it:
        await it.listed()
        await it.choose("iris-classifier")
        await it.send()
        screen = it.screen
        it.answer.focus_part()
        await it.press("z")
        await it.pilot.pause()
        assert screen.response_pane.region.width == 140
        assert not is_seen(screen.form)
        await it.press("f10")
        await it.pilot.pause()
        assert is_seen(screen.form)


@pytest.mark.parametrize("size", [(1, 1), (20, 5), (40, 12), (300, 90)])
async def test_no_size_ends_the_program(narrow_server, tmp_path, size):
    async with opened(tmp_path, server=narrow_server, size=size) as it:
        await it.listed()
        await it.press("ctrl+b", "ctrl+j")
        await it.until(lambda: not isinstance(it.screen.send_state, InFlight))
        assert it.app.is_running


async def test_a_component_is_chosen_below_its_endpoint(narrow_server, tmp_path):
    async with opened(tmp_path, server=narrow_server) as it:
        await it.choose("search-components")
        await it.until(lambda: it.request.body.data)
        assert it.request.inference_component_name == "search-embeddings"
        embeddings = it.request.body
        await it.press("down", "down", "enter")
        await it.until(lambda: it.request.inference_component_name == "search-ranking-bm25")
        await it.until(lambda: it.request.body != embeddings)
        await it.press("down", "enter")
        await it.until(lambda: it.request.body == embeddings)
        assert it.request.inference_component_name == "search-embeddings"
        await it.send()
        assert it.screen.send_state.exchange.reply.status == 200


async def test_where_the_list_hides_the_request_its_key_says_that_it_leads_there(tmp_path):
    async with opened(tmp_path, door=Door(Unlistable(HERE)), size=(80, 24)) as it:
        await it.until(lambda: it.screen.endpoints_pane.listing.problem)
        await it.pilot.pause()
        assert "^b Request" in it.screen.query_one(KeyBar).render().plain
        await it.press("ctrl+b")
        await it.pilot.pause()
        assert is_seen(it.screen.form)
        assert "^b Endpoints" in it.screen.query_one(KeyBar).render().plain


async def test_a_new_request_and_one_brought_back_are_seen_where_the_list_was(
    narrow_server, tmp_path
):
    async with opened(tmp_path, server=narrow_server, size=(80, 24)) as it:
        await it.listed()
        for key in ("ctrl+n", "ctrl+r"):
            if not it.screen.is_sidebar_visible:
                await it.press("ctrl+b")
            await it.press(key)
            await it.pilot.pause()
            assert not it.screen.is_sidebar_visible
            assert it.screen.form.has_focus_within
