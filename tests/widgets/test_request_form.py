"""The form by its keys, by what it shows, and by what it tells."""

from __future__ import annotations

import pytest

from tests.widgets.form_hand import description, form_in
from tui.domain.endpoints import Container, EndpointStatus, Model, Variant
from tui.domain.errors import AccessDenied
from tui.domain.fields import TEXT_FIELDS
from tui.domain.requests import InlineBody, InvocationRequest
from tui.widgets.request_form.form import RequestForm

SIZES = [(80, 24), (120, 40)]
FULL = InvocationRequest(
    endpoint_name="iris",
    body=InlineBody(data=b"{}"),
    **{field.attribute: f"x-{n}" for n, field in enumerate(TEXT_FIELDS) if field.header},
)


@pytest.fixture(params=SIZES, ids=str)
async def hand(request):
    async with form_in(request.param) as hand:
        yield hand


async def test_typing_in_every_field_by_enter_fills_the_request(hand):
    hand.form.focus_endpoint()
    await hand.pilot.pause()
    await hand.write("iris")
    await hand.press("enter")
    await hand.write("text/x")
    await hand.press("enter")
    await hand.write("a/b")
    await hand.press("enter")
    await hand.write("5.1,3")

    assert hand.form.request == InvocationRequest(
        endpoint_name="iris", content_type="text/x", accept="a/b", body=InlineBody(data=b"5.1,3")
    )


@pytest.mark.parametrize(
    ("tab", "wanted"),
    [
        ("Targeting", ("Target variant", "Target model", "Target container", "Inference comp")),
        ("Options", ("Inference id", "Custom attr", "Session id", "Enable expl", "Prefix aware")),
    ],
)
async def test_a_tab_has_a_row_for_each_of_its_members(hand, tab, wanted):
    assert not any(label in hand.screen for label in wanted)

    await hand.open(tab)

    assert all(label in hand.screen for label in wanted)


async def test_arrow_keys_on_the_tabs_change_them(hand):
    hand.app.query_one("#request-tabs").focus()
    await hand.press("right")
    assert "Target model" in hand.screen
    await hand.press("left", "left")
    assert "Asking botocore" in hand.screen


async def test_tab_walks_from_the_endpoint_to_the_editor_and_on(hand):
    hand.form.focus_endpoint()
    await hand.pilot.pause()
    seen = [hand.focused_id]
    for _ in range(6):
        await hand.press("tab")
        seen.append(hand.focused_id)
    assert seen == [
        "field-endpoint-name-input",
        "request-send",
        "request-tabs",
        "field-content-type-input",
        "field-accept-input",
        "body-kind",
        "body-text",
    ]
    await hand.press("tab")
    assert hand.focused_id == "field-endpoint-name-input"
    assert hand.form.request == InvocationRequest()


async def test_changed_is_told_for_typing_and_not_for_setting(hand):
    await hand.show(FULL)
    await hand.open("options")
    assert hand.told(RequestForm.Changed) == []

    await hand.write("z")
    assert [told.request.inference_id for told in hand.told(RequestForm.Changed)] == [
        f"{FULL.inference_id}z"
    ]


async def test_a_request_set_before_mounting_is_on_screen():
    async with form_in(request=FULL) as hand:
        assert "iris" in hand.lines[0]
        assert hand.form.request == FULL
        assert hand.told(RequestForm.Changed) == []


async def test_an_empty_option_stays_empty_until_edited_and_is_then_not_sent(hand):
    request = InvocationRequest(endpoint_name="e", session_id="")
    await hand.show(request)
    await hand.open("options")
    assert hand.form.request == request

    await hand.focus("field-session-id")
    await hand.press("x", "backspace")
    assert hand.form.request.session_id is None


async def test_the_getter_knows_a_key_before_its_message_was_handled(hand):
    hand.app.query_one("#field-accept-input").value = "typed"
    hand.app.query_one("#body-text").insert("now")
    assert hand.form.request.accept == "typed"
    assert hand.form.request.body == InlineBody(data=b"now")


