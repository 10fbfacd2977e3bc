"""Spelling values as TOML, for the files that we write ourselves.

Only what those files hold: texts, switches, and bodies whose bytes must come back as they were.
Reading is `tui.store.tomlfiles`.
"""

from __future__ import annotations

import json
import re
from datetime import UTC
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
# Readers turn CR LF into LF, and refuse other controls; a literal has no escapes for them.
_NOT_LITERAL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]|'''|'\Z")


def spelled_text(text: str) -> str:
    """Spell one line of text; what cannot stand in a line is escaped.

    Raises:
        ValueError: a lone surrogate, which no TOML can hold.
    """
    text.encode()
    # What JSON escapes, TOML does alike; this control character it leaves as it is.
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def spelled_key(key: str) -> str:
    """Spell the name of a key, quoted where it must be."""
    return key if _BARE_KEY.fullmatch(key) else spelled_text(key)


def spelled_switch(value: bool) -> str:  # noqa: FBT001 - it is the value, not a mode
    """Spell on or off."""
    return "true" if value else "false"


def spelled_time(moment: datetime) -> str:
    """Spell a moment, UTC to the microsecond."""
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%S.%fZ}"


def spelled_literal(text: str) -> str | None:
    """Spell a text of any number of lines as it is; None where that would not be exact."""
    if _NOT_LITERAL.search(text):
        return None
    if "\n" in text or "'" in text:
        # The first line break after the quotes is no part of the text.
        return f"'''\n{text}'''"
    return f"'{text}'"
