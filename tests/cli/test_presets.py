"""`sagescope presets`: the saved requests, broken ones told and the others listed."""

import json
import subprocess
import sys

import pytest

from tests.patience import PATIENCE_S
from tui.cli.main import main
from tui.demo.preset_files import demo_presets

PRESET = 'version = 1\noperation = "InvokeEndpoint"\nendpoint_name = "iris"\n'


@pytest.fixture
def folder(home):
    (home / "presets" / "team").mkdir(parents=True)
    (home / "presets" / "team" / "smoke.toml").write_text(f'{PRESET}description = "Two\\nlines"\n')
    (home / "presets" / "plain.toml").write_text(PRESET)
    return home / "presets"


def listed(capsys, *flags):
    """Return (exit status, the JSON, standard error)."""
    status = main(["presets", *flags])
    out, err = capsys.readouterr()
    said = json.loads(out)
    own = [row for row in said["Presets"] if row["Source"] == "user"]
    return status, {**said, "Presets": own, "Shipped": len(said["Presets"]) - len(own)}, err


def test_every_preset_is_a_row(capsys, folder):
    status, said, err = listed(capsys)
    assert (status, err) == (0, "")
    rows = {row["Name"]: row for row in said["Presets"]}
    assert set(rows) == {"plain", "team/smoke"}
    assert rows["team/smoke"]["EndpointName"] == "iris"
    assert rows["team/smoke"]["Description"] == "Two\nlines"
    assert rows["team/smoke"]["Path"] == str(folder / "team" / "smoke.toml")
    assert rows["plain"]["LastUsedTime"] is None


def test_a_broken_one_is_told_and_costs_none_of_the_others(capsys, folder):
    (folder / "plain.toml").write_text(f"{PRESET}acept = 'x'\n")
    status, said, err = listed(capsys)
    assert status == 255
    assert [row["Name"] for row in said["Presets"]] == ["team/smoke"]
    (broken,) = said["BrokenPresets"]
    assert (broken["Name"], broken["Line"], broken["Key"]) == ("plain", 4, "acept")
    assert err == (
        f"sagescope: {folder / 'plain.toml'}: line 4: acept: "
        "there is no such key; the nearest is accept\n"
    )


def test_the_folders_are_those_of_the_flag_in_their_order(capsys, folder, tmp_path):
    for name in ("b", "a"):
        (tmp_path / name).mkdir()
        (tmp_path / name / f"of {name}.toml").write_text(PRESET)
    flags = [flag for name in ("b", "a") for flag in ("--presets", str(tmp_path / name))]
    status, said, _ = listed(capsys, *flags)
    assert status == 0
    assert {row["Name"] for row in said["Presets"]} == {"of a", "of b"}


def test_where_there_are_none_it_says_where_it_looked(capsys, home):
    status, said, err = listed(capsys)
    assert (status, said["Presets"]) == (0, [])
    assert err == f"sagescope: no presets in {home / 'presets'}; these come with the demo\n"


def test_what_send_finds_is_listed_with_where_it_comes_from(capsys, folder):
    (folder / "iris smoke test.toml").write_text(PRESET)
    assert main(["presets"]) == 0
    rows = json.loads(capsys.readouterr().out)["Presets"]
    found = [row for row in rows if row["Name"] == "iris smoke test"]
    assert {row["Source"]: row["Path"] for row in found} == {
        "user": str(folder / "iris smoke test.toml"),
        "demo": str(demo_presets() / "iris smoke test.toml"),
    }
    listed = {row["Name"] for row in rows if row["Source"] == "demo"}
    files = demo_presets().rglob("*.toml")
    assert listed == {path.relative_to(demo_presets()).with_suffix("").as_posix() for path in files}


@pytest.mark.parametrize("output", ["text", "table"])
def test_other_looks_have_the_same_rows(capsys, folder, output):
    assert main(["presets", "--output", output]) == 0
    out = capsys.readouterr().out
    assert "team/smoke" in out
    assert "plain" in out


def test_settings_that_cannot_be_used_are_said(capsys, folder, home):
    (home / "config.toml").write_text("presets = 3\n")
    assert main(["presets"]) == 253
    out, err = capsys.readouterr()
    assert out == ""
    assert "must be a list of folders" in err


def test_it_loads_neither_textual_nor_boto3_nor_a_toml_writer(home):
    code = (
        "import sys; from tui.cli.main import main; assert main(['presets']) == 0; "
        "heavy = {'textual', 'boto3', 'tomlkit', 'asyncio'}; "
        "print(*heavy.intersection(sys.modules), file=sys.stderr)"
    )
    argv = [sys.executable, "-c", code]
    done = subprocess.run(argv, capture_output=True, check=True, timeout=PATIENCE_S)  # noqa: S603
    assert done.stderr.splitlines()[1:] == [b""]
