"""Sums of numbers as they are spelt: the same in slices as at once."""

import json
from math import isclose, sqrt

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tui.body.vector.number_sums import NumberSums

spelt = st.sampled_from(["0", "-1.5", "1E3", "7", "0." + "3" * 50, "12345678901234567890"])
blanks = st.sampled_from(["", " ", "\n" + " " * 40])
numbers = st.lists(st.tuples(blanks, spelt, blanks).map("".join), min_size=1, max_size=20)


def summed(data, budget_bytes):
    observed = []
    sums = NumberSums(data, 0, len(data), lambda at, some: observed.append((at, some)))
    while not sums.is_complete:
        before = sums.position
        sums.advance(budget_bytes)
        assert before < sums.position <= before + max(1, budget_bytes)
    return sums, observed


@given(numbers, st.integers(0, 60))
@example(["1"], 0)
def test_sums_are_the_same_in_slices_as_at_once(numbers, budget_bytes):
    data = ("[" + ",".join(numbers) + "]").encode()
    sums, observed = summed(data, budget_bytes)
    values = [float(value) for value in json.loads(data)]
    assert [value for _, some in observed for value in some] == values
    assert all(
        at == sum(len(some) for _, some in observed[:n]) for n, (at, _) in enumerate(observed)
    )
    summary = sums.summary
    assert summary.count == len(values)
    assert (float(summary.least), float(summary.greatest)) == (min(values), max(values))
    assert isclose(summary.mean, sum(values) / len(values), rel_tol=1e-9, abs_tol=1e-6)
    assert isclose(summary.norm, sqrt(sum(value * value for value in values)), rel_tol=1e-9)


@given(
    numbers, st.sampled_from(['"a"', "null", "{}", "1x"]), st.integers(0, 20), st.integers(1, 60)
)
def test_what_is_no_number_has_no_sum(numbers, other, at, budget_bytes):
    words = [*numbers[:at], other, *numbers[at:]]
    data = ("[" + ",".join(words) + "]").encode()
    assert summed(data, budget_bytes)[0].summary is None


@pytest.mark.parametrize("factor", ["1e-200", "1e200"])
def test_the_norm_is_that_of_numbers_of_any_size(factor):
    small = [3, 4] * 8
    data = json.dumps([each * float(factor) for each in small]).encode()
    assert isclose(summed(data, 50)[0].summary.norm, 200**0.5 * float(factor))


def test_a_number_as_long_as_a_body_is_not_read():
    assert summed(b"[1, " + b"1" * 900_000 + b"]", 32_768)[0].summary.count == 2
    sums, _ = summed(b"[1, " + b"1" * 3_000_000 + b"]", 32_768)
    assert not sums.is_numeric
    assert sums.position < 1_100_000
