"""A request, and what came of it, as Markdown for a ticket.

    summary line · facts · request (members, body) · answer (headers, body) · how to repeat it

Text bodies are quoted up to a length, others are named by size and hash, so that whoever reads the
ticket can tell whether they hold the same bytes.
"""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

from tui.domain.errors import ExplorerError, ModelFailed
from tui.domain.exchanges import InvocationResult, Stopped
from tui.interchange.aws_cli_text import aws_cli_text
from tui.interchange.copied import Copied, one_line
from tui.interchange.shell_writing import readable_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tui.domain.exchanges import Exchange
    from tui.domain.http import HttpReply
    from tui.interchange.sources import Source

QUOTED_CHARS_MAX = 8_000
"""Of a body; tickets have limits, and readers too."""


def ticket_text(source: Source) -> Copied:
    """Return the ticket.

    Raises:
        RequestInvalid: no tool could send the request.
    """
    repeat = aws_cli_text(source)
    lines = [f"## {_title(source)}", "", *_facts(source), "", "### Request", ""]
    lines += [f"- {member.api_name}: {_code(value)}" for member, value in source.members()]
    lines += ["", *_body("Body", source.body, source.request.content_type), ""]
    reply = source.exchange.reply if source.exchange else None
    if reply is not None:
        lines += ["### Response", "", *_response(reply), ""]
    lines += ["### To repeat it", "", *_fenced(repeat.text, "sh"), ""]
    return Copied("\n".join(lines), repeat.notes)


def _title(source: Source) -> str:
    name = source.request.endpoint_name or "(no endpoint)"
    return one_line(f"InvokeEndpoint {name}: {_ending(source.exchange)}")


def _ending(exchange: Exchange | None) -> str:
    match exchange.outcome if exchange else None:
        case None:
            return "not sent yet"
        case Stopped():
            return "nobody waited for the answer"
        case InvocationResult(reply=reply):
            return f"{reply.status} {reply.reason}".strip()
        case ExplorerError(summary=summary):
            return summary


def _facts(source: Source) -> Iterator[str]:
    destination = source.destination
    if destination.region:
        yield f"- Region: {_code(destination.region)}"
    if destination.endpoint_url:
        yield f"- Address: {_code(destination.endpoint_url)}"
    exchange = source.exchange
    if exchange is None:
        return
    yield f"- Sent: {exchange.started_at.isoformat(timespec='milliseconds')}"
    attempts = f"{exchange.attempts} HTTP request{'' if exchange.attempts == 1 else 's'}"
    yield f"- Took: {exchange.duration_s:.3f} s, {attempts}"
    if exchange.reply is not None and exchange.reply.request_id:
        yield f"- Request id: {_code(exchange.reply.request_id)}"
    yield from _failure_facts(exchange)


def _failure_facts(exchange: Exchange) -> Iterator[str]:
    match exchange.outcome:
        case ModelFailed() as failed:
            if failed.original_status_code is not None:
                yield f"- The container's status: {failed.original_status_code}"
            if failed.log_stream_arn:
                yield f"- Log: {_code(failed.log_stream_arn)}"
        case ExplorerError(code=code) if code:
            yield f"- Error: {_code(code)}"
        case _:
            pass


def _response(reply: HttpReply) -> Iterator[str]:
    yield from _fenced(
        "\n".join(one_line(f"{name}: {value}") for name, value in reply.headers), "http"
    )
    yield ""
    yield from _body("Body", reply.body, reply.content_type)


def _body(name: str, data: bytes, content_type: str | None) -> Iterator[str]:
    digest = sha256(data).hexdigest()
    yield f"{name}: {len(data):,} bytes, sha256 {_code(digest)}"
    text = readable_text(data)
    if text:
        yield ""
        is_cut = len(text) > QUOTED_CHARS_MAX
        yield from _fenced(
            text[:QUOTED_CHARS_MAX], "json" if "json" in (content_type or "") else ""
        )
        if is_cut:
            yield f"(the first {QUOTED_CHARS_MAX:,} characters)"


def _fenced(text: str, language: str) -> Iterator[str]:
    """Yield a code block whose fence does not occur in it."""
    fence = "```"
    while fence in text:
        fence += "`"
    yield f"{fence}{language}"
    yield text.removesuffix("\n")
    yield fence


def _code(value: str) -> str:
    """Return ``value`` as code on one line, whatever backticks are in it."""
    shown = one_line(value)
    fence = "`"
    while fence in shown:
        fence += "`"
    padding = " " if shown.startswith("`") or shown.endswith("`") or not shown else ""
    return f"{fence}{padding}{shown}{padding}{fence}"
