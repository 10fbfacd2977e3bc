"""The body view at every size: against itself with a small body, and the standard library."""

from __future__ import annotations

import json
import re
import sys
from functools import partial
from html.parser import HTMLParser
from statistics import median
from typing import TYPE_CHECKING
from xml.etree import ElementTree

from tests.benchmarks.bodies import (
    KINDS,
    LARGE,
    LINES,
    MARKUP,
    MEDIUM,
    SMALL,
    TABLES,
    body,
    digits,
    empty_lines,
    image,
    in_latin_1,
    pixels,
    short_records,
)
from tests.benchmarks.comparing import Case
from tests.benchmarks.memory import memory_growth
from tests.benchmarks.viewing import (
    against_a_frame,
    column_times_s,
    first_screen_s,
    key_times_during_layout_s,
    key_times_during_sorting_s,
    p99,
    page_times_s,
    seconds,
    text_area_s,
)
from tui.body.json.document import JsonDocument
from tui.body.markup.document import MarkupDocument
from tui.body.search.searching import Search

if TYPE_CHECKING:
    from collections.abc import Iterator


def cases() -> Iterator[Case]:
    """Yield the comparisons; together they take some minutes."""
    yield from _first_screens()
    yield from _layouts()
    yield from _layouts_of_markup()
    yield from _searches()
    yield from _keys()
    yield from _wide_tables()
    yield from _memory()
    yield _beside_text_area()


def _first_screens() -> Iterator[Case]:
    for kind in KINDS:
        yield Case(
            name=f"first painted screen of 25 MB, {kind}",
            measure=partial(first_screen_s, body(kind, LARGE)),
            reference_name="of 25 kB",
            reference=partial(first_screen_s, body(kind, SMALL)),
            at_most=1.5,
        )
    for kind in ("records", "CSV"):
        yield Case(
            name=f"first painted screen of 25 MB, {kind} in Latin-1",
            measure=partial(first_screen_s, in_latin_1(kind)),
            reference_name=f"of 25 kB, {kind}",
            reference=partial(first_screen_s, body(kind, SMALL)),
            at_most=1.5,
        )


def _layouts() -> Iterator[Case]:
    bodies = {kind: body(kind, LARGE) for kind in ("records", "embedding", *LINES)}
    for kind, shown in {**bodies, "image": image()}.items():
        data = shown.data
        yield Case(
            name=f"whole outline of 25 MB, {kind}",
            measure=partial(seconds, partial(lay_out, data)),
            reference_name="json.loads and dumps(indent=2)",
            reference=partial(seconds, partial(parse_and_dump, data)),
            at_most=0.7,
            runs=9,
        )


def _layouts_of_markup() -> Iterator[Case]:
    for kind, name, parse in (
        ("HTML", "html.parser", parse_html),
        ("XML", "xml.etree.ElementTree", ElementTree.fromstring),
    ):
        data = body(kind, LARGE).data
        yield Case(
            name=f"whole outline of 25 MB, {kind}",
            measure=partial(seconds, partial(lay_out_markup, data, is_html=kind == "HTML")),
            reference_name=name,
            reference=partial(seconds, partial(parse, data)),
            # What expat does is all C.
            at_most=1.5 if kind == "HTML" else None,
            runs=3,
        )


def _searches() -> Iterator[Case]:
    data = body("records", LARGE).data
    for text in ("Absent", "absent"):
        pattern = re.compile(text.encode(), 0 if text.istitle() else re.IGNORECASE)
        yield Case(
            name=f"search of 25 MB for a text that is not there, {text}",
            measure=partial(seconds, partial(search_all, data, text)),
            reference_name="re.search over the same bytes",
            reference=partial(seconds, partial(pattern.search, data)),
            at_most=2.0,
        )


def _keys() -> Iterator[Case]:
    for kind in KINDS:
        yield against_a_frame(
            f"page down anywhere in 25 MB, {kind}, median",
            lambda kind=kind: median(page_times_s(body(kind, LARGE))),
            at_most=1.0,
        )
    for kind in ("records", *TABLES):
        yield against_a_frame(
            f"page down anywhere in 25 MB, {kind}, p99",
            lambda kind=kind: p99(page_times_s(body(kind, LARGE))),
        )
    for kind in TABLES:
        yield against_a_frame(
            f"key while a table of 25 MB is sorted, {kind}, p99",
            lambda kind=kind: p99(key_times_during_sorting_s(body(kind, LARGE))),
        )
    laid_out = {kind: body(kind, LARGE) for kind in ("records", *MARKUP)}
    for kind, shown in {**laid_out, "digits": digits()}.items():
        yield against_a_frame(
            f"key while 25 MB are laid out, {kind}, p99",
            lambda shown=shown: p99(key_times_during_layout_s(shown)),
        )


def _wide_tables() -> Iterator[Case]:
    for key, times_s in (("page down", page_times_s), ("a column to the right", column_times_s)):
        name = f"{key} in 25 MB, CSV of 784 columns"
        yield against_a_frame(
            f"{name}, median", lambda times_s=times_s: median(times_s(pixels())), at_most=1.0
        )
        yield against_a_frame(f"{name}, p99", lambda times_s=times_s: p99(times_s(pixels())))


def _memory() -> Iterator[Case]:
    """Yield cases whose "seconds" are bytes, per byte of the body; where Linux tells the peak."""
    if sys.platform != "linux":
        return
    shortest = {
        "digits": digits(),
        "empty lines": empty_lines(),
        "short records": short_records(),
    }
    for kind, shown in {**{kind: body(kind, LARGE) for kind in KINDS}, **shortest}.items():
        yield Case(
            name=f"memory that 25 MB take beside themselves, {kind}",
            measure=partial(memory_growth, shown),
            reference_name="the body itself",
            reference=lambda: 1.0,
            at_most=2.0,
            is_time=False,
            runs=1,
            warm_ups=0,
        )


def _beside_text_area() -> Case:
    shown = body("records", MEDIUM)
    return Case(
        name="first painted screen of 5 MB, records",
        measure=partial(first_screen_s, shown),
        reference_name="the same in a TextArea",
        reference=partial(text_area_s, shown),
        runs=2,
        warm_ups=0,
    )


def lay_out(data: bytes) -> None:
    """Find every line of pretty JSON, in slices as the view does."""
    document = JsonDocument(data)
    while not document.is_complete:
        document.advance(32 * 1024)


def lay_out_markup(data: bytes, *, is_html: bool) -> None:
    """Do the same with HTML or XML."""
    document = MarkupDocument(data, is_html=is_html)
    while not document.is_complete:
        document.advance(32 * 1024)


def parse_html(data: bytes) -> None:
    """Read every token, as programs in Python do."""
    HTMLParser().feed(data.decode())


def parse_and_dump(data: bytes) -> None:
    """Indent as most programs do."""
    json.dumps(json.loads(data), indent=2)


def search_all(data: bytes, text: str) -> None:
    """Look everywhere, in slices as the view does."""
    search = Search(data, text)
    while not search.is_complete:
        search.advance(256 * 1024)
