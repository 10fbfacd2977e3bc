"""Flags and the words that explain them; what they do is the business of the commands."""

from __future__ import annotations

from argparse import (
    SUPPRESS,
    ArgumentParser,
    ArgumentTypeError,
    BooleanOptionalAction,
    RawDescriptionHelpFormatter,
)
from typing import TYPE_CHECKING, Any, NoReturn

from tui.cli.connection_flags import add_connection_flags
from tui.cli.exits import BAD_USAGE
from tui.cli.flags import add_presets_flag
from tui.cli.printing import PROGRAM, complain

if TYPE_CHECKING:
    from collections.abc import Callable

    from tui.cli.flags import Commands

MOST_FILLERS = 100_000


class Parser(ArgumentParser):
    """Ends wrong usage with our words and exit status instead of argparse's 2.

    Args:
        fill: adds the flags, and the words around them, once the command was chosen: most starts
            are not for it, and need not load what it knows.
        options: argparse's own.
    """

    def __init__(self, *, fill: Callable[[Parser], None] | None = None, **options: Any) -> None:  # noqa: ANN401 - handed on untouched
        super().__init__(**options)
        self._fill = fill

    def parse_known_args(  # pyright: ignore[reportIncompatibleMethodOverride] - it is overloaded
        self,
        args: Any = None,  # noqa: ANN401 - likewise
        namespace: Any = None,  # noqa: ANN401 - likewise
    ) -> Any:  # noqa: ANN401 - likewise
        """Add the flags that are missing, then parse; what is not known is wrong here already.

        argparse would leave it to the whole program's parser, which knows less of the command.
        """
        fill, self._fill = self._fill, None
        if fill is not None:
            fill(self)
        parsed, unknown = super().parse_known_args(args, namespace)
        if unknown:
            self.error(f"unrecognized arguments: {' '.join(unknown)}")
        return parsed, unknown

    def error(self, message: str) -> NoReturn:
        """Say what is wrong, after how it should be, and end the program."""
        words = f"{self.prog}: error: {message}"
        complain(*self.format_usage().splitlines(), *words.split("\n"))
        raise SystemExit(BAD_USAGE)


_EXAMPLES = """\
examples:
  sagescope demo                                try it, without an AWS account
  sagescope --profile prod --region eu-west-1   explore the endpoints there
  sagescope info                                where things are, and which settings hold

Credentials, profiles and regions are read as the AWS CLI reads them. Settings are in config.toml;
`sagescope info` says where that is. Each can be a variable too, such as SAGESCOPE_THEME.
"""


def make_parser() -> Parser:
    """Return the parser; ``command`` is None where the program itself is asked for.

    Commands that call AWS have ``run``: what to do with the arguments. It is None for others.
    """
    parser = Parser(
        prog=PROGRAM,
        description="Explore Amazon SageMaker endpoints in the terminal: send a request, read the\n"
        "answer next to its headers.",
        epilog=_EXAMPLES,
        formatter_class=RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="store_true", help="print the version and exit")
    parser.set_defaults(run=None)
    add_connection_flags(parser, default=None)
    _add_setting_flags(parser, default=None)
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", title="commands")
    _add_demo(commands)
    _add_calling(commands)
    _add_info(commands)
    _add_presets(commands)
    _add_history(commands)
    return parser


def _add_demo(commands: Commands) -> None:
    demo = commands.add_parser(
        "demo",
        help="open it on an embedded SageMaker; needs no AWS account",
        description="Open sagescope on an embedded SageMaker with real models. It listens on "
        "127.0.0.1 only and ends with the program.",
        allow_abbrev=False,
    )
    _add_demo_flags(demo)
    _add_setting_flags(demo, default=SUPPRESS)


