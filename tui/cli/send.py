"""``sagescope send``: a preset to the endpoint that it names, or to another.

What the preset says holds unless a flag says otherwise; placeholders are filled in as in the
program, their variables by ``--var``. The rest is as for ``invoke-endpoint``.
"""

from __future__ import annotations

import os
from argparse import SUPPRESS, ArgumentTypeError
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from tui.cli.aws_profile import AwsProfile
from tui.cli.connection_flags import add_call_flags
from tui.cli.flags import add_presets_flag
from tui.cli.headless import configuration_problem, open_explorer, run, wait
from tui.cli.invoke_endpoint import add_telling_flags, tell_exchange
from tui.cli.narration import request_lines, tell
from tui.cli.outfile import Outfile
from tui.cli.output import add_output_flags, output_of
from tui.cli.parameters import body_value, text_value
from tui.demo.preset_files import demo_presets
from tui.domain.errors import RequestInvalid, StorageFailed
from tui.domain.fields import FIELDS
from tui.domain.placeholders import filling_of
from tui.domain.requests import InlineBody
from tui.store.presets import open_presets
from tui.store.problems import unknown

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Mapping, Sequence

    from tui.cli.starting import Start
    from tui.domain.exchanges import Exchange
    from tui.domain.placeholders import Filling
    from tui.domain.presets import OpenedPreset, Preset, PresetPlace
    from tui.domain.requests import InvocationRequest
    from tui.store.presets import PresetStore

EPILOG = """\
A name is looked for in your folders, in their order, and then among the presets of the demo: yours
wins, and the other is told. `sagescope presets` lists them all; a path takes any.

A member's name is AWS's (ContentType), ours (content_type) or an option's (content-type). The body
may be text, fileb://PATH, or - for standard input. A member that is set to nothing is not sent.

examples:
  sagescope send "iris smoke test" | jq .
  sagescope send team/llm --endpoint staging-llm --set accept=application/json --var city=Oslo
"""


def fill_parser(parser: ArgumentParser) -> None:
    """Add what this command takes, and the words of its help."""
    parser.set_defaults(run=send_preset)
    parser.description = "Send a preset once. The body of the answer goes to standard output."
    parser.epilog = EPILOG
    parser.add_argument("preset", metavar="PRESET", help="its name, or the path of its file")
    parser.add_argument("--endpoint", metavar="NAME", help="send it there instead")
    parser.add_argument(
        "--set",
        dest="members",
        metavar="MEMBER=VALUE",
        type=_pair,
        action="append",
        default=[],
        help="change a member of the request; may be repeated",
    )
    parser.add_argument(
        "--var",
        dest="variables",
        metavar="NAME=VALUE",
        type=_pair,
        action="append",
        default=[],
        help="answer what the preset asks for; may be repeated",
    )
    parser.add_argument(
        "-o", "--outfile", metavar="FILE", default="-", help="file for the body of the answer"
    )
    add_output_flags(parser)
    add_telling_flags(parser)
    add_presets_flag(parser, default=SUPPRESS)
    add_call_flags(parser)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sent:
    """What is to be sent, and where it comes from."""

    opened: OpenedPreset
    request: InvocationRequest
    filling: Filling | None


def send_preset(arguments: Namespace, begun: Start) -> int:
    """Send it; return the exit status.

    Raises:
        ExplorerError: nothing was sent; or what came cannot be printed.
    """
    output = output_of(arguments, os.environ, AwsProfile(arguments))
    if status := configuration_problem(begun):
        return status
    outfile = Outfile(name=arguments.outfile)
    outfile.check()
    presets = open_presets(begun.paths, begun.loaded.settings.presets, (demo_presets(),))
    sent = _prepared(presets, arguments)
    exchange = _exchanged(sent, arguments, begun)
    if exchange.attempts:
        _note_use(presets, sent.opened.place)
    return tell_exchange(exchange, outfile, output, arguments)


