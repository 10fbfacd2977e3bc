"""The keys that work on every screen, and what Textual's own screens look like here."""

from __future__ import annotations

from textual.binding import Binding

QUIT = Binding(
    "ctrl+q",
    "quit",
    "Quit",
    show=False,
    priority=True,
    id="app.quit",
    tooltip="End the program; a request that is out is no longer waited for",
)
JUMP = Binding(
    "ctrl+o",
    "jump",
    "Jump",
    priority=True,
    id="app.jump",
    tooltip="Put a letter on everything that can be gone to, and go there by it",
)
HELP = Binding(
    "f1",
    "show_help",
    "Help",
    priority=True,
    id="app.help",
    tooltip="Help for what has the focus, and its keys",
)
HELP_OUTSIDE_INPUTS = Binding(
    "question_mark",
    "show_help",
    "Help",
    show=False,
    id="app.help-outside-inputs",
    tooltip="Help for what has the focus, and its keys",
)
DEBUG = Binding(
    "f12",
    "show_debug",
    "Debug information",
    show=False,
    priority=True,
    id="app.debug",
    tooltip="Versions, paths and the connection, for a bug report",
)
PALETTE = Binding(
    "ctrl+p",
    "command_palette",
    "Palette",
    priority=True,
    id="app.palette",
    tooltip="Find everything that can be done here by its name",
)

ALL = (JUMP, HELP, HELP_OUTSIDE_INPUTS, PALETTE, DEBUG, QUIT)

LOOKS = """
/* Textual ends the program over a list that has no cell left for its text. */
OptionList { min-width: 8; }
/* Not a share of what they are in, whose own height is found before its margin is known. */
Toast {
    background: $panel; color: $text; padding: 0 1; border-left: outer $border-focus;
    max-width: 50vw;
}
Tooltip { background: $panel; color: $text; padding: 0 1; }
"""
