"""The stack of the names of open elements is a list to whoever uses it, of any size."""

import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.body.laying_out import laid_out, rows_of
from tui.body.lenses import PRETTY
from tui.body.markup.open_names import OpenNames

MANY = 20_000


@given(st.lists(st.tuples(st.booleans(), st.integers(1, MANY)), max_size=6), st.data())
def test_it_is_a_list_of_names(changes, data):
    names, expected = OpenNames(), []
    for opens, count in changes:
        if opens:
            some = [b"%d" % at for at in range(len(expected), len(expected) + count)]
            for name in some:
                names.append(name)
            expected += some
        else:
            for _ in range(min(count, len(expected))):
                assert names.pop() == expected.pop()
        assert len(names) == len(expected)
        assert names.innermost == (expected[-1] if expected else None)
        assert bool(names.inner) == bool(expected)
        near = data.draw(st.integers(1, 100))
        assert [*names.from_innermost(near)] == expected[::-1][:near]


@given(st.lists(st.integers(0, 9_000), max_size=4))
def test_what_is_taken_from_the_innermost_and_put_there_is_settled(counts):
    names, expected = OpenNames(), []
    for count in counts:
        some = [b"a"] * count
        names.inner.extend(some)
        expected += some
        names.settle()
        del names.inner[: len(names.inner)]
        del expected[names.outer_count :]
        names.settle()
        assert [*names.from_innermost(4_000)] == expected[::-1][:4_000]
        assert len(names) == len(expected)
        assert bool(names.inner) == bool(expected)


@pytest.mark.parametrize(
    ("spell", "bytes_each"), [("ul", 1), ("element", 1), ("%d", 8), ("name" * 20, 82)]
)
def test_names_of_millions_of_elements_take_less_than_their_tags(spell, bytes_each):
    count = 100_000
    tracemalloc.start()
    try:
        names = OpenNames()
        for number in range(count):
            names.append((spell.replace("%d", str(number)) + "\n").strip().encode())
        del names.inner[:]
        taken, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert taken < count * bytes_each


def test_names_that_would_take_long_to_compress_are_kept_as_they_are():
    names, spelt = OpenNames(), [b"%d" % number * 100 for number in range(MANY)]
    for name in spelt:
        names.append(name)
    assert [names.pop() for _ in spelt] == spelt[::-1]


def test_markup_that_is_deeper_than_what_is_kept_together_is_laid_out():
    depth = 20_000
    xml = b"<a>\n" * depth + b"<b>1</b>" + b"\n</a>" * depth
    for content_type, data in (
        ("application/xml", xml),
        ("text/html", b"<!doctype html>" + xml.replace(b"a>", b"div>").replace(b"b>", b"p>")),
    ):
        for budget in (1 << 12, 1 << 24):
            document = laid_out(data, content_type, PRETTY, budget)
            assert document.is_complete
            assert "mistake" not in document.words
            lines = [row.source.strip() for row in rows_of(document)]
            assert lines == [
                *(["<!doctype html>"] if content_type == "text/html" else []),
                *data.removeprefix(b"<!doctype html>").decode().splitlines(),
            ]
