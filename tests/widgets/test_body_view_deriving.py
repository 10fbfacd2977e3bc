"""What other programs make of a body: JMESPath filters and commands, by keys and what is drawn."""

import json
import os
import re

import pytest
from textual.events import Key, Paste

from tests.app.waiting import until
from tests.children import children_of_this_process
from tests.widgets.test_body_view import Hand, texts_on
from tests.widgets.test_body_view_finding import Harness, showing
from tui.widgets.body_view import piping as body_view_piping

BODY = b'{"scores": [1E5, 1e400, 0.50], "b": "\\u00e9", "a": [{"id": 1}, {"id": 2}]}'

needs_a_shell = pytest.mark.skipif(os.name != "posix", reason="shell commands of POSIX")


@pytest.fixture
async def hand():
    async with showing(BODY, size=(110, 14)) as hand:
        yield hand


async def type_into(hand, key, text):
    await hand.press(key)
    hand.view.post_message(Paste(text))
    await hand.pilot.pause()


async def run(hand, key, text):
    """Type a filter or a command and wait for what comes of it."""
    before = hand.view.shown
    await type_into(hand, key, text)
    await hand.press("enter")
    await until(lambda: hand.view.shown is not before and not hand.view.is_running)
    await hand.pilot.pause()


def shown(hand):
    return [line.split(None, 1)[1] for line in hand.lines if line.strip()]


async def test_a_filter_shows_a_part_and_says_so(hand):
    await run(hand, "ampersand", "a[].id")
    assert [line.strip() for line in shown(hand)] == ["[", "1,", "2", "]"]
    assert "filtered by a[].id (re-serialised, order kept)" in hand.app.described[-1]


async def test_a_filter_keeps_order_and_the_spelling_of_numbers(hand):
    await run(hand, "ampersand", "{z: scores, a: b}")
    assert hand.view.shown.data == '{"z": [1E5, 1e400, 0.50], "a": "é"}'.encode()


async def test_a_filter_that_ends_later_leaves_what_is_typed_by_then(hand):
    await type_into(hand, "ampersand", "scores")
    hand.view.post_message(Key("enter", None))
    hand.view.blur()
    hand.view.focus()
    await hand.press("slash", "5")
    await until(lambda: hand.view.shown.data != BODY and not hand.view.is_running)
    await hand.press("0")
    assert "/50" in hand.lines[-1]
    assert "1 of 1" in hand.lines[-1]


@pytest.mark.parametrize("leave", [("escape",), ("ampersand", "ctrl+u", "enter")])
async def test_one_goes_back_to_the_place_in_the_body_that_came(hand, leave):
    await hand.press("down", "down", "down")
    await run(hand, "ampersand", "a")
    await hand.press(*leave)
    assert hand.view.shown.data == BODY
    assert hand.view.cursor == 3
    assert hand.app.described[-1].startswith("JSON")


async def test_a_second_filter_is_of_what_is_shown_and_the_first_can_be_refined(hand):
    await run(hand, "ampersand", "a")
    await run(hand, "ampersand", "[1].id")
    assert hand.view.shown.data == b"2"
    assert "filtered by a → filtered by [1].id (re-serialised" in hand.app.described[-1]
    await hand.press("escape")
    assert hand.view.shown.data == b'[{"id": 1}, {"id": 2}]'
    await hand.press("ampersand", "up", "up")
    assert "JMESPath &a " in hand.lines[-1]


async def test_lines_that_are_not_json_are_null_and_counted(hand):
    lines = [b'{"id": 1, "x": 1E5}', b"{oops", b"", b'{"id": 2}', b"[3"]
    await hand.show(b"\n".join([*lines, b'{"id": 4}']), "application/jsonlines")
    await run(hand, "ampersand", "[?id > `1`].id")
    assert hand.view.shown.data == b"[2, 4]"
    assert "order kept) with null for 2 lines that are not JSON · JSON" in hand.app.described[-1]
    await hand.press("escape")
    await run(hand, "ampersand", "[0].x")
    assert hand.view.shown.data == b"1E5"
    await hand.press("escape")
    hand.view.go_to(4)
    await until(lambda: hand.app.described[-1].endswith("[4].id"))
    await run(hand, "ampersand", "[4].id")
    assert hand.view.shown.data == b"4"


async def test_one_value_over_many_lines_is_not_filtered_by_lines(hand):
    await hand.show(b'[\n{"a": 1},\n{"a": 2},\n{"a": 3}\n')
    await type_into(hand, "ampersand", "[0]")
    await hand.press("enter")
    await until(lambda: "the body is not JSON: line 5" in hand.lines[-1])


async def test_an_empty_filter_goes_all_the_way_back(hand):
    await run(hand, "ampersand", "a")
    await run(hand, "ampersand", "[1].id")
    await hand.press("ampersand", "enter")
    assert hand.view.shown.data == BODY


async def open_value(hand):
    await hand.press("o")
    await hand.app.workers.wait_for_complete()
    await hand.pilot.pause()


