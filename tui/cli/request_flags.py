"""The options of ``aws sagemaker-runtime invoke-endpoint``, and the request that they make.

All of them come from `tui.domain.fields`: a new member there is a new option here.
"""

from __future__ import annotations

from argparse import ArgumentTypeError
from dataclasses import replace
from typing import TYPE_CHECKING

from tui.cli.parameters import BinaryFormat, body_value, literal_body, text_value
from tui.cli.request_input import (
    JSON_OPTION,
    SKELETON_OPTION,
    YAML_OPTION,
    Skeleton,
    given_members,
)
from tui.domain.errors import RequestInvalid
from tui.domain.fields import FIELDS, TEXT_FIELDS, field_named, problems
from tui.domain.requests import InlineBody, InvocationRequest

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Set as AbstractSet

    from tui.cli.aws_profile import AwsProfile
    from tui.cli.flags import Flags
    from tui.domain.fields import Field

_BODY = "body"
_BODY_HELP = (
    "what the container receives: text as typed, fileb://PATH for a file, - for standard input"
)
_BINARY_FORMAT = "cli_binary_format"


def add_request_flags(parser: ArgumentParser) -> None:
    """Add an option for each member, and those that give several at once."""
    members = parser.add_argument_group("the request")
    for field in FIELDS:
        members.add_argument(option_of(field), metavar=_metavar(field), help=_help(field))
    _add_input_flags(members)
    members.add_argument(
        "--cli-binary-format",
        metavar="FORMAT",
        type=BinaryFormat,
        choices=tuple(BinaryFormat),
        help="base64 decodes a body that is typed or read with file://, as version 2 of the AWS "
        "CLI does by itself; raw-in-base64-out, the default here, sends it as it is; a profile's "
        "cli_binary_format holds too",
    )


def _add_input_flags(members: Flags) -> None:
    """Add what gives several members at once."""
    members.add_argument(
        JSON_OPTION,
        metavar="JSON",
        help="members by their API names, or file://PATH; the options above win over them",
    )
    members.add_argument(
        YAML_OPTION, metavar="YAML", help="likewise, as YAML; a body may be !!binary there"
    )
    members.add_argument(
        SKELETON_OPTION,
        nargs="?",
        const=Skeleton.INPUT,
        type=_skeleton_kind,
        metavar="KIND",
        help=f"send nothing; print JSON for {JSON_OPTION} to fill in (input), YAML for "
        f"{YAML_OPTION} (yaml-input), or what would be printed (output)",
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
        RequestInvalid: a file or what is in it cannot be read, or a required member is missing.
    """
    given = given_members(arguments)
    members = given.texts
    for field in TEXT_FIELDS:
        value: str | None = getattr(arguments, field.attribute)
        if value is not None:
            members[field.attribute] = text_value(option_of(field), value)
    typed_body: str | None = arguments.body
    if "endpoint_name" not in members or (typed_body is None and given.body is None):
        raise _incomplete(members.keys() | ({_BODY} if typed_body is not None else set[str]()))
    if typed_body is not None:
        body = body_value("--body", typed_body, binary_format)
    elif isinstance(given.body, bytes):
        body = given.body
    else:
        body = literal_body(given.option, given.body or "", binary_format)
    return replace(InvocationRequest(body=InlineBody(data=body)), **members)


def broken_rules(request: InvocationRequest) -> tuple[str, ...]:
    """Say which rules of the service model the request breaks; it can be sent all the same."""
    values = {field.attribute: getattr(request, field.attribute) for field in TEXT_FIELDS}
    given: dict[str, str] = {name: value for name, value in values.items() if value is not None}
    return tuple(f"{field_named(name).api_name}: {rule}" for name, rule in problems(given).items())


def _skeleton_kind(text: str) -> Skeleton:
    try:
        return Skeleton(text)
    except ValueError as error:
        rule = f"no {text} is written, but {', '.join(Skeleton)}"
        raise ArgumentTypeError(rule) from error


def _incomplete(given: AbstractSet[str]) -> RequestInvalid:
    missing = [
        option_of(field) for field in FIELDS if field.is_required and field.attribute not in given
    ]
    return RequestInvalid(
        summary=f"the following arguments are required: {', '.join(missing)}",
        hint=f"Or give the members with {JSON_OPTION}.",
    )


def _help(field: Field) -> str:
    words = _BODY_HELP if field.attribute == _BODY else field.help
    return words.replace("%", "%%")


def _metavar(field: Field) -> str:
    return "BODY" if field.attribute == _BODY else "TEXT"
