"""A request as a Python script for boto3, one HTTP attempt as here."""

from __future__ import annotations

import math
from base64 import encodebytes
from typing import TYPE_CHECKING

from tui.interchange.copied import Copied
from tui.interchange.shell_writing import readable_text
from tui.interchange.sources import answer_file, check_sendable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tui.interchange.sources import Source


def boto3_text(source: Source) -> Copied:
    """Return a script that sends the request, prints status and headers, and writes the answer.

    Raises:
        RequestInvalid: no tool could send it.
    """
    check_sendable(source)
    body_import, body = _body(source)
    lines = (
        *body_import,
        "import boto3",
        "from botocore.config import Config",
        "",
        f"session = boto3.Session({', '.join(_session(source))})",
        "client = session.client(",
        '    "sagemaker-runtime",',
        *_client(source),
        ")",
        "response = client.invoke_endpoint(",
        *(f"    {member.api_name}={value!a}," for member, value in source.members()),
        f"    Body={body},",
        ")",
        'metadata = response["ResponseMetadata"]',
        'print(metadata["HTTPStatusCode"])',
        'for name, value in metadata["HTTPHeaders"].items():',
        '    print(f"{name}: {value}")',
        f'with open("{answer_file(source)}", "wb") as file:',
        '    file.write(response["Body"].read())',
        "",
    )
    return Copied("\n".join(lines))


def _session(source: Source) -> Iterator[str]:
    destination = source.destination
    if destination.profile:
        yield f"profile_name={destination.profile!a}"
    if destination.region:
        yield f"region_name={destination.region!a}"
    if destination.credentials:
        key_id, secret = destination.credentials
        yield f"aws_access_key_id={key_id!a}"
        yield f"aws_secret_access_key={secret!a}"


def _client(source: Source) -> Iterator[str]:
    if source.destination.endpoint_url:
        yield f"    endpoint_url={source.destination.endpoint_url!a},"
    timeout_s = math.ceil(source.destination.read_timeout_s)
    yield f'    config=Config(read_timeout={timeout_s}, retries={{"total_max_attempts": 1}}),'


def _body(source: Source) -> tuple[list[str], str]:
    """Return the (lines to import what the body needs, the body as an expression)."""
    if source.body_file is not None:
        return ["from pathlib import Path", ""], f"Path({str(source.body_file)!a}).read_bytes()"
    text = readable_text(source.body)
    if text is None:
        encoded = encodebytes(source.body).decode("ascii")
        return ["from base64 import b64decode", ""], f'b64decode("""\n{encoded}""")'
    if text.isascii():
        return [], _literal([repr(line.encode("ascii")) for line in _lines(text)])
    return [], f"{_literal([repr(line) for line in _lines(text)])}.encode()"


def _lines(text: str) -> list[str]:
    return text.splitlines(keepends=True) or [""]


def _literal(parts: list[str]) -> str:
    if len(parts) == 1:
        return parts[0]
    inner = "\n".join(f"        {part}" for part in parts)
    return f"(\n{inner}\n    )"
