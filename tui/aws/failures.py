"""From what botocore raises to what a person can act on; above this room nobody knows botocore.

Two ways in: `of_call` for a call to AWS, `of_connection` for opening a session. Both return an
`ExplorerError` whose summary says what is wrong and whose hint says what to do, a line each.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from botocore import exceptions as boto
from botocore.exceptions import BotoCoreError, ClientError
from botocore.parsers import ResponseParserError
from urllib3.exceptions import HTTPError

from tui.aws.network_failures import causes, of_network
from tui.aws.service_failures import of_client_error
from tui.aws.wire import BodyCut
from tui.domain.errors import (
    ConnectionInvalid,
    CredentialsMissing,
    EndpointUnavailable,
    ExplorerError,
    RequestInvalid,
)

if TYPE_CHECKING:
    from tui.aws.calls import Call, Caller

CALL_FAILURES = (
    BotoCoreError,
    ClientError,
    ResponseParserError,
    HTTPError,
    BodyCut,
    ValueError,
    OSError,
)
"""What a call of a client raises when something outside the program is wrong."""

OPENING_FAILURES = (BotoCoreError, ValueError)
"""What opening a session or making a client raises then."""

_LOGIN_NEEDED = (
    boto.SSOError,
    boto.TokenRetrievalError,
    boto.NoAuthTokenError,
)
_CREDENTIALS = (
    boto.NoCredentialsError,
    boto.PartialCredentialsError,
    boto.CredentialRetrievalError,
    boto.RefreshWithMFAUnsupportedError,
    boto.UnknownCredentialError,
)
_INVALID_LENGTH = re.compile(
    r"Invalid length for parameter (?P<member>\w+), value: (?P<length>\d+), "
    r"valid min length: (?P<least>\d+)"
)


def of_call(error: Exception, call: Call) -> ExplorerError:
    """Tell why a call failed.

    Args:
        error: one of `CALL_FAILURES`.
        call: what failed, with what came of the answer.
    """
    if isinstance(error, ResponseParserError):
        return EndpointUnavailable(
            summary=f"What came for {call.operation} is not what AWS answers",
            hint="Check the endpoint URL: it may be no SageMaker.",
            code=type(error).__name__,
            reply=call.reply,
            attempts=call.attempts,
        )
    told = _not_sent(error, call.caller)
    if told is not None:
        told.code, told.attempts = type(error).__name__, call.attempts
        return told
    if isinstance(error, ClientError):
        return of_client_error(error, call)
    return of_network(error, call)


def of_connection(error: Exception, caller: Caller) -> ExplorerError:
    """Tell why a session or a client cannot be had.

    Args:
        error: one of `OPENING_FAILURES`.
        caller: as far as it is known.
    """
    told = _of_credentials(error, caller) or ConnectionInvalid(
        summary=_connection_summary(error),
        hint=_connection_hint(error),
    )
    told.code = type(error).__name__
    return told


def _connection_summary(error: Exception) -> str:
    if isinstance(error, boto.NoRegionError):
        return "No region is set"
    return " ".join(str(error).split()).removesuffix(".")


def _of_profile(caller: Caller) -> str:
    return f" for profile {caller.profile}" if caller.profile else ""


def _connection_hint(error: Exception) -> str:
    match error:
        case boto.NoRegionError():
            return "Choose a region, set AWS_REGION, or give the profile one."
        case boto.InvalidRegionError():
            return "Choose one of the known regions, e.g. us-east-1."
        case boto.ConfigParseError():
            return "Mend that file; `aws configure list` shows which one is read."
        case _ if str(error).startswith("Invalid endpoint"):
            return "An endpoint URL looks like https://host or http://127.0.0.1:8080."
        case _:
            return "Check the AWS configuration; `aws configure list` shows where it comes from."


def _not_sent(error: Exception, caller: Caller) -> ExplorerError | None:
    """Failures of botocore's own before it would send; None when it is another."""
    if told := _of_credentials(error, caller):
        return told
    if isinstance(error, boto.ParamValidationError):
        return RequestInvalid(
            summary=_parameter_words(error),
            hint="botocore refuses to send this; leave it out, or give it a value that it takes.",
        )
    if isinstance(error, boto.NoRegionError | boto.InvalidRegionError | boto.EndpointProviderError):
        return of_connection(error, caller)
    # http.client refuses a header, or the text cannot be encoded.
    if any(isinstance(each, ValueError) for each in causes(error)) and not _came_from_outside(
        error
    ):
        return RequestInvalid(
            summary=f"This cannot be put on the wire: {_value_words(error)}",
            hint="Remove line breaks and broken characters from the header fields.",
        )
    return None


def _came_from_outside(error: Exception) -> bool:
    network = (ClientError, HTTPError, boto.ConnectionError, boto.ConnectionClosedError, OSError)
    return isinstance(error, network)


def _value_words(error: Exception) -> str:
    value_error = next(each for each in causes(error) if isinstance(each, ValueError))
    if isinstance(value_error, UnicodeError):
        return "a character has no encoding"
    return " ".join(str(value_error).split())


def _parameter_words(error: boto.ParamValidationError) -> str:
    report = str(error.kwargs.get("report", error))
    found = _INVALID_LENGTH.search(report)
    if found is None:
        return " ".join(report.split())
    length, least = found["length"], found["least"]
    return f"{found['member']} has {length} characters; at least {least} are needed"


def _of_credentials(error: Exception, caller: Caller) -> CredentialsMissing | None:
    login = caller.login_command
    if isinstance(error, _LOGIN_NEEDED) or type(error).__name__.startswith("Login"):
        command = (
            login or f"aws sso login{f' --profile {caller.profile}' if caller.profile else ''}"
        )
        return CredentialsMissing(
            summary=f"The login has expired or was never made ({caller})",
            hint=f"Run `{command}`, then reconnect.",
        )
    if isinstance(error, boto.NoCredentialsError):
        return CredentialsMissing(
            summary=f"No AWS credentials were found{_of_profile(caller)}",
            hint=f"Run `{login}`, then reconnect."
            if login
            else "Run `aws configure` or `aws login`, or choose another profile.",
        )
    if isinstance(error, _CREDENTIALS):
        return CredentialsMissing(
            summary=" ".join(str(error).split()),
            hint="Check the profile's credentials, then reconnect.",
        )
    return None
