"""The request as it would cross the wire, before it does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import VerticalScroll
from textual.content import Content
from textual.reactive import reactive
from textual.widgets import Static

from tui.body.sanitise import sanitise, sanitise_block
from tui.domain.http import HttpRequest
from tui.domain.placeholder_places import is_json as is_json_body
from tui.widgets.body_editor_peek import hex_lines
from tui.widgets.body_editor_status import size_words

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from tui.domain.errors import ExplorerError

_BODY_BYTES_SHOWN = 4_096
_HEX_BYTES_SHOWN = 256


class RequestPreview(VerticalScroll):
    """Method, URL, headers and the beginning of the body; or why there are none."""

    HELP = """\
The HTTP request that Send would make, signed by botocore itself and sent nowhere.

Secrets are masked: the signature and the session token. Of a large body the first part is shown.
"""

    DEFAULT_CSS = """
    RequestPreview {
        height: 1fr;
        scrollbar-size-vertical: 1;
    }
    """

    preview: reactive[HttpRequest | ExplorerError | None] = reactive[
        "HttpRequest | ExplorerError | None"
    ](None)

    def __init__(self, preview: HttpRequest | ExplorerError | None) -> None:
        super().__init__()
        self._words = Static(markup=False)
        self.preview = preview

    def compose(self) -> ComposeResult:
        """Yield the one thing that is scrolled."""
        yield self._words

    def watch_preview(self, preview: HttpRequest | ExplorerError | None) -> None:
        """Show another preview; the place stays, for it is mostly the same request."""
        self._words.update(preview_words(preview))


def preview_words(preview: HttpRequest | ExplorerError | None) -> Content:
    """Say all there is to say, sanitised."""
    match preview:
        case None:
            return Content.styled("Asking botocore for the request…", "$syntax-comment")
        case HttpRequest():
            return Content("\n").join([*_head_lines(preview), Content(""), *_body_lines(preview)])
        case error:
            summary = Content.styled(sanitise(error.summary), "$text-error")
            hint = Content.styled(sanitise(error.hint), "$syntax-comment")
            return Content("\n").join([summary, hint])


def _head_lines(request: HttpRequest) -> list[Content]:
    first = Content.assemble((sanitise(request.method), "bold $text-primary"), " ")
    return [
        first + Content(sanitise(request.url)),
        *(
            Content.assemble((sanitise(name), "$syntax-key"), ": ", sanitise(value))
            for name, value in request.headers
        ),
    ]


def _body_lines(request: HttpRequest) -> list[Content]:
    body = request.body
    if not body:
        return [Content.styled("No body", "$syntax-comment")]
    lines, shown_bytes = _shown_part(body, _content_type(request))
    if shown_bytes < len(body):
        rest = f"… the first {size_words(shown_bytes)} of {size_words(len(body))}"
        lines.append(Content.styled(rest, "$syntax-comment"))
    return lines


def _shown_part(body: bytes, content_type: str) -> tuple[list[Content], int]:
    """Return the beginning of a body, and how many bytes that is."""
    head = body[:_BODY_BYTES_SHOWN]
    try:
        text = head.decode()
    except UnicodeDecodeError as error:
        # A character that the cut went through is no reason to call it binary.
        is_cut = error.reason == "unexpected end of data" and len(head) < len(body)
        if not is_cut:
            return _hex_part(body)
        head = head[: error.start]
        text = head.decode()
    is_json = is_json_body(body[:_BODY_BYTES_SHOWN], content_type)
    lines = sanitise_block(text).split("\n")
    return [_coloured(line) if is_json else Content(line) for line in lines], len(head)


def _hex_part(body: bytes) -> tuple[list[Content], int]:
    head = body[:_HEX_BYTES_SHOWN]
    lines = [
        Content.assemble((offset, "$syntax-comment"), "  ", code, "  ", (text, "$syntax-comment"))
        for offset, code, text in hex_lines(head, bytes_per_line=8)
    ]
    return lines, len(head)


def _coloured(line: str) -> Content:
    # Imported here: 5 ms, and the preview is not what is looked at first.
    from tui.body.json_text import json_spans

    content = Content(line)
    for start, end, role in json_spans(line):
        content = content.stylize(f"$syntax-{role}", start, end)
    return content


def _content_type(request: HttpRequest) -> str:
    return next((value for name, value in request.headers if name.lower() == "content-type"), "")
