"""What saving, renaming and sending a preset may ask."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.getters import query_one
from textual.widgets import Input, Label, Static

from tui.body.sanitise import sanitise
from tui.domain.presets import Preset, PresetPlace, Variable, name_problem, variable_name_problem
from tui.screens.dialog import Dialog
from tui.widgets.tick_box import TickBox

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from textual.app import ComposeResult


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveAs:
    """Where a preset is to be saved, and what goes with its request."""

    place: PresetPlace
    preset: Preset


class _NameDialog(Dialog[SaveAs]):
    """A name, and what is wrong with it while it is typed."""

    name_input = query_one("#name", Input)
    told = query_one("#told", Static)

    def __init__(self, place: PresetPlace) -> None:
        super().__init__()
        self._place = place

    @on(Input.Changed, "#name")
    def _check(self, event: Input.Changed) -> None:
        event.stop()
        self._tell()

    def _tell(self) -> None:
        problem = self._problem()
        words = sanitise(problem) if problem else self._where()
        self.told.update(Content.styled(words, "$text-error" if problem else "$text-muted"))

    def _problem(self) -> str | None:
        return name_problem(self.name_input.value.strip())

    def _where(self) -> str:
        return sanitise(f"in {self._place.folder}; a / in the name is a folder")

    @property
    def place(self) -> PresetPlace:
        """Where the name points."""
        return replace(self._place, name=self.name_input.value.strip())


class SavePresetScreen(_NameDialog):
    """Gives back where to save, with what the form does not hold."""

    HELP = """\
The name is that of the file; a / in it makes a folder, as in team/smoke test.

Variables are asked for when the preset is sent: name them here, with commas between, and write
{{name}} in any field or in the body. {{uuid}}, {{now}}, {{env.NAME}} and {{file:PATH}} are filled
in without asking. Within a string of a JSON body a value is escaped as JSON, elsewhere it is put
in as it is; the preview shows what goes out. Without placeholders all is sent as it stands.
"""

    DEFAULT_CSS = """
    SavePresetScreen {
        & Label { color: $text-muted; margin-top: 1; }
        & Input { margin: 0; }
        & TickBox { background: transparent; margin-top: 1; }
        & #told { margin-bottom: 1; }
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "ctrl+s,f2",
            "save",
            "Save",
            priority=True,
            id="save-preset.save",
            tooltip="Save the preset under this name",
        ),
    ]

    def __init__(self, place: PresetPlace, preset: Preset) -> None:
        super().__init__(place)
        self._preset = preset

    def compose(self) -> ComposeResult:
        """Lay out name, description, variables and switches."""
        preset = self._preset
        with VerticalScroll(id="frame", can_focus=False) as frame:
            frame.border_title = "Save as a preset"
            frame.border_subtitle = "enter or ctrl+s save · escape close"
            yield Label("Name")
            yield Input(self._place.name, compact=True, id="name", select_on_focus=False)
            yield Static(id="told", markup=False)
            yield Label("What it is for")
            yield Input(_first_line(preset.description), compact=True, id="description")
            yield Label("Variables asked for when it is sent, such as city, count")
            yield Input(", ".join(each.name for each in preset.variables), compact=True, id="vars")
            yield TickBox(
                "Fill in {{placeholders}} when sent",
                value=preset.has_placeholders,
                compact=True,
                id="fills",
            )
            yield TickBox(
                "Keep the bodies of its sends in the history",
                value=preset.keeps_bodies,
                compact=True,
                id="keeps",
            )

    def on_mount(self) -> None:
        """Begin with the name."""
        self.name_input.focus()
        self._tell()

    @on(Input.Changed, "#vars")
    def _check_variables(self, event: Input.Changed) -> None:
        event.stop()
        self._tell()

    @on(Input.Submitted)
    @on(TickBox.Submitted)
    def _submit(self, event: Input.Submitted | TickBox.Submitted) -> None:
        event.stop()
        self.action_save()

    def action_save(self) -> None:
        """Go, if the name can be one."""
        if self._problem() is None:
            self.dismiss(SaveAs(place=self.place, preset=self._described()))

    def _problem(self) -> str | None:
        if bad := super()._problem():
            return bad
        problems = ((name, variable_name_problem(name)) for name in self._variable_names())
        return next((f"variable {name}: {rule}" for name, rule in problems if rule), None)

    def _variable_names(self) -> list[str]:
        typed = self.query_one("#vars", Input).value.split(",")
        return list(dict.fromkeys(name.strip() for name in typed if name.strip()))

    def _described(self) -> Preset:
        known = {each.name: each for each in self._preset.variables}
        names = self._variable_names()
        first, _, rest = self._preset.description.partition("\n")
        typed = self.query_one("#description", Input).value
        description = self._preset.description if typed == first else typed
        return replace(
            self._preset,
            description=description if rest else typed,
            variables=tuple(known.get(name, Variable(name=name)) for name in names),
            has_placeholders=self.query_one("#fills", TickBox).value,
            keeps_bodies=self.query_one("#keeps", TickBox).value,
        )


