"""A request goes out in another tool's language and comes in again."""

import shlex

import pytest
from textual.events import Paste

from tests.screens.explore_app import opened
from tui.demo.server import DemoServer
from tui.domain.errors import CredentialsMissing
from tui.domain.requests import InlineBody
from tui.screens.copy_as import CopyAsScreen
from tui.screens.paste import PasteScreen

LINE = (
    "$ aws sagemaker-runtime invoke-endpoint \\\n>  --endpoint-name iris-classifier \\\n"
    "> --content-type text/csv --accept text/csv --body 6.7,3.0,5.0,1.7 --region eu-west-1 out\n"
)


@pytest.fixture
def server():
    with DemoServer(seed=1) as server:
        yield server
        assert server.crashes == ()


async def paste(explore, text):
    explore.app.screen.focused.post_message(Paste(text))
    await explore.pilot.pause()


async def test_a_line_pasted_on_the_list_becomes_the_request_once_taken(tmp_path, server):
    async with opened(tmp_path, server=server) as explore:
        await explore.listed()
        await paste(explore, LINE)
        await explore.until(lambda: isinstance(explore.app.screen, PasteScreen))
        dialog = explore.app.screen
        await explore.until(lambda: "iris-classifier" in dialog.understood.render().plain)
        words = dialog.understood.render().plain
        assert "15 B" in words
        assert "region eu-west-1; f9 switches" in words
        await explore.press("enter")
        await explore.until(lambda: explore.request.endpoint_name == "iris-classifier")
        await explore.until(lambda: explore.screen.form.description is not None)
        await explore.pilot.pause()
        assert explore.request.body == InlineBody(data=b"6.7,3.0,5.0,1.7")
        assert explore.request.target_variant is None
        await explore.send()
        assert server.requests[-1].body == b"6.7,3.0,5.0,1.7"
        assert explore.facts.startswith("200 OK")


async def test_the_last_request_comes_back_after_a_paste(tmp_path, server):
    async with opened(tmp_path, server=server) as explore:
        await explore.listed()
        await explore.choose("echo")
        before = explore.request
        await explore.press("f7")
        await paste(explore, LINE)
        await explore.until(lambda: "iris-classifier" in _understood(explore))
        await explore.press("enter")
        await explore.until(lambda: explore.request.endpoint_name == "iris-classifier")
        await explore.press("ctrl+r")
        await explore.until(lambda: explore.request == before)


async def test_what_is_no_request_is_told_and_cannot_be_taken(tmp_path, server):
    async with opened(tmp_path, server=server) as explore:
        await explore.listed()
        before = explore.request
        await explore.press("f7")
        await paste(explore, "SELECT \x1b[2J * [/]")
        dialog = explore.app.screen
        await explore.until(lambda: "Nothing in this text" in dialog.understood.render().plain)
        await explore.press("enter")
        assert explore.app.screen is dialog
        await explore.press("escape")
        await explore.pilot.pause()
        assert explore.request == before


async def test_what_was_answered_is_copied_for_the_aws_cli_and_for_a_ticket(tmp_path, server):
    async with opened(tmp_path, server=server) as explore:
        await explore.listed()
        await explore.choose("iris-classifier")
        await explore.send()
        explore.answer.body_view.focus()
        await explore.press("Y")
        await explore.until(lambda: isinstance(explore.app.screen, CopyAsScreen))
        await explore.press("enter")
        await explore.until(lambda: explore.copied)
        words = shlex.split(explore.copied[0].replace("\\\n", " "))
        assert words[words.index("--endpoint-name") + 1] == "iris-classifier"
        assert words[words.index("--body") + 1] == "fileb://request-body.json"
        assert words[words.index("--endpoint-url") + 1] == server.url

        await explore.press("Y")
        await explore.until(lambda: isinstance(explore.app.screen, CopyAsScreen))
        await explore.press("end", "enter")
        await explore.until(lambda: len(explore.copied) == 2)
        ticket = explore.copied[1]
        assert "## InvokeEndpoint iris-classifier: 200 OK" in ticket
        assert explore.screen.shown_exchange.reply.request_id in ticket


async def test_curl_without_credentials_says_why_there_is_no_address(tmp_path):
    error = CredentialsMissing(summary="No credentials were found", hint="aws sso login")
    async with opened(tmp_path, door=FailingDoor(error)) as explore:
        await explore.press("Y")
        await explore.until(lambda: isinstance(explore.app.screen, CopyAsScreen))
        await explore.until(lambda: "aws sagemaker-runtime" in _shown(explore))
        await explore.press("down", "down")
        await explore.until(lambda: "No credentials were found" in _told(explore))
        await explore.press("enter")
        assert isinstance(explore.app.screen, CopyAsScreen)
        assert explore.copied == []


class FailingDoor:
    """Opens nothing."""

    def __init__(self, error):
        self._error = error

    def connect(self, connection):
        raise self._error

    def profiles(self):
        return ()

    def regions(self):
        return ()


def _understood(explore):
    return explore.app.screen.understood.render().plain


def _shown(explore):
    shown = explore.app.screen.view.shown
    return shown.data.decode() if shown else ""


def _told(explore):
    return explore.app.screen.told.render().plain
