"""What the README says of configuration is so."""

import re
import tomllib
from pathlib import Path

from tui.cli.main import main
from tui.store.settings import KEYMAP, RULES

README = (Path(__file__).resolve().parents[2] / "README.md").read_text(encoding="utf-8")
(EXAMPLE,) = re.findall(r"```toml\n(.*?)```", README, re.DOTALL)


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
