"""The path of a file in a pasted text, as people and terminals spell it."""

import shlex
from pathlib import Path, PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.interchange.pasted_path import pasted_path
from tui.interchange.reading import kind_of


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("/srv/a b", "/srv/a b"),
        ("/srv/a\\ b\\'s", "/srv/a b's"),
        ("  '/srv/a b' \n", "/srv/a b"),
        ('"~/a b.zip"', "~/a b.zip"),
        ("'it'\\''s'", "it's"),
        ("~/x.zip", "~/x.zip"),
        ("./x", "x"),
        ("../x", "../x"),
        ("file:///srv/a%20b%23c", "/srv/a b#c"),
        ("FILE://localhost/srv/a", "/srv/a"),
        ("C:\\a b\\c.zip", "C:\\a b\\c.zip"),
        ("file:///C:/a/b", "C:/a/b"),
    ],
)
def test_a_path_is_read_however_it_is_spelt(text, path):
    assert pasted_path(text) == Path(path)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "  ",
        "word",
        "5.1,3.5",
        '{"a": 1}',
        "'a' 'b'",
        "'open",
        "''",
        "/a\n/b",
        "file://elsewhere/a",
        "file://",
        "https://x/a",
        "/" + "a" * 5_000,
        "/a\0",
        "file:///a%00",
    ],
)
def test_what_is_none_for_certain_is_none(text):
    assert pasted_path(text) is None


@given(
    path=st.text(st.characters(codec="utf-8", exclude_categories=("C", "Zl", "Zp")), max_size=40)
)
def test_any_name_comes_back_from_quotes_and_from_a_url(path):
    rooted = f"/{path.strip('/')}"
    assert pasted_path(shlex.quote(rooted)) == Path(rooted)
    assert pasted_path(PurePosixPath(rooted).as_uri()) == Path(rooted)


@given(text=st.text())
def test_any_text_can_be_looked_at(text):
    assert pasted_path(text) is None or isinstance(pasted_path(text), Path)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("aws sagemaker-runtime invoke-endpoint --endpoint-name x", "an aws command"),
        ("aws runtime.sagemaker invoke-endpoint", "an aws command"),
        ("smr = boto3.client('sagemaker-runtime')\nsmr.invoke_endpoint(Body=b'')", "a boto3 call"),
        ("curl https://h/endpoints/x/invocations -d 1", "a curl command"),
        ('{"instances": [[5.1]]}', ""),
        ("5.1,3.5", ""),
    ],
)
def test_what_a_text_seems_to_be_is_told_in_words(text, kind):
    assert kind_of(text) == kind
