from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from tests.explorer.gateways import MOMENT, summary
from tui.body.sanitise import sanitise
from tui.domain.endpoints import (
    EndpointDescription,
    EndpointStatus,
    EndpointSummary,
    InferenceComponent,
    ServerlessConfig,
    Variant,
)
from tui.domain.errors import AccessDenied
from tui.widgets.endpoint_cells import cells, cut, cut_middle
from tui.widgets.endpoint_rows import (
    NO_TARGET,
    STATUS_DOTS,
    ComponentRow,
    EndpointRow,
    ModelRow,
    NoteRow,
    VariantRow,
    age,
    capacity,
    closed_rows,
    copies_words,
    lay_out,
    matching,
)

BLUE = Variant(name="blue", weight=90, instance_count=1, instance_type="ml.m5.large")
GREEN = Variant(name="green", weight=10, model_name="tree")
CLOSED = EndpointRow(summary=summary("iris"), is_open=False)
SHADOW = Variant(name="dark", is_shadow=True)


def described(**parts):
    return EndpointDescription(name="iris", arn="a", status=EndpointStatus.IN_SERVICE, **parts)


def text_of(row, width=60):
    found = cells(row, width, chosen=NO_TARGET, now=MOMENT)
    return "".join(text for text, _look in found)


def test_every_status_has_a_dot_of_its_own_kind():
    assert set(STATUS_DOTS) == set(EndpointStatus)


def test_every_word_of_the_filter_must_be_in_name_or_status():
    endpoints = closed_rows((summary("iris-prod"), summary("iris-dev"), summary("echo")))
    assert [each.endpoint_name for each in matching(endpoints, "IRIS prod")] == ["iris-prod"]
    assert len(matching(endpoints, "inservice")) == 3
    assert matching(endpoints, "  ") == tuple(row for _text, row in endpoints)


def test_an_open_endpoint_shows_variants_models_and_shadows():
    known = described(variants=(BLUE, GREEN), shadow_variants=(SHADOW,))
    rows = lay_out((CLOSED,), {"iris"}, {"iris": known})
    assert [type(row) for row in rows] == [
        EndpointRow,
        VariantRow,
        VariantRow,
        ModelRow,
        VariantRow,
    ]
    assert "90 %" in text_of(rows[1])
    assert "1×ml.m5.large" in text_of(rows[1])
    assert "tree" in text_of(rows[3])
    assert "shadow" in text_of(rows[4])


@pytest.mark.parametrize(
    ("known", "words"),
    [
        ({}, "reading"),
        ({"iris": AccessDenied(summary="may not describe")}, "may not describe"),
        ({"iris": described()}, "no variants"),
        ({"iris": described(failure_reason="ping failed")}, "ping failed"),
    ],
)
def test_what_cannot_be_shown_says_why(known, words):
    row = lay_out((CLOSED,), {"iris"}, known)[1]
    assert isinstance(row, NoteRow)
    assert words in text_of(row)


@pytest.mark.parametrize(
    ("passed", "words"),
    [
        (timedelta(seconds=-5), "0s"),
        (timedelta(seconds=59), "59s"),
        (timedelta(minutes=59), "59m"),
        (timedelta(hours=23), "23h"),
        (timedelta(days=89), "89d"),
        (timedelta(days=700), "23mo"),
        (timedelta(days=800), "2y"),
    ],
)
def test_an_age_fits_in_four_characters(passed, words):
    assert age(MOMENT, MOMENT + passed) == words


@pytest.mark.parametrize(
    ("variant", "words"),
    [
        (BLUE, "1×ml.m5.large"),
        (Variant(name="v", instance_count=1, desired_instance_count=3), "1→3×instance"),
        (Variant(name="v", instance_count=0, instance_type="t"), "0×t"),
        (
            Variant(name="v", serverless=ServerlessConfig(memory_size_mb=2048, max_concurrency=5)),
            "serverless 2 GB",
        ),
        (Variant(name="v"), ""),
    ],
)
def test_what_a_variant_runs_on(variant, words):
    assert capacity(variant) == words


@given(name=st.text(max_size=80), width=st.integers(0, 120))
def test_a_row_is_drawable_and_never_wider_than_its_room(name, width):
    at = datetime(2026, 1, 1, tzinfo=UTC)
    row = EndpointRow(
        summary=EndpointSummary(
            name=name, arn="", status=EndpointStatus.FAILED, created_at=at, modified_at=at
        ),
        is_open=False,
    )
    text = text_of(row, width)
    assert text == sanitise(text)
    assert cell_len(text) <= max(width, 9)


@given(text=st.text(alphabet="ab漢字é", max_size=40), width=st.integers(0, 40))
def test_cutting_keeps_to_the_width_and_short_texts_whole(text, width):
    for shorten in (cut, cut_middle):
        assert cell_len(shorten(text, width)) <= width
        if cell_len(text) <= width:
            assert shorten(text, width) == text


def test_an_open_endpoint_shows_its_components_below_its_variants():
    components = tuple(InferenceComponent(name=name, copy_count=1) for name in ("one", "two"))
    known = described(variants=(BLUE,), inference_components=components)
    rows = lay_out((CLOSED,), {"iris"}, {"iris": known})
    below = [row for row in rows if isinstance(row, ComponentRow)]
    assert [(row.component.name, row.is_last) for row in below] == [("one", False), ("two", True)]
    assert not any(row.is_last for row in rows if isinstance(row, VariantRow))


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        ({"status": "InService", "copy_count": 2}, "2 copies"),
        ({"status": "InService", "copy_count": 1}, "1 copy"),
        ({"status": "InService", "copy_count": 0, "desired_copy_count": 1}, "0→1 copies"),
        ({"status": "Failed", "copy_count": 0, "desired_copy_count": 0}, "Failed  0 copies"),
        ({}, ""),
    ],
)
def test_how_a_component_stands(parts, words):
    assert copies_words(InferenceComponent(name="c", **parts)) == words
