"""A body that comes while it is looked at: followed, left alone, found in, folded, settled."""

import os

import pytest
from textual.events import MouseScrollDown, MouseScrollUp, Paste
from textual.scrollbar import ScrollTo

from tests.app.waiting import until
from tests.children import children_of_this_process
from tests.widgets.test_body_view import Hand
from tests.widgets.test_body_view_finding import Harness
from tui.body.growing_body import GrowingBody
from tui.body.shown_body import ShownBody
from tui.widgets.body_view import piping as body_view_piping

LINES = "".join(f"line {number}\n" for number in range(1, 31)).encode()


class GrowingHand(Hand):
    """A view of a body that comes by and by."""

    async def grow(self, content_type):
        self.body = self.view.shown = GrowingBody(content_type)
        self.view.focus()
        await self.pilot.pause()

    async def come(self, data):
        """Let bytes come, one by one, and wait until they are shown."""
        for byte in data:
            self.view.append(self.body, bytes([byte]))
        await until(self.is_at_rest)

    def is_at_rest(self):
        document = self.view.document
        size = self.body.size_bytes
        return not size or (document is not None and len(document.data) == size and self.is_drawn)

    @property
    def is_drawn(self):
        return self.view.is_laid_out and not self.view.has_other_work

    async def end(self):
        whole = self.view.finish(self.body)
        await until(lambda: self.is_drawn)
        return whole

    @property
    def texts(self):
        return [line.split(None, 1)[1] for line in self.lines if len(line.split()) > 1]


@pytest.fixture
async def hand():
    app = Harness()
    async with app.run_test(size=(60, 12)) as pilot:
        yield GrowingHand(app, pilot)


async def test_lines_are_shown_as_they_come_and_the_end_is_followed(hand):
    await hand.grow("text/plain")
    assert hand.app.described[-1] == "nothing yet"
    await hand.come(b"line 1\nline")
    assert hand.texts == ["line 1", "line"]
    await hand.come(LINES[len("line 1\nline") :])
    assert hand.texts[-1] == "line 30"
    assert hand.view.cursor == 29
    hand.view.describe()
    await hand.pilot.pause()
    assert hand.app.described[-1] == "text · 30 lines so far · following"


async def test_who_moves_up_stays_there_until_going_to_the_end(hand):
    await hand.grow("text/plain")
    await hand.come(LINES)
    await hand.press("up", "up")
    await hand.come(LINES)
    assert hand.view.cursor == 27
    assert "line 28" in hand.texts
    await hand.press("G")
    assert hand.view.cursor == 59
    await hand.come(LINES)
    assert hand.view.cursor == 89
    assert hand.texts[-1] == "line 30"


async def turn_wheel(hand, event, times=1):
    for _ in range(times):
        hand.view.post_message(event(hand.view, 1, 1, 0, 0, 0, shift=False, meta=False, ctrl=False))
        await hand.pilot.pause()


async def test_who_scrolls_up_stays_there(hand):
    await hand.grow("text/plain")
    await hand.come(LINES)
    await turn_wheel(hand, MouseScrollUp)
    top = hand.texts[0]
    assert top != "line 19"
    await hand.come(LINES)
    assert hand.texts[0] == top
    assert hand.app.described[-1].endswith("G follows")


async def test_who_scrolls_back_to_the_end_follows_again(hand):
    await hand.grow("text/plain")
    await hand.come(LINES)
    await turn_wheel(hand, MouseScrollUp, times=3)
    await turn_wheel(hand, MouseScrollDown)
    await hand.come(b"31\n")
    assert hand.texts[-1] != "31"
    await turn_wheel(hand, MouseScrollDown, times=9)
    await hand.come(b"32\n")
    assert hand.texts[-1] == "32"
    assert "following" in hand.app.described[-1]


async def test_the_wheel_follows_again_also_where_the_end_is_in_view(hand):
    await hand.grow("text/plain")
    await hand.come(LINES)
    await hand.press("up")
    assert "G follows" in hand.app.described[-1]
    await turn_wheel(hand, MouseScrollDown)
    await hand.come(LINES)
    assert hand.view.cursor == 59


async def test_who_turns_pages_to_the_end_follows_again(hand):
    await hand.grow("text/plain")
    await hand.come(LINES)
    await hand.press("up", "pageup", "pageup")
    await hand.press("pagedown")
    await hand.come(b"31\n")
    assert not hand.view.is_following
    await hand.press("pagedown", "pagedown", "pagedown")
    await hand.come(LINES)
    assert hand.texts[-1] == "line 30"
    assert hand.view.cursor == hand.view.row_count - 1


