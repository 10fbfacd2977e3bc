"""What people do with a body, act by act, and how long each keeps everything else waiting."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from tests.benchmarks.halting import Halt, press, watching_for_halts

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.benchmarks.halting import Watch
    from tui.body.shown_body import ShownBody
    from tui.widgets.body_view.view import BodyView

Act = tuple[str, tuple[str, ...] | Callable[["BodyView"], object]]
"""What it is called, and its keys, or what is called where a key is the screen's."""
ACT_S_MAX = 180.0
"""An act that is not over by then is told as such, and the next one begins; laying out 15 million
rows takes a minute on a machine that has as much else to do."""
_QUIET_S = 0.12
"""An act is over when nothing is left to do and nothing has halted for so long; the path of where
one is is told when one has been there for 0.05 s."""
ACTS: tuple[Act, ...] = (
    ("end", ("G",)),
    ("top", ("g",)),
    ("find", ("slash", "1", "enter")),
    ("next", ("n",)),
    ("previous", ("N",)),
    ("page down", ("pagedown",)),
    ("right", ("right",)),
    ("next, further on", ("n",)),
    ("fold all", ("minus",)),
    ("unfold all", ("plus",)),
    ("wrap", ("W",)),
    ("end, wrapped", ("G",)),
    ("unwrap", ("W",)),
    ("sort", ("s",)),
    ("next, sorted", ("n",)),
    ("end, sorted", ("G",)),
)
"""What is done with each body, one after the other."""
_PATTERN = ("left_square_bracket", "0", "minus", "3", "right_square_bracket")
AFTER_ALL_LENSES: tuple[Act, ...] = (
    ("next, after all lenses", ("n",)),
    ("find, after all lenses", ("slash", "0", "enter")),
)
MORE_ACTS: tuple[Act, ...] = (
    ("sort once more", ("s",)),
    ("previous, sorted", ("N",)),
    ("find a pattern", ("slash", "ctrl+r", *_PATTERN, "enter")),
    ("next of the pattern", ("n",)),
    ("previous of the pattern", ("N",)),
    ("end, with the pattern", ("G",)),
    ("find a text again", ("slash", "ctrl+r", "1", "enter")),
    ("to a line", ("colon", *"100000", "enter")),
    ("to the last line", ("colon", "minus", "1", "enter")),
    ("open what is in the last line", ("o",)),
    ("open what is in the line before", ("G", "up", "o")),
    ("copy the value at the end", ("G", "c")),
    ("fold at the end", ("enter",)),
    ("unfold at the end", ("enter",)),
    ("top again", ("g",)),
    ("open what is in the first line", ("o",)),
    ("open what is in the second line", ("g", "down", "o")),
    ("copy the value at the top", ("g", "c")),
    ("copy the path", ("p",)),
    ("fold at the top", ("enter",)),
    ("unfold at the top", ("enter",)),
    ("right five times", ("right",) * 5),
    ("several keys at once", ("right", "G", "c", "W", "n")),
    ("unwrap again", ("W",)),
    ("select all", lambda view: view.text_select_all()),
    ("copy the selection", lambda view: view.copy("the body")),
    ("select nothing", ("escape",)),
    ("copy all", lambda view: view.copy("the body")),
)
"""What is done with bodies of many kinds when they have been looked at in all ways."""
IN_EACH_LENS: tuple[Act, ...] = (("end", ("G",)), ("next", ("n",)))
ACTS_FOR_MEMORY: tuple[Act, ...] = (
    ("end", ("G",)),
    ("find", ("slash", "1", "enter")),
    ("fold all", ("minus",)),
    ("unfold all", ("plus",)),
    ("sort", ("s",)),
)


@dataclass(frozen=True, slots=True)
class Done:
    """An act, as it went."""

    act: str
    halt: Halt
    """Its longest one."""
    is_over: bool = True
    """Whether it was, when the next one began."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be done with a body: open it, do this, look at it through all of its lenses."""

    acts: tuple[Act, ...]
    in_each_lens: tuple[Act, ...] = ()
    then: tuple[Act, ...] = ()

    async def act_by_act(self, shown: ShownBody, view: BodyView) -> AsyncIterator[Done]:
        """Do all of it; where something else is opened, go back from it."""

        def show(view: BodyView) -> None:
            view.shown = shown

        yield await _done(view, ("open", show))
        for act in self.acts:
            yield await _done(view, act)
        for _ in view.lenses:
            yield await _done(view, (f"from {view.lens} to the next lens", ("v",)))
            for name, keys in self.in_each_lens:
                yield await _done(view, (f"{name}, as {view.lens}", keys))
        for act in self.then:
            yield await _done(view, act)
            if view.derived is not None:
                yield await _done(view, (f"back, after: {act[0]}", ("escape",)))


async def _done(view: BodyView, act: Act) -> Done:
    """Do one thing, until it is over."""
    name, what = act
    halts: dict[str, Halt] = {}
    is_at_rest = partial(_is_at_rest, view)

    def is_over(watch: Watch) -> bool:
        return is_at_rest(watch) or watch.watched_s >= ACT_S_MAX

    async with watching_for_halts(is_over, halts, name):
        if isinstance(what, tuple):
            press(view, *what)
        else:
            what(view)
    return Done(name, halts[name], is_over=_has_nothing_to_do(view))


def _is_at_rest(view: BodyView, watch: Watch) -> bool:
    return _has_nothing_to_do(view) and watch.quiet_s >= _QUIET_S


def _has_nothing_to_do(view: BodyView) -> bool:
    is_working = view.has_other_work or any(not worker.is_finished for worker in view.workers)
    return view.is_laid_out and not is_working
