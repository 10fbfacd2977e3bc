"""What is said of a body that is being written: its size, and whether its JSON holds."""

from __future__ import annotations

from textual.content import Content

from tui.body.sanitise import sanitise

_JSON_TYPES = ("/json", "+json")


def looks_like_json(data: bytes, content_type: str) -> bool:
    """Whether to check and colour ``data`` as JSON: its type says so, or there is no type.

    Without a type, what begins like an object or an array is taken for JSON.
    """
    media_type = content_type.partition(";")[0].strip().lower()
    if media_type:
        return media_type.endswith(_JSON_TYPES)
    return data.lstrip()[:1] in {b"{", b"["}


def status_words(data: bytes, *, is_json: bool) -> Content:
    """Return size and validity: ``41 B · valid JSON`` or ``41 B · 3:7 expected a value``."""
    if not data:
        return Content("empty")
    size = size_words(len(data))
    if not is_json:
        return Content(size)
    # Imported here: 5 ms, and there is no body at the first paint.
    from tui.body.json_text import find_json_problem

    problem = find_json_problem(data)
    if problem is None:
        return Content.assemble(f"{size} · ", ("valid JSON", "$text-success"))
    place = f"{problem.line}:{problem.column}"
    return Content.assemble(f"{size} · ", (f"{place} {sanitise(problem.message)}", "$text-error"))


def size_words(size_bytes: int) -> str:
    """Return a size as people read it: ``980 B``, ``12.3 kB``, ``5.2 MB``."""
    if size_bytes < 1_000:
        return f"{size_bytes} B"
    if size_bytes < 999_950:
        return f"{size_bytes / 1_000:.1f} kB"
    return f"{size_bytes / 1_000_000:.1f} MB"
