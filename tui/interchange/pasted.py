"""What was read from a pasted text: a request, where it went, and what has to be said."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tui.domain.connections import Connection
from tui.domain.requests import InlineBody, InvocationRequest

if TYPE_CHECKING:
    from tui.domain.requests import RequestBody


@dataclass(frozen=True, slots=True, kw_only=True)
class Pasted:
    """A request in our own words."""

    request: InvocationRequest
    connection: Connection = field(default_factory=Connection)
    """The profile, region and address that the text names; None where it names none."""
    notes: tuple[str, ...] = ()
    """What was guessed, left out or left as it stood; one line each, not sanitised."""


@dataclass(slots=True)
class Reading:
    """A request while it is being read."""

    members: dict[str, str] = field(default_factory=dict[str, str])
    """Attribute of `InvocationRequest` to its value."""
    body: RequestBody = field(default_factory=InlineBody)
    profile: str | None = None
    region: str | None = None
    endpoint_url: str | None = None
    notes: list[str] = field(default_factory=list[str])

    def note(self, words: str) -> None:
        """Say something once."""
        if words not in self.notes:
            self.notes.append(words)

    def finish(self) -> Pasted:
        """Return what was read."""
        connection = Connection(
            profile=self.profile, region=self.region, endpoint_url=self.endpoint_url
        )
        request = InvocationRequest(body=self.body, **self.members)
        return Pasted(request=request, connection=connection, notes=tuple(self.notes))
