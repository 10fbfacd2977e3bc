"""Typing at the bottom of a body view: which prompt is open, and where its keys go."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.geometry import Offset

from tui.widgets.body_view.growing import BodyGrowing
from tui.widgets.body_view.prompt import Note, Pressed, Prompt

if TYPE_CHECKING:
    from textual import events
    from textual.strip import Strip


_ASKING = frozenset({"find", "go_to_line", "filter", "pipe"})
"""Actions that open a prompt."""


class BodyPrompting(BodyGrowing):
    """Has at most one prompt; while it is open, keys are typed into it."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self.asked: Prompt | None = None
        self.asked_at = 0
        """The byte at which one was when it was opened."""
        self.asked_from = Offset()
        """The leftmost cell in view then, and the line of the view that had the cursor."""

    # What a class on top of this one adds; each calls that of the next one

    def take_typed(self, prompt: Prompt, pressed: Pressed) -> None:
        """Be told what a key did to the prompt; when it is accepted or cancelled, it is closed."""

    def take_key(self, prompt: Prompt, key: str) -> bool:
        """Take a key that means more than typing, before the prompt does; false if it does not."""
        del prompt, key
        return False

    def note(self, prompt: Prompt) -> Note:
        """Return what is known of what was typed."""
        del prompt
        return Note()

    def ask_again(self, prompt: Prompt) -> None:
        """Be told that another body is shown while a prompt is open."""

    def forget(self) -> None:
        """Go on asking in another body, from its beginning on; in none ask for nothing."""
        self.asked = self.asked if self.shown is not None else None
        self.asked_at, self.asked_from = 0, Offset()
        super().forget()

    def watch_shown(self) -> None:
        """Keep what is being typed when another body comes; whoever types does not wait for it."""
        super().watch_shown()
        if self.asked is not None:
            self.ask_again(self.asked)

    def ask(self, prompt: Prompt) -> None:
        """Open a prompt."""
        if self.shown is not None:
            self.asked = prompt
            self.asked_at = self.offset_of_cursor
            self.asked_from = Offset(int(self.scroll_offset.x), self.line_of_cursor)
            self.refresh()

    def go_to_asked(self) -> None:
        """Go back to where one was when the prompt was opened."""
        self.go_to_bytes(self.asked_at, self.asked_at)
        self.scroll_to(x=self.asked_from.x, animate=False, immediate=True)
        self.keep_line(self.asked_from.y)

    def bottom_strip(self, width: int) -> Strip | None:
        """Draw what is being typed."""
        if self.asked is None:
            return super().bottom_strip(width)
        base = self.rich_style + self.ground("prompt") + self.look("prompt")
        note = self.note(self.asked)
        return self.asked.draw(note, width, base, self.look("gutter"), self.look("error"))

    async def on_key(self, event: events.Key) -> None:
        """While something is asked for, keys are typed."""
        if self.asked is None:
            await self._ask_at_once(event)
            return
        prompt = self.asked
        if self.take_key(prompt, event.key):
            _keep(event)
            self.redraw_marks()
        else:
            self._take(prompt, prompt.press(event.key, event.character), event)

    async def _ask_at_once(self, event: events.Key) -> None:
        """Open a prompt before the next key comes.

        Left to Textual, the key that opens it goes up to the app first, and keys that are typed
        meanwhile, in a burst or while the program is busy, do what they do without a prompt.
        """
        active = self.screen.active_bindings.get(event.key) if event.is_printable else None
        if active is not None and active.node is self and active.binding.action in _ASKING:
            _keep(event)
            await self.run_action(active.binding.action)

    def on_paste(self, event: events.Paste) -> None:
        """Paste into what is asked for."""
        if self.asked is not None:
            self._take(self.asked, self.asked.insert(event.text), event)

    def on_blur(self) -> None:
        """Stop asking."""
        self.asked = None
        self.refresh()

    def _take(self, prompt: Prompt, pressed: Pressed, event: events.Event) -> None:
        if pressed is Pressed.NOTHING:
            return
        _keep(event)
        if pressed in (Pressed.ACCEPTED, Pressed.CANCELLED):
            self.asked = None
        self.take_typed(prompt, pressed)
        self.redraw_marks()


def _keep(event: events.Event) -> None:
    """Let nobody else take it."""
    event.stop()
    event.prevent_default()
