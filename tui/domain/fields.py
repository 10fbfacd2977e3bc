"""The members of ``InvokeEndpoint``, once: names, headers, limits and help.

The form, the headless commands, the copy-as texts and the property tests all read this table;
there is no per-member code anywhere else. A test pins it to botocore's service model, so a new
member or a changed limit there fails the build here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

NAME_PATTERN = "^[a-zA-Z0-9](-*[a-zA-Z0-9])*"
PRINTABLE_PATTERN = r"\A\S[\p{Print}]*\z"
ASCII_PATTERN = r"\p{ASCII}*"

CONTENT_TYPES = (
    "application/json",
    "text/csv",
    "application/jsonlines",
    "text/plain",
    "application/x-npy",
    "application/x-image",
    "image/png",
    "image/jpeg",
    "audio/wav",
    "application/x-recordio-protobuf",
    "text/libsvm",
    "application/octet-stream",
)
"""Usual payload types: those of the SageMaker SDK's serializers and of the built-in algorithms."""


class FieldGroup(StrEnum):
    """Where a member stands in the form."""

    ENDPOINT = "endpoint"
    BODY = "body"
    TARGETING = "targeting"
    OPTIONS = "options"


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One member of the operation's input."""

    attribute: str
    """Attribute of `InvocationRequest`."""
    api_name: str
    """As AWS spells it."""
    header: str | None
    """HTTP header; None for the name in the path and for the body."""
    group: FieldGroup
    help: str
    max_length: int
    """Characters; bytes for the body. botocore's service model."""
    min_length: int = 0
    pattern: str | None = None
    """The service model's own pattern, Java syntax."""
    usual_values: tuple[str, ...] = ()
    is_required: bool = False

    def problem(self, value: str) -> str | None:
        """Say which rule of the service model ``value`` breaks; None when it breaks none.

        An empty optional value is no problem: the member is not sent.
        """
        if not value:
            return f"{self.api_name} is required" if self.is_required else None
        if unsendable := _unsendable(value):
            return unsendable
        if len(value) > self.max_length:
            return f"{len(value):,} characters; at most {self.max_length:,} are allowed"
        return self._pattern_problem(value)

    def _pattern_problem(self, value: str) -> str | None:
        if self.pattern is None or _compiled(self.pattern).fullmatch(value):
            return None
        return _PATTERN_WORDS.get(self.pattern, f"does not match {self.pattern}")


_PATTERN_WORDS = {
    NAME_PATTERN: "letters, digits and inner hyphens only",
    PRINTABLE_PATTERN: "printable ASCII characters only, not beginning with a space",
    ASCII_PATTERN: "ASCII characters only",
}


def _unsendable(value: str) -> str | None:
    bad = next((char for char in value if char in "\r\n\0" or "\ud800" <= char <= "\udfff"), None)
    return f"a header cannot hold the character U+{ord(bad):04X}" if bad else None


@lru_cache(maxsize=32)
def _compiled(java_pattern: str) -> re.Pattern[str]:
    """Translate the three Java constructs that the model uses and Python lacks."""
    translated = (
        java_pattern.replace(r"[\p{Print}]", r"[\x20-\x7e]")
        .replace(r"\p{ASCII}", r"[\x00-\x7f]")
        .replace(r"\z", r"\Z")
    )
    return re.compile(translated)


