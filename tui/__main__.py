"""Run sagescope with ``python -m tui``; the installed command begins here too."""

from __future__ import annotations

import gc


def main() -> int:
    """Run one command and return its exit status; to be called once, as the process's last act."""
    # A command makes hardly any garbage. Looking for some slows all imports down, and to look
    # through all that was loaded takes 30 ms more when leaving. What lives long enables it again.
    gc.disable()
    try:
        # Imported here, so that a ctrl+c in those 0.1 s ends it as quietly as a later one.
        from tui.cli.main import main as run

        return run()
    except KeyboardInterrupt:
        return 130
    finally:
        gc.freeze()


if __name__ == "__main__":
    raise SystemExit(main())
