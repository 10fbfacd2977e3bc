"""``sagescope open``: the program with the request and the answer of a bundle in it.

A bundle says to which region it was sent, and that is used where no flag says another. It also says
to which address; that one is not used, since a stranger's file must not decide who gets signed
requests.
"""

from __future__ import annotations

from argparse import SUPPRESS
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from tui.bundles import open_bundle
from tui.cli.connection_flags import add_connection_flags, connection_of
from tui.cli.flags import add_presets_flag
from tui.domain.connections import Connection

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from tui.cli.starting import Start


def fill_parser(parser: ArgumentParser) -> None:
    """Add what this command takes, and the words of its help."""
    parser.set_defaults(run=open_in_program)
    parser.description = (
        "Open the program with the request and the answer of a bundle as they were."
    )
    parser.add_argument("bundle", metavar="BUNDLE", type=Path, help="its folder, or its .zip")
    add_connection_flags(parser, default=SUPPRESS)
    add_presets_flag(parser, default=SUPPRESS)


def open_in_program(arguments: Namespace, begun: Start) -> int:
    """Open it; return the exit status once the program is left.

    Raises:
        ExplorerError: it is no bundle, or cannot be read.
    """
    bundle = open_bundle(arguments.bundle)
    chosen = connection_of(arguments)
    if bundle.is_demo and chosen == Connection():
        from tui.cli.demo import explore_demo

        return explore_demo(begun, bundle=bundle)
    from tui.cli.explore import explore

    return explore(replace(chosen, region=chosen.region or bundle.region), begun, bundle=bundle)
