"""Presets of every kind, for property tests."""

from hypothesis import strategies as st

from tui.domain.fields import TEXT_FIELDS
from tui.domain.presets import Preset, Variable, variable_name_problem
from tui.domain.requests import InlineBody, InvocationRequest

CORNERS = (
    b"",
    b"\n",
    b"\n\nx",
    b"x\n",
    b"a\r\nb\r\n",
    b"\r",
    b"\x00",
    b"'''",
    b"it's",
    b"''",
    b"x'",
    b"x''\n'",
    b'"""\\n\\',
    b"\\u0041\\",
    b"\xef\xbb\xbfx",
    b"\xed\xa0\x80",
    b"\xff\xfe",
    b"\x7f",
    b"\t",
    "é\u2028\u0085😀".encode(),
    b"# no comment\n[table]\nkey = 1\n",
    b"{{ messages[0]['content'] }}",
    b"x\n" * 140_000,
    bytes(range(256)) * 20,
)
"""Bodies that a format might not bring back."""

NAMES = st.from_regex(r"[A-Za-z_][A-Za-z0-9_-]{0,9}", fullmatch=True).filter(
    lambda name: variable_name_problem(name) is None
)
TEXTS = st.text(st.characters(codec="utf-8"), max_size=40)
PIECES = st.sampled_from(["'", "''", "\n", "\r\n", "\\", '"', "\t", "\x00", "a", "{{x}}", "#", "é"])
BODIES = (
    st.sampled_from(CORNERS)
    | st.binary(max_size=60)
    | st.lists(PIECES, max_size=12).map(lambda pieces: "".join(pieces).encode())
    | st.binary(min_size=990, max_size=1100)
)
VARIABLES = st.builds(Variable, name=NAMES, prompt=TEXTS, default=st.none() | TEXTS)
REQUESTS = st.builds(
    InvocationRequest,
    body=BODIES.map(lambda data: InlineBody(data=data)),
    **{
        field.attribute: (TEXTS if field.is_required else st.none() | TEXTS)
        for field in TEXT_FIELDS
    },
)
PRESETS = st.builds(
    Preset,
    request=REQUESTS,
    description=TEXTS,
    variables=st.lists(VARIABLES, max_size=3, unique_by=lambda each: each.name).map(tuple),
    has_placeholders=st.booleans(),
    keeps_bodies=st.booleans(),
)
