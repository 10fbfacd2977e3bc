"""A curl line, as it stands in a ticket, read as a request.

Headers become members by the names that SageMaker gives them; what signs the request is left out,
because the connection signs anew.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from tui.domain.errors import RequestInvalid
from tui.domain.fields import TEXT_FIELDS
from tui.domain.requests import FileBody, InlineBody
from tui.interchange.pasted import Pasted, Reading

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tui.interchange.shell_files import ShellFiles
    from tui.interchange.shell_reading import Command

_DATA = ("--data", "--data-ascii", "--data-binary", "--data-raw", "--json")
_WITH_VALUE = frozenset(
    {
        *_DATA, "--aws-sigv4", "--cacert", "--cert", "--connect-timeout", "--cookie",
        "--dump-header", "--form", "--header", "--key", "--max-time", "--output", "--proxy",
        "--request", "--retry", "--url", "--user", "--user-agent", "--write-out",
        "--data-urlencode", "--upload-file",
    }
)  # fmt: skip
_SHORT = {
    "d": "--data", "H": "--header", "X": "--request", "u": "--user", "o": "--output",
    "m": "--max-time", "A": "--user-agent", "b": "--cookie", "D": "--dump-header", "F": "--form",
    "T": "--upload-file", "w": "--write-out", "x": "--proxy", "E": "--cert",
}  # fmt: skip
_REFUSED = {"--form": "a form", "--upload-file": "an upload", "--data-urlencode": "encoded data"}
_OF_SIGNING = re.compile(r"authorization|x-amz-.*|amz-sdk-.*|host|user-agent|content-length|expect")
_WHITE = " \t"
"""Around a header's value it is no part of it; RFC 9110, section 5.5."""
_PATH = re.compile(r"/endpoints/([^/]*)/invocations/?$")
_AWS_HOST = re.compile(r"runtime(?:-fips)?\.sagemaker\.([a-z0-9-]+)\.(?:amazonaws\.com|api\.aws)")
_MEMBERS = {each.header.lower(): each for each in TEXT_FIELDS if each.header}


def is_curl_line(command: Command) -> bool:
    """Whether a command runs curl."""
    return bool(command.words) and command.words[0].rpartition("/")[2] in ("curl", "curl.exe")


def read_curl_line(command: Command, files: ShellFiles) -> Pasted:
    """Read one command.

    Raises:
        RequestInvalid: it sends what no InvokeEndpoint can.
    """
    reading = Reading()
    bodies: list[tuple[str, str]] = []
    for name, value in _options(command.words[1:]):
        match name:
            case "--url":
                _read_url(value, reading)
            case "--header":
                _read_header(value, reading)
            case "--aws-sigv4":
                _read_scope(value, reading)
            case "--user" | "--cookie":
                reading.note(f"{name} was left out: the connection signs the request")
            case _ if name in _REFUSED:
                raise RequestInvalid(
                    summary=f"The line sends {_REFUSED[name]}", hint="Give it a --data-binary."
                )
            case _ if name in _DATA:
                bodies.append((name, value))
            case _:
                pass
    _read_bodies(bodies, files, reading)
    return reading.finish()


def _options(words: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield (long name, value); the address as ``--url``."""
    rest = list(words)
    while rest:
        word = rest.pop(0)
        if word.startswith("--"):
            name, _, value = word.partition("=")
            if name in _WITH_VALUE:
                yield name, value if "=" in word else rest.pop(0) if rest else ""
        elif word.startswith("-") and len(word) > 1:
            yield from _short_options(word[1:], rest)
        elif not word.startswith("${"):
            yield "--url", word


def _short_options(letters: str, rest: list[str]) -> Iterator[tuple[str, str]]:
    """Read ``-sSd value`` and ``-dvalue``."""
    for at, letter in enumerate(letters):
        if name := _SHORT.get(letter):
            inside = letters[at + 1 :]
            yield name, inside or (rest.pop(0) if rest else "")
            return


def _read_url(url: str, reading: Reading) -> None:
    try:
        parts = urlsplit(url if "://" in url else f"http://{url}")
    except ValueError as error:
        raise RequestInvalid(
            summary=f"The address cannot be read: {error}", hint="Copy the whole line."
        ) from error
    if found := _PATH.search(parts.path):
        reading.members["endpoint_name"] = unquote(found[1])
    else:
        reading.note(f"The address names no endpoint; choose one: {url}")
        return
    if found := _AWS_HOST.search(parts.netloc):
        reading.region = found[1]
    else:
        base = parts.path[: parts.path.index("/endpoints/")]
        reading.endpoint_url = f"{parts.scheme}://{parts.netloc}{base}"


def _read_scope(value: str, reading: Reading) -> None:
    """Take the region out of ``aws:amz:us-east-1:sagemaker``."""
    parts = value.split(":")
    if len(parts) > 2 and parts[2]:
        reading.region = parts[2]


def _read_header(header: str, reading: Reading) -> None:
    is_empty = header.endswith(";") and ":" not in header
    name, colon, value = (
        header.removesuffix(";").partition(":") if is_empty else header.partition(":")
    )
    member = _MEMBERS.get(name.strip().lower())
    if not colon and not is_empty:
        reading.note(f"A header was left out, it has no value: {header}")
    elif member is not None:
        if is_empty or value.strip(_WHITE):
            reading.members[member.attribute] = value.strip(_WHITE)
    elif not _OF_SIGNING.fullmatch(name.strip().lower()):
        reading.note(f"The header {name.strip()} was left out: InvokeEndpoint has no such member")


def _read_bodies(bodies: Sequence[tuple[str, str]], files: ShellFiles, reading: Reading) -> None:
    if any(name == "--json" for name, _ in bodies):
        reading.members.setdefault("content_type", "application/json")
        reading.members.setdefault("accept", "application/json")
    if not bodies:
        return
    found = [_body(name, value, files, reading) for name, value in bodies]
    if len(found) == 1:
        reading.body = found[0]
        return
    parts = [each.data for each in found if isinstance(each, InlineBody)]
    if len(parts) < len(found):
        reading.note("Only the data on the line was taken; a file among several was left out")
    glue = b"" if bodies[0][0] == "--json" else b"&"
    reading.body = InlineBody(data=glue.join(parts))


def _body(name: str, value: str, files: ShellFiles, reading: Reading) -> InlineBody | FileBody:
    if not value.startswith("@") or name == "--data-raw":
        return InlineBody(data=value.encode("utf-8", "surrogateescape"))
    body = files.body(value[1:])
    is_stripped = name in ("--data", "--data-ascii")
    if isinstance(body, InlineBody) and is_stripped:
        return InlineBody(data=re.sub(rb"[\r\n\0]", b"", body.data))
    if is_stripped:
        reading.note("curl's --data takes line breaks out of a file; the file is sent as it is")
    return body
