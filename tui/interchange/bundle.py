"""The files of a reproduction bundle, made from a request and what came of it.

    README.md              what happened, for a reader or a ticket
    bundle.json            the same for programs: times, versions, outcome, sha256 of each file
    request.json           members of InvokeEndpoint's input, as AWS spells them
    request-body.EXT       the bytes that were sent
    request-headers.txt    what botocore signs for it, secrets masked
    response-headers.txt   status and headers as they came
    response-body.EXT      the bytes that came
    preset.toml            the request for sagescope
    run-aws.sh             \
    run-boto3.py            > send it again, each from the body's file beside it
    run-curl.sh            /
    endpoint/*.json        the endpoint's description as AWS returned it

The same subject makes the same bytes, always. What must not be in them is masked before, see
`tui.interchange.bundle_masking`.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import fields, replace
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit, urlunsplit

from tui.domain.bundles import BundleFile
from tui.domain.http import HttpRequest
from tui.domain.requests import FileBody
from tui.interchange.aws_cli_text import aws_cli_text
from tui.interchange.boto3_text import boto3_text
from tui.interchange.bundle_outcomes import outcome_data
from tui.interchange.bundle_readme import readme
from tui.interchange.bundle_subject import REQUEST_BODY, RESPONSE_BODY
from tui.interchange.copied import one_line
from tui.interchange.curl_text import curl_text
from tui.interchange.http_text import head
from tui.interchange.sources import answer_file, check_sendable, file_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tui.domain.requests import InvocationRequest
    from tui.interchange.bundle_outcomes import Json
    from tui.interchange.bundle_subject import BundleSubject
    from tui.interchange.sources import Source

FORMAT = "sagescope-bundle"
VERSION = 1
MANIFEST = "bundle.json"
REQUEST = "request.json"
PRESET = "preset.toml"
_ANSWERED_AGAIN = "new-response-body"
"""What the scripts write, lest they replace what came the first time."""
_SHELL = """\
#!/bin/sh
# {words}
set -eu
cd "$(dirname "$0")"

"""
_PYTHON = """\
# {words}
import os

os.chdir(os.path.dirname(os.path.abspath(__file__)))

