"""The command palette: all that is bound can be found in it by name, and the themes.

What is bound is read when the palette opens: first the keys of what has the focus, of the screen
and of the app, then those of everything else on screen, which gets the focus before it acts. A
screen adds what has no key by a method ``palette_commands() -> [(title, callback)]``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Protocol, TypeAlias, runtime_checkable

from textual.actions import parse
from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content

from tui.body.sanitise import sanitise
from tui.screens.keymap import own_bindings

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from textual.app import App
    from textual.binding import Binding
    from textual.dom import DOMNode
    from textual.screen import Screen
    from textual.theme import Theme
    from textual.widget import Widget

Action: TypeAlias = Callable[[], object]

TITLE_CELLS = 20
KEYS_CELLS = 8
NOT_LISTED = ("app.palette",)
"""What makes no sense from inside the palette."""


_THEME_HELP = "Try themes on, and keep one"


@runtime_checkable
class OffersCommands(Protocol):
    """A screen with commands beyond its keys."""

    def palette_commands(self) -> Iterable[tuple[str, Action]]:
        """Yield (title, what it does); titles may hold text from outside."""
        ...


@runtime_checkable
class OffersThemes(Protocol):
    """The app, as far as themes go."""

    def themes_in_order(self) -> Sequence[Theme]:
        """Return all themes."""
        ...

    def action_change_theme(self) -> None:
        """Offer the themes, each worn while it is under the cursor."""
        ...

    def keep_theme(self, name: str | None) -> None:
        """Wear a theme and remember it; None changes nothing."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """One line of the palette."""

    title: str
    run: Action
    help: str = ""
    keys: str = ""
    is_shown_first: bool = True
    """Listed before anything is typed."""


class EverythingBound(Provider):
    """Finds commands by their titles."""

    async def startup(self) -> None:
        """Gather, once for each opening."""
        self._commands = tuple(gather(self.app, self.screen))

    async def discover(self) -> Hits:
        """List what can be done here."""
        for each in self._commands:
            if each.is_shown_first:
                line = _line(Content(sanitise(each.title)), each)
                yield DiscoveryHit(line, each.run, text=each.title)

    async def search(self, query: str) -> Hits:
        """List what fits ``query``, best first."""
        matcher = self.matcher(query)
        for each in self._commands:
            title = sanitise(each.title)
            score = matcher.match(title)
            if score > 0:
                # Textual reads what it highlights as markup.
                shown = Content(title) if "[" in title else matcher.highlight(title)
                yield Hit(score, _line(shown, each), each.run, text=each.title)


def gather(app: App[object], screen: Screen[object]) -> Iterator[Command]:
    """Yield every command that works on ``screen`` now."""
    bound = dict(_active(app, screen))
    for binding_id, command in (*_of_screen(app, screen), *_elsewhere(app, screen)):
        bound.setdefault(binding_id, command)
    for binding_id in NOT_LISTED:
        bound.pop(binding_id, None)
    yield from bound.values()
    if isinstance(screen, OffersCommands):
        for title, action in screen.palette_commands():
            yield Command(title=title, run=action)
    if isinstance(app, OffersThemes):
        yield Command(title="Change theme", run=app.action_change_theme, help=_THEME_HELP)
        for theme in app.themes_in_order():
            run = partial(app.keep_theme, theme.name)
            yield Command(title=f"Theme: {theme.name}", run=run, is_shown_first=False)


def _active(app: App[object], screen: Screen[object]) -> Iterator[tuple[str, Command]]:
    """Yield (binding id, command) for what a key press would do now, the screen's own first."""
    keys: dict[str, list[str]] = {}
    found: dict[str, tuple[DOMNode, Binding]] = {}
    for node, binding, enabled, _tooltip in screen.active_bindings.values():
        if binding.id and enabled:
            keys.setdefault(binding.id, []).append(app.get_key_display(binding))
            found.setdefault(binding.id, (node, binding))
    for binding_id in sorted(found, key=lambda each: found[each][0] is not screen):
        node, binding = found[binding_id]
        run = partial(app.run_action, binding.action, node)
        yield binding_id, _command(binding, ", ".join(keys[binding_id]), run)


def _of_screen(app: App[object], screen: Screen[object]) -> Iterator[tuple[str, Command]]:
    """Yield (binding id, command) of the screen's keys, those too that are typed text now."""
    for binding in _bindings_of(screen):
        if _is_possible(screen, binding):
            run = partial(app.run_action, binding.action, screen)
            yield binding.id or "", _command(binding, "", run)


def _elsewhere(app: App[object], screen: Screen[object]) -> Iterator[tuple[str, Command]]:
    """Yield (binding id, command) for what is on screen and would work with the focus there."""
    for widget in screen.focus_chain:
        for node in widget.ancestors_with_self:
            if node is screen:
                break
            for binding in _bindings_of(node):
                if _is_possible(node, binding):
                    run = partial(_go_and_do, app, screen, widget, node, binding.action)
                    yield binding.id or "", _command(binding, "", run)


def _bindings_of(node: DOMNode) -> Iterator[Binding]:
    for owner in type(node).__mro__:
        yield from own_bindings(owner)


def _is_possible(node: DOMNode, binding: Binding) -> bool:
    namespace, action, parameters = parse(binding.action)
    return bool(namespace) or node.check_action(action, parameters) is True


async def _go_and_do(
    app: App[object], screen: Screen[object], widget: Widget, node: DOMNode, action: str
) -> None:
    screen.set_focus(widget)
    await app.run_action(action, node)


def _command(binding: Binding, keys: str, run: Action) -> Command:
    return Command(title=binding.description, help=binding.tooltip, keys=keys, run=run)


def _line(title: Content, command: Command) -> Content:
    """Draw title, keys and help in columns of one line; where there is no room, help is cut."""
    keys = command.keys.ljust(KEYS_CELLS)
    return Content.assemble(
        title.pad_right(max(0, TITLE_CELLS - title.cell_length)),
        (f"  {keys}", "$text-primary"),
        (f"  {command.help}", "$text-muted"),
    )
