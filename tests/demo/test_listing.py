"""Pages, filters and order against the plainest possible re-telling of the API reference."""

from dataclasses import dataclass
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.demo.catalogues import NOON
from tui.demo.documents import Place
from tui.demo.listing import Listing
from tui.demo.wire import AwsError

EPOCH = Place(region="eu-west-1", started_at=NOON).epoch


@dataclass(frozen=True)
class Row:
    name: str
    status: str
    age: timedelta
    modified_ago: timedelta


ages = st.integers(0, 20).map(lambda minutes: timedelta(minutes=minutes))
statuses = st.sampled_from(["InService", "Failed", "Creating"])
rows = st.lists(
    st.builds(Row, st.text("ab-", min_size=1, max_size=4), statuses, ages, ages),
    unique_by=lambda row: row.name,
    max_size=30,
)
times = ages.map(lambda age: EPOCH(age + timedelta(seconds=0)))
filters = st.fixed_dictionaries(
    {},
    optional={
        "NameContains": st.text("ab-", max_size=2),
        "StatusEquals": statuses,
        "CreationTimeBefore": times,
        "CreationTimeAfter": times,
        "LastModifiedTimeBefore": times,
        "LastModifiedTimeAfter": times,
        "SortBy": st.sampled_from(["Name", "CreationTime", "Status"]),
        "SortOrder": st.sampled_from(["Ascending", "Descending"]),
    },
)


def walked(everything, query, limit):
    """Follow the tokens as a client does; return the pages."""
    pages, token, listing = [], None, Listing(everything, EPOCH)
    while True:
        page, token = listing.page(
            {**query, "MaxResults": limit, **({"NextToken": token} if token else {})}
        )
        pages.append(page)
        if token is None:
            return pages


def belongs(row, query):
    created, modified = EPOCH(row.age), EPOCH(row.modified_ago)
    return all(
        {
            "NameContains": lambda part: part in row.name,
            "StatusEquals": lambda status: status == row.status,
            "CreationTimeBefore": lambda time: created < time,
            "CreationTimeAfter": lambda time: created >= time,
            "LastModifiedTimeBefore": lambda time: modified < time,
            "LastModifiedTimeAfter": lambda time: modified >= time,
        }[name](value)
        for name, value in query.items()
        if not name.startswith("Sort")
    )


def sort_value(row, query):
    by = query.get("SortBy", "CreationTime")
    return {"Name": row.name, "CreationTime": EPOCH(row.age), "Status": row.status}[by]


@given(rows, filters, st.integers(1, 100))
def test_following_the_tokens_gives_each_wanted_row_once_and_nothing_else(everything, query, limit):
    pages = walked(everything, query, limit)
    listed = [row for page in pages for row in page]
    assert len(listed) == len(set(listed))
    assert set(listed) == {row for row in everything if belongs(row, query)}
    assert all(len(page) == limit for page in pages[:-1])


@given(rows, filters, st.integers(1, 100))
def test_rows_come_in_the_order_that_was_asked_for(everything, query, limit):
    listed = [sort_value(row, query) for page in walked(everything, query, limit) for row in page]
    assert listed == sorted(listed, reverse=query.get("SortOrder", "Descending") == "Descending")


@given(st.text(max_size=40))
def test_a_made_up_token_is_refused(token):
    if not token:
        return
    with pytest.raises(AwsError) as refused:
        Listing([], EPOCH).page({"NextToken": token})
    assert refused.value.code == "ValidationException"


def test_ten_rows_make_a_page_unless_told_otherwise():
    age = timedelta(0)
    everything = [Row(str(number), "InService", age, age) for number in range(25)]
    page, token = Listing(everything, EPOCH).page({})
    assert len(page) == 10
    assert token is not None


@given(rows, filters, filters)
def test_what_was_asked_before_does_not_colour_the_answer(everything, before, query):
    listing = Listing(everything, EPOCH)
    listing.page(before)
    assert listing.page(query) == Listing(everything, EPOCH).page(query)
