"""``sagescope bundle``: an entry of the history as files for a colleague or a ticket.

Nothing is sent to the endpoint. Its description and the address that curl needs are asked for on
the connection that the request went out on, or that flags choose; what cannot be had is told, and
the bundle is made without it.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from tui.bundles import (
    bundle_path,
    make_files,
    subject_of_record,
    suggested_name,
    write_files,
)
from tui.cli.connection_flags import add_call_flags, connector_of
from tui.cli.flags import positive
from tui.cli.headless import configuration_problem, run
from tui.cli.narration import tell
from tui.cli.printing import PROGRAM, complain, say
from tui.cli.starting import make_history, open_history
from tui.domain.bundles import Masking
from tui.domain.errors import ExplorerError, StorageFailed
from tui.explorer import Explorer
from tui.interchange.bundle_masking import unmatched_paths
from tui.store.files import FileExists

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from tui.cli.starting import Start
    from tui.domain.connections import Connection
    from tui.domain.endpoints import RawDocument
    from tui.domain.history import HistoryRecord
    from tui.domain.http import HttpRequest
    from tui.interchange.bundle_subject import BundleSubject

MASKS = ("account-ids", "arns", "custom-attributes", "session-ids")
EPILOG = """\
Without --output the bundle goes to the current folder, under a name of endpoint and time. The path
that was written is printed.

examples:
  sagescope bundle 12 --zip --mask account-ids --mask arns
  sagescope bundle 12 -o ticket-7 --mask-path "inputs[*].name" && sh ticket-7/run-aws.sh
"""


def fill_parser(parser: ArgumentParser) -> None:
    """Add what this command takes, and the words of its help."""
    parser.set_defaults(run=write_bundle)
    parser.description = "Write a reproduction bundle: request, answer, ticket and scripts."
    parser.epilog = EPILOG
    parser.add_argument("id", metavar="ID", type=positive, help="of an entry of the history")
    parser.add_argument(
        "-o", "--output", metavar="PATH", type=Path, help="folder to make, or a file ending in .zip"
    )
    parser.add_argument("--zip", action="store_true", help="a .zip instead of a folder")
    parser.add_argument(
        "--overwrite", action="store_true", help="replace a bundle of that name, if there is one"
    )
    parser.add_argument(
        "--mask",
        metavar="WHAT",
        choices=(*MASKS, "all"),
        action="append",
        default=[],
        help=f"keep it out, may be repeated: {', '.join(MASKS)}, all",
    )
    parser.add_argument(
        "--mask-path",
        metavar="PATH",
        action="append",
        default=[],
        help="mask this value in JSON bodies, such as inputs[0].name; may be repeated",
    )
    add_call_flags(parser)


def write_bundle(arguments: Namespace, begun: Start) -> int:
    """Make it and write it; return the exit status.

    Raises:
        ExplorerError: there is no such entry, or the bundle cannot be made or written.
    """
    if status := configuration_problem(begun):
        return status
    record = _record(arguments.id, begun)
    subject = _subject(record, arguments, begun)
    masking = _masking(arguments)
    files = make_files(subject, masking)
    name = suggested_name(record.request.endpoint_name, record.entry.started_at)
    path = bundle_path(arguments.output or Path(name), is_zip=arguments.zip)
    try:
        write_files(path, files, overwrite=arguments.overwrite)
    except FileExists as error:
        hint = "Choose another name, or add --overwrite."
        raise StorageFailed(summary=error.summary, hint=hint, path=error.path) from error
    complain(
        *(
            f"{PROGRAM}: {spelt} is in neither body: nothing is masked there"
            for spelt in unmatched_paths(subject, masking)
        )
    )
    say(f"{path}\n")
    return 0


def _record(entry_id: int, begun: Start) -> HistoryRecord:
    store = open_history(begun)
    try:
        return store.open(entry_id)
    finally:
        for path in store.take_set_aside():
            complain(f"{PROGRAM}: the history was damaged: it is now {path}")
        store.close()


def _masking(arguments: Namespace) -> Masking:
    chosen = MASKS if "all" in arguments.mask else tuple(arguments.mask)
    return Masking(
        account_ids="account-ids" in chosen,
        arns="arns" in chosen,
        custom_attributes="custom-attributes" in chosen,
        session_ids="session-ids" in chosen,
        json_paths=tuple(arguments.mask_path),
    )


def _subject(record: HistoryRecord, arguments: Namespace, begun: Start) -> BundleSubject:
    connection = _connection(record, arguments)
    settings = begun.loaded.settings
    explorer = Explorer(
        connector_of(arguments, settings),
        connection,
        read_only=True,
        history=make_history(begun),
    )
    signed, documents = run(explorer, lambda: _asked(explorer, record))
    subject = subject_of_record(
        record, signed=signed, documents=documents, read_timeout_s=settings.read_timeout_s
    )
    destination = replace(
        subject.source.destination,
        region=connection.region,
        endpoint_url=connection.endpoint_url,
    )
    return replace(subject, source=replace(subject.source, destination=destination))


def _connection(record: HistoryRecord, arguments: Namespace) -> Connection:
    """Return where it was sent, as far as no flag chooses another connection."""
    place = record.entry.place
    return replace(
        place.connection,
        profile=arguments.profile or place.profile,
        region=arguments.region or place.region,
        endpoint_url=arguments.endpoint_url or place.connection.endpoint_url,
    )


async def _asked(
    explorer: Explorer, record: HistoryRecord
) -> tuple[HttpRequest | ExplorerError, tuple[RawDocument, ...]]:
    """Return (what would be signed, or why nothing can be; the endpoint's documents)."""
    request = record.as_sent()
    try:
        signed = await explorer.preview(request)
    except ExplorerError as error:
        tell(f"{PROGRAM}: there will be no script for curl: {error.summary}")
        signed = error
    try:
        description = await explorer.describe_endpoint(request.endpoint_name)
    except ExplorerError as error:
        tell(f"{PROGRAM}: the endpoint's description is left out: {error.summary}")
        return signed, ()
    return signed, description.documents
