"""`Field.problem` against rules written a second time, without regular expressions."""

from __future__ import annotations

from string import ascii_letters, digits

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tui.domain.fields import (
    ASCII_PATTERN,
    NAME_PATTERN,
    PRINTABLE_PATTERN,
    TEXT_FIELDS,
    field_named,
    problems,
)

ALPHANUMERIC = set(ascii_letters + digits)
PRINTABLE = {chr(code) for code in range(0x20, 0x7F)}


def is_name(value):
    return {value[0], value[-1]} <= ALPHANUMERIC and set(value) <= ALPHANUMERIC | {"-"}


def is_printable(value):
    return not value[0].isspace() and set(value[1:]) <= PRINTABLE


def is_session(value):
    return value == "NEW_SESSION" or is_name(value)


FORMS = {
    NAME_PATTERN: is_name,
    PRINTABLE_PATTERN: is_printable,
    ASCII_PATTERN: str.isascii,
    field_named("inference_component_name").pattern: is_name,
    field_named("session_id").pattern: is_session,
    ".*": lambda value: True,
}

# Mostly what is allowed, so that not every value is refused for its first character.
characters = st.sampled_from("aZ09--- _./~é\x1f\x7f\r\n\0\t ") | st.characters(
    max_codepoint=0x7E, min_codepoint=0x20
)
values = st.text(characters, max_size=70) | st.from_regex(r"[a-zA-Z0-9-]{1,70}", fullmatch=True)


def is_allowed(field, value):
    if not value:
        return not field.is_required
    if set(value) & set("\r\n\0"):
        return False
    return len(value) <= field.max_length and FORMS[field.pattern](value)


@pytest.mark.parametrize("field", TEXT_FIELDS, ids=lambda field: field.attribute)
@given(value=values)
@example(value="")
@example(value="NEW_SESSION")
@example(value="a" * 63)
@example(value="a" * 64)
@example(value="-a")
@example(value="a-")
@example(value="a--b")
@example(value="name\n")
def test_a_value_has_a_problem_exactly_when_it_breaks_a_rule(field, value):
    assert (field.problem(value) is None) == is_allowed(field, value)


@pytest.mark.parametrize("field", TEXT_FIELDS, ids=lambda field: field.attribute)
def test_the_limit_is_the_last_length_that_is_allowed(field):
    assert field.problem("a" * field.max_length) is None
    assert f"{field.max_length:,}" in field.problem("a" * (field.max_length + 1))


@pytest.mark.parametrize("field", TEXT_FIELDS, ids=lambda field: field.attribute)
def test_usual_values_have_no_problem(field):
    assert [value for value in field.usual_values if field.problem(value)] == []


@given(st.dictionaries(st.sampled_from([each.attribute for each in TEXT_FIELDS]), values))
def test_problems_are_those_of_the_fields_one_by_one(given_values):
    found = problems(given_values)
    for attribute, value in given_values.items():
        assert found.get(attribute) == field_named(attribute).problem(value)
    assert set(found) <= set(given_values)


def test_a_long_value_that_almost_matches_is_refused_at_once():
    # The service's own name pattern can backtrack without end on longer text than is allowed.
    assert field_named("endpoint_name").problem("a" * 62 + "!") is not None
    assert field_named("endpoint_name").problem("-" * 100_000) is not None


def test_a_member_that_does_not_exist_is_an_error():
    with pytest.raises(KeyError):
        field_named("target_varient")
