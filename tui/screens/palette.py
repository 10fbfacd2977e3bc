"""The command palette as it looks here; what can be found in it is in `commands`."""

from __future__ import annotations

from textual.command import CommandPalette


class Palette(CommandPalette):
    """Textual's, in a frame of its own."""

    # Read when the palette first opens: as styles of the app they would cost every start 4 ms.
    CSS = """
    Palette {
        background: $background 60%;
        & > Vertical { background: transparent; margin: 2 0 0 0; max-width: 104; }
        & SearchIcon { display: none; }
        & #--input {
            height: 3;
            background: $surface;
            border: round $border-focus;
            border-title-color: $text-primary;
            &.--list-visible { border: round $border-focus; }
        }
        & CommandInput, & CommandInput:focus { border: none; padding: 0 1; height: 1; }
        & #--results { background: $surface; }
        & > .command-palette--highlight { color: $text-primary; text-style: bold; }
        & CommandList, & CommandList:focus {
            border: round $border-idle;
            background: $surface;
            max-height: 65vh;
            scrollbar-size-vertical: 1;
            text-wrap: nowrap;
            text-overflow: ellipsis;
        }
        & CommandList > .option-list--option { text-style: none; padding: 0 1; }
        & LoadingIndicator { display: none; }
    }
    """
