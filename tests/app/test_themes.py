from __future__ import annotations

from pathlib import Path

import pytest
from textual.color import Color

from tests.app.stand_in import make_app
from tests.app.waiting import drawn, notes, until
from tui.screens import themed_app
from tui.store.remembered import Remembered, read_remembered
from tui.store.themes import load_theme_files
from tui.widgets.theming import SYNTAX_ROLES, prepare_themes, variable_defaults

OURS = load_theme_files(Path("/nonexistent")).themes
GROUNDS = ("background", "surface", "panel", "boost")
TEXTS = (
    "text",
    "text-muted",
    "text-primary",
    "text-accent",
    "text-success",
    "text-warning",
    "text-error",
    "foreground",
    "status-in-service",
    "status-changing",
    "status-failed",
    "status-off",
    *(f"syntax-{role}" for role in SYNTAX_ROLES),
)
PAIRS = (
    ("block-cursor-foreground", "block-cursor-background"),
    ("block-cursor-blurred-foreground", "block-cursor-blurred-background"),
    ("input-cursor-foreground", "input-cursor-background"),
    ("text", "input-selection-background"),
    ("text", "screen-selection-background"),
    ("button-color-foreground", "primary"),
    ("footer-key-foreground", "footer-background"),
    ("footer-description-foreground", "footer-background"),
)

RED = """
name = "mine"
[colors]
primary = "#ff0000"
"""


def luminance(color: Color) -> float:
    """WCAG 2.2, relative luminance."""

    def linear(channel: int) -> float:
        share = channel / 255
        return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(channel) for channel in color.rgb)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(Color.parse(one)), luminance(Color.parse(other))))
    return (lighter + 0.05) / (darker + 0.05)


def colors_of(file) -> dict[str, str]:
    (theme,) = (
        each
        for each in prepare_themes(load_theme_files(Path("/nonexistent"))).themes
        if each.name == file.name
    )
    return {**variable_defaults(theme), **theme.to_color_system().generate(), **theme.variables}


def test_the_ruler_measures_what_wcag_says():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_there_are_a_dark_a_light_a_high_contrast_and_one_more():
    names = {file.name for file in OURS}
    assert {"sagescope-dark", "sagescope-light", "sagescope-high-contrast"} < names
    assert {file.dark for file in OURS} == {True, False}
    assert prepare_themes(load_theme_files(Path("/nonexistent"))).problems == ()


@pytest.mark.parametrize("file", OURS, ids=lambda file: file.name)
def test_every_text_can_be_read_on_every_ground(file):
    colors = colors_of(file)
    least = 7 if "contrast" in file.name else 4.5
    pairs = [(text, ground) for text in TEXTS for ground in GROUNDS] + [*PAIRS]
    faint = {
        (text, ground): round(ratio, 2)
        for text, ground in pairs
        if (ratio := contrast(colors[text], colors[ground])) < least
    }
    assert faint == {}


@pytest.mark.parametrize("file", OURS, ids=lambda file: file.name)
def test_the_focus_can_be_told_from_what_has_it_not(file):
    colors = colors_of(file)
    assert contrast(colors["border-focus"], colors["border-idle"]) >= (
        1.4 if "contrast" in file.name else 2
    )
    assert contrast(colors["border-focus"], colors["background"]) >= 3


async def test_the_chosen_theme_is_worn_from_the_first_paint_on(desk, tmp_path):
    app = make_app(desk, tmp_path, theme="sagescope-light")
    async with app.run_test():
        assert app.screen.styles.background.brightness > 0.9
        assert app.has_class("-light-mode")


async def test_a_theme_that_is_not_there_is_told_with_the_nearest(desk, tmp_path):
    app = make_app(desk, tmp_path, theme="sagescope-drak")
    async with app.run_test():
        await until(lambda: notes(app))
        assert "sagescope-drak" in notes(app)[0]
        assert "the nearest is sagescope-dark" in notes(app)[0]
        assert app.theme == "sagescope-dark"


async def test_moving_in_the_list_tries_a_theme_on_and_escape_puts_the_old_one_back(app, tmp_path):
    async with app.run_test() as pilot:
        app.action_change_theme()
        await pilot.pause()
        await pilot.press("down")
        await until(lambda: app.theme == "sagescope-ember")
        await pilot.press("escape")
        await pilot.pause()
        assert app.theme == "sagescope-dark"
        assert read_remembered(tmp_path / "remembered.toml") is None


async def test_enter_keeps_a_theme_for_the_next_run(app, tmp_path):
    async with app.run_test() as pilot:
        app.action_change_theme()
        await pilot.pause()
        await pilot.press(*"ember", "enter")
        await until(lambda: read_remembered(tmp_path / "remembered.toml") is not None)
        assert app.theme == "sagescope-ember"
        assert read_remembered(tmp_path / "remembered.toml") == Remembered(
            theme="sagescope-ember", configured_theme="sagescope-dark"
        )


async def test_a_choice_that_cannot_be_remembered_is_told(desk, tmp_path):
    (tmp_path / "home").write_text("a file, where the folder should be")
    app = make_app(desk, tmp_path / "home")
    async with app.run_test():
        app.keep_theme("sagescope-ember")
        await until(lambda: notes(app))
        assert "remembered.toml" in notes(app)[0]
        assert app.theme == "sagescope-ember"


async def test_a_theme_being_written_is_worn_as_soon_as_it_is_saved(desk, tmp_path, monkeypatch):
    monkeypatch.setattr(themed_app, "POLL_S", 0.05)
    file = tmp_path / "themes" / "mine.toml"
    file.parent.mkdir()
    file.write_text(RED)
    app = make_app(desk, tmp_path, theme="mine")
    async with app.run_test():
        assert app.current_theme.primary == "#FF0000"
        file.write_text(RED.replace("#ff0000", "#00ff00"))
        await until(lambda: app.current_theme.primary == "#00FF00")


async def test_a_theme_that_breaks_is_told_by_file_and_key_and_stays_as_it_was(
    desk, tmp_path, monkeypatch
):
    monkeypatch.setattr(themed_app, "POLL_S", 0.05)
    file = tmp_path / "themes" / "mine.toml"
    file.parent.mkdir()
    file.write_text(RED)
    app = make_app(desk, tmp_path, theme="mine")
    async with app.run_test() as pilot:
        file.write_text(RED.replace("#ff0000", "[b]rde"))
        await until(lambda: notes(app))
        await pilot.pause(0.2)
        assert len(notes(app)) == 1
        assert str(file) in notes(app)[0]
        assert "colors.primary" in notes(app)[0]
        assert app.theme == "mine"
        assert app.current_theme.primary == "#FF0000"


async def test_every_theme_that_can_be_chosen_can_be_worn(app):
    async with app.run_test() as pilot:
        for theme in app.themes_in_order():
            app.theme = theme.name
            await pilot.pause()
        assert app.is_running


async def test_no_color_leaves_only_greys(desk, tmp_path, monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")
    app = make_app(desk, tmp_path)
    async with app.run_test():
        colors = {
            color.triplet
            for strip in drawn(app)
            for segment in strip
            if segment.style
            for color in (segment.style.color, segment.style.bgcolor)
            if color and color.triplet
        }
        assert colors
        assert [each for each in colors if len(set(each)) > 1] == []
