"""The vector lens, against the standard library's numbers."""

import json
import math
import operator
from statistics import fmean

import jmespath
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.body.laying_out import laid_out, recognised, rows_of
from tui.body.lenses import VECTOR, lenses_for
from tui.body.vector.document import VectorDocument

floats = st.floats(-1e6, 1e6, allow_nan=False)
vectors = st.integers(16, 40).flatmap(
    lambda size: st.lists(st.lists(floats, min_size=size, max_size=size), min_size=1, max_size=4)
)
EMBEDDING = [math.sin(n) for n in range(384)]
OPENAI = {
    "object": "list",
    "data": [
        {"object": "embedding", "embedding": EMBEDDING, "index": 0},
        {"object": "embedding", "embedding": [-n for n in EMBEDDING], "index": 1},
    ],
    "usage": {"prompt_tokens": 8},
}


def vectors_in(value, budget=1 << 16):
    return laid_out(json.dumps(value).encode(), "application/json", VECTOR, budget)


def cells(document, index):
    """Dimensions, norm, cosine, mean, least and greatest."""
    text = document.row(index).text
    start, end = document.columns(index, *document.span(index))[0]
    return (text[:start] + text[end:]).split()


@given(vectors, st.integers(1, 400))
@example([[1 / 3] * 40] * 4, 3)
@example([[1 / 3] * 40] * 4, 5)
def test_each_vector_is_told_by_what_it_comes_to(found, budget):
    document = vectors_in({"embeddings": found}, budget)
    assert document.row_count == len(found)
    for index, vector in enumerate(found):
        norm = math.sqrt(sum(each * each for each in vector))
        lost = 1e-12 * max(map(abs, vector))  # of a sum in which large numbers cancel out
        count, shown, _, mean = cells(document, index)[:4]
        assert int(count) == len(vector)
        assert float(shown) == pytest.approx(norm, rel=1e-5)
        assert float(mean) == pytest.approx(fmean(vector), rel=1e-5, abs=lost)
        assert json.loads(document.value(index)) == vector
        assert document.path(index) == f"embeddings[{index}]"


@given(
    st.lists(st.integers(0, 9), min_size=16, max_size=40),
    st.sampled_from([1, 10**9]),
    st.integers(0, 3),
    st.integers(1, 400),
)
def test_the_cosine_is_with_the_first_however_much_shorter_a_vector_is(first, scale, more, budget):
    others = [[(n + each) % 10 for n in first] for each in range(more)]
    value = [[n * scale for n in first], *others, [1] * len(first)]
    spelt = json.dumps(value, separators=(",", ":")).encode()
    document = laid_out(spelt, "application/json", VECTOR, budget)
    for index, vector in enumerate(value):
        norms = math.hypot(*value[0]) * math.hypot(*vector)
        cosine = sum(map(operator.mul, value[0], vector)) / norms if norms else None
        shown = cells(document, index)[2]
        assert shown == "-" if cosine is None else float(shown) == pytest.approx(cosine, abs=1e-4)


@pytest.mark.parametrize(
    ("number", "cosines"),
    [(1e100, ["1.0000", "1.0000"]), (1e-100, ["1.0000", "1.0000"])]
    + [(far, ["1.0000", "-"]) for far in (1e200, 1e-200, 1e307, 5e-324)],
)
def test_numbers_too_far_from_1_to_be_multiplied_have_no_cosine(number, cosines):
    document = vectors_in([[number] * 16] * 2)
    assert [cells(document, index)[2] for index in range(2)] == cosines


def test_vectors_of_other_lengths_have_no_cosine():
    document = vectors_in([[1] * 16, [1] * 17, [1] * 16, [1] * 40])
    assert [cells(document, index)[2] for index in range(4)] == ["1.0000", "-", "1.0000", "-"]
    document = vectors_in([[1] * 40, [1] * 16])
    assert [cells(document, index)[2] for index in range(2)] == ["1.0000", "-"]


def test_the_numbers_of_a_vector_are_not_kept_where_no_other_is_as_long():
    alone, another = vectors_in([[1] * 50_000]), vectors_in([[1] * 50_000] * 2)
    assert another.index_bytes - alone.index_bytes > 50_000


