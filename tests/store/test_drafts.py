"""Drafts: what stands in the form is there at the next start."""

import errno
import os
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from time import time

import pytest
from hypothesis import given, settings

from tests.store.conftest import BINARY, FLOWER, files_in
from tests.store.preset_values import CORNERS, PRESETS
from tui.domain.connections import Connection
from tui.domain.drafts import Draft, KeptDraft
from tui.domain.errors import StorageFailed
from tui.domain.presets import Preset, PresetPlace
from tui.domain.requests import FileBody, InlineBody, InvocationRequest
from tui.store.drafts import MOST_DRAFTS, DraftSetAside, DraftStore

PROD = Connection(profile="prod", region="eu-west-1")
NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)
SECOND = timedelta(seconds=1)
HOUR_S = 3600


@pytest.fixture
def drafts(tmp_path):
    return DraftStore(tmp_path / "drafts")


def with_body(data, endpoint="iris-classifier"):
    request = InvocationRequest(endpoint_name=endpoint, body=InlineBody(data=data))
    return Draft(preset=Preset(request=request))


def body_of(kept):
    return kept.draft.preset.request.body.data


def draft_file(drafts_folder):
    (path,) = drafts_folder.rglob("*.toml")
    return path


@settings(max_examples=60)
@given(preset=PRESETS)
def test_a_draft_comes_back_as_it_stood_in_the_form(preset):
    with TemporaryDirectory() as folder:
        place = PresetPlace(folder=Path(folder) / "presets", name="team/x")
        draft = Draft(preset=preset, opened_from=place, version="abc")
        DraftStore(Path(folder)).keep(PROD, draft, NOON)
        kept = DraftStore(Path(folder)).read(PROD, preset.request.endpoint_name)
        assert kept == KeptDraft(draft=draft, kept_at=NOON)
        passing = replace(draft, is_own=False)
        DraftStore(Path(folder)).keep(PROD, passing, NOON + SECOND)
        kept = DraftStore(Path(folder)).latest(PROD)
        assert kept == KeptDraft(draft=passing, kept_at=NOON + SECOND)


@pytest.mark.parametrize("data", [*CORNERS, b"x" * 5_000_000], ids=lambda data: repr(data[:20]))
def test_its_body_comes_back_byte_for_byte(drafts, data):
    drafts.keep(PROD, with_body(data), NOON)
    assert body_of(drafts.latest(PROD)) == data


def test_a_large_body_lies_beside_and_is_not_written_again(drafts, tmp_path):
    draft = with_body(b"x" * 5_000_000)
    drafts.keep(PROD, draft, NOON)
    (body,) = (path for path in (tmp_path / "drafts").rglob("*.bin"))
    assert draft_file(tmp_path / "drafts").stat().st_size < 1_000
    inode = body.stat().st_ino
    request = replace(draft.preset.request, accept="text/csv")
    drafts.keep(PROD, Draft(preset=replace(draft.preset, request=request)), NOON + SECOND)
    assert body.stat().st_ino == inode
    assert body_of(drafts.latest(PROD)) == b"x" * 5_000_000


def test_every_connection_and_endpoint_has_its_own_and_the_last_comes_first(drafts):
    other = Connection(profile="dev", region="eu-west-1")
    drafts.keep(PROD, with_body(b"1", "a"), NOON)
    drafts.keep(PROD, with_body(b"2", "b"), NOON + SECOND)
    drafts.keep(other, with_body(b"3", "a"), NOON + 2 * SECOND)
    assert body_of(drafts.read(PROD, "a")) == b"1"
    assert body_of(drafts.latest(PROD)) == b"2"
    assert body_of(drafts.latest(other)) == b"3"
    assert drafts.read(PROD, "c") is drafts.latest(Connection()) is None


def test_what_passes_by_replaces_nothing_that_was_typed_for_an_endpoint(drafts):
    drafts.keep(PROD, with_body(b"typed", "a"), NOON)
    drafts.keep(PROD, replace(with_body(b"pasted", "a"), is_own=False), NOON + SECOND)
    assert body_of(drafts.latest(PROD)) == b"pasted"
    assert body_of(drafts.read(PROD, "a")) == b"typed"
    drafts.keep(PROD, replace(with_body(bytes(2_000), "b"), is_own=False), NOON + 2 * SECOND)
    assert body_of(drafts.latest(PROD)) == bytes(2_000)
    assert drafts.read(PROD, "b") is None
    assert drafts.read(PROD, "passing") is None


def test_of_two_within_one_tick_of_the_clock_the_later_is_the_latest(drafts, tmp_path):
    for number, name in enumerate("bca"):
        drafts.keep(PROD, with_body(name.encode(), name), NOON + number * SECOND)
    for path in (tmp_path / "drafts").rglob("*.toml"):
        os.utime(path, (5, 5))
    assert body_of(drafts.latest(PROD)) == b"a"


