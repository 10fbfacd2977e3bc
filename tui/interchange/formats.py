"""The languages that a request can be copied in."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, assert_never

from tui.interchange.aws_cli_text import aws_cli_text
from tui.interchange.boto3_text import boto3_text
from tui.interchange.curl_text import curl_text
from tui.interchange.http_text import http_text
from tui.interchange.ticket_text import ticket_text

if TYPE_CHECKING:
    from tui.interchange.copied import Copied
    from tui.interchange.sources import Source


class Format(Enum):
    """A tool, or a reader, that a request is written for; the value is its name."""

    AWS_CLI = "AWS CLI"
    BOTO3 = "boto3 script"
    CURL = "curl"
    HTTP = "raw HTTP"
    MARKDOWN = "Markdown for a ticket"


def copy_as(source: Source, chosen: Format) -> Copied:
    """Write a request in another tool's language.

    Raises:
        ExplorerError: it cannot be said there.
    """
    match chosen:
        case Format.AWS_CLI:
            return aws_cli_text(source)
        case Format.BOTO3:
            return boto3_text(source)
        case Format.CURL:
            return curl_text(source)
        case Format.HTTP:
            return http_text(source)
        case Format.MARKDOWN:
            return ticket_text(source)
        case _:
            assert_never(chosen)
