import logging
import sys
import warnings
from datetime import UTC, datetime, timedelta, timezone

import pytest

from tui.domain.errors import StorageFailed
from tui.store.log import LARGEST_LOG_BYTES, describe_crash, record_crash, warnings_logged

NOON = datetime(2026, 1, 2, 12, tzinfo=UTC)
BODY = "what the customer sent"


def stumble(body):
    raise KeyError(body)


def crash():
    """An error with a cause, and a body in every place where one could be."""
    body = BODY
    try:
        stumble(body)
    except KeyError as cause:
        error = ValueError(f"cannot read {body}")
        error.__cause__ = cause
        error.add_note(body)
        return error


@pytest.fixture
def path(tmp_path):
    return tmp_path / "state" / "sagescope.log"


def test_a_crash_is_told_by_its_kinds_and_the_code_it_came_through():
    words = describe_crash(crash())
    assert words.index("builtins.KeyError") < words.index("builtins.ValueError")
    assert "in stumble\n    raise KeyError(body)" in words


def test_no_value_gets_into_the_log(path):
    record_crash(path, crash(), program="sagescope 1", now=NOON)
    assert BODY not in path.read_text()


def test_each_crash_says_when_and_in_what(path):
    east = NOON.astimezone(timezone(timedelta(hours=2)))
    record_crash(path, crash(), program="sagescope 1", now=NOON)
    record_crash(path, crash(), program="sagescope 2", now=east)
    heads = [line for line in path.read_text().splitlines() if line.endswith("crashed")]
    assert heads == [
        "2026-01-02T12:00:00+00:00 sagescope 1 crashed",
        "2026-01-02T12:00:00+00:00 sagescope 2 crashed",
    ]


def test_a_ring_of_causes_ends():
    first, second = ValueError(), KeyError()
    first.__cause__, second.__cause__ = second, first
    assert describe_crash(first).count("builtins.") == 2


def test_a_full_log_begins_anew_and_the_last_one_is_kept(path):
    path.parent.mkdir()
    for fill in ("old", "older"):
        path.write_text(fill * LARGEST_LOG_BYTES)
        record_crash(path, crash(), program="sagescope 1", now=NOON)
    assert path.stat().st_size < LARGEST_LOG_BYTES
    assert path.with_name("sagescope.log.1").read_text().startswith("older")
    assert len(list(path.parent.iterdir())) == 2


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
def test_it_is_private(path):
    record_crash(path, crash(), program="sagescope 1", now=NOON)
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700


def test_a_log_that_cannot_be_written_is_said(tmp_path):
    with pytest.raises(StorageFailed, match="Cannot write"):
        record_crash(tmp_path, crash(), program="sagescope 1", now=NOON)


def test_a_librarys_warning_is_logged_without_what_it_is_about(tmp_path):
    path = tmp_path / "sagescope.log"
    with warnings_logged(path):
        logging.getLogger("urllib3.connection").warning("Failed (url=%s): %s", "s3cret", "hush")
        logging.getLogger("botocore").warning("it is s3cret already")
        with warnings.catch_warnings():
            warnings.simplefilter("always")
            warnings.warn("s3cret", UserWarning, stacklevel=1)
        logging.getLogger("botocore").info("nothing to tell")
    first, second, third = path.read_text().splitlines()
    assert first.endswith("Failed (url=%s): %s")
    assert "WARNING urllib3.connection test_log:" in first
    assert "WARNING botocore test_log:" in second
    assert third.endswith(": UserWarning")
    assert "s3cret" not in path.read_text()
    assert path.stat().st_mode & 0o777 == 0o600
