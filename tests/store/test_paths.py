from dataclasses import fields
from pathlib import Path

import platformdirs

from tui.store.paths import Paths, find_paths


def every_path(paths):
    named = [name for name, each in vars(Paths).items() if isinstance(each, property)]
    return [getattr(paths, name) for name in (*named, *(field.name for field in fields(paths)))]


def test_one_variable_moves_everything(tmp_path):
    paths = every_path(find_paths({"SAGESCOPE_HOME": str(tmp_path / "home")}))
    assert len(paths) == len({*paths}) + 2  # config, data and state are one folder
    assert all(path.is_relative_to(tmp_path / "home") for path in paths)
    assert list(tmp_path.iterdir()) == []


def test_a_relative_home_becomes_absolute(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert find_paths({"SAGESCOPE_HOME": "here"}).config == tmp_path / "here"


def test_a_tilde_is_the_user_s_home():
    assert find_paths({"SAGESCOPE_HOME": "~/x"}).config == Path.home() / "x"


def test_without_it_the_platform_decides():
    for environ in ({}, {"SAGESCOPE_HOME": ""}):
        paths = find_paths(environ)
        assert paths.config == platformdirs.user_config_path("sagescope", appauthor=False)
        assert all(path.is_absolute() for path in every_path(paths))
