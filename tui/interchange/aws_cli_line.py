"""A line for the AWS CLI, as it stands in a ticket, read as a request.

    aws [global options] sagemaker-runtime invoke-endpoint --endpoint-name … --body … outfile

Version 1 sends a ``--body`` on the command line as it is; version 2 decodes it as base64 unless
``--cli-binary-format raw-in-base64-out`` is given. A line does not say which version ran it, so
what was assumed is a note.
"""

from __future__ import annotations

import binascii
import json
import re
from base64 import b64decode
from typing import TYPE_CHECKING, TypeGuard

from tui.domain.errors import RequestInvalid
from tui.domain.fields import FIELDS, TEXT_FIELDS
from tui.domain.requests import FileBody, InlineBody
from tui.interchange.pasted import Pasted, Reading

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tui.domain.fields import Field
    from tui.domain.requests import RequestBody
    from tui.interchange.shell_files import ShellFiles
    from tui.interchange.shell_reading import Command

_PROGRAM = re.compile(r"sagemaker-runtime|runtime\.sagemaker|(?:.*[/\\])?sagescope(?:\.exe)?")
"""What stands before the operation: the service, or our own name."""
_OPERATION = "invoke-endpoint"
_OTHER_OPERATIONS = ("invoke-endpoint-async", "invoke-endpoint-with-response-stream")
_FLAGS = frozenset(
    {
        "cli-auto-prompt", "debug", "no-cli-auto-prompt", "no-cli-pager", "no-paginate",
        "no-sign-request", "no-verify-ssl", "include",
    }
)  # fmt: skip
_WITHOUT_MEANING = frozenset(
    {
        "ca-bundle", "cli-connect-timeout", "cli-read-timeout", "color", "generate-cli-skeleton",
        "output", "query",
    }
)  # fmt: skip
_WITH_MEANING = frozenset(
    {"body", "cli-binary-format", "cli-input-json", "endpoint-url", "profile", "region"}
)
_MEMBERS = {each.attribute.replace("_", "-"): each for each in TEXT_FIELDS}
_ATTRIBUTES = {each.api_name: each.attribute for each in FIELDS}
_KNOWN = sorted({*_FLAGS, *_WITHOUT_MEANING, *_WITH_MEANING, *_MEMBERS})
_VARIABLE = re.compile(r"\$\{?[A-Za-z_]\w*|\$\(|`")
_BASE64 = re.compile(r"(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?")
_DASHES = re.compile(r"[\u2013\u2014]-?(?=[a-z])")
"""What mail programs make of two hyphens before an option."""
_ENCODED_CHARS_MIN = 8
"""Shorter words are base64 by accident too often."""
RAW = "raw-in-base64-out"


def is_aws_cli_line(command: Command) -> bool:
    """Whether a command invokes an endpoint, by the AWS CLI or by ours."""
    for number, word in enumerate(command.words):
        if word in (_OPERATION, *_OTHER_OPERATIONS):
            return any(_PROGRAM.fullmatch(before) for before in command.words[:number])
    return False


def read_aws_cli_line(command: Command, files: ShellFiles) -> Pasted:
    """Read one command.

    Raises:
        RequestInvalid: it is another operation, or its JSON cannot be read.
    """
    found = next(word for word in command.words if word in (_OPERATION, *_OTHER_OPERATIONS))
    if found != _OPERATION:
        raise RequestInvalid(
            summary=f"The line is for {found}, another operation",
            hint="Its options can be typed into the form; it sends InvokeEndpoint.",
        )
    reading = Reading()
    _read_environment(command, reading)
    given = dict(_options(command.words, reading))
    _read_json(given.get("cli-input-json"), given.get("cli-binary-format"), files, reading)
    for name, value in given.items():
        if name in _MEMBERS:
            _read_member(_MEMBERS[name], value, files, reading)
    reading.profile = given.get("profile", reading.profile)
    reading.region = given.get("region", reading.region)
    reading.endpoint_url = given.get("endpoint-url", reading.endpoint_url)
    if "body" in given:
        _read_body(given["body"], given.get("cli-binary-format"), files, reading)
    return reading.finish()


def _read_environment(command: Command, reading: Reading) -> None:
    set_here = command.environment
    reading.profile = set_here.get("AWS_PROFILE", set_here.get("AWS_DEFAULT_PROFILE"))
    reading.region = set_here.get("AWS_REGION", set_here.get("AWS_DEFAULT_REGION"))
    reading.endpoint_url = set_here.get(
        "AWS_ENDPOINT_URL_SAGEMAKER_RUNTIME", set_here.get("AWS_ENDPOINT_URL")
    )
    if "AWS_SECRET_ACCESS_KEY" in set_here:
        reading.note("The credentials in the text were left out; those of the connection are used")


def _options(words: Sequence[str], reading: Reading) -> Iterator[tuple[str, str]]:
    """Yield (name, value) of every option that has one; the outfile is of no use here."""
    rest = list(words)
    while rest:
        word = _hyphenated(rest.pop(0))
        if not word.startswith("--"):
            continue
        spelt, has_value, value = word[2:].partition("=")
        name = _full_name(spelt)
        if name is None:
            reading.note(f"--{spelt} is not known and was left out")
            if not has_value and rest and not rest[0].startswith("--") and len(rest) > 1:
                rest.pop(0)
        elif name not in _FLAGS:
            if not has_value and not rest:
                raise RequestInvalid(summary=f"--{name} has no value", hint="Complete the line.")
            yield name, value if has_value else rest.pop(0)


