from __future__ import annotations

import pytest

from tests.app.stand_in import make_app
from tests.app.waiting import notes, shown, until
from tui.domain.endpoints import EndpointDescription, EndpointStatus, RawDocument
from tui.domain.errors import AccessDenied
from tui.screens.description import DescriptionScreen, tab_titles
from tui.screens.explore.saving import SaveScreen


def description(**parts):
    return EndpointDescription(
        name="iris\x1b[31m[/]", arn="arn", status=EndpointStatus.IN_SERVICE, **parts
    )


WHOLE = description(
    documents=(
        RawDocument(operation="DescribeEndpoint", body=b'{"EndpointName":"iris","N":1E5}'),
        RawDocument(operation="DescribeModel", body=b'{"ModelName":"m1"}'),
        RawDocument(operation="DescribeModel", body=b'{"ModelName":"m2"}'),
    )
)
WITH_GAPS = description(
    gaps=(AccessDenied(summary="Not allowed [/]: DescribeModel", hint="Ask for the action."),)
)


@pytest.fixture
def open_in(app):
    async def open_description(shown_description):
        await app.push_screen(DescriptionScreen(shown_description))

    return open_description


async def test_each_document_is_a_tab_and_shown_as_it_came(app, open_in):
    async with app.run_test(size=(100, 30)) as pilot:
        await open_in(WHOLE)
        await until(lambda: '"N": 1E5' in shown(app))
        assert "DescribeModel 1" in shown(app)
        assert "iris␛[31m[/]" in shown(app)
        await pilot.press("ctrl+l")
        await until(lambda: '"m1"' in shown(app))
        await pilot.press("ctrl+l", "ctrl+l")
        await until(lambda: '"N": 1E5' in shown(app))


async def test_w_writes_the_document_that_is_shown(app, open_in, tmp_path):
    target = tmp_path / "model.json"
    async with app.run_test(size=(100, 30)) as pilot:
        await open_in(WHOLE)
        await until(lambda: '"N": 1E5' in shown(app))
        await pilot.press("ctrl+l")
        await until(lambda: '"m1"' in shown(app))
        await pilot.press("w")
        await until(lambda: isinstance(app.screen, SaveScreen) and app.screen.query("#path"))
        app.screen.query_one("#path").value = str(target)
        await pilot.press("enter")
        await until(lambda: target.exists() and target.read_bytes())
        assert target.read_bytes() == b'{"ModelName":"m1"}'


async def test_y_copies_the_document_that_is_shown(app, open_in, monkeypatch):
    copied = []
    monkeypatch.setattr(type(app), "_write_to_terminal", lambda _, text: copied.append(text))
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    async with app.run_test(size=(100, 30)) as pilot:
        await open_in(WHOLE)
        await until(lambda: '"N": 1E5' in shown(app))
        await pilot.press("y")
        await until(lambda: notes(app))
        assert copied
        assert "the description" in notes(app)[0]


async def test_gaps_are_told_with_what_to_do(app, open_in):
    async with app.run_test(size=(100, 30)):
        await open_in(WITH_GAPS)
        await until(lambda: "Not allowed [/]: DescribeModel" in shown(app))
        assert "Ask for the action." in shown(app)


async def test_escape_closes_it(app, desk, open_in):
    async with app.run_test() as pilot:
        await open_in(WHOLE)
        await pilot.press("escape")
        assert app.screen is desk


@pytest.mark.parametrize("size", [(1, 1), (3, 3), (80, 24), (200, 60)])
async def test_it_stands_at_any_size(desk, tmp_path, size):
    app = make_app(desk, tmp_path)
    async with app.run_test(size=size) as pilot:
        await app.push_screen(DescriptionScreen(WHOLE))
        await pilot.pause()
        assert app.is_running


def test_documents_of_one_operation_are_numbered():
    assert tab_titles(WHOLE.documents) == ("DescribeEndpoint", "DescribeModel 1", "DescribeModel 2")