def _note_use(presets: PresetStore, place: PresetPlace) -> None:
    """Put the preset among the first of the list; the answer is worth more than that."""
    try:
        presets.mark_used(place, datetime.now(UTC))
    except StorageFailed as error:
        tell(f"sagescope: {error.summary}")


def _exchanged(sent: _Sent, arguments: Namespace, begun: Start) -> Exchange:
    explorer = open_explorer(arguments, begun)

    async def work() -> Exchange:
        if arguments.debug:
            tell(*request_lines(await explorer.preview(sent.request, sent.filling), "> "))
        return await wait(
            sent.request.endpoint_name,
            lambda stop: explorer.invoke(
                sent.request,
                stop,
                filling=sent.filling,
                preset_name=sent.opened.place.name,
                keep_bodies=sent.opened.preset.keeps_bodies,
            ),
        )

    return run(explorer, work)


def _prepared(presets: PresetStore, arguments: Namespace) -> _Sent:
    try:
        place = presets.find(arguments.preset)
    except StorageFailed as error:
        raise RequestInvalid(summary=error.summary, hint=error.hint) from error
    _tell_others(presets, place, arguments.preset)
    opened = presets.read(place)
    answers = dict[str, str](arguments.variables)
    _check_variables(opened.preset, answers)
    request = changed(opened.preset.request, arguments.members)
    if arguments.endpoint:
        request = replace(request, endpoint_name=arguments.endpoint)
    if not request.endpoint_name:
        raise RequestInvalid(
            summary=f"The preset {place.name} names no endpoint", hint="Add --endpoint NAME."
        )
    try:
        filling = filling_of(replace(opened.preset, request=request), place.path.parent, answers)
    except RequestInvalid as error:
        hint = "Add --var NAME=VALUE, or a default in the preset."
        raise RequestInvalid(summary=error.summary, hint=hint) from error
    return _Sent(opened=opened, request=request, filling=filling)


def _tell_others(presets: PresetStore, taken: PresetPlace, name: str) -> None:
    """Say which of several presets of one name is sent, and how to send the others."""
    if taken.name != name:
        return
    for folder in (*presets.folders, demo_presets()):
        other = replace(taken, folder=folder)
        if other != taken and other.path.is_file():
            tell(f"sagescope: {name} is {taken.path}", f"there is another: {other.path}")


def changed(request: InvocationRequest, members: Sequence[tuple[str, str]]) -> InvocationRequest:
    """Return ``request`` with members set.

    Raises:
        RequestInvalid: there is no such member, or a file cannot be read.
    """
    for name, value in members:
        attribute = _attribute(name)
        option = f"--set {name}"
        if attribute == "body":
            data = body_value(option, value, None)
            request = replace(request, body=InlineBody(data=data))
        else:
            text = text_value(option, value)
            request = replace(request, **{attribute: _unset(attribute, text)})
    return request


def _unset(attribute: str, text: str) -> str | None:
    return None if not text and attribute != "endpoint_name" else text


def _attribute(name: str) -> str:
    spelt = name.replace("-", "_")
    for field in FIELDS:
        if spelt == field.attribute or name == field.api_name:
            return field.attribute
    known = [field.attribute for field in FIELDS]
    raise RequestInvalid(
        summary=f"--set {name}: {unknown('member', name, known)}",
        hint="It is --set MEMBER=VALUE.",
    )


def _check_variables(preset: Preset, answers: Mapping[str, str]) -> None:
    declared = [variable.name for variable in preset.variables]
    for name in answers:
        if name not in declared:
            known = (
                unknown("variable", name, declared) if declared else "the preset asks for nothing"
            )
            raise RequestInvalid(summary=f"--var {name}: {known}", hint="")


def _pair(text: str) -> tuple[str, str]:
    name, separator, value = text.partition("=")
    if name and separator:
        return name, value
    raise ArgumentTypeError("must be NAME=VALUE")
