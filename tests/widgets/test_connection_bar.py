from __future__ import annotations

import pytest
from textual.screen import Screen

from tests.app.stand_in import make_app
from tests.app.waiting import shown
from tui.domain.connections import Connection, Identity
from tui.domain.errors import CredentialsMissing
from tui.widgets.connection_bar import ConnectionBar, connection_words, without_userinfo


class Desk(Screen):
    def __init__(self):
        super().__init__()
        self.clicks = 0

    def compose(self):
        yield ConnectionBar()

    def on_connection_bar_clicked(self):
        self.clicks += 1


@pytest.fixture
def desk():
    return Desk()


@pytest.fixture
def app(desk, tmp_path):
    return make_app(desk, tmp_path)


async def test_it_tells_who_where_and_that_nothing_is_invoked(app, desk):
    async with app.run_test() as pilot:
        bar = desk.query_one(ConnectionBar)
        bar.connection = Connection(profile="prod[/]")
        bar.identity = Identity(profile="prod[/]", region="eu-west-1", account="123456789012")
        bar.read_only = True
        await pilot.pause()
        assert "prod[/] · eu-west-1 · 123456789012  read-only" in shown(app)


async def test_a_problem_is_told_shortly_and_nothing_is_waited_for(app, desk):
    async with app.run_test() as pilot:
        bar = desk.query_one(ConnectionBar)
        bar.connection = Connection(profile="nope")
        bar.problem = CredentialsMissing(summary="There is no profile nope")
        await pilot.pause()
        assert shown(app).splitlines()[0].strip() == "sagescope  nope  not connected"


async def test_a_click_asks_for_another_connection(app, desk):
    async with app.run_test() as pilot:
        await pilot.click(ConnectionBar)
        assert desk.clicks == 1


def test_what_is_not_known_yet_is_left_open():
    assert connection_words(Connection(), None) == ("default credentials", "…")
    nothing = Identity(profile=None, region=None)
    assert connection_words(Connection(), nothing) == ("default credentials", "no region")


def test_the_demo_is_called_so_and_its_address_is_not_told():
    demo = Connection(is_demo=True, endpoint_url="http://127.0.0.1:1", region="us-east-1")
    assert connection_words(demo, None) == ("demo", "us-east-1")


def test_another_address_is_told_without_its_password():
    words = connection_words(Connection(endpoint_url="http://user:hunter2@host:1"), None)
    assert words[-1] == "http://host:1"


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("http://u:p@h:1/a@b", "http://h:1/a@b"),
        ("https://h", "https://h"),
        ("http://a@b:c@h", "http://h"),
    ],
)
def test_a_name_and_a_password_are_cut_from_a_url(url, told):
    assert without_userinfo(url) == told
