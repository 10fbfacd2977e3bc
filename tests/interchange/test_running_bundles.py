"""The scripts of a bundle send what the app sent, from wherever they are started."""

import sys

import pytest

from tests.interchange.sending import make_source, sent
from tui.bundles import make_files, write_files
from tui.domain.bundles import Masking
from tui.domain.requests import FileBody, InlineBody, InvocationRequest
from tui.domain.stopping import StopSwitch
from tui.interchange.bundle_subject import BundleSubject

SCRIPTS = {"run-aws.sh": "sh", "run-boto3.py": sys.executable, "run-curl.sh": "sh"}
BODY = b'{"quote\'s": "$HOME `id` \\u00e9\xc3\xa9"}\r\n\0\xff'


@pytest.fixture
def run(execute):
    """Run a script of a bundle from another folder."""
    return lambda script: execute(SCRIPTS[script.name], script)


def bundle_of(path, server, gateway, request, body, masking=None):
    source = make_source(server, gateway, request, body)
    write_files(path, make_files(BundleSubject(source=source), masking or Masking()))
    return path


@pytest.mark.parametrize("script", SCRIPTS)
def test_the_same_is_sent_and_the_first_answer_stays(script, server, gateway, run, tmp_path):
    request = InvocationRequest(
        endpoint_name="echo",
        body=InlineBody(data=BODY),
        content_type="application/json",
        custom_attributes='it\'s="a" $HOME',
        inference_id="-x 1",
    )
    gateway.invoke(request, BODY, StopSwitch())
    ours = sent(server)
    path = bundle_of(tmp_path / "a b'c", server, gateway, request, BODY)
    before = {each.name: each.read_bytes() for each in path.iterdir()}
    printed = run(path / script)
    assert sent(server) == ours
    assert {name: (path / name).read_bytes() for name in before} == before
    new = {each.name for each in path.iterdir()} - set(before)
    if script == "run-curl.sh":
        assert printed.startswith(b"HTTP/1.1 200 ")
    else:
        assert len(new) == 1


@pytest.mark.parametrize("script", SCRIPTS)
def test_masked_and_from_a_file_it_still_runs(script, server, gateway, run, tmp_path):
    file = tmp_path / "body"
    body = b'{"instances": [[5.1]], "user": "somebody-secret"}'
    file.write_bytes(body)
    request = InvocationRequest(
        endpoint_name="echo",
        body=FileBody(path=file),
        custom_attributes="trace=somebody-secret",
        session_id="abc",
    )
    masking = Masking(custom_attributes=True, session_ids=True, json_paths=("user",))
    path = bundle_of(tmp_path / "b", server, gateway, request, body, masking)
    file.unlink()
    run(path / script)
    _, _, headers, arrived = sent(server)
    assert arrived == b'{"instances": [[5.1]], "user": "***"}'
    assert ("x-amzn-sagemaker-custom-attributes", "***") in headers
    assert ("x-amzn-sagemaker-session-id", "masked") in headers
