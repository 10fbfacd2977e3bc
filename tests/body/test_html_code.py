"""Scripts and style sheets in HTML: drawn as far in as their tags, copied as they came."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.body.laying_out import rows_of
from tests.body.test_documents import text_of
from tests.body.test_html import page_of, row_widths

CODE = "\n".join(["", "      if (a < b) {", "\t\tc();", "      }", "    "])


@pytest.mark.parametrize("name", ["script", "STYLE", "style media=print"])
def test_code_stands_as_far_from_its_tag_as_it_came(name):
    page = f"<html>\n  <body>\n    <{name}>{CODE}</{name.split()[0]}>\n  </body>\n</html>"
    assert [row.text for row in rows_of(page_of(page))] == [
        "<html>",
        "  <body>",
        f"    <{name}>",
        "      if (a < b) {",
        "→→c();",
        "      }",
        f"    </{name.split()[0]}>",
        "  </body>",
        "</html>",
    ]
    squeezed = page.replace("\n  <body>\n    ", "<body>").replace("\n      ", "\n  ")
    assert [row.text for row in rows_of(page_of(squeezed.replace("\n    </", "\n</")))][2:7] == [
        f"    <{name}>",
        "      if (a < b) {",
        "    →→c();",
        "      }",
        f"    </{name.split()[0]}>",
    ]


@given(
    st.lists(st.sampled_from(["a", " ", "\n", "\n    ", "\t", "x" * 30, "\n\n"])).map("".join),
    st.sampled_from(["", "  ", "\n", "\n      ", "\n\t", "<p>a ", "\n <b>"]),
    row_widths,
)
def test_code_is_copied_and_found_as_it_came_however_far_in_it_is_drawn(code, before, row_bytes):
    script = f"<script>{code}\n</script>"
    page = f"<div><ul><li>{before}{script}</ul></div>"
    document = page_of(page, row_bytes=row_bytes)
    assert script in text_of(document)
    for index, row in enumerate(rows_of(document)):
        assert len(row.text) <= row_bytes or row_bytes < 40
        start, end = document.span(index)
        shown = page.encode()[start:end].rstrip()
        for first, last in document.columns(index, start, start + len(shown)) if shown else ():
            assert row.source[first:last].rstrip("\n") == shown.decode()


def test_rows_of_long_code_are_drawn_alike_in_any_order():
    page = "<div>" + "<script>\na\n</script>\n<p>x\n</p>" * 20 + "</div>"
    inward, outward, anyhow = (page_of(page) for _ in range(3))
    rows = range(inward.row_count)
    drawn = rows_of(inward)
    assert [outward.row(row) for row in reversed(rows)] == drawn[::-1]
    assert [anyhow.row(row * 7 % len(rows)) for row in rows] == [
        drawn[row * 7 % len(rows)] for row in rows
    ]
