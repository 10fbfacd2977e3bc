"""Answers of the kind and size asked for, to the byte: for trying how a client bears them.

    {"kind": "json", "size_bytes": 25000000, "seed": 1}

Equal requests get equal answers. Records of one kind are all equally long, so that their number
follows from the size by division; what is left over lengthens the last one.
"""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from itertools import chain, cycle, islice
from random import Random
from typing import TYPE_CHECKING

from tui.demo.containers import ContainerReply, RequestRefused
from tui.demo.models.negotiation import CSV, JSON, JSON_LINES, PLAIN_TEXT
from tui.demo.models.options import read_options
from tui.demo.models.sized_files import make_npy, make_safetensors, make_wav

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tui.demo.containers import ContainerRequest

MAX_SIZE_BYTES = 100_000_000

_DEFAULT_SIZE_BYTES = 10_000
_MAX_SEED = 2**31 - 1
_COLOURS = (b"amber", b"azure", b"coral", b"ivory", b"khaki", b"lilac", b"mauve", b"olive")
_VOCABULARY = (
    "the a one every some model endpoint answer request weight variant sample header body client "
    "server takes gives returns reads keeps sends large small quick slow plain warm cold new"
)


class SizedAnswers:
    """A model server without a model."""

    def invoke(self, request: ContainerRequest) -> ContainerReply:
        """Make the answer; 25 MB take a fraction of a second."""
        options = read_options(request)
        kind = options.choice("kind", tuple(_MAKERS), default="json")
        size = options.integer(
            "size_bytes", default=_DEFAULT_SIZE_BYTES, least=0, most=MAX_SIZE_BYTES
        )
        seed = options.integer("seed", default=0, least=0, most=_MAX_SEED)
        content_type, make = _MAKERS[kind]
        return ContainerReply(body=make(size, seed), content_type=content_type)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Layout:
    """How a body is put together: head, records between separators, tail."""

    head: bytes = b""
    record: Callable[[int, int, bytes], bytes]
    """Spells a record from (number, score of six digits, filling)."""
    filling: bytes
    """One byte of what lengthens the last record."""
    separator: bytes = b""
    tail: bytes = b""
    period: int = MAX_SIZE_BYTES
    """After so many, the records begin anew: where none has an id, few are as good as many."""

    def make(self, size: int, seed: int) -> bytes:
        """Return exactly ``size`` bytes.

        Raises:
            RequestRefused: not even one record fits.
        """
        width = len(self.record(0, 0, b"")) + len(self.separator)
        room = size - len(self.head) - len(self.tail) + len(self.separator)
        count, missing = divmod(room, width)
        if count < 1:
            least = size - room + width
            problem = f"size_bytes must be at least {least} for this kind"
            raise RequestRefused(HTTPStatus.BAD_REQUEST, problem, member="size_bytes")
        record = self.record
        distinct = [record(i, _score(i, seed), b"") for i in range(min(count - 1, self.period))]
        last = record(count - 1, _score(count - 1, seed), self.filling * missing)
        records = chain(islice(cycle(distinct), count - 1), [last])
        return b"".join((self.head, self.separator.join(records), self.tail))


def _score(number: int, seed: int) -> int:
    """Scatter the numbers over six digits."""
    return (number + seed * 7919) * 7_368_787 % 1_000_000


_FIRST_ID = 10_000_000
"""Ids have eight digits, so that all are equally long."""


def _json_record(number: int, score: int, filling: bytes) -> bytes:
    return b'{"id":%d,"score":0.%06d,"colour":"%b","tags":["a","b"],"note":"%b"}' % (
        _FIRST_ID + number,
        score,
        _COLOURS[score % 8],
        filling,
    )


def _csv_record(number: int, score: int, filling: bytes) -> bytes:
    return b"%d,0.%06d,%b,eu-central-1,ml.m5.xlarge,%b\n" % (
        _FIRST_ID + number,
        score,
        _COLOURS[score % 8],
        filling,
    )


def _xml_record(number: int, score: int, filling: bytes) -> bytes:
    return (
        b'<record id="%d"><score>0.%06d</score><colour>%b</colour>'
        b"<note>made for <b>trying</b> things%b</note><tags><tag>a</tag><tag/></tags></record>"
    ) % (_FIRST_ID + number, score, _COLOURS[score % 8], filling)


