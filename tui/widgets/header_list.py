"""The headers of a response: all of them, SageMaker's first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content
from textual.reactive import reactive
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from tui.body.sanitise import sanitise

if TYPE_CHECKING:
    from tui.domain.http import Headers


class HeaderList(OptionList):
    """``name: value`` per header, long values wrapped."""

    HELP = """\
Every header that came back, SageMaker's own first, in the spelling in which they came.

y copies the header under the cursor.
"""

    DEFAULT_CSS = """
    HeaderList {
        height: 1fr;
        border: none;
        padding: 0;
        background: transparent;
        scrollbar-size-vertical: 1;
        &:focus { border: none; background: transparent; background-tint: transparent; }
        &.-previous { opacity: 55%; }
        & > .option-list--option { padding: 0 1; }
        & > .option-list--separator { color: $border-idle; }
        & > .option-list--option-hover { background: $boost; }
        & > .option-list--option-highlighted {
            background: transparent; color: $text; text-style: none;
        }
        &:focus > .option-list--option-highlighted {
            background: $primary 25%; color: $text; text-style: none;
        }
    }
    """

    headers: reactive[Headers] = reactive["Headers"](())

    def watch_headers(self, headers: Headers) -> None:
        """Show other headers, from the top."""
        ours, others = partition(headers)
        self.clear_options()
        self.add_options(_option(*header) for header in ours)
        if ours and others:
            self.add_option(None)
        self.add_options(_option(*header) for header in others)

    @property
    def current(self) -> tuple[str, str] | None:
        """The (name, value) under the cursor."""
        if self.highlighted is None:
            return None
        ours, others = partition(self.headers)
        return (*ours, *others)[self.highlighted]


def partition(headers: Headers) -> tuple[Headers, Headers]:
    """Split into (SageMaker's and the content type, the rest), each in the order received."""

    def is_ours(name: str) -> bool:
        return name.lower().startswith("x-amzn-") or name.lower() == "content-type"

    return (
        tuple(header for header in headers if is_ours(header[0])),
        tuple(header for header in headers if not is_ours(header[0])),
    )


def _option(name: str, value: str) -> Option:
    return Option(
        Content.assemble((sanitise(name), "$syntax-key"), (": ", "$text-muted"), sanitise(value))
    )
