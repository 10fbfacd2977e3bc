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

ALL = (QUIT, JUMP, HELP, HELP_OUTSIDE_INPUTS, DEBUG, PALETTE)

LOOKS = """
CommandPalette {
    background: $background 60%;
    & > Vertical { background: transparent; margin-top: 2; max-width: 100; }
    & #--input { background: $surface; border: round $border-focus; }
    & #--results { background: $surface; }
    & > .command-palette--help-text { color: $text-muted; text-style: not bold; }
    & > .command-palette--highlight { color: $text-primary; text-style: bold; }
    & CommandList { border: round $border-idle; background: $surface; max-height: 60vh; }
    & CommandList > .option-list--option { text-style: none; padding: 0 1; }
    & SearchIcon { color: $text-muted; }
}
Toast { background: $panel; color: $text; padding: 0 1; border-left: outer $border-focus; }
Tooltip { background: $panel; color: $text; padding: 0 1; }
"""
