"""A request's members all at once: ``--cli-input-json``, ``--cli-input-yaml``, and their skeletons.

Members have their API names. In YAML a body may be bytes: ``Body: !!binary iVBORw0…``.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, TypeGuard

from tui.cli.parameters import text_value
from tui.domain.errors import RequestInvalid
from tui.domain.fields import ANSWER_HEADERS, FIELDS
from tui.store.problems import unknown

if TYPE_CHECKING:
    from argparse import Namespace

    from tui.cli.data import Data

JSON_OPTION = "--cli-input-json"
YAML_OPTION = "--cli-input-yaml"
SKELETON_OPTION = "--generate-cli-skeleton"
_BODY = "body"
_ATTRIBUTES = {field.api_name: field.attribute for field in FIELDS}


class Skeleton(StrEnum):
    """What ``--generate-cli-skeleton`` prints."""

    INPUT = "input"
    YAML_INPUT = "yaml-input"
    OUTPUT = "output"


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenMembers:
    """What stood in the input, by the names of our attributes."""

    texts: dict[str, str]
    body: str | bytes | None = None
    option: str = JSON_OPTION
    """Where it stood."""


def given_members(arguments: Namespace) -> GivenMembers:
    """Read the members in ``--cli-input-json`` or ``--cli-input-yaml``; null leaves one out.

    Raises:
        RequestInvalid: the input cannot be understood, or both are there.
    """
    as_json: str | None = arguments.cli_input_json
    as_yaml: str | None = arguments.cli_input_yaml
    if as_json is not None and as_yaml is not None:
        raise RequestInvalid(
            summary="Only one --cli-input- parameter may be specified.",
            hint=f"Leave {JSON_OPTION} or {YAML_OPTION} out.",
        )
    if as_json is not None:
        return _members(_from_json(as_json), JSON_OPTION)
    if as_yaml is not None:
        return _members(_from_yaml(as_yaml), YAML_OPTION)
    return GivenMembers(texts={})


def skeleton(kind: Skeleton) -> Data:
    """Return JSON as ``--generate-cli-skeleton`` prints it: members to fill in, or an answer."""
    if kind is Skeleton.OUTPUT:
        return dict.fromkeys(ANSWER_HEADERS, "")
    return {field.api_name: None if field.attribute == _BODY else "" for field in FIELDS}


def yaml_skeleton() -> str:
    """Return YAML to fill in, with a word about each member."""
    lines = (
        f"{field.api_name}: ''  # {'[REQUIRED] ' if field.is_required else ''}{field.help}"
        for field in FIELDS
    )
    return "".join(f"{line}\n" for line in lines)


def _from_json(value: str) -> object:
    text = text_value(JSON_OPTION, value)
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise RequestInvalid(
            summary=f"{JSON_OPTION}: Invalid JSON: {error}", hint=_see_skeleton(JSON_OPTION)
        ) from error


def _from_yaml(value: str) -> object:
    from tui.cli.yaml_reading import read_yaml

    text = text_value(YAML_OPTION, value)
    try:
        return read_yaml(text)
    except ValueError as error:
        raise RequestInvalid(
            summary=f"{YAML_OPTION}: Invalid YAML: {error}", hint=_see_skeleton(YAML_OPTION)
        ) from error


def _members(content: object, option: str) -> GivenMembers:
    if not _is_shape(content):
        what = "JSON object" if option == JSON_OPTION else "map of members"
        raise RequestInvalid(summary=f"{option} must be one {what}", hint=_see_skeleton(option))
    texts: dict[str, str] = {}
    body: str | bytes | None = None
    for name, value in content.items():
        attribute = _attribute(str(name), option)
        match value:
            case None:
                pass
            case str() | bytes() if attribute == _BODY:
                body = value
            case str():
                texts[attribute] = value
            case _:
                raise RequestInvalid(
                    summary=f"Invalid type for parameter {name} in {option}: it must be a string",
                    hint=_see_skeleton(option),
                )
    return GivenMembers(texts=texts, body=body, option=option)


def _attribute(name: str, option: str) -> str:
    attribute = _ATTRIBUTES.get(name)
    if attribute is None:
        raise RequestInvalid(
            summary=f"Unknown parameter in {option}: {name}; "
            f"{unknown('member', name, _ATTRIBUTES)}",
            hint=_see_skeleton(option),
        )
    return attribute


def _see_skeleton(option: str) -> str:
    kind = "" if option == JSON_OPTION else f" {Skeleton.YAML_INPUT}"
    return f"{SKELETON_OPTION}{kind} prints one to fill in."


def _is_shape(content: object) -> TypeGuard[dict[object, object]]:
    return isinstance(content, dict)
