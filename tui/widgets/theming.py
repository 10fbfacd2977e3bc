"""Our own theme variables and their defaults, so that every style has a value in every theme."""

from __future__ import annotations

SYNTAX_ROLES = (
    "key",
    "string",
    "number",
    "keyword",
    "punctuation",
    "comment",
    "tag",
    "attribute",
    "error",
    "control",
)
"""What highlighted text can be; each is the theme variable ``syntax-ROLE``."""
