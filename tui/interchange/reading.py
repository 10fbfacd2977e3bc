"""Any text that another tool understands, read as a request.

text ──▶ its pieces, one by one ──▶ curl or AWS CLI line? ──▶ boto3 call? ──▶ RequestInvalid
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tui.domain.errors import RequestInvalid
from tui.interchange.aws_cli_line import is_aws_cli_line, read_aws_cli_line
from tui.interchange.boto3_call import is_boto3_call, read_boto3_call
from tui.interchange.curl_line import is_curl_line, read_curl_line
from tui.interchange.shell_files import ShellFiles
from tui.interchange.shell_reading import read_commands
from tui.interchange.ticket_pieces import is_hinted, pieces

if TYPE_CHECKING:
    from tui.interchange.pasted import Pasted
    from tui.interchange.shell_files import ReadFile

TEXT_CHARS_MAX = 48 * 2**20
"""A longer text is not looked at; a 25 MB body in base64 fits."""


def read_pasted(text: str, read_file: ReadFile | None = None) -> Pasted:
    """Return the request that a text is about; the first one, where a shell would run several.

    Words around it, as in a ticket, are passed over.

    Args:
        text: anything.
        read_file: for members in files of this machine, as `ShellFiles` wants it; a body stays.

    Raises:
        RequestInvalid: nothing in it invokes an endpoint, or it cannot be read; the summary says
            why, and may hold text of the user's.
    """
    if len(text) > TEXT_CHARS_MAX:
        raise RequestInvalid(
            summary=f"The text is too long: {len(text):,} characters",
            hint="Let it name a file instead of holding the body.",
        )
    problems: list[RequestInvalid] = []
    for piece in pieces(with_line_feeds(text)):
        try:
            found = _read_piece(piece, read_file)
        except RequestInvalid as error:
            problems.append(error)
        else:
            if found is not None:
                return found
    if problems:
        raise problems[0]
    raise RequestInvalid(
        summary="Nothing in this text invokes an endpoint",
        hint="Paste an aws sagemaker-runtime invoke-endpoint line, a boto3 invoke_endpoint call or "
        "a curl line.",
    )


def _read_piece(text: str, read_file: ReadFile | None) -> Pasted | None:
    """Return the request of a text that holds nothing else; None where it holds none."""
    try:
        found = _read_shell(text, read_file)
    except RequestInvalid:
        if not is_boto3_call(text):
            raise
        found = None
    if found is None and is_boto3_call(text):
        return read_boto3_call(text)
    return found


def _read_shell(text: str, read_file: ReadFile | None) -> Pasted | None:
    files = ShellFiles(read_file)
    for command in read_commands(text):
        if is_curl_line(command):
            return read_curl_line(command, files)
        if is_aws_cli_line(command):
            return read_aws_cli_line(command, files)
        files.run(command)
    return None


def kind_of(text: str) -> str:
    """Say what a text seems to be, as "a curl command"; empty where nothing hints at a request.

    Cheap, for any text that is pasted; `read_pasted` knows.
    """
    if not is_hinted(text):
        return ""
    if "invoke_endpoint(" in text:
        return "a boto3 call"
    return "a curl command" if re.search(r"\bcurl\s", text) else "an aws command"


def with_line_feeds(text: str) -> str:
    """Return a text as it was before a terminal pasted it: most send carriage returns for lines."""
    return text.replace("\r\n", "\n").replace("\r", "\n")