async def test_who_drags_the_scrollbar_to_the_end_follows_again(hand):
    await hand.grow("text/plain")
    await hand.come(LINES * 10)
    hand.view.post_message(ScrollTo(y=5, animate=False))
    await until(lambda: not hand.view.is_following)
    hand.view.post_message(ScrollTo(y=1_000, animate=False))
    await until(lambda: hand.view.is_following)
    await hand.come(b"31\n")
    assert hand.texts[-1] == "31"


def refreshes_of(view, monkeypatch):
    """Note how the view asks to be drawn from now on."""
    asked = []
    refresh = view.refresh

    def note(*regions, **how):
        asked.append(how)
        return refresh(*regions, **how)

    monkeypatch.setattr(view, "refresh", note)
    return asked


async def test_what_comes_out_of_sight_draws_nothing_anew(hand, monkeypatch):
    await hand.grow("text/plain")
    await hand.come(LINES * 4)
    await hand.press("g")
    asked = refreshes_of(hand.view, monkeypatch)
    await hand.come(LINES)
    assert hand.view.max_scroll_y > 120
    assert asked == []
    await hand.press("G")
    assert asked


async def test_more_rows_lay_out_nothing_but_the_view(hand, monkeypatch):
    await hand.grow("text/plain")
    await hand.come(LINES * 4)
    await until(lambda: hand.view.show_vertical_scrollbar)
    asked = refreshes_of(hand.view, monkeypatch)
    await hand.come(LINES)
    assert hand.texts[-1] == "line 30"
    assert asked
    assert not any(how.get("layout") for how in asked)
    assert hand.view.vertical_scrollbar.window_virtual_size == 150


async def test_what_is_selected_stays_selected_and_in_sight(hand):
    await hand.grow("text/plain")
    await hand.come(LINES)
    await hand.press("shift+up")
    await hand.come(LINES)
    assert hand.view.text_to_copy() == "line 29\nline 30"
    assert "line 30" in hand.texts


async def test_json_is_pretty_as_far_as_it_came_and_folds_stay(hand):
    await hand.grow(None)
    await hand.come(b'{"a": {"b": [1, 2]}, "c": "no end y')
    assert "not JSON" not in hand.app.described[-1]
    assert hand.texts[-1].strip() == '"c": "no end y'
    await hand.press("g", "down", "enter")
    assert hand.texts[1].strip() == '"a": { … 1 key },'
    await hand.come(b'et", "d": tr')
    assert hand.texts[1].strip() == '"a": { … 1 key },'
    assert hand.texts[-1].strip() == '"d": tr'
    await hand.come(b"ue}")
    await hand.end()
    assert hand.texts[1].strip() == '"a": { … 1 key },'
    assert [line.strip() for line in hand.texts[2:]] == ['"c": "no end yet",', '"d": true', "}"]
    await hand.pilot.pause()
    assert hand.app.described[-1].startswith("JSON · 10 lines · ")


async def test_what_it_is_is_settled_by_what_comes(hand):
    await hand.grow(None)
    await hand.come(b"[2026-01-01] ")
    assert hand.view.found.name in ("text", "JSON")
    await hand.come(b"started\n[2026-01-02] stopped\n")
    assert hand.view.found.name == "text"
    assert hand.texts == ["[2026-01-01] started", "[2026-01-02] stopped"]
    whole = await hand.end()
    assert hand.view.shown is whole
    assert whole == ShownBody(b"[2026-01-01] started\n[2026-01-02] stopped\n", None)


async def test_another_look_and_wrapping_work_while_it_comes(hand):
    await hand.grow("text/plain")
    await hand.come(b"x" * 100 + b"\n")
    await hand.press("v", "v")
    assert "78 78 78" in hand.lines[0]
    await hand.come(b"yz")
    assert "79 7a" in hand.lines[6]
    await hand.press("v", "W")
    await hand.come(b"z" * 60)
    assert hand.view.row_count > 3
    await hand.end()
    assert hand.view.document.data == b"x" * 100 + b"\nyz" + b"z" * 60


async def test_a_body_that_came_is_looked_at_in_the_way_chosen_for_its_type(hand):
    hand.view.lenses_by_type = {"text/csv": "table"}
    await hand.grow("text/csv")
    await hand.come(b"a,b\n1,2\n")
    assert hand.view.lens == "pretty"
    await hand.end()
    assert hand.view.lens == "table"


needs_a_shell = pytest.mark.skipif(os.name != "posix", reason="shell commands of POSIX")


@pytest.fixture
def fifo(tmp_path, monkeypatch):
    """What a command waits for; what it wrote is shown at once."""
    monkeypatch.setattr(body_view_piping, "_MOMENT_S", 0.0)
    path = tmp_path / "fifo"
    os.mkfifo(path)
    return path


async def pipe(hand, command):
    await hand.show(b"the body", "text/plain")
    await hand.press("vertical_line")
    hand.view.post_message(Paste(command))
    await hand.pilot.pause()
    await hand.press("enter")


