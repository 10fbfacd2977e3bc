"""The command line: which command, which flags, which exit status.

    sagescope        explore.py   the program, on AWS
    sagescope demo   demo.py      the program on the embedded SageMaker, or the latter alone
    sagescope info   info.py      paths, versions, settings

Flags are checked here and become a `Connection` and settings; what a command does is in its own
module, imported when it is asked for.
"""

from __future__ import annotations

import os
from argparse import (
    SUPPRESS,
    ArgumentParser,
    ArgumentTypeError,
    BooleanOptionalAction,
    RawDescriptionHelpFormatter,
)
from typing import TYPE_CHECKING

from tui.cli.printing import INTERRUPTED, READER_GONE, complain_of, discard_output, say
from tui.cli.starting import PROGRAM, program_version, start
from tui.domain.connections import Connection
from tui.domain.errors import ExplorerError, StorageFailed

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Sequence

    from tui.cli.starting import Start

FAILED = 1
"""Exit status of a command that could not do what was asked."""
MOST_FILLERS = 100_000

_EPILOG = """\
examples:
  sagescope demo                                try it, without an AWS account
  sagescope --profile prod --region eu-west-1   explore the endpoints there
  sagescope info                                where things are, and which settings hold

Credentials, profiles and regions are read as the AWS CLI reads them. Settings are in config.toml;
`sagescope info` says where that is. Each can be a variable too, such as SAGESCOPE_THEME.
"""

_DEMO_EPILOG = """\
With --serve-only, the AWS CLI and boto3 can be pointed at it; the variables to set are printed.
"""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status.

    Args:
        argv: the arguments without the program's name; those of the process when not given.

    Raises:
        SystemExit: from argparse, after ``--help`` and wrong flags.
    """
    try:
        return _run(argv)
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        discard_output()
        return READER_GONE
    except ExplorerError as error:
        complain_of(error)
        if isinstance(error, StorageFailed):
            discard_output()
        return FAILED


def _run(argv: Sequence[str] | None) -> int:
    parser = _parser()
    arguments = parser.parse_args(argv)
    if arguments.version:
        say(f"{PROGRAM} {program_version()}\n")
        return 0
    begun = start(os.environ, {"theme": arguments.theme, "read_only": arguments.read_only})
    match arguments.command:
        case "demo":
            _refuse_connection(parser, arguments)
            return _demo(arguments, begun)
        case "info":
            from tui.cli.info import show_info

            return show_info(begun, as_json=arguments.output == "json")
        case _:
            from tui.cli.explore import explore

            return explore(_connection(arguments), begun)


def _demo(arguments: Namespace, begun: Start) -> int:
    from tui.cli.demo import explore_demo, serve_only

    if arguments.serve_only:
        return serve_only(arguments.port, fillers=arguments.endpoints)
    return explore_demo(begun, port=arguments.port, fillers=arguments.endpoints)


def _connection(arguments: Namespace) -> Connection:
    return Connection(
        profile=arguments.profile, region=arguments.region, endpoint_url=arguments.endpoint_url
    )


def _refuse_connection(parser: ArgumentParser, arguments: Namespace) -> None:
    """End with the usage where a flag asks for AWS and the command for the demo."""
    for name in ("profile", "region", "endpoint_url"):
        if getattr(arguments, name) is not None:
            parser.error(f"--{name.replace('_', '-')} is for AWS; the demo is its own connection")


def _parser() -> ArgumentParser:
    parser = ArgumentParser(
        prog=PROGRAM,
        description="Explore Amazon SageMaker endpoints: send a request, read the answer next to "
        "its headers.",
        epilog=_EPILOG,
        formatter_class=RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="store_true", help="print the version and exit")
    parser.add_argument("--profile", metavar="P", help="profile of the AWS configuration")
    parser.add_argument("--region", metavar="R", help="AWS region, e.g. eu-central-1")
    parser.add_argument(
        "--endpoint-url", metavar="URL", type=_url, help="send everything to this address"
    )
    _add_setting_flags(parser, default=None)
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", title="commands")
    _add_demo_flags(
        commands.add_parser(
            "demo",
            help="open it on an embedded SageMaker: no AWS account needed",
            description="Open sagescope on an embedded SageMaker with real models, on this "
            "machine.",
            epilog=_DEMO_EPILOG,
            allow_abbrev=False,
        )
    )
    _add_info_flags(
        commands.add_parser(
            "info",
            help="print paths, versions and the settings that hold",
            description="Print every path, version and setting, and where each setting came from.",
            allow_abbrev=False,
        )
    )
    return parser


def _add_setting_flags(parser: ArgumentParser, *, default: str | None) -> None:
    """Add the flags that all commands take, before or after the command's name."""
    parser.add_argument(
        "--read-only",
        action=BooleanOptionalAction,
        default=default,
        help="switch invoking off (or on again, when a setting has it off)",
    )
    parser.add_argument(
        "--theme", metavar="T", default=default, help="theme to wear, e.g. sagescope-light"
    )


def _add_demo_flags(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--port", metavar="N", type=_port, default=0, help="port on 127.0.0.1; any free one if 0"
    )
    parser.add_argument(
        "--serve-only", action="store_true", help="serve it to other clients; open nothing"
    )
    parser.add_argument(
        "--endpoints", metavar="N", type=_count, default=0, help="add N more endpoints to the list"
    )
    _add_setting_flags(parser, default=SUPPRESS)


def _add_info_flags(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--output", choices=("text", "json"), default="text", help="for people, or for programs"
    )
    _add_setting_flags(parser, default=SUPPRESS)


def _port(text: str) -> int:
    return _whole(text, highest=65_535)


def _count(text: str) -> int:
    return _whole(text, highest=MOST_FILLERS)


def _whole(text: str, *, highest: int) -> int:
    if text.isascii() and text.isdecimal() and int(text) <= highest:
        return int(text)
    raise ArgumentTypeError(f"must be a whole number from 0 to {highest}")


def _url(text: str) -> str:
    if text.startswith(("http://", "https://")):
        return text
    raise ArgumentTypeError("must begin with http:// or https://")
