"""Where a command's calls go, as whom, and how long they may take: the AWS CLI's own options."""

from __future__ import annotations

from argparse import SUPPRESS, Action, ArgumentTypeError, BooleanOptionalAction
from typing import TYPE_CHECKING, NoReturn
from urllib.parse import urlsplit

from tui.cli.flags import not_empty, refuse
from tui.domain.connections import Connection

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from tui.aws.connector import AwsConnector
    from tui.cli.flags import Flags
    from tui.store.settings import Settings

_LONGEST_TIMEOUT_S = 86_400


def add_connection_flags(parser: Flags, *, default: str | None) -> None:
    """Add what chooses a connection; `connection_of` reads it.

    Args:
        parser: the whole program's, or a command's.
        default: `SUPPRESS` lets a command leave alone what stood before its name.
    """
    parser.add_argument(
        "--profile",
        metavar="P",
        type=not_empty,
        default=default,
        help="profile of the AWS configuration",
    )
    parser.add_argument(
        "--region",
        metavar="R",
        type=not_empty,
        default=default,
        help="AWS region, such as eu-central-1",
    )
    parser.add_argument(
        "--endpoint-url",
        metavar="URL",
        type=_url,
        default=default,
        help="send everything to this address",
    )


def add_call_flags(parser: ArgumentParser) -> None:
    """Add the connection's flags and those of single calls to a headless command."""
    group = parser.add_argument_group("the connection")
    add_connection_flags(group, default=SUPPRESS)
    group.add_argument(
        "--no-sign-request", action="store_true", help="send no signature; load no credentials"
    )
    group.add_argument("--ca-bundle", metavar="FILE", help="certificates to trust instead")
    group.add_argument(
        "--no-verify-ssl", action="store_true", help="trust any certificate, of anybody"
    )
    for what, words in (("read", "without a byte"), ("connect", "for making a connection")):
        group.add_argument(
            f"--cli-{what}-timeout",
            metavar="S",
            type=_timeout,
            help=f"seconds {words}; 0 waits for ever; otherwise a setting decides",
        )
    group.add_argument(
        "--read-only",
        action=BooleanOptionalAction,
        default=SUPPRESS,
        help="switch invoking off; or on, where a setting has it off",
    )
    # What follows is the AWS CLI's too: it has no meaning here, or a fixed one.
    for name in ("--no-paginate", "--no-cli-pager", "--no-cli-auto-prompt"):
        group.add_argument(name, action="store_true", help=SUPPRESS)
    group.add_argument("--version", action=_Version, nargs=0, default=SUPPRESS, help=SUPPRESS)
    group.add_argument("--cli-error-format", type=_error_format, help=SUPPRESS)
    refuse(group, "--cli-auto-prompt", "nothing is asked for; --help lists the options")


def add_browse_flags(parser: ArgumentParser) -> None:
    """Add to a command that sends nothing to a model what it needs of `add_call_flags`."""
    # The program itself, which has this module, starts without it.
    from tui.cli.parameters import BinaryFormat

    add_call_flags(parser)
    # The AWS CLI takes it for all commands; here is no body that it could be said of.
    parser.add_argument("--cli-binary-format", choices=tuple(BinaryFormat), help=SUPPRESS)
    refuse(parser, "--debug", "only what invokes tells both sides of the exchange")


def connection_of(arguments: Namespace) -> Connection:
    """Read where calls go."""
    return Connection(
        profile=arguments.profile, region=arguments.region, endpoint_url=arguments.endpoint_url
    )


def connector_of(arguments: Namespace, settings: Settings) -> AwsConnector:
    """Read how calls are made; timeouts fall back on the settings."""
    from tui.aws.connector import AwsConnector
    from tui.aws.options import ClientOptions

    return AwsConnector(
        connect_timeout_s=_seconds(arguments.cli_connect_timeout, settings.connect_timeout_s),
        read_timeout_s=_seconds(arguments.cli_read_timeout, settings.read_timeout_s),
        total_max_attempts=settings.total_max_attempts,
        options=ClientOptions(
            signs=not arguments.no_sign_request,
            ca_bundle=arguments.ca_bundle,
            verifies_tls=not arguments.no_verify_ssl,
        ),
    )


class _Version(Action):
    def __call__(self, *_: object) -> NoReturn:
        from tui.cli.starting import tell_version

        tell_version()
        raise SystemExit(0)


def _error_format(text: str) -> str:
    if text in ("legacy", "enhanced"):
        return text
    raise ArgumentTypeError(f"failures are not written as {text!r}, but in words: legacy")


def _seconds(given: int | None, setting: float) -> float | None:
    return setting if given is None else float(given) or None


def _timeout(text: str) -> int:
    if text.isascii() and text.isdecimal() and int(text[:9]) <= _LONGEST_TIMEOUT_S:
        return int(text[:9])
    raise ArgumentTypeError(f"must be a whole number of seconds up to {_LONGEST_TIMEOUT_S}")


def _url(text: str) -> str:
    try:
        parts = urlsplit(text)
        if parts.scheme in ("http", "https") and parts.hostname and parts.port != 0:
            return text
    except ValueError as error:  # such as a port of 99999
        raise ArgumentTypeError(str(error)) from error
    raise ArgumentTypeError("must be an address such as http://127.0.0.1:8080")