async def test_a_broken_rule_is_said_at_the_field_and_sending_stays_possible(hand):
    await hand.focus("field-accept")
    await hand.write("é")
    assert "ASCII characters only" in hand.screen
    assert hand.form.problems() == (
        "Endpoint: EndpointName is required",
        "Accept: ASCII characters only",
    )
    await hand.pilot.click("#request-send")
    assert [told.request.accept for told in hand.told(RequestForm.Submitted)] == ["é"]

    await hand.press("backspace")
    assert "ASCII" not in hand.screen


async def test_custom_attributes_count_their_characters(hand):
    await hand.show(InvocationRequest(custom_attributes="a" * 1025))
    await hand.open("options")
    await hand.focus("field-custom-attributes")

    assert "1,025 characters; at most 1,024" in hand.screen
    assert "1,025 / 1,024" in hand.screen
    await hand.press("backspace")
    assert "1,024 / 1,024" in hand.screen


async def test_the_focused_field_is_explained(hand):
    await hand.focus("field-content-type")
    assert "MIME type of the body" in hand.screen
    hand.form.focus_body()
    await hand.pilot.pause()
    assert "byte for byte" in hand.screen


async def test_new_inference_id_by_key_is_new_each_time_and_told(hand):
    hand.form.focus_body()
    await hand.press("ctrl+g")
    first = hand.form.request.inference_id
    await hand.press("ctrl+g")

    assert first
    assert hand.form.request.inference_id not in {None, first}
    assert first in {told.request.inference_id for told in hand.told(RequestForm.Changed)}
    assert hand.form.request.inference_id in hand.screen
    assert hand.form.problems() == ("Endpoint: EndpointName is required",)


async def test_clicking_new_id_makes_one(hand):
    await hand.open("options")
    row = hand.app.query_one("#field-inference-id")
    await hand.pilot.click("#field-inference-id", offset=(row.size.width - 3, 0))
    await hand.pilot.pause()
    assert len(hand.form.request.inference_id or "") == 36


class TestWhatTheEndpointSays:
    async def test_what_it_accepts_is_offered_before_usual_values(self, hand):
        await hand.show(InvocationRequest(endpoint_name="ep"))
        hand.form.description = description(content_types=("text/x-own",))
        await hand.focus("field-content-type")
        await hand.press("down")
        offers = [line for line in hand.lines if "text/x-own" in line or "text/csv" in line]
        assert "text/x-own" in offers[0]
        assert "text/csv" in offers[1]

        await hand.press("enter")
        assert hand.form.request.content_type == "text/x-own"

    async def test_a_missing_target_is_marked_and_noted_until_given(self, hand):
        await hand.show(InvocationRequest(endpoint_name="ep"))
        model = Model(name="m", containers=(Container(is_multi_model=True),))
        hand.form.description = description(models=(model,), target_models=("en.tar.gz",))
        await hand.pilot.pause()
        assert "Target model is required here" in hand.screen
        assert "Targeting ●" in hand.screen
        missing = hand.colour_of_dot
        assert hand.form.problems() == ("Target model: required by this endpoint",)

        await hand.open("targeting")
        await hand.focus("field-target-model")
        await hand.press("down", "enter")
        assert hand.form.request.target_model == "en.tar.gz"
        assert "required here" not in hand.screen
        assert hand.form.problems() == ()
        assert hand.colour_of_dot != missing

    async def test_of_another_endpoint_is_not_heeded(self, hand):
        await hand.show(InvocationRequest(endpoint_name="other"))
        hand.form.description = description(is_async=True, status=EndpointStatus.FAILED)
        await hand.pilot.pause()
        assert "Failed" not in hand.screen
        assert "asynchronous" not in hand.screen

    async def test_status_and_async_are_noted(self, hand):
        await hand.show(InvocationRequest(endpoint_name="ep"))
        hand.form.description = description(is_async=True, status=EndpointStatus.CREATING)
        await hand.pilot.pause()
        assert "Creating: not invocable now · asynchronous endpoint" in hand.screen

    async def test_no_permission_is_said_and_free_text_goes_on(self, hand):
        await hand.show(InvocationRequest(endpoint_name="ep"))
        hand.form.description = AccessDenied(summary="may not \x1b[31mDescribe[/]")
        await hand.open("targeting")
        await hand.write("blue")
        assert "Free text only: may not ␛[31mDescribe[/]" in hand.screen
        assert hand.form.request.target_variant == "blue"

    async def test_typing_narrows_the_variants_and_escape_closes_only_the_list(self, hand):
        await hand.show(InvocationRequest(endpoint_name="ep"))
        hand.form.description = description(
            variants=(Variant(name="blue"), Variant(name="green"), Variant(name="grey"))
        )
        await hand.open("targeting")
        await hand.write("gr")
        assert "green" in hand.screen
        assert "grey" in hand.screen
        assert "blue" not in hand.screen

        await hand.press("escape")
        assert "grey" not in hand.screen
        assert hand.app.escapes == 0
        assert hand.form.request.target_variant == "gr"
        await hand.press("escape")
        assert hand.app.escapes == 1

    async def test_hostile_names_are_drawn_harmless_and_taken_exactly(self, hand):
        hostile = "\x1b]0;x\x07[/]\u202e\x9b[@click=app.quit]"
        await hand.show(InvocationRequest(endpoint_name="ep"))
        hand.form.description = description(variants=(Variant(name=hostile),))
        await hand.open("targeting")
        await hand.press("down")
        assert "[@click=app.quit]" in hand.screen
        await hand.press("enter")

        assert hand.form.request.target_variant == hostile
        assert hand.is_harmless

    async def test_endpoint_names_are_offered(self, hand):
        hand.form.endpoint_names = ("iris", "sentiment")
        hand.form.focus_endpoint()
        await hand.pilot.pause()
        await hand.write("sen")
        await hand.press("down", "enter")
        assert hand.form.request.endpoint_name == "sentiment"


