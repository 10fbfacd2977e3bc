import math
import os
import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.store.settings import (
    RULES,
    VARIABLES,
    Number,
    Origin,
    Settings,
    load_settings,
    setting_problem,
)


@pytest.fixture
def config(tmp_path):
    return tmp_path / "config.toml"


def rules_of(loaded):
    return {problem.key: problem.rule for problem in loaded.problems}


def test_without_anything_written_the_defaults_hold(config):
    loaded = load_settings(config, {}, {"theme": None})
    assert loaded.settings == Settings()
    assert set(loaded.origins.values()) == {Origin.DEFAULT}
    assert loaded.problems == ()


def test_a_flag_beats_the_environment_the_file_and_the_default(config):
    config.write_text(
        'theme = "from-file"\nread_timeout_s = 1\nconnect_timeout_s = 2\nrefresh_interval_s = 9\n'
    )
    environ = {"SAGESCOPE_THEME": "from-env", "SAGESCOPE_READ_TIMEOUT_S": "3"}
    loaded = load_settings(config, environ, {"theme": "from-flag", "read_only": None})
    settings, origins = loaded.settings, loaded.origins
    assert (settings.theme, origins["theme"]) == ("from-flag", Origin.FLAG)
    assert (settings.read_timeout_s, origins["read_timeout_s"]) == (3, Origin.ENVIRONMENT)
    assert (settings.connect_timeout_s, origins["connect_timeout_s"]) == (2, Origin.FILE)
    assert (settings.read_only, origins["read_only"]) == (False, Origin.DEFAULT)
    assert loaded.problems == ()


def test_the_configured_theme_is_what_holds_without_the_flag(config):
    config.write_text('theme = "from-file"\n')
    assert load_settings(config, {}, {"theme": "once"}).settings.configured_theme == "from-file"


def test_a_flag_that_says_no_beats_a_file_that_says_yes(config):
    config.write_text("read_only = true\n")
    assert load_settings(config, {}, {"read_only": False}).settings.read_only is False


@pytest.mark.parametrize(
    ("line", "key", "nearest"),
    [
        ('them = "x"', "them", "theme"),
        ("read_timout_s = 3", "read_timout_s", "read_timeout_s"),
        ("[keymaps]\na = 'f9'", "keymaps", "keymap"),
    ],
)
def test_an_unknown_key_is_told_with_file_key_and_nearest(config, line, key, nearest):
    config.write_text(line)
    (problem,) = load_settings(config, {}, {}).problems
    assert (problem.source, problem.key) == (str(config), key)
    assert problem.rule.endswith(f"the nearest is {nearest}")


def test_all_that_is_wrong_is_told_at_once_and_what_is_right_holds(config):
    config.write_text(
        'theme = 3\nread_only = "maybe"\ntotal_max_attempts = 1.5\nread_timeout_s = 9'
    )
    loaded = load_settings(config, {"SAGESCOPE_CONNECT_TIMEOUT_S": "soon"}, {})
    assert rules_of(loaded).keys() == {
        "theme",
        "read_only",
        "total_max_attempts",
        "SAGESCOPE_CONNECT_TIMEOUT_S",
    }
    assert loaded.settings == Settings(read_timeout_s=9)


@pytest.mark.parametrize("content", [b"theme = ", b"\xff\xfe", b"a = " + b"[" * 5000])
def test_a_file_that_is_not_toml_is_one_problem_and_no_crash(config, content):
    config.write_bytes(content)
    loaded = load_settings(config, {}, {})
    assert [problem.source for problem in loaded.problems] == [str(config)]
    assert loaded.settings == Settings()


def test_a_folder_in_the_file_s_place_is_told(config):
    config.mkdir()
    assert "cannot be read" in rules_of(load_settings(config, {}, {}))[""]


