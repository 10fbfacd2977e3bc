"""Placeholders: what in a request is filled in at the moment of sending. Pure.

    {{uuid}}        a random id, one for the whole send
    {{now}}         the time of the send, UTC, e.g. 2026-11-25T12:00:00Z
    {{env.NAME}}    an environment variable
    {{file:PATH}}   the bytes of a file; relative paths begin where the preset is
    {{name}}        a variable that the preset declares

They stand in any member and in a body that is text. Bodies in the wild hold double braces for
reasons of their own (Jinja templates), so only these exact spellings are taken, without a space,
and a name only if it is declared. Everything else stays as it was typed. What is filled in is not
looked through again. It is put there as it is, but for one place: within a string of a JSON body
it is spelt as JSON spells it there, so that a quote or a new line in it ends no string.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import UTC
from enum import Enum
from typing import TYPE_CHECKING, Protocol, assert_never

from tui.domain.errors import RequestInvalid, StorageFailed
from tui.domain.fields import TEXT_FIELDS
from tui.domain.placeholder_places import PLACEHOLDER, escaped, has_json_strings, places_in
from tui.domain.requests import FileBody, InlineBody

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime
    from pathlib import Path

    from tui.domain.presets import Preset, Variable
    from tui.domain.requests import InvocationRequest, RequestBody

REFUSED_VARIABLES = frozenset(
    {
        "AWS_SECRET_ACCESS_KEY",
        "AWS_SESSION_TOKEN",
        "AWS_SECURITY_TOKEN",
        "AWS_CONTAINER_AUTHORIZATION_TOKEN",
        "AWS_BEARER_TOKEN_BEDROCK",
    }
)
"""Credentials: what is sent is kept in the history, and no credential may be."""


class Kind(Enum):
    """What a placeholder stands for."""

    UUID = "uuid"
    NOW = "now"
    ENV = "env"
    FILE = "file"
    VARIABLE = "variable"


@dataclass(frozen=True, slots=True, kw_only=True)
class Placeholder:
    """One that would be filled in."""

    kind: Kind
    text: str
    """As it was typed, braces and all."""
    name: str = ""
    """Of the environment variable, file or variable."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filling:
    """That a request's placeholders are to be filled in, and with what; see `filling_of`."""

    variables: Mapping[str, str] = field(default_factory=dict[str, str])
    """Name to value; a name that is not here is not taken for a placeholder."""
    folder: Path | None = None
    """Where relative files are; None when there is no such place, for a request never saved."""


class Surroundings(Protocol):
    """What filling in takes from the machine; one for each send."""

    @property
    def now(self) -> datetime:
        """The time of the send; aware."""
        ...

    @property
    def uuid(self) -> str:
        """The id of the send."""
        ...

    @property
    def environ(self) -> Mapping[str, str]:
        """The environment."""
        ...

    def read_file(self, path: str, folder: Path | None) -> bytes:
        """Return what a file holds.

        Raises:
            StorageFailed: it cannot be read, or may not be sent.
        """
        ...


def placeholders_in(preset: Preset) -> tuple[Placeholder, ...]:
    """Return what would be filled in, each spelling once, in the order of members."""
    if not preset.has_placeholders:
        return ()
    declared = {variable.name for variable in preset.variables}
    found = (
        each
        for text in _texts(preset.request)
        for match in re.finditer(PLACEHOLDER, text)
        if (each := _placeholder(match))
        and (each.kind is not Kind.VARIABLE or each.name in declared)
    )
    return tuple(dict.fromkeys(found))


def wanted_variables(preset: Preset) -> tuple[Variable, ...]:
    """Return the declared variables that the request uses: what to ask for before sending."""
    used = {each.name for each in placeholders_in(preset) if each.kind is Kind.VARIABLE}
    return tuple(variable for variable in preset.variables if variable.name in used)


def filling_of(preset: Preset, folder: Path | None, answers: Mapping[str, str]) -> Filling | None:
    """Say how a preset is to be filled in; None when it is to be sent as it stands.

    Args:
        preset: what is sent.
        folder: where the preset's file is, or would be.
        answers: variable to what the user answered; the default stands in for a missing one.

    Raises:
        RequestInvalid: a variable in use has neither.
    """
    filling = filling_so_far(preset, folder, answers)
    if filling is None:
        return None
    missing = [each.name for each in wanted_variables(preset) if each.name not in filling.variables]
    if missing:
        raise RequestInvalid(
            summary=f"Nothing was sent: no value for {_joined(missing)}",
            hint="Give the variable a value, or a default in the preset.",
        )
    return filling


def filling_so_far(
    preset: Preset, folder: Path | None, answers: Mapping[str, str]
) -> Filling | None:
    """Say how a preset would be filled in now; a variable without a value stays as it stands."""
    if not preset.has_placeholders:
        return None
    defaults = {each.name: each.default for each in preset.variables if each.default is not None}
    declared = {variable.name for variable in preset.variables}
    values = {**defaults, **answers}
    return Filling(
        variables={name: value for name, value in values.items() if name in declared},
        folder=folder,
    )


