from __future__ import annotations

import pytest
from textual.widgets import Input

from tests.app.stand_in import make_app
from tests.app.waiting import shown, until
from tests.explorer.gateways import Door, EchoGateway, HungDoor
from tests.patience import HUNG_S
from tui.domain.connections import Connection
from tui.domain.errors import StorageFailed
from tui.screens.connect import ConnectScreen, region_choices, url_problem
from tui.widgets.picker import Picker

DEMO = Connection(is_demo=True, endpoint_url="http://127.0.0.1:1", region="us-east-1")
AWS = Connection(profile="work", region="eu-west-1")


class Broken(Door):
    def profiles(self):
        raise StorageFailed(summary="Cannot read ~/.aws/config\x1b[31m [/]")


class Switching:
    """A dialog that is open, and what it gives back."""

    def __init__(self, desk, tmp_path, connection, door=None, demo=None):
        self.app = make_app(desk, tmp_path, connection=connection, door=door)
        self.screen = ConnectScreen(self.app._explorer, demo=demo)  # noqa: SLF001
        self.results = []

    async def open(self):
        await self.app.push_screen(self.screen, self.results.append)

    async def open_with_choices(self):
        await self.open()
        await until(lambda: "reading" not in str(self.screen.note.render()))


@pytest.fixture
def on_aws(desk, tmp_path):
    return Switching(desk, tmp_path, AWS)


@pytest.fixture
def on_demo(desk, tmp_path):
    return Switching(desk, tmp_path, DEMO)


async def test_what_is_in_use_is_marked_and_connecting_at_once_changes_nothing(on_aws):
    async with on_aws.app.run_test() as pilot:
        await on_aws.open_with_choices()
        assert "● work" in shown(on_aws.app)
        assert "● eu-west-1" in shown(on_aws.app)
        await pilot.press("ctrl+j")
        assert on_aws.results == [AWS]


async def test_typing_filters_and_enter_goes_through_the_fields(on_aws):
    async with on_aws.app.run_test() as pilot:
        await on_aws.open_with_choices()
        await pilot.press(*"defau", "down", "enter", *"us-e", "enter", *"http://h:1", "enter")
        assert on_aws.results == [
            Connection(profile="default", region="us-east-1", endpoint_url="http://h:1")
        ]


async def test_what_is_not_listed_can_be_typed(on_aws):
    async with on_aws.app.run_test() as pilot:
        await on_aws.open_with_choices()
        await pilot.press(*"other", "enter", *"mars-1", "ctrl+j")
        assert on_aws.results == [Connection(profile="other", region="mars-1")]


async def test_a_listed_name_wins_over_a_part_of_it_that_was_typed(on_aws):
    async with on_aws.app.run_test() as pilot:
        await on_aws.open_with_choices()
        await pilot.press(*"wor")
        assert "wor  as typed" in shown(on_aws.app)
        await pilot.press("ctrl+j")
        assert on_aws.results[0].profile == "work"


async def test_names_can_be_typed_while_profiles_are_still_being_read(desk, tmp_path):
    class Slow(HungDoor):
        def profiles(self):
            self.entered.set()
            assert self.gate.wait(HUNG_S)
            return ()

    door = Slow(EchoGateway)
    switching = Switching(desk, tmp_path, AWS, door=door)
    async with switching.app.run_test() as pilot:
        await switching.open()
        await until(door.entered.is_set)
        await pilot.press(*"other", "ctrl+j")
        assert switching.results == [Connection(profile="other", region="eu-west-1")]
    door.gate.set()


async def test_profiles_that_cannot_be_read_are_told_and_names_typed(desk, tmp_path):
    switching = Switching(desk, tmp_path, AWS, door=Broken(EchoGateway))
    async with switching.app.run_test() as pilot:
        await switching.open_with_choices()
        assert "Cannot read ~/.aws/config␛[31m [/]" in shown(switching.app)
        await pilot.press(*"other", "ctrl+j")
        assert switching.results[0].profile == "other"


async def test_escape_gives_nothing_back(on_aws):
    async with on_aws.app.run_test() as pilot:
        await on_aws.open()
        await pilot.press("escape")
        assert on_aws.results == [None]


async def test_the_demo_is_there_when_started_with_it_and_takes_no_url(on_demo):
    async with on_demo.app.run_test() as pilot:
        await on_demo.open_with_choices()
        assert "● demo" in shown(on_demo.app)
        assert on_demo.screen.query_one("#url", Input).disabled
        await pilot.press("enter", "enter")
        assert on_demo.results == [DEMO]


async def test_from_the_demo_one_gets_to_aws(on_demo):
    async with on_demo.app.run_test() as pilot:
        await on_demo.open_with_choices()
        await pilot.press("down", "ctrl+j")
        assert on_demo.results == [Connection(region="us-east-1")]


async def test_from_aws_one_gets_back_to_the_demo(desk, tmp_path):
    switching = Switching(desk, tmp_path, AWS, demo=DEMO)
    async with switching.app.run_test() as pilot:
        await switching.open_with_choices()
        await pilot.press(*"demo", "up", "ctrl+j")
        assert switching.results[0].is_demo
        assert switching.results[0].endpoint_url == DEMO.endpoint_url


async def test_without_a_demo_none_is_offered(on_aws):
    async with on_aws.app.run_test():
        await on_aws.open_with_choices()
        assert "demo" not in [each.label for each in on_aws.screen.query_one(Picker).choices]


async def test_a_url_that_is_none_is_told_and_not_taken(on_aws):
    async with on_aws.app.run_test() as pilot:
        await on_aws.open_with_choices()
        on_aws.screen.url.focus()
        await pilot.press(*"localhost")
        assert "An endpoint URL is http:// or https:// and a host" in shown(on_aws.app)
        await pilot.press("enter")
        assert on_aws.results == []
        on_aws.screen.url.value = "http://localhost"
        await pilot.press("enter")
        assert on_aws.results[0].endpoint_url == "http://localhost"


async def test_the_dialog_fits_a_small_terminal(on_aws):
    async with on_aws.app.run_test(size=(80, 24)):
        await on_aws.open_with_choices()
        text = shown(on_aws.app)
        assert all(words in text for words in ("Profile", "Region", "Endpoint URL", "Connect"))


@pytest.mark.parametrize(
    "url", ["", "  ", "http://h", "https://h.example:8443/path", "http://[::1]:1"]
)
def test_a_url_that_can_be_used_has_no_problem(url):
    assert url_problem(url) is None


@pytest.mark.parametrize(
    "url", ["h", "ftp://h", "http://", "http://h:99999", "http://h:0", "http://[h", "://"]
)
def test_a_url_that_cannot_be_used_has_one(url):
    assert url_problem(url)


def test_a_region_in_use_that_is_not_listed_is_listed():
    choices = region_choices(("us-east-1",), Connection(region="mars-1"))
    assert [each.value for each in choices if each.is_current] == ["mars-1"]
