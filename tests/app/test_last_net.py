from __future__ import annotations

import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len, get_character_cell_size
from rich.segment import Segment
from rich.style import Style
from textual.color import Color

from tests.pty.environment import newcomer
from tests.pty.terminal import Terminal
from tui.body.sanitise import remove_unsafe
from tui.widgets.last_net import LAST_NET

BLACK = Color(0, 0, 0)
CHECKOUT = Path(__file__).parents[2]
DISPUTED = "\ufe0f\U0001f3fb\U0001f3fc\U0001f3fd\U0001f3fe\U0001f3ff"
"""What makes an emoji of a sign, and the tones of skin: terminals differ in how wide they are."""
FOREIGN = ("\x1b[31mb", "\x1b]0;title", "\x9b", "\x7f", "\u202e", "\x00", "\x08")


def test_a_line_without_anything_unsafe_is_the_same_list():
    line = [Segment("grüße, 漢字"), Segment("x", Style(bold=True))]
    assert LAST_NET.apply(line, BLACK) is line


@given(st.lists(st.text(st.characters(exclude_characters=DISPUTED), max_size=20), max_size=4))
def test_what_is_left_is_what_the_sanitiser_leaves_and_styles_stay(texts):
    bold = Style(bold=True)
    caught = LAST_NET.apply([Segment(text, bold) for text in texts], BLACK)
    assert [segment.text for segment in caught] == [remove_unsafe(text) for text in texts]
    assert all(segment.style == bold for segment in caught)
    assert not any(char in "\x1b\x9b\x07\x00" for segment in caught for char in segment.text)


@pytest.mark.parametrize(
    ("came", "drawn"),
    [
        ("I \u2764\ufe0f it", "I \u2764  it"),
        ("1\ufe0f\u20e3 first", "1 \u20e3 first"),
        ("\u231a\ufe0f wide as it is", "\u231a wide as it is"),
        ("\U0001f44d\U0001f3fd fine", "\U0001f44d fine"),
        ("\U0001f3fd begins a part", " begins a part"),
    ],
    ids=["heart", "keycap", "watch", "skin", "alone"],
)
def test_what_terminals_differ_about_is_drawn_as_wide_in_all(came, drawn):
    caught = LAST_NET.apply([Segment(came)], BLACK)
    assert [segment.text for segment in caught] == [drawn]


@given(
    st.text(st.sampled_from(f"a1 \u20e3\u0301\u2764\u231a\U0001f44d\u6f22{DISPUTED}"), max_size=9)
)
def test_a_terminal_that_counts_each_character_counts_what_the_layout_does(text):
    (caught,) = LAST_NET.apply([Segment(text)], BLACK)
    assert sum(map(get_character_cell_size, caught.text)) == cell_len(text)


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
