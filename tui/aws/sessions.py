"""botocore sessions and clients: whose credentials, which region, which files.

They are what boto3 wraps. boto3 itself is not loaded: it takes 60 ms (it brings S3's transfers) and
would add nothing that is used here; its stubs describe these very clients.
Sessions are not safe to share between threads, clients are; so a session stays behind a lock
here and only clients leave.
"""

from __future__ import annotations

import os
from contextlib import contextmanager
from difflib import get_close_matches
from threading import Lock
from typing import TYPE_CHECKING, Literal, overload
from urllib.parse import urlsplit

import botocore.session
from botocore import UNSIGNED
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ProfileNotFound

from tui.aws import failures
from tui.aws.calls import Caller
from tui.aws.loading import create_loader
from tui.domain.errors import ConnectionInvalid

if TYPE_CHECKING:
    from collections.abc import Generator, Mapping

    from types_boto3_s3 import S3Client
    from types_boto3_sagemaker import SageMakerClient
    from types_boto3_sagemaker_runtime import SageMakerRuntimeClient
    from types_boto3_sts import STSClient

    from tui.aws.options import ClientOptions
    from tui.domain.connections import Connection

_RUNTIME = "sagemaker-runtime"
_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})

# The demo must work whatever this machine's AWS configuration says, even if it is broken.
_NO_FILES = {
    "profile": (None, None, None, None),
    "config_file": (None, None, os.devnull, None),
    "credentials_file": (None, None, os.devnull, None),
}
# Version 2 of the AWS CLI reads the first of them too, and before the other; botocore does not.
_REGION = {"region": ("region", ["AWS_REGION", "AWS_DEFAULT_REGION"], None, None)}
_DEMO_CREDENTIALS = ("demo", "demo")


class Sessions:
    """Opens sessions that share one data loader: the second costs 7 ms, not 150 ms.

    Args:
        options: for the clients of all sessions.
    """

    def __init__(self, options: ClientOptions) -> None:
        self._options = options
        # Made here, since a session makes its own only after reading the configuration.
        self._loader = create_loader(os.environ.get("AWS_DATA_PATH"))

    def open(self, connection: Connection) -> Session:
        """Open a session that reads configuration and credentials anew.

        Raises:
            ConnectionInvalid: the profile, region or configuration file cannot be used.
        """
        core = self._core(connection)
        with _reading(core, connection):
            return Session(connection, core, self._options)

    def profile_values(self, connection: Connection) -> Mapping[str, str]:
        """Read what the profile says, word by word.

        Raises:
            ConnectionInvalid: there is no such profile, or a file cannot be read.
        """
        core = self._core(connection, has_clients=False)
        with _reading(core, connection):
            # Sections within it, such as that of S3, are dictionaries.
            values: dict[str, object] = core.get_scoped_config()
        return {name: value for name, value in values.items() if isinstance(value, str)}

    def profiles(self) -> tuple[str, ...]:
        """Name the configured profiles."""
        core = botocore.session.Session(include_builtin_handlers=False)
        try:
            return tuple(core.available_profiles)
        except BotoCoreError as error:
            raise failures.of_connection(error, Caller()) from error

    def regions(self) -> tuple[str, ...]:
        """Name the regions of the SageMaker runtime, partition by partition."""
        core = self._core(None, has_clients=False)
        return tuple(
            region
            for partition in core.get_available_partitions()
            for region in core.get_available_regions(_RUNTIME, partition_name=partition)
        )

    def _core(
        self, connection: Connection | None, *, has_clients: bool = True
    ) -> botocore.session.Session:
        is_isolated = connection is None or connection.is_demo
        core = botocore.session.Session(
            profile=None if connection is None or is_isolated else connection.profile,
            session_vars=_NO_FILES if is_isolated else _REGION,
            # What clients need; who only reads the configuration saves the 10 ms.
            include_builtin_handlers=has_clients,
        )
        core.register_component("data_loader", self._loader)
        return core


