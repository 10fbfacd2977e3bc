from __future__ import annotations

import pytest
from textual.app import App
from textual.binding import Binding
from textual.screen import ModalScreen, Screen
from textual.widget import Widget

from tui.app import SagescopeApp, keymap_problems
from tui.screens.keymap import Bound, all_bound, find_problems, key_problem


class Shell(App):
    pass


class Main(Screen):
    pass


class Box(ModalScreen):
    pass


class Pane(Widget):
    pass


class BigPane(Pane):
    pass


def bound(owner, binding_id, key, *, priority=False):
    return Bound(owner, Binding(key, "act", "Act", id=binding_id, priority=priority))


KNOWN = (
    bound(Shell, "app.help", "f1", priority=True),
    bound(Main, "main.send", "ctrl+j,ctrl+enter", priority=True),
    bound(Main, "main.new", "ctrl+n"),
    bound(Pane, "pane.copy", "y"),
    bound(BigPane, "pane.grow", "plus"),
    bound(Box, "box.copy", "y"),
)


def rules(keymap):
    return [f"{problem.key}: {problem.rule}" for problem in find_problems(keymap, KNOWN)]


def test_a_good_keymap_has_no_problem():
    assert rules({"main.send": "f5, ctrl+j", "pane.copy": "Y", "app.help": "f11"}) == []


def test_an_unknown_id_names_the_nearest():
    assert rules({"main.sned": "f5"}) == [
        "keymap.main.sned: there is no such key binding; the nearest is main.send"
    ]


@pytest.mark.parametrize(
    ("key", "hint"),
    [
        ("f99", "nearest is f9"),
        ("ctl+j", "keys are spelt like"),
        ("Ctrl+J", "write 'ctrl+j'"),
        ("escpae", "nearest is escape"),
        ("questionmark", "there is no key"),
        ("ctrl+", "there is no key"),
    ],
)
def test_a_key_that_is_none_is_told(key, hint):
    assert hint in (key_problem(key) or "")


@pytest.mark.parametrize(
    "key",
    ["f12", "?", "question_mark", "+", "ctrl+j", "ctrl+shift+left", "alt+enter", "é", "G", "space"],
)
def test_a_key_that_is_one_is_not(key):
    assert key_problem(key) is None


@pytest.mark.parametrize("key", ["ctrl+i", "ctrl+m", "ctrl+h"])
def test_what_a_terminal_sends_as_another_key_is_told(key):
    assert "terminals send" in (key_problem(key) or "")


def test_a_letter_for_a_key_that_works_while_typing_is_told():
    (rule,) = rules({"main.send": "s"})
    assert rule.startswith("keymap.main.send: s could then no longer be typed; combine it with")


def test_a_key_taken_twice_in_one_place_is_told():
    assert rules({"main.new": "ctrl+j"}) == [
        "keymap.main.new: ctrl+j is the key of main.send too; give one of them another"
    ]
    assert "pane.copy too" in rules({"pane.grow": "y"})[0]


def test_a_key_of_the_app_hides_that_of_the_screen():
    assert "app.help too" in rules({"main.new": "f1"})[0]


def test_a_key_that_works_everywhere_hides_that_of_a_widget():
    assert "main.send too" in rules({"pane.copy": "ctrl+j"})[0]


def test_keys_that_never_meet_do_not_clash():
    assert rules({"box.copy": "ctrl+n"}) == []
    assert rules({"box.copy": "ctrl+j"}) == []
    assert "app.help too" in rules({"box.copy": "f1"})[0]


def test_keys_that_change_places_do_not_clash():
    assert rules({"main.new": "ctrl+j", "main.send": "ctrl+n"}) == []


def test_the_apps_own_ids_are_known_and_hold_without_a_screen_being_open():
    ids = {each.id for each in all_bound(SagescopeApp)}
    assert {"app.help", "app.palette", "dialog.close", "connect.connect", "picker.down"} <= ids
    (problem,) = keymap_problems({"app.hlep": "f11"})
    assert problem.key == "keymap.app.hlep"
    assert "the nearest is app.help" in problem.rule


def test_no_keymap_has_no_problems():
    assert keymap_problems({}) == ()


def test_every_binding_of_ours_can_be_rebound_and_says_what_it_does():
    known = all_bound(SagescopeApp)
    assert [each.id for each in known if not each.binding.description] == []
    assert [each.id for each in known if not each.binding.tooltip] == []


def test_the_keys_as_they_come_do_not_clash():
    known = all_bound(SagescopeApp)
    as_they_come = {each.id: each.binding.key for each in known}
    assert [str(each) for each in find_problems(as_they_come, known)] == []


def test_a_default_that_is_written_down_is_accepted():
    known = all_bound(SagescopeApp)
    for each in known:
        assert find_problems({each.id: each.binding.key}, known) == ()
    assert keymap_problems({"body.find": "/"}) == keymap_problems({"endpoints.filter": "/"}) == ()
