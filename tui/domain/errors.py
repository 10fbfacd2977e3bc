"""Everything that can go wrong, as values that a screen or a command can show.

The doors (`aws`, `store`) translate foreign exceptions into this tree; above them nobody knows
botocore or `OSError`. An error is raised inside a door and becomes a value in `Explorer`.

    ExplorerError
    ├── CredentialsMissing   no usable credentials: none, expired, SSO login needed
    ├── AccessDenied         AWS knows who you are and says no
    ├── EndpointNotFound     no such endpoint in this account and region
    ├── RequestInvalid       the request breaks a rule, said by us, by botocore or by SageMaker
    ├── ModelFailed          the container answered with an error of its own (ModelError, 424)
    ├── EndpointUnavailable  SageMaker could not serve it now (5xx, model not ready, no capacity)
    ├── Throttled            too many requests
    ├── NetworkFailed        no complete HTTP response: refused, DNS, TLS, reset, timeout
    ├── ConnectionInvalid    the profile, region or endpoint URL cannot be used
    └── StorageFailed        a file could not be read or written
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tui.domain.http import HttpReply


@dataclass(kw_only=True, eq=False)
class ExplorerError(Exception):
    """Something failed, said so that a person can act on it."""

    summary: str
    """One line: what is wrong. May hold text from outside; sanitise before showing."""
    hint: str = ""
    """One line: what to do next. Empty when there is nothing useful to say."""
    code: str = ""
    """AWS error code (``ValidationError``), or the client exception's name for network failures."""
    reply: HttpReply | None = field(default=None, repr=False)
    """The HTTP response that carried the failure; None when none came."""
    service_message: str | None = field(default=None, repr=False)
    """AWS's own words, as they came; None when it was not AWS that refused."""
    operation: str = ""
    """Which one AWS refused: ``AssumeRole``, if it was not the one that was asked for."""
    attempts: int = 0
    """HTTP requests that left this machine for the failed call."""

    def __str__(self) -> str:
        return self.summary


@dataclass(kw_only=True, eq=False)
class CredentialsMissing(ExplorerError):
    """No usable credentials: none found, expired, or an SSO login is needed."""


@dataclass(kw_only=True, eq=False)
class AccessDenied(ExplorerError):
    """AWS refused an action to a known identity."""

    action: str = ""
    """IAM action, e.g. ``sagemaker:ListEndpoints``."""


@dataclass(kw_only=True, eq=False)
class EndpointNotFound(ExplorerError):
    """No endpoint of that name in this account and region."""


@dataclass(kw_only=True, eq=False)
class RequestInvalid(ExplorerError):
    """The request breaks a rule; nothing was run by a model."""


@dataclass(kw_only=True, eq=False)
class ModelFailed(ExplorerError):
    """The model's container answered with an error (``ModelError``, HTTP 424)."""

    original_status_code: int | None = None
    """What the container answered; 0 when SageMaker gave up waiting for it."""
    original_message: str = field(default="", repr=False)
    """The container's own body, cut by SageMaker at 2048 characters."""
    log_stream_arn: str = ""
    """Where the container's log is; in practice the ARN of the log *group*."""


@dataclass(kw_only=True, eq=False)
class EndpointUnavailable(ExplorerError):
    """SageMaker could not serve the request now; a later try may work."""


@dataclass(kw_only=True, eq=False)
class Throttled(ExplorerError):
    """Too many requests for this account or endpoint."""


@dataclass(kw_only=True, eq=False)
class NetworkFailed(ExplorerError):
    """No complete HTTP response: refused, name not found, TLS, reset, timeout."""

    timed_out: bool = False


@dataclass(kw_only=True, eq=False)
class ConnectionInvalid(ExplorerError):
    """The profile, region or endpoint URL cannot be used: unknown profile, no region."""


@dataclass(kw_only=True, eq=False)
class StorageFailed(ExplorerError):
    """A file could not be read or written."""

    path: str = ""