@needs_a_shell
async def test_escape_goes_back_step_by_step(hand):
    await hand.show(b'{"n": 1, "reply": "{\\"a\\": [1, 2]}"}')
    await hand.press("down", "down")
    await open_value(hand)
    await run(hand, "ampersand", "a")
    await run(hand, "vertical_line", "cat; echo '[3]'")
    assert hand.view.shown.data == b"[1, 2][3]\n"
    trail = "in reply → filtered by a → | cat; echo '[3]'"
    assert hand.view.trail == trail
    assert hand.app.described[-1].startswith(f"{trail} · exit status 0")
    seen = []
    for _ in range(3):
        await hand.press("escape")
        seen.append((hand.view.shown.data[-7:], hand.view.trail))
    assert seen == [
        (b"[1, 2]", "in reply → filtered by a"),
        (b"[1, 2]}", "in reply"),
        (b', 2]}"}', ""),
    ]
    assert hand.view.cursor == 2


@needs_a_shell
async def test_a_long_trail_is_cut(hand):
    for number in range(5):
        await run(hand, "vertical_line", f"cat # {number} {'x' * 40}")
    words = hand.app.described[-1]
    assert words.startswith("… → | cat # 1 xxxx")
    assert words.count("xxxx… → ") == 3


@needs_a_shell
async def test_opening_a_value_ends_what_runs_on_the_body_around_it(hand):
    await type_into(hand, "vertical_line", "sleep 60")
    await hand.press("enter")
    await until(lambda: len(children_of_this_process()) == 1)
    await hand.press("down")
    await hand.press("o")
    await until(lambda: len(children_of_this_process()) == 0)
    assert hand.view.trail == "in scores"


async def test_a_filter_of_several_lines_is_pasted_as_a_whole(hand):
    await run(hand, "ampersand", "\na[].{\n  number: id\n}\n")
    assert hand.view.shown.data == b'[{"number": 1}, {"number": 2}]'


@pytest.mark.parametrize(
    ("expression", "words", "at"),
    [
        ("a[?id=1]", "unknown token", "="),
        ("a.[", "goes on here", " "),
        ("a.", "goes on here", " "),
        ("a b", "unexpected", "b"),
        ("a.1", "expected a name or [ or {", "1"),
        ("a[id]", "expected a number or *", "i"),
        ("&a", "& has a place only within ( )", "&"),
    ],
)
async def test_a_broken_expression_is_marked_where_it_breaks(hand, expression, words, at):
    await type_into(hand, "ampersand", expression)
    assert words in hand.lines[-1]
    prompt = hand.view.render_line(hand.view.size.height - 1)
    assert "".join(part.text for part in prompt if part.style.underline) == at
    await hand.press("enter")
    assert f"&{expression}" in hand.lines[-1]
    assert hand.view.shown.data == BODY


@pytest.mark.parametrize(
    ("expression", "words", "at"),
    [
        ("b && nope(a)", "there is no function nope()", "n"),
        ("a && sum(b)", "sum() takes", "s"),
        ("a[::0]", "slice step cannot be zero", ""),
        ("ceil(scores[1])", "cannot convert float infinity to integer", ""),
    ],
)
async def test_what_fails_on_the_body_is_told_in_the_prompt(hand, expression, words, at):
    await type_into(hand, "ampersand", expression)
    await hand.press("enter")
    await until(lambda: words in hand.lines[-1])
    prompt = hand.view.render_line(hand.view.size.height - 1)
    assert "".join(part.text for part in prompt if part.style.underline) == at


async def test_what_is_not_json_is_not_filtered(hand):
    await hand.show(b"plain text", "text/plain")
    await type_into(hand, "ampersand", "a")
    await hand.press("enter")
    assert "only JSON can be filtered" in hand.lines[-1]


async def test_json_that_breaks_is_told_with_its_place(hand):
    await hand.show(b'{"a": 1,\n oops}')
    await type_into(hand, "ampersand", "a")
    await hand.press("enter")
    await until(lambda: "the body is not JSON: line 2, column 2" in hand.lines[-1])


async def test_json_lines_are_filtered_as_one_array(hand):
    await hand.show(b'{"a": 1}\n{"a": 2}\n', "application/jsonlines")
    await run(hand, "ampersand", "[].a")
    assert hand.view.shown.data == b"[1, 2]"


async def test_deep_json_is_filtered_or_told(hand):
    await hand.show(b"[" * 3_000 + b"]" * 3_000)
    await run(hand, "ampersand", "@")
    assert hand.view.shown.data == b"[" * 3_000 + b"]" * 3_000
    await hand.show(b"[" * 40_000 + b"]" * 40_000)
    await type_into(hand, "ampersand", "@")
    await hand.press("enter")
    await until(lambda: "nested too deeply" in hand.lines[-1])


