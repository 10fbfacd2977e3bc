"""The history in its file: what goes in comes out, is found, and stays within its bounds."""

import os
import random
import sys
from dataclasses import replace

import pytest
from hypothesis import example, given, settings

from tests.store.histories import (
    HERE,
    answer,
    begun,
    comparable,
    ended,
    record,
    sends,
)
from tui.domain.connections import Connection, Identity
from tui.domain.errors import ModelFailed, NetworkFailed, Throttled
from tui.domain.exchanges import Stopped
from tui.domain.history import (
    HistoryFilter,
    HistoryPage,
    KeptBody,
    LeftOut,
    NotInHistory,
    OutcomeKind,
    Place,
)
from tui.domain.http import HttpReply
from tui.domain.requests import FileBody, InlineBody, InvocationRequest
from tui.store.history import HistoryBounds, HistoryFile

ALL = HistoryFilter()


@pytest.fixture
def path(tmp_path):
    return tmp_path / "data" / "history.sqlite3"


@pytest.fixture
def store(path):
    made = HistoryFile(path, HistoryBounds())
    yield made
    made.close()


def ids(store, wanted=ALL, *, before=None, size=50):
    return [entry.id for entry in store.page(wanted, before=before, size=size).entries]


@pytest.fixture(scope="module")
def shared(tmp_path_factory):
    """One store for many examples; each leaves it empty."""
    made = HistoryFile(tmp_path_factory.mktemp("data") / "history.sqlite3", HistoryBounds())
    yield made
    made.close()


LARGE = begun(body=b"5 MB" * 1_250_000)


@given(send=sends())
@example(send=(LARGE, ended(LARGE, answer(random.Random(1).randbytes(5_000_000)))))  # noqa: S311 - no secret
@settings(max_examples=100)
def test_what_was_recorded_comes_back_equal(shared, send):
    start, exchange = send
    entry_id = shared.begin(start)
    begun_only = shared.open(entry_id)
    assert begun_only.exchange is None
    assert (begun_only.request, begun_only.sent_body) == (start.request, start.sent_body)
    assert shared.finish(start, exchange) == entry_id
    found = shared.open(entry_id)
    assert comparable(found.exchange) == comparable(exchange)
    assert found.entry.place == start.place
    assert found.entry.preset_name == start.preset_name
    assert shared.page(ALL, before=None, size=9).entries == (found.entry,)
    shared.delete(entry_id)
    shared.restore(found)
    again = shared.open(entry_id)
    assert (again.entry, comparable(again.exchange)) == (found.entry, comparable(exchange))
    shared.delete_all(ALL)


def test_a_send_under_way_is_an_entry_without_an_outcome(store):
    store.begin(begun("iris"))
    (entry,) = store.page(ALL, before=None, size=9).entries
    assert (entry.kind, entry.duration_s, entry.received) == (OutcomeKind.UNKNOWN, None, None)


def test_an_end_without_a_beginning_is_an_entry_all_the_same(store):
    start = begun("iris")
    entry_id = store.finish(start, ended(start, Stopped()))
    assert store.open(entry_id).entry.kind is OutcomeKind.STOPPED


def test_looking_makes_no_file(store, path):
    assert store.page(ALL, before=None, size=9) == HistoryPage()
    assert (store.count(ALL), store.endpoint_names(), store.usage().entries) == (0, (), 0)
    assert store.delete_all(ALL) == 0
    for ask in (store.open, store.delete, lambda each: store.annotate(each, "x")):
        with pytest.raises(NotInHistory, match="no entry 7"):
            ask(7)
    assert not path.parent.exists()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
def test_its_files_are_private(store, path):
    record(store, "iris")
    modes = {each.name: each.stat().st_mode & 0o777 for each in path.parent.iterdir()}
    assert set(modes.values()) == {0o600}
    assert "history.sqlite3" in modes
    assert path.parent.stat().st_mode & 0o777 == 0o700


