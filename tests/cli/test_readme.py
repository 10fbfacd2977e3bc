"""What the README says of configuration and presets is so."""

import json
import re
import shlex
import tomllib
from pathlib import Path

from tui.cli.main import main
from tui.domain.placeholders import fill, filling_of, placeholders_in
from tui.store.paths import find_paths
from tui.store.presets import open_presets
from tui.store.settings import KEYMAP, RULES
from tui.store.surroundings import here

README = (Path(__file__).resolve().parents[2] / "README.md").read_text(encoding="utf-8")
PRESET, EXAMPLE = re.findall(r"```toml\n(.*?)```", README, re.DOTALL)


def test_its_settings_are_right_and_all_that_there_are(capsys, home):
    (home / "config.toml").write_text(EXAMPLE, encoding="utf-8")
    assert main(["info"]) == 0
    assert capsys.readouterr().err == ""
    assert set(tomllib.loads(EXAMPLE)) == {*RULES, KEYMAP}


def test_its_variables_are_right(capsys, home, monkeypatch):
    for name in re.findall(r"SAGESCOPE_[A-Z_]*_S\b", README):
        monkeypatch.setenv(name, "7")
    assert main(["info"]) == 0
    assert "7.0" in capsys.readouterr().out


def test_its_preset_is_right_and_sent_with_what_it_asks_for(home):
    (home / "presets").mkdir()
    (home / "presets" / "example.toml").write_text(PRESET, encoding="utf-8")
    store = open_presets(find_paths({"SAGESCOPE_HOME": str(home)}))
    preset = store.read(store.find("example")).preset
    assert [each.text for each in placeholders_in(preset)] == ["{{uuid}}", "{{width}}", "{{now}}"]
    sent = fill(preset.request, filling_of(preset, home, {}), here())
    json.loads(sent.body.data)


def test_its_commands_without_the_tui_do_what_they_say(aws, capfdbinary, tmp_path):
    (commands,) = re.findall(r"## Without the TUI\n\n```sh\n(.*?)```", README, re.DOTALL)
    for line in commands.splitlines():
        piped, _, command = line.rpartition(" | ")
        if piped:
            replaced = command.replace("--body -", f"--body {shlex.split(piped)[1]}")
            assert replaced != command
            command = replaced
        program, *arguments = shlex.split(command)
        assert program == "sagescope"
        assert main(arguments) == 0, capfdbinary.readouterr()
    out = capfdbinary.readouterr().out.decode()
    assert "|  iris-classifier" in out
    assert '"InService"' in out
    assert '"class":"setosa"' in out
    assert b'"class":"setosa"' in (tmp_path / "answer.json").read_bytes()
    assert (tmp_path / "answer.csv").read_text().startswith("setosa,")
