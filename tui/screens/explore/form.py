"""What is in the form on the main screen, what it began as, and what it has replaced.

Everything that replaces what was typed holds it, and ctrl+r brings it back. A request is its
endpoint's own once something of it was typed there: then it comes back when that endpoint is chosen
again. One from elsewhere (a preset, a pasted line, the history) is a guest, and goes along to
whatever endpoint is chosen.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from textual.content import Content
from textual.reactive import var

from tui.body.sanitise import sanitise
from tui.domain.endpoints import EndpointDescription
from tui.domain.presets import Preset, is_unsaved
from tui.domain.requests import InvocationRequest
from tui.screens.explore.choosing import is_blank, is_example, moved, targets_of
from tui.screens.explore.invoking import ExploreInvoking

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tui.domain.endpoints import ExampleRequest
    from tui.domain.errors import ExplorerError
    from tui.domain.presets import OpenedPreset
    from tui.screens.services import Services

_MOST_HELD = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """What was in the form, and the preset that it began as."""

    preset: Preset
    opened: OpenedPreset | None = None
    is_own: bool = False
    """Whether it was typed for its endpoint."""
    is_guest: bool = False
    """Whether it came from elsewhere, so that it goes along to another endpoint."""
    is_nothing: bool = False
    """Whether it holds nothing of the user's."""

    @property
    def is_elsewhere(self) -> bool:
        """Whether nothing would be lost with it: it stands as it is in a file."""
        return self.opened is not None and not is_unsaved(self.opened, self.preset)


class ExploreForm(ExploreInvoking):
    """The main screen, as far as what is in the form goes."""

    endpoint_name: var[str] = var("")
    """The endpoint whose targets and example are in the form."""

    def __init__(self, services: Services) -> None:
        super().__init__(services)
        self._example: ExampleRequest | None = None
        """The example filled in last."""
        self._given: InvocationRequest | None = None
        """A request from elsewhere; while it is as it came, nothing is filled in."""
        self._put_in: InvocationRequest | None = InvocationRequest()
        """What was put into the form and not typed; None where what is in it was typed."""
        self._is_guest = False
        self.base = Preset()
        """What goes with the request in the form; the request in it is of no account."""
        self.opened: OpenedPreset | None = None
        """The preset that the form began as."""
        self._replaced: tuple[Held, ...] = ()
        """What ctrl+r brings back, the last one at the end; pressed again, the one before."""
        self._left: Held | None = None
        """What was in the form before an endpoint was chosen where nobody has arrived yet."""

    @property
    def current_preset(self) -> Preset:
        """What would be saved now."""
        return replace(self.base, request=self.form.request)

    @property
    def is_untouched(self) -> bool:
        """Whether the form holds nothing of the user's: it is blank, or an example."""
        request = self.form.request
        return is_blank(request) or is_example(request, self._example)

    @property
    def is_typed(self) -> bool:
        """Whether something of the request was typed, at the endpoint that it is for."""
        request = replace(self.form.request, endpoint_name=self.endpoint_name)
        return self._put_in is None or request != self._put_in

    @property
    def here(self) -> Held:
        """What is in the form, for the endpoint whose name was there before it is typed anew."""
        request = replace(self.form.request, endpoint_name=self.endpoint_name)
        is_nothing = self.is_untouched and self.opened is None
        return Held(
            preset=replace(self.base, request=request),
            opened=self.opened,
            is_own=self.is_typed,
            is_guest=self._is_guest and not is_nothing,
            is_nothing=is_nothing and not self.is_typed,
        )

    def left_behind(self) -> None:
        """Keep what is in the form, about to be replaced or moved; for the screen that can."""

    def action_bring_back(self) -> None:
        """Bring back the request that was replaced last; what is in the form comes after all."""
        if self._replaced:
            self._exchange(self._replaced[-1])

    def action_bring_along(self) -> None:
        """Bring the request that was replaced last to the endpoint that is chosen now."""
        if not self._replaced:
            return
        held, here = self._replaced[-1], self.form.request
        request = moved(held.preset.request, here.endpoint_name, targets_of(here))
        self._exchange(replace(held, preset=replace(held.preset, request=request), is_own=False))

    def _exchange(self, held: Held) -> None:
        """Put ``held`` in place of what is in the form, which takes the place of the last held."""
        self.left_behind()
        self._replaced = (self.here, *self._replaced[:-1])
        self._take(held)
        self._show_form()

    def recall(
        self, preset: Preset, opened: OpenedPreset | None = None, *, keeps_focus: bool = False
    ) -> None:
        """Put a request from elsewhere into the form, exactly; ctrl+r brings the last one back."""
        self._hold()
        self._example = None
        self._take(Held(preset=preset, opened=opened, is_guest=True))
        if not keeps_focus:
            self._show_form()

    def _show_form(self) -> None:
        if self.is_narrow:
            self.give_way()
        self.form.focus_body()

    def _take(self, held: Held) -> None:
        request = held.preset.request
        self._left = None
        self.base, self.opened = held.preset, held.opened
        self._given, self._is_guest = request, held.is_guest
        self.endpoint_name = request.endpoint_name
        self._put(request, is_typed=held.is_own)
        if request.endpoint_name:
            self.endpoints_pane.describe(request.endpoint_name)

    def _hold(self) -> None:
        """Keep what is about to be replaced."""
        self.left_behind()
        self._hold_for_return(self.here)

    def _hold_for_return(self, held: Held) -> None:
        """Have ctrl+r bring something back; going through presets pushes nothing typed out."""
        older = (each for each in self._replaced if each != held and not each.is_elsewhere)
        self._replaced = (*older, held)[-_MOST_HELD:]

    def _hold_behind(self, held: Iterable[Held]) -> bool:
        """Have ctrl+r bring things back after all that it would anyway; tell whether any is new."""
        known = [self.here.preset, *(each.preset for each in self._replaced)]
        new = [each for each in held if each.preset not in known]
        self._replaced = (*new, *self._replaced)[-_MOST_HELD:]
        return bool(new)

    def _replace(self, request: InvocationRequest, *, is_typed: bool) -> None:
        self._hold()
        self._put(request, is_typed=is_typed)

    def _put(self, request: InvocationRequest, *, is_typed: bool | None = None) -> None:
        """Put a request into the form: the only place that does.

        Args:
            request: exactly as it is to be there.
            is_typed: whether it counts as typed; None when that stays as it is.
        """
        stays_typed = self.is_typed if is_typed is None else is_typed
        self._put_in = None if stays_typed else request
        if request != self.form.request:
            self.form.request = request
        self._show_request(request)

    def _show_request(self, request: InvocationRequest) -> None:
        """Show elsewhere what the request is for."""
        name = request.endpoint_name
        self.endpoints_pane.chosen = (
            name,
            request.target_variant,
            request.inference_component_name,
        )
        self.form.border_title = _title("Request", name)
        known = self.form.description
        if isinstance(known, EndpointDescription) and known.name != name:
            self.form.description = None

    def report(self, error: ExplorerError) -> None:
        """Say a failure that has no place of its own on the screen."""
        words = "\n".join(filter(None, (sanitise(error.summary), sanitise(error.hint))))
        self.notify(words, severity="error", markup=False)


def _title(what: str, name: str) -> Content:
    return Content(f"{what} · {sanitise(name)}" if name else what)
