"""What a headless command says while it works, and of how that went: on standard error.

Progress and facts are for somebody who looks on, so they are written to a terminal only. What
failed is written anywhere; on a terminal, what came from outside is made safe to draw first.
"""

from __future__ import annotations

import asyncio
import os
import sys
from contextlib import asynccontextmanager, suppress
from time import monotonic
from typing import TYPE_CHECKING

from tui.body.sanitise import sanitise, sanitise_block
from tui.cli.printing import is_terminal, write
from tui.domain.errors import ModelFailed

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from tui.domain.errors import ExplorerError
    from tui.domain.exchanges import Exchange
    from tui.domain.http import HttpReply, HttpRequest

_PATIENCE_S = 1.0
"""Nobody is told that he waits before he does."""
_CLEAR_LINE = "\r\x1b[K"


def tell(*lines: str) -> None:
    """Write lines to standard error; empty ones are left out.

    Raises:
        BrokenPipeError: the reader has left.
        StorageFailed: standard error is a file that cannot be written.
    """
    text = "".join(f"{line}\n" for line in lines if line)
    write(sys.stderr, sanitise_block(text) if is_terminal(sys.stderr) else text)


def note(*lines: str) -> None:
    """Write lines where somebody looks on, and nowhere else."""
    if is_terminal(sys.stderr):
        tell(*lines)


@asynccontextmanager
async def waiting_for(what: str) -> AsyncGenerator[None]:
    """Show on a terminal how long the wait takes; leave no trace of it."""
    if not is_terminal(sys.stderr) or os.environ.get("TERM") == "dumb":
        yield
        return
    ticking = asyncio.ensure_future(_tick(sanitise(what)))
    try:
        yield
    finally:
        ticking.cancel()
        with suppress(asyncio.CancelledError):
            await ticking


async def _tick(what: str) -> None:
    begun = monotonic()
    await asyncio.sleep(_PATIENCE_S)
    try:
        while True:
            seconds = round(monotonic() - begun)
            write(sys.stderr, f"{_CLEAR_LINE}Waiting for {what}: {seconds} s (ctrl+c stops)")
            await asyncio.sleep(_PATIENCE_S)
    finally:
        write(sys.stderr, _CLEAR_LINE)


def failure_lines(error: ExplorerError, operation: str) -> tuple[str, ...]:
    """Say what failed: AWS's words as the AWS CLI quotes them, or ours, and what to do next.

    Args:
        error: what failed.
        operation: what was asked for, as AWS names it, e.g. ``InvokeEndpoint``.
    """
    if error.service_message is None:
        return (f"sagescope: {error.summary}", error.hint)
    said = (
        f"An error occurred ({error.code or 'Unknown'}) when calling the "
        f"{error.operation or operation} operation: {error.service_message}"
    )
    return (said, *_model_lines(error), error.hint)


def _model_lines(error: ExplorerError) -> tuple[str, ...]:
    """Say what is special in a ModelError, by the names of its members."""
    if not isinstance(error, ModelFailed):
        return ()
    status = error.original_status_code
    return (
        f"OriginalStatusCode: {status}" if status is not None else "",
        f"OriginalMessage: {error.original_message}" if error.original_message else "",
        f"LogStreamArn: {error.log_stream_arn}" if error.log_stream_arn else "",
    )


def reply_lines(reply: HttpReply, mark: str = "") -> tuple[str, ...]:
    """Return the status line and the headers as they came, each behind ``mark``."""
    headers = (f"{mark}{name}: {value}" for name, value in reply.headers)
    return (f"{mark}HTTP/1.1 {reply.status} {reply.reason}".rstrip(), *headers)


def request_lines(request: HttpRequest, mark: str) -> tuple[str, ...]:
    """Return the request line's parts and the headers, each behind ``mark``."""
    headers = (f"{mark}{name}: {value}" for name, value in request.headers)
    return (f"{mark}{request.method} {request.url}", *headers, f"{mark}{len(request.body):,} bytes")


def note_facts(exchange: Exchange) -> None:
    """Say at a glance how a send went, where somebody looks on."""
    if not is_terminal(sys.stderr):
        return
    # Pure words, those of the program's facts strip.
    from tui.widgets.outcome_words import facts

    tell(" · ".join(fact.text for fact in facts(exchange)))
