"""The keys of a body view, by hand or by habit of vi and less."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.binding import Binding

if TYPE_CHECKING:
    from textual.binding import BindingType

BODY_KEYS: tuple[BindingType, ...] = (
    Binding("up,k", "move(-1)", "Up", show=False, id="body.up", tooltip="One line up"),
    Binding("down,j", "move(1)", "Down", show=False, id="body.down", tooltip="One line down"),
    Binding(
        "left,h", "scroll_columns(-8)", "Left", show=False, id="body.left", tooltip="Look left"
    ),
    Binding(
        "right,l",
        "scroll_columns(8)",
        "Right",
        show=False,
        id="body.right",
        tooltip="Look right",
    ),
    Binding(
        "pageup",
        "turn_pages(-1)",
        "Page up",
        show=False,
        id="body.page-up",
        tooltip="One page up",
    ),
    Binding(
        "pagedown,space",
        "turn_pages(1)",
        "Page down",
        show=False,
        id="body.page-down",
        tooltip="One page down",
    ),
    Binding(
        "ctrl+u",
        "turn_pages(-0.5)",
        "Half a page up",
        show=False,
        id="body.half-page-up",
        tooltip="Half a page up",
    ),
    Binding(
        "ctrl+d",
        "turn_pages(0.5)",
        "Half a page down",
        show=False,
        id="body.half-page-down",
        tooltip="Half a page down",
    ),
    Binding("home,g", "move_to_end(-1)", "Top", show=False, id="body.top", tooltip="First line"),
    Binding("end,G", "move_to_end(1)", "Bottom", show=False, id="body.bottom", tooltip="Last line"),
    Binding(
        "shift+up",
        "select(-1)",
        "Select up",
        show=False,
        id="body.select-up",
        tooltip="Select the line above too",
    ),
    Binding(
        "shift+down",
        "select(1)",
        "Select down",
        show=False,
        id="body.select-down",
        tooltip="Select the line below too",
    ),
    Binding(
        "v",
        "next_lens",
        "View as",
        show=False,
        id="body.next-lens",
        tooltip="Look at the body another way: pretty, raw, hex",
    ),
    Binding(
        "W",
        "toggle_wrap",
        "Wrap lines",
        show=False,
        id="body.toggle-wrap",
        tooltip="Wrap long lines, or let them run on to the right",
    ),
    Binding(
        "slash",
        "find",
        "Find",
        show=False,
        key_display="/",
        id="body.find",
        tooltip="Find a text; in any case, unless you type a capital",
    ),
    Binding("n", "step_hit(1)", "Next", show=False, id="body.next-hit", tooltip="Next place of it"),
    Binding(
        "N",
        "step_hit(-1)",
        "Previous",
        show=False,
        id="body.previous-hit",
        tooltip="Previous place of it",
    ),
    Binding(
        "colon",
        "go_to_line",
        "Go to line",
        show=False,
        key_display=":",
        id="body.go-to-line",
        tooltip="Go to a line by its number; in a hex dump, to an offset",
    ),
    Binding(
        "p",
        "copy_path",
        "Copy path",
        show=False,
        id="body.copy-path",
        tooltip="Copy where in the JSON the line is, as predictions[17].score",
    ),
    Binding(
        "ampersand",
        "filter",
        "Filter JSON",
        show=False,
        key_display="&",
        id="body.filter",
        tooltip="Show a part of the JSON by a JMESPath expression; an empty one shows all again",
    ),
    Binding(
        "vertical_line",
        "pipe",
        "Pipe through a command",
        show=False,
        key_display="|",
        id="body.pipe",
        tooltip="Run a shell command on the bytes that came, on this machine, and show its output",
    ),
    Binding(
        "e",
        "show_errors",
        "Standard error",
        show=False,
        id="body.show-errors",
        tooltip="Show what the command wrote to standard error, or its output again",
    ),
    Binding(
        "escape",
        "leave_derived",
        "Back to the body",
        show=False,
        id="body.leave-derived",
        tooltip="Stop the command that runs; else go back to the body that came",
    ),
)
