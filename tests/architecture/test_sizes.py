"""Every module says why it is there; it, its classes and its functions can be read at one sitting.

Lines are counted as an editor does, from the first one to the last: docstrings, blank lines and
comments are read too. Decorators stand above what they decorate and are not counted.
"""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
MODULES = sorted((ROOT / "tui").rglob("*.py"))
TESTS = sorted((ROOT / "tests").rglob("*.py"))
LINES_MAX = 400
CLASS_LINES_MAX = 250
FUNCTION_LINES_MAX = 40


def name_of(path):
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_module_opens_with_why_it_is_there(path):
    assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_module_is_not_too_long(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LINES_MAX


def test_no_file_of_tests_is_too_long():
    lines = {name_of(path): len(path.read_text(encoding="utf-8").splitlines()) for path in TESTS}
    assert {name: count for name, count in lines.items() if count > LINES_MAX} == {}


def test_no_class_and_no_function_is_too_long():
    assert [each for path in MODULES for each in too_long(path)] == []


def too_long(path):
    """Name the classes and functions of a module that are too long, with their lines."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        match node:
            case ast.ClassDef():
                lines_max = CLASS_LINES_MAX
            case ast.FunctionDef() | ast.AsyncFunctionDef():
                lines_max = FUNCTION_LINES_MAX
            case _:
                continue
        lines = node.end_lineno - node.lineno + 1
        if lines > lines_max:
            yield f"{name_of(path)}: {node.name} has {lines} lines, not {lines_max}"


def test_what_is_too_long_is_found(tmp_path, monkeypatch):
    monkeypatch.setattr(f"{__name__}.ROOT", tmp_path)
    module = tmp_path / "long.py"
    body = "    pass\n" * FUNCTION_LINES_MAX
    module.write_text(f"def fits():\n{body[9:]}\n\ndef grows():\n{body}")
    assert list(too_long(module)) == ["long.py: grows has 41 lines, not 40"]
