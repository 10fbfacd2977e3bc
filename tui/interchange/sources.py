"""What a text in another tool's language is made from.

The same request can be on its way (what is in the form) or behind us (an exchange); the writers
need to know neither where it is kept nor how it was sent.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tui.domain.errors import ExplorerError, RequestInvalid
from tui.domain.fields import TEXT_FIELDS
from tui.domain.requests import FileBody

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tui.domain.exchanges import Exchange
    from tui.domain.fields import Field
    from tui.domain.http import HttpRequest
    from tui.domain.requests import InvocationRequest


@dataclass(frozen=True, slots=True, kw_only=True)
class Destination:
    """Where a request goes, in words that every AWS client understands."""

    profile: str | None = None
    region: str | None = None
    endpoint_url: str | None = None
    read_timeout_s: float = 70.0
    credentials: tuple[str, str] | None = field(default=None, repr=False)
    """(access key id, secret) of the embedded demo, which are no secrets; None anywhere else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A request that is to be written in another tool's language."""

    request: InvocationRequest
    body: bytes = field(repr=False)
    """The bytes that were sent, or would be."""
    destination: Destination
    signed: HttpRequest | ExplorerError | None = field(default=None, repr=False)
    """What botocore would put on the wire, secrets masked, or why it cannot; some need it."""
    exchange: Exchange | None = field(default=None, repr=False)
    """What came of it, where it was sent."""
    answer_stem: str = "response-body"
    """What scripts call the file that they write the answer to, without its suffix."""

    @property
    def body_file(self) -> Path | None:
        """The file that the body is read from; None where the bytes are in the request."""
        match self.request.body:
            case FileBody(path=path):
                return path
            case _:
                return None

    def members(self) -> Iterator[tuple[Field, str]]:
        """Yield the members that are sent, but for the body, as the form orders them."""
        for member in TEXT_FIELDS:
            value: str | None = getattr(self.request, member.attribute)
            if value is not None:
                yield member, value


def check_sendable(source: Source) -> None:
    """Refuse what no HTTP header can hold, since no tool could send it.

    Raises:
        RequestInvalid: a member holds a line break, a NUL or half a character.
    """
    for member, value in source.members():
        if not is_sendable(value):
            raise RequestInvalid(
                summary=f"{member.api_name} holds a character that no request can carry",
                hint="Mend it in the form; no tool could send it.",
            )


def is_sendable(value: str) -> bool:
    """Whether a header can hold ``value``."""
    if any(char in value for char in "\r\n\0"):
        return False
    return not any("\ud800" <= char <= "\udfff" for char in value)


_EXTENSIONS = {
    "application/json": "json",
    "application/jsonlines": "jsonl",
    "application/x-ndjson": "jsonl",
    "text/csv": "csv",
    "text/plain": "txt",
    "text/html": "html",
    "text/libsvm": "libsvm",
    "application/x-npy": "npy",
    "application/x-npz": "npz",
    "image/png": "png",
    "image/jpeg": "jpg",
    "audio/wav": "wav",
}


def file_name(stem: str, content_type: str | None) -> str:
    """Return a name for a body, such as ``request-body.json``."""
    media_type = (content_type or "").partition(";")[0].strip().lower()
    return f"{stem}.{_EXTENSIONS.get(media_type, 'bin')}"


def answer_file(source: Source) -> str:
    """Return the name for the answer's body."""
    reply = source.exchange.reply if source.exchange else None
    return file_name(source.answer_stem, reply.content_type if reply else source.request.accept)