def test_pages_follow_one_another_newest_first(store):
    made = record(store, *["iris"] * 7)
    first = store.page(ALL, before=None, size=3)
    assert [entry.id for entry in first.entries] == made[:3:-1]
    assert first.has_more
    record(store, "newer")
    assert ids(store, before=first.entries[-1].id, size=3) == made[3:0:-1]
    last = store.page(ALL, before=made[1], size=3)
    assert ([entry.id for entry in last.entries], last.has_more) == ([made[0]], False)


@pytest.fixture
def varied(store):
    """Return (store, id by a name for what is special about each entry)."""
    account = Place(
        connection=Connection(profile="prod"),
        identity=Identity(profile="prod", region="eu-west-1", account="123456789012"),
    )
    reply = HttpReply(status=424, reason="Failed Dependency", headers=(), body=b"{}")
    headers = (("x-amzn-RequestId", "REQ-1"), ("x-Amzn-Invoked-Production-Variant", "green"))
    sent = {
        "plain": (begun("iris", number=1), answer(headers=headers)),
        "attributes": (begun("Straße", number=2, custom_attributes="trace=A1"), answer()),
        "model": (
            begun("llm", number=3),
            ModelFailed(summary="ValueError: bad shape", reply=reply, attempts=1),
        ),
        "preset": (begun("llm", number=4, preset_name="smoke test"), Stopped()),
        "account": (begun("iris", number=5, place=account), Throttled(summary="slow down")),
        "timeout": (begun("iris", number=6), NetworkFailed(summary="no byte", timed_out=True)),
        "demo": (
            begun("iris", number=7, place=Place(connection=Connection(is_demo=True))),
            answer(),
        ),
    }
    return store, {
        name: store.finish(start, ended(start, outcome)) for name, (start, outcome) in sent.items()
    }


@pytest.mark.parametrize(
    ("wanted", "names"),
    [
        (HistoryFilter(endpoint_name="llm"), ["preset", "model"]),
        (HistoryFilter(endpoint_name="ll"), []),
        (HistoryFilter(kinds=frozenset({OutcomeKind.STOPPED})), ["preset"]),
        (
            HistoryFilter(kinds=frozenset({OutcomeKind.TIMEOUT, OutcomeKind.MODEL_ERROR})),
            ["timeout", "model"],
        ),
        (HistoryFilter(status=424), ["model"]),
        (HistoryFilter(is_demo=True), ["demo"]),
        (HistoryFilter(is_demo=False, endpoint_name="iris"), ["timeout", "account", "plain"]),
        (HistoryFilter(text="STRASSE"), ["attributes"]),
        (HistoryFilter(text="trace=a1"), ["attributes"]),
        (HistoryFilter(text="smoke"), ["preset"]),
        (HistoryFilter(text="bad shape"), ["model"]),
        (HistoryFilter(text="424"), ["model"]),
        (HistoryFilter(text="req-1"), ["plain"]),
        (HistoryFilter(text="green iris"), ["plain"]),
        (HistoryFilter(text="prod 1234 eu-west"), ["account"]),
        (HistoryFilter(text="throttled"), ["account"]),
        (HistoryFilter(text="%"), []),
        (HistoryFilter(text="stopped", endpoint_name="iris"), []),
    ],
)
def test_entries_are_found_by_what_is_known_of_them(varied, wanted, names):
    store, made = varied
    expected = [made[name] for name in names]
    assert ids(store, wanted) == expected
    assert store.count(wanted) == len(expected)


def test_notes_and_stars_are_kept_and_found(varied):
    store, made = varied
    store.star(made["model"], is_starred=True)
    store.annotate(made["model"], "Überraschung \ud800")
    assert ids(store, HistoryFilter(is_starred=True)) == [made["model"]]
    assert ids(store, HistoryFilter(text="ÜBERR")) == [made["model"]]
    entry = store.open(made["model"]).entry
    assert (entry.is_starred, entry.note) == (True, "Überraschung ?")
    store.star(made["model"], is_starred=False)
    store.annotate(made["model"], "")
    assert ids(store, HistoryFilter(text="überr")) == ids(store, HistoryFilter(is_starred=True))


