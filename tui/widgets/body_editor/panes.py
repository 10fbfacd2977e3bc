"""What shows the body of a request: typed, kept as bytes, or in a file; one pane at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from textual.widget import Widget

    from tui.widgets.body_editor.file import BodyFile
    from tui.widgets.body_editor.kept import KeptBody
    from tui.widgets.body_editor.text import BodyText


class BodyPanes:
    """The panes of one editor; but for the text's, each is made when it is first needed.

    Args:
        editor: where panes are mounted.
        text: returns the pane that is always there.
    """

    def __init__(self, editor: Widget, text: Callable[[], BodyText]) -> None:
        self._editor = editor
        self._text = text
        self._kept: KeptBody | None = None
        self._file: BodyFile | None = None
        self._shown: Widget | None = None

    @property
    def is_text(self) -> bool:
        """Whether the text editor is on screen."""
        return self._shown is not None and self._shown is self._text()

    @property
    def file(self) -> BodyFile | None:
        """The pane of a file, while it is on screen."""
        return self._file if self._shown is self._file else None

    def show_text(self, data: bytes) -> None:
        """Show UTF-8 to be typed in."""
        text = self._text()
        self._show(text)
        text.put(data.decode())

    def show_kept(self, data: bytes, reason: str, *, content_type: str, can_restore: bool) -> None:
        """Show bytes that the editor cannot hold, and why; see `Kept`."""
        # Imported here: 35 ms with the body view, and most bodies are typed.
        from tui.widgets.body_editor.kept import Kept, KeptBody

        if self._kept is None:
            self._kept = KeptBody()
            self._editor.mount(self._kept)
        self._show(self._kept)
        self._kept.kept = Kept(
            data=data, reason=reason, content_type=content_type, can_restore=can_restore
        )

    def show_file(self, path: Path) -> None:
        """Show what is in a file."""
        if self._file is None:
            # Imported here: 5 ms, and most bodies are typed.
            from tui.widgets.body_editor.file import BodyFile

            self._file = BodyFile(path)
            self._editor.mount(self._file)
        else:
            self._file.path = path
        self._show(self._file)

    def focus(self) -> None:
        """Focus what is on screen."""
        if self.file is not None:
            self.file.focus_path()
        elif self._kept is not None and self._shown is self._kept:
            self._kept.focus_view()
        else:
            self._text().focus()

    def _show(self, shown: Widget) -> None:
        self._shown = shown
        for pane in (self._text(), self._kept, self._file):
            if pane is not None:
                pane.display = pane is shown
