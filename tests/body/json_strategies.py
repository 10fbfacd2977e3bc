"""JSON as servers spell it: any white space, odd numbers, repeated keys, escapes."""

import json

from hypothesis import strategies as st

spaces = st.text(alphabet=" \t\n\r", max_size=3)
numbers = st.sampled_from(
    ["0", "-0", "1E5", "1e400", "-1.5e-7", "0.10", "123456789012345678901234567890", "7"]
)
characters = st.one_of(
    st.characters(exclude_characters='"\\', min_codepoint=0x20, exclude_categories=["Cs"]),
    st.sampled_from(['\\"', "\\\\", "\\/", "\\n", "\\u00e9", "\\ud83d\\ude00", "\\ud800"]),
)
strings = st.lists(characters, max_size=8).map(lambda parts: '"' + "".join(parts) + '"')
scalars = st.one_of(numbers, strings, st.sampled_from(["true", "false", "null"]))


@st.composite
def _arrays(draw, values):
    items = draw(st.lists(values, max_size=5))
    return "[" + draw(spaces) + ",".join(draw(spaces) + i + draw(spaces) for i in items) + "]"


@st.composite
def _objects(draw, values):
    keys = st.one_of(strings, st.just('"same"'))
    members = draw(st.lists(st.tuples(keys, values), max_size=5))
    return (
        "{"
        + draw(spaces)
        + ",".join(draw(spaces) + k + draw(spaces) + ":" + draw(spaces) + v for k, v in members)
        + draw(spaces)
        + "}"
    )


values = st.recursive(
    scalars, lambda inner: st.one_of(_arrays(inner), _objects(inner)), max_leaves=30
)
documents = st.tuples(spaces, values, spaces).map("".join)
"""Texts that are JSON."""

plain_values = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.text()),
    lambda inner: st.one_of(st.lists(inner), st.dictionaries(st.text(), inner)),
    max_leaves=20,
)

almost_documents = st.tuples(documents, st.integers(0, 200), st.text(max_size=2)).map(
    lambda parts: parts[0][: parts[1]] + parts[2] + parts[0][parts[1] + 1 :]
)
"""JSON with one place spoilt, most of them no longer JSON."""


def tokens_of(text):
    """The tokens of JSON text, the ends of strings told by Python's own json."""
    tokens, at = [], 0
    while at < len(text):
        if text[at] in " \t\n\r":
            at += 1
        elif text[at] in "{}[],:":
            tokens.append(text[at])
            at += 1
        elif text[at] == '"':
            _, end = json.decoder.scanstring(text, at + 1)
            tokens.append(text[at:end])
            at = end
        else:
            end = at
            while end < len(text) and text[end] not in ' \t\n\r{}[],:"':
                end += 1
            tokens.append(text[at:end])
            at = end
    return tokens
