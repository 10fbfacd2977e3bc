"""Reproduction bundles, made and opened: what the screens and the commands call on a thread.

    subject ──▶ masked ──▶ files, to be looked at ──▶ written          (all as they were shown)
    path ──▶ files ──▶ request and exchange

All of it blocks; making writes nothing.
"""

from __future__ import annotations

import platform
import re
from dataclasses import replace
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING

from tui.domain.presets import Preset
from tui.domain.requests import FileBody
from tui.interchange.bundle import PRESET, body_name, bundle_files, public_source
from tui.interchange.bundle_masking import masked
from tui.interchange.bundle_reading import read_bundle
from tui.interchange.sources import check_sendable
from tui.store.bundles import ZIP_SUFFIX, read_files, write_folder, write_zip
from tui.store.history_values import safe_outcome
from tui.store.presetformat import spell_preset

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from tui.domain.bundles import BundleFile, Masking, OpenedBundle
    from tui.domain.requests import InvocationRequest
    from tui.interchange.bundle_subject import BundleSubject

_NOT_IN_NAMES = re.compile(r"[^A-Za-z0-9._-]+")
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


def is_zip(path: Path) -> bool:
    """Whether a bundle of this name is a zip."""
    return path.suffix.lower() == ZIP_SUFFIX


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
