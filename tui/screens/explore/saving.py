"""Where the bytes of an answer are written: a path to type, and a question before a loss."""

from __future__ import annotations

import mimetypes
import re
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Protocol

from textual import on
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Static

from tui.blocking import run_blocking
from tui.body.kinds import Kind
from tui.body.sanitise import sanitise
from tui.screens.dialog import Dialog
from tui.store.files import FileExists
from tui.widgets.outcome_words import size_words
from tui.widgets.tick_box import TickBox

if TYPE_CHECKING:
    from datetime import datetime

    from textual.app import App, ComposeResult

    from tui.body.kinds import Recognised

_SUFFIXES = {
    "application/json": ".json",
    "application/jsonlines": ".jsonl",
    "application/x-ndjson": ".jsonl",
    "application/x-npy": ".npy",
    "application/x-npz": ".npz",
    "application/octet-stream": ".bin",
    "application/xml": ".xml",
    "audio/wav": ".wav",
    "audio/x-wav": ".wav",
    "text/csv": ".csv",
    "text/event-stream": ".txt",
    "text/plain": ".txt",
    "text/libsvm": ".libsvm",
}
_VAGUE_TYPES = ("", "application/octet-stream", "binary/octet-stream")
"""What was found says more than these."""
_SUFFIXES_BY_NAME = {
    "PNG image": ".png",
    "JPEG image": ".jpg",
    "GIF image": ".gif",
    "WebP image": ".webp",
    "WAV audio": ".wav",
    "MP3 audio": ".mp3",
    "Ogg audio": ".ogg",
    "FLAC audio": ".flac",
    "NumPy array": ".npy",
    "safetensors": ".safetensors",
    "Parquet": ".parquet",
    "PDF": ".pdf",
    "ZIP archive": ".zip",
    "gzip": ".gz",
}
"""By the names that bodies are recognised by."""
_LENSES_OF_THE_SAME_TYPE = {"pretty", "raw"}
"""What these show can be read again as what it is; what others do is text for people."""
_NOT_IN_NAMES = re.compile(r"[^A-Za-z0-9._-]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Saving:
    """What is to be written where."""

    path: Path
    as_shown: bool
    """The text that the lens makes, rather than the bytes."""


class SaveScreen(Dialog[Saving]):
    """Gives back the path that was typed, and what is to be written there.

    Args:
        suggested: a name to begin with.
        what: what is written, such as "the answer".
        size_bytes: how much came.
        lens: what else can be written: the text as this one shows it.
        trail: what was done to the answer to get to what is written, drawable; empty for itself.
    """

    DEFAULT_CSS = """
    SaveScreen TickBox { padding: 0; border: none; background: transparent; }
    """

    HELP = """\
Enter writes the file; escape does not. What is written are the bytes of the answer as
they came, or, with the box ticked by space, the text as it is shown: indented, as a table, as hex.
While a value that you opened, or what a filter or a command made, is in the answer's place, that
is what is written; escape in the answer goes back to all of it.
"""

    def __init__(self, suggested: str, what: str, size_bytes: int, lens: str, trail: str) -> None:
        super().__init__()
        self._what = what
        self._suggested = suggested
        self._size_bytes = size_bytes
        self._lens = lens
        self._trail = trail

    def compose(self) -> ComposeResult:
        """Lay out the path and what it means."""
        with Vertical(id="frame") as frame:
            what = "what is shown" if self._trail else self._what
            frame.border_title = Content(f"Write {what} to a file")
            frame.border_subtitle = "enter write · tab, space as shown · escape close"
            yield Input(self._suggested, compact=True, select_on_focus=False, id="path")
            where, size = sanitise(str(Path.cwd())), size_words(self._size_bytes)
            how = f"{self._trail}, {size}" if self._trail else f"{size} as they came"
            words = f"{how}; a bare name goes to {where}"
            yield Static(Content.styled(words, "$text-muted"))
            if self._lens:
                than = "its bytes" if self._trail else "as it came"
                label = Content(f"As it is shown ({sanitise(self._lens)}), not {than}")
                yield TickBox(label, compact=True, id="as-shown")

    @on(TickBox.Changed)
    def _name_for_text(self, event: TickBox.Changed) -> None:
        """Suggest the suffix of text for a table or the like, unless another name was typed."""
        event.stop()
        if self._lens not in _LENSES_OF_THE_SAME_TYPE:
            names = self._suggested, str(Path(self._suggested).with_suffix(".txt"))
            path = self.query_one("#path", Input)
            if path.value == names[not event.value]:
                path.value = names[event.value]

    @on(Input.Submitted)
    @on(TickBox.Submitted)
    def _take_path(self, event: Input.Submitted | TickBox.Submitted) -> None:
        event.stop()
        if path := self.query_one("#path", Input).value.strip():
            as_shown = any(box.value for box in self.query(TickBox))
            self.dismiss(Saving(path=Path(path), as_shown=as_shown))


class OverwriteScreen(Dialog[bool]):
    """Gives back True when the file that is there may be replaced."""

    HELP = "r replaces the file that is there; escape leaves it as it is."

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("r", "replace", "Replace", id="save.replace", tooltip="Replace the file there is")
    ]

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._path = path

    def compose(self) -> ComposeResult:
        """Ask."""
        with Vertical(id="frame") as frame:
            frame.border_title = "Replace the file?"
            frame.border_subtitle = "r replace · escape close"
            yield Static(Content(f"{sanitise(str(self._path))} exists already."))

    def action_replace(self) -> None:
        """Allow it."""
        self.dismiss(result=True)


class Write(Protocol):
    """Writes something of the user's."""

    def __call__(self, *, overwrite: bool) -> None:
        """Write; blocks.

        Raises:
            FileExists: it is there, and ``overwrite`` is off.
        """
        ...


async def written(app: App[object], path: Path, write: Write) -> bool:
    """Write, asking before anything is lost; tell whether it was written.

    To be awaited in a worker.

    Args:
        app: asks.
        path: what is written, for the question.
        write: writes it.

    Raises:
        StorageFailed: it cannot be written.
    """
    try:
        await run_blocking(partial(write, overwrite=False), name="write")
    except FileExists:
        if not await app.push_screen_wait(OverwriteScreen(path)):
            return False
        await run_blocking(partial(write, overwrite=True), name="write")
    return True


def suggested_name(endpoint_name: str, moment: datetime, suffix: str) -> str:
    """Make up a file name from endpoint and time, with the suffix of what it is to hold."""
    endpoint = _NOT_IN_NAMES.sub("-", endpoint_name).strip("-.") or "answer"
    return f"{endpoint}-{moment:%Y%m%d-%H%M%S}{suffix}"


def suffix_of(content_type: str, found: Recognised | None = None) -> str:
    """Return the file suffix for a content type, parameters and all; ``.bin`` for unknown ones.

    Args:
        content_type: empty if there is none.
        found: what a body was recognised to be, if it was; counts where the type is vague.
    """
    kind = content_type.partition(";")[0].strip().lower()
    if kind in _VAGUE_TYPES and found is not None:
        return _suffix_found(found)
    if kind.endswith("+json"):
        return ".json"
    return _SUFFIXES.get(kind) or mimetypes.guess_extension(kind) or ".bin"


def _suffix_found(found: Recognised) -> str:
    if found.kind is Kind.JSON:
        return ".json"
    if found.kind is not Kind.TEXT:
        return _SUFFIXES_BY_NAME.get(found.name, ".bin")
    suffix = ".txt" if found.media_type in _VAGUE_TYPES else suffix_of(found.media_type)
    return ".txt" if suffix == ".bin" else suffix