@pytest.mark.parametrize("name", [name for name, rule in RULES.items() if isinstance(rule, Number)])
def test_numbers_hold_to_their_ranges(name):
    rule = RULES[name]
    step = 1 if rule.is_whole else 0.01
    for right in (rule.lowest, rule.highest):
        assert setting_problem(name, int(right) if rule.is_whole else right) is None
    for wrong in (rule.lowest - step, rule.highest + step, math.nan, math.inf, True, "5"):
        assert f"from {rule.lowest:g} to {rule.highest:g}" in setting_problem(name, wrong)


@pytest.mark.parametrize(
    ("text", "value"), [("1", True), ("Yes", True), (" on ", True), ("0", False), ("off", False)]
)
def test_a_switch_in_the_environment_is_read_as_words(config, text, value):
    assert load_settings(config, {"SAGESCOPE_READ_ONLY": text}, {}).settings.read_only is value


def test_an_empty_variable_counts_as_unset(config):
    loaded = load_settings(config, dict.fromkeys(VARIABLES, ""), {})
    assert (loaded.settings, loaded.problems) == (Settings(), ())


def test_a_misspelt_variable_of_ours_is_told_and_those_of_others_are_not(config):
    environ = {"SAGESCOPE_THEM": "x", "SAGESCOPE_HOME": "/x", "AWS_THEME": "x"}
    (problem,) = load_settings(config, environ, {}).problems
    assert (problem.source, problem.key) == ("environment", "SAGESCOPE_THEM")
    assert "SAGESCOPE_THEME" in problem.rule


@pytest.mark.parametrize("line", ['"request.send" = "f9,ctrl+j"', 'request.send = "f9,ctrl+j"'])
def test_a_binding_id_may_be_written_with_or_without_quotes(config, line):
    config.write_text(f"[keymap]\n{line}\n")
    loaded = load_settings(config, {}, {})
    assert dict(loaded.settings.keymap) == {"request.send": "f9,ctrl+j"}
    assert (loaded.origins["keymap"], loaded.problems) == (Origin.FILE, ())


@pytest.mark.parametrize("keys", ["3", '""', '"f9,,f8"', '["f9"]'])
def test_keys_that_are_no_keys_are_told_by_their_dotted_key(config, keys):
    config.write_text(f"[keymap]\n'request.send' = {keys}\n")
    loaded = load_settings(config, {}, {})
    assert rules_of(loaded).keys() == {"keymap.request.send"}
    assert loaded.settings.keymap == {}


@given(
    connect_timeout_s=st.floats(0.1, 600),
    read_timeout_s=st.integers(1, 3600),
    total_max_attempts=st.integers(1, 10),
    read_only=st.booleans(),
)
def test_the_environment_and_the_file_say_the_same(tmp_path_factory, **values):
    config = tmp_path_factory.mktemp("home") / "config.toml"
    lines = [f"{name} = {str(value).lower()}" for name, value in values.items()]
    config.write_text("\n".join(lines))
    environ = {f"SAGESCOPE_{name.upper()}": str(value) for name, value in values.items()}
    by_file = load_settings(config, {}, {})
    by_environment = load_settings(config.with_name("none"), environ, {})
    assert by_file.settings == by_environment.settings == Settings(**values)
    assert by_file.problems == by_environment.problems == ()
    assert tomllib.loads(config.read_text()) == values


def test_folders_of_presets_are_a_list_wherever_they_are_written(config, tmp_path):
    config.write_text('presets = ["mine", "/shared/presets"]\n')
    in_file = load_settings(config, {}, {})
    assert in_file.settings.presets == (str(tmp_path / "mine"), "/shared/presets")
    environ = {"SAGESCOPE_PRESETS": os.pathsep.join(("a", "b"))}
    assert load_settings(config, environ, {}).settings.presets == ("a", "b")
    assert load_settings(config, environ, {"presets": ("c",)}).settings.presets == ("c",)


@pytest.mark.parametrize("value", ['"mine"', "[1]", '[""]', "3", '["a\\u0000"]'])
def test_what_is_no_list_of_folders_is_said(config, value):
    config.write_text(f"presets = {value}\n")
    loaded = load_settings(config, {}, {})
    assert "must be a list of folders" in rules_of(loaded)["presets"]
    assert loaded.settings.presets == ()
