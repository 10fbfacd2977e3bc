"""A request as a curl line that signs it itself (curl 7.75 or later).

Credentials are never written: the line names the variables that hold them. What curl would add of
its own accord (``Accept: */*``, a form's ``Content-Type``, ``Expect``) is taken away again.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from tui.domain.errors import ExplorerError, RequestInvalid
from tui.interchange.aws_cli_text import body_for_shell
from tui.interchange.copied import Copied
from tui.interchange.shell_writing import command, option, quoted
from tui.interchange.sources import check_sendable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tui.domain.http import HttpRequest
    from tui.interchange.sources import Source

_EXPECTING_BYTES = 1024
"""Some versions of curl ask before they send a larger body."""
_ADDED_BY_CURL = ("Content-Type", "Accept")


def curl_text(source: Source) -> Copied:
    """Return commands that sign and send the request, and print the answer with its headers.

    Raises:
        RequestInvalid: no tool could send it.
        ExplorerError: its address is not known.
    """
    check_sendable(source)
    signed = signed_request(source)
    body_lines, body_path = body_for_shell(source, may_expand=False)
    line = command(
        "curl --silent --show-error --include",
        option("--max-time", f"{math.ceil(source.destination.read_timeout_s)}"),
        option("--aws-sigv4", f"aws:amz:{source.destination.region or 'us-east-1'}:sagemaker"),
        *_credentials(source),
        *(option("--header", header) for header in _headers(source)),
        option("--data-binary", f"@{body_path}"),
        quoted(signed.url),
    )
    return Copied("\n".join((*_advice(source), *body_lines, line, "")))


def signed_request(source: Source) -> HttpRequest:
    """Return what botocore would send.

    Raises:
        ExplorerError: it could not say; `RequestInvalid` where nobody asked.
    """
    match source.signed:
        case None:
            raise RequestInvalid(summary="The request's address is not known", hint="Preview it.")
        case ExplorerError() as error:
            raise error
        case signed:
            return signed


def _advice(source: Source) -> Iterator[str]:
    profile = source.destination.profile
    if source.destination.credentials is None and profile:
        yield (
            "# Credentials, with the AWS CLI 2: "
            f'eval "$(aws configure export-credentials --profile {quoted(profile)} --format env)"'
        )


def _credentials(source: Source) -> Iterator[str]:
    if (known := source.destination.credentials) is not None:
        yield option("--user", ":".join(known))
        return
    yield '--user "$AWS_ACCESS_KEY_ID:$AWS_SECRET_ACCESS_KEY"'
    yield '${AWS_SESSION_TOKEN:+"-HX-Amz-Security-Token: $AWS_SESSION_TOKEN"}'


def _headers(source: Source) -> Iterator[str]:
    sent = {each.header: value for each, value in source.members() if each.header}
    for name in _ADDED_BY_CURL:
        if name not in sent:
            yield f"{name}:"
    for name, value in sent.items():
        yield f"{name}: {value}" if value else f"{name};"
    if len(source.body) > _EXPECTING_BYTES:
        yield "Expect:"
