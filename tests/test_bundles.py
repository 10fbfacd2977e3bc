"""Bundles are made, written, opened again; with nothing in them that is masked or foreign."""

import json
import stat
import zipfile
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.interchange.bundles import as_opened, iris, same, subject_of, subjects
from tui.bundles import make_files, open_bundle, read_anything, suggested_name, write_files
from tui.domain.bundles import Masking
from tui.domain.endpoints import RawDocument
from tui.domain.errors import ModelFailed, RequestInvalid, StorageFailed
from tui.domain.http import HttpReply
from tui.domain.presets import Preset
from tui.domain.requests import FileBody, InlineBody, InvocationRequest
from tui.interchange.bundle_reading import read_bundle
from tui.store.bundles import zipped
from tui.store.files import FileExists
from tui.store.presetformat import parse_preset

NOTHING = Masking()
ALL = Masking(account_ids=True, arns=True, custom_attributes=True, session_ids=True)


def named(files):
    return {each.name: each.content for each in files}


@given(subjects())
@settings(max_examples=60)
def test_what_was_sent_and_answered_comes_back(subject):
    files = make_files(subject, NOTHING)
    assert files == make_files(subject, NOTHING)
    opened = read_bundle(named(files))
    request, exchange = as_opened(subject)
    assert opened.request == request
    assert same(opened.exchange, exchange)
    assert (opened.altered, opened.region) == ((), "eu-west-1")


@given(subjects(), st.booleans())
@settings(max_examples=15)
def test_folders_and_zips_bring_it_back_too(tmp_path_factory, subject, is_zip):
    path = tmp_path_factory.mktemp("bundle") / f"b{'.zip' if is_zip else ''}"
    write_files(path, make_files(subject, NOTHING))
    opened = open_bundle(path)
    assert opened.request == as_opened(subject)[0]
    assert same(opened.exchange, as_opened(subject)[1])


secrets = st.text(
    st.characters(categories=["L", "N"], codec="utf-8") | st.sampled_from('"\\/é '), min_size=12
).map(lambda text: f"s3cr{text}t")


@given(secrets, st.booleans(), st.sampled_from(["path", "attributes", "session"]))
@settings(max_examples=60)
def test_a_masked_secret_is_nowhere(secret, ascii_only, what):
    """It is planted where it is masked, and wherever a container might repeat it."""
    inside = json.dumps({"user": [{"name": secret}]}, ensure_ascii=ascii_only)
    embedded = json.dumps({"Message": f'client error "{inside}"'}, ensure_ascii=ascii_only)
    reply = HttpReply(
        status=424,
        reason="Failed",
        headers=(
            ("X-Echo", secret.encode().decode("latin-1")),
            ("X-Amzn-SageMaker-New-Session-Id", f"{secret}; Expires=x"),
        ),
        body=embedded.encode(),
    )
    error = ModelFailed(
        summary=f"The container said: {inside}",
        original_message=inside,
        service_message=secret,
        reply=reply,
        attempts=1,
    )
    request = InvocationRequest(
        endpoint_name="iris",
        body=InlineBody(data=inside.encode()),
        content_type="application/json",
        custom_attributes=secret,
        session_id=secret,
    )
    document = RawDocument(operation="DescribeModel", body=inside.encode())
    masking = {
        "path": Masking(json_paths=("user[0].name",)),
        "attributes": Masking(custom_attributes=True),
        "session": Masking(session_ids=True),
    }[what]
    files = make_files(subject_of(request, error, documents=(document,)), masking)
    for spelling in (
        secret,
        json.dumps(secret)[1:-1],
        json.dumps(secret, ensure_ascii=False)[1:-1],
    ):
        for file in files:
            assert spelling.encode() not in file.content, file.name
            assert spelling not in file.name
    opened = read_bundle(named(files))
    assert opened.altered == ()
    assert opened.masked == ("request-body.json", "response-body.bin")


@given(st.from_regex(r"[1-9][0-9]{11}", fullmatch=True), st.sampled_from([":", "%3A"]))
@settings(max_examples=30)
def test_masked_accounts_and_arns_are_nowhere(account, colon):
    if account == "111122223333":
        return
    arn = colon.join(["arn", "aws", "sagemaker", "us-east-1", account, "endpoint/private-name"])
    text = f'{{"arn": "{arn}", "n": {account}, "image": "{account}.dkr.ecr.us-east-1.x/y"}}'
    subject = iris(text.encode(), answer=text.encode(), headers=(("X-Arn", arn),), inference_id=arn)
    known = replace(subject, documents=(RawDocument(operation="D", body=text.encode()),))
    for file in make_files(known, Masking(account_ids=True)):
        assert account.encode() not in file.content
    for file in make_files(known, Masking(arns=True)):
        assert b"private-name" not in file.content
    for file in make_files(replace(subject, account=account), ALL):
        assert account.encode() not in file.content
        assert b"private-name" not in file.content


