"""The array that a table is made of, against a walk through what json reads."""

import json

from hypothesis import given
from hypothesis import strategies as st

from tui.body.table.json_array import find_array

scalars = st.sampled_from([None, True, 1, -2.5, "", "text", "]", "[{", '"', "\\", 'a\\"]', "é"])
keys = st.sampled_from(["a", "b", "c", "data", "]", '"', "\\"])
values = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=4),
    max_leaves=30,
)
separators = st.sampled_from([(",", ":"), (", ", ": "), (" ,\n", "\t:\r\n")])


def arrays_outside_arrays(value, path=()):
    """Yield where arrays are that are in no other array, and their first items, in order."""
    if isinstance(value, list):
        yield path, value[:1]
    elif isinstance(value, dict):
        for key, each in value.items():
            yield from arrays_outside_arrays(each, (*path, key))


def expected(value):
    arrays = list(arrays_outside_arrays(value))
    records = [path for path, first in arrays if first and isinstance(first[0], list | dict)]
    scalars = [path for path, first in arrays if first]
    return next(iter(records + scalars), None)


def value_at(value, path):
    for key in path:
        value = value[key]
    return value


@given(values, separators, st.booleans())
def test_the_first_array_of_records_is_found_or_else_of_scalars(value, separators, is_ascii):
    text = json.dumps(value, separators=separators, ensure_ascii=is_ascii)
    found, path = find_array(text.encode(), 1 << 20), expected(value)
    if path is None:
        assert found is None
        return
    items, _ = json.JSONDecoder().raw_decode("[" + text.encode()[found.start :].decode())
    assert items == value_at(value, path)
    assert found.holds_records == isinstance(items[0], list | dict)


@given(values, st.integers(0, 200))
def test_a_start_that_ends_anywhere_finds_no_other_array(value, size):
    data = json.dumps(value).encode()
    part, whole = find_array(data, size), find_array(data, len(data))
    if part is not None and part.holds_records:
        assert part == whole


def test_what_is_before_the_records_may_be_long():
    meta = {f"n{at}": {"mean": at, "std": 1, "text": "[", "bins": [[1, 2]] * 5} for at in range(40)}
    meta = {key: {**each, "bins": [1, "]", 2]} for key, each in meta.items()}
    data = json.dumps({"meta": meta, "predictions": [{"a": 1}]}).encode()
    assert find_array(data, 64 * 1024).path == "predictions"
