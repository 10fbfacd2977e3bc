from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.app import App
from textual.color import Color
from textual.theme import BUILTIN_THEMES

from tui.store.themes import ThemeFile, ThemeFiles
from tui.widgets.theming import (
    COLORS,
    DEFAULT_LOOKS,
    SYNTAX_ROLES,
    TEXT_VARIABLES,
    TEXTUAL_VARIABLES,
    VARIABLES,
    color_problem,
    look_problem,
    prepare_themes,
    theme_problems,
    to_textual,
    variable_defaults,
)

FILE = Path("mine.toml")
COLOR_TEXTS = st.one_of(
    st.text(max_size=30),
    st.sampled_from(["red", "#fff", "#12345678", "rgb(1,2,3)", "hsl(1,2%,3%)", "auto 50%", "$x"]),
)


def theme(**sections) -> ThemeFile:
    return ThemeFile(name="mine", path=FILE, **sections)


def keys_and_rules(file: ThemeFile) -> dict[str, str]:
    return {problem.key: problem.rule for problem in theme_problems(file)}


def test_a_theme_needs_only_its_primary_colour():
    made = to_textual(theme(colors={"primary": "teal"}))
    assert made.name == "mine"
    assert made.primary == "#008080"
    assert set(keys_and_rules(theme())) == {"colors.primary"}


def test_each_broken_value_is_told_by_its_key():
    problems = keys_and_rules(
        theme(
            colors={"primary": "teal", "acent": "#fff", "accent": "#ggg", "panel": "#ffffff80"},
            syntax={"key": "ansi_red", "colour": "#fff"},
            variables={"border": "auto", "text": "#fff 200%", "syntax-key": "#fff"},
        )
    )
    assert problems["colors.acent"].endswith("the nearest is accent")
    assert "is not a colour" in problems["colors.accent"]
    assert "must be opaque" in problems["colors.panel"]
    assert "the terminal's own colour" in problems["syntax.key"]
    assert "there is no such key" in problems["syntax.colour"]
    assert "auto is for" in problems["variables.border"]
    assert "0 to 100 %" in problems["variables.text"]
    assert "variables.syntax-key" in problems


def test_a_broken_theme_keeps_no_other_out():
    good = theme(colors={"primary": "teal"})
    bad = ThemeFile(name="bad", path=FILE, colors={"primary": "x"})
    themes = prepare_themes(ThemeFiles(themes=(bad, good)))
    assert [each.name for each in themes.themes] == ["mine"]
    assert [each.key for each in themes.problems] == ["colors.primary"]


@given(
    st.dictionaries(st.sampled_from(COLORS), COLOR_TEXTS),
    st.dictionaries(st.sampled_from(SYNTAX_ROLES), COLOR_TEXTS, max_size=3),
    st.dictionaries(st.sampled_from(VARIABLES), COLOR_TEXTS, max_size=5),
)
def test_what_has_no_problem_gives_every_variable_a_value(colors, syntax, variables):
    file = theme(colors=colors, syntax=syntax, variables=variables)
    if theme_problems(file):
        return
    made = to_textual(file)
    values = {**variable_defaults(made), **made.to_color_system().generate(), **made.variables}
    assert set(DEFAULT_LOOKS) <= set(values)
    assert all(values.values())


async def test_every_variable_a_theme_may_set_is_taken_by_the_style_sheet():
    variables = dict.fromkeys(VARIABLES, "#123456")
    variables |= dict.fromkeys(TEXT_VARIABLES, "auto 90%")
    file = theme(
        colors=dict.fromkeys(COLORS, "#654321"),
        syntax=dict.fromkeys(SYNTAX_ROLES, "#abcdef"),
        variables=variables,
    )
    assert theme_problems(file) == ()

    class Wearing(App[None]):
        def get_theme_variable_defaults(self):
            return variable_defaults(self.current_theme)

    app = Wearing()
    app.register_theme(to_textual(file))
    async with app.run_test() as pilot:
        app.theme = "mine"
        await pilot.pause()
        assert app.theme_variables["boost"] == "#654321"
        assert app.theme_variables["syntax-key"] == "#ABCDEF"
        assert app.theme_variables["status-off"] == "#123456"


@pytest.mark.parametrize("name", BUILTIN_THEMES)
def test_textuals_own_themes_give_our_variables_plain_colours(name):
    defaults = variable_defaults(BUILTIN_THEMES[name])
    assert set(defaults) == set(DEFAULT_LOOKS)
    assert [each for each in defaults.values() if "$" in each] == []


@pytest.mark.parametrize("name", [name for name in BUILTIN_THEMES if not name.startswith("ansi")])
def test_what_is_selected_can_be_read_in_textuals_own_themes(name):
    looks = variable_defaults(BUILTIN_THEMES[name])
    ground = Color.parse(looks["body-selection"])
    texts = [Color.parse(looks[f"syntax-{role}"]) for role in SYNTAX_ROLES]
    assert min(contrast(each, ground) for each in texts) > 2
    assert contrast(ground, Color.parse(BUILTIN_THEMES[name].background or "#121212")) > 1.1


def contrast(one: Color, other: Color) -> float:
    """As in WCAG 2.2: 1 to 21."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(color: Color) -> float:
    linear = (v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in color.normalized)
    return sum(share * each for share, each in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def test_the_names_that_a_theme_may_set_are_textuals():
    known = BUILTIN_THEMES["textual-dark"].to_color_system().generate()
    assert [name for name in TEXTUAL_VARIABLES if name not in known] == []


@given(st.text())
def test_no_text_breaks_the_look_at_it(text):
    for check in (color_problem, lambda value: look_problem("border", value)):
        assert check(text) is None or isinstance(check(text), str)
