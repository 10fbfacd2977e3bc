"""Run sagescope with ``python -m tui``; the installed command begins here too."""

from __future__ import annotations


def main() -> int:
    """Run one command and return its exit status."""
    try:
        # Imported here, so that a ctrl+c in those 0.1 s ends it as quietly as a later one.
        from tui.cli.main import main as run

        return run()
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    raise SystemExit(main())
