"""A request as the HTTP message that botocore would write, secrets masked."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from tui.interchange.copied import Copied, one_line
from tui.interchange.curl_text import signed_request
from tui.interchange.shell_writing import readable_text
from tui.interchange.sources import check_sendable

if TYPE_CHECKING:
    from tui.domain.http import HttpRequest
    from tui.interchange.sources import Source


def http_text(source: Source) -> Copied:
    """Return request line, headers and body; a body that is no text is only described.

    Raises:
        RequestInvalid: no tool could send it.
        ExplorerError: its address is not known.
    """
    check_sendable(source)
    signed = signed_request(source)
    text = readable_text(signed.body)
    notes = () if text is not None else ("The body is no short text and was left out",)
    body = text if text is not None else f"({len(signed.body):,} bytes)"
    return Copied(f"{head(signed)}\n{body}", notes)


def head(signed: HttpRequest) -> str:
    """Return request line and headers, a line each."""
    parts = urlsplit(signed.url)
    target = f"{parts.path or '/'}{f'?{parts.query}' if parts.query else ''}"
    headers = "".join(f"{one_line(f'{name}: {value}')}\n" for name, value in signed.headers)
    return f"{signed.method} {one_line(target)} HTTP/1.1\n{headers}"
