"""YAML as version 2 of the AWS CLI reads it: as 1.2, where only the words of JSON are special.

PyYAML reads 1.1, where ``no`` is false and ``1:30`` ninety. Imported when YAML is asked for: 19 ms.
"""

from __future__ import annotations

import re

import yaml

_WORDS = {
    "tag:yaml.org,2002:bool": (re.compile(r"true|True|TRUE|false|False|FALSE"), "tTfF"),
    "tag:yaml.org,2002:int": (
        re.compile(r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+"),
        "-+0123456789",
    ),
    "tag:yaml.org,2002:float": (
        re.compile(
            r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?"
            r"|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)"
        ),
        "-+.0123456789",
    ),
    "tag:yaml.org,2002:null": (re.compile(r"~|null|Null|NULL|"), ["~", "n", "N", ""]),
}


class _Loader(yaml.SafeLoader):
    yaml_implicit_resolvers = {}  # noqa: RUF012 - filled below, as PyYAML has it


for _tag, (_pattern, _first) in _WORDS.items():
    _Loader.add_implicit_resolver(  # pyright: ignore[reportUnknownMemberType] - its stubs are bare
        _tag, re.compile(rf"(?:{_pattern.pattern})\Z"), list(_first)
    )


def read_yaml(text: str) -> object:
    """Return what a document says; None for an empty one.

    Raises:
        ValueError: it is no YAML, or more than one document.
    """
    try:
        return yaml.load(text, _Loader)  # noqa: S506 - it is a SafeLoader
    except (yaml.YAMLError, RecursionError) as error:
        raise ValueError(" ".join(str(error).split())) from error
