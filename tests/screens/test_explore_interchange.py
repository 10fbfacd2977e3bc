"""A request goes out in another tool's language and comes in again."""

import shlex

import pytest
from textual.events import Paste

from tests.interchange.bundles import iris
from tests.screens.explore_app import invocations, opened
from tui.bundles import make_files, open_bundle, write_files
from tui.demo.server import DemoServer
from tui.domain.bundles import Masking
from tui.domain.errors import CredentialsMissing
from tui.domain.exchanges import Done, Idle
from tui.domain.requests import FileBody, InlineBody
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
        assert invocations(server)[-1].body == b"6.7,3.0,5.0,1.7"
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


async def test_a_line_pasted_into_the_body_stays_and_f7_reads_it(tmp_path, server):
    async with opened(tmp_path, server=server) as explore:
        await explore.listed()
        await go_to_body(explore)
        await paste(explore, LINE)
        await explore.until(lambda: "looks like an aws command. f7 fills" in told(explore))
        assert explore.request.body == InlineBody(data=LINE.encode())
        await explore.press("f7")
        await explore.until(lambda: "iris-classifier" in _understood(explore))
        await explore.press("enter")
        await explore.until(lambda: explore.request.endpoint_name == "iris-classifier")
        assert explore.request.body == InlineBody(data=b"6.7,3.0,5.0,1.7")
        await explore.press("f7")
        await explore.until(lambda: "Paste it here" in _understood(explore))


async def test_a_body_that_only_speaks_of_invocations_gets_no_hint(tmp_path, server):
    async with opened(tmp_path, server=server) as explore:
        await go_to_body(explore)
        body = '{"inputs": "How do I call /invocations with sagemaker-runtime?"}'
        await paste(explore, body)
        await paste(explore, " ")
        await explore.pilot.app.workers.wait_for_complete()
        assert explore.request.body == InlineBody(data=f"{body} ".encode())
        assert told(explore) == ""


async def test_the_path_of_a_bundle_opens_it(tmp_path, server):
    bundle = tmp_path / "a bundle.zip"
    write_files(bundle, make_files(iris(), Masking()))
    async with opened(tmp_path, server=server) as explore:
        await explore.listed()
        await paste(explore, bundle.as_uri())
        await explore.until(lambda: "A reproduction bundle" in _understood(explore))
        assert "200, " in _understood(explore)
        await explore.press("enter")
        await explore.until(lambda: isinstance(explore.screen.send_state, Done))
        assert explore.request == open_bundle(bundle).request
        assert explore.screen.send_state.exchange == open_bundle(bundle).exchange


async def test_a_file_dropped_on_the_body_becomes_it_once_taken(tmp_path, server):
    image = tmp_path / "an image.png"
    image.write_bytes(b"\x89PNG")
    async with opened(tmp_path, server=server) as explore:
        await explore.listed()
        await explore.choose("echo")
        await go_to_body(explore)
        await explore.press("ctrl+n")
        await explore.pilot.pause()
        await paste(explore, f"'{image}'")
        await explore.until(lambda: "f7 makes that file the body" in told(explore))
        await explore.press("f7")
        await explore.until(lambda: "All else stays" in _understood(explore))
        await explore.press("enter")
        await explore.until(lambda: explore.request.body == FileBody(path=image))
        await explore.send()
        assert invocations(server)[-1].body == b"\x89PNG"


async def test_a_path_that_leads_nowhere_is_said(tmp_path, server):
    async with opened(tmp_path, server=server) as explore:
        await paste(explore, "~/no such bundle.zip")
        await explore.until(lambda: "There is no ~/no such bundle.zip" in _understood(explore))


async def test_without_an_endpoint_ctrl_j_asks_once_and_then_sends_as_it_stands(tmp_path, server):
    async with opened(tmp_path, server=server) as explore:
        await explore.listed()
        await go_to_body(explore)
        await explore.press(*"x", "ctrl+j")
        await explore.until(lambda: "Choose an endpoint, or type its name." in told(explore))
        assert isinstance(explore.screen.send_state, Idle)
        await explore.send()
        assert explore.screen.send_state.exchange.request.endpoint_name == ""
        before = explore.screen.send_state
        await go_to_body(explore)
        await explore.press("y", "ctrl+j")
        await explore.pilot.pause()
        assert explore.screen.send_state is before


async def go_to_body(explore):
    explore.screen.form.focus_body()
    await explore.until(lambda: getattr(explore.screen.focused, "id", "") == "body-text")


def told(explore):
    return " ".join(each.message for each in explore.app._notifications)  # noqa: SLF001 - no public list


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
    screen = explore.app.screen
    return screen.understood.render().plain if isinstance(screen, PasteScreen) else ""


def _shown(explore):
    shown = explore.app.screen.view.shown
    return shown.data.decode() if shown else ""


def _told(explore):
    return explore.app.screen.told.render().plain
