"""The body: typed, pasted, kept outside the editor, indented."""

from __future__ import annotations

import pytest
from textual import events

from tests.widgets.form_hand import form_in
from tui.domain.requests import InlineBody, InvocationRequest
from tui.widgets.request_form.form import RequestForm


@pytest.fixture(params=[(80, 24), (120, 40)], ids=str)
async def hand(request):
    async with form_in(request.param) as hand:
        hand.form.focus_body()
        await hand.pilot.pause()
        yield hand


def body_of(hand):
    return hand.form.request.body.data


async def paste(hand, text):
    hand.app.post_message(events.Paste(text))
    await hand.pilot.pause()
    await hand.pilot.pause()


async def show(hand, data, content_type=None):
    await hand.show(InvocationRequest(body=InlineBody(data=data), content_type=content_type))
    hand.form.focus_body()
    await hand.pilot.pause()


def colours_of(hand, row):
    """Colours of a line of the editor, by the text that has them."""
    editor = hand.app.query_one("#body-text")
    return {
        segment.text.strip(): segment.style.color.name
        for segment in editor.render_line(row)
        if segment.style and segment.style.color and segment.text.strip()
    }


async def test_size_and_validity_are_said_as_one_types(hand):
    await hand.write('{"a": [1]}')
    await hand.until(lambda: "10 B · valid JSON" in hand.screen)
    await hand.press("backspace")
    await hand.until(lambda: "9 B · 1:10 " in hand.screen)
    await hand.press(*["backspace"] * 9)
    await hand.until(lambda: "empty" in hand.screen)


async def test_a_variable_that_nobody_declared_is_no_plain_mistake(hand):
    await show(hand, b'{"n": {{count}}}')
    await hand.until(lambda: "1:8 {{count}} is no declared variable: sent as it is" in hand.screen)


@pytest.mark.parametrize(
    ("body", "content_type", "words"),
    [
        (b'{"n": "{{count}}"}', "application/json", "18 B · valid JSON · {{count}} is no declared"),
        (b"{{count}},1", "text/csv", "11 B · {{count}} is no declared variable: sent as it is"),
    ],
)
async def test_a_variable_that_nobody_declared_is_told_where_it_breaks_nothing(
    hand, body, content_type, words
):
    await show(hand, body, content_type)
    await hand.until(lambda: words in hand.screen)


@pytest.mark.parametrize("content_type", ["text/csv", "application/x-npy"])
async def test_what_is_no_json_by_its_type_is_not_judged(hand, content_type):
    await show(hand, b"{5.1", content_type)
    await hand.until(lambda: "4 B" in hand.screen)
    assert "4 B ·" not in hand.screen


@pytest.mark.parametrize("content_type", ["application/json; x=1", "application/vnd.a+JSON"])
async def test_what_is_json_by_its_type_is_judged(hand, content_type):
    await show(hand, b"5.1,3", content_type)
    await hand.until(lambda: "5 B · 1:4 " in hand.screen)


async def test_keys_strings_and_numbers_have_colours_of_their_own(hand):
    await show(hand, b'{"key": "text", "n": 12, "b": true}', "application/json")
    colours = colours_of(hand, 0)
    assert len({colours['"key"'], colours['"text"'], colours["12"]}) == 3

    await show(hand, b'{"key": "text", "n": 12, "b": true}', "text/plain")
    assert '"key"' not in colours_of(hand, 0)


async def test_lines_are_numbered(hand):
    await show(hand, b"a\nb\nc")
    assert [line.split() for line in hand.lines if line.split()[1:] in (["a"], ["b"], ["c"])] == [
        ["1", "a"],
        ["2", "b"],
        ["3", "c"],
    ]


@pytest.mark.parametrize(
    "data", [b"a\r\nb\r\n", b"a\rb", b"a\nb\r\nc", b"a\x0cb\x0b", "a\u2028b\x85c".encode(), b"\t"]
)
async def test_bytes_stay_exact_around_an_edit_that_is_undone(hand, data):
    await show(hand, data)
    await hand.press("ctrl+end", "x")
    assert body_of(hand) == data + b"x"
    await hand.press("ctrl+z")
    assert body_of(hand) == data
    assert hand.is_harmless


async def test_enter_makes_the_newline_that_the_body_uses(hand):
    await show(hand, b"a\r\nb")
    await hand.press("ctrl+end", "enter", "c")
    assert body_of(hand) == b"a\r\nb\r\nc"


