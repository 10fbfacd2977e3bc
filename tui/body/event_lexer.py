"""Server-sent events for Pygments, which has no lexer for them: fields, and the JSON in `data`.

WHATWG HTML, "Server-sent events": a line is a field, its name before the first colon; one that
begins with a colon is a comment; an empty one ends an event.
"""

from __future__ import annotations

from typing import ClassVar

from pygments.lexer import RegexLexer
from pygments.token import Comment, Keyword, Name, Number, Punctuation, String, Text, Whitespace

_STRING = r'"(?:[^"\\\n]|\\[^\n])*+"'


class EventStreamLexer(RegexLexer):
    """Colours names of fields as tags, and what is data as JSON, which it mostly is."""

    name = "Server-sent events"
    tokens: ClassVar[dict[str, list[tuple[object, ...]]]] = {
        "root": [
            (r"data(?=:)", Name.Tag, "data"),
            (r"(?:event|id|retry)(?=:)", Name.Tag, "colon"),
            (r":[^\n]*", Comment),
            (r"[^\n]+", Text),
            (r"\n", Whitespace),
        ],
        "colon": [(r":", Punctuation, "value")],
        "value": [(r"[^\n]+", String), (r"\n", Whitespace, "#pop:2")],
        "data": [
            (r"\n", Whitespace, "#pop"),
            (r"\[DONE\]", Keyword),
            (rf"{_STRING}(?=[ \t]*+:)", Name.Attribute),
            (_STRING, String),
            (r"-?\d++(?:\.\d++)?(?:[eE][+-]?\d++)?", Number),
            (r"(?:true|false|null)\b", Keyword),
            (r"[{}\[\],:]", Punctuation),
            (r"[ \t\r]++", Whitespace),
            (r"\w++|[^\n]", Text),
        ],
    }
