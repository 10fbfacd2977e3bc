"""What is said of a body that is being written: its size, and whether its JSON holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from tui.body.sanitise import sanitise
from tui.domain.placeholder_places import undeclared_in

if TYPE_CHECKING:
    from collections.abc import Collection


def status_words(
    text: str, size_bytes: int, *, is_json: bool, variables: Collection[str] | None = None
) -> Content:
    """Return size and validity: ``41 B · valid JSON`` or ``41 B · 3:7 expected a value``.

    Args:
        text: the body.
        size_bytes: of the body.
        is_json: whether it is to be JSON.
        variables: names that are placeholders, as the others are; None when nothing is filled in.
    """
    if not text:
        return Content("empty")
    size = size_words(size_bytes)
    undeclared = None if variables is None else next(undeclared_in(text, variables), None)
    left = () if undeclared is None else (" · ", _left_words(undeclared))
    if not is_json:
        return Content.assemble(size, *left)
    # Imported here: 5 ms, and there is no body at the first paint.
    from tui.body.json.template import check_json

    checked = check_json(text, variables)
    problem = checked.problem
    if problem is None:
        words = "JSON with placeholders" if checked.has_placeholders else "valid JSON"
        return Content.assemble(f"{size} · ", (words, "$text-success"), *left)
    place = f"{problem.line}:{problem.column}"
    if checked.undeclared is not None:
        place_words = (f"{place} ", "$text-warning")
        return Content.assemble(f"{size} · ", place_words, _left_words(checked.undeclared))
    return Content.assemble(f"{size} · ", (f"{place} {sanitise(problem.message)}", "$text-error"))


def _left_words(name: str) -> tuple[str, str]:
    return f"{{{{{sanitise(name)}}}}} is no declared variable: sent as it is", "$text-warning"


def size_words(size_bytes: int) -> str:
    """Return a size as people read it: ``980 B``, ``12.3 kB``, ``5.2 MB``."""
    if size_bytes < 1_000:
        return f"{size_bytes} B"
    if size_bytes < 999_950:
        return f"{size_bytes / 1_000:.1f} kB"
    return f"{size_bytes / 1_000_000:.1f} MB"
