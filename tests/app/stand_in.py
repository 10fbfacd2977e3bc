"""An app around a screen of the test's own; explorer, settings and paths are real."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.explorer.gateways import Door, EchoGateway
from tui.app import SagescopeApp
from tui.domain.connections import Connection
from tui.explorer import Explorer
from tui.store.paths import find_paths
from tui.store.settings import Settings

if TYPE_CHECKING:
    from pathlib import Path


class StandInApp(SagescopeApp):
    """Sagescope with another first screen."""

    def __init__(self, first_screen, **parts) -> None:
        super().__init__(**parts)
        self.first_screen = first_screen

    def get_default_screen(self):
        return self.first_screen


def make_app(
    first_screen, home: Path, *, connection: Connection | None = None, door=None, **settings
) -> StandInApp:
    """Make an app whose files are below ``home`` and whose AWS answers what it was asked."""
    connector = Door(EchoGateway) if door is None else door
    return StandInApp(
        first_screen,
        explorer=Explorer(connector, connection or Connection(is_demo=True)),
        settings=Settings(**settings),
        paths=find_paths({"SAGESCOPE_HOME": str(home)}),
    )