class RenamePresetScreen(_NameDialog):
    """Gives back the new place; a / in it moves the preset to a folder."""

    HELP = "Enter renames the file; a / in the name is a folder, which is made if there is none."

    def compose(self) -> ComposeResult:
        """Lay out the name."""
        with Vertical(id="frame") as frame:
            frame.border_title = "Rename the preset"
            frame.border_subtitle = "enter rename · escape close"
            yield Input(self._place.name, compact=True, id="name", select_on_focus=False)
            yield Static(id="told", markup=False)

    def on_mount(self) -> None:
        """Say where it is."""
        self._tell()

    @on(Input.Submitted, "#name")
    def _take(self, event: Input.Submitted) -> None:
        event.stop()
        if self._problem() is None:
            self.dismiss(SaveAs(place=self.place, preset=Preset()))


class ReplacePresetScreen(Dialog[bool]):
    """Gives back True when the file that is there may be replaced."""

    HELP = "r replaces the file; escape leaves it as it is, and what is in the form too."

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "r", "replace", "Replace", id="save-preset.replace", tooltip="Replace the file there is"
        )
    ]

    def __init__(self, place: PresetPlace, reason: str) -> None:
        super().__init__()
        self._place = place
        self._reason = reason

    def compose(self) -> ComposeResult:
        """Ask."""
        with Vertical(id="frame") as frame:
            frame.border_title = "Replace the preset?"
            frame.border_subtitle = "r replace · escape close"
            yield Static(Content(sanitise(f"{self._place.name}: {self._reason}")))

    def action_replace(self) -> None:
        """Allow it."""
        self.dismiss(result=True)


class VariablesScreen(Dialog["Mapping[str, str]"]):
    """Gives back a value for each variable."""

    HELP = "Enter goes to the next variable, on the last one it sends; ctrl+j sends at once."

    DEFAULT_CSS = """
    VariablesScreen Label { color: $text-muted; margin-top: 1; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "ctrl+j,ctrl+enter",
            "send",
            "Send",
            priority=True,
            id="variables.send",
            tooltip="Send the request with these values",
        ),
    ]

    def __init__(self, variables: tuple[Variable, ...], answers: Mapping[str, str]) -> None:
        super().__init__()
        self._variables = variables
        self._answers = answers

    def compose(self) -> ComposeResult:
        """Lay out a line for each."""
        with VerticalScroll(id="frame", can_focus=False) as frame:
            frame.border_title = "Before it is sent"
            frame.border_subtitle = "enter next · ctrl+j send · escape close"
            for each in self._variables:
                yield Label(Content(sanitise(each.prompt or each.name)))
                value = self._answers.get(each.name, each.default or "")
                yield Input(value, compact=True, select_on_focus=True)

    @on(Input.Submitted)
    def _next(self, event: Input.Submitted) -> None:
        event.stop()
        if event.input is self._inputs()[-1]:
            self.action_send()
        else:
            self.focus_next()

    def _inputs(self) -> list[Input]:
        return list(self.query(Input))

    def action_send(self) -> None:
        """Go, with the values."""
        names = (each.name for each in self._variables)
        values = (each.value for each in self._inputs())
        self.dismiss(dict(zip(names, values, strict=True)))


def suggested_place(folder: Path, endpoint_name: str) -> PresetPlace:
    """Suggest a name for a request that was never saved."""
    name = endpoint_name if name_problem(endpoint_name) is None else "request"
    return PresetPlace(folder=folder, name=name)


def _first_line(text: str) -> str:
    return text.partition("\n")[0]
