"""HTML within SVG, which is within HTML."""

import pytest

from tests.body.test_html import lines_of


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (
            "<svg><foreignObject><div>a</div></foreignObject><g/></svg><p>b",
            [
                "<svg>",
                "  <foreignObject>",
                "    <div>a</div>",
                "  </foreignObject>",
                "  <g/>",
                "</svg>",
                "<p>b",
            ],
        ),
        (
            "<svg><foreignObject>a <b>b</b></foreignObject><foreignObject><p>c</foreignObject>d",
            [
                "<svg>",
                "  <foreignObject>a <b>b</b></foreignObject>",
                "  <foreignObject>",
                "    <p>c",
                "  </foreignObject>",
                "  d",
            ],
        ),
        (
            "<math><annotation-xml><p>a</annotation-xml></math>b",
            ["<math>", "  <annotation-xml>", "    <p>a", "  </annotation-xml>", "</math>", "b"],
        ),
        ("<div></foreignObject>a</div>", ["<div></foreignObject>a</div>"]),
    ],
)
def test_what_holds_html_within_svg_ends_where_it_begins(text, lines):
    assert lines_of(text) == lines
