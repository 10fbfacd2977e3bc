"""What must not be handed on, out of everything that a bundle is made from.

First it is found out what the secrets are: the values at the JSON paths, the custom attributes, the
session ids, the account ids. Then each is replaced wherever it occurs, in bodies, headers, errors
and descriptions, since a container may repeat in its answer what it was sent. Short values are
replaced only where they stand; elsewhere they are words like any other.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING

from tui.domain.errors import ExplorerError
from tui.domain.exchanges import InvocationResult, Stopped
from tui.domain.fields import TEXT_FIELDS
from tui.domain.http import HttpRequest
from tui.interchange.bundle_subject import REQUEST_BODY, RESPONSE_BODY
from tui.interchange.json_places import parse_path, replaced, scalars_in, spans_at

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from tui.domain.bundles import Masking
    from tui.domain.exchanges import Exchange, Outcome
    from tui.domain.http import Headers, HttpReply
    from tui.interchange.bundle_subject import BundleSubject
    from tui.interchange.json_places import Path
    from tui.interchange.sources import Source

MASK = "***"
MASKED_SESSION = "masked"
"""A session id may hold letters, digits and hyphens only."""
MASKED_ACCOUNT = "111122223333"
"""The account of AWS's own examples: it can stand wherever an account id can."""
SECRET_CHARS_MIN = 8
"""A shorter value is replaced where it stands, but not wherever it occurs."""

