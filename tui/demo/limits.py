"""What each control-plane operation takes, and SageMaker's words for what it does not take.

Copied facts: a test pins the table to botocore's service model. The runtime's limits are those of
`tui.domain.fields`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from tui.demo.wire import AwsError
from tui.domain.endpoints import EndpointStatus

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_NAME = "[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}"
_MODEL_NAME = r"[a-zA-Z0-9]([\-a-zA-Z0-9]*[a-zA-Z0-9])?"
_COMPONENT_NAME = _MODEL_NAME
_ARN = "arn:aws[a-z-]*:sagemaker:[a-z0-9-]*:[0-9]{12}:.+"


class Kind(Enum):
    """JSON type of a member."""

    STRING = "String"
    INTEGER = "Integer"
    TIMESTAMP = "Timestamp"


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One input member of an operation."""

    name: str
    kind: Kind = Kind.STRING
    is_required: bool = False
    minimum: int | None = None
    """Of the number, or of the text's length in characters."""
    maximum: int | None = None
    """Of the number, or of the text's length in characters."""
    pattern: str | None = None
    choices: tuple[str, ...] = ()

    def problem(self, value: object) -> str | None:
        """Say which constraint a value of the right type breaks, in SageMaker's words."""
        match value:
            case None:
                return "Member must not be null" if self.is_required else None
            case str():
                return self._length_problem(value) or self._text_problem(value)
            case int():
                return _range_problem(value, self.minimum, self.maximum, "value")
            case _:
                return None

    def _length_problem(self, value: str) -> str | None:
        return _range_problem(len(value), self.minimum, self.maximum, "length")

    def _text_problem(self, value: str) -> str | None:
        if self.choices and value not in self.choices:
            return f"Member must satisfy enum value set: [{', '.join(self.choices)}]"
        # Java's "." stops at a line end, as Python's does.
        if self.pattern is not None and not re.fullmatch(self.pattern, value):
            return f"Member must satisfy regular expression pattern: {self.pattern}"
        return None

    def has_type_of(self, value: object) -> bool:
        """Whether JSON gave the member a value of its type, or none."""
        match self.kind:
            case Kind.STRING:
                return value is None or isinstance(value, str)
            case Kind.INTEGER:
                return value is None or (isinstance(value, int) and not isinstance(value, bool))
            case Kind.TIMESTAMP:
                is_number = isinstance(value, int | float) and not isinstance(value, bool)
                return value is None or is_number


def _range_problem(
    number: int, minimum: int | None, maximum: int | None, measure: str
) -> str | None:
    if maximum is not None and number > maximum:
        return f"Member must have {measure} less than or equal to {maximum}"
    if minimum is not None and number < minimum:
        return f"Member must have {measure} greater than or equal to {minimum}"
    return None


_TIMES = tuple(
    Member(name=name, kind=Kind.TIMESTAMP)
    for name in (
        "CreationTimeBefore",
        "CreationTimeAfter",
        "LastModifiedTimeBefore",
        "LastModifiedTimeAfter",
    )
)
_LISTING = (
    Member(name="SortBy", choices=("Name", "CreationTime", "Status")),
    Member(name="SortOrder", choices=("Ascending", "Descending")),
    Member(name="NextToken", maximum=8192, pattern=".*"),
    Member(name="MaxResults", kind=Kind.INTEGER, minimum=1, maximum=100),
    Member(name="NameContains", maximum=63, pattern="[a-zA-Z0-9-]+"),
    *_TIMES,
)
_STATUSES = tuple(each.value for each in EndpointStatus if each is not EndpointStatus.UNKNOWN)
_COMPONENT_STATUSES = ("InService", "Creating", "Updating", "Failed", "Deleting")

INPUTS: Mapping[str, tuple[Member, ...]] = {
    "ListEndpoints": (*_LISTING, Member(name="StatusEquals", choices=_STATUSES)),
    "DescribeEndpoint": (Member(name="EndpointName", is_required=True, maximum=63, pattern=_NAME),),
    "DescribeEndpointConfig": (
        Member(name="EndpointConfigName", is_required=True, maximum=63, pattern=_NAME),
    ),
    "DescribeModel": (Member(name="ModelName", is_required=True, maximum=63, pattern=_MODEL_NAME),),
    "ListInferenceComponents": (
        *_LISTING,
        Member(name="StatusEquals", choices=_COMPONENT_STATUSES),
        Member(name="EndpointNameEquals", maximum=63, pattern=_NAME),
        Member(name="VariantNameEquals", maximum=63, pattern=_NAME),
    ),
    "DescribeInferenceComponent": (
        Member(
            name="InferenceComponentName", is_required=True, maximum=63, pattern=_COMPONENT_NAME
        ),
    ),
    "ListTags": (
        Member(name="ResourceArn", is_required=True, maximum=256, pattern=_ARN),
        Member(name="NextToken", maximum=8192, pattern=".*"),
        Member(name="MaxResults", kind=Kind.INTEGER, minimum=50),
    ),
}
"""Operation to its input members."""


def check(operation: str, document: Mapping[str, object]) -> None:
    """Refuse an input that breaks the service model; members it does not know are ignored.

    Raises:
        AwsError: ``SerializationException`` for a wrong type, ``ValidationException`` for the rest.
    """
    members = INPUTS[operation]
    for member in members:
        if not member.has_type_of(document.get(member.name)):
            raise AwsError(
                "SerializationException",
                f"{member.name} can not be converted to {member.kind.value}",
            )
    found = [
        constraint_message(member.name, document.get(member.name), problem)
        for member in members
        if (problem := member.problem(document.get(member.name)))
    ]
    if found:
        raise AwsError("ValidationException", detected(found))


def constraint_message(name: str, value: object, problem: str) -> str:
    """Spell one broken constraint: ``Value '101' at 'maxResults' failed to …``."""
    shown = "null" if value is None else f"'{value}'"
    lowered = name[:1].lower() + name[1:]
    return f"Value {shown} at '{lowered}' failed to satisfy constraint: {problem}"


def detected(messages: Sequence[str]) -> str:
    """Head the broken constraints as SageMaker does."""
    noun = "validation error" if len(messages) == 1 else "validation errors"
    return f"{len(messages)} {noun} detected: {'; '.join(messages)}"
