"""What crosses the socket: requests as received, answers as sent, errors as AWS means them.

Every plane of the local SageMaker takes a `ReceivedRequest` and gives an `Answer`. Sockets belong
to `server`, meaning belongs to the planes; neither belongs here.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias, TypeGuard

from tui.demo.account import DEFAULT_REGION

JsonValue: TypeAlias = (
    "str | int | float | bool | Sequence[JsonValue] | Mapping[str, JsonValue] | None"
)
Document: TypeAlias = Mapping[str, JsonValue]

_CREDENTIAL_SCOPE = re.compile(r"Credential=[^/,]*/\d{8}/([a-z0-9-]{1,32})/[a-z0-9-]+/aws4_request")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceivedRequest:
    """One HTTP request, whole."""

    id: str
    """What the answer's ``x-amzn-RequestId`` says."""
    method: str
    path: str
    """Still percent-encoded, without the query."""
    query: str = ""
    """Still percent-encoded, without the question mark."""
    headers: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    """(name, value) pairs as they came; bytes above ASCII are read as Latin-1."""
    body: bytes = field(default=b"", repr=False)

    def header(self, name: str) -> str | None:
        """Return the first value of a header, its name in any case."""
        wanted = name.lower()
        return next((value for key, value in self.headers if key.lower() == wanted), None)

    @property
    def region(self) -> str:
        """The region that the client signed for."""
        scope = _CREDENTIAL_SCOPE.search(self.header("authorization") or "")
        return scope.group(1) if scope else DEFAULT_REGION


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """One HTTP response."""

    status: int = 200
    content_type: str
    body: bytes = field(repr=False)
    headers: tuple[tuple[str, str], ...] = ()
    """Beyond Content-Type, Content-Length, Date and the request id, which the server adds."""
    cut_after_bytes: int | None = None
    """Close the connection after so many bytes of the body, although more were announced."""


@dataclass(frozen=True, slots=True)
class Reset:
    """No response at all: the connection is reset."""


Answer: TypeAlias = Reply | Reset


class AwsError(Exception):
    """A refusal that the client sees, in AWS's words; each plane spells it its own way.

    Not part of the program's own error tree: it never leaves the demo except as bytes.
    """

    def __init__(
        self, code: str, message: str, *, status: int = 400, extra: Document | None = None
    ) -> None:
        super().__init__(f"{code}: {message}")
        self.code = code
        self.message = message
        self.status = status
        self.extra: Document = extra or {}


def to_json(document: JsonValue) -> bytes:
    r"""Serialise as AWS does: compact, UTF-8; a lone surrogate is escaped (``\\ud800``)."""
    text = json.dumps(document, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    return text.encode("utf-8", "backslashreplace")


def parse_json(body: bytes) -> object:
    """Read JSON from outside.

    Raises:
        ValueError: it is none, or nested too deeply to be read.
    """
    try:
        return json.loads(body)
    except RecursionError as error:
        raise ValueError("nested too deeply") from error


def is_json_object(value: object) -> TypeGuard[dict[str, object]]:
    """Whether parsed JSON is an object; its keys then are strings."""
    return isinstance(value, dict)


def is_json_list(value: object) -> TypeGuard[list[object]]:
    """Whether parsed JSON is an array."""
    return isinstance(value, list)


def is_json_number(value: object) -> TypeGuard[int | float]:
    """Whether parsed JSON is a number; true and false are none."""
    return isinstance(value, int | float) and not isinstance(value, bool)
