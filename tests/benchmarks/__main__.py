"""Time the program against references: ``python -m tests.benchmarks [PART ...]``.

Parts are ``terminals``, ``invoking``, ``headless``, ``history``, ``viewer``, ``halts``,
``patterns``, ``folding``, ``growing`` and ``pasting``; all of them when none is named. Two more
take hours, and are done only when they are named: ``kinds [WORD ...]`` and
``kinds-memory [WORD ...]``, for those kinds of bodies that have one of the words in their names.

Each line has the median and the range of the thing, of its reference in the same run, and their
ratio. Nothing here fails: whether a ratio is kept is for a person to read, on a quiet machine.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from tests.benchmarks import (
    folding,
    growing,
    growing_halts,
    halts,
    kinds,
    pasting,
    patterns,
    terminals,
    viewer,
)
from tests.benchmarks.comparing import run, words
from tests.benchmarks.headless import invoking_from_a_shell
from tests.benchmarks.history import history
from tests.benchmarks.invoking import invoking

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.benchmarks.comparing import Case


def _terminals() -> Iterator[Case]:
    yield from terminals.cases()
    with terminals.filtering() as case:
        yield case


def _invoking() -> Iterator[Case]:
    with invoking() as case:
        yield case


def _headless() -> Iterator[Case]:
    with invoking_from_a_shell() as cases:
        yield from cases


def _history() -> Iterator[Case]:
    with history() as cases:
        yield from cases


def _growing() -> Iterator[Case]:
    yield from growing.cases()
    yield from growing_halts.cases()


PARTS = {
    "terminals": _terminals,
    "invoking": _invoking,
    "headless": _headless,
    "history": _history,
    "viewer": viewer.cases,
    "halts": halts.cases,
    "patterns": patterns.cases,
    "folding": folding.cases,
    "growing": _growing,
    "pasting": pasting.cases,
}

OF_KINDS = {"kinds": kinds.cases, "kinds-memory": kinds.memory_cases}
"""Parts that take words behind their names."""


def main(names: list[str]) -> int:
    for case in _cases(names):
        sys.stdout.write(f"{words(run(case))}\n")
        sys.stdout.flush()
    return 0


def _cases(names: list[str]) -> Iterator[Case]:
    if names and names[0] in OF_KINDS:
        yield from OF_KINDS[names[0]](*names[1:])
        return
    for name in names or PARTS:
        yield from PARTS[name]()


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
