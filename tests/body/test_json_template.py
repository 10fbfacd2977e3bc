"""JSON with placeholders: judged as far as it can be, and indented around them."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.body.json.template import check_json, reindent_template

NAMES = frozenset({"n", "city"})


@pytest.mark.parametrize(
    "text",
    [
        '{"n": {{n}}}',
        '{"a": "{{city}} \\"{{uuid}}\\"", "n": [1, {{n}}]}',
        "{ {{n}}: 1}",
        '{"a": 1 {{n}} }',
        "{{file:a body.json}}",
        '{"é": "{{file:Bär "x.txt}}"}',
    ],
)
def test_what_is_json_once_filled_in_has_no_problem(text):
    checked = check_json(text, NAMES)
    assert checked.problem is None
    assert checked.has_placeholders


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ('{"a": "{{city}}", }', 1, 19),
        ('{"n": {{n}},\n "b": nope}', 2, 7),
        ('{"é": "{{file:Bär}}" "b"}', 1, 22),
        ('{"n": {{unknown}}}', 1, 8),
    ],
)
def test_what_is_none_whatever_is_filled_in_is_told_where(text, line, column):
    problem = check_json(text, NAMES).problem
    assert (problem.line, problem.column) == (line, column)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ('{"n": {{unknown}}}', "unknown"),
        ("{ {{unknown}}: 1}", "unknown"),
        ('["{{é", {{a}}, {{b}}]', "a"),
        ('{"n": {{n}}, "b": {{city}}, "c": nope}', None),
        ('{"n": {{not a name}}}', None),
        ('{"n": {{unknown}}', "unknown"),
    ],
)
def test_a_variable_that_nobody_declared_is_told_by_its_name(text, name):
    assert check_json(text, NAMES).undeclared == name
    assert check_json(text, None).undeclared is None


def test_where_nothing_is_filled_in_braces_are_a_mistake():
    checked = check_json('{"n": {{n}}}', None)
    assert checked.problem is not None
    assert not checked.has_placeholders


PARTS = st.sampled_from(
    ["{{n}}", '"{{city}}"', '"a {{uuid}}\\" {{city}}"', '"x"', "12", "{{file:a  b.txt}}"]
)
VALUES = st.recursive(
    PARTS,
    lambda inner: (
        st.lists(inner, max_size=3).map(lambda each: f"[{' , '.join(each)}]")
        | st.lists(inner.map('"{{{{city}}}} k" :{}'.format), max_size=3).map(
            lambda each: f"{{{',  '.join(each)}}}"
        )
    ),
)


@given(text=VALUES)
def test_indenting_moves_white_space_only_and_keeps_every_placeholder(text):
    pretty = reindent_template(text, NAMES)
    assert "".join(pretty.split()) == "".join(text.split())
    assert reindent_template(pretty, NAMES) == pretty

    def filled(template):
        for name, value in (("{{n}}", "1"), ("{{city}}", "Ulm"), ("{{file:a  b.txt}}", "2")):
            template = template.replace(name, value)
        return template

    assert json.loads(filled(pretty)) == json.loads(filled(text))
