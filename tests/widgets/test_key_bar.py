from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.app.scenes import Desk
from tests.app.stand_in import make_app
from tests.app.waiting import shown
from tui.widgets.key_bar import GAP_CELLS, MOST_KEYS, KeyBar, Owner, ShownKey, lay_out

KEYS = st.lists(
    st.builds(
        ShownKey,
        key=st.just("f1"),
        display=st.text("ab^漢", min_size=1, max_size=4),
        description=st.text("cd e漢", min_size=1, max_size=12),
        owner=st.sampled_from(Owner),
        enabled=st.booleans(),
    ),
    max_size=20,
).map(lambda keys: sorted(keys, key=lambda key: key.owner))


def key(name, owner):
    return ShownKey(key=name, display=name, description=name.title(), owner=owner)


@pytest.fixture
def desk():
    return Desk()


@pytest.fixture
def app(desk, tmp_path):
    return make_app(desk, tmp_path)


def last_line(app):
    return shown(app).splitlines()[-1]


async def test_the_screens_keys_come_first_then_the_focus_then_the_apps(app, desk):
    async with app.run_test(size=(80, 24)) as pilot:
        words = last_line(app).split()
        assert words == ["^j", "Send", "f6", "Stamp", "^o", "Jump", "f1", "Help", "^p", "Palette"]
        desk.query_one("#rows").focus()
        await pilot.pause()
        assert "y Take" in last_line(app)
        assert "f6 Stamp" not in last_line(app)


async def test_the_palette_stands_at_the_right_end(app):
    async with app.run_test(size=(80, 24)):
        assert last_line(app).rstrip().endswith("^p Palette")
        assert len(last_line(app).rstrip()) == 79


async def test_a_click_presses_the_key(app, desk):
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.click(KeyBar, offset=(2, 0))
        await pilot.pause()
        assert desk.done == ["sent"]
        await pilot.click(KeyBar, offset=(60, 0))
        assert desk.done == ["sent"]


async def test_a_key_that_was_rebound_is_shown_as_it_is_now(desk, tmp_path):
    app = make_app(desk, tmp_path, keymap={"desk.send": "f9"})
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "f9 Send" in last_line(app)


def test_the_focus_gives_way_first_and_the_palette_last():
    keys = [
        key("send", Owner.SCREEN),
        key("save", Owner.SCREEN),
        key("copy", Owner.FOCUS),
        key("help", Owner.APP),
        key("palette", Owner.PALETTE),
    ]

    def left(width_cells):
        return [each.key for _start, each in lay_out(keys, width_cells)]

    assert left(100) == ["send", "save", "copy", "help", "palette"]
    assert left(50) == ["send", "save", "help", "palette"]
    assert left(38) == ["send", "help", "palette"]
    assert left(16) == ["palette"]
    assert left(3) == []


@given(KEYS, st.integers(0, 120))
def test_keys_never_overlap_nor_leave_the_line(keys, width_cells):
    placed = lay_out(keys, width_cells)
    assert len(placed) <= MOST_KEYS
    end = -GAP_CELLS
    for start, each in placed:
        if each.owner is not Owner.PALETTE:
            assert start >= end
        end = start + each.width_cells
        assert start >= 0
        assert end <= width_cells
