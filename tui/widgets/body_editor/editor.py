"""The body of a request: typed, kept as bytes, or in a file.

    Text ── paste above 256 kB, bytes that are no text ──▶ Kept
     ▲                                                      │
     ├── back to typing, clear ─────────────────────────────┘
     └── switch ◀──▶ File

What goes on the wire is always `body`; which of the three panes shows it is derived from it.
Nothing is re-encoded on the way: bytes that the editor cannot hold exactly stay outside it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, assert_never

from textual import on
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.getters import query_one
from textual.message import Message
from textual.reactive import reactive
from textual.widgets import Static, TextArea

from tui.domain.fields import field_named
from tui.domain.placeholder_places import is_json
from tui.domain.requests import FileBody, InlineBody
from tui.widgets.body_editor.panes import BodyPanes
from tui.widgets.body_editor.status import size_words, status_words
from tui.widgets.body_editor.text import BodyText, why_not_editable
from tui.widgets.lull import Lull
from tui.widgets.request_form.tabs import TabStrip

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from tui.domain.requests import RequestBody
    from tui.widgets.body_editor.file import BodyFile
    from tui.widgets.body_editor.kept import KeptBody

_STATUS_DELAY_S = 0.2
_BODY_BYTES_MAX = field_named("body").max_length


class BodyKind(StrEnum):
    """Where the body comes from; the words are those of the switch."""

    TEXT = "Text"
    FILE = "File"


class BodyEditor(Vertical):
    """The pane that shows and changes one `RequestBody`."""

    DEFAULT_CSS = """
    BodyEditor {
        height: 1fr;
        & > #body-bar {
            height: 1;
            & > #body-status {
                width: 1fr; margin-left: 2; text-align: right; color: $text-muted;
                text-wrap: nowrap; text-overflow: ellipsis;
            }
        }
    }
    """

    content_type: reactive[str] = reactive("", init=False)
    """Decides whether the text is checked and coloured as JSON."""
    variables: reactive[frozenset[str] | None] = reactive[frozenset[str] | None](
        frozenset[str](), init=False
    )
    """Names that are placeholders, as ``{{uuid}}`` and its like are; None: nothing is filled in."""

    kind_switch = query_one("#body-kind", TabStrip)
    text_editor = query_one("#body-text", BodyText)
    status = query_one("#body-status", Static)

    @dataclass
    class Changed(Message):
        """The body changed, by whatever hand."""

        body: RequestBody

    @dataclass
    class Checked(Message):
        """What `problem` says may have changed."""

    def __init__(self, body: RequestBody, *, content_type: str) -> None:
        super().__init__()
        self.set_reactive(BodyEditor.content_type, content_type)
        self._body = body
        self._other_side: RequestBody | None = None
        """What the switch goes back to."""
        self._before_kept: InlineBody | None = None
        """The typed body that a large paste would have changed."""
        self._panes = BodyPanes(self, lambda: self.text_editor)
        self._status_wish = Lull(self, _STATUS_DELAY_S, self._check)

    def compose(self) -> ComposeResult:
        """Yield the bar and the text editor; the other panes come when they are needed."""
        with Horizontal(id="body-bar"):
            yield TabStrip(
                tuple(BodyKind),
                active=BodyKind.TEXT,
                help_text="Text is typed here; a file is read at the moment of sending.",
                id="body-kind",
            )
            yield Static(id="body-status", markup=False)
        yield BodyText(id="body-text")

    def on_mount(self) -> None:
        """Show the body that was given."""
        self._show()

    def watch_content_type(self) -> None:
        """Check and colour anew."""
        if self.is_mounted:
            self._check()

    def watch_variables(self) -> None:
        """Check anew."""
        if self.is_mounted:
            self._check()

    @property
    def body(self) -> RequestBody:
        """What is shown, exactly, a key press ago included."""
        if self.is_typed:
            return InlineBody(data=self.text_editor.data)
        if (file := self._panes.file) is not None:
            return FileBody(path=file.path)
        return self._body

    @body.setter
    def body(self, body: RequestBody) -> None:
        if body == self.body:
            self._body = body
            return
        self._other_side = self._before_kept = None
        self._body = body
        if self.is_mounted:
            self._show()

    @property
    def is_typed(self) -> bool:
        """Whether the text editor holds the body."""
        return self._panes.is_text

    @property
    def problem(self) -> str:
        """Say why the body cannot be sent, or will be refused; empty when nothing is known."""
        body = self.body
        file = self._panes.file
        peeked = file.peeked if file is not None else None
        match body:
            case InlineBody(data=data):
                return _size_problem(len(data))
            case FileBody():
                return (peeked.problem or _size_problem(peeked.size_bytes)) if peeked else ""
            case _:
                assert_never(body)

    def pretty_print(self) -> None:
        """Indent JSON token by token; go to the mistake when it is none."""
        if not self.is_typed:
            return
        if self.text_editor.reindent(self.variables):
            self._check()
        else:
            self._check(as_json=True)
            self.text_editor.go_to_mistake(self.variables)

    def focus_body(self) -> None:
        """Focus whatever shows the body."""
        self._panes.focus()

    def _put(self, body: RequestBody) -> None:
        """Show a body that the user brought about, and tell it."""
        self._body = body
        self._show()
        self.post_message(self.Changed(body))

    def _tell(self, body: RequestBody) -> None:
        """Tell a body that is on screen already."""
        if body != self._body:
            self._body = body
            self.post_message(self.Changed(body))

    def _show(self) -> None:
        body = self._body
        match body:
            case InlineBody(data=data):
                self.kind_switch.active = BodyKind.TEXT
                reason = why_not_editable(data)
                if reason is None:
                    self._panes.show_text(data)
                else:
                    self._panes.show_kept(
                        data,
                        reason,
                        content_type=self.content_type,
                        can_restore=self._before_kept is not None,
                    )
            case FileBody(path=path):
                self.kind_switch.active = BodyKind.FILE
                self._panes.show_file(path)
            case _:
                assert_never(body)
        self._check()

    def _check(self, *, as_json: bool = False) -> None:
        """Say size and validity; colour as JSON or not."""
        self._status_wish.cancel()
        self.status.update(self._status_words(as_json=as_json))
        self.post_message(self.Checked())

    def _status_words(self, *, as_json: bool) -> Content:
        match self.body:
            case InlineBody(data=data) if problem := _size_problem(len(data)):
                return Content.styled(problem, "$text-error")
            case InlineBody(data=data) if self.is_typed:
                as_typed = is_json(data, self.content_type)
                self.text_editor.is_json = as_typed
                return status_words(
                    self.text_editor.text,
                    len(data),
                    is_json=as_typed or as_json,
                    variables=self.variables,
                )
            case InlineBody(data=data):
                return Content(size_words(len(data)))
            case FileBody():
                file = self._panes.file
                return file.facts if file is not None else Content("")

    @on(TextArea.Changed)
    def _take_typing(self, event: TextArea.Changed) -> None:
        event.stop()
        if not self.is_typed:
            return
        self._tell(InlineBody(data=self.text_editor.data))
        self._status_wish.want()

    @on(BodyText.Overflowed)
    def _keep_outside(self, event: BodyText.Overflowed) -> None:
        event.stop()
        self._before_kept = InlineBody(data=self.text_editor.data)
        self._put(InlineBody(data=event.data))
        self.call_after_refresh(self.focus_body)

    # Named as Textual looks for them, for the classes of the other panes are not loaded yet.
    def on_kept_body_restored(self, event: KeptBody.Restored) -> None:
        """Go back to what was typed."""
        event.stop()
        self._type_again(self._before_kept)

    def on_kept_body_cleared(self, event: KeptBody.Cleared) -> None:
        """Begin with nothing."""
        event.stop()
        self._type_again(None)

    def on_body_file_changed(self, event: BodyFile.Changed) -> None:
        """Tell another path."""
        event.stop()
        if self._panes.file is not None:
            self._tell(FileBody(path=event.path))

    def on_body_file_peeked(self, event: BodyFile.Peeked) -> None:
        """Say what is known of the file."""
        event.stop()
        self._check()

    def _type_again(self, body: InlineBody | None) -> None:
        self._before_kept = None
        self._put(body or InlineBody())
        self.focus_body()

    @on(TabStrip.Picked)
    def _switch(self, event: TabStrip.Picked) -> None:
        event.stop()
        if event.picked == self.kind_switch.active:
            return
        empty = FileBody(path=Path()) if event.picked == BodyKind.FILE else InlineBody()
        going_to, self._other_side = self._other_side or empty, self.body
        self._put(going_to)


def _size_problem(size_bytes: int) -> str:
    if size_bytes <= _BODY_BYTES_MAX:
        return ""
    return f"{size_words(size_bytes)}: the service model allows {_BODY_BYTES_MAX:,} bytes"
