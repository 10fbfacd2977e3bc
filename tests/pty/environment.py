"""The environment of someone who has just cloned the project: no AWS, an empty home."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def newcomer(home: Path, **extra: str) -> dict[str, str]:
    """Return an environment with an empty home and nothing of AWS in it.

    Args:
        home: a directory that the program may fill.
        extra: variables to add.
    """
    home.mkdir(parents=True, exist_ok=True)
    return {
        "HOME": str(home),
        "SAGESCOPE_HOME": str(home / "sagescope"),
        "PATH": os.environ.get("PATH", os.defpath),
        "LANG": "C.UTF-8",
        "TERM": "xterm-256color",
        "COLORTERM": "truecolor",
        "AWS_EC2_METADATA_DISABLED": "true",
        **extra,
    }
