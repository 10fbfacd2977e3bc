"""Finding a regular expression: what is known of its hits, told by a process that looks.

`re` itself is never called here, see `tui.body.search.pattern_child`; this is the other end of the
talk, and all of it that is pure: what to say to that process, and what to make of its answers.
"""

from __future__ import annotations

import re
import sys
from array import array
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tui.body.search import pattern_child
from tui.body.search.hits import Hits
from tui.body.search.pattern_child import (
    BODY,
    END,
    HEAD,
    HITS,
    ONLY_EMPTY,
    QUERY,
    WANTED,
    WRONG,
    WRONG_AT,
)
from tui.body.search.searching import SpeltAs, ignores_case

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tui.body.growing import Bytes

SECONDS_MAX = 20.0
"""A pattern that takes longer is given up; one that tries everything would take for ever."""

_SLICE_BYTES = 256 * 1024

_NO_TEXT = re.compile(r"\\(?:N\{[^}]*\}|x..|.)|\(\?P|\(\?[a-zA-Z]+[:)-]", re.DOTALL)
"""Letters of a pattern that stand for something else."""


@dataclass(frozen=True, slots=True)
class PatternProblem:
    """Why something is not a regular expression, and before which character; -1 if unknown."""

    at: int
    reason: str


class PatternSearch(Hits):
    """Every place of a regular expression, as far as it was told.

    The case rule is that of a literal text: a capital asks for capitals.

    Args:
        text: the pattern as it was typed.
        spelling: what it is matched against: bytes, as in a hex dump, or characters; in JSON a
            space after a key's colon stands for whatever is there.
    """

    def __init__(self, text: str, *, spelling: SpeltAs = SpeltAs.AS_SHOWN) -> None:
        super().__init__()
        self.text = text
        self.problem: PatternProblem | None = None
        self.ended_badly = ""
        """Why not all of it was looked through, in drawable words."""
        self.is_only_empty = False
        """Whether it is found in places without a character only; those are no hits."""
        self.is_to_be_asked = False
        """Whether there is more to ask for than was asked before."""
        self._spelling = spelling

    @property
    def is_cased(self) -> bool:
        """Whether capitals, and small letters, are found as such only."""
        return not ignores_case(_NO_TEXT.sub("", self.text))

    @property
    def query(self) -> bytes:
        """What to ask the process: for the hits behind those that are known."""
        pattern = self.text.encode("utf-8", "surrogatepass")
        wanted = WANTED.pack(
            self._spelling is SpeltAs.BYTES,
            self._spelling is SpeltAs.JSON,
            not self.is_cased,
            SECONDS_MAX,
            self.count,
            self.limit - self.count,
        )
        return HEAD.pack(QUERY, len(wanted) + len(pattern)) + wanted + pattern

    def look_on(self) -> bool:
        """Have more asked for."""
        if not super().look_on():
            return False
        self.is_to_be_asked = True
        return True

    def take(self, kind: bytes, content: bytes) -> None:
        """Take in one answer."""
        if kind == HITS:
            places = array("Q", content)
            for start, end in zip(places[::2], places[1::2], strict=True):
                self.add(start, end)
        elif kind == WRONG:
            (at,) = WRONG_AT.unpack_from(content)
            reason = content[WRONG_AT.size :].decode("utf-8", "replace")
            self.problem = PatternProblem(at, reason)
            self.ended_badly = "no pattern"
        self.is_only_empty = kind == ONLY_EMPTY
        self.is_complete = self.is_complete or kind in (END, ONLY_EMPTY, WRONG)

    def give_up(self, words: str) -> None:
        """Take in that no answer comes any more, and why."""
        self.ended_badly = "" if self.is_complete else words
        self.is_complete = True


def child_command() -> list[str]:
    """Return the command of the process; isolated, it starts in half the time."""
    return [sys.executable, "-I", "-S", str(Path(pattern_child.__file__))]


def body_message(data: Bytes, start: int, end: int) -> Iterator[bytes]:
    """Yield what the process is told of a part of the body, behind those that it knows, in slices.

    All of 25 MB, copied in one go because more may come behind them, would hold the interpreter
    for 10 to 25 ms.
    """
    yield HEAD.pack(BODY, end - start)
    for at in range(start, end, _SLICE_BYTES):
        yield bytes(data[at : min(at + _SLICE_BYTES, end)])


def unpack_answer(head: bytes) -> tuple[bytes, int]:
    """Return the kind of an answer, and how many bytes follow."""
    kind, size = HEAD.unpack(head)
    return kind, size


ANSWER_HEAD_BYTES = HEAD.size
