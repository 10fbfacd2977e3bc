"""How requests are made and travel: what a command line may ask for beside the connection.

Values only; importing this loads no botocore.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientOptions:
    """What holds for every client of a connection."""

    signs: bool = True
    """False sends requests without a signature, and looks for no credentials."""
    ca_bundle: str | None = None
    """Certificate file; None for that of AWS's configuration, or the usual ones."""
    verifies_tls: bool = True
    """False takes any certificate, of anybody."""
