import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.domain.errors import StorageFailed
from tui.store.problems import Problem
from tui.store.remembered import (
    Remembered,
    read_remembered,
    remember,
    remember_lens,
    with_remembered,
)
from tui.store.settings import Origin, load_settings
from tui.store.themes import name_problem

EMBER = Remembered(theme="ember", configured_theme="dark")
NAMES = st.text("abcXYZ019-_. ", min_size=1, max_size=40).filter(lambda t: name_problem(t) is None)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "state" / "remembered.toml"


def loaded_with(tmp_path, *, configured, flag=None):
    config = tmp_path / "config.toml"
    config.write_text(f'theme = "{configured}"\n')
    return load_settings(config, {}, {"theme": flag})


def test_nothing_is_remembered_at_first(path):
    assert read_remembered(path) is None


@given(theme=NAMES, configured=NAMES)
def test_a_choice_is_read_as_it_was_made(tmp_path_factory, theme, configured):
    path = tmp_path_factory.mktemp("state") / "remembered.toml"
    choice = Remembered(theme=theme, configured_theme=configured)
    remember(path, choice)
    assert read_remembered(path) == choice


def test_a_choice_in_the_app_replaces_the_configured_theme(tmp_path):
    loaded = with_remembered(loaded_with(tmp_path, configured="dark"), EMBER)
    assert (loaded.settings.theme, loaded.origins["theme"]) == ("ember", Origin.REMEMBERED)


def test_whoever_configures_another_theme_afterwards_has_decided_anew(tmp_path):
    loaded = with_remembered(loaded_with(tmp_path, configured="light"), EMBER)
    assert (loaded.settings.theme, loaded.origins["theme"]) == ("light", Origin.FILE)


def test_a_flag_is_stronger_than_what_is_remembered(tmp_path):
    loaded = with_remembered(loaded_with(tmp_path, configured="dark", flag="light"), EMBER)
    assert (loaded.settings.theme, loaded.origins["theme"]) == ("light", Origin.FLAG)


@pytest.mark.parametrize(
    ("content", "key"),
    [
        ("theme = ", ""),
        ('theme = "a"\nconfigured_theme = "b"', "version"),
        ('version = 2\ntheme = "a"\nconfigured_theme = "b"', "version"),
        ('version = 1\ntheme = "a"', "configured_theme"),
        ('version = 1\ntheme = 3\nconfigured_theme = "b"', "theme"),
        ('version = 1\ntheme = "a"\nconfigured_theme = "b"\nteme = "c"', "teme"),
    ],
)
def test_a_broken_file_is_told_and_moved_aside_unchanged_by_the_next_choice(path, content, key):
    path.parent.mkdir()
    path.write_text(content)
    problem = read_remembered(path)
    assert isinstance(problem, Problem)
    assert (problem.source, problem.key) == (str(path), key)
    assert path.read_text() == content
    remember(path, EMBER)
    assert read_remembered(path) == EMBER
    assert path.with_name("remembered.toml.broken-1").read_text() == content


def test_a_second_broken_file_does_not_replace_the_first(path):
    path.parent.mkdir()
    for content in ("one", "two"):
        path.write_text(content)
        remember(path, EMBER)
    kept = [path.with_name(f"remembered.toml.broken-{n}").read_text() for n in (1, 2)]
    assert kept == ["one", "two"]


def test_a_name_that_no_theme_can_have_is_refused(path):
    with pytest.raises(ValueError, match="letters"):
        remember(path, Remembered(theme='a"\nb', configured_theme="dark"))
    assert not path.exists()


def test_a_choice_that_cannot_be_kept_is_said(tmp_path):
    (tmp_path / "state").write_text("a file where the folder should be")
    with pytest.raises(StorageFailed, match=r"remembered\.toml"):
        remember(tmp_path / "state" / "remembered.toml", EMBER)


def test_lenses_and_a_theme_are_kept_beside_each_other(path):
    remember_lens(path, "application/json", "raw")
    remember(path, EMBER)
    remember_lens(path, "image/png", "hex")
    remember_lens(path, "application/json", "tree")
    found = read_remembered(path)
    assert (found.theme, found.configured_theme) == ("ember", "dark")
    assert list(found.lenses.items()) == [("image/png", "hex"), ("application/json", "tree")]


def test_a_lens_alone_is_remembered_and_changes_no_setting(path, tmp_path):
    remember_lens(path, "text/csv", "raw")
    loaded = loaded_with(tmp_path, configured="dark")
    assert with_remembered(loaded, read_remembered(path)) == loaded


@given(st.text(max_size=30))
def test_a_media_type_of_any_kind_breaks_no_file(tmp_path_factory, media_type):
    path = tmp_path_factory.mktemp("state") / "remembered.toml"
    remember_lens(path, "text/csv", "raw")
    remember_lens(path, media_type, "hex")
    found = read_remembered(path)
    assert found.lenses["text/csv"] in ("raw", "hex")
    assert found.lenses.get(media_type, "hex") == "hex"


def test_only_so_many_lenses_are_kept(path):
    for number in range(103):
        remember_lens(path, f"type/{number}", "raw")
    assert next(iter(read_remembered(path).lenses)) == "type/3"


@pytest.mark.parametrize("table", ["lenses = 3", "[lenses]\nx = 3", '[lenses]\n"a\\"" = "b"'])
def test_lenses_that_cannot_be_understood_are_told(path, table):
    path.parent.mkdir()
    path.write_text(f"version = 1\n{table}\n")
    assert read_remembered(path).key == "lenses"
