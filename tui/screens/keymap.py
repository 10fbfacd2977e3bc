"""Which keys can be rebound, and what is wrong with a keymap that a person wrote.

A binding is known by its id. All ids are known before anything runs, because bindings stand in
the classes: modules of screens and widgets are imported and looked through, which is done only
for somebody who has a keymap.
"""

from __future__ import annotations

import pkgutil
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING

from textual.app import App
from textual.binding import Binding
from textual.dom import DOMNode
from textual.keys import Keys
from textual.screen import ModalScreen, Screen

import tui.screens
import tui.widgets
from tui.store.problems import Problem, unknown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

MODIFIERS = ("ctrl", "alt", "shift", "super", "hyper", "meta")
NAMED_KEYS = frozenset(key.value.rpartition("+")[2] for key in Keys if key.value.isascii())
TAKEN_BY_TERMINALS: Mapping[str, str] = MappingProxyType(
    {"ctrl+i": "tab", "ctrl+m": "enter", "ctrl+h": "backspace"}
)
"""What a terminal sends for these is the same as for the other key."""


@dataclass(frozen=True, slots=True)
class Bound:
    """One rebindable binding and the class that it stands in."""

    owner: type[DOMNode]
    binding: Binding

    @property
    def id(self) -> str:
        """The binding's id."""
        return self.binding.id or ""

    def keys(self, keymap: Mapping[str, str]) -> tuple[str, ...]:
        """Return its keys under ``keymap``, each in Textual's spelling."""
        return tuple(map(long_name, split_keys(keymap.get(self.id, self.binding.key))))


def all_bound(app_class: type[DOMNode]) -> tuple[Bound, ...]:
    """Return every rebindable binding of the app's class, the screens and the widgets."""
    classes = {app_class, *_classes_in(tui.screens.__path__, "tui.screens")}
    classes |= set(_classes_in(tui.widgets.__path__, "tui.widgets"))
    in_order = sorted(classes, key=lambda each: (each.__module__, each.__qualname__))
    return tuple(Bound(each, binding) for each in in_order for binding in own_bindings(each))


def own_bindings(owner: type[DOMNode]) -> tuple[Binding, ...]:
    """Return the bindings with an id that stand in the class itself."""
    bindings = vars(owner).get("BINDINGS", ())
    return tuple(each for each in bindings if isinstance(each, Binding) and each.id)


def find_problems(keymap: Mapping[str, str], known: Sequence[Bound]) -> tuple[Problem, ...]:
    """Say all that is wrong in ``keymap``: ids, spelling, keys that cannot work, clashes."""
    return tuple(
        Problem(source="", key=f"keymap.{binding_id}", rule=rule)
        for binding_id in keymap
        for rule in _broken_rules(binding_id, keymap, known)
    )


def split_keys(keys: str) -> tuple[str, ...]:
    """Return the keys of a comma-separated list."""
    return tuple(key.strip() for key in keys.split(","))


def key_problem(key: str) -> str | None:
    """Say why no terminal can send ``key``, or why it is not the name of one."""
    *modifiers, name = key.split("+") if len(key) > 1 else [key]
    if key in TAKEN_BY_TERMINALS:
        return f"terminals send {TAKEN_BY_TERMINALS[key]} for {key}"
    if set(modifiers) <= set(MODIFIERS) and _is_key_name(name):
        return None
    lowered = key.lower()
    if lowered != key and key_problem(lowered) is None:
        return f"there is no key {key!r}; write {lowered!r}"
    nearest = (
        get_close_matches(name.lower(), NAMED_KEYS | printable_keys(), n=1) if not modifiers else ()
    )
    hint = f"the nearest is {nearest[0]}" if nearest else "keys are spelt like ctrl+j, f9 or ?"
    return f"there is no key {key!r}; {hint}"


def long_name(key: str) -> str:
    """Spell a single character as Textual does: ``?`` is ``question_mark``."""
    spelt = tuple(Binding.make_bindings([Binding(key, "")]))
    return spelt[0].key


@cache
def printable_keys() -> frozenset[str]:
    """Return Textual's names of the keys of ASCII characters: ``a``, ``question_mark``."""
    characters = set(map(chr, range(ord("!"), ord("~") + 1))) - {","}  # which parts keys
    return frozenset({"comma", *map(long_name, characters)})


def _broken_rules(
    binding_id: str, keymap: Mapping[str, str], known: Sequence[Bound]
) -> Iterator[str]:
    meant = [each for each in known if each.id == binding_id]
    if not meant:
        yield unknown("key binding", binding_id, {each.id for each in known})
        return
    for key in split_keys(keymap[binding_id]):
        if problem := key_problem(key):
            yield problem
        else:
            yield from _use_problems(long_name(key), meant, keymap, known)


def _use_problems(
    key: str, meant: Sequence[Bound], keymap: Mapping[str, str], known: Sequence[Bound]
) -> Iterator[str]:
    if key in printable_keys() and any(each.binding.priority for each in meant):
        yield f"{key} could then no longer be typed; combine it with ctrl, or take a function key"
    rivals = {
        other.id
        for other in known
        for mine in meant
        if other.id != mine.id and key in other.keys(keymap) and _meet(mine, other)
    }
    for rival in sorted(rivals):
        yield f"{key} is the key of {rival} too; give one of them another"


def _meet(one: Bound, other: Bound) -> bool:
    """Whether both can be pressed in one place, so that one of them would never work."""
    if issubclass(one.owner, other.owner) or issubclass(other.owner, one.owner):
        return True
    if _is_everywhere(one) and _is_everywhere(other):
        return True
    return _comes_first(one, other) or _comes_first(other, one)


def _is_everywhere(bound: Bound) -> bool:
    """Whether a binding works wherever the focus is: the app's and the main screen's."""
    lineage = bound.owner.__mro__
    return App in lineage or (Screen in lineage and ModalScreen not in lineage)


def _comes_first(one: Bound, other: Bound) -> bool:
    """Whether ``one`` takes the key before ``other``; a dialog hides the screen beneath it."""
    is_hidden = App not in one.owner.__mro__ and ModalScreen in other.owner.__mro__
    return one.binding.priority and _is_everywhere(one) and not is_hidden


def _is_key_name(name: str) -> bool:
    return (len(name) == 1 and name.isprintable()) or name in NAMED_KEYS | printable_keys()


def _classes_in(path: Iterable[str], package: str) -> Iterator[type[DOMNode]]:
    for module_info in pkgutil.walk_packages(path, f"{package}."):
        module = import_module(module_info.name)
        classes = (each for each in vars(module).values() if isinstance(each, type))
        own = (each for each in classes if each.__module__ == module_info.name)
        yield from (each for each in own if issubclass(each, DOMNode))
