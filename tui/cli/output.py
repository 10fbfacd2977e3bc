"""How every command prints its data: ``--output``, ``--query`` and ``--color``, once for all.

    Data -> query -> json | yaml | text | table -> standard output

The looks are those of the AWS CLI. Into a pipe or a file goes what there is; on a terminal, every
text from outside is made safe to draw first. Words about what happens are no data: they go to
standard error.
"""

from __future__ import annotations

import json
import math
import os
import sys
from argparse import ArgumentTypeError
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from shutil import get_terminal_size
from typing import TYPE_CHECKING, TextIO, assert_never

from tui.body.sanitise import escape_unsafe, sanitise
from tui.cli.data import with_texts
from tui.cli.printing import is_terminal, write
from tui.domain.errors import RequestInvalid

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Mapping

    from tui.cli.aws_profile import AwsProfile
    from tui.cli.data import Data
    from tui.cli.flags import Flags
    from tui.cli.querying import Query

DEFAULT_VARIABLE = "AWS_DEFAULT_OUTPUT"
"""What holds without ``--output``, as for the AWS CLI."""
_PROFILE_KEY = "output"


class Format(StrEnum):
    """What ``--output`` takes."""

    JSON = "json"
    TEXT = "text"
    TABLE = "table"
    YAML = "yaml"
    YAML_STREAM = "yaml-stream"
    """A list of what came, which is one thing here."""
    OFF = "off"
    """Nothing is printed; failures are told all the same."""


class Color(StrEnum):
    """What ``--color`` takes; only tables have any."""

    ON = "on"
    OFF = "off"
    AUTO = "auto"


@dataclass(frozen=True, slots=True, kw_only=True)
class Output:
    """How to print."""

    format: Format = Format.JSON
    query: Query | None = None
    """Chooses what of the data is printed."""
    color: Color = Color.AUTO


def add_output_flags(parser: Flags) -> None:
    """Add the flags that `output_of` reads."""
    parser.add_argument(
        "--output",
        metavar="FORMAT",
        type=output_format,
        help="json, yaml, yaml-stream, text (a line each, tabs between), table or off; otherwise "
        f"{DEFAULT_VARIABLE}, the profile's output, or json",
    )
    parser.add_argument(
        "--query", metavar="JMESPATH", type=_query, help="print this part of the data only"
    )
    parser.add_argument(
        "--color",
        choices=[color.value for color in Color],
        default=Color.AUTO.value,
        help="for tables; auto: on a terminal",
    )


def output_of(
    arguments: Namespace,
    environ: Mapping[str, str],
    profile: AwsProfile | None = None,
    *,
    default: Format = Format.JSON,
) -> Output:
    """Read the flags; without them the environment, the profile and ``default`` hold, in turn.

    Args:
        arguments: what `add_output_flags` took.
        environ: variables.
        profile: of a command that calls AWS; the others look into none.
        default: the last resort.

    Raises:
        RequestInvalid: the environment or the profile names a format that is not written.
        ConnectionInvalid: the profile cannot be read.
    """
    form: Format = arguments.output or _configured(environ, profile) or default
    return Output(format=form, query=arguments.query, color=Color(arguments.color))


def _configured(environ: Mapping[str, str], profile: AwsProfile | None) -> Format | None:
    origin, name = DEFAULT_VARIABLE, environ.get(DEFAULT_VARIABLE)
    if not name and profile is not None:
        origin, name = f"{_PROFILE_KEY} in the AWS configuration", profile.get(_PROFILE_KEY)
    try:
        return output_format(name) if name else None
    except ArgumentTypeError as error:
        raise RequestInvalid(summary=f"{origin}: {error}", hint="--output wins over it.") from error


def output_format(text: str) -> Format:
    """Read the name of a format.

    Raises:
        ArgumentTypeError: there is none of that name.
    """
    try:
        return Format(text)
    except ValueError as error:
        rule = f"{text!r} is not written: choose {', '.join(Format)}"
        raise ArgumentTypeError(rule) from error


def print_data(data: Data, output: Output, *, title: str) -> None:
    """Write data to standard output, at once; see `print_data_to`."""
    print_data_to(sys.stdout, data, output, title=title)


def print_data_to(stream: TextIO | None, data: Data, output: Output, *, title: str) -> None:
    """Write data at once.

    Args:
        stream: where to; None, as where it was closed by whoever started us, is nowhere.
        data: what there is, untouched.
        output: what the flags say.
        title: stands over a table.

    Raises:
        RequestInvalid: the query cannot be applied.
        BrokenPipeError: the reader has left.
        StorageFailed: the output is a file that cannot be written.
    """
    found = output.query.search(data) if output.query else data
    match output.format:
        case Format.JSON:
            text = _as_json(found, stream)
        case Format.TEXT:
            from tui.cli.tab_separated import as_text

            text = as_text(_drawable(found, stream))
        case Format.TABLE:
            text = _as_table(_drawable(found, stream), output.color, title, stream)
        case Format.YAML | Format.YAML_STREAM:
            text = _as_yaml(found, is_stream=output.format is Format.YAML_STREAM)
        case Format.OFF:
            return
        case _:
            assert_never(output.format)
    write(stream, text)


def _as_json(data: Data, to: TextIO | None) -> str:
    """Spell it as the AWS CLI does, which prints nothing at all for an empty dictionary."""
    if data == {}:
        return ""
    text = json.dumps(data, indent=4, ensure_ascii=False)
    try:
        text.encode(to.encoding if to and to.encoding else "utf-8")
    except UnicodeEncodeError:  # the locale has no such letters, or the text is half a character
        text = json.dumps(data, indent=4)
    return f"{escape_unsafe(text) if is_terminal(to) else text}\n"


def _as_yaml(data: Data, *, is_stream: bool) -> str:
    import yaml  # here, so that JSON does without its 19 ms

    if data == {}:  # as JSON has it
        return ""
    text = yaml.safe_dump(
        [data] if is_stream else data, sort_keys=False, allow_unicode=False, width=math.inf
    )
    return text.removesuffix("...\n")  # the end of a document that is one word


def _as_table(data: Data, color: Color, title: str, to: TextIO | None) -> str:
    from tui.cli.tables import as_table

    paint = partial("\x1b[1m{}\x1b[0m".format) if _is_coloured(color, to) else str
    return as_table(data, title=title, width_cells=get_terminal_size().columns, paint=paint)


def _is_coloured(color: Color, to: TextIO | None) -> bool:
    if color is Color.AUTO:
        return is_terminal(to) and not os.environ.get("NO_COLOR")
    return color is Color.ON


def _drawable(data: Data, to: TextIO | None) -> Data:
    return with_texts(data, sanitise) if is_terminal(to) else data


def _query(expression: str) -> Query:
    from tui.cli.querying import Query  # jmespath: 5 ms, and most calls have no query

    try:
        return Query(expression)
    except ValueError as error:
        raise ArgumentTypeError(f"bad value: {error}") from error