_NEW_SESSION = "NEW_SESSION"
_ATTRIBUTE_HEADERS = frozenset({"x-amzn-sagemaker-custom-attributes"})
_SESSION_HEADERS = frozenset(
    {
        "x-amzn-sagemaker-session-id",
        "x-amzn-sagemaker-new-session-id",
        "x-amzn-sagemaker-closed-session-id",
    }
)
_COLON = rb"(?::|%3[Aa])"
_ARN = re.compile(
    rb"\barn" + _COLON + rb"aws[a-z-]*" + _COLON + rb"""(?:\\/|[^\s"'\\,<>()\[\]{}\x80-\xff])*"""
)
_ACCOUNT = re.compile(
    rb"\barn%b[a-z-]+%b[a-z0-9-]*%b[a-z0-9-]*%b(\d{12})(?!\d)" % ((_COLON,) * 4)
    + rb"|(?<!\d)(\d{12})(?=\.dkr\.ecr\.)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Masker:
    """Replaces what is not to be seen."""

    masking: Masking
    paths: tuple[Path, ...]
    literals: re.Pattern[bytes] | None
    accounts: re.Pattern[bytes] | None

    def body(self, data: bytes) -> bytes:
        if self.paths:
            data = replaced(data, spans_at(data, self.paths), json.dumps(MASK).encode())
        return self.bytes(data)

    def bytes(self, data: bytes) -> bytes:
        if self.literals is not None:
            data = self.literals.sub(MASK.encode(), data)
        if self.masking.arns:
            data = _ARN.sub(b"arn:" + MASK.encode(), data)
        if self.accounts is not None:
            data = self.accounts.sub(MASKED_ACCOUNT.encode(), data)
        return data

    def text(self, text: str) -> str:
        return self.bytes(text.encode("utf-8", "surrogatepass")).decode("utf-8", "surrogatepass")

    def headers(self, headers: Headers) -> Headers:
        return tuple(
            (self.text(name), self._header(name.lower(), value)) for name, value in headers
        )

    def _header(self, name: str, value: str) -> str:
        if self.masking.custom_attributes and name in _ATTRIBUTE_HEADERS:
            return MASK
        if self.masking.session_ids and name in _SESSION_HEADERS and value != _NEW_SESSION:
            return MASKED_SESSION
        # Header bytes come as latin-1; what a secret is in UTF-8 is found in both spellings.
        try:
            as_bytes = value.encode("latin-1")
        except UnicodeEncodeError:
            return self.text(value)
        return self.text(self.bytes(as_bytes).decode("latin-1"))

    def member(self, attribute: str, value: str) -> str:
        if self.masking.custom_attributes and attribute == "custom_attributes":
            return MASK
        if self.masking.session_ids and attribute == "session_id" and value != _NEW_SESSION:
            return MASKED_SESSION
        return self.text(value)


def masked(subject: BundleSubject, masking: Masking) -> BundleSubject:
    """Return ``subject`` without what ``masking`` keeps out.

    Raises:
        RequestInvalid: one of the paths is none.
    """
    masker = _masker(subject, masking)
    source = _masked_source(subject.source, masker)
    documents = tuple(replace(each, body=masker.bytes(each.body)) for each in subject.documents)
    return replace(
        subject,
        source=source,
        account=subject.account and masker.text(subject.account),
        documents=documents,
        masking=masking,
        masked=tuple(_altered(subject.source, source)),
    )


def unmatched_paths(subject: BundleSubject, masking: Masking) -> tuple[str, ...]:
    """Return the JSON paths that lead to nothing in either body: most are misspelt.

    Raises:
        RequestInvalid: one of them is no path.
    """
    bodies = (subject.source.body, _answer(subject.source))
    return tuple(
        spelt
        for spelt in masking.json_paths
        if not any(spans_at(body, (parse_path(spelt),)) for body in bodies)
    )


def _altered(before: Source, after: Source) -> Iterator[str]:
    if before.body != after.body:
        yield REQUEST_BODY
    if _answer(before) != _answer(after):
        yield RESPONSE_BODY


def _answer(source: Source) -> bytes:
    reply = source.exchange.reply if source.exchange else None
    return reply.body if reply else b""


# What is secret


def _masker(subject: BundleSubject, masking: Masking) -> _Masker:
    paths = tuple(map(parse_path, masking.json_paths))
    secrets = {secret for secret in _secrets(subject, masking, paths) if _is_long(secret)}
    spelt = {spelling for secret in secrets for spelling in _spellings(secret)}
    accounts = set(_accounts(subject)) if masking.account_ids else set[bytes]()
    return _Masker(
        masking=masking,
        paths=paths,
        literals=_any_of(spelt),
        accounts=_any_of(accounts, before=rb"(?<!\d)", after=rb"(?!\d)"),
    )


def _any_of(
    words: Iterable[bytes], *, before: bytes = b"", after: bytes = b""
) -> re.Pattern[bytes] | None:
    longest_first = sorted(words, key=lambda word: (-len(word), word))
    if not longest_first:
        return None
    return re.compile(before + b"(?:" + b"|".join(map(re.escape, longest_first)) + b")" + after)


def _is_long(secret: bytes) -> bool:
    return len(secret) >= SECRET_CHARS_MIN


def _secrets(subject: BundleSubject, masking: Masking, paths: tuple[Path, ...]) -> Iterator[bytes]:
    source, reply = subject.source, _reply(subject.source)
    if masking.custom_attributes:
        for value in (source.request.custom_attributes, reply and reply.custom_attributes):
            yield from _parts(value or "")
    if masking.session_ids:
        ids = (source.request.session_id, reply and reply.new_session_id)
        for value in (*ids, reply and reply.closed_session_id):
            if value and value != _NEW_SESSION:
                yield from (_encoded(value), _encoded(value.partition(";")[0].strip()))
    if paths:
        yield from _at_paths(source.body, paths)
        yield from _at_paths(reply.body if reply else b"", paths)


def _parts(attributes: str) -> Iterator[bytes]:
    """Yield custom attributes as a whole, and the values of ``name=value`` in them."""
    yield _encoded(attributes)
    for part in re.split(r"[,;&\s]", attributes):
        yield _encoded(part.partition("=")[2])


def _at_paths(body: bytes, paths: tuple[Path, ...]) -> Iterator[bytes]:
    for begin, end in spans_at(body, paths):
        for raw, said in scalars_in(body[begin:end]):
            yield raw
            yield _encoded(said)


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _spellings(secret: bytes) -> Iterator[bytes]:
    """Yield a secret as it is, and as it is spelt inside JSON, and inside JSON inside JSON."""
    yield secret
    text = secret.decode("utf-8", "surrogateescape")
    for ensure_ascii in (True, False):
        once = json.dumps(text, ensure_ascii=ensure_ascii)[1:-1]
        twice = json.dumps(once, ensure_ascii=ensure_ascii)[1:-1]
        for spelling in (once, twice):
            yield spelling.encode("utf-8", "surrogateescape")


def _accounts(subject: BundleSubject) -> Iterator[bytes]:
    """Yield the known account, and those that ARNs and image addresses name."""
    if subject.account:
        yield subject.account.encode("ascii", "ignore")
    for text in _everything(subject):
        for found in _ACCOUNT.finditer(text):
            yield found[1] or found[2]


def _everything(subject: BundleSubject) -> Iterator[bytes]:
    source, reply = subject.source, _reply(subject.source)
    yield source.body
    yield from (_encoded(value) for _, value in source.members())
    yield from (document.body for document in subject.documents)
    if reply is not None:
        yield reply.body
        yield from (_encoded(value) for _, value in reply.headers)
    if source.exchange is not None and isinstance(source.exchange.outcome, ExplorerError):
        yield from (_encoded(value) for value in _texts(source.exchange.outcome).values())


# Everything that it may stand in


def _masked_source(source: Source, masker: _Masker) -> Source:
    members = {
        each.attribute: masker.member(each.attribute, value) for each, value in source.members()
    }
    assert set(members) <= {each.attribute for each in TEXT_FIELDS}  # noqa: S101 - the body is apart
    destination = source.destination
    return replace(
        source,
        request=replace(source.request, **members),
        body=masker.body(source.body),
        destination=replace(
            destination,
            endpoint_url=destination.endpoint_url and masker.text(destination.endpoint_url),
        ),
        signed=_masked_signed(source.signed, masker),
        exchange=source.exchange and _masked_exchange(source.exchange, members, masker),
    )


def _masked_signed(
    signed: HttpRequest | ExplorerError | None, masker: _Masker
) -> HttpRequest | ExplorerError | None:
    match signed:
        case HttpRequest(url=url, headers=headers, body=body):
            return replace(
                signed,
                url=masker.text(url),
                headers=masker.headers(headers),
                body=masker.body(body),
            )
        case ExplorerError():
            return _masked_error(signed, masker)
        case None:
            return None


def _masked_exchange(exchange: Exchange, members: Mapping[str, str], masker: _Masker) -> Exchange:
    return replace(
        exchange,
        request=replace(exchange.request, **members),
        sent_body=masker.body(exchange.sent_body),
        outcome=_masked_outcome(exchange.outcome, masker),
    )


def _masked_outcome(outcome: Outcome, masker: _Masker) -> Outcome:
    match outcome:
        case InvocationResult(reply=reply):
            return replace(outcome, reply=_masked_reply(reply, masker))
        case Stopped():
            return outcome
        case ExplorerError():
            return _masked_error(outcome, masker)


def _masked_error(error: ExplorerError, masker: _Masker) -> ExplorerError:
    texts = {name: masker.text(value) for name, value in _texts(error).items()}
    return replace(error, **texts, reply=error.reply and _masked_reply(error.reply, masker))


def _texts(error: ExplorerError) -> dict[str, str]:
    """Return whatever an error says, by the names of its fields."""
    values = {each.name: getattr(error, each.name) for each in fields(error)}
    return {name: value for name, value in values.items() if isinstance(value, str)}


def _masked_reply(reply: HttpReply, masker: _Masker) -> HttpReply:
    return replace(
        reply,
        reason=masker.text(reply.reason),
        headers=masker.headers(reply.headers),
        body=masker.body(reply.body),
    )


def _reply(source: Source) -> HttpReply | None:
    return source.exchange.reply if source.exchange else None