"""
_SCOPE = re.compile(r"Credential=[^/,]*/\d{8}/([a-z0-9-]+)/")
_CREDENTIALS = "Credentials are those of the environment."


def bundle_files(subject: BundleSubject, preset: str) -> tuple[BundleFile, ...]:
    """Return the files, in the order in which a reader wants them.

    Args:
        subject: what they are made from; nothing secret is in it any more.
        preset: text of the preset, whose body is the file `body_name`.

    Raises:
        RequestInvalid: no tool could send the request.
    """
    check_sendable(subject.source)
    described = (*_exchanged(subject), BundleFile(name=PRESET, content=preset.encode()))
    files = (*described, *_scripts(subject.source), *_documents(subject))
    summary = readme(_runnable(subject.source), files, subject.masked)
    about = BundleFile(name="README.md", content=_text(summary))
    manifest = _json(_manifest(subject, (about, *files)))
    return (about, BundleFile(name=MANIFEST, content=manifest), *files)


def body_name(request: InvocationRequest) -> str:
    """Return the name of the file that holds the body that was sent."""
    return file_name(REQUEST_BODY, request.content_type)


def public_source(source: Source) -> Source:
    """Return a source as it is written for others: no profile, no password in an address.

    The region is named, even if here it came from a profile or the environment.
    """
    signed, url = source.signed, source.destination.endpoint_url
    region = source.destination.region
    if isinstance(signed, HttpRequest):
        signed = replace(signed, url=_without_password(signed.url))
        region = region or _region_of(signed)
    destination = replace(
        source.destination,
        profile=None,
        region=region,
        endpoint_url=url and _without_password(url),
    )
    return replace(source, signed=signed, destination=destination)


def _region_of(signed: HttpRequest) -> str | None:
    """Return the region that a request is signed for."""
    values = (value for name, value in signed.headers if name.lower() == "authorization")
    found = next(filter(None, map(_SCOPE.search, values)), None)
    return found[1] if found else None


def _without_password(url: str) -> str:
    parts = urlsplit(url)
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))


def _exchanged(subject: BundleSubject) -> Iterator[BundleFile]:
    source = subject.source
    members = {field.api_name: value for field, value in source.members()}
    yield BundleFile(name=REQUEST, content=_json(members))
    yield BundleFile(name=body_name(source.request), content=source.body)
    if isinstance(source.signed, HttpRequest):
        yield BundleFile(name="request-headers.txt", content=_text(head(source.signed)))
    reply = source.exchange.reply if source.exchange else None
    if reply is not None:
        status = f"HTTP/1.1 {reply.status} {reply.reason}".rstrip()
        lines = (status, *(f"{name}: {value}" for name, value in reply.headers))
        text = "".join(f"{one_line(line)}\n" for line in lines)
        yield BundleFile(name="response-headers.txt", content=_text(text))
        yield BundleFile(name=_response_name(source), content=reply.body)


def _response_name(source: Source) -> str:
    return answer_file(replace(source, answer_stem=RESPONSE_BODY))


def _runnable(source: Source) -> Source:
    """Return the source as scripts want it, that have the body in a file beside them."""
    body = FileBody(path=Path(body_name(source.request)))
    request = replace(source.request, body=body)
    return replace(source, request=request, answer_stem=_ANSWERED_AGAIN)


def _scripts(source: Source) -> Iterator[BundleFile]:
    source = _runnable(source)
    saved = f"the answer goes to {answer_file(source)}"
    words = f"Sends the request once more; {saved}. {_CREDENTIALS}"
    shell, python = _SHELL.format(words=words), _PYTHON.format(words=words)
    aws = shell + aws_cli_text(source).text
    yield BundleFile(name="run-aws.sh", content=_text(aws))
    yield BundleFile(name="run-boto3.py", content=_text(python + boto3_text(source).text))
    if isinstance(source.signed, HttpRequest):
        words = f"Sends the request once more and prints the answer. {_CREDENTIALS}"
        curl = _SHELL.format(words=words) + curl_text(source).text
        yield BundleFile(name="run-curl.sh", content=_text(curl))


def _documents(subject: BundleSubject) -> Iterator[BundleFile]:
    total = Counter(each.operation for each in subject.documents)
    seen = Counter[str]()
    for each in subject.documents:
        seen[each.operation] += 1
        number = f"-{seen[each.operation]}" if total[each.operation] > 1 else ""
        stem = re.sub(r"[^A-Za-z0-9]", "", each.operation)
        yield BundleFile(name=f"endpoint/{stem}{number}.json", content=each.body)


def _manifest(subject: BundleSubject, files: Sequence[BundleFile]) -> dict[str, Json]:
    source, exchange = subject.source, subject.source.exchange
    reply = exchange.reply if exchange else None
    return {
        "format": FORMAT,
        "version": VERSION,
        "versions": dict(subject.versions),
        "exchange_id": exchange.id if exchange else None,
        "sent_at": exchange.started_at.isoformat() if exchange else None,
        "duration_s": exchange.duration_s if exchange else None,
        "attempts": exchange.attempts if exchange else None,
        "request_id": reply.request_id if reply else None,
        "region": source.destination.region,
        "endpoint_url": source.destination.endpoint_url,
        "is_demo": subject.is_demo,
        "account": subject.account,
        "request_body": body_name(source.request),
        "response_body": _response_name(source) if reply else None,
        "outcome": outcome_data(exchange.outcome) if exchange else None,
        "masking": _masking_data(subject),
        "files": {each.name: _file_data(each, subject) for each in files},
    }


def _masking_data(subject: BundleSubject) -> dict[str, Json]:
    masking = subject.masking
    switches = (each.name for each in fields(masking) if each.name != "json_paths")
    told: dict[str, Json] = {name: bool(getattr(masking, name)) for name in switches}
    return {**told, "json_paths": list(masking.json_paths)}


def _file_data(file: BundleFile, subject: BundleSubject) -> dict[str, Json]:
    content = file.content
    data: dict[str, Json] = {
        "size_bytes": len(content),
        "sha256": sha256(content).hexdigest(),
    }
    stem = file.name.partition(".")[0]
    if stem in (REQUEST_BODY, RESPONSE_BODY):
        data["is_masked"] = stem in subject.masked
    return data


def _json(data: dict[str, Json] | dict[str, str]) -> bytes:
    return f"{json.dumps(data, indent=2)}\n".encode()


def _text(text: str) -> bytes:
    return text.encode("utf-8", "replace")
