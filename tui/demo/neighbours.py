"""The two other services that browsing SageMaker touches: STS and S3, as little as is needed.

STS says whose account it is; S3 lists the artifacts of a multi-model endpoint, which is where the
values of TargetModel come from. Both speak XML.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, quote, unquote
from xml.sax.saxutils import escape

from tui.demo.account import ACCOUNT
from tui.demo.catalogue import MultiModel
from tui.demo.documents import Place, models_prefix
from tui.demo.wire import AwsError, Reply

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime

    from tui.demo.catalogue import Catalogue
    from tui.demo.wire import ReceivedRequest

_STS = "https://sts.amazonaws.com/doc/2011-06-15/"
_S3 = "http://s3.amazonaws.com/doc/2006-03-01/"
_MAX_KEYS = 1000
_ARTIFACT_BYTES = 48_128
"""S3 always names a size; the demo's artifacts have no file behind them."""


def sts_answer(request: ReceivedRequest) -> Reply:
    """Answer GetCallerIdentity; any other action is invalid."""
    form = parse_qs(request.body.decode("ascii", "replace"))
    action = form.get("Action", [""])[0]
    metadata = f"<RequestId>{request.id}</RequestId>"
    if action != "GetCallerIdentity":
        message = f"Could not find operation {action} for version 2011-06-15"
        error = _elements({"Type": "Sender", "Code": "InvalidAction", "Message": message})
        wrapped = f'<ErrorResponse xmlns="{_STS}"><Error>{error}</Error>{metadata}</ErrorResponse>'
        return _xml(wrapped, status=400)
    user = f"arn:aws:iam::{ACCOUNT}:user/demo"
    identity = _elements({"Arn": user, "UserId": "AIDADEMODEMODEMODEMO", "Account": ACCOUNT})
    return _xml(
        f'<GetCallerIdentityResponse xmlns="{_STS}">'
        f"<GetCallerIdentityResult>{identity}</GetCallerIdentityResult>"
        f"<ResponseMetadata>{metadata}</ResponseMetadata></GetCallerIdentityResponse>"
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Listing:
    """The query of ListObjectsV2, read."""

    prefix: str
    delimiter: str
    after: str
    """Only what sorts behind this is listed."""
    max_keys: int
    encoding: str
    token: str

    @classmethod
    def read(cls, query: Mapping[str, list[str]]) -> _Listing:
        def first(name: str) -> str:
            return query.get(name, [""])[0]

        limit = first("max-keys") or str(_MAX_KEYS)
        if not (limit.isascii() and limit.isdigit() and len(limit) < len("1000000000")):
            raise AwsError("InvalidArgument", "Provided max-keys not an integer or within range")
        return cls(
            prefix=first("prefix"),
            delimiter=first("delimiter"),
            after=first("continuation-token") or first("start-after"),
            max_keys=min(int(limit), _MAX_KEYS),
            encoding=first("encoding-type"),
            token=first("continuation-token"),
        )

    def spelt(self, key: str) -> str:
        return quote(key) if self.encoding == "url" else escape(key)


class ArtifactStore:
    """S3's ListObjectsV2, path style, over the artifacts of all multi-model endpoints."""

    def __init__(self, catalogue: Catalogue, started_at: datetime) -> None:
        self._catalogue = catalogue
        self._started_at = started_at

    def answer(self, request: ReceivedRequest) -> Reply:
        """Answer one request, refusals included."""
        try:
            reply = self._list(request)
        except AwsError as error:
            told = {"Code": error.code, "Message": error.message, "RequestId": request.id}
            reply = _xml(f"<Error>{_elements(told)}</Error>", status=error.status)
        return replace(reply, headers=(("x-amz-request-id", request.id),))

    def _list(self, request: ReceivedRequest) -> Reply:
        query = parse_qs(request.query, keep_blank_values=True)
        bucket, _, key = unquote(request.path).removeprefix("/").partition("/")
        if request.method != "GET" or key or query.get("list-type") != ["2"]:
            raise AwsError("NotImplemented", "The demo's S3 knows ListObjectsV2 only.", status=501)
        if bucket != Place(region=request.region, started_at=self._started_at).bucket():
            raise AwsError("NoSuchBucket", "The specified bucket does not exist", status=404)
        listing = _Listing.read(query)
        return _xml(self._listed(bucket, listing))

    def _listed(self, bucket: str, listing: _Listing) -> str:
        keys = dict(self._artifacts())
        names = sorted({_rolled_up(key, listing) for key in keys if key.startswith(listing.prefix)})
        rest = [name for name in names if name > listing.after]
        page = rest[: listing.max_keys]
        is_truncated = len(page) < len(rest)
        head = {
            "Name": bucket,
            "Prefix": listing.spelt(listing.prefix),
            "Delimiter": listing.spelt(listing.delimiter),
            "EncodingType": listing.encoding,
            "ContinuationToken": listing.token,
            "NextContinuationToken": page[-1] if is_truncated and page else "",
        }
        told = {name: value for name, value in head.items() if value}
        counts = {
            "MaxKeys": str(listing.max_keys),
            "KeyCount": str(len(page)),
            "IsTruncated": str(is_truncated).lower(),
        }
        entries = "".join(_entry(name, keys.get(name), listing) for name in page)
        return (
            f'<ListBucketResult xmlns="{_S3}">{_elements({**told, **counts})}{entries}'
            "</ListBucketResult>"
        )

    def _artifacts(self) -> Iterator[tuple[str, str]]:
        """Yield (key, ISO time) of every artifact."""
        for endpoint in self._catalogue.endpoints:
            modified = (self._started_at - endpoint.age).strftime("%Y-%m-%dT%H:%M:%S.000Z")
            for variant in endpoint.variants:
                if variant.model and isinstance(variant.model.serves, MultiModel):
                    prefix = models_prefix(variant.model)
                    for name in variant.model.serves.artifacts:
                        yield prefix + name, modified


def _rolled_up(key: str, listing: _Listing) -> str:
    """Cut a key behind the first delimiter after the prefix: a common prefix, a "folder"."""
    rest = key.removeprefix(listing.prefix)
    if not listing.delimiter or listing.delimiter not in rest:
        return key
    return listing.prefix + rest.partition(listing.delimiter)[0] + listing.delimiter


def _entry(name: str, modified: str | None, listing: _Listing) -> str:
    if modified is None:
        return f"<CommonPrefixes><Prefix>{listing.spelt(name)}</Prefix></CommonPrefixes>"
    rest = {"LastModified": modified, "Size": str(_ARTIFACT_BYTES), "StorageClass": "STANDARD"}
    return f"<Contents><Key>{listing.spelt(name)}</Key>{_elements(rest)}</Contents>"


def _elements(values: Mapping[str, str]) -> str:
    return "".join(f"<{name}>{escape(value)}</{name}>" for name, value in values.items())


def _xml(text: str, *, status: int = 200) -> Reply:
    body = f'<?xml version="1.0" encoding="UTF-8"?>\n{text}'.encode("utf-8", "replace")
    return Reply(status=status, content_type="text/xml", body=body)
