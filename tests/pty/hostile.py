"""Strings that a hostile or broken model could answer, and how to see that one got through."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from http import HTTPStatus
from typing import TYPE_CHECKING

from tui.demo.catalogue import Catalogue, Endpoint, Model, SingleModel, Variant
from tui.demo.containers import ContainerReply
from tui.domain.endpoints import EndpointStatus

if TYPE_CHECKING:
    from random import Random

    from tui.demo.containers import ContainerRequest

_STRINGS_A_TURN = 40
_NAMES = 200
_PLAIN_WORDS = "plain " * 100

PAYLOADS = (
    "\x1b[31mred",
    "\x1b]0;stolen title\x07",
    "\x1b]52;c;c3RvbGVu\x07",
    "\x1b[2J\x1b[H",
    "\x1b[?1049l",
    "\x1b[?1000h",
    "\x1bP+q544e\x1b\\",
    "\x9b31m",
    "\x9d0;stolen\x9c",
    "\x00",
    "\x07\x08\x08\x0b\x0c\x0e\x0f",
    "\x7f",
    "\r\nHTTP/1.1 200 OK",
    "\u202egnp.exe",
    "\u2066isolated\u2069",
    "\u200b\u200d\ufeff",
    "\u2028line\u2029paragraph\x85next",
    "[red]markup[/red]",
    "[/]",
    "[@click=app.quit]click[/]",
    "[link=http://127.0.0.1]link[/link]",
    "$primary {} %s ${HOME} $(id)",
    "\\[b]",
    "👩\u200d👩\u200d👧 e\u0301\u0302 \uff57\uff49\uff44\uff45 漢字",
    "\U000e0001\U000e0041",
    "x" * 300,
)
"""Control sequences of every family, markup of every kind, text that upsets layouts."""

_OURS = re.compile(
    rb"\x1b\[[0-9;:?<>=]*[ $]?[a-zA-Z@`]"  # styles, cursor moves, modes
    rb"|\x1b\][0-9;]*[0-9a-zA-Z;:/#?. _-]*(?:\x07|\x1b\\)"
    rb"|\x1b[78=>]"
    rb"|\x1b\(B"
)
_FOREIGN_MODES = (b"\x1b[31m", b"\x1b[2J\x1b[H", b"\x1b]0;", b"\x1b]52;", b"\x1bP+q")
_CONTROLS = re.compile(
    "[\x00-\x07\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff"
    "\ud800-\udfff\U000e0000-\U000e007f]"
)


def hostile_text(random: Random, *, parts: int = 3) -> str:
    """Mix payloads with ordinary words and random code points, surrogates among them."""
    pieces = [random.choice((*PAYLOADS, _random_text(random), "ok")) for _ in range(parts)]
    return " ".join(pieces)


def _random_text(random: Random) -> str:
    planes = ((0, 0x20), (0x7F, 0xA0), (0x2000, 0x2070), (0xD800, 0xE000), (0x1F300, 0x1F700))
    return "".join(chr(random.randrange(*random.choice(planes))) for _ in range(4))


def foreign_controls(raw: bytes) -> set[str]:
    """Return the control characters in a terminal's input that no program of ours writes.

    Args:
        raw: all that a program wrote to its terminal.
    """
    found = {mark.decode("latin-1") for mark in _FOREIGN_MODES if mark in raw}
    text = _OURS.sub(b"", raw).decode("utf-8", "surrogateescape")
    return found | {f"U+{ord(char):04X}" for char in _CONTROLS.findall(text)}


class HostileContainer:
    """Answers every call with other hostile strings: in bodies, types, attributes and errors."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self._turn = 0
        self.cases = _NAMES
        """Hostile strings that were shown, names of endpoints included."""

    def invoke(self, request: ContainerRequest) -> ContainerReply:
        texts = [hostile_text(self.random) for _ in range(_STRINGS_A_TURN)]
        self.cases += len(texts)
        turn, self._turn = self._turn, self._turn + 1
        return ContainerReply(
            status=HTTPStatus.OK if turn % 3 else HTTPStatus.INTERNAL_SERVER_ERROR,
            content_type=_in_header(texts[0]) if turn % 2 else "application/json",
            custom_attributes=_in_header(texts[1]),
            body=_body(turn, texts),
        )


def hostile_catalogue(container: HostileContainer) -> Catalogue:
    """Make an account whose endpoints have hostile names, the plain ``first`` one on top."""
    random = container.random
    model = Model(name=hostile_text(random), serves=SingleModel(container))
    # The answering one is named in a header, where the demo's server can put no line breaks.
    variants = (
        Variant(name="plain", model=model),
        Variant(name=hostile_text(random), model=model, weight=0.0),
    )
    names = ["first", *(f"{number} {hostile_text(random)}" for number in range(_NAMES))]
    return Catalogue(
        tuple(
            Endpoint(
                name=name,
                age=timedelta(minutes=minutes),
                variants=variants,
                status=EndpointStatus.IN_SERVICE,
                failure_reason=hostile_text(random),
            )
            for minutes, name in enumerate(names)
        )
    )


def _body(turn: int, texts: list[str]) -> bytes:
    if turn % 4 == 3:
        # Among enough plain words, so that it is shown as text and not as bytes.
        lines = (f"{text} {_PLAIN_WORDS}" for text in texts)
        return "\n".join((f"turn-{turn:03}", *lines)).encode("utf-8", "surrogatepass")
    return json.dumps([f"turn-{turn:03}", *texts], ensure_ascii=turn % 2 == 0).encode(
        "utf-8", "surrogatepass"
    )


def _in_header(text: str) -> str:
    """Keep what the demo's server can put into a header."""
    return re.sub("[\r\n\0]", "", text).encode("latin-1", "ignore").decode("latin-1")
