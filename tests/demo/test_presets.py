"""The presets that come with the demo: each is sent, and gets the kind of answer it promises."""

import json
from dataclasses import replace

import pytest

from tui.aws.connector import AwsConnector
from tui.demo.preset_files import demo_presets
from tui.demo.server import DemoServer
from tui.demo.showcase import showcase
from tui.domain.connections import Connection
from tui.domain.fields import problems
from tui.domain.placeholders import filling_of, placeholders_in, wanted_variables
from tui.domain.presets import PresetPlace, StoredPreset, name_problem
from tui.domain.sessions import session_id_of
from tui.domain.starters import STARTERS
from tui.domain.stopping import StopSwitch
from tui.explorer import Explorer
from tui.store.presets import PresetStore

STORE = PresetStore((demo_presets(),), trash=demo_presets(), uses_file=demo_presets() / "none")
ENTRIES = STORE.entries()
PRESETS = {entry.place.name: STORE.read(entry.place).preset for entry in ENTRIES}
"""By name; none is broken, or collecting this test would fail."""

FAILURES = {
    "failures/access denied": "AccessDeniedException",
    "failures/cold start": "ModelNotReadyException",
    "failures/cut answer": "BodyCut",
    "failures/dependency 530": "InternalDependencyException",
    "failures/expired token": "ExpiredTokenException",
    "failures/for asynchronous use": "ValidationError",
    "failures/html 502": "502",
    "failures/internal 500": "InternalFailure",
    "failures/long model error": "ModelError",
    "failures/model error": "ModelError",
    "failures/reset connection": "ConnectionClosedError",
    "failures/scaled to zero": "ValidationError",
    "failures/throttled": "ThrottlingException",
    "failures/unavailable 503": "ServiceUnavailable",
    "failures/validation": "ValidationError",
    "statuses/legacy-ocr": "ValidationError",
    "statuses/recommendations-2023": "ValidationError",
    "statuses/speech-to-text": "ValidationError",
    "statuses/text-embeddings-v2": "ValidationError",
}
"""Preset to the code of the error that it is for; all others are answered."""
IN_A_SESSION = {"sessions/2 go on", "sessions/3 close"}
"""They need the session that the first of them opens."""


@pytest.fixture(scope="module")
def server():
    with DemoServer(seed=1) as server:
        yield server
        assert server.crashes == ()


@pytest.fixture
async def explorer(server):
    here = Connection(is_demo=True, endpoint_url=server.url, region="us-east-1")
    return Explorer(AwsConnector(), here)


async def send(explorer, preset, **answers):
    filling = filling_of(preset, demo_presets(), answers)
    return await explorer.invoke(preset.request, StopSwitch(), filling=filling)


@pytest.mark.parametrize("name", sorted(PRESETS.keys() - FAILURES.keys() - IN_A_SESSION))
async def test_a_preset_gets_the_answer_that_it_accepts(explorer, name):
    preset = PRESETS[name]
    answers = {"seconds": "0"} if name == "three seconds" else {}
    reply = (await send(explorer, preset, **answers)).reply
    assert (reply.status, reply.content_type) == (200, preset.request.accept)
    assert reply.body
    if reply.content_type == "application/json":
        assert json.loads(reply.body)


@pytest.mark.parametrize(("name", "code"), FAILURES.items())
async def test_a_failure_is_the_one_that_the_preset_is_for(explorer, name, code):
    assert (await send(explorer, PRESETS[name])).outcome.code == code


async def test_a_session_is_opened_used_and_closed(explorer):
    opened = (await send(explorer, PRESETS["sessions/1 open"])).reply
    session = session_id_of(opened.new_session_id)
    replies = [
        (await send(explorer, PRESETS[name], session=session)).reply
        for name in sorted(IN_A_SESSION)
    ]
    assert [each.status for each in replies] == [200, 200]
    assert [each.closed_session_id for each in replies] == [None, session]


async def test_placeholders_are_filled_in_on_the_wire(explorer):
    preset = PRESETS["echo with an id of its own"]
    assert len(placeholders_in(preset)) == 3
    assert [each.name for each in wanted_variables(preset)] == ["name"]
    exchange = await send(explorer, preset, name="Ada")
    received = json.loads(json.loads(exchange.reply.body)["body"])
    assert received["greeting"] == "Hello, Ada"
    assert exchange.request.custom_attributes == f"trace={received['id']}"
    assert json.loads(exchange.sent_body) == received


def test_every_endpoint_of_the_catalogue_has_a_preset():
    served = {preset.request.endpoint_name for preset in PRESETS.values()}
    assert served == {endpoint.name for endpoint in showcase().endpoints}


def test_each_is_in_good_order_and_says_what_it_is_for():
    for entry in ENTRIES:
        assert isinstance(entry, StoredPreset)
        assert entry.description
        assert name_problem(entry.place.name) is None


@pytest.mark.parametrize("starter", STARTERS, ids=lambda starter: starter.title)
async def test_a_starting_point_is_sent_as_it_is_and_understood(explorer, starter):
    request = starter.preset.request
    assert request.endpoint_name == ""
    assert problems({"content_type": request.content_type, "accept": request.accept}) == {}
    assert "starting point" in starter.preset.description
    assert starter.models
    assert placeholders_in(starter.preset) == ()
    takers = {'JSON "inputs"': "text-generator", 'Chat "messages"': "text-generator"}
    name = takers.get(starter.title, "echo" if "Image" in starter.title else "iris-classifier")
    aimed = replace(starter.preset, request=replace(request, endpoint_name=name))
    assert (await send(explorer, aimed)).reply.status == 200


def test_they_are_not_changed_but_copied(tmp_path):
    mine = tmp_path / "mine"
    store = PresetStore(
        (mine,), trash=tmp_path / "trash", uses_file=tmp_path / "uses", shipped=(demo_presets(),)
    )
    place = PresetPlace(folder=demo_presets(), name="iris smoke test")
    opened = store.read(place)
    for change in (
        lambda: store.save(opened.preset, place, replacing=opened.version),
        lambda: store.move(opened, PresetPlace(folder=mine, name="x")),
        lambda: store.delete(place),
    ):
        with pytest.raises(Exception, match="comes with sagescope"):
            change()
    copies = [store.duplicate(place).place for _ in range(2)]
    assert copies == [
        PresetPlace(folder=mine, name="iris smoke test"),
        PresetPlace(folder=mine, name="iris smoke test copy"),
    ]
    assert store.read(copies[0]).preset == opened.preset
    rows = [entry for entry in store.entries() if isinstance(entry, StoredPreset)]
    assert [row.is_shipped for row in rows] == [False, False, *[True] * len(ENTRIES)]
