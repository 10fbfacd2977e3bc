"""No text from outside reaches a widget as a bare string."""

from pathlib import Path

import pytest

from tests.architecture.raw_text import WRAPPERS, findings, functions_of_content

TUI = Path(__file__).resolve().parents[2] / "tui"
MODULES = sorted([*(TUI / "widgets").glob("*.py"), *(TUI / "screens").glob("*.py"), TUI / "app.py"])


@pytest.mark.parametrize(
    "source",
    [
        "Static(name)",
        "Label(f'{error.summary}')",
        "self.notify(error.summary, markup=False)",
        "table.add_row(header.value)",
        "self.border_title = endpoint.name",
        "pane.border_title = f'Request {name}'",
        "Option('a' + value)",
        "Button(words if ready else other)",
        "widget.tooltip = str(error)",
        "words = error.summary\nself.notify(words)",
        "words = 'a'\nwords = name\nself.notify(words)",
        "self.notify(', '.join(names))",
    ],
)
def test_a_bare_text_is_found(source):
    assert len(findings(source)) == 1


@pytest.mark.parametrize(
    "source",
    [
        "Static('constant')",
        "Static(id='x')",
        "Label(Content(name))",
        "Label(Content.assemble(name, 'x'))",
        "self.notify(f'Written to {sanitise(path)}', markup=False)",
        "self.border_title = Content(sanitise(name))",
        "Option(Content(' ').join(parts))",
        "Button('a' if ready else 'b')",
        "title = name",
        "words = sanitise(name)\nself.notify(words)",
        "self.notify(', '.join(map(sanitise, names)))",
    ],
)
def test_wrapped_and_constant_texts_pass(source):
    assert findings(source) == []


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.name)
def test_a_module_hands_no_bare_text_to_a_widget(path):
    wrappers = WRAPPERS | functions_of_content(MODULES)
    found = findings(path.read_text(encoding="utf-8"), wrappers)
    assert [f"{path.name}:{each.line} {each.sink}({each.text})" for each in found] == []