FIELDS: tuple[Field, ...] = (
    Field(
        attribute="endpoint_name",
        api_name="EndpointName",
        header=None,
        group=FieldGroup.ENDPOINT,
        help="The endpoint to invoke, in this account and region.",
        max_length=63,
        pattern=NAME_PATTERN,
        is_required=True,
    ),
    Field(
        attribute="body",
        api_name="Body",
        header=None,
        group=FieldGroup.BODY,
        help="What the container receives, byte for byte. The service model says 6 MiB at most; "
        "the hosting FAQ says 25 MB, serverless endpoints take 4 MB.",
        max_length=6_291_456,
        is_required=True,
    ),
    Field(
        attribute="content_type",
        api_name="ContentType",
        header="Content-Type",
        group=FieldGroup.BODY,
        help="MIME type of the body. Left empty, no Content-Type header is sent at all.",
        max_length=1024,
        pattern=ASCII_PATTERN,
        usual_values=CONTENT_TYPES,
    ),
    Field(
        attribute="accept",
        api_name="Accept",
        header="Accept",
        group=FieldGroup.BODY,
        help="MIME type wanted for the answer. The container decides whether it obeys.",
        max_length=1024,
        pattern=ASCII_PATTERN,
        usual_values=("application/json", "text/csv", "application/jsonlines", "*/*"),
    ),
    Field(
        attribute="target_variant",
        api_name="TargetVariant",
        header="X-Amzn-SageMaker-Target-Variant",
        group=FieldGroup.TARGETING,
        help="Production variant to invoke, whatever the weights say. Shadow variants cannot be "
        "targeted.",
        max_length=63,
        pattern=NAME_PATTERN,
    ),
    Field(
        attribute="target_model",
        api_name="TargetModel",
        header="X-Amzn-SageMaker-Target-Model",
        group=FieldGroup.TARGETING,
        help="Model artifact on a multi-model endpoint, relative to its S3 prefix, for example "
        "team/model.tar.gz. Required there, refused elsewhere.",
        max_length=1024,
        min_length=1,
        pattern=PRINTABLE_PATTERN,
    ),
    Field(
        attribute="target_container_hostname",
        api_name="TargetContainerHostname",
        header="X-Amzn-SageMaker-Target-Container-Hostname",
        group=FieldGroup.TARGETING,
        help="Container on a multi-container endpoint with direct invocation. Required there.",
        max_length=63,
        pattern=NAME_PATTERN,
    ),
    Field(
        attribute="inference_component_name",
        api_name="InferenceComponentName",
        header="X-Amzn-SageMaker-Inference-Component",
        group=FieldGroup.TARGETING,
        help="Inference component to invoke. Required on endpoints that host components.",
        max_length=63,
        pattern=r"^[a-zA-Z0-9]([\-a-zA-Z0-9]*[a-zA-Z0-9])?$",
    ),
    Field(
        attribute="inference_id",
        api_name="InferenceId",
        header="X-Amzn-SageMaker-Inference-Id",
        group=FieldGroup.OPTIONS,
        help="Your own id for this request; data capture stores it beside the payload.",
        max_length=64,
        min_length=1,
        pattern=PRINTABLE_PATTERN,
    ),
    Field(
        attribute="custom_attributes",
        api_name="CustomAttributes",
        header="X-Amzn-SageMaker-Custom-Attributes",
        group=FieldGroup.OPTIONS,
        help="Up to 1024 visible US-ASCII characters for the container, for example "
        "accept_eula=true. The container may answer with attributes of its own.",
        max_length=1024,
        pattern=ASCII_PATTERN,
    ),
    Field(
        attribute="session_id",
        api_name="SessionId",
        header="X-Amzn-SageMaker-Session-Id",
        group=FieldGroup.OPTIONS,
        help="NEW_SESSION opens a stateful session where the container keeps some; its id comes "
        "back as NewSessionId, and is offered here.",
        max_length=256,
        pattern="^(NEW_SESSION)$|^[a-zA-Z0-9](-*[a-zA-Z0-9])*$",
        usual_values=("NEW_SESSION",),
    ),
    Field(
        attribute="enable_explanations",
        api_name="EnableExplanations",
        header="X-Amzn-SageMaker-Enable-Explanations",
        group=FieldGroup.OPTIONS,
        help="JMESPath over the payload that decides which records Clarify explains; `true` "
        "(with the backticks) explains all. Needs an endpoint with an ExplainerConfig.",
        max_length=64,
        min_length=1,
        pattern=".*",
        usual_values=("`true`", "`false`"),
    ),
    Field(
        attribute="prefix_aware_id",
        api_name="PrefixAwareId",
        header="X-Amzn-SageMaker-Prefix-Aware-Id",
        group=FieldGroup.OPTIONS,
        help="Routing key for variants with the PREFIX_AWARE strategy: equal ids meet the same "
        "instance, and its key-value cache.",
        max_length=64,
        min_length=1,
        pattern=PRINTABLE_PATTERN,
    ),
)
"""In the order in which the form shows them."""

TEXT_FIELDS: tuple[Field, ...] = tuple(field for field in FIELDS if field.attribute != "body")
"""Those that are one line of text."""


def field_named(attribute: str) -> Field:
    """Return the field of an `InvocationRequest` attribute.

    Raises:
        KeyError: there is no such member.
    """
    for field in FIELDS:
        if field.attribute == attribute:
            return field
    raise KeyError(attribute)


def problems(values: dict[str, str]) -> dict[str, str]:
    """Map each attribute whose value breaks a rule to the rule it breaks.

    Args:
        values: attribute to text, for any of `TEXT_FIELDS`.
    """
    found = ((name, field_named(name).problem(value)) for name, value in values.items())
    return {name: problem for name, problem in found if problem}


ANSWER_HEADERS: Mapping[str, str] = MappingProxyType(
    {
        "ContentType": "Content-Type",
        "InvokedProductionVariant": "x-Amzn-Invoked-Production-Variant",
        "CustomAttributes": "X-Amzn-SageMaker-Custom-Attributes",
        "NewSessionId": "X-Amzn-SageMaker-New-Session-Id",
        "ClosedSessionId": "X-Amzn-SageMaker-Closed-Session-Id",
    }
)
"""The members of the operation's output but for the body, and the headers that hold them."""
