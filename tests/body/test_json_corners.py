"""The corners of RFC 8259, in the manner of the JSONTestSuite: shown whole, never a crash."""

import pytest

from tests.body.laying_out import laid_out
from tui.body.copying import text_of_rows
from tui.body.json.text import find_json_problem
from tui.body.lenses import PRETTY

ACCEPTED = [
    b"[]",
    b"[ ]",
    b"{}",
    b'""',
    b"0",
    b"-0",
    b"-0.0e-0",
    b"1E+2",
    b"0.1e1",
    b"true",
    b" null ",
    b"\t[\r\n1\r,\n2 ]\n",
    b'{"":0}',
    b'{"a":1,"a":2}',
    b'{"\\u0000":"\\uDFAA\\uD83D"}',
    b'["\\"\\\\\\/\\b\\f\\n\\r\\t"]',
    '["\u2028\u2029\x7f\U0001f600"]'.encode(),
    b"[123e65,-1e-999,1e9999,123456789012345678901234567890]",
    b"[[[[[]]]],{}]",
]
REFUSED = [
    b"",
    b" ",
    b"[",
    b"]",
    b"{",
    b"}",
    b"[1",
    b"[1,",
    b"[1,]",
    b"[,1]",
    b"[1,,2]",
    b"[1 2]",
    b"[1}",
    b'{"a":1]',
    b'{"a"}',
    b'{"a":}',
    b'{"a" 1}',
    b'{"a":1,}',
    b'{,"a":1}',
    b"{1:2}",
    b"{a:1}",
    b"['a']",
    b'["a',
    b'["a\\',
    b'["\\x00"]',
    b'["\\u12"]',
    b'["\\u12G4"]',
    b'["a\tb"]',
    b'["a\x00b"]',
    b"[.1]",
    b"[1.]",
    b"[01]",
    b"[-]",
    b"[-01]",
    b"[+1]",
    b"[1e]",
    b"[1e+]",
    b"[0x1]",
    b"[1_000]",
    b"[NaN]",
    b"[-Infinity]",
    b"[True]",
    b"[nul]",
    b"[truefalse]",
    b"[1]x",
    b"1 2",
    b"// comment\n1",
    b"[1/*x*/]",
    b"\xef\xbb\xbf[]",
    b"[\xa0]",
    b'["\xe9"]',
    b'["\xed\xa0\x80"]',
    b"[\x0c]",
    "[\u2060]".encode(),
]


@pytest.mark.parametrize("data", ACCEPTED)
def test_what_the_rfc_allows_is_json(data):
    assert find_json_problem(data) is None
    assert "not JSON" not in laid_out(data, "application/json", PRETTY).words


@pytest.mark.parametrize("data", REFUSED)
def test_what_the_rfc_forbids_is_not(data):
    assert find_json_problem(data) is not None


def test_what_only_python_reads_is_laid_out_and_told():
    data = b'{"a": [1, NaN, -Infinity], "b":Infinity, "c": "NaN"}'
    document = laid_out(data, "application/json", PRETTY, budget=3)
    assert document.words == "JSON with NaN (line 1, column 11) · 9 lines"
    shown = [document.row(index) for index in range(document.row_count)]
    assert [row.text.strip() for row in shown[2:8]] == [
        "1,",
        "NaN,",
        "-Infinity",
        "],",
        '"b": Infinity,',
        '"c": "NaN"',
    ]
    assert [role for _, _, role in shown[3].spans] == ["error", "punctuation"]
    assert document.path(3) == "a[1]"


@pytest.mark.parametrize("data", [b"[NaNs]", b"[-Infinit]", b"[infinity]", b"[nan]", b"{NaN: 1}"])
def test_what_python_does_not_read_either_is_shown_as_text(data):
    assert laid_out(data, "application/json", PRETTY).words.startswith("not JSON")


@pytest.mark.parametrize("data", [*ACCEPTED, *REFUSED][1:])
def test_nothing_of_it_is_lost_in_the_view(data):
    if not data.strip():
        return
    document = laid_out(data, "application/json", PRETTY, budget=3)
    shown = text_of_rows(document, 0, document.row_count)
    expected = data.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "surrogateescape")
    assert "".join(shown.split()) == "".join(expected.split())
