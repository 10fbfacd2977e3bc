"""Changing a TOML file that a person wrote: only what differs, comments and order stay.

tomlkit knows a file down to its spaces. It is slow to load and to parse, so that this module is
imported when something is saved, and reading is `tui.store.tomlfiles`.
"""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping
from typing import cast

import tomlkit
from tomlkit.items import Item


def merged(
    old_text: str, new_text: str, *, kept: tuple[str, ...] = (), whole: tuple[str, ...] = ()
) -> str | None:
    """Return ``old_text`` with the values of ``new_text``; None where tomlkit cannot do it.

    Args:
        old_text: valid TOML, the user's.
        new_text: valid TOML; a value that differs from the old one is spelled as here.
        kept: top-level keys that stay as they are, whatever ``new_text`` has.
        whole: top-level keys whose tables are taken from ``new_text`` as they are there.
    """
    try:
        return _merged(old_text, new_text, frozenset(kept), frozenset(whole))
    # tomlkit 0.15 trips over some valid files, such as those with a table in dotted keys.
    except (LookupError, ValueError, TypeError, AttributeError):
        return None


def _merged(old_text: str, new_text: str, kept: frozenset[str], whole: frozenset[str]) -> str:
    document = tomlkit.parse(old_text)
    old = cast("MutableMapping[str, object]", document)
    new = cast("Mapping[str, object]", tomlkit.parse(new_text))
    for key in [key for key in old if (key not in new and key not in kept) or key in whole]:
        del old[key]
    _take_over(old, {key: value for key, value in new.items() if key not in kept})
    return tomlkit.dumps(document)


def _take_over(old: MutableMapping[str, object], new: Mapping[str, object]) -> None:
    for key, value in new.items():
        before = old.get(key)
        if key in old and _plain(before) == _plain(value):
            continue
        if isinstance(before, MutableMapping) and isinstance(value, Mapping):
            inner = cast("MutableMapping[str, object]", before)
            wanted = cast("Mapping[str, object]", value)
            for gone in [name for name in inner if name not in wanted]:
                del inner[gone]
            _take_over(inner, wanted)
        else:
            old[key] = value


def _plain(value: object) -> object:
    return cast("object", value.unwrap()) if isinstance(value, Item) else value