@needs_a_shell
async def test_what_a_command_writes_is_shown_as_it_comes(hand, fifo):
    await pipe(hand, f"echo one; cat {fifo}; exit 3")
    await until(lambda: hand.texts == ["one"])
    words = hand.app.described[-1]
    assert "running" in words
    assert "4 bytes" in words
    assert "escape stops it" in words
    fifo.write_bytes(b"two\n")
    await until(lambda: "exit status 3" in hand.app.described[-1])
    assert hand.texts == ["one", "two"]
    assert hand.view.shown.data == b"one\ntwo\n"
    await hand.press("escape")
    assert hand.view.shown.data == b"the body"


@needs_a_shell
async def test_what_a_command_writes_is_shown_from_its_beginning_until_one_goes_to_the_end(
    hand, fifo
):
    await pipe(hand, f"seq 40; cat {fifo}; cat {fifo}")
    await until(lambda: hand.texts[:1] == ["1"] and "40 lines so far" in hand.app.described[-1])
    assert "G follows" in hand.app.described[-1]
    fifo.write_bytes(b"41\n")
    await until(lambda: "41 lines so far" in hand.app.described[-1])
    assert hand.texts[0] == "1"
    await hand.press("G")
    fifo.write_bytes(b"42\n")
    await until(lambda: "exit status 0" in hand.app.described[-1])
    assert hand.texts[-1] == "42"


@needs_a_shell
async def test_escape_stops_a_command_and_keeps_what_came_of_it(hand, fifo):
    await pipe(hand, f"echo one; cat {fifo}")
    await until(lambda: hand.texts == ["one"])
    await hand.press("escape")
    await until(lambda: "stopped" in hand.app.described[-1])
    assert hand.texts == ["one"]
    assert hand.view.shown == ShownBody(b"one\n", None)
    await until(lambda: not children_of_this_process())
    await hand.press("escape")
    assert hand.view.shown.data == b"the body"


@needs_a_shell
async def test_what_comes_without_an_end_is_cut(hand, fifo, monkeypatch):
    monkeypatch.setattr(body_view_piping, "OUTPUT_BYTES_MAX", 300_000)
    assert fifo
    await pipe(hand, "yes")
    await until(lambda: "cut at" in hand.app.described[-1])
    assert len(hand.view.shown.data) == 300_000


@needs_a_shell
async def test_another_body_ends_a_command_whose_output_is_shown(hand, fifo):
    await pipe(hand, f"echo one; cat {fifo}")
    await until(lambda: hand.texts == ["one"])
    await hand.show(b"other", "text/plain")
    await until(lambda: not children_of_this_process())
    assert hand.texts == ["other"]
    assert hand.view.derived is None


@needs_a_shell
async def test_one_comes_back_to_output_that_was_left_while_it_came(hand, fifo):
    await pipe(hand, f'echo \'{{"a": {{"b": 1}},\'; cat {fifo}')
    await until(lambda: len(hand.texts) == 4)
    await hand.press("g", "down", "o")
    await until(lambda: not children_of_this_process())
    assert [line.strip() for line in hand.texts] == ["{", '"b": 1', "}"]
    await hand.press("escape")
    assert hand.view.shown.data == b'{"a": {"b": 1},\n'
    assert hand.view.trail.startswith("| echo")
    await hand.press("escape")
    assert hand.view.shown.data == b"the body"


@pytest.mark.parametrize("charset", ["utf-8", "utf-16-le"])
async def test_what_came_so_far_is_filtered(hand, charset):
    await hand.grow(f"application/json; charset={charset}")
    hand.view.append(hand.body, '{"a": 1}\n{"a": "é"}\n'.encode(charset))
    await until(lambda: any("é" in text for text in hand.texts) and hand.is_drawn)
    await hand.press("ampersand")
    hand.view.post_message(Paste("[].a"))
    await hand.pilot.pause()
    await hand.press("enter")
    await until(lambda: hand.view.shown is not hand.body)
    assert hand.view.shown.data == '[1, "é"]'.encode()


@pytest.mark.parametrize("keys", [[], ["up"], ["minus"]])
async def test_json_lines_may_end_in_a_line_that_is_still_open(hand, keys):
    await hand.grow("application/jsonlines")
    await hand.come(b'{"a": [1]}\n{"b": [2')
    await hand.press(*keys)
    await hand.come(b"]}")
    await hand.end()
    await hand.press("plus")
    values = '{\n  "a": [\n    1\n  ]\n}\n{\n  "b": [\n    2\n  ]\n}'
    assert hand.view.text_to_copy() == values
    assert hand.app.described[-1].startswith("2 JSON values · 10 lines")
