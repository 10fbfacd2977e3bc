"""The flags of ``sagescope history``; what they do is in `tui.cli.history`."""

from __future__ import annotations

from argparse import ArgumentTypeError, BooleanOptionalAction
from typing import TYPE_CHECKING

from tui.cli.flags import positive
from tui.cli.output import add_output_flags
from tui.domain.history import NOTE_CHARS_MAX, SEARCHED, OutcomeKind

if TYPE_CHECKING:
    from argparse import ArgumentParser

    from tui.cli.flags import Commands

ACTIONS = ("list", "show", "export", "star", "unstar", "note", "delete")
_ID_WORDS = "number of the entry, as `sagescope history list` shows it"


def add_history_flags(parser: ArgumentParser) -> None:
    """Add the actions and their flags."""
    actions = parser.add_subparsers(dest="action", metavar="|".join(ACTIONS), required=True)
    _add_reading(actions)
    _add_starring(actions)
    _add_noting(actions)
    _add_deleting(actions)


def _add_reading(actions: Commands) -> None:
    """Add what changes nothing: list, show, export."""
    listing = actions.add_parser("list", help="a row each, newest first", allow_abbrev=False)
    _add_filter_flags(listing)
    listing.add_argument(
        "--max-items", metavar="N", type=positive, default=50, help="list so many; 50 if not given"
    )
    listing.add_argument("--before", metavar="ID", type=positive, help="only older ones than this")
    add_output_flags(listing)
    showing = actions.add_parser(
        "show", help="one entry with everything that was kept of it", allow_abbrev=False
    )
    showing.add_argument("id", metavar="ID", type=positive, help=_ID_WORDS)
    add_output_flags(showing)
    exporting = actions.add_parser(
        "export", help="write a body to a file, as it was", allow_abbrev=False
    )
    exporting.add_argument("id", metavar="ID", type=positive, help=_ID_WORDS)
    exporting.add_argument("outfile", metavar="FILE", help="where to; - for standard output")
    exporting.add_argument(
        "--sent", action="store_true", help="the body of the request instead of the response's"
    )


def _add_starring(actions: Commands) -> None:
    for name, words in (
        ("star", "keep entries also when the history is full"),
        ("unstar", "take the star from entries"),
    ):
        starring = actions.add_parser(name, help=words, allow_abbrev=False)
        starring.add_argument("ids", metavar="ID", type=positive, nargs="+", help=_ID_WORDS)


def _add_noting(actions: Commands) -> None:
    noting = actions.add_parser(
        "note",
        help="write a line about an entry",
        description="Write a line about an entry, in place of what was noted before.",
        allow_abbrev=False,
    )
    noting.add_argument("id", metavar="ID", type=positive, help=_ID_WORDS)
    noting.add_argument("text", metavar="TEXT", type=_note, help="one line; '' removes the note")


def _add_deleting(actions: Commands) -> None:
    deleting = actions.add_parser(
        "delete",
        help="delete one, some, or all",
        description="Delete entries for good. The filters restrict what --all deletes.",
        allow_abbrev=False,
    )
    deleting.add_argument("ids", metavar="ID", type=positive, nargs="*", help=_ID_WORDS)
    deleting.add_argument("--all", action="store_true", help="all of them, starred ones too")
    _add_filter_flags(deleting)


def _add_filter_flags(parser: ArgumentParser) -> None:
    parser.add_argument("--endpoint-name", metavar="NAME", help="sent to this endpoint")
    parser.add_argument(
        "--outcome",
        metavar="KIND",
        choices=[kind.value for kind in OutcomeKind],
        action="append",
        help=f"ended like this, may be repeated: {', '.join(OutcomeKind)}",
    )
    parser.add_argument("--status", metavar="N", type=positive, help="with this HTTP status")
    parser.add_argument("--text", metavar="WORDS", help=f"with all of these words in: {SEARCHED}")
    parser.add_argument(
        "--starred", action=BooleanOptionalAction, default=None, help="with a star, or without"
    )
    parser.add_argument(
        "--demo", action=BooleanOptionalAction, default=None, help="sent to the demo, or not"
    )


def _note(text: str) -> str:
    """Read what the program's own field for it would take."""
    if len(text) > NOTE_CHARS_MAX:
        raise ArgumentTypeError(f"{len(text):,} characters; at most {NOTE_CHARS_MAX} are allowed")
    if not text or text.splitlines() == [text]:
        return text.strip()
    raise ArgumentTypeError("must be one line")
