"""What cannot be put on the wire: told at the field and in the response pane, and never sent."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.screens.explore_app import invocations, opened
from tui.demo.server import DemoServer
from tui.domain.errors import RequestInvalid
from tui.domain.fields import field_named
from tui.widgets.field_row.row import label_of

CASES = {
    "a line break in a header": ("custom_attributes", "a\nb"),
    "a lone surrogate": ("target_model", "\ud800"),
    "a control character": ("inference_id", "a\x00b"),
    "a parent folder": ("endpoint_name", ".."),
    "a name with slashes": ("endpoint_name", "a/../b"),
}

IMPOSSIBLE = ("a\nb", "\ud800")
"""The others get as far as SageMaker, which refuses them."""


@pytest.fixture(scope="module")
def server():
    with DemoServer(seed=1) as server:
        yield server


@pytest.mark.parametrize(("member", "value"), CASES.values(), ids=CASES)
async def test_what_cannot_be_sent_is_told_at_its_field_and_as_the_outcome(
    server, tmp_path, member, value
):
    server.forget_requests()
    async with opened(tmp_path, server=server) as it:
        await it.choose("echo")
        it.screen.form.request = replace(it.request, **{member: value})
        label = label_of(field_named(member))
        assert [each.partition(":")[0] for each in it.screen.form.problems()] == [label]
        await it.send()
        assert isinstance(it.screen.send_state.exchange.outcome, RequestInvalid)
        assert "Request refused" in it.facts + it.explanation
        if value in IMPOSSIBLE:
            assert "not sent" in it.facts
            assert invocations(server) == []
