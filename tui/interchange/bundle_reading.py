"""A bundle's files read back: the request, and the answer as it was shown.

Whoever made them may be a stranger, or have edited them. So everything is checked that is taken
over, and a file that is not as it was written is told.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from hashlib import sha256
from typing import TYPE_CHECKING, cast

from tui.domain.bundles import OpenedBundle
from tui.domain.errors import RequestInvalid
from tui.domain.exchanges import Exchange
from tui.domain.fields import TEXT_FIELDS
from tui.domain.requests import InlineBody, InvocationRequest
from tui.interchange.bundle import FORMAT, MANIFEST, REQUEST, VERSION
from tui.interchange.bundle_outcomes import foreign, outcome_of, table_of, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tui.interchange.bundle_outcomes import Json


def read_bundle(files: Mapping[str, bytes]) -> OpenedBundle:
    """Return what is in a bundle.

    Args:
        files: by their names, as they were found; others than the bundle's own may be among them.

    Raises:
        RequestInvalid: it is none, or none that this version knows.
    """
    manifest = _manifest_of(files)
    request = _request_of(files, manifest)
    region = manifest.get("region")
    listed = table_of(manifest.get("files"), "files")
    return OpenedBundle(
        request=request,
        exchange=_exchange_of(files, manifest, request),
        is_demo=manifest.get("is_demo") is True,
        region=region if isinstance(region, str) else None,
        altered=tuple(_altered(files, listed)),
        masked=tuple(name for name, told in listed.items() if _is_masked(told)),
    )


def _manifest_of(files: Mapping[str, bytes]) -> Mapping[str, Json]:
    if MANIFEST not in files:
        raise RequestInvalid(
            summary=f"There is no {MANIFEST} in it, so it is no bundle of sagescope's",
            hint="Name the folder, or the .zip, that holds that file.",
        )
    manifest = table_of(_parsed(files, MANIFEST), MANIFEST)
    if manifest.get("format") != FORMAT:
        raise foreign("format")
    if manifest.get("version") != VERSION:
        raise RequestInvalid(
            summary=f"The bundle's format has another version than {VERSION}",
            hint="A newer sagescope has written it; its bodies and scripts work without.",
        )
    return manifest


def _parsed(files: Mapping[str, bytes], name: str) -> Json:
    try:
        return cast("Json", json.loads(files[name]))
    except (KeyError, ValueError, RecursionError) as error:
        raise foreign(name) from error


def _request_of(files: Mapping[str, bytes], manifest: Mapping[str, Json]) -> InvocationRequest:
    members = table_of(_parsed(files, REQUEST), REQUEST)
    attributes = {each.api_name: each.attribute for each in TEXT_FIELDS}
    if unknown := next((name for name in members if name not in attributes), None):
        raise foreign(f"{REQUEST}: {unknown}")
    values = {attributes[name]: text_of(value, REQUEST) for name, value in members.items()}
    body = InlineBody(data=_body(files, manifest, "request_body"))
    return InvocationRequest(body=body, **values)


def _body(files: Mapping[str, bytes], manifest: Mapping[str, Json], key: str) -> bytes:
    name = text_of(manifest.get(key), key)
    if name not in files:
        raise RequestInvalid(
            summary=f"{name} is missing from the bundle", hint="Ask for all of its files."
        )
    return files[name]


def _exchange_of(
    files: Mapping[str, bytes], manifest: Mapping[str, Json], request: InvocationRequest
) -> Exchange | None:
    if manifest.get("outcome") is None:
        return None
    has_answer = manifest.get("response_body") is not None
    reply_body = _body(files, manifest, "response_body") if has_answer else None
    duration_s = manifest.get("duration_s")
    if isinstance(duration_s, bool) or not isinstance(duration_s, int | float):
        raise foreign("duration_s")
    return Exchange(
        id=text_of(manifest.get("exchange_id"), "exchange_id"),
        request=request,
        sent_body=_body(files, manifest, "request_body"),
        outcome=outcome_of(manifest["outcome"], reply_body),
        started_at=_moment(text_of(manifest.get("sent_at"), "sent_at")),
        duration_s=float(duration_s),
    )


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
        return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    except (ValueError, OverflowError) as error:
        raise foreign("sent_at") from error


def _altered(files: Mapping[str, bytes], listed: Mapping[str, Json]) -> Iterator[str]:
    for name, told in listed.items():
        if name not in files or sha256(files[name]).hexdigest() != _told(told, "sha256"):
            yield name


def _is_masked(told: Json) -> bool:
    return _told(told, "is_masked") is True


def _told(told: Json, key: str) -> Json:
    return table_of(told, "files").get(key)
