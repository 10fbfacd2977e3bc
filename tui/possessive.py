"""Possessive groups, which Python matched wrongly up to 3.11.4, put right.

``(?:ab?c)*+`` over ``abca`` must end before the last ``a``, as what is repeated does not match
there. These versions end behind it: they do not go back to where the last iteration began
(python/cpython#100061 and #106052, mended in 3.11.5; Debian 12 has 3.11.2). An atomic group goes
back, and so does one around what is repeated: ``(?:(?>ab?c))*+``.

Python's own modules are changed for that. Nothing else can change them: there are no more releases
of these versions.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Protocol, cast

if TYPE_CHECKING:
    from collections.abc import Iterable

_CHARACTERS = ("LITERAL", "NOT_LITERAL", "IN", "ANY")
"""Codes of what is a single character: those are repeated rightly, and faster as they are."""


class _Part(Protocol):
    """A ``SubPattern`` of ``re``: items, each a code and what that is about."""

    state: object
    data: list[tuple[object, object]]


def mend() -> None:
    """Have all patterns that are made from now on match as in later versions."""
    parser = import_module("re._parser")
    parse = parser.parse

    def parse_and_guard(*arguments: object, **options: object) -> _Part:
        parsed: _Part = parse(*arguments, **options)
        guard(parsed)
        return parsed

    vars(parser).update(parse=parse_and_guard)


def guard(part: object) -> None:
    """Put an atomic group around whatever is repeated possessively in a part of a pattern.

    Args:
        part: what ``re._parser`` made of a pattern, which is changed; or what is in that.
    """
    if isinstance(part, tuple | list):
        for each in cast("Iterable[object]", part):
            guard(each)
    elif hasattr(part, "data"):
        items = cast("_Part", part).data
        guard(items)
        items[:] = [_guarded(*item) for item in items]


def _guarded(code: object, about: object) -> tuple[object, object]:
    """Return an item of a pattern as it is, or with an atomic group within."""
    if str(code) != "POSSESSIVE_REPEAT":
        return code, about
    least, most, repeated = cast("tuple[object, object, _Part]", about)
    if len(repeated.data) == 1 and str(repeated.data[0][0]) in _CHARACTERS:
        return code, about
    atomic = import_module("re._constants").ATOMIC_GROUP, repeated
    return code, (least, most, import_module("re._parser").SubPattern(repeated.state, [atomic]))
