"""``--query``: JMESPath, by the library that botocore brings, so that expressions mean the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

import jmespath  # pyright: ignore[reportMissingTypeStubs] - there are none
from jmespath.exceptions import JMESPathError  # pyright: ignore[reportMissingTypeStubs] - likewise

from tui.domain.errors import RequestInvalid

if TYPE_CHECKING:
    from tui.cli.data import Data


class Query:
    """An expression that was understood.

    Raises:
        ValueError: it is no JMESPath; the message says where it breaks, on several lines.
    """

    def __init__(self, expression: str) -> None:
        try:
            self._compiled = jmespath.compile(expression)  # pyright: ignore[reportUnknownMemberType]
        except JMESPathError as error:
            raise ValueError(str(error)) from error

    def search(self, data: Data) -> Data:
        """Return what the expression finds; None when that is nothing.

        Raises:
            RequestInvalid: a function of it cannot work on this data.
        """
        try:
            found: Data = self._compiled.search(data)  # pyright: ignore[reportUnknownMemberType]
        except JMESPathError as error:
            words = " ".join(str(error).split())
            raise RequestInvalid(
                summary=f"--query cannot be applied to the answer: {words}",
                hint="Print without --query to see what there is.",
            ) from error
        return found
