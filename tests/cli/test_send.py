"""``sagescope send``: a preset, changed by flags, sent once."""

import json
from pathlib import Path

import pytest

from tui.demo.preset_files import demo_presets
from tui.domain.presets import Preset, PresetPlace, Variable
from tui.domain.requests import InlineBody, InvocationRequest
from tui.store.paths import find_paths
from tui.store.presets import open_presets


@pytest.fixture
def saved(home):
    """Save presets; return the store."""
    store = open_presets(find_paths({"SAGESCOPE_HOME": str(home)}))
    greeting = Preset(
        request=InvocationRequest(
            endpoint_name="echo",
            body=InlineBody(data=b"Hello {{city}}, {{unknown}}"),
            content_type="text/plain",
            accept="text/csv",
            inference_id="{{uuid}}",
        ),
        variables=(Variable(name="city", default="Oslo"), Variable(name="mood", default="x")),
    )
    asking = Preset(
        request=InvocationRequest(body=InlineBody(data=b"{{name}}")),
        variables=(Variable(name="name"),),
    )
    for name, preset in (("team/greeting", greeting), ("asking", asking)):
        place = PresetPlace(folder=store.folders[0], name=name)
        store.save(preset, place, replacing=None)
    return store


def sent(server):
    request = server.requests[-1]
    return request.path, dict(request.headers), request.body


def test_a_preset_is_sent_and_filled_in(sagescope, aws, saved):
    status, out, err = sagescope("send", "team/greeting")
    assert status == 0
    assert json.loads(err)["InvokedProductionVariant"] == "AllTraffic"
    assert "Hello Oslo" in out
    path, headers, body = sent(aws)
    assert (path, body) == ("/endpoints/echo/invocations", b"Hello Oslo, {{unknown}}")
    assert headers["Accept"] == "text/csv"
    assert len(headers["X-Amzn-SageMaker-Inference-Id"]) == 36


def test_flags_change_what_is_sent_and_not_the_preset(sagescope, aws, saved, tmp_path):
    (tmp_path / "body").write_bytes(b"\x00{{city}}\xff")
    status, out, err = sagescope(
        *("send", "team/greeting", "--endpoint", "image", "--set", "Body=fileb://body"),
        *("--set", "content-type=a/b", "--set", "accept=", "--set", "target_variant=v"),
        *("--set", "InferenceId=i=1", "-o", "out"),
    )
    assert (status, out) == (254, "")
    assert "ValidationError" in err
    path, headers, body = sent(aws)
    assert path == "/endpoints/image/invocations"
    assert body == b"\x00{{city}}\xff"
    assert headers["Content-Type"] == "a/b"
    assert "Accept" not in headers
    assert headers["X-Amzn-SageMaker-Target-Variant"] == "v"
    assert headers["X-Amzn-SageMaker-Inference-Id"] == "i=1"
    again = sagescope("send", "team/greeting", "--var", "city=Rom", "-o", "out")
    assert again[0] == 0
    assert sent(aws)[2] == b"Hello Rom, {{unknown}}"
    assert b"Rom" in (tmp_path / "out").read_bytes()


def test_a_preset_may_be_named_by_its_file(sagescope, aws, saved, home):
    path = home / "presets" / "team" / "greeting.toml"
    assert sagescope("send", str(path), "-o", "out")[0] == 0
    assert sagescope("send", "greeting", "--presets", str(path.parent), "-o", "out")[0] == 0


def test_a_preset_of_the_demo_is_at_hand(sagescope, aws):
    status, out, _ = sagescope("send", "iris smoke test", "--query", "ContentType")
    assert status == 0
    assert "predictions" in json.loads(out)


def test_of_two_with_one_name_yours_is_sent_and_the_other_told(sagescope, aws, home):
    path = home / "presets" / "iris smoke test.toml"
    path.parent.mkdir()
    path.write_text('version = 1\noperation = "InvokeEndpoint"\nendpoint_name = "echo"\n')
    status, _, err = sagescope("send", "iris smoke test", "-o", "out")
    assert status == 0
    assert sent(aws)[0] == "/endpoints/echo/invocations"
    other = demo_presets() / "iris smoke test.toml"
    assert err.splitlines()[:2] == [
        f"sagescope: iris smoke test is {path}",
        f"there is another: {other}",
    ]
    _, _, err = sagescope("send", str(other), "-o", "out")
    assert sent(aws)[0] == "/endpoints/iris-classifier/invocations"
    assert "another" not in err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["nope"], "There is no preset nope in"),
        (["asking"], "names no endpoint"),
        (["asking", "--endpoint", "echo"], "no value for {{name}}\nAdd --var NAME=VALUE"),
        (["asking", "--endpoint", "echo", "--var", "nam=x"], "the nearest is name"),
        (["team/greeting", "--set", "bodi=x"], "the nearest is body"),
        (["team/greeting", "--set", "body"], "must be NAME=VALUE"),
        (["team/greeting", "--set", "body=fileb://nope"], "cannot read fileb://nope"),
        (["team/greeting", "-o", "no/such/file"], "there is no folder"),
        ([], "required: PRESET"),
    ],
)
def test_what_cannot_be_sent_is_said(sagescope, aws, saved, arguments, words):
    aws.forget_requests()
    status, out, err = sagescope("send", *arguments)
    assert (status, out) == (252, "")
    assert words in err
    assert aws.requests == ()


def test_it_is_in_the_history_by_its_name_and_counts_as_used(sagescope, saved):
    sagescope("send", "team/greeting", "-o", "out")
    entries = json.loads(sagescope("history", "list")[1])["Entries"]
    assert [each["PresetName"] for each in entries] == ["team/greeting"]
    used = {each.place.name: each.last_used_at for each in saved.entries()}
    assert used["team/greeting"] is not None
    assert used["asking"] is None


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="there is no such file system")
def test_an_answer_is_not_lost_because_its_use_cannot_be_noted(
    sagescope, aws, saved, home, monkeypatch
):
    monkeypatch.setenv("SAGESCOPE_HOME", "/proc/sagescope")
    path = home / "presets" / "team" / "greeting.toml"
    status, out, err = sagescope("send", str(path))
    assert status == 0
    assert "Hello Oslo" in out
    assert "Cannot write in /proc/sagescope" in err