class Session:
    """One botocore session; safe to use from any thread."""

    def __init__(
        self, connection: Connection, core: botocore.session.Session, options: ClientOptions
    ) -> None:
        self._connection = connection
        self._core = core
        self._options = options
        self._lock = Lock()
        if connection.region is not None:
            core.set_config_variable("region", connection.region)
        if connection.is_demo:
            core.set_credentials(*_DEMO_CREDENTIALS)
        self._scoped_config = core.get_scoped_config()

    @property
    def caller(self) -> Caller:
        """Who calls from where, for identities and for error messages."""
        profile = None if self._connection.is_demo else self._core.profile
        return Caller(
            profile=profile,
            region=self._core.get_config_variable("region"),
            endpoint_url=self._connection.endpoint_url,
            login_command=self._login_command(profile),
        )

    @property
    def verify(self) -> str | bool | None:
        """Certificate file; None for the usual ones, False for trust in anybody."""
        if not self._options.verifies_tls:
            return False
        return self._options.ca_bundle or self._core.get_config_variable("ca_bundle")

    @property
    def proxies(self) -> Mapping[str, str] | None:
        """None for those of the environment; they cannot reach our loopback, only their own."""
        url = self._connection.endpoint_url
        return {} if url is not None and urlsplit(url).hostname in _LOOPBACK else None

    @overload
    def client(self, service: Literal["sagemaker"], config: Config) -> SageMakerClient: ...
    @overload
    def client(
        self, service: Literal["sagemaker-runtime"], config: Config
    ) -> SageMakerRuntimeClient: ...
    @overload
    def client(self, service: Literal["sts"], config: Config) -> STSClient: ...
    @overload
    def client(self, service: Literal["s3"], config: Config) -> S3Client: ...
    def client(
        self, service: Literal["sagemaker", "sagemaker-runtime", "sts", "s3"], config: Config
    ) -> SageMakerClient | SageMakerRuntimeClient | STSClient | S3Client:
        """Make a client.

        Raises:
            BotoCoreError: the configuration or the region cannot be used.
            ValueError: the endpoint URL cannot be used.
        """
        if self.proxies is not None:
            config = config.merge(Config(proxies=self.proxies))
        if not self._options.signs:
            config = config.merge(Config(signature_version=UNSIGNED))
        with self._lock:
            return self._core.create_client(  # pyright: ignore[reportReturnType] - the stubs know no service
                service,
                endpoint_url=self._connection.endpoint_url,
                verify=self.verify,
                config=config,
            )

    def _login_command(self, profile: str | None) -> str | None:
        suffix = "" if profile in (None, "default") else f" --profile {profile}"
        if {"sso_session", "sso_start_url"} & self._scoped_config.keys():
            return f"aws sso login{suffix}"
        if "login_session" in self._scoped_config:
            return f"aws login{suffix}"
        return None


@contextmanager
def _reading(core: botocore.session.Session, connection: Connection) -> Generator[None]:
    """Tell what is wrong with the configuration that ``core`` reads."""
    try:
        yield
    except ProfileNotFound as error:
        raise _unknown_profile(core, connection, error) from error
    except BotoCoreError as error:
        raise failures.of_connection(error, _asked(connection)) from error


def _asked(connection: Connection) -> Caller:
    return Caller(
        profile=connection.profile, region=connection.region, endpoint_url=connection.endpoint_url
    )


def _unknown_profile(
    core: botocore.session.Session, connection: Connection, error: ProfileNotFound
) -> ConnectionInvalid:
    wanted = str(error.kwargs.get("profile") or connection.profile)
    known = tuple(core.available_profiles)
    nearest = get_close_matches(wanted, known, n=1)
    if nearest:
        hint = f"Did you mean {nearest[0]}?"
    elif known:
        hint = f"Known profiles: {', '.join(known[:5])}{', …' if len(known) > 5 else ''}."
    else:
        hint = "No profile is configured; `aws configure` makes one."
    return ConnectionInvalid(
        summary=f"The AWS configuration has no profile named {wanted}",
        hint=hint,
        code="ProfileNotFound",
    )
