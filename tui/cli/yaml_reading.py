"""YAML as version 2 of the AWS CLI reads it: as 1.2, where only the words of JSON are special.

PyYAML reads 1.1, where ``no`` is false and ``1:30`` ninety, and takes the last of two values of one
key. Imported when YAML is asked for: 19 ms.
"""

from __future__ import annotations

import re
from collections import Counter

import yaml
from yaml.composer import ComposerError

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

    def compose_mapping_node(  # pyright: ignore[reportIncompatibleMethodOverride] - its stubs err
        self, anchor: dict[str, yaml.Node]
    ) -> yaml.MappingNode:
        """Read a map in which each key has one value."""
        node = super().compose_mapping_node(anchor)
        keys = [key for key, _ in node.value if isinstance(key, yaml.ScalarNode)]
        counts = Counter(key.value for key in keys)
        for key in keys:
            if counts[key.value] > 1:
                what = f"found two values of {key.value}"
                raise ComposerError(None, None, what, key.start_mark)
        return node


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
    except (AttributeError, LookupError) as error:  # PyYAML's own slips, as at `!!bool maybe`
        raise ValueError("a value is not what its tag says") from error
