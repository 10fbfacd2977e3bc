"""No text from outside reaches a widget as a bare string."""

from functools import cache
from pathlib import Path

import pytest

from tests.architecture.raw_text import MADE, findings, functions_of_content

TUI = Path(__file__).resolve().parents[2] / "tui"
IN_SIGHT = [*(TUI / "widgets").rglob("*.py"), *(TUI / "screens").rglob("*.py")]
MODULES = sorted([*IN_SIGHT, TUI / "app.py"])

PROVEN_SAFE = {
    # The widget has markup off, and the reason is one of two of our own sentences.
    ("widgets/body_editor/kept.py", "update", "kept.reason"),
    # Not drawn: a row keeps its own name, which comes from the table of fields.
    ("widgets/field_row/entry.py", "label", "label"),
    # A dictionary's own method.
    ("widgets/request_form/fields.py", "update", "rows"),
}


def inside(path: Path) -> str:
    """Name a module as it is found in the package."""
    return path.relative_to(TUI).as_posix()


@pytest.mark.parametrize(
    "source",
    [
        "Static(name)",
        "Static(content=name)",
        "Label(f'{error.summary}')",
        "Label(sanitise(name))",
        "Label(f'{Content(name)}', markup=False)",
        "label.update(error.summary)",
        "self.notify(error.summary, markup=False)",
        "self.notify(sanitise(error.summary))",
        "self.notify('Failed', title=error.summary)",
        "table.add_row(Text(header.name), header.value)",
        "table.add_column('Value', Text(name), name)",
        "self.border_title = endpoint.name",
        "self.border_title = sanitise(endpoint.name)",
        "pane.border_title = f'Request {name}'",
        "pane.border_subtitle += name",
        "Option('a' + value)",
        "Option(Content.from_markup(f'[b]{name}[/b]'))",
        "options.add_options(Option(Content(name)) if plain else name for name in names)",
        "Button(words if ready else other)",
        "Button('x', tooltip=str(error))",
        "widget.tooltip = str(error)",
        "words = error.summary\nself.notify(words, markup=False)",
        "words = 'a'\nwords = name\nself.notify(words)",
        "words = 'a'\nwords += name\nself.notify(words)",
        "for words in names:\n    self.notify(words)",
        "def tell(words):\n    self.notify(words)",
        "words = 'a'\ndef tell(words: str):\n    self.notify(words)",
        "def tell():\n    words = 'a'\ndef say():\n    self.notify(words)",
        "if (words := name):\n    self.notify(words)",
        "lambda words: self.notify(words)",
        "self.notify(', '.join(names), markup=False)",
        "self.notify(', '.join(map(str, names)), markup=False)",
        "self.notify(', '.join(filter(None, names)), markup=False)",
        "self.notify(', '.join(map(sanitise, names)))",
    ],
)
def test_a_bare_text_is_found(source):
    assert len(findings(source)) == 1


@pytest.mark.parametrize(
    "source",
    [
        "Static('constant')",
        "Static(id=name, classes=name)",
        "Label(Content(name))",
        "Label(Content.assemble(name, 'x'))",
        "Label(sanitise(name), markup=False)",
        "self.notify(f'Written to {sanitise(path)}', markup=False)",
        "self.border_title = Content(sanitise(name))",
        "self.border_title = TITLE",
        "Option(Content(' ').join(parts))",
        "Option(Content.from_markup('[b]$name[/b]', name=name))",
        "options.add_options([Option(Content(name)) for name in names])",
        "Button('a' if ready else 'b')",
        "title = name",
        "words = sanitise(name)\nself.notify(words, markup=False)",
        "def tell():\n    words = 'a'\n    self.notify(words)\ndef say(words):\n    return words",
        "def show(words: Content, width: int):\n    Static(words)\n    Static(f'{width} cells')",
        "self.notify(', '.join(map(sanitise, names)), markup=False)",
        "self.notify(', '.join(sanitise(name) for name in names), markup=False)",
    ],
)
def test_made_and_constant_texts_pass(source):
    assert findings(source) == []


def test_functions_that_return_content_are_known_by_their_annotation(tmp_path):
    module = tmp_path / "module.py"
    module.write_text("def a() -> Content: ...\ndef b() -> str: ...\ndef c(): ...\n")
    known = MADE | functions_of_content([module])
    assert findings("Static(a())", known) == []
    assert len(findings("Static(b())\nStatic(c())", known)) == 2


@cache
def made():
    """Return what makes content; every module is read for it."""
    return MADE | functions_of_content(MODULES)


@pytest.mark.parametrize("path", MODULES, ids=inside)
def test_a_module_hands_no_bare_text_to_a_widget(path):
    found = findings(path.read_text(encoding="utf-8"), made())
    assert [
        f"{inside(path)}:{each.line} {each.sink}({each.text})"
        for each in found
        if (inside(path), each.sink, each.text) not in PROVEN_SAFE
    ] == []


def test_what_is_proven_safe_is_still_there():
    found = {
        (inside(path), each.sink, each.text)
        for path in MODULES
        for each in findings(path.read_text(encoding="utf-8"), made())
    }
    assert found >= PROVEN_SAFE
