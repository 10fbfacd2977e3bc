"""What people type to find something in the history, as a `HistoryFilter`. Pure.

iris status:424 starred        words, and what a word: says
"""

from __future__ import annotations

from dataclasses import replace

from tui.domain.history import HistoryFilter, OutcomeKind

STARRED = ("starred", "is:starred", "*")


def filter_of(text: str, *, is_demo: bool | None) -> HistoryFilter:
    """Read a filter; whatever has no meaning of its own is a word to look for.

    Args:
        text: as typed.
        is_demo: whether entries of the embedded demo are wanted, or None for all.
    """
    found = HistoryFilter(is_demo=is_demo)
    words: list[str] = []
    for word in text.split():
        narrower = _narrowed(found, word)
        if narrower is None:
            words.append(word)
        else:
            found = narrower
    return replace(found, text=" ".join(words))


def _narrowed(found: HistoryFilter, word: str) -> HistoryFilter | None:
    if word.lower() in STARRED:
        return replace(found, is_starred=True)
    name, colon, value = word.partition(":")
    if not colon or not value:
        return None
    match name.lower():
        case "endpoint":
            return replace(found, endpoint_name=value)
        case "status" if value.isascii() and value.isdecimal() and len(value) <= 3:
            return replace(found, status=int(value))
        case "outcome" if value.lower() in set(OutcomeKind):
            return replace(found, kinds=found.kinds | {OutcomeKind(value.lower())})
        case _:
            return None
