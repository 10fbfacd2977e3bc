"""One writer at a time: others wait, no lock is left, and no holder is waited for without end."""

import os
from threading import Event, Thread

import pytest

from tests.patience import PATIENCE_S
from tui.domain.errors import StorageFailed
from tui.store import locking
from tui.store.locking import LOCK_NAME, locked


def test_who_comes_second_waits_until_the_first_is_done(tmp_path):
    order, is_held = [], Event()

    def second():
        is_held.wait(PATIENCE_S)
        with locked(tmp_path):
            order.append("second")

    thread = Thread(target=second)
    thread.start()
    with locked(tmp_path):
        is_held.set()
        thread.join(0.1)
        order.append("first")
    thread.join(PATIENCE_S)
    assert order == ["first", "second"]
    assert list(tmp_path.iterdir()) == []


def test_two_folders_are_locked_in_one_order_whatever_order_is_asked(tmp_path):
    with locked(tmp_path / "b", tmp_path / "a", tmp_path / "b"):
        assert sorted(path.name for path in tmp_path.rglob(LOCK_NAME)) == [LOCK_NAME] * 2
    assert list(tmp_path.rglob(LOCK_NAME)) == []


def test_what_a_killed_program_left_is_no_lock(tmp_path):
    (tmp_path / LOCK_NAME).touch()
    with locked(tmp_path):
        pass
    assert list(tmp_path.iterdir()) == []


def test_a_holder_that_is_stuck_is_not_waited_for_without_end(tmp_path, monkeypatch):
    monkeypatch.setattr(locking, "LONGEST_WAIT_S", 0.05)
    with (
        locked(tmp_path),
        pytest.raises(StorageFailed, match="Another sagescope"),
        locked(tmp_path),
    ):
        pytest.fail("it was locked twice")
    with locked(tmp_path):
        pass


def test_a_lock_goes_with_its_folder_when_that_is_renamed(tmp_path):
    folder = tmp_path / "presets"
    with locked(folder):
        folder.rename(tmp_path / "moved")
        with locked(folder):
            assert (folder / LOCK_NAME).exists()


@pytest.mark.skipif(os.name != "posix" or os.getuid() == 0, reason="root may write anywhere")
def test_a_folder_that_may_not_be_written_is_said(tmp_path):
    tmp_path.chmod(0o500)
    with pytest.raises(StorageFailed, match="Permission denied"), locked(tmp_path):
        pytest.fail("it was locked")