def test_the_answer_of_an_embedding_model_is_shown_as_vectors_first():
    data = json.dumps(OPENAI).encode()
    assert lenses_for(*recognised(data, "application/json"))[0] == VECTOR
    document = vectors_in(OPENAI)
    assert document.words == "2 vectors · 384 dimensions · cosine of the first two -1"
    assert document.header is not None
    assert [document.path(index) for index in range(2)] == [
        "data[0].embedding",
        "data[1].embedding",
    ]
    least, greatest = cells(document, 0)[4:6]
    assert (float(least), float(greatest)) == (min(EMBEDDING), max(EMBEDDING))
    assert jmespath.search(document.path(1), OPENAI) == json.loads(document.value(1))


@pytest.mark.parametrize(
    ("value", "place"),
    [
        ([EMBEDDING], 0),
        (EMBEDDING, 0),
        ({"embedding": EMBEDDING}, 0),
        ({"predictions": [[0.1] * 20]}, 1),
        ({"predictions": [[0.1] * 20], "vector": "none"}, 1),
        ({"predictions": [[5.1, 3.5, 1.4, 0.2]]}, None),
        ({"vector": [1, 2, 3]}, None),
        ({"text": json.dumps(EMBEDDING)[1:-1]}, None),
    ],
)
def test_it_is_offered_where_there_are_vectors(value, place):
    lenses = lenses_for(*recognised(json.dumps(value).encode(), "application/json"))
    assert (lenses.index(VECTOR) if VECTOR in lenses else None) == place


@pytest.mark.parametrize("budget", [1, 7, 100, 1 << 16])
def test_what_only_looks_like_a_vector_is_none(budget):
    text = "[" + ",".join(["1.5"] * 20) + "]"
    value = [
        [0.5] * 16,
        {"a": text, "b\\": '"' + text, "é": [1] * 15},
        [*[1] * 20, "2"],
        [*[1] * 20, [3] * 16],
        [1, {"deep": [[0.25] * 17]}],
    ]
    document = vectors_in(value, budget)
    assert [document.path(index) for index in range(document.row_count)] == [
        "[0]",
        "[3][20]",
        "[4][1].deep[0]",
    ]
    assert all(row.text.isprintable() for row in rows_of(document))


def test_numbers_are_shown_as_they_are_spelt():
    document = laid_out(
        b'{"vector":[' + b"1E0," * 63 + b"-0.50e1, 1e400]}", "application/json", VECTOR
    )
    assert cells(document, 0)[4:6] == ["-0.50e1", "1e400"]


def test_the_shape_rises_with_the_numbers():
    document = vectors_in({"vector": [n / 10 for n in range(3_200)]}, 100)
    assert document.row(0).text[32:64] == "▁▁▁▂▂▂▂▃▃▃▃▃▄▄▄▄▅▅▅▅▆▆▆▆▆▇▇▇▇███"


def test_the_shape_of_numbers_next_to_nothing_rises_too():
    document = vectors_in({"vector": [5e-324 * (n % 2) for n in range(32)]})
    assert "▁█" * 16 in document.row(0).text


def test_the_shape_of_numbers_as_far_apart_as_can_be_is_flat():
    document = vectors_in({"vector": [-1.7e308, 1.7e308] * 16})
    assert "▁" * 32 in document.row(0).text


def test_a_byte_leads_to_its_vector():
    document = vectors_in(OPENAI)
    for index in range(2):
        start, end = document.span(index)
        assert document.row_at(start) == document.row_at(end - 1) == index
        assert document.columns(index, start, start + 5)
    assert document.row_of(1) == 1


def test_how_far_it_is_rises_within_a_long_vector():
    document = VectorDocument(json.dumps([number / 7 for number in range(50_000)]).encode())
    seen = []
    while not document.is_complete:
        document.advance(100_000)
        seen.append(document.progress)
    assert len(set(seen)) > 10
    assert seen == sorted(seen)
    assert seen[-1] == 1
