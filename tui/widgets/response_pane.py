"""The lower right of the main screen: what to do first, and from the first send on the answer.

Idle             what to do next
InFlight, Done   `Answer`
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.getters import query_one
from textual.reactive import reactive, var
from textual.widgets import Static

from tui.domain.exchanges import Idle, SendState

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from tui.widgets.answer import Answer

COPY = Binding(
    "y",
    "screen.copy",
    "Copy",
    id="response.copy",
    tooltip="Copy the selection, the header under the cursor, or the whole body",
)
WRITE = Binding(
    "w",
    "screen.write_body",
    "Write to file",
    id="response.write",
    tooltip="Write the bytes of the answer, as they came or as they are shown, to a file",
)
PAGE = Binding(
    "f3",
    "screen.page_body",
    "Pager",
    show=False,
    id="response.page",
    tooltip="Open the body, as it is shown, in $PAGER",
)
READ = Binding(
    "f4",
    "screen.read_elsewhere",
    "Editor",
    show=False,
    id="response.read-elsewhere",
    tooltip="Open a read-only copy of the body in $VISUAL or $EDITOR",
)


class ResponsePane(Vertical):
    """Shows how the last send ended, that one is under way, or how to begin."""

    DEFAULT_CSS = """
    ResponsePane > #response-next { height: auto; padding: 0 1; color: $text-muted; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [COPY, WRITE, PAGE, READ]

    state: reactive[SendState] = reactive[SendState](Idle(), init=False)
    next_step: reactive[Content] = reactive(Content(""), init=False)
    """What to do, while nothing was sent."""
    has_tabs: reactive[bool] = reactive(default=False)
    """Whether there is room for either body or headers only."""

    lenses_by_type: var[Mapping[str, str]] = var["Mapping[str, str]"](dict)
    """The lens that was chosen by hand for each media type."""

    next_words = query_one("#response-next", Static)

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self.answer: Answer | None = None
        """What shows an answer; there is none before the first send."""

    def compose(self) -> ComposeResult:
        """Yield what is shown first."""
        yield Static(id="response-next", markup=False)

    def watch_state(self, state: SendState) -> None:
        """Show the answer, or how to begin."""
        is_idle = isinstance(state, Idle)
        if self.answer is None and not is_idle:
            # Imported and mounted here: 60 ms with the body view, none of it seen before.
            from tui.widgets.answer import Answer

            self.answer = Answer().data_bind(
                ResponsePane.state, ResponsePane.has_tabs, ResponsePane.lenses_by_type
            )
            self.mount(self.answer)
        self.next_words.display = is_idle
        if self.answer is not None:
            self.answer.display = not is_idle

    def watch_next_step(self, words: Content) -> None:
        """Show what to do next."""
        self.next_words.update(words)