def test_an_account_alone_is_masked_where_it_is_the_known_one():
    subject = replace(iris(b'{"a": 210987654321, "b": 9210987654321}'), account="210987654321")
    body = named(make_files(subject, Masking(account_ids=True)))["request-body.json"]
    assert json.loads(body) == {"a": 111122223333, "b": 9210987654321}


def test_the_summary_says_which_bodies_are_no_longer_as_they_were():
    subject = iris(answer=b'{"name": "Alexandra", "odd": 1}')
    plain, hidden = (
        make_files(subject, masking)[0].content.decode()
        for masking in (NOTHING, Masking(json_paths=("name",)))
    )
    assert "`response-body.json`: the answer, byte for byte" in plain
    assert "`response-body.json`: the answer, values in it masked" in hidden
    assert ": the body, byte for byte" in hidden


def test_unmasked_bodies_are_not_told_as_masked():
    opened = read_bundle(named(make_files(iris(), ALL)))
    assert opened.masked == ()


def test_neither_profile_nor_password_nor_cookie_is_written():
    subject = iris(headers=(("Set-Cookie", "session=s3cr3t-cookie"),))
    destination = replace(
        subject.source.destination, profile="prod", endpoint_url="https://me:s3cr3t-pw@a.example/"
    )
    source = replace(subject.source, destination=destination)
    for file in make_files(replace(subject, source=source), NOTHING):
        assert b"s3cr3t" not in file.content
        assert b"prod" not in file.content


def test_the_preset_sends_the_body_beside_it(tmp_path):
    path = tmp_path / "b"
    write_files(path, make_files(iris(custom_attributes="a={{uuid}}"), NOTHING))
    preset = parse_preset((path / "preset.toml").read_text(), path / "preset.toml")
    assert isinstance(preset, Preset)
    assert preset.request.body == FileBody(path=path / "request-body.json")
    assert (preset.request.custom_attributes, preset.has_placeholders) == ("a={{uuid}}", False)


def test_what_no_tool_can_send_makes_no_bundle():
    subject = subject_of(InvocationRequest(endpoint_name="iris", custom_attributes="a\nb"))
    with pytest.raises(RequestInvalid, match="CustomAttributes holds a character"):
        make_files(subject, NOTHING)


def test_a_path_that_is_none_is_said():
    with pytest.raises(RequestInvalid, match="no path in a JSON text"):
        make_files(iris(), Masking(json_paths=("a[",)))


def test_names_are_safe():
    moment = iris().source.exchange.started_at
    assert suggested_name("iris-classifier", moment) == "sagescope-iris-classifier-20261125-1709"
    assert suggested_name("../../x y", moment) == "sagescope-x-y-20261125-1709"


# On disk


@pytest.mark.parametrize("name", ["b", "b.zip"])
def test_only_the_user_can_read_it_and_nothing_is_replaced_unasked(tmp_path, name):
    path, files = tmp_path / name, make_files(iris(), NOTHING)
    write_files(path, files)
    for made in (path, *path.rglob("*")):
        assert stat.S_IMODE(made.stat().st_mode) == (0o700 if made.is_dir() else 0o600)
    with pytest.raises(FileExists):
        write_files(path, files)
    other = make_files(iris(b"other"), NOTHING)
    write_files(path, other, overwrite=True)
    assert open_bundle(path).request.body == InlineBody(data=b"other")
    assert [each.name for each in tmp_path.iterdir()] == [name]


