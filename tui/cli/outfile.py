"""Where the body of an answer goes: a file, or standard output for ``-``."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path

from tui.body.sanitise import sanitise_block
from tui.cli.printing import is_terminal, write, write_all
from tui.domain.errors import RequestInvalid, StorageFailed

_STDOUT_NAMES = frozenset({"-", "/dev/stdout"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Outfile:
    """What the positional argument names."""

    name: str

    @property
    def is_stdout(self) -> bool:
        """Whether the body goes to standard output, so that nothing else may."""
        return self.name in _STDOUT_NAMES

    def check(self) -> None:
        """Look whether it can be written, before a model works for nothing.

        Raises:
            RequestInvalid: it cannot.
        """
        if self.is_stdout:
            self._check_stdout()
            return
        path = Path(self.name)
        problem = None
        if path.is_dir():
            problem = "it is a directory"
        elif not path.parent.is_dir():
            problem = f"there is no folder {path.parent}"
        elif not os.access(path if path.exists() else path.parent, os.W_OK):
            problem = "no permission"
        if problem:
            raise RequestInvalid(
                summary=f"Cannot write to {self.name}: {problem}",
                hint="Nothing was sent. Choose another file, or - for standard output.",
            )

    def _check_stdout(self) -> None:
        if sys.stdout is None:  # whoever started us closed it
            raise RequestInvalid(
                summary=f"Cannot write to {self.name}: standard output is closed",
                hint="Nothing was sent. Choose a file.",
            )

    def write(self, body: bytes) -> None:
        """Write the body as it came; on a terminal, as text that is safe to draw.

        Raises:
            BrokenPipeError: the reader of standard output has left.
            StorageFailed: it cannot be written.
        """
        if self.is_stdout and is_terminal(sys.stdout):
            text = sanitise_block(body.decode("utf-8", "replace"))
            write(sys.stdout, text if text.endswith("\n") else f"{text}\n")
            return
        try:
            self._write_bytes(body)
        except BrokenPipeError:
            raise
        except OSError as error:
            raise StorageFailed(
                summary=f"Cannot write to {self.name}: {error.strerror or error}",
                hint="The model did answer: `sagescope history list` has it, if recording is on.",
                path=self.name,
            ) from error

    def _write_bytes(self, body: bytes) -> None:
        if not self.is_stdout:
            Path(self.name).write_bytes(body)
        elif sys.stdout is not None:
            write_all(sys.stdout.buffer, body)
