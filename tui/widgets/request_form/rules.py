"""What is to be said of a request as it stands: broken rules, and what its endpoint thinks of it.

Pure functions of domain values; nothing here keeps a request from being sent.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from tui.body.sanitise import sanitise
from tui.domain.endpoints import EndpointDescription
from tui.domain.errors import ExplorerError
from tui.domain.fields import FIELDS, TEXT_FIELDS, Field, FieldGroup, field_named
from tui.widgets.field_row.row import label_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tui.domain.http import HttpRequest
    from tui.domain.requests import InvocationRequest


class FormTab(StrEnum):
    """The tabs of the form, as they are called on screen."""

    BODY = "Body"
    TARGETING = "Targeting"
    OPTIONS = "Options"
    PREVIEW = "Preview"


_TAB_OF = {
    FieldGroup.BODY: FormTab.BODY,
    FieldGroup.TARGETING: FormTab.TARGETING,
    FieldGroup.OPTIONS: FormTab.OPTIONS,
}


@dataclass(frozen=True, slots=True)
class Note:
    """One thing worth knowing before sending, sanitised."""

    words: str
    is_warning: bool = True

    @property
    def look(self) -> str:
        """The style to draw it in."""
        return "$text-warning" if self.is_warning else ""


def value_of(request: InvocationRequest, field: Field) -> str:
    """Return the text of one of `TEXT_FIELDS`; nothing set is no text."""
    return getattr(request, field.attribute) or ""


def replace_members(
    request: InvocationRequest, changes: Mapping[str, str | None]
) -> InvocationRequest:
    """Return ``request`` with other texts; the attributes are those of `TEXT_FIELDS`."""
    known = {name: value for name, value in changes.items() if field_named(name)}
    return replace(request, **known)


def all_problems(
    request: InvocationRequest, known: EndpointDescription | None, *, body_problem: str
) -> dict[str, str]:
    """Map each attribute that something is wrong with to what that is."""
    missing = dict.fromkeys(
        (field.attribute for field in missing_members(request, known)), "required by this endpoint"
    )
    return {**missing, **broken_rules(request), **({"body": body_problem} if body_problem else {})}


def tab_dots(
    request: InvocationRequest,
    known: EndpointDescription | None,
    *,
    body_problem: str,
    preview: HttpRequest | ExplorerError | None,
) -> dict[str, str]:
    """Map each tab in which something is set, or wrong, to the style of its dot.

    The body's own members are always set to something; only what is wrong there is worth a dot.
    """
    wrong = all_problems(request, known, body_problem=body_problem)
    dots: dict[str, str] = {}
    for field in FIELDS:
        tab = _TAB_OF.get(field.group)
        if tab is None:
            continue
        if field.attribute in wrong:
            dots[tab] = "$text-error"
        elif tab is not FormTab.BODY and value_of(request, field):
            dots.setdefault(tab, "$text-primary")
    if isinstance(preview, ExplorerError):
        dots[FormTab.PREVIEW] = "$text-error"
    return dots


def broken_rules(request: InvocationRequest) -> dict[str, str]:
    """Map each attribute whose text breaks a rule of the service model to that rule."""
    found = ((field, field.problem(value_of(request, field))) for field in TEXT_FIELDS)
    return {field.attribute: problem for field, problem in found if problem}


def missing_members(
    request: InvocationRequest, description: EndpointDescription | None
) -> tuple[Field, ...]:
    """Name the members that this endpoint will refuse to do without."""
    wanted = description.required_members() if description else ()
    return tuple(
        field for field in TEXT_FIELDS if field.attribute in wanted and not value_of(request, field)
    )


def heeded(
    known: EndpointDescription | ExplorerError | None, request: InvocationRequest
) -> EndpointDescription | None:
    """Return what is known, if it is of the endpoint that ``request`` names."""
    is_described = isinstance(known, EndpointDescription)
    return known if is_described and known.name == request.endpoint_name else None


def notes(
    request: InvocationRequest, known: EndpointDescription | ExplorerError | None
) -> tuple[Note, ...]:
    """Say what sending this request to that endpoint will run into, the worst first."""
    if not request.endpoint_name:
        return (Note("Choose an endpoint, or type its name", is_warning=False),)
    if isinstance(known, ExplorerError):
        return (Note(f"Free text only: {sanitise(known.summary)}", is_warning=False),)
    described = heeded(known, request)
    return tuple(_notes_of(request, described)) if described else ()


def _notes_of(request: InvocationRequest, known: EndpointDescription) -> Iterator[Note]:
    if not known.status.is_invocable:
        yield Note(f"{known.status}: not invocable now")
    for field in missing_members(request, known):
        yield Note(f"{label_of(field)} is required here")
    if known.is_async:
        yield Note("asynchronous endpoint, refuses this call")
    for gap in known.gaps:
        yield Note(sanitise(gap.summary), is_warning=False)
