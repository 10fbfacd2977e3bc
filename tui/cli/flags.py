"""What flags are added to: a parser, or a titled group of one."""

from __future__ import annotations

from argparse import ArgumentTypeError
from typing import Any, Protocol


class Flags(Protocol):
    """An `ArgumentParser`, or a group of one; argparse has no public name for both."""

    def add_argument(self, *names: str, **options: Any) -> object:  # noqa: ANN401 - argparse's own
        """Add one flag."""
        ...


def add_presets_flag(parser: Flags, *, default: str | None) -> None:
    """Add the setting of where presets are."""
    parser.add_argument(
        "--presets",
        metavar="DIR",
        type=not_empty,
        action="append",
        default=default,
        help="folder of presets, instead of the one in the data folder; may be repeated",
    )


def not_empty(text: str) -> str:
    """Refuse what an unset variable of a shell leaves behind.

    Raises:
        ArgumentTypeError: nothing is in it.
    """
    if text.strip():
        return text
    raise ArgumentTypeError("must not be empty")
