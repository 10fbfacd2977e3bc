"""Who called what, as far as an error message needs to know."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tui.domain.http import HttpReply


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """As whom and where a session calls."""

    profile: str | None = None
    """None when credentials come from elsewhere, and for the demo."""
    region: str | None = None
    endpoint_url: str | None = None
    login_command: str | None = None
    """What renews the profile's credentials, e.g. ``aws sso login --profile work``."""

    def __str__(self) -> str:
        whose = f"profile {self.profile}" if self.profile else "default credentials"
        where = f"region {self.region}" if self.region else "no region"
        return f"{whose}, {where}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One call that failed."""

    caller: Caller
    operation: str
    """E.g. ``InvokeEndpoint``."""
    resource: str = ""
    """Name of what it is about: an endpoint, a model, a bucket."""
    reply: HttpReply | None = None
    """The answer, or the part of it that came."""
    attempts: int = 0
    read_timeout_s: float | None = None
    """Longest silence that was waited for, where it is worth telling."""

    @property
    def is_invocation(self) -> bool:
        """Whether a model may have worked for it."""
        return self.operation == "InvokeEndpoint"
