"""What can be typed, and what is said to what cannot."""

import pytest

from tui.cli.arguments import make_parser
from tui.cli.main import main


def parse(*arguments):
    return make_parser().parse_args(arguments)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--wrong"], "unrecognized arguments: --wrong"),
        (["--prof=x"], "unrecognized arguments: --prof=x"),
        (["nonsense"], "invalid choice: 'nonsense'"),
        (["--profile"], "expected one argument"),
        (["--profile", ""], "must not be empty"),
        (["--region", " "], "must not be empty"),
        (["--endpoint-url", "127.0.0.1:80"], "must be an address such as"),
        (["--endpoint-url", "http://"], "must be an address such as"),
        (["--endpoint-url", "http://x:99999"], "Port out of range"),
        (["demo", "--port", "65536"], "must be a whole number from 0 to 65535"),
        (["demo", "--port", "-1"], "must be a whole number from 0 to 65535"),
        (["demo", "--port", "٣"], "must be a whole number from 0 to 65535"),
        (["demo", "--endpoints", "many"], "must be a whole number from 0 to 100000"),
        (["demo", "--profile", "x"], "unrecognized arguments: --profile"),
        (["--profile", "x", "demo"], "--profile chooses an AWS connection; demo makes none"),
        (["--region", "x", "info"], "--region chooses an AWS connection; info makes none"),
        (["history"], "required: list|show|export|star|unstar|note|delete"),
        (["history", "list", "--outcome", "no"], "(choose from 'answer', 'model-error', "),
        (["info", "--color", "no"], "(choose from 'on', 'off', 'auto')"),
        (["info", "--query", "[["], '\n"[["\n   ^\n'),
        (["info", "--output", "xml"], "'xml' is not written: choose json, text, table, yaml, "),
        (["list-endpoints", "--debug"], "--debug is not done: only what invokes tells both"),
        (["invoke-endpoint", "--cli-auto-prompt"], "--cli-auto-prompt is not done: nothing is"),
        (["invoke-endpoint", "--generate-cli-skeleton", "xml"], "no xml is written, but input, "),
        (
            ["describe-endpoint", "--cli-error-format", "json"],
            "not written as 'json', but in words",
        ),
    ],
)
def test_what_makes_no_sense_is_answered_with_the_usage(capsys, home, arguments, words):
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 252
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("usage: sagescope")
    assert words in err


@pytest.mark.parametrize(
    ("arguments", "command"),
    [
        (["send", "a", "b"], "send"),
        (["history", "note", "1", "two", "words"], "history note"),
        (["list-endpoints", "--name", "x", "--wrong"], "list-endpoints"),
    ],
)
def test_what_a_command_does_not_take_is_answered_with_its_own_usage(
    capsys, home, arguments, command
):
    with pytest.raises(SystemExit):
        main(arguments)
    err = capsys.readouterr().err
    assert err.startswith(f"usage: sagescope {command} ")
    assert f"sagescope {command}: error: unrecognized arguments: " in err


@pytest.mark.parametrize("action", ["show", "export", "star", "unstar", "note", "delete"])
def test_the_help_says_where_an_id_comes_from(capsys, home, action):
    with pytest.raises(SystemExit):
        main(["history", action, "--help"])
    assert "as `sagescope history list` shows it" in " ".join(capsys.readouterr().out.split())


@pytest.mark.parametrize(
    "arguments",
    [
        ["--help"],
        ["demo", "--help"],
        ["info", "-h"],
        ["invoke-endpoint", "-h"],
        ["send", "-h"],
        ["list-endpoints", "-h"],
        ["describe-endpoint", "-h"],
    ],
)
def test_help_goes_to_standard_output_and_fits_a_terminal(capsys, monkeypatch, arguments):
    monkeypatch.setenv("COLUMNS", "100")
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 0
    out, err = capsys.readouterr()
    assert err == ""
    assert max(map(len, out.splitlines())) <= 100


def test_help_names_every_command_and_flag(capsys):
    with pytest.raises(SystemExit):
        main(["--help"])
    out = capsys.readouterr().out
    for word in (
        "demo",
        "info",
        "invoke-endpoint",
        "send",
        "list-endpoints",
        "describe-endpoint",
        "--profile",
        "--region",
        "--endpoint-url",
        "--read-only",
    ):
        assert word in out


@pytest.mark.parametrize("command", [[], ["demo"], ["info"]])
def test_flags_of_settings_may_stand_before_or_after_a_command(command):
    before = parse("--theme", "nord", "--read-only", *command)
    assert (before.theme, before.read_only) == ("nord", True)
    after = parse(*command, "--theme", "nord", "--no-read-only")
    assert (after.theme, after.read_only) == ("nord", False)
    unsaid = parse(*command)
    assert (unsaid.theme, unsaid.read_only) == (None, None)


@pytest.mark.parametrize("url", ["http://127.0.0.1:8080", "https://vpce-1.example.com/base"])
def test_an_address_is_taken_as_it_is(url):
    assert parse("--endpoint-url", url).endpoint_url == url
