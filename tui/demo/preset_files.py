"""The presets that come with the demo: one or more for every endpoint of its catalogue.

They are files like anybody's, so that they show what a preset is; they are never written.
"""

from __future__ import annotations

from pathlib import Path


def demo_presets() -> Path:
    """Return their folder."""
    return Path(__file__).resolve().with_name("presets")