def _html_record(number: int, score: int, filling: bytes) -> bytes:
    """Spell a frame of a traceback, as the debugger of a web framework shows it."""
    return (
        b'<li><div class="frame" id="frame-%d"><h4>File <cite>"/opt/ml/code/%b.py"</cite>, line '
        b"<em>%06d</em>, in <code>predict_fn</code></h4><pre>    scores = model(instances)\n"
        b'    return <b class="here">scores["%b"]</b>%b</pre><table><tr><th>name<th>value<tr>'
        b"<td>score<td>0.%06d</table></div>\n"
    ) % (_FIRST_ID + number, _COLOURS[score % 8], score, _COLOURS[score % 8], filling, score)


def _events(number: int, score: int, filling: bytes) -> bytes:
    """Spell two events, as streaming servers do it in two fashions."""
    token = b'{"index":%d,"token":{"text":" %b","logprob":-0.%06d}}' % (
        _FIRST_ID + number,
        _COLOURS[score % 8],
        score,
    )
    chunk = b'{"id":"chat-%d","choices":[{"index":0,"delta":{"content":" %b%b"},%b}]}' % (
        _FIRST_ID + number,
        _COLOURS[score % 8],
        filling,
        b'"logprobs":null,"finish_reason":null',
    )
    return b"event: token\ndata: %b\n\ndata: %b\n\n" % (token, chunk)


def _coloured_line(number: int, score: int, filling: bytes) -> bytes:
    """Spell a line of a log with what a terminal would obey."""
    return b"\x1b[3%dm%d\x1b[0m\t0.%06d \xe2\x80\xae%b%b\r\n" % (
        score % 8,
        _FIRST_ID + number,
        score,
        _COLOURS[score % 8],
        filling,
    )


def _coordinate(_number: int, score: int, filling: bytes) -> bytes:
    return b"%b0.%06d%b" % (b"-" if score % 2 else b" ", score, filling)


_RECORDS = _Layout(
    head=b'{"records":[', record=_json_record, filling=b"x", separator=b",", tail=b"]}"
)
_LINES = _Layout(record=_json_record, filling=b"x", separator=b"\n", tail=b"\n")
_ROWS = _Layout(record=_csv_record, filling=b"x")
_XML = _Layout(
    head=b'<?xml version="1.0" encoding="UTF-8"?><records><!-- made by the demo -->',
    record=_xml_record,
    filling=b"!",
    tail=b"</records>",
)
_HTML = _Layout(
    head=b"<!doctype html><html lang=en><head><meta charset=utf-8><title>500 Internal Server Error"
    b"</title><style>\n  pre { background: #eee }\n</style></head><body><h1>KeyError</h1><p>The "
    b"container raised <b>KeyError</b>.<br>What it was doing is below, the last call last.</p><ul>",
    record=_html_record,
    filling=b" ",
    tail=b"</ul><hr><address>made by the demo</address></body></html>\n",
)
_EVENTS = _Layout(record=_events, filling=b"x", tail=b"data: [DONE]\n\n")
_LOG = _Layout(record=_coloured_line, filling=b"x")
_EMBEDDING = _Layout(
    head=b'{"embedding":[',
    record=_coordinate,
    filling=b"0",
    separator=b",",
    tail=b"]}",
    period=10_000,
)


def _text(size: int, seed: int) -> bytes:
    """Return lines of words, none longer than a hundred characters."""
    random = Random(seed)  # noqa: S311 - makes filler text, guards nothing
    words = _VOCABULARY.split()
    pool = [" ".join(random.choices(words, k=14)).capitalize() + ".\n" for _ in range(500)]
    shortest = min(map(len, pool))
    lines = random.choices(pool, k=size // shortest + 1)
    return "".join(lines).encode()[:size]


def _random_bytes(size: int, seed: int) -> bytes:
    return Random(seed).randbytes(size)  # noqa: S311 - likewise


_MAKERS: Mapping[str, tuple[str, Callable[[int, int], bytes]]] = {
    "json": (JSON, _RECORDS.make),
    "embedding": (JSON, _EMBEDDING.make),
    "jsonlines": (JSON_LINES, _LINES.make),
    "csv": (CSV, _ROWS.make),
    "text": (PLAIN_TEXT, _text),
    "xml": ("application/xml", _XML.make),
    "html": ("text/html", _HTML.make),
    "events": ("text/event-stream", _EVENTS.make),
    "log": (PLAIN_TEXT, _LOG.make),
    "npy": ("application/x-npy", make_npy),
    "safetensors": ("application/octet-stream", make_safetensors),
    "wav": ("audio/wav", make_wav),
    "bytes": ("application/octet-stream", _random_bytes),
}
"""Kind to (content type, maker of a body from size and seed)."""
