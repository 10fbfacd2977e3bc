"""``sagescope list-endpoints``: all pages, in the shape of ``aws sagemaker list-endpoints``."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from tui.cli.aws_profile import AwsProfile
from tui.cli.connection_flags import add_call_flags
from tui.cli.flags import refuse
from tui.cli.headless import configuration_problem, open_explorer, run, tell_failure
from tui.cli.output import add_output_flags, output_of, print_data
from tui.domain.errors import ExplorerError

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from tui.cli.data import Data
    from tui.cli.starting import Start
    from tui.domain.endpoints import EndpointSummary

OPERATION = "ListEndpoints"
EPILOG = """\
examples:
  sagescope list-endpoints --output table
  sagescope list-endpoints --query "Endpoints[?EndpointStatus=='Failed'].EndpointName"
"""


def fill_parser(parser: ArgumentParser) -> None:
    """Add what this command takes, and the words of its help."""
    parser.set_defaults(run=list_endpoints)
    parser.description = "Print the endpoints of an account and region, the newest first."
    parser.epilog = EPILOG
    add_output_flags(parser)
    add_call_flags(parser)
    refuse(parser, "--debug", "only what invokes tells both sides of the exchange")


def list_endpoints(arguments: Namespace, begun: Start) -> int:
    """Print them; return the exit status.

    Raises:
        ExplorerError: the flags cannot be used, or the data cannot be printed.
    """
    output = output_of(arguments, os.environ, AwsProfile(arguments))
    if status := configuration_problem(begun):
        return status
    explorer = open_explorer(arguments, begun)

    async def work() -> list[Data]:
        return [_row(each) async for page in explorer.list_endpoints() for each in page]

    try:
        rows = run(explorer, work)
    except ExplorerError as error:
        return tell_failure(error, OPERATION)
    print_data({"Endpoints": rows}, output, title=OPERATION)
    return 0


def _row(summary: EndpointSummary) -> dict[str, Data]:
    return {
        "EndpointName": summary.name,
        "EndpointArn": summary.arn,
        "CreationTime": summary.created_at.isoformat(),
        "LastModifiedTime": summary.modified_at.isoformat(),
        "EndpointStatus": summary.status.value,
    }