def test_endpoints_are_named_once_each(varied):
    store, _ = varied
    assert store.endpoint_names() == ("Straße", "iris", "llm")


def test_a_deleted_entry_is_gone_until_it_is_restored(store):
    first, second = record(store, "iris", "llm")
    store.star(first, is_starred=True)
    store.annotate(first, "mine")
    deleted = store.delete(first)
    assert ids(store) == [second]
    with pytest.raises(NotInHistory):
        store.open(first)
    store.restore(deleted)
    store.restore(deleted)
    assert store.open(first) == deleted
    assert ids(store, HistoryFilter(text="mine", is_starred=True)) == [first]


def test_an_id_is_never_used_twice(store):
    made = record(store, "iris", "iris")
    assert store.delete_all(ALL) == 2
    assert record(store, "iris") > made


def test_deleting_some_leaves_the_others(varied):
    store, made = varied
    assert store.delete_all(HistoryFilter(endpoint_name="iris")) == 4
    assert ids(store) == [made[name] for name in ("preset", "model", "attributes")]


def test_more_than_a_batch_can_be_deleted(store):
    for number in range(502):
        start = begun("many" if number else "one", number=number)
        store.finish(start, ended(start, answer()))
    assert store.delete_all(HistoryFilter(endpoint_name="many")) == 501
    assert store.count(ALL) == 1


def test_what_was_deleted_is_in_no_file_any_more(store, path):
    secret = os.urandom(40).hex().encode()
    start = begun(body=secret, custom_attributes="attr-" + secret.decode())
    entry_id = store.finish(start, ended(start, answer(secret + b"!")))
    keep = record(store, "other")
    store.delete(entry_id)
    left = b"".join(each.read_bytes() for each in path.parent.iterdir())
    assert secret not in left
    assert b"other" in left
    assert ids(store) == keep


def test_a_body_that_is_sent_often_is_stored_once(store, path):
    body = os.urandom(200_000)
    made = record(store, *["iris"] * 10, body=body)
    assert store.usage().size_bytes < 2 * len(body)
    for each in made[1:]:
        store.delete(each)
    assert store.open(made[0]).sent_body == body
    store.delete(made[0])
    store.close()
    assert path.stat().st_size < len(body)


def test_what_can_be_compressed_is(store):
    record(store, "iris", body=b'{"instances": [1, 2, 3]}' * 40_000)
    assert store.usage().size_bytes < 200_000


def bounded(path, **bounds):
    return HistoryFile(path, HistoryBounds(**bounds))


def test_above_so_many_entries_the_oldest_without_a_star_go(path):
    store = bounded(path, entries_max=3)
    first, *_ = record(store, "a", "b", "c")
    store.star(first, is_starred=True)
    made = record(store, "d", "e")
    assert ids(store) == [*made[::-1], first]
    store.close()


def test_above_so_many_bytes_the_oldest_without_a_star_go(path):
    store = bounded(path, bytes_max=1_000_000)
    starred = begun(number=1, body=os.urandom(100_000))
    first = store.finish(starred, ended(starred, answer()))
    store.star(first, is_starred=True)
    for number in range(2, 60):
        start = begun(number=number, body=os.urandom(50_000))
        newest = store.finish(start, ended(start, answer()))
    assert store.usage().size_bytes <= 1_000_000
    assert ids(store)[0] == newest
    assert ids(store)[-1] == first
    assert store.open(newest).sent_body == start.sent_body
    store.close()


