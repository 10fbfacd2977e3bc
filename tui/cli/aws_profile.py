"""What a profile tells the AWS CLI itself, and so us: ``output`` and ``cli_binary_format``.

Everything else in a profile is botocore's affair, and holds here as it does there.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from tui.cli.connection_flags import connection_of

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Mapping


class AwsProfile:
    """The profile that flags and environment choose; read at the first question."""

    def __init__(self, arguments: Namespace) -> None:
        self._connection = connection_of(arguments)

    def get(self, name: str) -> str | None:
        """Return what it says; None where it says nothing.

        Raises:
            ConnectionInvalid: there is no such profile, or its file cannot be read.
        """
        return self._values.get(name)

    @cached_property
    def _values(self) -> Mapping[str, str]:
        from tui.aws.connector import AwsConnector

        return AwsConnector().profile_values(self._connection)
