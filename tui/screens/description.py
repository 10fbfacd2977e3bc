"""An endpoint's whole description as AWS returned it: every document a tab, every gap told."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.events import Mount
from textual.getters import query_one
from textual.widgets import Static, Tab, Tabs

from tui.body.sanitise import sanitise
from tui.body.shown_body import ShownBody
from tui.screens.body_taking import BodySource, page_body, read_elsewhere, write_body
from tui.screens.dialog import Dialog
from tui.widgets.body_view.view import BodyView
from tui.widgets.response_pane import PAGE, READ, WRITE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult

    from tui.domain.endpoints import EndpointDescription, RawDocument
    from tui.domain.errors import ExplorerError


class DescriptionScreen(Dialog[None]):
    """The documents of one endpoint, secrets masked."""

    HELP = """\
What the control plane says of this endpoint, as it said it; secrets are masked.

ctrl+l goes to the next document, y copies the one shown, w writes it to a file, f3 and f4 show it
in your pager and editor.
"""

    DEFAULT_CSS = """
    DescriptionScreen {
        & > #frame { width: 94%; max-width: 140; height: 90%; }
        & #gaps { height: auto; max-height: 6; margin: 1 0; color: $text; }
        & #document { height: 1fr; }
        &.-complete #gaps { display: none; }
        &.-empty #document, &.-empty #documents { display: none; }
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "y", "copy", "Copy", id="description.copy", tooltip="Copy the document that is shown"
        ),
        WRITE,
        PAGE,
        READ,
        Binding(
            "ctrl+l",
            "next_document",
            "Next document",
            id="description.next",
            tooltip="Show the next document, after the last the first",
        ),
    ]

    tabs = query_one("#documents", Tabs)
    view = query_one("#document", BodyView)

    def __init__(self, description: EndpointDescription) -> None:
        super().__init__()
        self._description = description

    def compose(self) -> ComposeResult:
        """Lay out tabs, gaps and the one view that shows each document in turn."""
        description = self._description
        with Vertical(id="frame") as frame:
            frame.border_title = Content(sanitise(description.name))
            frame.border_subtitle = Content(sanitise(description.status))
            yield Tabs(
                *(
                    Tab(Content(title), id=_tab_id(index))
                    for index, title in enumerate(tab_titles(description.documents))
                ),
                id="documents",
            )
            yield Static(_gap_words(description.gaps), id="gaps", markup=False)
            yield BodyView(id="document")

    @on(Mount)
    def _show_state(self) -> None:
        self.set_class(not self._description.gaps, "-complete")
        self.set_class(not self._description.documents, "-empty")
        self.view.focus()

    @on(Tabs.TabActivated, "#documents")
    def _show_document(self, event: Tabs.TabActivated) -> None:
        event.stop()
        document = self._description.documents[_tab_index(event.tab)]
        self.view.shown = ShownBody(document.body, "application/json")

    @on(BodyView.Described)
    def _tell_size(self, event: BodyView.Described) -> None:
        event.stop()
        words = f"{sanitise(self._description.status)} · {event.words} · ctrl+l next · y copy"
        self.query_one("#frame").border_subtitle = Content(words)

    def action_copy(self) -> None:
        """Copy the selection, or the document."""
        self.view.copy("the description")

    @work(exclusive=True, group="write-body", description="write a document to a file")
    async def action_write_body(self) -> None:
        """Write the document that is shown to a file of the user's choice."""
        source = BodySource(
            view=self.view,
            what="the description",
            endpoint_name=self._description.name,
            moment=datetime.now(UTC),
        )
        await write_body(self.app, source)

    @work(exclusive=True, group="pager", description="show a document in a pager")
    async def action_page_body(self) -> None:
        """Hand the terminal to the user's pager, and to it the text as it is shown."""
        page_body(self.app, self.view)

    @work(exclusive=True, group="editor", description="read a document in an editor")
    async def action_read_elsewhere(self) -> None:
        """Hand the terminal to the user's editor, and to it a copy of what is shown."""
        read_elsewhere(self.app, self.view)

    def action_next_document(self) -> None:
        """Show the next document; the tabs go round."""
        self.tabs.action_next_tab()


def tab_titles(documents: Sequence[RawDocument]) -> tuple[str, ...]:
    """Name each document by its operation, numbered where there are several."""
    total = Counter(document.operation for document in documents)
    seen = Counter[str]()
    titles: list[str] = []
    for document in documents:
        name = document.operation
        seen[name] += 1
        titles.append(sanitise(name) + (f" {seen[name]}" if total[name] > 1 else ""))
    return tuple(titles)


def _gap_words(gaps: tuple[ExplorerError, ...]) -> Content:
    """Say what could not be read and why, one line each."""
    return Content("\n").join(
        Content.assemble(
            ("! ", "$text-warning"),
            sanitise(gap.summary),
            (f"  {sanitise(gap.hint)}", "$text-muted") if gap.hint else "",
        )
        for gap in gaps
    )


def _tab_id(index: int) -> str:
    return f"document-{index}"


def _tab_index(tab: Tab) -> int:
    return int((tab.id or "").removeprefix("document-"))
