"""A reproduction bundle before it is written: where, what is masked, and every file as it will be.

a switch, a path to mask ──▶ files made anew, on a thread ──▶ list ──▶ the one under the cursor
                                               enter ──▶ ToWrite
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.getters import query_one
from textual.widgets import Checkbox, Input, OptionList, Static
from textual.widgets.option_list import Option

from tui.blocking import run_blocking
from tui.body.sanitise import sanitise
from tui.body.shown_body import ShownBody
from tui.bundles import ZIP_SUFFIX, bundle_path, is_zip, make_files, suggested_name
from tui.domain.bundles import Masking
from tui.domain.errors import ExplorerError
from tui.interchange.bundle_masking import unmatched_paths
from tui.screens.dialog import Dialog
from tui.widgets.body_view.view import BodyView
from tui.widgets.outcome_words import size_words
from tui.widgets.tick_box import TickBox

if TYPE_CHECKING:
    from datetime import datetime

    from textual.app import ComposeResult
    from textual.timer import Timer

    from tui.domain.bundles import BundleFile
    from tui.interchange.bundle_subject import BundleSubject

_TYPING_S = 0.3
_SIZE_CELLS = 8
_SWITCHES = {
    "mask-account-ids": "accounts",
    "mask-arns": "ARNs",
    "mask-custom-attributes": "custom attributes",
    "mask-session-ids": "session ids",
}
_MEDIA_TYPES = {
    ".json": "application/json",
    ".jsonl": "application/jsonlines",
    ".csv": "text/csv",
    ".md": "text/markdown",
    ".py": "text/x-python",
    ".sh": "application/x-sh",
    ".toml": "application/toml",
    ".txt": "text/plain",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ToWrite:
    """A bundle as it was looked at, and where it is to be written."""

    path: Path
    files: tuple[BundleFile, ...]


class BundleScreen(Dialog[ToWrite]):
    """Gives back what is to be written where.

    Args:
        subject: what the bundle is made from.
        moment: when it was sent, or now; for the name. Aware, UTC.
    """

    HELP = """\
A bundle is a folder, or a zip, with which a colleague sees and repeats what you saw: request and
answer byte for byte, a text for a ticket, a preset, and scripts for the AWS CLI, boto3 and curl.
`sagescope open` shows it as it is here.

