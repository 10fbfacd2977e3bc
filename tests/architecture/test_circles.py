"""No file of the program needs, by whatever way, a file that needs it; lazy imports count too."""

import ast
from graphlib import TopologicalSorter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FILES = {
    ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path
    for path in (ROOT / "tui").rglob("*.py")
}


def imported_by(path):
    """Names of the program's modules that a file imports anywhere in it."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        match node:
            case ast.Import(names=names):
                yield from (each.name for each in names)
            case ast.ImportFrom(module=str(module), names=names):
                for each in names:
                    inner = f"{module}.{each.name}"
                    yield inner if inner in FILES else module
            case _:
                pass


def test_imports_go_round_nowhere():
    needs = {name: FILES.keys() & set(imported_by(path)) for name, path in FILES.items()}
    assert needs["tui.cli.main"]
    TopologicalSorter(needs).prepare()
