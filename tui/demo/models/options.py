"""Members of a JSON request, each checked for its type and range, and refused by name.

options = read_options(request)
size_bytes = options.integer("size_bytes", default=1000, least=0, most=100)
"""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from tui.demo.containers import RequestRefused
from tui.demo.models.negotiation import JSON, sent_type
from tui.demo.wire import is_json_list, is_json_number, is_json_object, parse_json

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tui.demo.containers import ContainerRequest


class Options:
    """A JSON object whose members are asked for one by one.

    Every method returns the default when the member is absent or null.

    Raises:
        RequestRefused: 400, from every method, naming the member and what it must be.
    """

    def __init__(self, members: Mapping[str, object], path: str = "") -> None:
        self._members = members
        self._path = path

    def integer(self, name: str, *, default: int | None = None, least: int, most: int) -> int:
        """Return a whole number from ``least`` to ``most``."""
        value = self._member(name, default)
        if isinstance(value, int) and not isinstance(value, bool) and least <= value <= most:
            return value
        raise self.refusal(name, f"must be a whole number from {least:,} to {most:,}")

    def number(
        self, name: str, *, default: float | None = None, least: float, most: float
    ) -> float:
        """Return a number from ``least`` to ``most``."""
        value = self._member(name, default)
        if is_json_number(value) and least <= value <= most:
            return float(value)
        raise self.refusal(name, f"must be a number from {least:,} to {most:,}")

    def choice(self, name: str, choices: Sequence[str], *, default: str | None = None) -> str:
        """Return one of ``choices``."""
        value = self._member(name, default)
        if isinstance(value, str) and value in choices:
            return value
        raise self.refusal(name, f"must be one of {', '.join(choices)}")

    def flag(self, name: str, *, default: bool) -> bool:
        """Return true or false."""
        value = self._member(name, default)
        if isinstance(value, bool):
            return value
        raise self.refusal(name, "must be true or false")

    def text(self, name: str, *, default: str | None = None) -> str:
        """Return a string."""
        value = self._member(name, default)
        if isinstance(value, str):
            return value
        raise self.refusal(name, "must be a string")

    def texts(self, name: str, *, most: int) -> list[str]:
        """Return 1 to ``most`` strings; a single one needs no list around it."""
        value = self._member(name, None)
        items = value if is_json_list(value) else [value]
        texts = [item for item in items if isinstance(item, str)]
        if len(texts) == len(items) and 1 <= len(texts) <= most:
            return texts
        raise self.refusal(name, f"must be a string, or a list of 1 to {most:,} strings")

    def numbers(self, name: str, *, bound: float, fewest: int, most: int) -> list[float]:
        """Return ``fewest`` to ``most`` numbers, each within ±``bound``."""
        items = self.items(name)
        numbers = [float(each) for each in items if is_json_number(each) and abs(each) <= bound]
        if len(numbers) == len(items) and fewest <= len(items) <= most:
            return numbers
        rule = f"must be a list of {fewest:,} to {most:,} numbers within ±{bound:,.0f}"
        raise self.refusal(name, rule)

    def items(self, name: str) -> list[object]:
        """Return a list of anything."""
        value = self._member(name, None)
        if is_json_list(value):
            return value
        raise self.refusal(name, "must be a list")

    def nested(self, name: str) -> Options:
        """Return an object's own members; none when it is absent."""
        return self._object(self._member(name, {}), name)

    def objects(self, name: str, *, most: int) -> list[Options]:
        """Return a list of at most ``most`` objects."""
        items = self.items(name)
        if len(items) > most:
            raise self.refusal(name, f"must hold at most {most:,}, not {len(items):,}")
        return [self._object(item, f"{name}[{index}]") for index, item in enumerate(items)]

    def __contains__(self, name: str) -> bool:
        return self._members.get(name) is not None

    def refusal(self, name: str, problem: str) -> RequestRefused:
        """Make the refusal of a member."""
        member = f"{self._path}{name}"
        return RequestRefused(HTTPStatus.BAD_REQUEST, f"{member} {problem}", member=member)

    def _member(self, name: str, default: object) -> object:
        value = self._members.get(name)
        return default if value is None else value

    def _object(self, value: object, name: str) -> Options:
        if is_json_object(value):
            return Options(value, f"{self._path}{name}.")
        raise self.refusal(name, "must be an object")


def read_options(request: ContainerRequest) -> Options:
    """Read a request whose body is a JSON object.

    Raises:
        RequestRefused: 415 for another content type, 400 for another body.
    """
    sent_type(request, (JSON,))
    try:
        document = parse_json(request.body)
    except ValueError as error:
        raise RequestRefused(HTTPStatus.BAD_REQUEST, f"not JSON: {error}") from error
    if not is_json_object(document):
        raise RequestRefused(HTTPStatus.BAD_REQUEST, "the body is not a JSON object")
    return Options(document)
