"""What one line of pretty JSON is, as one pattern, and what is to be done about each kind.

    {"a": 1, "b": [2, {}]}    ──▶    {    "a": 1,    "b": [    2,    {}    ]    }

A match is a line, with the white space before it. The group that ends it tells its kind; that
and what is expected there (`AT_ITEM` ...) give the action.
"""

from __future__ import annotations

import re
from typing import Final

from tui.body.json.grammar import LITERAL, NON_FINITE, STRING, State
from tui.body.json.numbers import NUMBER

_WS = rb"[ \t\n\r]*+"
# What follows must be seen, lest the end of a slice be taken for the end of a line.
_LAST = rb"(?:(,)|(?=[^ \t\n\r,:])())"
_OPENING = rb"(\{)" + _WS + rb"(?=[^ \t\n\r}])|(\[)" + _WS + rb"(?=[^ \t\n\r\]])"
_EMPTY = rb"\[" + _WS + rb"\]|\{" + _WS + rb"\}"
_OTHER = rb"(?:" + NUMBER + rb"|" + LITERAL + rb"|" + NON_FINITE + rb"|" + _EMPTY + rb")"
_FLAT = rb"(?:" + STRING + rb"|" + _OTHER + rb")"
LINE = re.compile(
    _WS
    + rb"(?:"
    + (STRING + _WS + rb"(?::" + _WS + rb"(?:" + _FLAT + _WS + _LAST + rb"|" + _OPENING + rb")|")
    + (_LAST + rb")|" + _OTHER + _WS + _LAST + rb"|" + _OPENING)
    + (rb"|\}" + _WS + _LAST + rb"|\]" + _WS + _LAST + rb"|())")
)

# What a line may be, by the group that ends it ...
_MEMBER, _LAST_MEMBER, _MEMBER_OBJECT, _MEMBER_ARRAY = 1, 2, 3, 4
_STRING_ITEM, _LAST_STRING, _ITEM, _LAST_ITEM, _OBJECT, _ARRAY = 5, 6, 7, 8, 9, 10
_END_OBJECT, _LAST_END_OBJECT, _END_ARRAY, _LAST_END_ARRAY = 11, 12, 13, 14
# ... what is expected, as the base of an index ...
AT_ITEM, AT_ARRAY_END, AT_MEMBER, AT_OBJECT_END, AT_TOP, AT_END, AT_WRONG = range(0, 112, 16)
EXPECTING_END = AT_ARRAY_END - AT_ITEM
# ... and what to do about it.
WRONG, STAY, EXPECT_END, OPEN_OBJECT, OPEN_ARRAY, CLOSE, CLOSE_LAST, END_VALUE = range(8)

ACTIONS: Final = bytearray(112)
ACTIONS[AT_ITEM + _STRING_ITEM] = ACTIONS[AT_ITEM + _ITEM] = STAY
ACTIONS[AT_ITEM + _LAST_STRING] = ACTIONS[AT_ITEM + _LAST_ITEM] = EXPECT_END
ACTIONS[AT_ITEM + _OBJECT], ACTIONS[AT_ITEM + _ARRAY] = OPEN_OBJECT, OPEN_ARRAY
ACTIONS[AT_MEMBER + _MEMBER] = STAY
ACTIONS[AT_MEMBER + _LAST_MEMBER] = EXPECT_END
ACTIONS[AT_MEMBER + _MEMBER_OBJECT] = OPEN_OBJECT
ACTIONS[AT_MEMBER + _MEMBER_ARRAY] = OPEN_ARRAY
ACTIONS[AT_ARRAY_END + _END_ARRAY] = ACTIONS[AT_OBJECT_END + _END_OBJECT] = CLOSE
ACTIONS[AT_ARRAY_END + _LAST_END_ARRAY] = CLOSE_LAST
ACTIONS[AT_OBJECT_END + _LAST_END_OBJECT] = CLOSE_LAST
ACTIONS[AT_TOP + _OBJECT], ACTIONS[AT_TOP + _ARRAY] = OPEN_OBJECT, OPEN_ARRAY
ACTIONS[AT_TOP + _LAST_STRING] = ACTIONS[AT_TOP + _LAST_ITEM] = END_VALUE


STATES = {
    AT_ITEM: State.VALUE,
    AT_ARRAY_END: State.AFTER_VALUE,
    AT_MEMBER: State.KEY,
    AT_OBJECT_END: State.AFTER_VALUE,
    AT_TOP: State.VALUE,
    AT_END: State.AFTER_VALUE,
    AT_WRONG: State.AFTER_VALUE,
}
