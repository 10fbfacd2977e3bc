import errno
import os
import sys

import pytest

from tui.domain.errors import StorageFailed
from tui.store.files import (
    FileExists,
    Unreadable,
    create_atomically,
    read_text,
    sweep,
    write_atomically,
    write_user_file,
)

needs_modes = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")


def mode_of(path):
    return path.stat().st_mode & 0o777


def names_in(folder):
    return sorted(each.name for each in folder.iterdir())


@pytest.fixture
def full_disk(monkeypatch):
    """Let every flush to disk fail the way a full one does."""

    def fail(_descriptor):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", fail)


def test_text_is_read_without_its_byte_order_mark(tmp_path):
    path = tmp_path / "file"
    path.write_bytes(b"\xef\xbb\xbfa\xc3\xa9\r\n")
    assert read_text(path) == "aé\r\n"


def test_a_missing_file_is_said_with_and_without_its_name(tmp_path):
    with pytest.raises(Unreadable) as caught:
        read_text(tmp_path / "file")
    assert caught.value.summary == f"Cannot read {tmp_path / 'file'}: there is no such file"
    assert caught.value.reason == "there is no such file"


@pytest.mark.skipif(sys.platform == "win32", reason="there are no named pipes")
def test_a_pipe_is_refused_instead_of_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(Unreadable, match="it is no file"):
        read_text(tmp_path / "pipe")


@needs_modes
def test_our_own_files_are_private_and_so_are_the_folders_made_for_them(tmp_path):
    path = tmp_path / "a" / "b" / "file"
    write_atomically(path, b"x")
    assert mode_of(path) == 0o600
    assert mode_of(path.parent) == mode_of(path.parent.parent) == 0o700


def test_a_write_that_fails_leaves_the_old_file_and_nothing_else(tmp_path, full_disk):
    path = tmp_path / "file"
    path.write_bytes(b"old")
    with pytest.raises(StorageFailed, match="No space left"):
        write_atomically(path, b"new")
    assert path.read_bytes() == b"old"
    assert names_in(tmp_path) == ["file"]


def test_a_symbolic_link_stays_one(tmp_path):
    (tmp_path / "link").symlink_to(tmp_path / "target")
    write_atomically(tmp_path / "link", b"x")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "target").read_bytes() == b"x"


@pytest.mark.parametrize("content", [b"", b"\x00\xff\r\n", bytes(3_000_000)])
@pytest.mark.parametrize("overwrite", [False, True])
def test_a_user_s_file_gets_exactly_the_bytes(tmp_path, content, overwrite):
    path = tmp_path / "answer"
    write_user_file(path, content, overwrite=overwrite)
    assert path.read_bytes() == content
    assert names_in(tmp_path) == ["answer"]


@pytest.mark.parametrize("overwrite", [False, True])
def test_a_user_s_file_is_there_with_its_content_or_not_at_all(tmp_path, monkeypatch, overwrite):
    path, seen, fsync = tmp_path / "answer", [], os.fsync

    def watch(descriptor):
        seen.append(path.exists())
        fsync(descriptor)

    monkeypatch.setattr(os, "fsync", watch)
    write_user_file(path, b"x", overwrite=overwrite)
    assert seen == [False]
    assert path.read_bytes() == b"x"


@needs_modes
def test_a_new_file_is_private_and_a_replaced_one_keeps_its_mode(tmp_path):
    path = tmp_path / "answer"
    write_user_file(path, b"x", overwrite=False)
    assert mode_of(path) == 0o600
    path.chmod(0o640)
    write_user_file(path, b"y", overwrite=True)
    assert mode_of(path) == 0o640
    assert path.read_bytes() == b"y"


def test_a_file_that_is_there_is_not_replaced_unasked(tmp_path):
    path = tmp_path / "answer"
    path.write_bytes(b"old")
    with pytest.raises(FileExists) as caught:
        write_user_file(path, b"new", overwrite=False)
    assert caught.value.summary == f"{path} exists already"
    assert path.read_bytes() == b"old"
    assert names_in(tmp_path) == ["answer"]


