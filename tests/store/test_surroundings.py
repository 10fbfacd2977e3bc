"""What placeholders may read from this machine."""

import os
import sys
from pathlib import Path

import pytest

from tui.domain.errors import StorageFailed
from tui.store.surroundings import here, read_body_file, read_inserted


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    (tmp_path / ".aws").mkdir()
    (tmp_path / ".aws" / "credentials").write_text("aws_secret_access_key = s3cret")
    return tmp_path


def test_a_file_is_read_byte_for_byte_from_where_the_preset_is(home):
    (home / "row.csv").write_bytes(b"1\r\n\x00\xff")
    assert read_inserted("row.csv", home, {}) == b"1\r\n\x00\xff"
    assert read_inserted("~/row.csv", None, {}) == b"1\r\n\x00\xff"
    assert read_inserted(str(home / "row.csv"), None, {}) == b"1\r\n\x00\xff"


@pytest.mark.parametrize("path", ["~/.aws/credentials", "x/../.aws/credentials", "link"])
def test_credentials_are_not_read_by_any_path(home, path):
    (home / "link").symlink_to(home / ".aws" / "credentials")
    (home / "x").mkdir()
    with pytest.raises(StorageFailed, match="credentials of AWS"):
        read_inserted(path, home, {})


def test_credentials_are_no_body_either(home):
    with pytest.raises(StorageFailed, match="credentials of AWS") as refused:
        read_body_file(Path("~/.aws/credentials"), {})
    assert refused.value.hint
    (home / "body").write_bytes(b"\x00\r\n")
    assert read_body_file(Path("~/body"), {}) == b"\x00\r\n"


@pytest.mark.skipif(sys.platform == "win32", reason="there are no named pipes")
def test_a_pipe_is_refused_instead_of_waited_for(home):
    os.mkfifo(home / "pipe")
    with pytest.raises(StorageFailed, match="it is no file"):
        read_body_file(home / "pipe", {})


def test_nor_are_they_where_a_variable_says_that_they_are(home):
    (home / "secret").write_text("aws_secret_access_key = s3cret")
    with pytest.raises(StorageFailed, match="credentials of AWS"):
        read_inserted("secret", home, {"AWS_SHARED_CREDENTIALS_FILE": str(home / "secret")})


@pytest.mark.parametrize(
    ("path", "folder", "told"),
    [
        ("gone", True, "No such file"),
        (".", True, "it is no file"),
        ("gone", False, "needs a saved preset"),
        ("a" * 300, True, "too long"),
    ],
)
def test_what_cannot_be_read_is_said_with_its_spelling(home, path, folder, told):
    with pytest.raises(StorageFailed, match=told) as refused:
        read_inserted(path, home if folder else None, {})
    assert f"{{{{file:{path}}}}}" in refused.value.summary


def test_each_look_around_has_an_id_of_its_own():
    assert here().uuid != here().uuid
    assert here().now.utcoffset().total_seconds() == 0