def test_where_all_have_stars_the_newest_is_kept_too(path):
    store = bounded(path, entries_max=1)
    for name in ("a", "b", "c"):
        store.star(*record(store, name), is_starred=True)
    assert len(ids(store)) == 3
    store.close()


def test_a_body_over_the_limit_is_left_out_and_said(path):
    store = bounded(path, body_bytes_max=10)
    start = begun(body=b"x" * 11)
    entry_id = store.finish(start, ended(start, answer(b"y" * 10)))
    found = store.open(entry_id)
    assert found.entry.sent == KeptBody(size_bytes=11, left_out=LeftOut.TOO_LARGE)
    assert found.entry.received == KeptBody(size_bytes=10)
    assert (found.sent_body, found.request.body) == (b"", InlineBody())
    assert found.exchange.reply.body == b"y" * 10
    assert found.as_sent() == found.request
    store.restore(store.delete(entry_id))
    assert store.open(entry_id) == found
    store.close()


@pytest.mark.parametrize(
    ("by_setting", "by_preset"), [(False, True), (True, False)], ids=["setting", "preset"]
)
def test_bodies_can_be_switched_off(path, by_setting, by_preset):
    store = bounded(path, keep_bodies=by_setting)
    secret = b"patient-4711"
    reply = HttpReply(status=424, reason="", headers=(("a", "b"),), body=secret)
    failed = ModelFailed(
        summary=f"The model's container answered 400: {secret.decode()}",
        original_message=secret.decode(),
        service_message=f'Received client error (400) with message "{secret.decode()}"',
        original_status_code=400,
        reply=reply,
    )
    start = begun(body=secret, keep_bodies=by_preset)
    store.begin(start)
    entry_id = store.finish(start, ended(start, failed))
    found = store.open(entry_id)
    assert found.entry.sent == KeptBody(size_bytes=12, left_out=LeftOut.SWITCHED_OFF)
    assert found.entry.received == KeptBody(size_bytes=12, left_out=LeftOut.SWITCHED_OFF)
    assert found.exchange.outcome.original_status_code == 400
    assert found.exchange.reply.headers == reply.headers
    assert found.entry.summary == "The model's container answered 400"
    assert all(secret not in each.read_bytes() for each in path.parent.iterdir())
    store.close()


def test_a_file_body_is_sent_again_as_it_was(store, tmp_path):
    start = replace(
        begun(body=b"as it was"),
        request=InvocationRequest(endpoint_name="iris", body=FileBody(path=tmp_path / "body")),
    )
    found = store.open(store.finish(start, ended(start, answer())))
    assert found.request == start.request
    assert found.as_sent() == replace(start.request, body=InlineBody(data=b"as it was"))


def test_what_opens_doors_is_not_kept(store, path):
    headers = (
        ("Set-Cookie", "SECRET1"),
        ("X-Amz-Security-Token", "SECRET2"),
        ("content-type", "text/plain"),
    )
    body = b"canonical string: 'POST\\nx-amz-security-token:SECRET3/+a=\\n'"
    error = NetworkFailed(
        summary="x-amz-security-token: SECRET4",
        service_message="X-Amz-Security-Token=SECRET7&",
        reply=HttpReply(status=403, reason="", headers=headers, body=body),
    )
    place = Place(connection=Connection(endpoint_url="https://u:SECRET5@host:1/p?t=SECRET6"))
    start = begun(place=place)
    store.begin(start)
    found = store.open(store.finish(start, ended(start, error)))
    assert found.exchange.reply.headers == (
        ("Set-Cookie", "(not kept)"),
        ("X-Amz-Security-Token", "(not kept)"),
        ("content-type", "text/plain"),
    )
    assert found.exchange.reply.body.endswith(b"x-amz-security-token:(not kept)\\n'")
    assert found.entry.place.connection.endpoint_url == "https://host:1/p"
    assert all(b"SECRET" not in each.read_bytes() for each in path.parent.iterdir())
    assert HERE.connection.endpoint_url is None
