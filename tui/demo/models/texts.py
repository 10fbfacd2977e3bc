"""Texts out of a request, and words out of texts: where every language model begins."""

from __future__ import annotations

import re
from http import HTTPStatus
from typing import TYPE_CHECKING

from tui.demo.containers import RequestRefused
from tui.demo.models.negotiation import JSON, PLAIN_TEXT, sent_type
from tui.demo.models.options import read_options

if TYPE_CHECKING:
    from tui.demo.containers import ContainerRequest

WORD = re.compile(r"[^\W\d_]+(?:['\u2019][^\W\d_]+)?")
"""Letters of any script, with an inner apostrophe."""

_MAX_TEXTS = 10_000


def read_texts(request: ContainerRequest) -> list[str]:
    """Read ``{"inputs": "…"}``, ``{"inputs": ["…", …]}``, or a body of plain text.

    Raises:
        RequestRefused: 415 for another content type, 400 for a body that holds no texts.
    """
    if sent_type(request, (JSON, PLAIN_TEXT)) == PLAIN_TEXT:
        try:
            return [request.body.decode()]
        except UnicodeDecodeError as error:
            problem = f"the body is not UTF-8: byte {error.start} is no character"
            raise RequestRefused(HTTPStatus.BAD_REQUEST, problem) from error
    return read_options(request).texts("inputs", most=_MAX_TEXTS)


def words_of(text: str) -> list[str]:
    """Return the words of a text, lower case, in order."""
    return [word.lower() for word in WORD.findall(text)]


def read_data(name: str) -> str:
    """Read one of the package's data files."""
    from importlib.resources import files  # 6 ms that the server's start need not wait for

    return (files("tui.demo.models") / "data" / name).read_text(encoding="utf-8")


def labelled_lines(name: str) -> list[tuple[str, str]]:
    """Read a data file of ``label<TAB>text`` lines."""
    lines = read_data(name).splitlines()
    return [(label, text) for label, _, text in (line.partition("\t") for line in lines)]
