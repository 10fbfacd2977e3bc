import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.store.problems import Problem
from tui.store.themes import (
    KEYS,
    LONGEST_NAME,
    builtin_themes,
    load_theme_files,
    name_problem,
    parse_theme,
)

WHOLE = """
name = "mine"
dark = false
[colors]
primary = "#112233"
[syntax]
key = "red"
[variables]
border = "#445566"
"""


@pytest.fixture
def folders(tmp_path):
    """Two folders of theme files, (ours, the user's), filled by name and text."""
    ours, user = tmp_path / "ours", tmp_path / "user"
    ours.mkdir()
    user.mkdir()
    return ours, user


def theme(name):
    return f'name = "{name}"\n'


def problems(text, path):
    return [str(each).removeprefix(f"{path}: ") for each in parse_theme(text, path)]


def test_all_that_is_written_is_read(tmp_path):
    parsed = parse_theme(WHOLE, tmp_path / "mine.toml")
    assert (parsed.name, parsed.dark, parsed.path) == ("mine", False, tmp_path / "mine.toml")
    assert parsed.colors == {"primary": "#112233"}
    assert parsed.syntax == {"key": "red"}
    assert parsed.variables == {"border": "#445566"}


def test_a_name_is_enough(tmp_path):
    parsed = parse_theme(theme("bare"), tmp_path)
    assert parsed.dark
    assert parsed.colors == parsed.syntax == parsed.variables == {}


def test_all_that_is_wrong_is_told_at_once(tmp_path):
    text = 'dark = 1\ncolor = 2\nsyntax = 3\n[colors]\nprimary = 4\n[variables]\n"a.b" = 5\n'
    assert problems(text, tmp_path) == [
        "color: there is no such key; the nearest is colors",
        "name: must be 1 to 40 letters, digits, - _ . or spaces inside",
        "dark: must be true or false",
        'colors.primary: must be a text such as "#8fbfa8"',
        "syntax: must be a table",
        'variables.a.b: must be a text such as "#8fbfa8"',
    ]


@given(st.text())
def test_no_text_breaks_the_reading(tmp_path_factory, text):
    path = tmp_path_factory.getbasetemp()
    parsed = parse_theme(text, path)
    assert isinstance(parsed, tuple)
    assert all(isinstance(each, Problem) for each in parsed)


@pytest.mark.parametrize("name", ["a", "sagescope-dark", "My theme_2.0", "x" * LONGEST_NAME])
def test_what_can_be_typed_and_shown_is_a_name(name):
    assert name_problem(name) is None


@pytest.mark.parametrize(
    "name", ["", " a", "a ", "é", "[/]", "a\nb", "\x1b", "x" * (LONGEST_NAME + 1), 3, None]
)
def test_what_cannot_is_none(name):
    assert name_problem(name)


def test_ours_come_first_and_the_user_s_win_by_name(folders):
    ours, user = folders
    (ours / "b.toml").write_text(theme("dark"))
    (ours / "a.toml").write_text(theme("light"))
    (user / "c.toml").write_text(theme("dark"))
    (user / "d.toml").write_text(theme("mine"))
    (user / "notes.txt").write_text("not a theme")
    found = load_theme_files(user, ours=ours)
    assert [(each.name, each.path.parent.name) for each in found.themes] == [
        ("light", "ours"),
        ("dark", "user"),
        ("mine", "user"),
    ]
    assert found.problems == ()


def test_a_broken_theme_costs_no_other(folders):
    ours, user = folders
    (ours / "a.toml").write_text(theme("dark"))
    (user / "bad.toml").write_bytes(b"\xff")
    (user / "folder.toml").mkdir()
    found = load_theme_files(user, ours=ours)
    assert [each.name for each in found.themes] == ["dark"]
    assert [str(each) for each in found.problems] == [
        f"{user / 'bad.toml'}: cannot be read: it is not UTF-8 (byte 0)",
        f"{user / 'folder.toml'}: cannot be read: it is no file",
    ]


def test_two_files_of_one_folder_cannot_share_a_name(folders):
    ours, user = folders
    (user / "a.toml").write_text(theme("mine"))
    (user / "b.toml").write_text(theme("mine"))
    found = load_theme_files(user, ours=ours)
    assert [each.path.name for each in found.themes] == ["a.toml"]
    (problem,) = found.problems
    assert problem.source == str(user / "b.toml")
    assert problem.rule == "is also the name of a.toml; one of them is not used"


def test_no_folder_means_no_themes(tmp_path):
    found = load_theme_files(tmp_path / "user", ours=tmp_path / "ours")
    assert found.themes == found.problems == ()


def test_our_own_themes_are_right_and_named_like_their_files(tmp_path):
    found = load_theme_files(tmp_path)
    assert found.problems == ()
    assert len(found.themes) >= 4
    assert all(each.path == builtin_themes() / f"{each.name}.toml" for each in found.themes)


def test_a_mistyped_key_is_told_with_the_nearest(tmp_path):
    for key in KEYS:
        (problem,) = (
            each
            for each in parse_theme(f"{key}x = 1\n{theme('a')}", tmp_path)
            if each.key == f"{key}x"
        )
        assert problem.rule == f"there is no such key; the nearest is {key}"
