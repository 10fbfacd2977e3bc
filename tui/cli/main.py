"""The command line: which command, which connection, which exit status.

    sagescope           explore.py   the program, on AWS
    sagescope demo      demo.py      the program on the embedded SageMaker, or the latter alone
    sagescope info      info.py      paths, versions, settings
    sagescope presets   presets.py   the saved requests
    sagescope history   history.py   what was sent before

    sagescope invoke-endpoint     invoke_endpoint.py     the AWS CLI's command, sent once
    sagescope send                send.py                a preset, likewise
    sagescope list-endpoints      list_endpoints.py      as the AWS CLI prints them
    sagescope describe-endpoint   describe_endpoint.py   likewise

    sagescope bundle    bundle.py    a request and its answer for a colleague
    sagescope open      open.py      the program, with a bundle in it

What a command does is in its own module, imported when it is asked for.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from tui.cli.arguments import make_parser
from tui.cli.connection_flags import connection_of
from tui.cli.exits import INTERRUPTED, READER_GONE, status_of
from tui.cli.printing import complain_of, discard_output
from tui.cli.starting import start, tell_version
from tui.domain.errors import ExplorerError, StorageFailed

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Callable, Sequence

    from tui.cli.starting import Start
    from tui.store.settings import Value


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
        return status_of(error)


def _run(argv: Sequence[str] | None) -> int:
    parser = make_parser()
    arguments = parser.parse_args(argv)
    if arguments.version:
        tell_version()
        return 0
    begun = start(os.environ, setting_flags(arguments))
    call: Callable[[Namespace, Start], int] | None = arguments.run
    if call is not None:
        return call(arguments, begun)
    if arguments.command:
        _refuse_connection(parser, arguments)
    match arguments.command:
        case "demo":
            return _demo(arguments, begun)
        case "info":
            from tui.cli.info import show_info

            return show_info(begun, arguments, with_keys=arguments.keys)
        case "presets":
            from tui.cli.presets import list_presets

            return list_presets(arguments, begun)
        case "history":
            from tui.cli.history import run_history

            return run_history(arguments, begun)
        case _:
            from tui.cli.explore import explore

            return explore(connection_of(arguments), begun)


def setting_flags(arguments: Namespace) -> dict[str, Value | None]:
    """Return the settings that flags speak of, None where one was not given."""
    folders: list[str] | None = arguments.presets
    return {
        "theme": arguments.theme,
        "read_only": arguments.read_only,
        "presets": None if folders is None else tuple(folders),
    }


def _demo(arguments: Namespace, begun: Start) -> int:
    from tui.cli.demo import explore_demo, serve_only

    if arguments.serve_only:
        return serve_only(arguments.port, fillers=arguments.endpoints)
    return explore_demo(begun, port=arguments.port, fillers=arguments.endpoints)


def _refuse_connection(parser: ArgumentParser, arguments: Namespace) -> None:
    """End with the usage where a flag asks for a connection that the command does not make."""
    for name in ("profile", "region", "endpoint_url"):
        if getattr(arguments, name) is not None:
            flag = f"--{name.replace('_', '-')}"
            parser.error(f"{flag} chooses an AWS connection; {arguments.command} makes none")
