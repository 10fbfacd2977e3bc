import pytest

from tests.demo.models.asking import request
from tui.demo.containers import RequestRefused
from tui.demo.models.negotiation import CSV, JSON, JSON_LINES, wanted_type

GIVEN = (JSON, CSV, JSON_LINES)


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        (None, JSON),
        ("", JSON),
        ("*/*", JSON),
        ("text/csv", CSV),
        ("TEXT/CSV; charset=utf-8", CSV),
        ("text/*", CSV),
        ("application/*", JSON),
        ("application/x-ndjson", JSON_LINES),
        ("text/csv;q=0.5, application/json;q=0.4", CSV),
        ("text/csv;q=0.5, */*;q=0.6", JSON),
        ("application/json;q=0, */*", CSV),
        ("*/*, text/csv", CSV),
        ("image/png, text/csv;q=0.1", CSV),
        ("text/csv; q = 0.9, application/json; q=nonsense", JSON),
        (",,text/csv,", CSV),
        ("application/json;q=0.5, text/csv;q=nan", CSV),
    ],
)
def test_the_best_liked_type_is_given(accept, expected):
    assert wanted_type(request(b"", accept=accept), GIVEN) == expected


@pytest.mark.parametrize("accept", ["image/png", "text/csv;q=0", "json", "*/*;q=0", "a/b/c;;="])
def test_a_client_that_likes_nothing_is_refused(accept):
    with pytest.raises(RequestRefused) as refused:
        wanted_type(request(b"", accept=accept), GIVEN)
    assert refused.value.reply.status == 406
