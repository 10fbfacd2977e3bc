"""Running the program as a user's shell does, in a process of its own."""

import subprocess
import sys

from tests.patience import PATIENCE_S
from tests.pty.environment import newcomer

PROGRAM = [sys.executable, "-m", "tui"]


def run(tmp_path, *arguments, redirected="", **extra):
    """Run ``sagescope ARGUMENTS``; return the finished process, its output as bytes.

    Args:
        tmp_path: where it starts and has its home.
        arguments: of the program.
        redirected: what a shell's command line says of its output, e.g. ``>/dev/full``.
        extra: variables to add to a newcomer's environment.
    """
    command = [*PROGRAM, *arguments]
    if redirected:
        command = ["/bin/sh", "-c", f'"$@" {redirected}', "sh", *command]
    return subprocess.run(  # noqa: S603 - our own program
        command,
        env=newcomer(tmp_path / "home", **extra),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        cwd=tmp_path,
        check=False,
        timeout=PATIENCE_S,
    )