@needs_a_shell
async def test_a_command_gets_the_bytes_that_came_and_its_output_is_shown(hand):
    await hand.press("v")
    await run(hand, "vertical_line", "cat; echo; exit 3")
    assert hand.view.shown.data == BODY + b"\n"
    assert "| cat; echo; exit 3 · exit status 3 · 0." in hand.app.described[-1]
    assert shown(hand)[0].strip() == "{"
    await hand.press("escape")
    assert hand.view.shown.data == BODY


@needs_a_shell
async def test_standard_error_is_shown_beside_the_output(hand):
    await run(hand, "vertical_line", "echo out; echo oh dear >&2")
    assert shown(hand) == ["out"]
    assert "e: standard error, oh dear" in hand.app.described[-1]
    await hand.press("e")
    assert shown(hand) == ["oh dear"]
    await hand.press("e", "e", "escape")
    assert hand.view.shown.data == BODY


@needs_a_shell
async def test_a_command_that_only_complains_is_heard(hand):
    await run(hand, "vertical_line", "surely-no-such-command")
    assert "not found" in shown(hand)[0]
    assert "exit status 127" in hand.app.described[-1]


@needs_a_shell
async def test_what_a_command_writes_is_drawn_harmlessly(hand):
    await run(hand, "vertical_line", r"printf '\033[31m[/]\302\233'; printf '\033]0;x\007' >&2")
    assert all(line.isprintable() for line in [*hand.lines, hand.app.described[-1]])


@needs_a_shell
async def test_a_running_command_shows_its_time_and_is_stopped_by_escape(hand):
    await type_into(hand, "vertical_line", "sleep 60")
    await hand.press("enter")
    told = re.compile(r"\| sleep 60 (?!0\.[01])\d+\.\d s · escape stops it")
    await until(lambda: told.search(hand.app.described[-1]))
    await hand.press("down")
    assert hand.view.cursor == 1
    await hand.press("escape")
    await until(lambda: "sleep" not in hand.app.described[-1])
    await until(lambda: len(children_of_this_process()) == 0)
    assert hand.view.shown.data == BODY


@needs_a_shell
async def test_another_answer_ends_what_runs_on_the_last_one(hand):
    await type_into(hand, "vertical_line", "sleep 60")
    await hand.press("enter")
    await until(lambda: len(children_of_this_process()) == 1)
    await hand.show(b"another", "text/plain")
    await until(lambda: len(children_of_this_process()) == 0)
    assert hand.app.described[-1].startswith("text")


@needs_a_shell
async def test_too_much_output_is_cut_and_said_to_be(hand, monkeypatch):
    monkeypatch.setattr(body_view_piping, "OUTPUT_BYTES_MAX", 1_000_000)
    await run(hand, "vertical_line", "yes")
    await until(lambda: "cut at 1 MB" in hand.app.described[-1])
    assert len(hand.view.shown.data) == 1_000_000


@needs_a_shell
async def test_commands_typed_before_come_back(hand):
    await run(hand, "vertical_line", "echo one")
    await run(hand, "vertical_line", "echo two")
    await hand.press("vertical_line", "up", "up", "left", "left", "left", "x", "home", "delete")
    assert "shell |cho xone" in hand.lines[-1]
    await hand.press("down", "ctrl+w", "a")
    assert "shell |echo a" in hand.lines[-1]
    await hand.press("down", "down")
    assert hand.lines[-1].lstrip().startswith("shell |  ")


@needs_a_shell
async def test_an_empty_output_is_told(hand):
    await run(hand, "vertical_line", "true")
    assert "| true · exit status 0" in hand.app.described[-1]
    assert "empty" in hand.app.described[-1]
    await run(hand, "vertical_line", "echo again")
    assert shown(hand) == ["again"]


@needs_a_shell
async def test_it_is_looked_for_in_what_a_command_wrote(hand):
    await run(hand, "vertical_line", "seq 1000")
    await hand.press("slash", *"777", "enter")
    assert "".join(texts_on(hand, "current-hit")) == "777"


@needs_a_shell
async def test_closing_the_view_ends_what_runs():
    app = Harness()
    async with app.run_test(size=(110, 14)) as pilot:
        hand = Hand(app, pilot)
        await hand.show(json.dumps("body").encode())
        await type_into(hand, "vertical_line", "sleep 60")
        await hand.press("enter")
        await until(lambda: len(children_of_this_process()) == 1)
        hand.view.remove()
        await until(lambda: len(children_of_this_process()) == 0)


@needs_a_shell
@pytest.mark.parametrize("width", [12, 24, 40])
async def test_however_narrow_it_is_one_sees_what_one_types(width):
    app = Harness()
    async with app.run_test(size=(width, 14)) as pilot:
        hand = Hand(app, pilot)
        await hand.show(b"body", "text/plain")
        await type_into(hand, "vertical_line", "some long command that ends so")
        assert "so" in hand.lines[-1][: width // 2 + 1]


@needs_a_shell
async def test_how_a_long_command_ended_is_said_where_one_sees_it(hand):
    await run(hand, "vertical_line", "cat > /dev/null; echo of a command that is long; exit 3")
    assert hand.app.described[-1].index("exit status 3") < 36
