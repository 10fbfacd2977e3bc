"""JSON for who writes it while parts of it are placeholders: where it breaks, indented anew.

As `tui.body.json.text`, but for what is filled in at send: within strings that changes nothing,
and for a value of its own it may be anything.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tui.body.json.text import find_json_problem, reindent_json
from tui.domain.placeholder_places import StoodIn, variable_at, with_stand_ins

if TYPE_CHECKING:
    from collections.abc import Collection

    from tui.body.json.text import JsonProblem


@dataclass(frozen=True, slots=True, kw_only=True)
class JsonCheck:
    """What is known of a text that is to be JSON once it is filled in."""

    problem: JsonProblem | None
    before: str = ""
    """The text up to the problem, placeholders as something of their length."""
    has_placeholders: bool = False
    undeclared: str | None = None
    """The variable that the problem is: none of that name is asked for, so that it stays as it is.
    From outside; sanitise before showing."""


def check_json(text: str, variables: Collection[str] | None) -> JsonCheck:
    """Say where ``text`` stops being JSON, whatever is filled in.

    Args:
        text: what was typed.
        variables: names that are placeholders, as the others are; None when nothing is filled in.
    """
    stood = _stood_in(text, variables)
    data = stood.text.encode("utf-8", "surrogatepass")
    problem = find_json_problem(data)
    before = data[: problem.offset].decode("utf-8", "surrogatepass") if problem else ""
    if stood.may_be_mended_at(len(before)):
        problem = None
    is_template = problem is not None and variables is not None
    return JsonCheck(
        problem=problem,
        before=before,
        has_placeholders=bool(stood.spans),
        undeclared=variable_at(text, len(before)) if is_template else None,
    )


def reindent_template(text: str, variables: Collection[str] | None) -> str | None:
    """Indent ``text`` as `reindent_json` does, every placeholder as it is; None if it is no JSON.

    Args:
        text: what was typed.
        variables: see `check_json`.
    """
    stood = _stood_in(text, variables)
    pretty = reindent_json(stood.text)
    if pretty is None or not stood.spans:
        return pretty
    return _put_back(pretty, text, stood)


def _stood_in(text: str, variables: Collection[str] | None) -> StoodIn:
    """Return ``text`` with something in its placeholders' places; as it is, where it has none."""
    if variables is None or "{{" not in text:
        return StoodIn(text)
    return with_stand_ins(text, variables)


def _put_back(pretty: str, text: str, stood: StoodIn) -> str:
    """Put placeholders where their stand-ins are: only white space between tokens has changed."""
    places = [place for place, char in enumerate(pretty) if not char.isspace()]
    counted = done = 0
    for start, end in stood.spans:
        counted += sum(not char.isspace() for char in stood.text[done:start])
        done = start
        at = places[counted]
        pretty = pretty[:at] + text[start:end] + pretty[at + end - start :]
    return pretty