def test_there_are_only_so_many_bytes_and_the_oldest_go(drafts, tmp_path, monkeypatch):
    monkeypatch.setattr("tui.store.drafts.MOST_BYTES", 9_000)
    for number in range(4):
        drafts.keep(PROD, with_body(bytes(3_000), f"endpoint-{number}"), NOON)
        for path in (tmp_path / "drafts").rglob(f"endpoint-{number}-*"):
            os.utime(path, (number + 1, number + 1))
    names = sorted(path.name[:10] for path in (tmp_path / "drafts").rglob("*.toml"))
    assert names == ["endpoint-2", "endpoint-3"]
    assert len(list((tmp_path / "drafts").rglob("*.bin"))) == 2
    drafts.keep(PROD, with_body(bytes(30_000), "large"), NOON)
    assert body_of(drafts.latest(PROD)) == bytes(30_000)
    assert len(list((tmp_path / "drafts").rglob("*.toml"))) == 1


def test_the_demo_is_the_same_demo_at_any_port(drafts):
    drafts.keep(Connection(is_demo=True, endpoint_url="http://127.0.0.1:1"), with_body(b"x"), NOON)
    again = Connection(is_demo=True, endpoint_url="http://127.0.0.1:2", region="us-east-1")
    assert body_of(drafts.latest(again)) == b"x"


def test_the_later_of_two_stays_whichever_thread_is_faster(drafts):
    drafts.keep(PROD, with_body(b"new"), NOON + SECOND)
    drafts.keep(PROD, with_body(b"old"), NOON)
    assert body_of(drafts.latest(PROD)) == b"new"


def test_a_forgotten_one_is_gone_with_its_body(drafts, tmp_path):
    drafts.keep(PROD, Draft(preset=BINARY), NOON)
    drafts.forget(PROD, "iris-classifier")
    drafts.forget(PROD, "never kept")
    assert drafts.latest(PROD) is None
    drafts.close()
    assert files_in(tmp_path) == []


def test_a_file_that_the_user_chose_stays_a_file(drafts, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    request = InvocationRequest(body=FileBody(path=Path("image.png")))
    drafts.keep(PROD, Draft(preset=Preset(request=request)), NOON)
    kept = drafts.latest(PROD)
    assert kept.draft.preset.request.body == FileBody(path=tmp_path / "image.png")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("version = ", "is not TOML"),
        ("version = 1\noperation = 'InvokeEndpoint'\n", "draft: is missing"),
        ("version = 1\noperation = 'InvokeEndpoint'\n[draft]\n", "draft.kept_at: must be a time"),
        ("version = 2\noperation = 'InvokeEndpoint'\n[draft]\n", "version: must be 1"),
        ("\x00", "is not TOML"),
    ],
)
def test_a_broken_draft_is_set_aside_and_told(drafts, tmp_path, text, told):
    drafts.keep(PROD, Draft(preset=FLOWER), NOON)
    path = draft_file(tmp_path / "drafts")
    path.write_text(text)
    lost = drafts.latest(PROD)
    assert isinstance(lost, DraftSetAside)
    assert told in str(lost)
    assert str(lost.path) in str(lost)
    assert lost.path.read_text() == text
    assert drafts.latest(PROD) is None
    drafts.keep(PROD, Draft(preset=FLOWER), NOON + SECOND)
    assert drafts.latest(PROD).draft.preset == FLOWER


def test_there_are_only_so_many_and_the_oldest_go(drafts, tmp_path):
    for number in range(MOST_DRAFTS):
        drafts.keep(PROD, with_body(b"x", f"endpoint-{number}"), NOON)
    (oldest,) = (tmp_path / "drafts").rglob("endpoint-7-*.toml")
    os.utime(oldest, (1, 1))
    drafts.keep(PROD, with_body(bytes(2_000), "one more"), NOON)
    assert not oldest.exists()
    assert len(list((tmp_path / "drafts").rglob("*.toml"))) == MOST_DRAFTS


def test_bodies_that_no_draft_names_go_once_nobody_can_want_them(drafts, tmp_path):
    drafts.keep(PROD, with_body(bytes(2_000)), NOON)
    (old,) = (tmp_path / "drafts").rglob("*.bin")
    drafts.keep(PROD, with_body(bytes(3_000)), NOON + SECOND)
    assert old.exists()
    os.utime(old, (time() - HOUR_S, time() - HOUR_S))
    drafts.keep(PROD, with_body(bytes(3_000)), NOON + 2 * SECOND)
    assert not old.exists()
    assert body_of(drafts.latest(PROD)) == bytes(3_000)


