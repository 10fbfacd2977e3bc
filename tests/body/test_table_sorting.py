"""Sorting a table, against the standard library's stable sort."""

import json

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.body.tables import in_view, records_of, table_of
from tui.body.table.few_keys import FEW_MAX
from tui.body.table.sorting import Sorting

LINES = "application/jsonlines"
CSV = "text/csv; header=absent"

cells = st.one_of(
    st.sampled_from(["", "0", "-0.0", "1E5", "1e400", "-1e400", "nan", "  7 ", "0.1", "1_0"]),
    st.integers(-(10**20), 10**20).map(str),
    st.integers(2**53 - 3, 2**53 + 3).map(str),
    st.floats(allow_nan=False).map(repr),
    st.sampled_from(["abcdefgh", "abcdefghi", "abcdefgh2", "abcdefgh10", "é", "zz", "class 1"]),
    st.text("abé 1", max_size=10),
)


few = st.sampled_from((FEW_MAX, 3, 0))


def order_of(records, column, is_descending=False, few_max=FEW_MAX):
    sorting = Sorting(records, column, is_descending=is_descending, few_max=few_max)
    while sorting.order is None:
        assert 0.0 <= sorting.progress < 1.0
        sorting.advance()
    assert sorting.progress == 1.0
    order = list(sorting.order)
    assert [sorting.rows[record] for record in order] == list(range(records.count))
    return order


def expected_order(texts, is_descending):
    """Numbers by their values, texts by their characters, blanks last; stable."""
    numbers, others, blanks = [], [], []
    for at, text in enumerate(texts):
        key = key_of(text)
        group = blanks if key is None else others if isinstance(key, str) else numbers
        group.append((at, key))
    order = []
    for group in (numbers, others):
        order += sorted(group, key=lambda pair: pair[1], reverse=is_descending)
    return [at for at, _ in order + blanks]


def key_of(text):
    if not text.strip():
        return None
    if "_" in text:
        return text
    try:
        number = float(text)
    except ValueError:
        return text
    if number != number:
        return None
    try:
        return int(text)
    except ValueError:
        return number


@given(st.lists(cells, min_size=1, max_size=60), st.booleans(), few)
@example(["abcdefgh2", "abcdefgh10", "abcdefgh"], False, 0)
@example(["1", "0.0", "b", "", "-0.0", "1.0", "b", "a"], True, FEW_MAX)
def test_a_column_of_csv_is_sorted_as_the_standard_library_sorts(texts, is_descending, few_max):
    records = records_of("".join(f"{text},x\n" for text in texts).encode(), CSV)
    assert order_of(records, 0, is_descending, few_max) == expected_order(texts, is_descending)


@given(st.lists(cells, min_size=1, max_size=30), st.booleans(), few)
@example(["abc\0", "abc", "abc\0\0\0\0\1", "abc\0\0\0\0"], False, 0)
@example(["abc\0", "abc", "abcdefg", "abcdefg\0"], True, 0)
def test_a_column_of_json_is_sorted_the_same_way(texts, is_descending, few_max):
    lines = "\n".join(json.dumps({"a": text}) for text in texts)
    records = records_of(f"{lines}\n{{}}".encode(), LINES)
    assert order_of(records, 0, is_descending, few_max) == [
        *expected_order(texts, is_descending),
        len(texts),
    ]


@pytest.mark.parametrize("few_max", [FEW_MAX, 900, 0])
@pytest.mark.parametrize("is_descending", [False, True])
@pytest.mark.parametrize(
    "make",
    [
        lambda n: str((n * 7919) % 5000),
        lambda n: "1",
        lambda n: f"arn:aws:sagemaker:{(n * 7919) % 977}",
        lambda n: f"arn:aws:s3:{(n * 7919) % 977}"[n % 9 if n > 999 else 0 :],
        lambda n: "arn:aws:s3:" if n < 999 else f"arn:aws:s3:{n % 2 * '::::1234'}{n % 3}",
        lambda n: str(10**17 + (n * 7919) % 977),
        lambda n: f"label {n % 7}",
        lambda n: "" if n % 3 else str(-n),
    ],
    ids=[
        "numbers",
        "all alike",
        "alike at first",
        "once alike",
        "one text at first",
        "large integers",
        "few labels",
        "blanks",
    ],
)
def test_many_records_are_sorted_in_parts(make, is_descending, few_max):
    texts = [make(number) for number in range(5_000)]
    records = records_of("".join(f"{text},x\n" for text in texts).encode(), CSV)
    assert order_of(records, 0, is_descending, few_max) == expected_order(texts, is_descending)


