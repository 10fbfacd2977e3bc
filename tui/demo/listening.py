"""The socket that the demo listens on."""

from __future__ import annotations

import os
import socket

from tui.domain.errors import ConnectionInvalid

HOST = "127.0.0.1"

_QUEUE_SIZE = 128


def open_door(host: str, port: int) -> socket.socket:
    """Return a socket that listens.

    Raises:
        ConnectionInvalid: the port cannot be had.
    """
    try:
        return socket.create_server((host, port), backlog=_QUEUE_SIZE)
    except (OSError, OverflowError) as error:
        errno = error.errno if isinstance(error, OSError) else None
        reason = str(error) if errno is None else os.strerror(errno)
        raise ConnectionInvalid(
            summary=f"The demo cannot listen on {host}:{port}: {reason}",
            hint="Choose another port, or 0 for any free one.",
        ) from error


def url_of(door: socket.socket) -> str:
    """Return the URL of whoever listens at ``door``."""
    host, port = door.getsockname()
    return f"http://{host}:{port}"
