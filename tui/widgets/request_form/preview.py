"""The request as it would cross the wire, before it does: laid out as the answer to it will be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.getters import query_one
from textual.reactive import reactive
from textual.widgets import Static

from tui.body.sanitise import sanitise
from tui.body.shown_body import ShownBody
from tui.domain.http import HttpRequest
from tui.widgets.body_view.view import BodyView
from tui.widgets.body_words import BodyTitle

if TYPE_CHECKING:
    from textual import events
    from textual.app import ComposeResult

    from tui.domain.errors import ExplorerError

_WIDE_CELLS = 90
"""From this width on the headers stand beside the body, as those of an answer do."""


class PreviewHead(VerticalScroll):
    """Method, URL and headers."""

    HELP = """\
The HTTP request that Send would make, signed by botocore itself and sent nowhere.

Secrets are masked: the signature and the session token. The body is beside it, or below. What a
preset asks for when it is sent stands here as {{name}} until it was answered.
"""

    words = query_one(Static)

    def compose(self) -> ComposeResult:
        """Yield the one thing that is scrolled."""
        yield Static(markup=False)


class RequestPreview(Vertical):
    """Shows a signed request, its body through the view that shows answers; or why there is none.

    Classes: ``-none`` (there is no request to show), ``-wide`` (headers beside the body).
    """

    DEFAULT_CSS = """
    RequestPreview {
        height: 1fr;
        & > #preview-none { display: none; }
        & > #preview-parts { height: 1fr; layout: vertical; }
        & PreviewHead { height: auto; max-height: 50%; scrollbar-size-vertical: 1; }
        & #preview-body-part { height: 1fr; }
        & #preview-title { height: 1; color: $text-muted; display: none; }

        &.-placed #preview-title { display: block; }
        &.-none > #preview-none { display: block; }
        &.-none > #preview-parts { display: none; }
        &.-wide {
            & > #preview-parts { layout: horizontal; }
            & #preview-title { display: block; }
            & #preview-body-part { width: 3fr; }
            & PreviewHead {
                width: 2fr; min-width: 40; height: 1fr; max-height: 100%; padding: 0 1;
                border-left: solid $border-idle;
            }
        }
    }
    """

    preview: reactive[HttpRequest | ExplorerError | None] = reactive[
        "HttpRequest | ExplorerError | None"
    ](None)

    head = query_one(PreviewHead)
    body_view = query_one(BodyView)

    def __init__(self, preview: HttpRequest | ExplorerError | None) -> None:
        super().__init__(id="request-preview")
        self.set_reactive(RequestPreview.preview, preview)
        self._has_parts = False

    def compose(self) -> ComposeResult:
        """Yield the request, and the words where there is none."""
        yield Static(id="preview-none", markup=False)
        with Horizontal(id="preview-parts"):
            yield PreviewHead()
            with Vertical(id="preview-body-part"):
                yield BodyTitle(id="preview-title")
                yield BodyView(id="preview-body")

    def on_mount(self) -> None:
        """Show what was given so far."""
        self._has_parts = True
        self._show(self.preview)

    def on_resize(self, event: events.Resize) -> None:
        """Put the headers where there is room for them: below the body's title, or above it."""
        is_wide = event.size.width >= _WIDE_CELLS
        self.set_class(is_wide, "-wide")
        parts = self.query_one("#preview-parts", Horizontal)
        if is_wide:
            parts.move_child(self.head, after=1)
        else:
            parts.move_child(self.head, before=0)

    def watch_preview(self, preview: HttpRequest | ExplorerError | None) -> None:
        """Show another preview."""
        if self._has_parts:
            self._show(preview)

    def _show(self, preview: HttpRequest | ExplorerError | None) -> None:
        """Show a preview; the place stays where the body does."""
        is_request = isinstance(preview, HttpRequest)
        self.set_class(not is_request, "-none")
        if is_request:
            self.head.words.update(head_words(preview))
            shown = ShownBody(preview.body, preview.content_type)
            if shown != self.body_view.shown:
                self.body_view.shown = shown
        else:
            self.query_one("#preview-none", Static).update(none_words(preview))

    @on(BodyView.Described)
    def _title_body(self, event: BodyView.Described) -> None:
        event.stop()
        self.query_one(BodyTitle).said = event.said
        if event.said.where:
            # Where there is little room, a line is given up for it once it says what rows do not;
            # then it stays, lest rows jump.
            self.add_class("-placed")

    @on(BodyView.LensChosen)
    def _keep_lens_here(self, event: BodyView.LensChosen) -> None:
        """How a request is looked at says nothing of answers."""
        event.stop()


def none_words(error: ExplorerError | None) -> Content:
    """Say why there is no request to show, sanitised."""
    if error is None:
        return Content.styled("Asking botocore for the request…", "$syntax-comment")
    summary = Content.styled(sanitise(error.summary), "$text-error")
    return Content("\n").join([summary, Content.styled(sanitise(error.hint), "$syntax-comment")])


def head_words(request: HttpRequest) -> Content:
    """Return the request line and the headers, sanitised."""
    method = Content.styled(sanitise(request.method), "bold $text-primary")
    return Content("\n").join(
        [
            Content.assemble(method, " ", sanitise(request.url)),
            *(
                Content.assemble((sanitise(name), "$syntax-key"), ": ", sanitise(value))
                for name, value in request.headers
            ),
        ]
    )
