"""How data is printed: as the AWS CLI prints it, and safe on a terminal."""

import io
import json
from types import SimpleNamespace

import pytest
import yaml
from awscli.formatter import JSONFormatter, TableFormatter, TextFormatter
from hypothesis import given
from hypothesis import strategies as st

from tui.cli.output import Color, Format, Output, print_data_to
from tui.cli.querying import Query
from tui.domain.errors import RequestInvalid

ENDPOINTS = {
    "Endpoints": [
        {"EndpointName": "iris", "EndpointStatus": "InService", "Weights": [90.0, 10.0]},
        {"EndpointName": "a-name-that-is-longer", "EndpointStatus": "Creating", "Tags": {"a": "b"}},
        {"EndpointName": "", "Variants": [{"VariantName": "blue"}, {"VariantName": "green"}]},
    ],
    "NextToken": None,
    "Count": 3,
    "Ready": False,
}
FORMATTERS = {"json": JSONFormatter, "text": TextFormatter, "table": TableFormatter}

words = st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=40)
scalars = st.none() | st.booleans() | st.integers() | words
plain = st.dictionaries(words.map("s{}".format), scalars, max_size=4)
# As in any AWS shape, what is nested under one name is plain under none of the same name.
shapes = st.recursive(
    plain,
    lambda inner: st.builds(
        dict.__or__,
        plain,
        st.dictionaries(
            words.map("n{}".format),
            inner | st.lists(inner, max_size=3) | st.lists(scalars, max_size=3),
            max_size=3,
        ),
    ),
    max_leaves=8,
)


class Screen(io.StringIO):
    """A terminal, as far as its writers can tell."""

    encoding = "utf-8"

    def isatty(self):
        return True


def printed(data, form, *, title="", query=None, color=Color.AUTO, to=None):
    to = to or io.StringIO()
    output = Output(format=Format(form), query=query and Query(query), color=color)
    print_data_to(to, data, output, title=title)
    return to.getvalue()


def printed_by_aws(data, form, title):
    to = io.StringIO()
    FORMATTERS[form](SimpleNamespace(color="off", query=None))(title, data, to)
    return to.getvalue()


@pytest.mark.parametrize("form", FORMATTERS)
def test_it_looks_as_the_aws_cli_prints_it(form):
    assert printed(ENDPOINTS, form, title="ListEndpoints") == printed_by_aws(
        ENDPOINTS, form, "ListEndpoints"
    )


@given(data=shapes, title=words.filter(bool))
@pytest.mark.parametrize("form", FORMATTERS)
def test_any_shape_looks_as_the_aws_cli_prints_it(form, data, title):
    assert printed(data, form, title=title) == printed_by_aws(data, form, title)


letters = st.text(max_size=40)
numbers = st.floats(allow_nan=False) | st.integers()
documents = st.recursive(
    st.none() | st.booleans() | numbers | letters,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(letters, inner, max_size=4),
    max_leaves=12,
)


@given(data=documents)
def test_yaml_is_read_as_what_it_was(data):
    if data != {}:
        assert yaml.safe_load(printed(data, "yaml")) == data
        assert yaml.safe_load(printed(data, "yaml-stream")) == [data]


@pytest.mark.parametrize(
    "text",
    ["yes", "No", "null", "~", "1", "1e3", "0x1f", "2026-11-25", "a: b", "a #b", "a:", " a", "- a"],
)
def test_a_text_that_yaml_would_take_for_something_else_is_quoted(text):
    assert yaml.safe_load(printed({text: text}, "yaml")) == {text: text}


def test_yaml_is_easy_to_read():
    out = printed(ENDPOINTS, "yaml", query="{E: Endpoints[:1], Arn: 'arn:aws:x/y', None: Nope}")
    assert out == (
        "E:\n- EndpointName: iris\n  EndpointStatus: InService\n  Weights:\n  - 90.0\n  - 10.0\n"
        "Arn: arn:aws:x/y\nNone: null\n"
    )


def test_nothing_is_printed_where_that_is_wanted():
    assert printed(ENDPOINTS, "off") == ""


def test_a_query_chooses_what_is_printed():
    names = "Endpoints[].EndpointName"
    assert json.loads(printed(ENDPOINTS, "json", query=names)) == [
        "iris",
        "a-name-that-is-longer",
        "",
    ]
    assert printed(ENDPOINTS, "text", query="Endpoints[:2].EndpointName") == (
        "iris\ta-name-that-is-longer\n"
    )
    assert printed(ENDPOINTS, "json", query="Nothing") == "null\n"


def test_a_table_shows_also_what_the_aws_cli_leaves_out_or_trips_over():
    assert "3" in printed(ENDPOINTS, "table", title="T", query="Count")
    assert printed([["a", "b"], ["c"], "d"], "table", title="T").count("\n") == 7
    assert printed({"name": "日本"}, "table", title="T").splitlines()[-2] == "|  name |  日本  |"


def test_a_query_that_cannot_be_applied_is_said():
    with pytest.raises(RequestInvalid, match="--query cannot be applied"):
        printed(ENDPOINTS, "json", query="length(Count)")


HOSTILE = {"Name": "a\x1b[31m\u202eb\x9b\tc\nd", "\x07": "x\U000e0001"}


@pytest.mark.parametrize("form", [each for each in Format if each is not Format.OFF])
def test_on_a_terminal_nothing_from_outside_is_obeyed(form):
    out = printed(HOSTILE, form, title="T", to=Screen())
    assert all(
        each.isprintable() or each in "\n\t"
        for each in out.replace("\x1b[1m", "").replace("\x1b[0m", "")
    )
    if form is Format.JSON:
        assert json.loads(out) == HOSTILE
    elif form in (Format.YAML, Format.YAML_STREAM):
        assert yaml.safe_load(out) in (HOSTILE, [HOSTILE])
    else:
        assert "a␛[31m" in out


def test_into_a_pipe_goes_what_there_is():
    assert "\x1b[31m\u202eb\x9b\tc\nd" in printed(HOSTILE, "text")


def test_only_tables_are_coloured_and_only_where_somebody_looks(monkeypatch):
    monkeypatch.delenv("NO_COLOR", raising=False)
    data = {"Name": "iris"}
    assert "\x1b[1miris\x1b[0m" in printed(data, "table", title="T", to=Screen())
    assert "\x1b" not in printed(data, "table", title="T")
    assert "\x1b" in printed(data, "table", title="T", color=Color.ON)
    assert "\x1b" not in printed(data, "table", title="T", color=Color.OFF, to=Screen())
    assert "\x1b" not in printed(data, "json", color=Color.ON) + printed(
        data, "text", color=Color.ON
    )
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b" not in printed(data, "table", title="T", to=Screen())


def test_json_stays_json_where_the_encoding_has_no_such_letter():
    to = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    print_data_to(to, {"a": "é"}, Output(), title="T")
    assert json.loads(to.buffer.getvalue()) == {"a": "é"}
