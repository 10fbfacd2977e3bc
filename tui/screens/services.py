"""What the main screen works with, put together once where the program starts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from tui.explorer import Explorer
    from tui.saved import Saved
    from tui.store.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Services:
    """Handed down the main screen's classes as one, so that none lists what it does not use."""

    explorer: Explorer
    settings: Settings
    saved: Saved
    remembered_file: Path | None = None
    """Where choices are remembered; None remembers none."""
