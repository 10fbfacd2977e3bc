"""A body taken elsewhere, from whatever screen shows one: to a file, a pager, an editor.

What is made of it within its own view (filters, commands) is the view's; here is what needs a file
or the terminal.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from textual.app import SuspendNotSupported

from tui.blocking import run_blocking
from tui.body.sanitise import sanitise
from tui.body.shown_body import ShownBody
from tui.domain.errors import StorageFailed
from tui.screens.terminal import with_terminal
from tui.store.files import write_user_file

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from textual.app import App

    from tui.body.kinds import Recognised
    from tui.widgets.body_view.view import BodyView

_AT_ONCE_S = 0.5
"""A pager that ends sooner has shown nothing: the program's own screen comes back over it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BodySource:
    """A body on the screen, and what a file with it is named for."""

    view: BodyView
    what: str
    """What it is, for people: "the answer", "the request"."""
    endpoint_name: str
    moment: datetime
    whole: ShownBody | None = None
    """All that came, where the view may show less of it; None where it never does."""

    def written(self) -> ShownBody | None:
        """Return what `w` writes: what was made and is shown, else all of it."""
        body = self.view.shown if self.view.trail or self.whole is None else self.whole
        return None if body is None else ShownBody(body.data, body.content_type)


async def write_body(app: App[object], source: BodySource) -> None:
    """Write what came, or what was made of it and is shown, to a file of the user's choice.

    To be awaited in a worker.
    """
    view, body = source.view, source.written()
    if body is None:
        return
    # Imported when first wanted: 3 ms with the tables of file types.
    from tui.body.copying import whole_text
    from tui.screens.explore.saving import SaveScreen, suggested_name, written

    data, suffix = body.data, _suffix(body.content_type, view.found)
    name = suggested_name(source.endpoint_name, source.moment, suffix)
    chosen = await app.push_screen_wait(
        SaveScreen(name, source.what, len(data), view.lens, view.trail)
    )
    if chosen is None:
        return
    document = view.open_anew() if chosen.as_shown else None
    try:
        if document is not None:
            data = await run_blocking(partial(whole_text, document), name="lay-out")
        write = partial(write_user_file, chosen.path, data)
        is_written = await written(app, chosen.path, write)
    except StorageFailed as error:
        tell_failure(app, error)
    else:
        if is_written:
            app.notify(f"Written to {sanitise(str(chosen.path))}", markup=False)


def page_body(app: App[object], view: BodyView | None) -> None:
    """Hand the terminal to the user's pager, and to it the text as it is shown."""
    document = view.open_anew() if view is not None else None
    if document is None:
        app.notify("The body is empty; there is nothing to page through.", markup=False)
        return
    from tui.screens.explore.programs import page, pager_command

    duration_s = _hand_over(app, lambda: page(document, pager_command(os.environ)))
    if duration_s is not None and duration_s < _AT_ONCE_S:
        app.notify(
            "The pager ended at once. For short text, less does so when $LESS has -F.",
            markup=False,
        )


def read_elsewhere(app: App[object], view: BodyView | None) -> None:
    """Hand the terminal to the user's editor, and to it a copy of what is shown."""
    shown = view.shown if view is not None else None
    if view is not None and shown is not None:
        from tui.screens.explore.programs import editor_command, read_copy

        suffix = _suffix(shown.content_type, view.found)
        _hand_over(app, lambda: read_copy(shown.data, suffix, editor_command(os.environ)))


def tell_failure(app: App[object], error: StorageFailed) -> None:
    """Say what could not be read or written, and what to do."""
    words = "\n".join(filter(None, (sanitise(error.summary), sanitise(error.hint))))
    app.notify(words, severity="error", markup=False)


def _hand_over(app: App[object], run: Callable[[], float]) -> float | None:
    """Let a program own the terminal; return its seconds, None if it could not run."""
    try:
        return with_terminal(app, run)
    except SuspendNotSupported:
        words = "This terminal cannot be handed to another program; w writes the body to a file."
        app.notify(words, markup=False)
    except StorageFailed as error:
        tell_failure(app, error)
    return None


def _suffix(content_type: str | None, found: Recognised | None) -> str:
    """Return the suffix of a file by what it is called, else by what it was found to be."""
    from tui.screens.explore.saving import suffix_of

    return suffix_of(content_type or "", found)