@pytest.mark.parametrize(
    ("data", "content_type"),
    [
        (b"".join(b"%d,%b\n" % (n % 7, b"x" * 100_000) for n in range(20)), CSV),
        (
            b"\n".join(
                b'{"a": "abcdefgh%d", "b": [%b0]}' % (n % 7, b"0," * 50_000) for n in range(20)
            ),
            LINES,
        ),
    ],
    ids=["csv", "lines"],
)
def test_of_large_records_few_are_cut_at_a_time(data, content_type):
    records = records_of(data, content_type)
    sorting = Sorting(records, 0, is_descending=False, few_max=0)
    steps = 0
    while sorting.order is None:
        sorting.advance()
        steps += 1
    assert steps > records.count
    assert list(sorting.order) == sorted(range(20), key=lambda n: n % 7)


@pytest.mark.parametrize("content_type", [CSV, LINES])
def test_of_few_large_records_among_many_few_are_cut_at_a_time(content_type):
    short, long = (b"1\n", b'2,"%b"\n') if content_type == CSV else (b"[1]\n", b'[2, "%b"]\n')
    data = short * 20_000 + long % (b"x" * 200_000) * 20
    sorting = Sorting(records_of(data, content_type), 0, is_descending=True)
    steps_before = steps = 0
    while sorting.order is None:
        sorting.advance()
        steps += 1
        steps_before += sorting.progress < 20_000 / (2 * 20_020 + 1)
    assert steps - steps_before >= 20
    assert [sorting.order[row] for row in (0, 19, 20)] == [20_000, 20_019, 0]


def test_records_of_a_byte_are_sorted_in_no_more_memory_than_they_take():
    """Two numbers a record would take four times as much as the records themselves."""
    data = b"".join(b"%d\n" % (n * 7 % 10) for n in range(100_000))
    table = table_of(data, CSV)
    before = table.index_bytes
    table.sort(is_descending_first=False)
    lay_out(table)
    assert [table.number(row) for row in (0, 1, 10_000, 99_999)] == ["1", "11", "4", "99998"]
    assert table.index_bytes - before < len(data)


def lay_out(table):
    while not table.is_complete:
        table.advance(1 << 20)


def first_column(table):
    return [row[0] for row in in_view(table).rows]


def test_sorting_goes_up_then_down_then_back():
    table = table_of(b"2,b\n10,a\n1,c\n", CSV)
    found = []
    for _ in range(3):
        table.sort(is_descending_first=False)
        lay_out(table)
        rows = first_column(table)
        found.append((table.header.row.text.split()[:2], rows))
    assert found == [
        (["[0]", "▲"], ["1", "2", "10"]),
        (["[0]", "▼"], ["10", "2", "1"]),
        (["[0]", "[1]"], ["2", "10", "1"]),
    ]


def test_rows_keep_their_numbers_paths_and_bytes_when_they_are_sorted():
    table = table_of(b"2,b\n10,a\n1,c\n", CSV)
    table.sort(is_descending_first=True)
    lay_out(table)
    assert [table.number(index) for index in range(3)] == ["2", "1", "3"]
    assert table.path(0) == "[1][0]"
    assert [table.row_of(number) for number in (1, 2, 3)] == [1, 0, 2]
    assert [table.row_at(offset) for offset in (0, 4, 9)] == [1, 0, 2]
    assert "".join(table.making_copy(0, 2)()) == "10,a\n2,b"


def test_numbers_with_a_comma_for_their_point_are_numbers():
    table = table_of(b"1,5;x\n0,5;y\n10,0;z\n", CSV)
    table.sort(is_descending_first=False)
    lay_out(table)
    assert first_column(table) == ["0,5", "1,5", "10,0"]
