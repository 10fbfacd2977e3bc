"""Groups that are repeated possessively, as sagescope's patterns have many, match rightly."""

import re
import sys
from importlib import import_module

import pytest

from tui.possessive import guard


@pytest.mark.parametrize(
    ("pattern", "text", "end"),
    [
        ("(?:ab?c)*+", "abcaca", 5),
        ("(?:a(?:b|c)d,)++", "abd,acd,ab", 8),
        (r'(?:[^"NI]++|"(?:[^"\\]++|\\.)*+")*+', '1, "N", "I', 8),
        (r"(?:\s*+\d++,)*+", "1, 2, 3", 5),
    ],
)
def test_a_repeated_group_ends_where_it_last_matched(pattern, text, end):
    assert re.match(pattern, text).end() == end


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="only older versions are changed")
@pytest.mark.parametrize(
    ("pattern", "guarded"),
    [
        ("(?:ab?c)*+", "(?:(?>ab?c))*+"),
        ("x|(y(?:(?:ab)++c){2,5}+)", "x|(y(?:(?>(?:(?>ab))++c)){2,5}+)"),
        ("(?=(?:ab)?+)", "(?=(?:(?>ab))?+)"),
        ("(a)(?(1)(?:ab)++|c)", "(a)(?(1)(?:(?>ab))++|c)"),
        ("[ab]*+c++.?+", "[ab]*+c++.?+"),
        ("(?:ab)*(?:cd)+?", "(?:ab)*(?:cd)+?"),
    ],
)
def test_what_is_repeated_is_in_an_atomic_group(pattern, guarded):
    parser = import_module("re._parser")
    parsed = parser.parse(pattern)
    guard(parsed)
    assert str(parsed) == str(parser.parse(guarded))
