"""The boto3 clients of one connection, made when first needed and kept.

Browsing may be repeated, so its clients retry as botocore's standard mode does; the client that
invokes is in `gateway`.
"""

from __future__ import annotations

from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING

from botocore.config import Config

from tui.aws import failures
from tui.aws.calls import Call

if TYPE_CHECKING:
    from collections.abc import Generator

    from types_boto3_s3 import S3Client
    from types_boto3_sagemaker import SageMakerClient
    from types_boto3_sts import STSClient

    from tui.aws.sessions import Session

_BROWSE_CONFIG = Config(
    connect_timeout=5.0,
    read_timeout=20.0,
    retries={"mode": "standard", "total_max_attempts": 3},
)
_STS_CONFIG = Config(
    connect_timeout=2.0,
    read_timeout=3.0,
    retries={"mode": "standard", "total_max_attempts": 1},
)


class Clients:
    """Safe to use from any thread: a client that is made twice is used once."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self.caller = session.caller

    @cached_property
    def sagemaker(self) -> SageMakerClient:
        """The control plane; its answers can be listened to."""
        # Imported here: 9 ms with what describes endpoints, and invoking one does without.
        from tui.aws.listening import listen_to

        client = self._session.client("sagemaker", _BROWSE_CONFIG)
        listen_to(client)
        return client

    @cached_property
    def sts(self) -> STSClient:
        """Who am I; gives up soon, since nothing depends on the answer."""
        return self._session.client("sts", _STS_CONFIG)

    @cached_property
    def s3(self) -> S3Client:
        """Where multi-model containers keep their artifacts."""
        return self._session.client("s3", _BROWSE_CONFIG)

    def close(self) -> None:
        """Close the connections of the clients that were made."""
        for name in ("sagemaker", "sts", "s3"):
            if client := self.__dict__.get(name):
                client.close()

    @contextmanager
    def telling(self, operation: str, resource: str = "") -> Generator[None]:
        """Translate what a call inside raises.

        Raises:
            ExplorerError: the call failed.
        """
        try:
            yield
        except failures.CALL_FAILURES as error:
            call = Call(caller=self.caller, operation=operation, resource=resource)
            raise failures.of_call(error, call) from error