def _hyphenated(word: str) -> str:
    found = _DASHES.match(word)
    return f"--{word[found.end() :]}" if found else word


def _full_name(spelt: str) -> str | None:
    """Return the option that is meant; version 1 takes any beginning that is unique."""
    if spelt in _KNOWN:
        return spelt
    meant = [name for name in _KNOWN if spelt and name.startswith(spelt)]
    return meant[0] if len(meant) == 1 else None


def _read_member(member: Field, value: str, files: ShellFiles, reading: Reading) -> None:
    """Take a value; the CLI reads it from the file that ``file://`` names."""
    if not value.startswith("file://"):
        reading.members[member.attribute] = value
        _note_variables(member.api_name, value, reading)
        return
    path = value.removeprefix("file://")
    text = files.text(path)
    if text is None:
        reading.note(f"{member.api_name} is in a file and was left out: {path}")
    else:
        reading.members[member.attribute] = text


def _note_variables(name: str, value: str, reading: Reading) -> None:
    if _VARIABLE.search(value):
        reading.note(f"{name} holds a variable of the shell, left as it stands: {value}")


def _read_json(
    text: str | None, binary_format: str | None, files: ShellFiles, reading: Reading
) -> None:
    """Take the members of ``--cli-input-json``; options of the line win over them."""
    if text is None:
        return
    document = _parsed(_text_of(text, files))
    for name, value in document.items():
        attribute = _ATTRIBUTES.get(name)
        if attribute is None or not isinstance(value, str):
            reading.note(f"{name} of --cli-input-json is not known and was left out")
        elif attribute == "body":
            _read_literal_body(value, binary_format, reading)
        else:
            reading.members[attribute] = value


def _text_of(value: str, files: ShellFiles) -> str:
    if not value.startswith("file://"):
        return value
    path = value.removeprefix("file://")
    text = files.text(path)
    if text is None:
        raise RequestInvalid(
            summary=f"--cli-input-json is in a file that cannot be read: {path}",
            hint="Paste what is in the file instead of its name.",
        )
    return text


def _parsed(text: str) -> dict[str, object]:
    try:
        document: object = json.loads(text)
    except ValueError as error:
        raise RequestInvalid(
            summary=f"--cli-input-json is not valid JSON: {error}",
            hint="Copy the whole command, with its quotes.",
        ) from error
    if not _is_object(document):
        raise RequestInvalid(
            summary="--cli-input-json is no JSON object", hint="It maps members to values."
        )
    return document


def _is_object(value: object) -> TypeGuard[dict[str, object]]:
    return isinstance(value, dict)


def _read_body(value: str, binary_format: str | None, files: ShellFiles, reading: Reading) -> None:
    if value.startswith("fileb://"):
        reading.body = _file(value.removeprefix("fileb://"), files)
    elif value.startswith("file://"):
        reading.body = _file(value.removeprefix("file://"), files)
        if binary_format != RAW:
            reading.note(
                "--body file://: the file is sent as it is, as version 1 of the AWS CLI does; "
                f"version 2 decodes it as base64 without --cli-binary-format {RAW}"
            )
    else:
        _note_variables("Body", value, reading)
        _read_literal_body(value, binary_format, reading)


def _file(path: str, files: ShellFiles) -> RequestBody:
    """Return what is in a file; the CLI, not the shell, looks for ``~`` behind ``fileb://``."""
    match files.body(path):
        case FileBody(path=found) if str(found) == path:
            return FileBody(path=found.expanduser())
        case found:
            return found


def _read_literal_body(value: str, binary_format: str | None, reading: Reading) -> None:
    plain = value.encode("utf-8", "surrogateescape")
    decoded = _decoded(value) if binary_format != RAW else None
    is_meant = binary_format == "base64" or len(value) >= _ENCODED_CHARS_MIN
    if decoded and is_meant and (binary_format == "base64" or _is_text(decoded)):
        reading.body = InlineBody(data=decoded)
        reading.note(
            "Body was decoded from base64, as version 2 of the AWS CLI does; version 1 sends it "
            "as it stands"
        )
        return
    reading.body = InlineBody(data=plain)
    if binary_format != RAW and value:
        reading.note(_version_2_says(value))


def _version_2_says(value: str) -> str:
    kept = len(re.findall(r"[A-Za-z0-9+/]", value))
    what = "sends garbage instead" if kept % 4 == 0 else "refuses it as Invalid base64"
    return (
        "Body is sent as it stands, as version 1 of the AWS CLI does; version 2 "
        f"{what} without --cli-binary-format {RAW}"
    )


def _decoded(value: str) -> bytes | None:
    if not _BASE64.fullmatch(value):
        return None
    try:
        return b64decode(value, validate=True)
    except (binascii.Error, ValueError):
        return None


def _is_text(data: bytes) -> bool:
    """Whether bytes are meant to be read: words happen to be base64 of nothing that is."""
    try:
        return data.decode("utf-8").replace("\n", "").replace("\t", "").isprintable()
    except UnicodeDecodeError:
        return False
