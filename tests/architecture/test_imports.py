"""What starting the program may load, each asked of a fresh interpreter."""

import subprocess
import sys

import pytest


def loaded_by(module):
    """Names of the modules that a fresh interpreter has after importing one."""
    code = f"import sys, {module}; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603 - our own interpreter
    return set(done.stdout.split())


@pytest.fixture(scope="module")
def loaded_before_first_paint():
    return loaded_by(
        "tui.cli.explore, tui.app, tui.screens.explore.screen, tui.explorer, tui.aws.connector"
    )


@pytest.mark.parametrize("unwanted", ["boto3", "botocore", "textual", "rich", "pygments"])
def test_the_command_line_loads_nothing_heavy(unwanted):
    assert unwanted not in loaded_by("tui.cli.main")


@pytest.mark.parametrize("unwanted", ["boto3", "botocore"])
@pytest.mark.parametrize("module", ["tui.aws.connector", "tui.app", "tui.screens.explore.screen"])
def test_the_first_paint_does_not_wait_for_boto3(module, unwanted):
    assert unwanted not in loaded_by(module)


def test_the_first_paint_does_not_wait_for_the_history():
    loaded = loaded_by(
        "tui.cli.explore, tui.app, tui.screens.explore.screen, tui.explorer, tui.history"
    )
    assert not {"sqlite3", "tui.store.history", "tui.domain.history"} & loaded


@pytest.mark.parametrize(
    "unwanted",
    [
        "pygments",
        "tui.body.json.text",
        "tui.clipboard",
        "tui.domain.drafts",
        "tui.screens.connect",
        "tui.screens.description",
        "tui.screens.explore.programs",
        "tui.screens.explore.saving",
        "tui.screens.palette",
        "tui.store.drafts",
        "tui.store.presets",
        "tui.widgets.body_view.view",
    ],
)
def test_the_first_paint_does_not_wait_for_what_is_wanted_later(
    unwanted, loaded_before_first_paint
):
    assert unwanted not in loaded_before_first_paint


@pytest.mark.parametrize("module", ["tui.explorer", "tui.demo.server", "tui.body.lenses"])
def test_the_core_knows_no_terminal(module):
    assert not {"textual", "rich"} & loaded_by(module)


@pytest.mark.parametrize("unwanted", ["textual", "rich", "pygments", "botocore"])
def test_a_headless_command_loads_no_face(unwanted):
    assert unwanted not in loaded_by("tui.cli.invoke_endpoint")


_OPENED = """
import re
import sys
from tui.body.kinds import recognise
from tui.body.lenses import lenses_for, load_lenses, open_document
from tui.body.shown_body import ShownBody

load_lenses()
before, patterns, make = {*sys.modules}, [], re.compile
re.compile = lambda pattern, flags=0: patterns.append(pattern) or make(pattern, flags)
for data, content_type in [
    (b"a,1\\nb,2\\n", "text/csv"),
    (b'{"a": 1}\\n' * 2, "application/jsonlines"),
    (b"[1, [2]]\\n" * 2, "application/jsonlines"),
    (b'[{"a": [1, 2]}]', "application/json"),
    (b"<a><b/></a>", "application/xml"),
    (b"data: {}\\n\\n", "text/event-stream"),
]:
    body = ShownBody(data, content_type)
    found = recognise(body)
    for name in lenses_for(body, found):
        document = open_document(body, found, name)
        while not document.is_complete:
            document.advance(1 << 20)
        document.row(0)
print(*sorted(each for each in {*sys.modules} - before if each.startswith("tui.")))
print(*(each for each in patterns if len(each) > 1_000))
"""


def test_once_lenses_are_loaded_no_body_waits_for_an_import_or_a_long_pattern():
    done = subprocess.run(  # noqa: S603 - our own interpreter
        [sys.executable, "-c", _OPENED], capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == []
