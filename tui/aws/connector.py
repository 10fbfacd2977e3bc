"""Opens connections to SageMaker; the one name of this room that is used outside it.

connect(Connection) -> AwsGateway -> botocore -> wire

Importing this module does not load botocore: it comes with the first call, which runs in a thread
that may take its time (about 0.1 s), while the program paints its first screen.
"""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING

from tui.aws.options import ClientOptions

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tui.aws.gateway import AwsGateway
    from tui.aws.sessions import Sessions
    from tui.domain.connections import Connection


class AwsConnector:
    """A `tui.explorer.Connector` for AWS, the embedded demo and anything that speaks like them.

    All methods block and may be called from any thread.

    Args:
        connect_timeout_s: how long a connection may take to be made; None for ever.
        read_timeout_s: how long an invocation may stay silent; None for ever.
        total_max_attempts: HTTP requests at most for one send; 1 never sends twice.
        options: for every client.
    """

    def __init__(
        self,
        *,
        connect_timeout_s: float | None = 5.0,
        read_timeout_s: float | None = 70.0,
        total_max_attempts: int = 1,
        options: ClientOptions | None = None,
    ) -> None:
        self._options = options or ClientOptions()
        self._connect_timeout_s = connect_timeout_s
        self._read_timeout_s = read_timeout_s
        self._total_max_attempts = total_max_attempts
        self._lock = Lock()
        self._opened: Sessions | None = None

    def connect(self, connection: Connection) -> AwsGateway:
        """Open a gateway with credentials and configuration as they are now.

        No network, except for this machine's metadata service when there are no other credentials.

        Raises:
            ConnectionInvalid: the profile, the region, the endpoint URL or the configuration file
                cannot be used.
            CredentialsMissing: the profile's credentials are incomplete.
        """
        from tui.aws.gateway import AwsGateway, InvocationOptions  # botocore: 70 ms

        options = InvocationOptions(
            connect_timeout_s=self._connect_timeout_s,
            read_timeout_s=self._read_timeout_s,
            total_max_attempts=self._total_max_attempts,
        )
        return AwsGateway.open(connection, self._sessions(), options)

    def profiles(self) -> tuple[str, ...]:
        """Name the profiles of the AWS configuration, in its order.

        Raises:
            ConnectionInvalid: the configuration cannot be read.
        """
        return self._sessions().profiles()

    def regions(self) -> tuple[str, ...]:
        """Name the regions where botocore knows the SageMaker runtime, AWS's main ones first."""
        return self._sessions().regions()

    def profile_values(self, connection: Connection) -> Mapping[str, str]:
        """Read what the profile of ``connection`` says, by the names in its file; no network.

        Raises:
            ConnectionInvalid: there is no such profile, or its file cannot be read.
        """
        return self._sessions().profile_values(connection)

    def _sessions(self) -> Sessions:
        from tui.aws.sessions import Sessions  # botocore: 70 ms

        with self._lock:
            if self._opened is None:
                self._opened = Sessions(self._options)
            return self._opened