def _add_calling(commands: Commands) -> None:
    """Add the commands that call AWS, or open the program for it."""
    for name, words, fill in (
        ("invoke-endpoint", "send one request, as the AWS CLI's command does", _fill_invoke),
        ("send", "send a preset", _fill_send),
        ("list-endpoints", "print the endpoints of an account and region", _fill_list),
        ("describe-endpoint", "print what AWS says of one endpoint", _fill_describe),
        ("bundle", "write request, answer and scripts for a colleague", _fill_bundle),
        ("open", "open the program with a bundle in it", _fill_open),
    ):
        commands.add_parser(
            name, help=words, fill=fill, formatter_class=RawDescriptionHelpFormatter
        )


def _add_info(commands: Commands) -> None:
    info = commands.add_parser(
        "info",
        help="print paths, versions and settings",
        description="Print every path, version and setting, and where each setting came from: in "
        "columns for people, unless --output or --query is given.",
        allow_abbrev=False,
        fill=_fill_output,
    )
    info.add_argument(
        "--keys", action="store_true", help="also the keys, by the names that [keymap] takes"
    )
    _add_setting_flags(info, default=SUPPRESS)


def _add_presets(commands: Commands) -> None:
    presets = commands.add_parser(
        "presets",
        help="list the saved requests",
        description="List the saved requests that `send` finds, used last first: yours and those "
        "of the demo, as Source says. Of two with one name `send` takes yours. A file that is "
        "broken is told, and makes the exit status say so.",
        allow_abbrev=False,
        fill=_fill_output,
    )
    _add_setting_flags(presets, default=SUPPRESS)


def _add_history(commands: Commands) -> None:
    history = commands.add_parser(
        "history",
        help="look into what was sent before",
        description="List, show, export, annotate and delete what was sent and what came of it.",
        allow_abbrev=False,
        fill=_fill_history,
    )
    _add_setting_flags(history, default=SUPPRESS)


def _fill_send(parser: Parser) -> None:
    from tui.cli.send import fill_parser

    fill_parser(parser)


def _fill_list(parser: Parser) -> None:
    from tui.cli.list_endpoints import fill_parser

    fill_parser(parser)


def _fill_describe(parser: Parser) -> None:
    from tui.cli.describe_endpoint import fill_parser

    fill_parser(parser)


def _fill_bundle(parser: Parser) -> None:
    from tui.cli.bundle import fill_parser

    fill_parser(parser)


def _fill_open(parser: Parser) -> None:
    from tui.cli.open import fill_parser

    fill_parser(parser)


def _fill_output(parser: Parser) -> None:
    from tui.cli.output import add_output_flags

    add_output_flags(parser)


def _fill_history(parser: Parser) -> None:
    from tui.cli.history_flags import add_history_flags

    add_history_flags(parser)


def _fill_invoke(parser: Parser) -> None:
    from tui.cli.invoke_endpoint import fill_parser

    fill_parser(parser)


def _add_setting_flags(parser: ArgumentParser, *, default: str | None) -> None:
    """Add what may stand before or after a command's name.

    Args:
        parser: the whole program's, or a command's.
        default: `SUPPRESS` lets a command leave alone what stood before its name.
    """
    parser.add_argument(
        "--read-only",
        action=BooleanOptionalAction,
        default=default,
        help="switch invoking off; or on, where a setting has it off",
    )
    parser.add_argument(
        "--theme", metavar="T", default=default, help="look, such as sagescope-light"
    )
    add_presets_flag(parser, default=default)


def _add_demo_flags(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--port", metavar="N", type=_port, default=0, help="port to listen on; any free one if 0"
    )
    parser.add_argument(
        "--serve-only",
        action="store_true",
        help="open nothing; serve the AWS CLI and boto3, and print the variables they need",
    )
    parser.add_argument(
        "--endpoints", metavar="N", type=_count, default=0, help="add N endpoints to the list"
    )


def _port(text: str) -> int:
    return _whole(text, highest=65_535)


def _count(text: str) -> int:
    return _whole(text, highest=MOST_FILLERS)


def _whole(text: str, *, highest: int) -> int:
    if text.isascii() and text.isdecimal() and len(text) < 10 and int(text) <= highest:
        return int(text)
    raise ArgumentTypeError(f"must be a whole number from 0 to {highest}")
