"""Run sagescope with ``python -m tui``."""

from __future__ import annotations

from tui.cli.main import main

if __name__ == "__main__":
    raise SystemExit(main())
