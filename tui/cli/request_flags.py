"""The options of ``aws sagemaker-runtime invoke-endpoint``, and the request that they make.

All of them come from `tui.domain.fields`: a new member there is a new option here.
"""

from __future__ import annotations

import json
from argparse import ArgumentTypeError
from dataclasses import replace
from typing import TYPE_CHECKING, TypeGuard

from tui.cli.flags import refuse
from tui.cli.parameters import BinaryFormat, body_value, literal_body, text_value
from tui.domain.errors import RequestInvalid
from tui.domain.fields import ANSWER_HEADERS, FIELDS, TEXT_FIELDS, field_named, problems
from tui.domain.requests import InlineBody, InvocationRequest
from tui.store.problems import unknown

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Set as AbstractSet

    from tui.cli.aws_profile import AwsProfile
    from tui.cli.data import Data
    from tui.domain.fields import Field

_BODY = "body"
_ATTRIBUTES = {field.api_name: field.attribute for field in FIELDS}
_BODY_HELP = (
    "what the container receives: text as typed, fileb://PATH for a file, - for standard input"
)
_JSON = "--cli-input-json"
_SKELETON = "--generate-cli-skeleton"
_BINARY_FORMAT = "cli_binary_format"


def add_request_flags(parser: ArgumentParser) -> None:
    """Add an option for each member, and those that give several at once."""
    members = parser.add_argument_group("the request")
    for field in FIELDS:
        members.add_argument(
            option_of(field),
            metavar=_metavar(field),
            help=_help(field),
        )
    members.add_argument(
        _JSON,
        metavar="JSON",
        help="members by their API names, or file://PATH; the options above win over them",
    )
    members.add_argument(
        "--cli-binary-format",
        metavar="FORMAT",
        type=BinaryFormat,
        choices=tuple(BinaryFormat),
        help="base64 decodes a body that is typed or read with file://, as version 2 of the AWS "
        "CLI does by itself; raw-in-base64-out, the default here, sends it as it is; a profile's "
        "cli_binary_format holds too",
    )
    refuse(members, "--cli-input-yaml", f"no YAML is read; write the members as JSON for {_JSON}")
    members.add_argument(
        _SKELETON,
        nargs="?",
        const="input",
        type=_skeleton_kind,
        metavar="KIND",
        help=f"send nothing; print JSON for {_JSON} to fill in (input), or what would be printed "
        "(output)",
    )


def option_of(field: Field) -> str:
    """Return a member's option: ``TargetVariant`` is ``--target-variant``."""
    return f"--{field.attribute.replace('_', '-')}"


def binary_format_of(arguments: Namespace, profile: AwsProfile) -> BinaryFormat | None:
    """Return how a typed body is to be read; None where neither flag nor profile say it.

    Raises:
        RequestInvalid: the profile names a format that there is not.
        ConnectionInvalid: the profile cannot be read.
    """
    chosen: BinaryFormat | None = arguments.cli_binary_format
    named = profile.get(_BINARY_FORMAT) if chosen is None else None
    if named is None:
        return chosen
    try:
        return BinaryFormat(named)
    except ValueError as error:
        raise RequestInvalid(
            summary=f"{_BINARY_FORMAT} in the AWS configuration: there is no {named!r}: "
            f"choose {' or '.join(BinaryFormat)}",
            hint="--cli-binary-format wins over it.",
        ) from error


def read_request(arguments: Namespace, binary_format: BinaryFormat | None) -> InvocationRequest:
    """Return the request that was asked for; reads files, and standard input for the body.

    Args:
        arguments: what `add_request_flags` took.
        binary_format: how a body on the command line is to be read.

    Raises:
        RequestInvalid: a file cannot be read, JSON is no JSON, or a required member is missing.
    """
    members = _from_json(arguments.cli_input_json)
    encoded_body = members.pop(_BODY, None)
    for field in TEXT_FIELDS:
        value: str | None = getattr(arguments, field.attribute)
        if value is not None:
            members[field.attribute] = text_value(option_of(field), value)
    typed_body: str | None = arguments.body
    if "endpoint_name" not in members or (typed_body is None and encoded_body is None):
        given = members.keys() | ({_BODY} if typed_body is not None else set[str]())
        raise _incomplete(given)
    if typed_body is not None:
        body = body_value("--body", typed_body, binary_format)
    else:
        body = literal_body(_JSON, encoded_body or "", binary_format)
    return replace(InvocationRequest(body=InlineBody(data=body)), **members)


def broken_rules(request: InvocationRequest) -> tuple[str, ...]:
    """Say which rules of the service model the request breaks; it can be sent all the same."""
    values = {field.attribute: getattr(request, field.attribute) for field in TEXT_FIELDS}
    given: dict[str, str] = {name: value for name, value in values.items() if value is not None}
    return tuple(f"{field_named(name).api_name}: {rule}" for name, rule in problems(given).items())


def skeleton(kind: str) -> Data:
    """Return JSON as ``--generate-cli-skeleton`` prints it.

    Args:
        kind: ``input`` for members to fill in, ``output`` for what would be printed.
    """
    if kind == "output":
        return dict.fromkeys(ANSWER_HEADERS, "")
    return {field.api_name: None if field.attribute == _BODY else "" for field in FIELDS}


def _skeleton_kind(text: str) -> str:
    if text in ("input", "output"):
        return text
    rule = f"no {text} is written, but input and output, which are JSON"
    raise ArgumentTypeError(rule)


def _incomplete(given: AbstractSet[str]) -> RequestInvalid:
    missing = [
        option_of(field) for field in FIELDS if field.is_required and field.attribute not in given
    ]
    return RequestInvalid(
        summary=f"the following arguments are required: {', '.join(missing)}",
        hint=f"Or give the members with {_JSON}.",
    )


def _from_json(value: str | None) -> dict[str, str]:
    """Return attribute to text for the members in ``--cli-input-json``; null leaves one out."""
    if value is None:
        return {}
    text = text_value(_JSON, value)
    try:
        content: object = json.loads(text)
    except ValueError as error:
        raise RequestInvalid(
            summary=f"{_JSON}: Invalid JSON: {error}",
            hint=_see_skeleton(),
        ) from error
    if not _is_shape(content):
        raise RequestInvalid(summary=f"{_JSON} must be one JSON object", hint=_see_skeleton())
    given = {name: each for name, each in content.items() if each is not None}
    return dict(_member(name, each) for name, each in given.items())


def _member(name: str, value: object) -> tuple[str, str]:
    attribute = _ATTRIBUTES.get(name)
    if attribute is None:
        raise RequestInvalid(
            summary=f"Unknown parameter in {_JSON}: {name}; {unknown('member', name, _ATTRIBUTES)}",
            hint=_see_skeleton(),
        )
    if not isinstance(value, str):
        raise RequestInvalid(
            summary=f"Invalid type for parameter {name} in {_JSON}: it must be a string",
            hint=_see_skeleton(),
        )
    return attribute, value


def _see_skeleton() -> str:
    return f"{_SKELETON} prints JSON to fill in."


def _is_shape(content: object) -> TypeGuard[dict[str, object]]:
    return isinstance(content, dict)


def _help(field: Field) -> str:
    words = _BODY_HELP if field.attribute == _BODY else field.help
    return words.replace("%", "%%")


def _metavar(field: Field) -> str:
    return "BODY" if field.attribute == _BODY else "TEXT"
