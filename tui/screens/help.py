"""Help for what has the focus: its own words, its keys, and the keys that work everywhere here."""

from __future__ import annotations

from dataclasses import dataclass
from inspect import cleandoc
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.table import Table
from rich.text import Text
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from tui.body.sanitise import sanitise, sanitise_block
from tui.screens.dialog import Dialog

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from textual.app import App, ComposeResult
    from textual.binding import ActiveBinding
    from textual.dom import DOMNode
    from textual.screen import Screen


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyHelp:
    """What one binding does, and by which keys."""

    keys: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HelpPage:
    """What is to be said; all of it may hold text from outside."""

    title: str
    text: str
    groups: tuple[tuple[str, tuple[KeyHelp, ...]], ...]
    """(Heading, its keys)."""


class HelpScreen(Dialog[None]):
    """A page of help that scrolls."""

    DEFAULT_CSS = """
    HelpScreen {
        & > #frame { scrollbar-size-vertical: 1; padding: 1 2; }
        & Static { height: auto; }
        & .help-text { margin: 0 0 1 0; }
        & .help-heading { color: $text-primary; text-style: bold; }
        & .help-keys { margin: 0 0 1 0; }
    }
    """

    def __init__(self, page: HelpPage) -> None:
        super().__init__()
        self._page = page

    def compose(self) -> ComposeResult:
        """Lay out the words, then a table for each group of keys."""
        with VerticalScroll(id="frame") as frame:
            frame.border_title = Content(sanitise(self._page.title))
            frame.border_subtitle = "up, down scroll · escape close"
            if self._page.text:
                yield Static(Content(self._page.text), classes="help-text")
            all_keys = [each.keys for _heading, group in self._page.groups for each in group]
            width_cells = max(map(cell_len, all_keys), default=0)
            for heading, keys in self._page.groups:
                yield Static(Content(sanitise(heading)), classes="help-heading")
                yield Static(key_table(keys, width_cells), classes="help-keys")


def help_page(app: App[object], screen: Screen[object]) -> HelpPage:
    """Gather the help for what has the focus on ``screen`` now."""
    focused: DOMNode = screen.focused or screen
    node, text = find_help(focused)
    here = _below_screen(focused, screen)
    active = screen.active_bindings.values()
    ours = [each for each in active if each.binding.id]
    textuals = [each for each in active if not each.binding.id]
    groups = (
        ("Keys here", key_helps(app, ours, here)),
        ("Keys of this screen", key_helps(app, ours, (screen,))),
        ("Keys everywhere", key_helps(app, ours, (app,))),
        ("Moving and editing", key_helps(app, textuals, here)),
    )
    return HelpPage(
        title=f"Help · {title_of(node)}",
        text=text,
        groups=tuple((heading, keys) for heading, keys in groups if keys),
    )


def find_help(focused: DOMNode) -> tuple[DOMNode, str]:
    """Return the nearest node that has help, and its words."""
    for node in focused.ancestors_with_self:
        words = getattr(node, "help_text", None) or getattr(node, "HELP", None)
        if isinstance(words, str) and words.strip():
            return node, unwrap(sanitise_block(cleandoc(words)))
    return focused, ""


def title_of(node: DOMNode) -> str:
    """Name a node for a person: ``EndpointList`` is "endpoint list"."""
    name = type(node).__name__.removesuffix("Screen") or "sagescope"
    spaced = "".join(f" {char.lower()}" if char.isupper() else char for char in name)
    return spaced.strip().replace("_", "")


def unwrap(text: str) -> str:
    """Join the lines of each paragraph, so that the dialog's width breaks them."""
    paragraphs = text.split("\n\n")
    return "\n\n".join(
        part if part.startswith((" ", "-", "*")) else part.replace("\n", " ") for part in paragraphs
    )


def key_helps(
    app: App[object], active: Iterable[ActiveBinding], nodes: Sequence[DOMNode]
) -> tuple[KeyHelp, ...]:
    """Return a row for each action bound on ``nodes``, all its keys together."""
    keys: dict[tuple[DOMNode, str], list[str]] = {}
    words: dict[tuple[DOMNode, str], str] = {}
    for node, binding, _enabled, tooltip in active:
        description = tooltip or binding.description
        if node not in nodes or not description or binding.system:
            continue
        action = (node, binding.action)
        keys.setdefault(action, []).append(app.get_key_display(binding))
        words.setdefault(action, description)
    return tuple(
        KeyHelp(keys=", ".join(keys[action]), words=words[action].rstrip(".")) for action in keys
    )


def key_table(keys: Sequence[KeyHelp], keys_width_cells: int) -> Table:
    """Draw keys and words in two columns; long words stay in theirs."""
    table = Table.grid(padding=(0, 2))
    table.add_column(min_width=keys_width_cells, no_wrap=True)
    table.add_column()
    for each in keys:
        table.add_row(Text(sanitise(each.keys), style="bold"), Text(sanitise(each.words)))
    return table


def _below_screen(focused: DOMNode, screen: Screen[object]) -> tuple[DOMNode, ...]:
    nodes = focused.ancestors_with_self
    return tuple(nodes[: nodes.index(screen)]) if screen in nodes else ()
