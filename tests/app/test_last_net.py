from __future__ import annotations

import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.segment import Segment
from rich.style import Style
from textual.color import Color

from tests.pty.environment import newcomer
from tests.pty.terminal import Terminal
from tui.body.sanitise import remove_unsafe
from tui.widgets.last_net import LAST_NET

BLACK = Color(0, 0, 0)
CHECKOUT = Path(__file__).parents[2]
FOREIGN = ("\x1b[31mb", "\x1b]0;title", "\x9b", "\x7f", "\u202e", "\x00", "\x08")


def test_a_line_without_anything_unsafe_is_the_same_list():
    line = [Segment("grüße, 漢字"), Segment("x", Style(bold=True))]
    assert LAST_NET.apply(line, BLACK) is line


@given(st.lists(st.text(max_size=20), max_size=4))
def test_what_is_left_is_what_the_sanitiser_leaves_and_styles_stay(texts):
    bold = Style(bold=True)
    caught = LAST_NET.apply([Segment(text, bold) for text in texts], BLACK)
    assert [segment.text for segment in caught] == [remove_unsafe(text) for text in texts]
    assert all(segment.style == bold for segment in caught)
    assert not any(char in "\x1b\x9b\x07\x00" for segment in caught for char in segment.text)


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pty")
def test_no_widget_gets_a_control_character_to_the_terminal(tmp_path):
    argv = [sys.executable, "-m", "tests.app.zoo", str(tmp_path / "home")]
    with Terminal(argv, env=newcomer(tmp_path / "home"), cwd=CHECKOUT, rows=60) as terminal:
        terminal.wait_for("shown in a toast")
        terminal.press("ctrl+q")
        terminal.wait_exit()
        raw = terminal.raw
    widgets = raw.count(b"a[31mb]0;titlec31mdefgh")
    assert widgets >= 10, widgets
    for sequence in FOREIGN:
        assert sequence.encode() not in raw, repr(sequence)
