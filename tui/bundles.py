"""Reproduction bundles, made and opened: what the screens and the commands call on a thread.

    subject ──▶ masked ──▶ files, to be looked at ──▶ written          (all as they were shown)
    path ──▶ files ──▶ request and exchange
    pasted text ──▶ a bundle, a file, or a request in another tool's language

All of it blocks; making writes nothing.
"""

from __future__ import annotations

import os
import platform
import re
from dataclasses import replace
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING

from tui.domain.errors import RequestInvalid, StorageFailed
from tui.domain.presets import Preset
from tui.domain.requests import FileBody
from tui.interchange.bundle import PRESET, body_name, bundle_files, public_source
from tui.interchange.bundle_masking import masked
from tui.interchange.bundle_reading import read_bundle
from tui.interchange.bundle_subject import BundleSubject
from tui.interchange.pasted_path import pasted_path
from tui.interchange.reading import read_pasted
from tui.interchange.sources import Destination, Source, check_sendable
from tui.store.bundles import ZIP_SUFFIX, read_files, write_folder, write_zip
from tui.store.files import Unreadable, read_text
from tui.store.history_values import safe_outcome
from tui.store.paths import from_home
from tui.store.presetformat import spell_preset

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from tui.domain.bundles import BundleFile, Masking, OpenedBundle
    from tui.domain.endpoints import RawDocument
    from tui.domain.errors import ExplorerError
    from tui.domain.history import HistoryEntry, HistoryRecord
    from tui.domain.http import HttpRequest
    from tui.domain.requests import InvocationRequest
    from tui.interchange.pasted import Pasted

_NOT_IN_NAMES = re.compile(r"[^A-Za-z0-9._-]+")
DEMO_CREDENTIALS = ("demo", "demo")
"""Those of the embedded demo, which are no secrets."""
_NAMED = ("sagescope", "boto3", "botocore")


def make_files(subject: BundleSubject, masking: Masking) -> tuple[BundleFile, ...]:
    """Return the files of a bundle exactly as they would be written.

    Raises:
        RequestInvalid: a path to mask is none, or no tool could send the request.
    """
    check_sendable(subject.source)
    source = public_source(subject.source)
    if source.exchange is not None:
        outcome = safe_outcome(source.exchange.outcome, keep_bodies=True)
        source = replace(source, exchange=replace(source.exchange, outcome=outcome))
    ready = masked(replace(subject, source=source, versions=_versions()), masking)
    return bundle_files(ready, _preset(ready.source.request))


def subject_of_record(
    record: HistoryRecord,
    *,
    signed: HttpRequest | ExplorerError,
    documents: tuple[RawDocument, ...] = (),
    read_timeout_s: float,
) -> BundleSubject:
    """Return what a bundle of an entry of the history is made from.

    Args:
        record: the entry.
        signed: what botocore would sign for it where it was sent, or why nothing can be signed.
        documents: the endpoint's description.
        read_timeout_s: for the scripts.

    Raises:
        StorageFailed: a body was left out of the history, so that nothing can be reproduced.
    """
    _check_bodies(record.entry)
    place = record.entry.place
    destination = Destination(
        region=place.region,
        endpoint_url=place.connection.endpoint_url,
        read_timeout_s=read_timeout_s,
        credentials=DEMO_CREDENTIALS if place.is_demo else None,
    )
    source = Source(
        request=record.as_sent(),
        body=record.sent_body,
        destination=destination,
        signed=signed,
        exchange=record.exchange,
    )
    return BundleSubject(
        source=source, account=place.account, is_demo=place.is_demo, documents=documents
    )


def _check_bodies(entry: HistoryEntry) -> None:
    for kept in filter(None, (entry.sent, entry.received)):
        if kept.left_out is not None:
            raise StorageFailed(
                summary=f"A body of #{entry.id} is not in the history: it is {kept.left_out}",
                hint="Send it again, and make the bundle from the answer on the main screen.",
            )


def write_files(path: Path, files: Sequence[BundleFile], *, overwrite: bool = False) -> None:
    """Write a bundle: as a zip where the name says so, else as a folder.

    Raises:
        FileExists: it is there, and ``overwrite`` is off.
        StorageFailed: it cannot be written.
    """
    write = write_zip if is_zip(path) else write_folder
    write(path, files, overwrite=overwrite)


def open_bundle(path: Path) -> OpenedBundle:
    """Read a bundle.

    Raises:
        StorageFailed: it cannot be read.
        RequestInvalid: it is none.
    """
    return read_bundle(read_files(path))


def read_anything(text: str) -> Pasted | OpenedBundle | FileBody:
    """Read what was pasted: the path of a bundle, that of a file, or another tool's text.

    Raises:
        ExplorerError: it is none of them, or cannot be read.
    """
    path = pasted_path(text)
    if path is None:
        return read_pasted(text, _text_of)
    found = from_home(str(path))
    if not os.path.lexists(found):
        raise StorageFailed(summary=f"There is no {path}", hint="Check the path.", path=str(path))
    if found.is_dir() or is_zip(found):
        try:
            return open_bundle(found)
        except RequestInvalid:
            if found.is_dir():
                raise
    return FileBody(path=path)


def _text_of(path: Path) -> str | None:
    try:
        return read_text(from_home(str(path)))
    except Unreadable:
        return None


def is_zip(path: Path) -> bool:
    """Whether a bundle of this name is a zip."""
    return path.suffix.lower() == ZIP_SUFFIX


def bundle_path(path: Path, *, is_zip: bool) -> Path:
    """Return ``path`` with the suffix of a zip, if one is wanted and it has none."""
    has_suffix = path.suffix.lower() == ZIP_SUFFIX
    return path.with_name(f"{path.name}{ZIP_SUFFIX}") if is_zip and not has_suffix else path


def suggested_name(endpoint_name: str, moment: datetime) -> str:
    """Make up a name such as ``sagescope-iris-classifier-20261125-1709``."""
    endpoint = _NOT_IN_NAMES.sub("-", endpoint_name).strip("-.") or "request"
    return f"sagescope-{endpoint}-{moment:%Y%m%d-%H%M}"


def _preset(request: InvocationRequest) -> str:
    """Spell the request as a preset beside which its body is."""
    folder = Path("bundle").absolute()
    beside = replace(request, body=FileBody(path=folder / body_name(request)))
    preset = Preset(request=beside, has_placeholders=False)
    return spell_preset(preset, folder / PRESET, root=folder).text


def _versions() -> tuple[tuple[str, str], ...]:
    return (*((name, _version(name)) for name in _NAMED), ("python", platform.python_version()))


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "not installed"
