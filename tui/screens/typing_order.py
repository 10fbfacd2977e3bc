"""Keys and pastes in the order in which they were typed, each with its effect before the next.

    terminal ─▶ taken in ─▶ handed on ─▶ followed: focus ─▶ parent ─▶ … ─▶ app ─▶ the next one
                   │                       ▲                               │
                   └── waits its turn      └── something is still under way

Textual hands a key to the widget with the focus and goes on at once; what the key does happens
when it has come up through every widget above. Keys that arrive in one read (a slow line, a paste
of keys by a terminal multiplexer) would then go where the focus was, and a key with priority
would overtake the letter before it.

Letters that go into one text follow each other without waiting: they change nothing but the text,
and some terminals paste a large text as that many keys. A letter with alt is none of them.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, TypeAlias

from textual.events import Key, Paste

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from textual.app import App
    from textual.dom import DOMNode
    from textual.events import Event
    from textual.widget import Widget

Typed: TypeAlias = Key | Paste

_ROUNDS = 20
"""A widget that is never done (a ticking one) holds nothing up for more rounds than these."""


def is_typed(event: Event) -> bool:
    """Whether an event is fresh from the keyboard, and on its way to the focus."""
    return isinstance(event, Typed) and not event.is_forwarded


class TypingOrder:
    """Hands on what was typed, one after the other.

    Args:
        app: whose focus decides where a key goes.
        hand_on: does with a key what Textual does.
        patience_s: no key waits longer, whatever a widget is busy with: ctrl+q must always work.
    """

    def __init__(
        self,
        app: App[object],
        hand_on: Callable[[Event], Awaitable[None]],
        *,
        patience_s: float = 2.0,
    ) -> None:
        self._app = app
        self._hand_on = hand_on
        self._patience_s = patience_s
        self._waiting: deque[Event] = deque()
        self._turn = 0
        """Counts what was handed on; word of an earlier turn is no longer heeded."""
        self._is_under_way = False
        self._text: Widget | None = None
        """What the letters go into that are under way."""
        self._has_more_letters = False

    async def take(self, event: Event) -> None:
        """Hand an event on, now or when the ones before have had their effect."""
        if isinstance(event, Key) and event.key.startswith("alt+"):
            event.character = (
                None  # Textual says "x" for escape and x: texts would take it as typed
            )
        self._waiting.append(event)
        if not self._is_under_way:
            await self._next()
        elif len(self._waiting) == 1:
            await self._hand_on_letters()
            self._limit_waiting()

    async def _next(self) -> None:
        self._turn += 1
        self._is_under_way = bool(self._waiting)
        if self._waiting:
            event, target = self._waiting.popleft(), self._target
            self._text = target if _is_letter_for(target, event) else None
            await self._hand_on(event)
            await self._hand_on_letters()
            self._follow(target, self._turn, _ROUNDS)
            self._limit_waiting()

    async def _hand_on_letters(self) -> None:
        target = self._target
        while self._waiting and target is self._text and _is_letter_for(target, self._waiting[0]):
            self._has_more_letters = True
            await self._hand_on(self._waiting.popleft())

    @property
    def _target(self) -> Widget:
        return self._app.focused or self._app.screen

    def _follow(self, target: Widget, turn: int, rounds_left: int) -> None:
        """Go after a key, through the queue of every widget that it comes by."""
        path = target.ancestors_with_self
        self._has_more_letters = False

        async def arrive() -> None:
            if turn != self._turn:
                return
            if self._has_more_letters:
                self._follow(target, turn, _ROUNDS)
            elif rounds_left and (target is not self._target or any(map(_is_busy, path))):
                self._follow(self._target, turn, rounds_left - 1)
            else:
                await self._next()

        _pass_through(path, arrive)

    def _limit_waiting(self) -> None:
        turn = self._turn

        async def go_on() -> None:
            if turn == self._turn:
                await self._next()

        if self._waiting:
            self._app.set_timer(self._patience_s, go_on)


def _is_letter_for(target: Widget, event: Event) -> bool:
    return isinstance(event, Key) and target.check_consume_key(event.key, event.character)


def _is_busy(node: DOMNode) -> bool:
    return node.message_queue_size > 0


def _pass_through(path: Sequence[DOMNode], arrive: Callable[[], Awaitable[None]]) -> None:
    """Call ``arrive`` in the last node of ``path``, once all have handled what they hold now.

    One after the other, because what a node has handled is in its parent's queue then. A node that
    is closing takes no call and is passed over.
    """
    *rest, app = path
    for index, node in enumerate(rest):
        if node.call_later(_pass_through, path[index + 1 :], arrive):
            return
    app.call_later(arrive)
