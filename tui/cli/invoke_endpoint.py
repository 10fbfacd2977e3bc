"""``sagescope invoke-endpoint``: the AWS CLI's command of that name, sent once and told whole.

The same options make the same request; the same bytes go into the outfile and the same JSON to
standard output. Beyond that, a failure tells all that is known of it, ``-`` stands for standard
input and output, and the history keeps what was sent.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, assert_never

from tui.cli.aws_profile import AwsProfile
from tui.cli.connection_flags import add_call_flags
from tui.cli.exits import INTERRUPTED, status_of
from tui.cli.headless import configuration_problem, open_explorer, run, wait
from tui.cli.narration import (
    failure_lines,
    note,
    note_facts,
    reply_lines,
    request_lines,
    tell,
)
from tui.cli.outfile import Outfile
from tui.cli.output import add_output_flags, output_of, print_data, print_data_to
from tui.cli.parameters import looks_encoded, reads_stdin
from tui.cli.printing import is_terminal, say
from tui.cli.request_flags import (
    add_request_flags,
    binary_format_of,
    broken_rules,
    read_request,
)
from tui.cli.request_input import Skeleton, skeleton, yaml_skeleton
from tui.domain.errors import ExplorerError, RequestInvalid
from tui.domain.exchanges import InvocationResult, Stopped
from tui.domain.fields import ANSWER_HEADERS

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from tui.cli.data import Data
    from tui.cli.flags import Flags
    from tui.cli.output import Output
    from tui.cli.starting import Start
    from tui.domain.exchanges import Exchange
    from tui.domain.http import HttpReply

OPERATION = "InvokeEndpoint"
USAGE = "%(prog)s --endpoint-name NAME --body BODY [option ...] outfile"
DESCRIPTION = """\
Send one request to an endpoint, as `aws sagemaker-runtime invoke-endpoint` does with the same
options. The body of the answer goes to the outfile, the other members to standard output."""
EPILOG = """\
The body: a --body on the command line is sent as it is typed, as version 1 of the AWS CLI does.
Version 2 decodes it from base64 unless --cli-binary-format raw-in-base64-out is given; for lines
written for its default, add --cli-binary-format base64. fileb://PATH means the same in all of them.

Exit status: 0 answered, 252 the options cannot be used, 253 configuration or credentials cannot be
used, 254 SageMaker or the model answered with an error, 255 anything else, 130 ctrl+c.

examples:
  sagescope invoke-endpoint --endpoint-name iris-classifier --content-type text/csv \\
    --body 5.1,3.5,1.4,0.2 answer.json
  generate | sagescope invoke-endpoint --endpoint-name e --body - - | jq .
"""


def fill_parser(parser: ArgumentParser) -> None:
    """Add what this command takes, and the words of its help."""
    parser.set_defaults(run=invoke_endpoint)
    parser.usage, parser.description, parser.epilog = USAGE, DESCRIPTION, EPILOG
    parser.add_argument(
        "outfile", nargs="?", help="file for the body of the answer; - for standard output"
    )
    add_request_flags(parser)
    answer = parser.add_argument_group("the answer")
    add_output_flags(answer)
    add_telling_flags(answer)
    add_call_flags(parser)


def add_telling_flags(parser: Flags) -> None:
    """Add what makes a send tell more."""
    parser.add_argument(
        "--include",
        action="store_true",
        help="add ResponseMetadata to what is printed: status, request id and all headers",
    )
    parser.add_argument(
        "--debug",
        action="store_true",
        help="tell on standard error what is sent (secrets masked) and what comes back",
    )


def invoke_endpoint(arguments: Namespace, begun: Start) -> int:
    """Send the request that the options make; return the exit status.

    Raises:
        ExplorerError: nothing was sent; or what came cannot be printed.
    """
    profile = AwsProfile(arguments)
    output = output_of(arguments, os.environ, profile)
    if arguments.generate_cli_skeleton:
        _print_skeleton(arguments.generate_cli_skeleton, output)
        return 0
    if status := configuration_problem(begun):
        return status
    outfile = _outfile(arguments)
    if reads_stdin(arguments.body) and is_terminal(sys.stdin):
        note("Type the body; ctrl+d ends it.")
    binary_format = binary_format_of(arguments, profile)
    request = read_request(arguments, binary_format)
    if binary_format is None and looks_encoded(arguments.body or ""):
        tell("--body is sent as typed; --cli-binary-format base64 would decode it first")
    explorer = open_explorer(arguments, begun)

    async def work() -> Exchange:
        if arguments.debug:
            tell(*request_lines(await explorer.preview(request), "> "))
        return await wait(request.endpoint_name, lambda stop: explorer.invoke(request, stop))

    return tell_exchange(run(explorer, work), outfile, output, arguments)


def _print_skeleton(kind: Skeleton, output: Output) -> None:
    if kind is Skeleton.YAML_INPUT:
        say(yaml_skeleton())
    else:
        print_data(skeleton(kind), output, title=OPERATION)


def tell_exchange(
    exchange: Exchange, outfile: Outfile, output: Output, arguments: Namespace
) -> int:
    """Write the answer where it goes, or say what failed; return the exit status.

    Raises:
        ExplorerError: the answer cannot be written or printed.
    """
    if exchange.reply and arguments.debug:
        tell(*reply_lines(exchange.reply, "< "))
    outcome = exchange.outcome
    match outcome:
        case InvocationResult(reply=reply):
            outfile.write(reply.body)
            members = answer_members(reply)
            if arguments.include:
                members["ResponseMetadata"] = metadata(exchange, reply)
            to = sys.stderr if outfile.is_stdout else sys.stdout
            print_data_to(to, members, output, title=OPERATION)
            note_facts(exchange)
            return 0
        case Stopped(attempts=attempts):
            still = "; the model may still run, and bill" if attempts else ""
            tell(f"sagescope: stopped waiting{still}")
            return INTERRUPTED
        case ExplorerError():
            if outcome.reply and arguments.include:
                tell(*reply_lines(outcome.reply))
            tell(*failure_lines(outcome, OPERATION), *broken_rules(exchange.request))
            note_facts(exchange)
            return status_of(outcome)
        case _:
            assert_never(outcome)


def answer_members(reply: HttpReply) -> dict[str, Data]:
    """Return the output's members but for the body; what did not come is left out."""
    found = {name: _header(reply, header) for name, header in ANSWER_HEADERS.items()}
    return {name: value for name, value in found.items() if value is not None}


def metadata(exchange: Exchange, reply: HttpReply) -> dict[str, Data]:
    """Return what boto3 calls ResponseMetadata, its header names in lower case too."""
    names = dict.fromkeys(name.lower() for name, _ in reply.headers)
    return {
        "RequestId": reply.request_id,
        "HTTPStatusCode": reply.status,
        "HTTPHeaders": {name: _header(reply, name) for name in names},
        "RetryAttempts": exchange.attempts - 1,
    }


def _header(reply: HttpReply, name: str) -> str | None:
    """Return a header's value; several of one name are joined as HTTP allows it."""
    values = [value for key, value in reply.headers if key.lower() == name.lower()]
    return ", ".join(values) if values else None


def _outfile(arguments: Namespace) -> Outfile:
    if arguments.outfile is None:
        raise RequestInvalid(
            summary="the following arguments are required: outfile",
            hint="It is the file for the body of the answer; - is standard output.",
        )
    outfile = Outfile(name=arguments.outfile)
    outfile.check()
    return outfile
