"""The keys of the history: each with an id to rebind it by, a name and a sentence."""

from __future__ import annotations

from textual.binding import Binding

ALL = (
    Binding(
        "ctrl+j,ctrl+enter",
        "send_again",
        "Send again",
        priority=True,
        id="history.send-again",
        tooltip="Send the request once more, as it was sent, on the connection in use",
    ),
    Binding(
        "slash",
        "filter",
        "Filter",
        key_display="/",
        id="history.filter",
        tooltip="Words, endpoint:NAME, status:424, outcome:timeout, starred",
    ),
    Binding("asterisk", "star", "Star", key_display="*", id="history.star",
            tooltip="Protect it from being dropped when the history is full, or no longer"),
    Binding("a", "annotate", "Note", id="history.annotate", tooltip="Write a note on it"),
    Binding("B", "make_bundle", "Bundle", show=False, id="history.bundle",
            tooltip="Write it as files for a colleague: request, answer, ticket and scripts"),
    Binding("delete,x", "delete", "Delete", id="history.delete", tooltip="Delete it; u undoes"),
    Binding("u", "undo", "Undo", show=False, id="history.undo",
            tooltip="Bring back what was deleted last"),
    Binding("D", "delete_all", "Delete all", show=False, id="history.delete-all",
            tooltip="Delete all that the filter shows; asks first"),
    Binding("ctrl+l", "switch_part", "Request or answer", show=False, id="history.switch-part",
            tooltip="Look at what was sent, or at what came back"),
    Binding("y", "copy", "Copy", show=False, id="history.copy",
            tooltip="Copy the body in front, the header under the cursor, or the entry's ids"),
)  # fmt: skip
