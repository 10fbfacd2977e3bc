"""How a send went, in words: the facts strip and the lines above a failure's body. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, assert_never

from tui.domain.errors import (
    AccessDenied,
    ConnectionInvalid,
    CredentialsMissing,
    EndpointNotFound,
    EndpointUnavailable,
    ExplorerError,
    ModelFailed,
    NetworkFailed,
    RequestInvalid,
    StorageFailed,
    Throttled,
)
from tui.domain.exchanges import InvocationResult, Stopped

if TYPE_CHECKING:
    from tui.domain.exchanges import Exchange
    from tui.domain.http import HttpReply

_KINDS: dict[type[ExplorerError], str] = {
    CredentialsMissing: "No credentials",
    AccessDenied: "Access denied",
    EndpointNotFound: "No such endpoint",
    RequestInvalid: "Request refused",
    ModelFailed: "Model error",
    EndpointUnavailable: "Endpoint unavailable",
    Throttled: "Throttled",
    NetworkFailed: "Network failure",
    ConnectionInvalid: "Connection cannot be used",
    StorageFailed: "File problem",
}

_ID_CHARACTERS = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One item of the facts strip, unsanitised."""

    text: str
    look: str = ""
    """Style of the text; empty for the strip's own."""
    short: str = ""
    """Said where there is no room for the text, which stands among the headers; or empty."""


def duration_words(duration_s: float) -> str:
    """Say a duration: ``12.3 ms``, ``842 ms``, ``3.21 s``, ``72.0 s``."""
    if duration_s < 0.1:
        return f"{duration_s * 1000:.1f} ms"
    if duration_s < 1:
        return f"{duration_s * 1000:.0f} ms"
    return f"{duration_s:.2f} s" if duration_s < 10 else f"{duration_s:.1f} s"


def size_words(size_bytes: int) -> str:
    """Say a size with SI units: ``148 B``, ``25.0 kB``, ``6.29 MB``."""
    if size_bytes < 1000:
        return f"{size_bytes} B"
    if size_bytes < 1_000_000:
        return f"{size_bytes / 1000:.1f} kB"
    return f"{size_bytes / 1_000_000:.2f} MB"


def failure_kind(error: ExplorerError) -> str:
    """Name the kind of failure in two or three words."""
    return next((words for kind, words in _KINDS.items() if isinstance(error, kind)), "Failure")


def facts(exchange: Exchange) -> tuple[Fact, ...]:
    """List what is worth knowing at a glance, most important first."""
    found = [
        *_verdict(exchange),
        *_variant(exchange.reply),
        Fact(text=duration_words(exchange.duration_s)),
        *_size(exchange.reply),
        Fact(text=_attempts(exchange.attempts)),
        *_identifiers(exchange.reply),
    ]
    return tuple(found)


def _verdict(exchange: Exchange) -> list[Fact]:
    match exchange.outcome:
        case InvocationResult(reply=reply):
            return [Fact(text=_status(reply), look="bold $text-success")]
        case Stopped():
            return [Fact(text="Stopped waiting", look="bold $text-warning")]
        case ExplorerError() as error:
            verdict = _status(error.reply) if error.reply else failure_kind(error)
            return [Fact(text=verdict, look="bold $text-error"), *_code(error)]
        case _:
            assert_never(exchange.outcome)


def _code(error: ExplorerError) -> list[Fact]:
    return [Fact(text=error.code)] if error.code and not error.code.isdigit() else []


def _status(reply: HttpReply) -> str:
    return f"{reply.status} {reply.reason}".strip()


def _variant(reply: HttpReply | None) -> list[Fact]:
    name = reply.invoked_production_variant if reply else None
    return [Fact(text=name, look="bold $text-primary")] if name else []


def _size(reply: HttpReply | None) -> list[Fact]:
    return [Fact(text=size_words(len(reply.body)))] if reply else []


def _attempts(attempts: int) -> str:
    if attempts == 0:
        return "not sent"
    return "1 attempt" if attempts == 1 else f"{attempts} attempts"


def _identifiers(reply: HttpReply | None) -> list[Fact]:
    if reply is None:
        return []
    found: list[Fact] = []
    if media_type := reply.content_type:
        subtype = media_type.partition(";")[0].rpartition("/")[2].strip()
        found.append(Fact(text=media_type, short=subtype))
    if request_id := reply.request_id:
        found.append(Fact(text=f"request {request_id}", short=f"request {_cut(request_id)}"))
    return found


def _cut(request_id: str) -> str:
    """Keep as much of an id as tells two of them apart."""
    is_long = len(request_id) > _ID_CHARACTERS + 1
    return f"{request_id[:_ID_CHARACTERS]}…" if is_long else request_id


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """What went wrong and what to do, unsanitised."""

    kind: str
    """Empty where the facts begin with it already."""
    summary: str
    hint: str


def explanation(exchange: Exchange) -> Explanation | None:
    """Explain an outcome that is not an answer; None for an answer."""
    match exchange.outcome:
        case InvocationResult():
            return None
        case Stopped(attempts=0):
            return Explanation(kind="", summary="Nothing had been sent yet.", hint="")
        case Stopped():
            return Explanation(
                kind="",
                summary="The request was sent; its answer is not waited for any more.",
                hint="The model may still be running, and billing.",
            )
        case ModelFailed(original_message=message) as error if message:
            # The container's own words are the body beneath; once is enough.
            summary = error.summary.partition(": ")[0] + "."
            return Explanation(kind=failure_kind(error), summary=summary, hint=error.hint)
        case ExplorerError() as error:
            kind = failure_kind(error) if error.reply else ""
            return Explanation(kind=kind, summary=error.summary, hint=error.hint)
        case _:
            assert_never(exchange.outcome)


def shown_body(exchange: Exchange) -> tuple[bytes, str | None]:
    """Return the (bytes, content type) that the body pane shows.

    For a `ModelFailed` that is the container's own message, which is what one is after; the raw
    reply around it is what `w` writes.
    """
    error = exchange.outcome
    if isinstance(error, ModelFailed) and error.original_message:
        return error.original_message.encode("utf-8", "surrogateescape"), None
    reply = exchange.reply
    return (reply.body, reply.content_type) if reply else (b"", None)
