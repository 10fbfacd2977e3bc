"""Bodies of many kinds that are hard to show, by what they are called.

Nearly all have 25 MB, and say so if they have not; each is the same every time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.benchmarks.hostile.binary_bodies import BINARY_BODIES
from tests.benchmarks.hostile.json_bodies import JSON_BODIES
from tests.benchmarks.hostile.json_strings import JSON_STRINGS
from tests.benchmarks.hostile.json_tables import JSON_TABLES
from tests.benchmarks.hostile.line_bodies import LINE_BODIES
from tests.benchmarks.hostile.markup_bodies import MARKUP_BODIES
from tests.benchmarks.hostile.table_bodies import TABLE_BODIES
from tests.benchmarks.hostile.text_bodies import TEXT_BODIES

if TYPE_CHECKING:
    from tests.benchmarks.hostile.making import Kinds

KINDS: Kinds = {
    **JSON_BODIES,
    **JSON_STRINGS,
    **JSON_TABLES,
    **LINE_BODIES,
    **MARKUP_BODIES,
    **TABLE_BODIES,
    **TEXT_BODIES,
    **BINARY_BODIES,
}