Up and down go through the files; what is shown is exactly what will be written. Tab goes to the
name and the switches, space turns one. What is masked is masked wherever it occurs; a value at a
JSON path of fewer than 8 characters only where the path leads. JSON paths name values in the
bodies, separated by spaces: inputs[0].name items[*].id; p in a body copies such a path. No
credential is ever in a bundle.
"""

    DEFAULT_CSS = """
    BundleScreen {
        & > #frame { width: 96%; max-width: 150; height: 92%; }
        & Input {
            width: 1fr; background: transparent; padding: 0;
            &:focus { background: transparent; }
        }
        & .label { width: 12; color: $text-muted; }
        & .row { height: 1; }
        & #switches { height: auto; }
        & TickBox {
            padding: 0 2 0 0; border: none; background: transparent; width: auto;
            &:focus { background: transparent; }
        }
        & #told { height: auto; max-height: 3; color: $text-muted; }
        & #contents { height: 1fr; border-top: solid $border-idle; }
        & #files {
            width: 2fr; max-width: 48; height: 1fr; border: none; padding: 0;
            background: transparent; text-wrap: nowrap; text-overflow: ellipsis;
            &:focus { background: transparent; }
            & > .option-list--option { padding: 0 1; }
        }
        & BodyView { width: 3fr; height: 1fr; border-left: solid $border-idle; }
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "ctrl+j,ctrl+s",
            "write",
            "Write",
            priority=True,
            id="bundle.write",
            tooltip="Write the files as they are shown",
        ),
    ]

    path = query_one("#path", Input)
    json_paths = query_one("#json-paths", Input)
    as_zip = query_one("#as-zip", Checkbox)
    listing = query_one("#files", OptionList)
    view = query_one(BodyView)
    told = query_one("#told", Static)

    def __init__(self, subject: BundleSubject, moment: datetime) -> None:
        super().__init__()
        self._subject = subject
        self._name = suggested_name(subject.source.request.endpoint_name, moment)
        self._typing: Timer | None = None
        self.files: tuple[BundleFile, ...] = ()
        """As they would be written now; empty where they cannot be."""

    def compose(self) -> ComposeResult:
        """Lay out the name, the switches, and the files."""
        with Vertical(id="frame") as frame:
            name = sanitise(self._subject.source.request.endpoint_name)
            frame.border_title = Content(f"Reproduction bundle · {name}")
            frame.border_subtitle = "enter write · tab next · escape close"
            with Horizontal(classes="row"):
                yield Static("Write to", classes="label")
                yield Input(self._name, compact=True, select_on_focus=False, id="path")
            with Horizontal(id="switches"):
                yield Static("Mask", classes="label")
                for switch, label in _SWITCHES.items():
                    yield TickBox(Content(label), compact=True, id=switch)
            with Horizontal(classes="row"):
                yield Static("JSON paths", classes="label")
                placeholder = "mask values in the bodies: inputs[0].name items[*].id"
                yield Input(placeholder=placeholder, compact=True, id="json-paths")
                yield TickBox("as a .zip", compact=True, id="as-zip")
            yield Static(id="told", markup=False)
            with Horizontal(id="contents"):
                yield OptionList(id="files", markup=False)
                yield BodyView(id="content")

    def on_mount(self) -> None:
        """Show the files with nothing masked."""
        self.listing.focus()
        self._make()

    @property
    def masking(self) -> Masking:
        """What the switches say."""
        on = {switch: self.query_one(f"#{switch}", Checkbox).value for switch in _SWITCHES}
        return Masking(
            account_ids=on["mask-account-ids"],
            arns=on["mask-arns"],
            custom_attributes=on["mask-custom-attributes"],
            session_ids=on["mask-session-ids"],
            json_paths=tuple(self.json_paths.value.split()),
        )

    # What is shown

    @work(exclusive=True, group="bundle-files", description="make the files of a bundle")
    async def _make(self) -> None:
        await self._made()

    async def _made(self) -> bool:
        """Make the files as the switches are; tell whether that went well."""
        try:
            making = partial(_made_of, self._subject, self.masking)
            files, unmatched = await run_blocking(making, name="bundle")
        except ExplorerError as error:
            self.told.update(Content.styled(_words(error), "$text-error"))
            self._show(())
            return False
        self.told.update(
            Content("\n").join([*_unmatched_words(unmatched), Content(self._told_words(files))])
        )
        self._show(files)
        return True

    def _told_words(self, files: tuple[BundleFile, ...]) -> str:
        total = size_words(sum(len(each.content) for each in files))
        where = "" if Path(self.path.value).is_absolute() else f" in {sanitise(str(Path.cwd()))}"
        return f"{len(files)} files, {total}{where}. This is exactly what will be written:"

    def _show(self, files: tuple[BundleFile, ...]) -> None:
        at = self.listing.highlighted or 0
        self.files = files
        self.listing.clear_options()
        self.listing.add_options(_option(each) for each in files)
        if files:
            self.listing.highlighted = min(at, len(files) - 1)
            self._show_file()
        else:
            self.view.shown = None

    @on(OptionList.OptionHighlighted)
    def _move(self, event: OptionList.OptionHighlighted) -> None:
        event.stop()
        self._show_file()

    def _show_file(self) -> None:
        at = self.listing.highlighted
        if at is not None and at < len(self.files):
            file = self.files[at]
            media_type = _MEDIA_TYPES.get(Path(file.name).suffix, "application/octet-stream")
            self.view.shown = ShownBody(file.content, media_type)

    @on(BodyView.Described)
    def _ignore_words(self, event: BodyView.Described) -> None:
        event.stop()

    # What is chosen

    @on(Checkbox.Changed)
    def _switch(self, event: Checkbox.Changed) -> None:
        event.stop()
        if event.checkbox is self.as_zip:
            self._rename(as_zip=event.value)
        else:
            self._make()

    def _rename(self, *, as_zip: bool) -> None:
        value = self.path.value.strip()
        if as_zip:
            self.path.value = str(bundle_path(Path(value), is_zip=True)) if value else value
        elif is_zip(Path(value)):
            self.path.value = value[: -len(ZIP_SUFFIX)]

    @on(Input.Changed, "#path")
    def _follow_name(self, event: Input.Changed) -> None:
        event.stop()
        self.as_zip.value = is_zip(Path(event.value.strip()))

    @on(Input.Changed, "#json-paths")
    def _follow_paths(self, event: Input.Changed) -> None:
        event.stop()
        if self._typing is not None:
            self._typing.stop()
        self._typing = self.set_timer(_TYPING_S, self._make)

    @on(Input.Submitted)
    @on(OptionList.OptionSelected)
    @on(TickBox.Submitted)
    def _take(self, event: Input.Submitted | OptionList.OptionSelected | TickBox.Submitted) -> None:
        event.stop()
        self.action_write()

    @work(exclusive=True, group="bundle-files", description="make the files to be written")
    async def action_write(self) -> None:
        """Go, with the files as the switches are now."""
        if self.path.value.strip() and await self._made():
            self.dismiss(ToWrite(path=Path(self.path.value.strip()), files=self.files))


def _made_of(
    subject: BundleSubject, masking: Masking
) -> tuple[tuple[BundleFile, ...], tuple[str, ...]]:
    """Return (the files, the JSON paths that mask nothing)."""
    return make_files(subject, masking), unmatched_paths(subject, masking)


def _unmatched_words(paths: tuple[str, ...]) -> list[Content]:
    if not paths:
        return []
    what = f"{' and '.join(paths)} {'is' if len(paths) == 1 else 'are'} in neither body"
    return [Content.styled(sanitise(f"{what}: nothing is masked there."), "$text-warning")]


def _option(file: BundleFile) -> Option:
    size = size_words(len(file.content)).rjust(_SIZE_CELLS)
    return Option(Content.assemble((f"{size}  ", "$text-muted"), Content(sanitise(file.name))))


def _words(error: ExplorerError) -> str:
    return " ".join(filter(None, (sanitise(error.summary), sanitise(error.hint))))
