"""Every setting, once: one frozen object, built by `cli` and passed down by value."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What the user chose: flag over environment over ``config.toml`` over these defaults."""

    theme: str = "sagescope-dark"
    connect_timeout_s: float = 5.0
    """Seconds to make a TCP connection."""
    read_timeout_s: float = 70.0
    """Seconds without a byte before a send counts as timed out; models get 60 s from SageMaker."""
    total_max_attempts: int = 1
    """HTTP requests one send may make; more than one invokes the model again on failure."""
    refresh_interval_s: float = 15.0
    """Seconds between looks at the list while an endpoint is changing."""
    read_only: bool = False
    """Invoking is switched off."""
    keymap: Mapping[str, str] = field(default_factory=dict[str, str])
    """Binding id to comma-separated keys, Textual's spelling."""
