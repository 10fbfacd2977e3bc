"""A body on the screen: as people read it, at any size, with what they look for in it.

What the rows are, and where a text is in them, is decided in `tui.body`; `BodyRows` shows them,
`BodyLens` opens what is shown, and each thing that can be done with it is a class of its own:

    BodyCanvas ◀── BodyDrawing ◀── BodyRows ◀── BodyMoving    how rows are seen, and the cursor
        BodyMoving ◀── BodyPointing                           what clicks and the wheel do
        BodyPointing ◀── BodyDragging                         selecting with the mouse
        BodyDragging ◀── BodyLens ◀── BodyCopying             what is copied
                                  ◀── BodyKeeping             what one may come back to
        BodyKeeping ◀── BodyDecoding                          text in another encoding
        BodyDecoding ◀── BodyFollowing ◀── BodyGrowing        what comes while it is shown
        BodyGrowing ◀── BodyPrompting                         what is typed
        BodyCopying ◀── BodyTable                             columns, and sorting by one
                    ◀── BodySelecting                         characters selected by keys
        BodyLens ◀── BodyPicture                              drawn for the room there is
        BodyPrompting ◀── BodyLooking                         the process that looks for patterns
        BodyLooking ◀── BodyFinding ◀── BodyFindingOn         looking for a text, or a pattern
        BodyPrompting ◀── BodyGoing                           to a line by its number
        BodyPrompting ◀── BodyDeriving ◀── BodyFiltering      what JMESPath makes of it
                                       ◀── BodyPiping         what a command makes of it
                                       ◀── BodyFolding        what is folded, or shown by itself
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from tui.widgets.body_view.filtering import BodyFiltering
from tui.widgets.body_view.finding_on import BodyFindingOn
from tui.widgets.body_view.folding import BodyFolding
from tui.widgets.body_view.going import BodyGoing
from tui.widgets.body_view.keys import BODY_KEYS
from tui.widgets.body_view.picture import BodyPicture
from tui.widgets.body_view.piping import BodyPiping
from tui.widgets.body_view.selecting import BodySelecting
from tui.widgets.body_view.table import BodyTable
from tui.widgets.body_view.table_keys import TABLE_KEYS

if TYPE_CHECKING:
    from textual.binding import BindingType


class BodyView(
    BodySelecting,
    BodyFindingOn,
    BodyGoing,
    BodyFiltering,
    BodyPiping,
    BodyFolding,
    BodyTable,
    BodyPicture,
):
    """Shows one `ShownBody`; nothing at all while there is none.

    Component classes and CSS are `BodyDrawing`'s: Textual takes those of the first base only.
    """

    HELP = """\
The body, as it came: JSON, XML and HTML are indented token by token, nothing is re-spelt. Numbers
at the left are those of lines; of values in JSON Lines, and of events in a stream of events.

Move with the arrows or hjkl, ctrl+d and ctrl+u, g and G; : goes to a line, :-1 to the last, in hex
to an offset, :! to the next place where JSON breaks. / finds a text, in any case unless you type a
capital; ctrl+r, while you type, makes it a regular expression of Python's. n and N go to the next
and the previous one. v goes through the ways to look at it: pretty, raw, hex, and table, vector,
image, npy (an array of NumPy's) or about (what some bytes are) where they suit. shift+W wraps long
lines.

A click puts the cursor on a line; beside a bracket or a tag, or on what is folded (▸), it folds or
unfolds, as two clicks on the line do. Two clicks elsewhere select a word, three the line; the wheel
with shift looks sideways.

Select with the mouse or the keyboard: shift+up and shift+down select lines; shift+left, right,
home and end select characters, with a column that stays until escape. y copies the selection, or
all; p the path of the line in the JSON, the XML, the HTML or the stream of events, c its value: a
string decoded, all else as it is spelt.

Enter folds the brackets, the element or the event that the cursor is in, and unfolds it; - folds
all but the outermost, + unfolds all. o shows what is in a line by itself: what is in brackets or an
element, the data of an event, or what is in a string, base64 decoded; escape goes back.

In a table, left and right go from column to column; s sorts by the column of the cursor, or a click
on its name: ascending, descending (shift+S begins with that), and as it came. What a cell holds
beyond its column's width is told at the bottom, and o shows the cell by itself; shift+W widens the
columns instead. shift+H takes the first record of CSV for the names of the columns, or for a row.
y copies rows as they came.

& shows a part of the JSON by a JMESPath expression such as predictions[?score > `0.5`].id; the
result is written anew, in the same order. | sends the bytes through a shell command such as jq, on
this machine and without a terminal, and shows its output (not on Windows). Both, and o, work on
what is shown, one on top of the other: what was done is told above, w writes it, and escape stops
what runs, then goes back step by step, to what you looked for there, too. Up and down, while you
type, bring back what you typed.

What a command writes is shown as it comes, and its end is followed: moving, scrolling up or
selecting stays where one is; G or end, or scrolling back to the end with nothing selected, follows
again. Escape stops the command and keeps what came.
"""

    BINDINGS: ClassVar[list[BindingType]] = [*BODY_KEYS, *TABLE_KEYS]