def fill(
    request: InvocationRequest, filling: Filling, surroundings: Surroundings
) -> InvocationRequest:
    """Return ``request`` with every placeholder filled in; without any, ``request`` itself.

    Raises:
        RequestInvalid: one or more cannot be; all of them are told.
    """
    filler = _Filler(filling, surroundings)
    members = {
        name: filled for name, value in _members(request) if (filled := filler.text(value)) != value
    }
    content_type = members.get("content_type", request.content_type)
    body = filler.body(request.body, content_type or "")
    if filler.problems:
        raise RequestInvalid(
            summary=f"Nothing was sent: {'; '.join(dict.fromkeys(filler.problems))}",
            hint="Mend the placeholder, or switch placeholders off to send all as it stands.",
        )
    if not members and body == request.body:
        return request
    return replace(request, body=body, **members)


class _Filler:
    """Fills texts one after another and collects what is wrong."""

    def __init__(self, filling: Filling, surroundings: Surroundings) -> None:
        self.problems: list[str] = []
        self._filling = filling
        self._surroundings = surroundings

    def text(self, value: str) -> str:
        """Fill in one member."""
        return re.sub(PLACEHOLDER, self._text_for, value)

    def body(self, body: RequestBody, content_type: str) -> RequestBody:
        """Fill in a body that is text; any other, and a file, is sent as it is."""
        match body:
            case InlineBody(data=data) if _is_text(data):
                return InlineBody(data=self._filled(data, content_type))
            case InlineBody() | FileBody():
                return body
            case _:
                assert_never(body)

    def _filled(self, data: bytes, content_type: str) -> bytes:
        text, last = data.decode(), 0
        pieces: list[bytes] = []
        as_json = has_json_strings(data, content_type)
        for match, in_string in places_in(text, as_json=as_json):
            value = self._value(placeholder := _placeholder(match))
            if value is not None and in_string and (value := escaped(value)) is None:
                words = f"{placeholder.text} is not text; no string of JSON can hold it"
                self.problems.append(words)
            if value is not None:
                pieces += (text[last : match.start()].encode(), value)
                last = match.end()
        return b"".join((*pieces, text[last:].encode()))

    def _text_for(self, match: re.Match[str]) -> str:
        placeholder = _placeholder(match)
        value = self._value(placeholder)
        try:
            return placeholder.text if value is None else value.decode()
        except UnicodeDecodeError:
            self.problems.append(f"{placeholder.text} is not text; only a body can hold it")
            return placeholder.text

    def _value(self, placeholder: Placeholder) -> bytes | None:
        """Return what stands for a placeholder; None leaves it as it is."""
        match placeholder.kind:
            case Kind.UUID:
                return self._surroundings.uuid.encode()
            case Kind.NOW:
                return spelled(self._surroundings.now).encode()
            case Kind.ENV:
                return self._variable_of_environment(placeholder.name)
            case Kind.FILE:
                return self._file(placeholder.name)
            case Kind.VARIABLE:
                value = self._filling.variables.get(placeholder.name)
                return None if value is None else value.encode("utf-8", "surrogatepass")
            case _:
                assert_never(placeholder.kind)

    def _variable_of_environment(self, name: str) -> bytes | None:
        if name.upper() in REFUSED_VARIABLES:
            self.problems.append(f"{name} is a credential, and what is sent is kept in the history")
            return None
        value = self._surroundings.environ.get(name)
        if value is None:
            self.problems.append(f"there is no environment variable {name}")
            return None
        # A variable of bytes that are no text comes from `os.environ` with surrogates in it.
        return value.encode("utf-8", "surrogateescape")

    def _file(self, path: str) -> bytes | None:
        try:
            return self._surroundings.read_file(path, self._filling.folder)
        except StorageFailed as error:
            self.problems.append(error.summary)
            return None


def spelled(moment: datetime) -> str:
    """Spell a time as ``{{now}}`` does: UTC, whole seconds, ISO 8601."""
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def _members(request: InvocationRequest) -> Iterator[tuple[str, str]]:
    """Yield (attribute, value) for every member of text that is sent."""
    for each in TEXT_FIELDS:
        value: str | None = getattr(request, each.attribute)
        if value is not None:
            yield each.attribute, value


def _texts(request: InvocationRequest) -> Iterator[str]:
    yield from (value for _, value in _members(request))
    if isinstance(request.body, InlineBody) and _is_text(request.body.data):
        yield request.body.data.decode()


def _is_text(data: bytes) -> bool:
    # Most bodies hold no placeholder; finding that out first spares large ones the decoding.
    if b"{{" not in data:
        return False
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


def _placeholder(match: re.Match[str]) -> Placeholder:
    found = match.groupdict()
    for kind in (Kind.ENV, Kind.FILE, Kind.VARIABLE):
        if (name := found[kind.value]) is not None:
            return Placeholder(kind=kind, text=match.group(), name=name)
    return Placeholder(kind=Kind(found["known"]), text=match.group())


def _joined(names: list[str]) -> str:
    return ", ".join(f"{{{{{name}}}}}" for name in names)