def test_the_home_is_where_the_tilde_points(tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    write_user_file(type(tmp_path)("~/answer"), b"x", overwrite=False)
    assert (tmp_path / "answer").read_bytes() == b"x"


def test_a_missing_folder_is_named_and_not_made(tmp_path):
    with pytest.raises(StorageFailed) as caught:
        write_user_file(tmp_path / "nowhere" / "answer", b"x", overwrite=True)
    assert caught.value.summary.endswith(f"there is no folder {tmp_path / 'nowhere'}")
    assert caught.value.hint
    assert names_in(tmp_path) == []


@pytest.mark.parametrize("overwrite", [False, True])
def test_a_folder_is_not_replaced_by_a_file(tmp_path, overwrite):
    with pytest.raises(StorageFailed, match="it is a folder") as caught:
        write_user_file(tmp_path, b"x", overwrite=overwrite)
    assert not isinstance(caught.value, FileExists)  # nobody is asked what cannot be
    assert tmp_path.is_dir()


@pytest.mark.skipif(sys.platform == "win32", reason="there are no named pipes")
@pytest.mark.parametrize("overwrite", [False, True])
def test_a_device_or_pipe_is_not_replaced_by_a_file(tmp_path, overwrite):
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(StorageFailed, match="is no regular file") as caught:
        write_user_file(tmp_path / "pipe", b"x", overwrite=overwrite)
    assert not isinstance(caught.value, FileExists)
    assert not (tmp_path / "pipe").is_file()


@pytest.mark.parametrize("was_there", [False, True])
def test_a_full_disk_leaves_things_as_they_were(tmp_path, full_disk, was_there):
    path = tmp_path / "answer"
    if was_there:
        path.write_bytes(b"old")
    with pytest.raises(StorageFailed, match="No space left"):
        write_user_file(path, b"new", overwrite=was_there)
    assert names_in(tmp_path) == (["answer"] if was_there else [])
    assert not was_there or path.read_bytes() == b"old"


@pytest.mark.parametrize("overwrite", [False, True])
def test_a_folder_that_may_not_be_written_is_said(tmp_path, monkeypatch, overwrite):
    def refuse(*_):  # root, who runs tests in containers, is refused nothing
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

    monkeypatch.setattr(os, "open", refuse)
    with pytest.raises(StorageFailed, match="Permission denied"):
        write_user_file(tmp_path / "answer", b"x", overwrite=overwrite)


@pytest.mark.parametrize("name", ["a\x00b", "x" * 300])
def test_a_name_that_no_file_can_have_is_said(tmp_path, name):
    with pytest.raises(StorageFailed, match="Cannot write"):
        write_user_file(tmp_path / name, b"x", overwrite=False)
    assert names_in(tmp_path) == []


def test_a_new_file_is_made_whole_and_replaces_nothing(tmp_path):
    path = tmp_path / "a" / "file"
    create_atomically(path, b"x")
    assert path.read_bytes() == b"x"
    with pytest.raises(FileExists):
        create_atomically(path, b"y")
    assert path.read_bytes() == b"x"
    assert names_in(path.parent) == ["file"]


def test_a_new_file_is_made_where_files_have_one_name_only(tmp_path, monkeypatch):
    def refuse(*_):
        raise PermissionError(errno.EPERM, os.strerror(errno.EPERM))

    monkeypatch.setattr(os, "link", refuse)
    path = tmp_path / "file"
    create_atomically(path, b"x")
    with pytest.raises(FileExists):
        create_atomically(path, b"y")
    assert path.read_bytes() == b"x"
    assert names_in(tmp_path) == ["file"]


def test_a_new_file_is_not_made_on_a_full_disk(tmp_path, full_disk):
    with pytest.raises(StorageFailed, match="No space left"):
        create_atomically(tmp_path / "file", b"x")
    assert names_in(tmp_path) == []


@needs_modes
@pytest.mark.parametrize(("keep_mode", "mode"), [(True, 0o640), (False, 0o600)])
def test_a_replaced_file_keeps_its_mode_where_it_is_the_users(tmp_path, keep_mode, mode):
    path = tmp_path / "file"
    path.write_bytes(b"old")
    path.chmod(0o640)
    write_atomically(path, b"new", keep_mode=keep_mode)
    assert mode_of(path) == mode


def test_only_old_leavings_of_writers_are_swept_away(tmp_path):
    names = [".file.toml.a_1b2c3d.tmp", ".new.toml.a_1b2c3d.tmp", "file.tmp", ".hidden"]
    for name in names:
        (tmp_path / name).touch()
        os.utime(tmp_path / name, (1, 1))
    os.utime(tmp_path / names[1])
    sweep(tmp_path)
    sweep(tmp_path / "nowhere")
    assert names_in(tmp_path) == sorted(names[1:])
