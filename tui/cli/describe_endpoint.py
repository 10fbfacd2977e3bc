"""``sagescope describe-endpoint``: what AWS says, as ``aws sagemaker describe-endpoint`` has it."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

from tui.cli.aws_profile import AwsProfile
from tui.cli.connection_flags import add_browse_flags
from tui.cli.headless import configuration_problem, open_explorer, run, tell_failure
from tui.cli.output import add_output_flags, output_of, print_data
from tui.cli.timestamps import TimestampFormat, respelled, timestamp_format_of
from tui.domain.errors import ExplorerError

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from tui.cli.data import Data
    from tui.cli.starting import Start
    from tui.domain.endpoints import EndpointDescription

OPERATION = "DescribeEndpoint"


def fill_parser(parser: ArgumentParser) -> None:
    """Add what this command takes, and the words of its help."""
    parser.set_defaults(run=describe_endpoint)
    parser.description = "Print what DescribeEndpoint says of one endpoint."
    parser.add_argument("--endpoint-name", metavar="NAME", required=True, help="which one")
    add_output_flags(parser)
    add_browse_flags(parser)


def describe_endpoint(arguments: Namespace, begun: Start) -> int:
    """Print it; return the exit status.

    Raises:
        ExplorerError: the flags cannot be used, or the data cannot be printed.
    """
    profile = AwsProfile(arguments)
    output, times = output_of(arguments, os.environ, profile), timestamp_format_of(profile)
    if status := configuration_problem(begun):
        return status
    explorer = open_explorer(arguments, begun)
    name: str = arguments.endpoint_name
    try:
        description = run(explorer, lambda: explorer.describe_endpoint(name))
    except ExplorerError as error:
        return tell_failure(error, OPERATION)
    print_data(_described(description, times), output, title=OPERATION)
    return 0


def _described(description: EndpointDescription, times: TimestampFormat) -> Data:
    """Return AWS's own answer, so that members too new for us are in it."""
    bodies = [each.body for each in description.documents if each.operation == OPERATION]
    content: Data = json.loads(bodies[0]) if bodies else {}
    return _with_dates(content, times)


def _with_dates(data: Data, times: TimestampFormat) -> Data:
    """Spell times as the profile wants them; on the wire they are seconds since 1970."""
    match data:
        case dict():
            return {
                name: _dated(name, each, times) for name, each in data.items() if each is not None
            }
        case list():
            return [_with_dates(each, times) for each in data]
        case _:
            return data


def _dated(name: str, value: Data, times: TimestampFormat) -> Data:
    if name.endswith("Time") and isinstance(value, int | float) and not isinstance(value, bool):
        return respelled(value, times)
    return _with_dates(value, times)
