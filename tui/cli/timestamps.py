"""How times are printed: as ``cli_timestamp_format`` of the profile says, as for the AWS CLI.

iso8601    2026-11-25T13:00:00.250000+01:00, in the zone of this machine; without a word of it
wire       1795608000.25, seconds since 1970, as SageMaker sends them
"""

from __future__ import annotations

from datetime import UTC, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, assert_never

from tui.domain.errors import RequestInvalid

if TYPE_CHECKING:
    from tui.cli.aws_profile import AwsProfile

_KEY = "cli_timestamp_format"


class TimestampFormat(StrEnum):
    """What the profile may say."""

    ISO8601 = "iso8601"
    WIRE = "wire"
    NONE = "none"
    """What version 1 of the AWS CLI calls the wire, too."""


def timestamp_format_of(profile: AwsProfile) -> TimestampFormat:
    """Read it.

    Raises:
        RequestInvalid: there is no such format.
        ConnectionInvalid: the profile cannot be read.
    """
    named = profile.get(_KEY)
    try:
        return TimestampFormat(named) if named is not None else TimestampFormat.ISO8601
    except ValueError as error:
        raise RequestInvalid(
            summary=f"{_KEY} in the AWS configuration: there is no {named!r}",
            hint=f"Choose {TimestampFormat.ISO8601} or {TimestampFormat.WIRE}.",
        ) from error


def spelled(moment: datetime, form: TimestampFormat) -> str | float:
    """Return a time as it is printed.

    Args:
        moment: aware.
        form: of the profile.
    """
    match form:
        case TimestampFormat.ISO8601:
            return moment.astimezone().isoformat()
        case TimestampFormat.WIRE | TimestampFormat.NONE:
            seconds = moment.timestamp()
            return int(seconds) if seconds.is_integer() else seconds
        case _:
            assert_never(form)


def respelled(seconds: float, form: TimestampFormat) -> str | float:
    """Return a time that came on the wire as it is printed."""
    if form is TimestampFormat.ISO8601:
        return spelled(datetime.fromtimestamp(seconds, UTC), form)
    return seconds
