"""A part of a JSON body by a JMESPath expression: what is wrong with one, and what comes of one.

The work itself is done by a process, see `tui.body.search.filter_child`; this is the other end of
the talk, and all of it that is pure. The result is written anew: order and the spelling of
fractions stay, white space, the escapes of strings and the first of two equal keys do not.
"""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tui.body.growing import Bytes

_GOES_ON = "goes on here"
_TOKENS = {
    "quoted_identifier": "a name",
    "unquoted_identifier": "a name",
    "star": "a number or *",
    "colon": ":",
    "comma": ",",
    "dot": ".",
    "lbrace": "{",
    "lbracket": "[",
    "rbrace": "}",
    "rbracket": "]",
    "rparen": ")",
}
"""What JMESPath's parser expects, by its own names; * where it also takes a number in brackets."""


@dataclass(frozen=True, slots=True)
class FilterProblem:
    """Why an expression cannot be used, and before which of its characters; -1 if unknown."""

    at: int
    reason: str


@dataclass(frozen=True, slots=True)
class Filtered:
    """What an expression made of a body."""

    data: bytes = field(repr=False)
    broken_lines: int = 0
    """How many lines are null in it, as they are no JSON."""

    @property
    def words(self) -> str:
        """Say how many lines were not filtered, if any."""
        if not self.broken_lines:
            return ""
        lines, them = ("lines", "are") if self.broken_lines > 1 else ("line", "is")
        return f"with null for {self.broken_lines:,} {lines} that {them} not JSON"


def find_filter_problem(expression: str) -> FilterProblem | None:
    """Say where an expression breaks, as far as that can be told without a body."""
    # Imported here: 9 ms, and only who filters needs it.
    from jmespath.exceptions import (
        EmptyExpressionError,
        IncompleteExpressionError,
        JMESPathError,
        LexerError,
        ParseError,
    )
    from jmespath.parser import Parser

    try:
        parsed = Parser().parse(expression).parsed
    except EmptyExpressionError:
        return None
    except IncompleteExpressionError:
        return FilterProblem(len(expression), _GOES_ON)
    except LexerError as error:
        return FilterProblem(error.lexer_position, _sentence(error.message))
    except ParseError as error:
        return FilterProblem(error.lex_position, _in_our_words(error.msg))
    except JMESPathError as error:
        return FilterProblem(-1, str(error))
    except RecursionError:
        return FilterProblem(-1, "nested too deeply")
    if parsed["type"] == "expref":
        return FilterProblem(expression.index("&"), "& has a place only within ( )")
    return None


def filter_command() -> list[str]:
    """Return the command of the process that filters."""
    from tui.body.search import filter_child

    # -P: our folder is no place to look for modules, though the script is in it.
    return [sys.executable, "-P", str(Path(filter_child.__file__))]


def filter_message(expression: str, text: Iterable[Bytes]) -> Iterator[Bytes]:
    """Return what the process is told.

    Args:
        expression: a right one.
        text: JSON, in UTF-8.
    """
    from tui.body.search.filter_child import HEAD

    spelt = expression.encode("utf-8", "surrogatepass")
    return chain((HEAD.pack(len(spelt)), spelt), text)


def read_filtered(status: int, output: bytes) -> Filtered | FilterProblem:
    """Return what came of it, by the process's exit status and output."""
    from tui.body.search.filter_child import BROKEN_LINES, FAILED_AT, PARTLY, REFUSED

    match status:
        case 0:
            return Filtered(output)
        case _ if status == PARTLY:
            (broken,) = BROKEN_LINES.unpack_from(output)
            return Filtered(output[BROKEN_LINES.size :], broken)
        case _ if status == REFUSED:
            (at,) = FAILED_AT.unpack_from(output)
            return FilterProblem(at, output[FAILED_AT.size :].decode("utf-8", "replace"))
        case _:
            return FilterProblem(-1, f"the filter ended with status {status}")


def _in_our_words(message: str) -> str:
    """Name what the parser expected as one types it, not as the parser calls it."""
    expected, _, got = message.partition(", got: ")
    if not got:
        return _sentence(message)
    if got == "eof":
        return _GOES_ON
    names: list[str] = re.findall("[a-z_]+", expected.removeprefix("Expecting: "))
    wanted = dict.fromkeys([_TOKENS.get(name, name) for name in names])
    return f"expected {' or '.join(wanted)}"


def _sentence(message: str) -> str:
    """Begin with a small letter, like our own."""
    return message[:1].lower() + message[1:]