class TestSend:
    async def test_the_button_submits_what_is_shown(self, hand):
        await hand.show(FULL)
        hand.app.query_one("#request-send").focus()
        await hand.press("enter")
        assert [told.request for told in hand.told(RequestForm.Submitted)] == [FULL]

    async def test_a_click_on_it_leaves_the_focus_in_the_body(self, hand):
        hand.form.focus_body()
        await hand.pilot.pause()
        await hand.pilot.click("#request-send")
        assert hand.focused_id == "body-text"
        assert len(hand.told(RequestForm.Submitted)) == 1

    async def test_it_waits_while_a_request_is_out(self, hand):
        assert "Send ^j" in hand.screen
        hand.form.is_in_flight = True
        await hand.pilot.pause()
        await hand.pilot.click("#request-send")
        assert "Waiting…" in hand.screen
        assert hand.told(RequestForm.Submitted) == []

        hand.form.is_in_flight = False
        await hand.pilot.pause()
        assert "Send ^j" in hand.screen

    async def test_read_only_says_so_and_sends_nothing(self, hand):
        hand.form.read_only = True
        await hand.pilot.pause()
        await hand.pilot.click("#request-send")
        assert "Read-only" in hand.screen
        assert hand.told(RequestForm.Submitted) == []


@pytest.mark.parametrize("size", [(52, 9), (20, 5), (3, 2), (160, 48)])
async def test_any_size_shows_what_it_can(size):
    async with form_in(size, request=FULL) as hand:
        for tab in ("targeting", "options", "preview", "body"):
            await hand.open(tab)
        assert hand.form.request == FULL


async def test_nine_rows_of_52_cells_hold_endpoint_send_tabs_and_four_lines_of_body():
    request = InvocationRequest(endpoint_name="iris", body=InlineBody(data=b"[1,\n2,\n3,\n4]"))
    async with form_in((52, 9), request=request) as hand:
        for words in ("iris", "Send ^j", "Preview", "Accept", "valid", "[1,", "2,", "3,", "4]"):
            assert words in hand.screen
