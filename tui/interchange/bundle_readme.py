"""A bundle's README.md: the ticket, and what each file is for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.domain.errors import ExplorerError
from tui.interchange.copied import one_line
from tui.interchange.ticket_text import ticket_text

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from tui.domain.bundles import BundleFile
    from tui.interchange.sources import Source

_WORDS = {
    "request.json": "the request's members, but for the body",
    "request-body": "the body, {as_it_is}",
    "request-headers.txt": "what botocore signs for it, secrets masked",
    "response-headers.txt": "status and headers as they came",
    "response-body": "the answer, {as_it_is}",
    "preset.toml": "the request as a preset of sagescope",
    "run-aws.sh": "sends it again with the AWS CLI: `sh run-aws.sh`",
    "run-boto3.py": "sends it again with boto3: `python run-boto3.py`",
    "run-curl.sh": "sends it again with curl 7.75 or later: `sh run-curl.sh`",
}


def readme(source: Source, files: Sequence[BundleFile], masked: Collection[str] = ()) -> str:
    """Return the text.

    Args:
        source: as the scripts have it: its body in a file beside them.
        files: all others but the manifest.
        masked: the bodies, without their suffix, in which something was masked.

    Raises:
        RequestInvalid: no tool could send the request.
    """
    return "\n".join(
        (
            ticket_text(source).text,
            "## Files of this bundle",
            "",
            "- `bundle.json`: times, versions, and the sha256 of each file",
            *(f"- `{each.name}`: {_words(each.name, masked)}" for each in files),
            *_missing(source),
            "",
            "`sagescope open` with the path of this folder, or of its zip, shows request and",
            "answer as they were. The scripts read credentials as every AWS client does.",
            "",
        )
    )


def _words(name: str, masked: Collection[str]) -> str:
    if name.startswith("endpoint/"):
        return "the endpoint's description as AWS returned it, environment secrets masked"
    stem = name.partition(".")[0]
    as_it_is = "values in it masked" if stem in masked else "byte for byte"
    return (_WORDS.get(name) or _WORDS[stem]).format(as_it_is=as_it_is)


def _missing(source: Source) -> Iterator[str]:
    if isinstance(source.signed, ExplorerError):
        yield f"- for curl there is no script: {one_line(source.signed.summary)}"
