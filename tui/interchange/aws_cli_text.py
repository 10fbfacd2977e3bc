"""A request as a line for the AWS CLI, the same for its versions 1 and 2.

The body goes through ``fileb://``, the only spelling that both versions take as it is: version 2
decodes a body on the command line as base64, and sends garbage where that happens to succeed.
Values that look like ``file://`` or a URL would be read or fetched; they go through files of their
own, as this command takes no ``--cli-input-json`` in version 1. ``AWS_MAX_ATTEMPTS=1`` keeps the
CLI from invoking a slow model several times.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from tui.interchange.copied import Copied
from tui.interchange.shell_writing import command, option, quoted, write_file
from tui.interchange.sources import answer_file, check_sendable, file_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tui.domain.fields import Field
    from tui.interchange.sources import Source

UNKNOWN_TO_CLI = frozenset({"prefix_aware_id"})
"""Members without an option in the CLI (1.46, 2.36)."""
_FOLLOWED = ("file://", "fileb://", "http://", "https://")


def cli_option(member: Field) -> str:
    """Return a member's option: ``TargetVariant`` is ``--target-variant``."""
    return f"--{member.attribute.replace('_', '-')}"


def aws_cli_text(source: Source) -> Copied:
    """Return commands that send the request, and write the answer to a file.

    Raises:
        RequestInvalid: no tool could send it.
    """
    check_sendable(source)
    body_lines, body_path = body_for_shell(source, may_expand=True)
    member_lines, member_options = _member_options(source)
    line = command(
        f"{_environment(source)}aws sagemaker-runtime invoke-endpoint",
        *member_options,
        option("--body", f"fileb://{body_path}"),
        *_connection_options(source),
        quoted(answer_file(source)),
    )
    missing = [each.api_name for each, _ in source.members() if each.attribute in UNKNOWN_TO_CLI]
    notes = tuple(f"{name} is left out: the AWS CLI has no option for it" for name in missing)
    return Copied(
        "\n".join((*(f"# {note}" for note in notes), *body_lines, *member_lines, line, "")), notes
    )


def body_for_shell(source: Source, *, may_expand: bool) -> tuple[list[str], str]:
    """Return the (commands that make the body's file, its path).

    Args:
        source: what is written.
        may_expand: whether whoever reads the path would replace ``~`` and ``$`` in it.
    """
    name = file_name("request-body", source.request.content_type)
    path = source.body_file
    if path is None:
        return [write_file(source.body, name)], name
    spelt = str(path)
    is_expanded = may_expand and ("$" in spelt or "%" in spelt or spelt.startswith("~"))
    if is_expanded or spelt.startswith("-"):
        return [f"cat < {quoted(spelt)} > {quoted(name)}"], name
    return [], spelt


def _environment(source: Source) -> str:
    credentials = source.destination.credentials
    variables = ["AWS_MAX_ATTEMPTS=1"]
    if credentials is not None:
        key_id, secret = (quoted(each) for each in credentials)
        variables += [f"AWS_ACCESS_KEY_ID={key_id}", f"AWS_SECRET_ACCESS_KEY={secret}"]
    return "".join(f"{each} " for each in variables)


def _member_options(source: Source) -> tuple[list[str], list[str]]:
    """Return the (commands that make files, options)."""
    files: list[str] = []
    options: list[str] = []
    for member, value in source.members():
        name = cli_option(member)
        if member.attribute in UNKNOWN_TO_CLI:
            continue
        if value.startswith(_FOLLOWED):
            path = f"{name.removeprefix('--')}.txt"
            files.append(write_file(value.encode(), path))
            options.append(option(name, f"file://{path}"))
        else:
            options.append(option(name, value))
    return files, options


def _connection_options(source: Source) -> Iterator[str]:
    destination = source.destination
    if destination.profile:
        yield option("--profile", destination.profile)
    if destination.region:
        yield option("--region", destination.region)
    if destination.endpoint_url:
        yield option("--endpoint-url", destination.endpoint_url)
    yield option("--cli-read-timeout", f"{math.ceil(destination.read_timeout_s)}")
