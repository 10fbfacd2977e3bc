"""Whatever request is set is the one that is got, whichever tabs were opened."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.widgets.form_hand import form_in
from tui.domain.fields import TEXT_FIELDS
from tui.domain.requests import FileBody, InlineBody, InvocationRequest
from tui.widgets.request_form.form import RequestForm

any_text = st.text(st.characters(), max_size=30) | st.sampled_from(
    ["", " ", "\x00", "a\r\nb", "\ud800", "\u2028", "[/]", "\x1b[2J", "é", "\U0001f600"]
)
text_bodies = st.text(
    st.sampled_from('a{}[]": 1\t\n\r\x0b\x0c\x1c\x85\u2028\u2029\x00\x1bé字\ufeff'), max_size=40
).map(str.encode)
bodies = st.builds(InlineBody, data=st.binary(max_size=60) | text_bodies) | st.builds(
    FileBody, path=st.text(st.characters(codec="utf-8"), max_size=12).map(Path)
)
requests = st.builds(
    InvocationRequest,
    body=bodies,
    **{
        field.attribute: any_text if field.is_required else st.none() | any_text
        for field in TEXT_FIELDS
    },
)


async def test_at_once_with_every_tab_open():
    async with form_in() as hand:
        for tab in ("targeting", "options", "preview", "body"):
            await hand.open(tab)

        @settings(max_examples=300)
        @given(request=requests)
        def is_exact(request):
            hand.form.request = request
            assert hand.form.request == request

        is_exact()


@settings(max_examples=6)
@given(several=st.lists(requests, min_size=8, max_size=8))
async def test_after_everything_was_drawn_and_handled(several):
    async with form_in() as hand:
        for request, tab in zip(several, ["body", "options", "targeting", "body"] * 2, strict=True):
            await hand.show(request)
            assert hand.form.request == request
            await hand.open(tab)
            assert hand.form.request == request
            assert hand.is_harmless
        assert hand.told(RequestForm.Changed) == []


async def test_of_a_body_too_large_to_edit_and_back_again():
    async with form_in() as hand:
        for data in (b"x" * 300_000, b"small", b"y" * 5_000_000, b"\xff", b""):
            request = InvocationRequest(body=InlineBody(data=data))
            await hand.show(request)
            assert hand.form.request == request
        assert hand.told(RequestForm.Changed) == []