@pytest.mark.skipif(os.name != "posix", reason="Windows has no such modes")
def test_drafts_are_private(drafts, tmp_path):
    drafts.keep(PROD, Draft(preset=BINARY), NOON)
    modes = {path.stat().st_mode & 0o777 for path in (tmp_path / "drafts").rglob("*.*")}
    assert modes == {0o600}
    assert draft_file(tmp_path / "drafts").parent.stat().st_mode & 0o777 == 0o700


def test_a_draft_that_cannot_be_kept_is_said_and_the_one_before_stays(drafts, tmp_path):
    drafts.keep(PROD, Draft(preset=FLOWER), NOON)
    half = replace(FLOWER, description="\ud800")
    with pytest.raises(StorageFailed, match="no Unicode"):
        drafts.keep(PROD, Draft(preset=half), NOON + SECOND)
    assert drafts.latest(PROD).draft.preset == FLOWER


# Copies that run at once: each store is one, as long as it is not closed


@pytest.fixture
def copies(tmp_path):
    """Begin copies of the program; all of them have ended after the test."""
    begun = []

    def begin():
        begun.append(DraftStore(tmp_path / "drafts"))
        return begun[-1]

    yield begin
    for store in begun:
        store.close()


def earlier_bodies(store, endpoint="iris-classifier"):
    return [body_of(kept) for kept in store.earlier(PROD, endpoint).drafts]


@pytest.mark.parametrize("large", [b"", bytes(3_000)], ids=["in the file", "beside it"])
@pytest.mark.parametrize("first_ends_first", [True, False])
def test_two_copies_at_one_endpoint_lose_nothing(copies, tmp_path, large, first_ends_first):
    first, second = copies(), copies()
    for number in range(3):
        first.keep(PROD, with_body(b"first %d" % number + large), NOON + number * SECOND)
        second.keep(PROD, with_body(b"second %d" % number + large), NOON + number * SECOND)
    assert body_of(first.latest(PROD)) == b"first 2" + large
    assert body_of(second.read(PROD, "iris-classifier")) == b"second 2" + large
    for path in (tmp_path / "drafts").rglob("copy-2/*/*.toml"):
        os.utime(path, (time() + 1, time() + 1))
    for store in (first, second) if first_ends_first else (second, first):
        store.close()
    later = copies()
    assert body_of(later.latest(PROD)) == b"second 2" + large
    assert earlier_bodies(later) == [b"first 2" + large]
    assert later.earlier(PROD, "iris-classifier").has_news
    later.keep(PROD, with_body(b"third"), NOON + HOUR_S * SECOND)
    later.close()
    last = copies()
    assert body_of(last.latest(PROD)) == b"third"
    assert earlier_bodies(last) == [b"first 2" + large]
    assert not last.earlier(PROD, "iris-classifier").has_news


def test_a_copy_that_begins_leaves_a_running_one_alone(copies):
    running = copies()
    running.keep(PROD, with_body(b"running"), NOON)
    assert copies().latest(PROD) is None
    assert body_of(running.latest(PROD)) == b"running"


def test_a_place_that_is_free_is_taken_over_as_it_is(copies):
    first, second = copies(), copies()
    first.keep(PROD, with_body(b"1", "a"), NOON)
    second.keep(PROD, with_body(bytes(3_000), "b"), NOON)
    second.keep(PROD, replace(with_body(b"3", "b"), is_own=False), NOON)
    second.close()
    first.close()
    later = copies()
    assert body_of(later.read(PROD, "a")) == b"1"
    assert body_of(later.read(PROD, "b")) == bytes(3_000)
    assert earlier_bodies(later, "a") == earlier_bodies(later, "b") == []
    assert earlier_bodies(later, None) == []


def test_what_passed_by_in_three_copies_is_there_three_times(copies):
    begun = [copies(), copies(), copies()]
    for number, store in enumerate(begun):
        passing = replace(with_body(b"%d" % number), is_own=False)
        store.keep(PROD, passing, NOON + number * SECOND)
    for store in begun:
        store.close()
    later = copies()
    there = [body_of(later.latest(PROD)), *earlier_bodies(later, None)]
    assert sorted(there) == [b"0", b"1", b"2"]


@pytest.mark.skipif(sys.platform == "win32", reason="locks are others there")
def test_where_every_lock_is_refused_there_are_drafts_all_the_same(copies, tmp_path, monkeypatch):
    import fcntl

    def refused(*_):
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(fcntl, "flock", refused)
    copies().keep(PROD, with_body(b"kept"), NOON)
    assert body_of(copies().latest(PROD)) == b"kept"
    assert len(list((tmp_path / "drafts").rglob("*.toml"))) == 1
