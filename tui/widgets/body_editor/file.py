"""The body as a file: its path, and enough of it on screen to know that it is the right one."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from textual import on, work
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from tui.blocking import run_blocking
from tui.body.sanitise import sanitise
from tui.widgets.body_editor.peek import Peek, hex_lines, peek
from tui.widgets.body_editor.status import size_words
from tui.widgets.field_row.entry import EntryRow
from tui.widgets.path_input import PathInput

if TYPE_CHECKING:
    from textual.app import ComposeResult

_LABEL_CELLS = 14
_HELP = """\
The file whose bytes are the body, read at the moment of sending.

Down lists what is there; tab completes while the list is open. ~ is your home folder.
"""


class FileHead(Widget):
    """The first bytes of a file as hex and text, or why there are none."""

    DEFAULT_CSS = """
    FileHead { height: 1fr; color: $text-muted; }
    """

    peeked: reactive[Peek | None] = reactive[Peek | None](None)
    """None while nobody has looked yet."""

    def render(self) -> Content:
        """Draw as many bytes in a line as fit, and as many lines."""
        match self.peeked:
            case None:
                return Content("Looking…")
            case Peek(problem=problem) if problem:
                return Content.styled(sanitise(problem), "$text-error")
            case Peek(size_bytes=0):
                return Content("The file is empty")
            case Peek(head=head):
                return Content("\n").join(self._lines(head))

    def _lines(self, head: bytes) -> list[Content]:
        bytes_per_line = 16 if self.content_size.width >= 72 else 8
        shown = head[: bytes_per_line * self.content_size.height]
        return [
            Content.assemble(
                (offset, "$syntax-comment"),
                "  ",
                (code, "$foreground"),
                "  ",
                (text, "$syntax-comment"),
            )
            for offset, code, text in hex_lines(shown, bytes_per_line=bytes_per_line)
        ]


class BodyFile(Vertical):
    """A path, and what a look at the file told."""

    DEFAULT_CSS = """
    BodyFile { height: 1fr; }
    """

    @dataclass
    class Changed(Message):
        """The path changed, by whatever hand."""

        path: Path

    @dataclass
    class Peeked(Message):
        """What is known of the file changed."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._row = PathInput(
            "Path",
            _spelt(path),
            label_cells=_LABEL_CELLS,
            help_text=_HELP,
            placeholder="Path of the file",
            id="body-path",
        )
        self._head = FileHead(id="body-head")
        self._looked_at: Path | None = None

    def compose(self) -> ComposeResult:
        """Yield the path and the first bytes."""
        yield self._row
        yield self._head

    def on_mount(self) -> None:
        """Look at the file that was given."""
        self._look()

    @property
    def path(self) -> Path:
        """As typed: ``~`` and relative paths stay so. `Path()` while nothing is chosen."""
        return Path(self._row.value)

    @path.setter
    def path(self, path: Path) -> None:
        if path != self.path:
            self._row.value = _spelt(path)
        if self.is_mounted:
            self._look()

    @property
    def peeked(self) -> Peek | None:
        """What the last look told; None while it is of another path, or there was none."""
        return self._head.peeked if self._looked_at == self.path else None

    @property
    def facts(self) -> Content:
        """Say the size, or that there is none."""
        peeked = self.peeked
        if peeked is None or peeked.problem:
            return Content("")
        return Content(f"{size_words(peeked.size_bytes)} · read when sent")

    def focus_path(self) -> None:
        """Focus the path."""
        self._row.focus_entry()

    @on(EntryRow.Changed)
    def _take_path(self, event: EntryRow.Changed) -> None:
        event.stop()
        if self.path != self._looked_at:
            self._look()
        self.post_message(self.Changed(self.path))

    @work(exclusive=True, group="peek", description="look at the body's file")
    async def _look(self) -> None:
        path = self.path
        peeked = await run_blocking(partial(peek, path), name="peek")
        if path == self.path:
            self._looked_at = path
            self._head.peeked = peeked
            self.post_message(self.Peeked())


def _spelt(path: Path) -> str:
    return "" if path == Path() else str(path)
