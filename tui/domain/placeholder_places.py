"""Where placeholders stand in a text: how they are spelt, and which are within strings of JSON.

    {"name": "{{name}}", "count": {{count}}}
              in a string            a value of its own

Pure. What stands for them is `tui.domain.placeholders`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

# Compiled when first used: the program starts without a request.
PLACEHOLDER = (
    r"\{\{(?:(?P<known>uuid|now)|env\.(?P<env>[A-Za-z_][A-Za-z0-9_]*)"
    r"|file:(?P<file>[^{}\r\n\0]+)|(?P<variable>[A-Za-z_][A-Za-z0-9_-]*))\}\}"
)
_IN_JSON = rf"(?s:{PLACEHOLDER}|\\.|[\"\r\n])"

_JSON_TYPES = ("/json", "+json")
_JSON_LINES_TYPES = ("jsonlines", "jsonl", "x-ndjson", "ndjson", "json-seq")


@dataclass(frozen=True, slots=True)
class StoodIn:
    """A text of JSON with something in each placeholder's place that can stand there.

    It is as long as the text, character for character.
    """

    text: str
    spans: tuple[tuple[int, int], ...] = ()
    """Start and end of each placeholder."""
    values: tuple[tuple[int, int], ...] = ()
    """Those of them that stand outside of strings; what is filled in there can be any JSON."""

    def may_be_mended_at(self, place: int) -> bool:
        """Whether what is filled in decides if the text is JSON at a place."""
        return any(start <= place <= end for start, end in self.values)


def is_json(data: bytes, content_type: str) -> bool:
    """Whether a body is to be taken for JSON: its type says so, or there is no type.

    Without a type, what begins like an object or an array is taken for JSON.
    """
    media_type = content_type.partition(";")[0].strip().lower()
    if media_type:
        return media_type.endswith(_JSON_TYPES)
    return data.lstrip()[:1] in {b"{", b"["}


def has_json_strings(data: bytes, content_type: str) -> bool:
    """Whether the quotes in a body are those of JSON: it is JSON, or a line of it after another."""
    subtype = content_type.partition(";")[0].strip().lower().rpartition("/")[2]
    return subtype in _JSON_LINES_TYPES or is_json(data, content_type)


def places_in(text: str, *, as_json: bool) -> Iterator[tuple[re.Match[str], bool]]:
    """Yield each placeholder, and whether it is within a string of JSON.

    A string ends with its line, as it must in JSON; so one missing quote turns no other line over.
    """
    if not as_json:
        yield from ((found, False) for found in re.finditer(PLACEHOLDER, text))
        return
    in_string = False
    for found in re.finditer(_IN_JSON, text):
        match found.group():
            case '"':
                in_string = not in_string
            case "\n" | "\r":
                in_string = False
            case piece if piece.startswith("{"):
                yield found, in_string
            case _:
                pass


def variable_alone(text: str) -> str | None:
    """Return the name of the variable that is all of a text, declared or not."""
    found = re.fullmatch(PLACEHOLDER, text.strip())
    return found["variable"] if found else None


def variable_at(text: str, place: int) -> str | None:
    """Return the name of the variable that stands at a place of a text, declared or not."""
    matches = re.finditer(PLACEHOLDER, text)
    found = next((each for each in matches if each.start() <= place < each.end()), None)
    return found["variable"] if found else None


def undeclared_in(text: str, variables: Collection[str]) -> Iterator[str]:
    """Yield the names that are spelt as variables are, and are none: those stay as they are."""
    for found in re.finditer(PLACEHOLDER, text):
        if (name := found["variable"]) is not None and name not in variables:
            yield name


def escaped(value: bytes) -> bytes | None:
    """Return a text as it is spelt within quotes in JSON; None where it is no text."""
    try:
        text = value.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return None
    # Imported here: 2 ms, and nothing is filled in at the first paint.
    import json

    return json.dumps(text, ensure_ascii=False)[1:-1].encode("utf-8", "surrogatepass")


def with_stand_ins(text: str, variables: Collection[str]) -> StoodIn:
    """Put something in each placeholder's place, so that the rest can be read as JSON.

    Args:
        text: JSON, but for its placeholders.
        variables: names that are placeholders too.
    """
    pieces: list[str] = []
    spans: list[tuple[int, int]] = []
    values: list[tuple[int, int]] = []
    last = 0
    for found, in_string in places_in(text, as_json=True):
        name = found["variable"]
        if name is not None and name not in variables:
            continue
        start, end = found.span()
        pieces += (text[last:start], ("x" if in_string else "1") * (end - start))
        spans.append((start, end))
        if not in_string:
            values.append((start, end))
        last = end
    return StoodIn("".join((*pieces, text[last:])), tuple(spans), tuple(values))
