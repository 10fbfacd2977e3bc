"""The body of a request: typed, kept as bytes, or in a file.

    Text ── paste above 256 kB, bytes that are no text ──▶ Kept
     ▲                                                      │
     ├── restore, clear ────────────────────────────────────┘
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
from textual.getters import query_one
from textual.message import Message
from textual.reactive import reactive
from textual.widgets import Static, TextArea

from tui.domain.requests import FileBody, InlineBody
from tui.widgets.body_editor_file import BodyFile
from tui.widgets.body_editor_kept import Kept, KeptBody, why_kept
from tui.widgets.body_editor_status import looks_like_json, pretty_printed, status_words
from tui.widgets.body_editor_text import BodyText
from tui.widgets.request_form_tabs import TabStrip

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.timer import Timer

    from tui.domain.requests import RequestBody

_STATUS_DELAY_S = 0.2


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
                width: 1fr; text-align: right; color: $text-muted;
                text-wrap: nowrap; text-overflow: ellipsis;
            }
        }
        & > BodyText, & > KeptBody, & > BodyFile { display: none; }
        &.-text > BodyText, &.-kept > KeptBody, &.-file > BodyFile { display: block; }
    }
    """

    body: reactive[RequestBody] = reactive["RequestBody"](InlineBody, init=False)
    """What is sent. Setting another one forgets what was typed here."""
    content_type: reactive[str] = reactive("", init=False)
    """Decides whether the text is checked and coloured as JSON."""

    kind_switch = query_one(TabStrip)
    text_editor = query_one(BodyText)
    status = query_one("#body-status", Static)

    @dataclass
    class Changed(Message):
        """The user changed the body."""

        control: BodyEditor
        body: RequestBody

    def __init__(self, body: RequestBody, *, content_type: str) -> None:
        super().__init__()
        self.set_reactive(BodyEditor.body, body)
        self.set_reactive(BodyEditor.content_type, content_type)
        self._shown: RequestBody | None = None
        """What the panes show; differs from `body` only while it is being set."""
        self._other_side: RequestBody | None = None
        """What the switch goes back to."""
        self._before_kept: InlineBody | None = None
        """The typed body that a large paste would have changed."""
        self._kept: KeptBody | None = None
        self._file: BodyFile | None = None
        self._status_timer: Timer | None = None

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
        self._show(self.body)

    def watch_body(self, body: RequestBody) -> None:
        """Show a body that was set from outside."""
        if self._shown is None or body == self._shown:
            return
        self._other_side = self._before_kept = None
        self._show(body)

    def watch_content_type(self) -> None:
        """Check and colour anew."""
        if self._shown is not None:
            self._check()

    @property
    def is_typed(self) -> bool:
        """Whether the text editor holds the body."""
        return self.has_class("-text")

    def replace_body(self, data: bytes) -> None:
        """Put other bytes in place, as one undoable step where the editor can hold them."""
        if self.is_typed and why_kept(data) is None:
            self.text_editor.replace_all(data.decode())
            self._tell(InlineBody(data=self.text_editor.data))
        if self.body != InlineBody(data=data):
            self._put(InlineBody(data=data))

    def pretty_print(self) -> None:
        """Indent JSON token by token; go to the mistake when it is none."""
        if not self.is_typed:
            return
        editor = self.text_editor
        text, cursor_index, is_whole = pretty_printed(editor.text, editor.cursor_index)
        if is_whole:
            editor.replace_all(text, cursor_index)
        else:
            editor.move_cursor_to(cursor_index)
        self._check()

    def focus_body(self) -> None:
        """Focus whatever shows the body."""
        if self._file is not None and self.has_class("-file"):
            self._file.path_input.entry.focus()
        elif self._kept is not None and self.has_class("-kept"):
            self._kept.focus_view()
        else:
            self.text_editor.focus()

    def _put(self, body: RequestBody) -> None:
        """Show a body that the user brought about, and tell it."""
        self._show(body)
        self._tell(body)

    def _tell(self, body: RequestBody) -> None:
        self._shown = body
        if body != self.body:
            self.body = body
            self.post_message(self.Changed(self, body))

    def _show(self, body: RequestBody) -> None:
        self._shown = body
        match body:
            case InlineBody(data=data):
                self._show_inline(data, why_kept(data))
            case FileBody(path=path):
                self._show_file(path)
            case _:
                assert_never(body)
        self._check()

    def _show_inline(self, data: bytes, reason: str | None) -> None:
        self.kind_switch.active = BodyKind.TEXT
        self._set_pane("-text" if reason is None else "-kept")
        if reason is None:
            self.text_editor.load_text(data.decode())
            return
        if self._kept is None:
            self._kept = KeptBody()
            self.mount(self._kept)
        self._kept.kept = Kept(
            data=data,
            reason=reason,
            content_type=self.content_type,
            can_restore=self._before_kept is not None,
        )

    def _show_file(self, path: Path) -> None:
        self.kind_switch.active = BodyKind.FILE
        self._set_pane("-file")
        if self._file is None:
            self._file = BodyFile()
            self.mount(self._file)
        self._file.path = path

    def _set_pane(self, name: str) -> None:
        for each in ("-text", "-kept", "-file"):
            self.set_class(each == name, each)

    def _check(self) -> None:
        """Say size and validity; colour as JSON or not."""
        if self._status_timer is not None:
            self._status_timer.stop()
            self._status_timer = None
        match self.body:
            case InlineBody(data=data):
                is_json = looks_like_json(data, self.content_type)
                self.text_editor.is_json = is_json
                self.status.update(status_words(data, is_json=is_json and self.is_typed))
            case FileBody():
                facts = self._file.facts if self._file is not None else None
                self.status.update(facts or "")
            case _:
                assert_never(self.body)

    @on(TextArea.Changed)
    def _take_typing(self, event: TextArea.Changed) -> None:
        event.stop()
        if not self.is_typed:
            return
        self._tell(InlineBody(data=self.text_editor.data))
        if self._status_timer is None:
            self._status_timer = self.set_timer(_STATUS_DELAY_S, self._check)
        else:
            self._status_timer.reset()

    @on(BodyText.Overflowed)
    def _keep_outside(self, event: BodyText.Overflowed) -> None:
        event.stop()
        self._before_kept = InlineBody(data=self.text_editor.data)
        self._put(InlineBody(data=event.data))
        self.focus_body()

    @on(KeptBody.Restored)
    def _restore(self, event: KeptBody.Restored) -> None:
        event.stop()
        restored, self._before_kept = self._before_kept, None
        self._put(restored or InlineBody())
        self.focus_body()

    @on(KeptBody.Cleared)
    def _clear(self, event: KeptBody.Cleared) -> None:
        event.stop()
        self._before_kept = None
        self._put(InlineBody())
        self.focus_body()

    @on(TabStrip.Picked)
    def _switch(self, event: TabStrip.Picked) -> None:
        event.stop()
        if event.picked == self.kind_switch.active:
            return
        empty = FileBody(path=Path()) if event.picked == BodyKind.FILE else InlineBody()
        going_to, self._other_side = self._other_side or empty, self.body
        self._put(going_to)

    @on(BodyFile.Changed)
    def _take_path(self, event: BodyFile.Changed) -> None:
        event.stop()
        self._tell(FileBody(path=event.path))

    @on(BodyFile.Peeked)
    def _tell_facts(self, event: BodyFile.Peeked) -> None:
        event.stop()
        self._check()
