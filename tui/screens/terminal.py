"""The terminal handed to another program, and taken back however that ends."""

from __future__ import annotations

from concurrent.futures import Future
from typing import TYPE_CHECKING, TypeVar

from tui.domain.errors import StorageFailed

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import App

T = TypeVar("T")


def with_terminal(app: App[object], run: Callable[[], T]) -> T:
    """Let ``run`` own the terminal until it ends; return what it does.

    Nothing of ours runs meanwhile: it blocks the event loop, and what we draw waits.

    Raises:
        SuspendNotSupported: this terminal cannot be handed over.
        StorageFailed: as ``run`` raised it.
    """
    ended = Future[T]()
    with app.suspend():
        # Textual does not take the terminal back from what raises.
        try:
            ended.set_result(run())
        except StorageFailed as error:
            ended.set_exception(error)
    return ended.result()
