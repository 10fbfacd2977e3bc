"""What a body view is given: the bytes as they came, and what the sender called them."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class ShownBody:
    """A body to be shown.

    ``content_type`` is the header's value as it came, with its parameters; None if there was none.
    ``is_cut`` says that it was unpacked, and that there should be, or is, more of it.
    """

    data: bytes = field(repr=False)
    content_type: str | None
    is_cut: bool = False