async def test_control_characters_are_drawn_as_pictures(hand):
    await show(hand, b"a\x1b[31mb\x00\xc2\x9b")
    assert "a␛[31mb␀�" in hand.screen
    assert hand.is_harmless


async def test_pretty_print_is_one_step_of_undo_and_respells_nothing(hand):
    ugly = b'{"a":1E5,"a":[1e400,{}],"b":"x  y"}'
    await show(hand, ugly, "application/json")
    await hand.press("ctrl+t")
    assert body_of(hand).decode().split("\n") == [
        "{",
        '  "a": 1E5,',
        '  "a": [',
        "    1e400,",
        "    {}",
        "  ],",
        '  "b": "x  y"',
        "}",
    ]
    await hand.press("ctrl+z")
    assert body_of(hand) == ugly


async def test_json_with_placeholders_is_no_mistake_and_can_be_indented(hand):
    hand.form.variables = frozenset({"count"})
    await show(hand, b'{"n":{{count}},"id":"{{uuid}}"}', "application/json")
    await hand.until(lambda: "31 B · JSON with placeholders" in hand.screen)
    await hand.press("ctrl+t")
    assert body_of(hand) == b'{\n  "n": {{count}},\n  "id": "{{uuid}}"\n}'
    hand.form.variables = None
    await hand.until(lambda: "· 2:9 " in hand.screen)


async def test_pretty_print_keeps_the_cursor_at_its_token(hand):
    await show(hand, b'{"a":1,"b":2}')
    await hand.press("home", *["right"] * 7, "ctrl+t", "X")
    assert b'1,X\n  "b"' in body_of(hand)


async def test_pretty_print_of_no_json_changes_nothing_and_goes_to_the_mistake(hand):
    await show(hand, b'{\n"a": nope}', "text/plain")
    await hand.press("ctrl+t")
    assert body_of(hand) == b'{\n"a": nope}'
    assert "2:6 " in hand.screen
    await hand.press("X")
    assert body_of(hand) == b'{\n"a": Xnope}'


async def test_a_paste_is_one_step_of_undo(hand):
    await hand.write("ab")
    await paste(hand, "1\r2\r\n3")
    assert body_of(hand) == b"ab1\n2\n3"
    await hand.press("ctrl+z")
    assert body_of(hand) == b"ab"


class TestKept:
    async def test_a_paste_of_5_mb_is_kept_exactly_and_outside_the_editor(self, hand):
        await hand.write("[")
        pasted = '{"a": 1},\n' * 500_000
        await paste(hand, pasted)

        assert hand.app.query_one("#body-text").text == "["
        assert body_of(hand) == f"[{pasted}".encode()
        assert "5.0 MB: too large to edit here, sent exactly as it is" in hand.screen
        assert hand.told(RequestForm.Changed)[-1].request.body.data == body_of(hand)

    async def test_what_was_typed_before_a_large_paste_comes_back(self, hand):
        await hand.write("typed")
        await paste(hand, "x" * 300_000)
        await hand.pilot.click("#kept-restore")
        await hand.pilot.pause()
        assert body_of(hand) == b"typed"
        await hand.write("!")
        assert body_of(hand) == b"typed!"

    async def test_clear_leaves_an_empty_editor(self, hand):
        await show(hand, b"\xff\xd8\xff")
        await hand.pilot.click("#kept-clear")
        await hand.pilot.pause()
        assert body_of(hand) == b""
        await hand.write("a")
        assert body_of(hand) == b"a"

    async def test_bytes_that_are_no_text_are_shown_and_sent_as_they_are(self, hand):
        await show(hand, b"\xfc\xd8\xff\x1b[2J")
        assert "Not UTF-8 text: sent exactly as it is" in hand.screen
        assert "fc d8 ff" in hand.screen
        assert body_of(hand) == b"\xfc\xd8\xff\x1b[2J"
        assert hand.is_harmless

    async def test_a_very_long_line_is_not_edited(self, hand):
        await show(hand, b"[" + b"1," * 20_000 + b"1]")
        assert "A line too long to edit here" in hand.screen

    async def test_there_is_nothing_to_go_back_to_for_a_body_that_came_so(self, hand):
        await show(hand, b"\xff")
        assert "Back to typing" not in hand.screen

    async def test_a_body_above_the_model_s_limit_is_said_and_may_be_sent(self, hand):
        await show(hand, b"x" * 7_000_000)
        words = "7.0 MB: the service model allows 6,291,456 bytes"
        assert words in hand.screen
        assert f"Body: {words}" in hand.form.problems()
        assert "Body ●" in hand.screen
