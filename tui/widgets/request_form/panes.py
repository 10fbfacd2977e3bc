"""What stands under the tabs of the form; each pane is made when its tab is first opened."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import Horizontal, Vertical
from textual.reactive import var
from textual.widget import Widget

from tui.domain.fields import FieldGroup
from tui.domain.http import HttpRequest
from tui.widgets.request_form.fields import FieldRows, RowBook, aligned_label_cells
from tui.widgets.request_form.rules import FormTab

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from tui.domain.errors import ExplorerError
    from tui.domain.requests import InvocationRequest
    from tui.widgets.body_editor.editor import BodyEditor
    from tui.widgets.body_view.view import BodyView
    from tui.widgets.request_form.preview import RequestPreview

_GROUPS = {FormTab.TARGETING: FieldGroup.TARGETING, FormTab.OPTIONS: FieldGroup.OPTIONS}


class TabPanes(Vertical):
    """The panes, one of them on screen."""

    DEFAULT_CSS = """
    TabPanes {
        height: 1fr;
        & #body-types { height: auto; }
        & #field-accept { width: 2fr; }
        & #field-content-type { width: 3fr; margin-right: 1; }
    }
    """

    preview: var[HttpRequest | ExplorerError | None] = var["HttpRequest | ExplorerError | None"](
        None
    )

    def __init__(self, rows: RowBook, editor: BodyEditor) -> None:
        super().__init__(id="request-panes")
        self._rows = rows
        self._editor = editor
        self._panes: dict[FormTab, Widget] = {}
        self._preview_pane: RequestPreview | None = None
        self._shown = FormTab.BODY

    def compose(self) -> ComposeResult:
        """Yield the body, which is what opens first."""
        with Vertical() as pane:
            self._panes[FormTab.BODY] = pane
            with Horizontal(id="body-types"):
                yield from self._rows.of_group(FieldGroup.BODY)
            yield self._editor

    def watch_preview(self) -> None:
        """Hand the preview on to its pane, if that was ever opened."""
        if self._preview_pane is not None:
            self._preview_pane.preview = self.preview

    @property
    def preview_body(self) -> BodyView | None:
        """What shows the body of the preview; None while there is no preview."""
        pane = self._preview_pane
        is_there = pane is not None and pane.is_mounted and isinstance(self.preview, HttpRequest)
        return pane.body_view if pane is not None and is_there else None

    def show(self, tab: FormTab, request: InvocationRequest) -> None:
        """Bring a tab on screen; a new pane shows ``request``."""
        if tab not in self._panes:
            self._panes[tab] = pane = self._new_pane(tab, request)
            self.mount(pane)
        self._shown = tab
        for each, pane in self._panes.items():
            pane.display = each is tab

    def focus_first(self) -> None:
        """Focus what is first in the pane on screen."""
        pane = self._panes[self._shown]
        first = next((each for each in pane.walk_children(Widget) if each.focusable), pane)
        first.focus()

    def _new_pane(self, tab: FormTab, request: InvocationRequest) -> Widget:
        group = _GROUPS.get(tab)
        if group is None:
            # Imported when first wanted: 32 ms with the body view.
            from tui.widgets.request_form.preview import RequestPreview

            self._preview_pane = RequestPreview(self.preview)
            return self._preview_pane
        rows = self._rows.of_group(group, label_cells=aligned_label_cells(group))
        self._rows.show(request)
        return FieldRows(rows)
