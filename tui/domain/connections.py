"""Where requests go and as whom."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Connection:
    """What the user asked for; None means "as botocore resolves it"."""

    profile: str | None = None
    region: str | None = None
    endpoint_url: str | None = None
    """Base URL for every service, e.g. the embedded demo; None for AWS itself."""
    is_demo: bool = False
    """The embedded SageMaker of this process; shown as "demo" instead of a profile."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """What a connection resolved to."""

    profile: str | None
    region: str | None
    account: str | None = None
    """Twelve digits, when STS answered."""
    arn: str | None = None
    """The caller's ARN, when STS answered."""
