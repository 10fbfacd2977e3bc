"""``sagescope list-endpoints``: all pages, in the shape of ``aws sagemaker list-endpoints``."""

from __future__ import annotations

import os
from argparse import SUPPRESS
from dataclasses import replace
from typing import TYPE_CHECKING

from tui.cli.aws_profile import AwsProfile
from tui.cli.connection_flags import add_browse_flags
from tui.cli.flags import positive
from tui.cli.headless import configuration_problem, open_explorer, run, tell_failure
from tui.cli.output import Format, add_output_flags, output_of, print_data
from tui.cli.timestamps import TimestampFormat, spelled, timestamp_format_of
from tui.domain.endpoints import EndpointQuery
from tui.domain.errors import ExplorerError, RequestInvalid

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Mapping

    from tui.cli.data import Data
    from tui.cli.output import Output
    from tui.cli.starting import Start
    from tui.domain.endpoints import EndpointSummary, FoundEndpoints

OPERATION = "ListEndpoints"
EPILOG = """\
Times are ISO 8601, in the zone of this machine unless they name another, or seconds since 1970.
They are printed so too; cli_timestamp_format = wire in the profile prints the seconds.

examples:
  sagescope list-endpoints --output table --sort-by Name --sort-order Ascending
  sagescope list-endpoints --status-equals Failed --query "Endpoints[].EndpointName"
"""
_TEXT_FLAGS = {
    "name_contains": ("TEXT", "only endpoints with this in their name"),
    "status_equals": ("STATUS", "only those with this status, such as InService or Failed"),
    "creation_time_after": ("TIME", "only those made then or later"),
    "creation_time_before": ("TIME", "only those made earlier"),
    "last_modified_time_after": ("TIME", "only those changed then or later"),
    "last_modified_time_before": ("TIME", "only those changed earlier"),
    "sort_by": ("MEMBER", "Name, CreationTime or Status; CreationTime if not given"),
    "sort_order": ("ORDER", "Ascending or Descending; Descending if not given"),
}


def fill_parser(parser: ArgumentParser) -> None:
    """Add what this command takes, and the words of its help."""
    parser.set_defaults(run=list_endpoints)
    parser.description = "Print the endpoints of an account and region, the newest first."
    parser.epilog = EPILOG
    _add_query_flags(parser)
    add_output_flags(parser)
    add_browse_flags(parser)


def _add_query_flags(parser: ArgumentParser) -> None:
    """Add the AWS CLI's own; `query_of` reads them."""
    group = parser.add_argument_group("which endpoints")
    for name, (metavar, words) in _TEXT_FLAGS.items():
        group.add_argument(_option(name), metavar=metavar, help=words)
    group.add_argument(
        "--max-items", metavar="N", type=positive, help="print so many; a NextToken tells of more"
    )
    group.add_argument("--starting-token", metavar="TOKEN", help="go on after that NextToken")
    group.add_argument("--page-size", metavar="N", type=positive, help="ask for so many at once")
    # The two of the operation itself; like --no-paginate they ask for one page.
    group.add_argument("--max-results", metavar="N", type=positive, help=SUPPRESS)
    group.add_argument("--next-token", metavar="TOKEN", help=SUPPRESS)


def query_of(arguments: Namespace) -> EndpointQuery:
    """Read which endpoints are wanted.

    Raises:
        RequestInvalid: flags for all pages stand beside one that asks for one page.
    """
    values: Mapping[str, str | None] = {name: getattr(arguments, name) for name in _TEXT_FLAGS}
    query = EndpointQuery(
        **values,
        page_size=arguments.page_size,
        max_items=arguments.max_items,
        token=arguments.starting_token,
    )
    one_page: Mapping[str, object] = {
        name: getattr(arguments, name) for name in ("no_paginate", "max_results", "next_token")
    }
    asked = [name for name, value in one_page.items() if value]
    if not asked:
        return query
    paging = [
        name for name in ("max_items", "page_size", "starting_token") if getattr(arguments, name)
    ]
    if paging:
        raise RequestInvalid(
            summary=f"{_option(asked[0])} asks for one page, "
            f"{', '.join(map(_option, paging))} for several",
            hint="Leave one of them out.",
        )
    return replace(
        query, page_size=arguments.max_results, token=arguments.next_token, is_one_page=True
    )


def list_endpoints(arguments: Namespace, begun: Start) -> int:
    """Print them; return the exit status.

    Raises:
        ExplorerError: the flags cannot be used, or the data cannot be printed.
    """
    profile = AwsProfile(arguments)
    output, times = output_of(arguments, os.environ, profile), timestamp_format_of(profile)
    if status := configuration_problem(begun):
        return status
    query = query_of(arguments)
    explorer = open_explorer(arguments, begun)
    try:
        found = run(explorer, lambda: explorer.find_endpoints(query))
    except ExplorerError as error:
        return tell_failure(error, OPERATION)
    print_data(_listed(found, query, output, times), output, title=OPERATION)
    return 0


def _listed(
    found: FoundEndpoints, query: EndpointQuery, output: Output, times: TimestampFormat
) -> Data:
    """Return the answer's members; where pages are joined, text has the token in a line below."""
    listed: dict[str, Data] = {"Endpoints": [_row(each, times) for each in found.endpoints]}
    token = found.next_token
    if token is None:
        return listed
    is_below = output.format is Format.TEXT and output.query is None and not query.is_one_page
    return {**listed, "NextToken": {"NextToken": token} if is_below else token}


def _option(name: str) -> str:
    return f"--{name.replace('_', '-')}"


def _row(summary: EndpointSummary, times: TimestampFormat) -> dict[str, Data]:
    return {
        "EndpointName": summary.name,
        "EndpointArn": summary.arn,
        "CreationTime": spelled(summary.created_at, times),
        "LastModifiedTime": spelled(summary.modified_at, times),
        "EndpointStatus": summary.status.value,
    }
