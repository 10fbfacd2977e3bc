"""The request as it is being written: every member of InvokeEndpoint, in four tabs.

    ┌ endpoint ───────────────────── Send ┐
    │ (what to know before sending)       │
    │ Body ● Targeting   Options  Preview │
    │ the rows of the tab                 │
    │ help of the focused field     12/64 │
    └─────────────────────────────────────┘

The request is one frozen value, kept here; rows and editor are views of it, mounted when their
tab is first shown. So nothing is lost by a tab that was never opened, and an optional member that
was set to an empty text stays so until its row is edited; a row that is edited to nothing means
"not sent".
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, ClassVar
from uuid import uuid4

from textual import on
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.getters import query_one
from textual.message import Message
from textual.reactive import reactive
from textual.widgets import Button

from tui.domain.endpoints import EndpointDescription
from tui.domain.errors import ExplorerError
from tui.domain.fields import FieldGroup, field_named
from tui.domain.http import HttpRequest
from tui.domain.requests import InvocationRequest
from tui.widgets.body_editor.editor import BodyEditor
from tui.widgets.field_row.entry import EntryRow
from tui.widgets.field_row.row import label_of
from tui.widgets.lull import Lull
from tui.widgets.request_form.fields import RowBook
from tui.widgets.request_form.help import HelpLine
from tui.widgets.request_form.note_line import NoteLine
from tui.widgets.request_form.panes import TabPanes
from tui.widgets.request_form.rules import FormTab, all_problems, heeded, notes, tab_dots
from tui.widgets.request_form.send import SendButton
from tui.widgets.request_form.tabs import TabStrip

if TYPE_CHECKING:
    from textual import events
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from tui.widgets.body_view.view import BodyView

_PREVIEW_DELAY_S = 0.3
_ROOMY_ROWS = 18
"""From this height on the form affords empty lines between its parts and rows."""
_HEAD_LABEL_CELLS = 14
"""Aligns Endpoint with Content-Type beneath it."""
_TABS_HELP = """\
Left and right change the tab. A dot behind a name says that something is set in there; it is red
where something breaks a rule.
"""


class RequestForm(Vertical):
    """Shows and changes one `InvocationRequest`; never sends, reads or asks anything itself."""

    DEFAULT_CSS = """
    RequestForm {
        height: 1fr;
        & > #request-line { height: auto; }
        &.-roomy > #request-tabs { margin-top: 1; }
        &.-roomy > #request-panes { margin-top: 1; }
        &.-roomy #body-bar { margin-top: 1; }
        &.-roomy FieldRows > FieldRow { margin-bottom: 1; }
        &.-roomy > HelpLine { height: 2; margin-top: 1; }
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "ctrl+g",
            "new_inference_id",
            "New id",
            show=False,
            id="request.new-inference-id",
            tooltip="Put a new random id into InferenceId",
        ),
        Binding(
            "ctrl+t",
            "pretty_print",
            "Pretty-print",
            show=False,
            id="request.pretty-print",
            tooltip="Indent the JSON of the body without re-spelling a value",
        ),
    ]

    description: reactive[EndpointDescription | ExplorerError | None] = reactive[
        EndpointDescription | ExplorerError | None
    ](None)
    """What is known of the endpoint; heeded only while it is the one that is named here."""
    endpoint_names: reactive[tuple[str, ...]] = reactive[tuple[str, ...]](())
    """Raw names to offer."""
    session_ids: reactive[tuple[str, ...]] = reactive[tuple[str, ...]](())
    """Raw ids of sessions of the endpoint to offer."""
    preview: reactive[HttpRequest | ExplorerError | None] = reactive[
        HttpRequest | ExplorerError | None
    ](None)
    """The answer to `PreviewWanted`."""
    variables: reactive[frozenset[str] | None] = reactive[frozenset[str] | None](frozenset[str]())
    """Names that are placeholders; see `BodyEditor.variables`."""
    is_in_flight: reactive[bool] = reactive(default=False)
    read_only: reactive[bool] = reactive(default=False)

    tabs = query_one("#request-tabs", TabStrip)
    note = query_one("#request-note", NoteLine)

    @dataclass
    class Changed(Message):
        """The user changed the request."""

        request: InvocationRequest

    @dataclass
    class Submitted(Message):
        """The user pressed Send."""

        request: InvocationRequest

    @dataclass
    class PreviewWanted(Message):
        """The Preview tab shows nothing, or something that is no longer true."""

        request: InvocationRequest

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._request = InvocationRequest()
        self._rows = RowBook()
        self._body = BodyEditor(self._request.body, content_type="")
        self._panes = TabPanes(self._rows, self._body)
        self._help = HelpLine(self._rows)
        self._preview_wish = Lull(self, _PREVIEW_DELAY_S, self._want_preview)

    def compose(self) -> ComposeResult:
        """Yield the endpoint, the tabs and the body; the other tabs come when they are opened."""
        with Horizontal(id="request-line"):
            yield from self._rows.of_group(FieldGroup.ENDPOINT, label_cells=_HEAD_LABEL_CELLS)
            yield SendButton().data_bind(RequestForm.is_in_flight, RequestForm.read_only)
        yield NoteLine(id="request-note")
        yield TabStrip(tuple(FormTab), active=FormTab.BODY, help_text=_TABS_HELP, id="request-tabs")
        yield self._panes.data_bind(RequestForm.preview)
        yield self._help

    def on_mount(self) -> None:
        """Show the request that was set so far."""
        self._rows.show(self._request)
        self._look_again()

    @property
    def request(self) -> InvocationRequest:
        """What is shown, exactly, a key press ago included."""
        return replace(self._rows.shown_in(self._request), body=self._body.body)

    @request.setter
    def request(self, request: InvocationRequest) -> None:
        self._request = request
        self._rows.show(request)
        self._body.body = request.body
        self._look_again()

    @property
    def focused_preview(self) -> BodyView | None:
        """What shows the body of the preview, while it has the focus."""
        view = self._panes.preview_body
        return view if view is not None and view.has_focus else None

    def problems(self) -> tuple[str, ...]:
        """Say all that is wrong with the request, a line for each member; nothing forbids it."""
        found = all_problems(self.request, self._known, body_problem=self._body.problem)
        return tuple(f"{label_of(field_named(name))}: {rule}" for name, rule in found.items())

    def focus_endpoint(self) -> None:
        """Focus the name of the endpoint."""
        self._rows["endpoint_name"].focus_entry()

    def focus_body(self) -> None:
        """Show the body and focus it."""
        self._show_pane(FormTab.BODY)
        self._body.focus_body()

    def show_tab(self, name: str) -> None:
        """Show a tab and focus what is first in it.

        Args:
            name: Body, Targeting, Options or Preview, in any case.

        Raises:
            ValueError: there is no such tab.
        """
        self._show_pane(FormTab(name.capitalize()))
        self.call_after_refresh(self._panes.focus_first)

    def pretty_print(self) -> None:
        """Indent the JSON of the body; go to the mistake when it is none."""
        self.focus_body()
        self._body.pretty_print()

    def new_inference_id(self) -> None:
        """Put a new random id into InferenceId, show it and go there."""
        self._show_pane(FormTab.OPTIONS)
        self.call_after_refresh(self._rows["inference_id"].focus_entry)
        self.request = replace(self.request, inference_id=str(uuid4()))
        self.post_message(self.Changed(self.request))

    action_pretty_print = pretty_print
    action_new_inference_id = new_inference_id

    def watch_description(self) -> None:
        """Offer what the endpoint accepts, and say what it will refuse."""
        self._look_again()

    def watch_endpoint_names(self) -> None:
        """Offer the endpoints that there are."""
        self._look_again()

    def watch_variables(self, variables: frozenset[str] | None) -> None:
        """Check the body anew."""
        self._body.variables = variables

    def watch_session_ids(self) -> None:
        """Offer the sessions that were opened."""
        self._look_again(wants_preview=False)

    def watch_preview(self) -> None:
        """Mark the tab of a preview that failed."""
        self._look_again(wants_preview=False)

    def on_resize(self, event: events.Resize) -> None:
        """Afford empty lines where there is room."""
        self.set_class(event.size.height >= _ROOMY_ROWS, "-roomy")

    @property
    def _known(self) -> EndpointDescription | None:
        return heeded(self.description, self._request)

    def _show_pane(self, tab: FormTab) -> None:
        self._panes.show(tab, self._request)
        self.tabs.active = tab
        self._look_again(wants_preview=False)
        if tab is FormTab.PREVIEW:
            self._want_preview()

    def _look_again(self, *, wants_preview: bool = True) -> None:
        """Derive from the request all that is said of it."""
        if not self.is_mounted:
            return
        request = self._request
        known = self._known
        self._rows.offer(
            known, {"endpoint_name": self.endpoint_names, "session_id": self.session_ids}
        )
        self._body.content_type = request.content_type or ""
        self.note.tell(notes(request, self.description))
        self.tabs.show_dots(
            tab_dots(request, known, body_problem=self._body.problem, preview=self.preview)
        )
        self._help.count()
        if wants_preview and self.tabs.active == FormTab.PREVIEW:
            self._preview_wish.want()

    def _want_preview(self) -> None:
        self._preview_wish.cancel()
        if self.tabs.active == FormTab.PREVIEW:
            self.post_message(self.PreviewWanted(self.request))

    @on(EntryRow.Changed)
    @on(BodyEditor.Changed)
    def _take_change(self, event: Message) -> None:
        """Tell a change of the user's; what was set here is on screen and known already."""
        event.stop()
        request = self.request
        if request != self._request:
            self._request = request
            self.post_message(self.Changed(request))
            self._look_again()

    @on(BodyEditor.Checked)
    def _take_check(self, event: BodyEditor.Checked) -> None:
        event.stop()
        self._look_again(wants_preview=False)

    @on(EntryRow.AsideClicked)
    def _take_aside(self, event: EntryRow.AsideClicked) -> None:
        event.stop()
        self.new_inference_id()

    @on(TabStrip.Picked)
    def _take_tab(self, event: TabStrip.Picked) -> None:
        event.stop()
        self._show_pane(FormTab(event.picked))

    @on(Button.Pressed, "#request-send")
    def _submit(self, event: Button.Pressed) -> None:
        event.stop()
        self.post_message(self.Submitted(self.request))

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Explain what has the focus."""
        self._help.explain(event.widget)