def test_a_folder_that_is_no_bundle_is_never_replaced(tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("all of it")
    with pytest.raises(StorageFailed, match="it is no bundle"):
        write_files(tmp_path / "mine", make_files(iris(), NOTHING), overwrite=True)
    assert (tmp_path / "mine" / "thesis.txt").read_text() == "all of it"


def test_nothing_is_left_of_what_cannot_be_written(tmp_path):
    with pytest.raises(StorageFailed, match="Cannot write"):
        write_files(tmp_path / "none" / "b", make_files(iris(), NOTHING))
    assert list(tmp_path.iterdir()) == []


def test_the_same_bundle_makes_the_same_zip_that_unpacks_into_a_folder(tmp_path):
    files = make_files(iris(), NOTHING)
    assert zipped("b", files) == zipped("b", files)
    write_files(tmp_path / "b.zip", files)
    with zipfile.ZipFile(tmp_path / "b.zip") as archive:
        archive.extractall(tmp_path)
    assert open_bundle(tmp_path / "b").altered == ()


def test_an_altered_and_a_missing_file_are_told_and_others_are_no_matter(tmp_path):
    path = tmp_path / "b"
    write_files(path, make_files(iris(), NOTHING))
    (path / "response-body.json").write_bytes(b"{}")
    (path / "run-aws.sh").unlink()
    (path / "new-response-body.json").write_bytes(b"[]")
    assert sorted(open_bundle(path).altered) == ["response-body.json", "run-aws.sh"]


def refused(path):
    with pytest.raises((RequestInvalid, StorageFailed)) as caught:
        open_bundle(path)
    return caught.value.summary


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("../evil", "points out of it"),
        ("/etc/passwd", "points out of it"),
        ("a\\..\\b", "points out of it"),
        ("C:/x", "points out of it"),
    ],
)
def test_a_zip_that_points_out_of_itself_is_refused(tmp_path, name, words):
    path = tmp_path / "b.zip"
    path.write_bytes(zipped("b", make_files(iris(), NOTHING)))
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(name, "x")
    assert words in refused(path)


def test_links_are_neither_followed_nor_taken(tmp_path):
    (tmp_path / "outside").write_text("s3cr3t")
    path = tmp_path / "b"
    write_files(path, make_files(iris(), NOTHING))
    (path / "response-body.json").unlink()
    (path / "response-body.json").symlink_to(tmp_path / "outside")
    assert "response-body.json is missing" in refused(path)
    link = zipfile.ZipInfo("b/response-body.json")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(tmp_path / "b.zip", "w") as archive:
        archive.writestr(link, "/etc/passwd")
    assert "is a link" in refused(tmp_path / "b.zip")


def test_what_is_no_bundle_is_refused_in_words(tmp_path):
    assert "no such folder or file" in refused(tmp_path / "none")
    (tmp_path / "text").write_text("hello")
    assert "no zip that can be read" in refused(tmp_path / "text")
    (tmp_path / "empty").mkdir()
    assert "no bundle of sagescope's" in refused(tmp_path / "empty")
    whole = zipped("b", make_files(iris(), NOTHING))
    for cut in (10, len(whole) // 2, len(whole) - 1):
        (tmp_path / "cut.zip").write_bytes(whole[:cut])
        assert "no zip that can be read" in refused(tmp_path / "cut.zip")


JSON = st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.just([]) | st.just({})


@given(st.data(), JSON)
@settings(max_examples=150)
def test_a_manifest_with_something_else_anywhere_is_refused_or_read(data, value):
    """Nothing but our own errors, whatever stands where."""
    files = named(make_files(iris(), NOTHING))
    name = data.draw(st.sampled_from(["bundle.json", "request.json"]))
    table = json.loads(files[name])
    spot = table
    while isinstance(spot, dict) and spot:
        key = data.draw(st.sampled_from(sorted(spot)))
        if not isinstance(spot[key], dict) or data.draw(st.booleans()):
            spot[key] = value
            break
        spot = spot[key]
    with suppress(RequestInvalid):
        opened = read_bundle({**files, name: json.dumps(table).encode()})
        assert isinstance(opened.request.endpoint_name, str)


@given(st.binary(max_size=40))
def test_any_bytes_for_a_manifest_are_refused(content):
    files = named(make_files(iris(), NOTHING))
    with pytest.raises(RequestInvalid):
        read_bundle({**files, "bundle.json": content})


def test_a_newer_format_is_said():
    files = named(make_files(iris(), NOTHING))
    manifest = json.loads(files["bundle.json"]) | {"version": 2}
    with pytest.raises(RequestInvalid, match="another version than 1"):
        read_bundle({**files, "bundle.json": json.dumps(manifest).encode()})


def test_a_relative_name_is_one_in_the_current_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    write_files(Path("b"), make_files(iris(), NOTHING))
    assert (tmp_path / "b" / "README.md").is_file()


def test_a_pasted_line_may_have_its_members_in_a_file_here(tmp_path):
    line = "aws sagemaker-runtime invoke-endpoint --cli-input-json file://{} out"
    (tmp_path / "in.json").write_text('{"EndpointName": "iris", "Body": "1,2"}')
    assert read_anything(line.format(tmp_path / "in.json")).request.endpoint_name == "iris"
    with pytest.raises(RequestInvalid, match="cannot be read"):
        read_anything(line.format(tmp_path))
