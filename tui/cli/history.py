"""``sagescope history``: what was sent and what came of it, without opening the program.

list           a row each, newest first
show           one entry with everything that was kept of it
export         the bytes of a body, as they were
star, unstar   keep entries when the history is full, or no longer
note           write a line about an entry
delete         one, some, or all of them
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from tui.cli.exits import BAD_CONFIGURATION, BAD_USAGE
from tui.cli.history_data import entry_data, record_data
from tui.cli.output import output_of, print_data
from tui.cli.printing import PROGRAM, complain, complain_of_problems, write_bytes
from tui.cli.starting import open_history
from tui.domain.errors import StorageFailed
from tui.domain.history import HistoryFilter, OutcomeKind
from tui.store.files import write_user_file

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Callable

    from tui.cli.starting import Start
    from tui.domain.history import HistoryRecord, KeptBody
    from tui.store.history import HistoryFile

STANDARD_OUTPUT = "-"


def run_history(arguments: Namespace, begun: Start) -> int:
    """Do what the flags say; return the exit status.

    Raises:
        ExplorerError: said by the caller.
    """
    if begun.loaded.problems:
        complain_of_problems(begun.loaded.problems)
        return BAD_CONFIGURATION
    store = open_history(begun)
    try:
        return _ACTIONS[arguments.action](arguments, store)
    finally:
        for path in store.take_set_aside():
            complain(f"{PROGRAM}: the history was damaged: it is now {path}")
        store.close()


def _list(arguments: Namespace, store: HistoryFile) -> int:
    output = output_of(arguments, os.environ)
    page = store.page(filter_of(arguments), before=arguments.before, size=arguments.max_items)
    print_data({"Entries": [entry_data(each) for each in page.entries]}, output, title="History")
    if not page.entries:
        complain(f"{PROGRAM}: nothing in the history, or nothing like that")
    elif page.has_more:
        complain(f"{PROGRAM}: older ones follow: --before {page.entries[-1].id}")
    return 0


def _show(arguments: Namespace, store: HistoryFile) -> int:
    output = output_of(arguments, os.environ)
    print_data(record_data(store.open(arguments.id)), output, title=f"Entry {arguments.id}")
    return 0


def _export(arguments: Namespace, store: HistoryFile) -> int:
    body = _body_of(store.open(arguments.id), is_sent=arguments.sent)
    if arguments.outfile == STANDARD_OUTPUT:
        write_bytes(body)
    else:
        write_user_file(Path(arguments.outfile), body, overwrite=True)
    return 0


def _star(arguments: Namespace, store: HistoryFile) -> int:
    store.star(*arguments.ids, is_starred=True)
    complain(f"{PROGRAM}: starred {_entries(len(set(arguments.ids)))}")
    return 0


def _unstar(arguments: Namespace, store: HistoryFile) -> int:
    store.star(*arguments.ids, is_starred=False)
    complain(f"{PROGRAM}: {_entries(len(set(arguments.ids)))} without a star")
    return 0


def _note(arguments: Namespace, store: HistoryFile) -> int:
    store.annotate(arguments.id, arguments.text)
    what = "noted on" if arguments.text else "removed the note of"
    complain(f"{PROGRAM}: {what} entry {arguments.id}")
    return 0


def _delete(arguments: Namespace, store: HistoryFile) -> int:
    wanted = filter_of(arguments)
    if bool(arguments.ids) == arguments.all or (arguments.ids and wanted != HistoryFilter()):
        complain(f"{PROGRAM}: error: give the entries' ids, or --all with or without filters")
        return BAD_USAGE
    if arguments.all:
        deleted = store.delete_all(wanted)
    else:
        store.delete_for_good(tuple(arguments.ids))
        deleted = len(set(arguments.ids))
    complain(f"{PROGRAM}: deleted {_entries(deleted)}")
    return 0


_ACTIONS: dict[str, Callable[[Namespace, HistoryFile], int]] = {
    "list": _list,
    "show": _show,
    "export": _export,
    "star": _star,
    "unstar": _unstar,
    "note": _note,
    "delete": _delete,
}


def filter_of(arguments: Namespace) -> HistoryFilter:
    """Read the flags that say which entries are wanted."""
    return HistoryFilter(
        text=arguments.text or "",
        endpoint_name=arguments.endpoint_name,
        kinds=frozenset(OutcomeKind(each) for each in arguments.outcome or ()),
        status=arguments.status,
        is_starred=arguments.starred,
        is_demo=arguments.demo,
    )


def _entries(count: int) -> str:
    return f"{count} {'entry' if count == 1 else 'entries'}"


def _body_of(record: HistoryRecord, *, is_sent: bool) -> bytes:
    """Return the body that was sent or received.

    Raises:
        StorageFailed: there was none, or it was left out.
    """
    if is_sent:
        return _kept(record.sent_body, record.entry.sent, record)
    reply = record.exchange.reply if record.exchange else None
    if reply is None or record.entry.received is None:
        raise StorageFailed(
            summary=f"Entry {record.entry.id} has no response: {record.entry.kind}",
            hint="--sent exports what was sent.",
        )
    return _kept(reply.body, record.entry.received, record)


def _kept(body: bytes, kept: KeptBody, record: HistoryRecord) -> bytes:
    if kept.left_out is None:
        return body
    raise StorageFailed(
        summary=f"This body of entry {record.entry.id} ({kept.size_bytes:,} bytes) "
        f"is not in the history: it is {kept.left_out}",
    )
