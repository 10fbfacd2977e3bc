"""`sagescope info`: paths, versions, settings, problems."""

import json
from importlib.metadata import version

from tests.cli.programs import run
from tui.cli.main import main
from tui.store.remembered import Remembered, remember
from tui.store.settings import RULES


def info(capsys, *flags):
    """Return (exit status, the JSON, standard error)."""
    status = main([*flags, "info", "--output", "json"])
    out, err = capsys.readouterr()
    return status, json.loads(out), err


def test_versions_are_those_installed(capsys, home):
    status, said, err = info(capsys)
    assert (status, err) == (0, "")
    for name in ("sagescope", "textual", "boto3", "botocore"):
        assert said["versions"][name] == version(name)


def test_every_path_is_told_and_none_is_made(capsys, home):
    _, said, _ = info(capsys)
    assert said["paths"]["config"] == str(home / "config.toml")
    assert said["paths"]["log"] == str(home / "sagescope.log")
    assert list(home.iterdir()) == []


def test_every_setting_is_told_with_its_origin(capsys, home, monkeypatch):
    (home / "config.toml").write_text("read_timeout_s = 9\n[keymap]\n'request.send' = 'f11'\n")
    monkeypatch.setenv("SAGESCOPE_CONNECT_TIMEOUT_S", "2.5")
    status, said, err = info(capsys, "--read-only")
    assert (status, err) == (0, "")
    assert set(said["settings"]) == {*RULES, "keymap"}
    assert said["settings"]["read_only"] == {"value": True, "origin": "flag"}
    assert said["settings"]["connect_timeout_s"] == {"value": 2.5, "origin": "environment"}
    assert said["settings"]["read_timeout_s"] == {"value": 9.0, "origin": "file"}
    assert said["settings"]["theme"] == {"value": "sagescope-dark", "origin": "default"}
    assert said["settings"]["keymap"] == {"value": {"request.send": "f11"}, "origin": "file"}


def test_a_theme_chosen_in_the_program_is_told_as_remembered(capsys, home):
    choice = Remembered(theme="nord", configured_theme="sagescope-dark")
    remember(home / "remembered.toml", choice)
    _, said, _ = info(capsys)
    assert said["settings"]["theme"] == {"value": "nord", "origin": "remembered"}
    _, said, _ = info(capsys, "--theme", "sagescope-light")
    assert said["settings"]["theme"] == {"value": "sagescope-light", "origin": "flag"}


def test_broken_settings_are_told_on_a_line_each_beside_the_answer(capsys, home):
    config = home / "config.toml"
    config.write_text("read_timeout_s = 0\nthemes = 'x'\n")
    status, said, err = info(capsys)
    assert status == 253
    assert err.splitlines() == [
        f"sagescope: {config}: read_timeout_s: must be a number from 0.1 to 3600, not 0",
        f"sagescope: {config}: themes: there is no such setting; the nearest is theme",
    ]
    assert [each["key"] for each in said["problems"]] == ["read_timeout_s", "themes"]
    assert said["settings"]["read_timeout_s"] == {"value": 70.0, "origin": "default"}


def test_a_binding_that_does_not_exist_is_told_with_the_nearest(capsys, home):
    (home / "config.toml").write_text("[keymap]\n'request.sendd' = 'f9'\n")
    status, _, err = info(capsys)
    assert status == 253
    assert str(home / "config.toml") in err
    assert "request.sendd" in err
    assert "the nearest is request.send\n" in err


def test_a_broken_memory_is_told_and_keeps_nobody_out(capsys, home):
    (home / "remembered.toml").write_text("theme = ")
    status, said, err = info(capsys)
    assert status == 0
    assert err.startswith(f"sagescope: {home / 'remembered.toml'}: is not TOML")
    assert len(said["problems"]) == 1
    assert (home / "remembered.toml").read_text() == "theme = "


def test_for_people_it_is_a_table(capsys, home, monkeypatch):
    monkeypatch.setenv("SAGESCOPE_READ_TIMEOUT_S", "90")
    (home / "config.toml").write_text("[keymap]\n'request.send' = 'f11'\n")
    assert main(["info"]) == 0
    rows = {tuple(line.split()) for line in capsys.readouterr().out.splitlines()}
    assert ("read_timeout_s", "90.0", "environment") in rows
    assert ("theme", '"sagescope-dark"', "default") in rows
    assert ("keymap.request.send", '"f11"', "file") in rows
    assert ("config", str(home / "config.toml")) in rows
    assert ("history", str(home / "history.sqlite3"), "not", "there") in rows


def test_nothing_from_outside_reaches_the_terminal_raw(capsys, monkeypatch, tmp_path):
    hostile = tmp_path / "a\x1b]0;x\x07\x9b31m\x7f\u202eb"
    hostile.mkdir()
    (hostile / "config.toml").write_text('"\\u001b[2J" = 1\ntheme = "\\u001b[31m"\n')
    monkeypatch.setenv("SAGESCOPE_HOME", str(hostile))
    assert main(["info"]) == 253
    for text in capsys.readouterr():
        assert all(character.isprintable() or character == "\n" for character in text)
    assert main(["info", "--output", "json"]) == 253
    assert json.loads(capsys.readouterr().out)["paths"]["cache"] == str(hostile / "cache")


def test_a_query_chooses_what_is_told(capsys, home):
    assert main(["info", "--query", "settings.read_timeout_s.[value,origin]"]) == 0
    assert capsys.readouterr().out == "70.0\tdefault\n"
    assert main(["info", "--output", "table", "--query", "versions"]) == 0
    assert version("textual") in capsys.readouterr().out


def test_a_path_that_the_locale_cannot_spell_is_no_crash(tmp_path):
    ascii_only = {"LC_ALL": "POSIX", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    done = run(tmp_path, "info", SAGESCOPE_HOME=str(tmp_path / "é"), **ascii_only)
    assert done.returncode == 0
    assert done.stderr == b""
    assert b"config" in done.stdout


def test_keys_are_told_by_the_names_that_a_keymap_takes(capsys, home):
    (home / "config.toml").write_text("[keymap]\n'request.send' = 'alt+j'\n")
    assert main(["info", "--keys", "--output", "json"]) == 0
    keys = json.loads(capsys.readouterr().out)["keys"]
    assert keys["request.send"]["keys"] == "alt+j"
    assert keys["app.quit"]["keys"] == "ctrl+q"
    assert all(each["does"] for each in keys.values())
    assert main(["info", "--keys"]) == 0
    assert "alt+j" in capsys.readouterr().out.partition("\nkeys\n")[2]
