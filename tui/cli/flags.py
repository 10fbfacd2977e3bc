"""What flags are added to: a parser, or a titled group of one."""

from __future__ import annotations

from argparse import SUPPRESS, Action, ArgumentTypeError
from typing import TYPE_CHECKING, Any, NoReturn, Protocol

if TYPE_CHECKING:
    from argparse import ArgumentParser


class Flags(Protocol):
    """An `ArgumentParser`, or a group of one; argparse has no public name for both."""

    def add_argument(self, *names: str, **options: Any) -> object:  # noqa: ANN401 - argparse's own
        """Add one flag."""
        ...


class Commands(Protocol):
    """What commands are added to; argparse has no public name for it."""

    def add_parser(self, name: str, **options: Any) -> ArgumentParser:  # noqa: ANN401 - argparse's own
        """Add one, and return its parser."""
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


def positive(text: str) -> int:
    """Read a number, or the id of an entry as it is shown, with its mark.

    Raises:
        ArgumentTypeError: it is none.
    """
    digits = text.removeprefix("#")  # as they are shown
    if digits.isascii() and digits.isdecimal() and 0 < len(digits) < 16 and int(digits) > 0:
        return int(digits)
    raise ArgumentTypeError("must be a whole number above 0")


def refuse(parser: Flags, name: str, why: str) -> None:
    """Answer an option of the AWS CLI that is not done here with a sentence, not a riddle.

    Args:
        parser: what it would be an option of.
        name: of the option.
        why: what to do instead.
    """
    parser.add_argument(
        name, action=_Refused, nargs="?", default=SUPPRESS, const=why, help=SUPPRESS
    )


class _Refused(Action):
    def __call__(self, parser: ArgumentParser, *_: object) -> NoReturn:
        parser.error(f"{self.option_strings[0]} is not done: {self.const}")
