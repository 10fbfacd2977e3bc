"""A text generator in two shapes: Hugging Face's ``inputs`` and chat ``messages``.

It writes like Alice in Wonderland, because that is all it has read. Which shape is spoken follows
from the body, as djl-serving and vLLM decide it. Within a session it goes on where it ended: an
empty prompt is enough.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache
from itertools import islice
from random import Random, SystemRandom
from typing import TYPE_CHECKING

from tui.demo.containers import ContainerReply
from tui.demo.models.markov import EDGE, MarkovChain, join, tokens_of
from tui.demo.models.options import read_options
from tui.demo.models.texts import read_data
from tui.demo.wire import to_json

if TYPE_CHECKING:
    from tui.demo.containers import ContainerRequest
    from tui.demo.models.options import Options
    from tui.demo.sessions import Session
    from tui.demo.wire import Document

MODEL_NAME = "alice-markov-2"

_MAX_NEW_TOKENS = 2000
_MAX_MESSAGES = 1000
_MAX_STOPS = 4
_MAX_SEED = 2**53
_DECIMALS = 4
_ROLES = ("system", "user", "assistant")


class TextGenerator:
    """The model server; without a seed in the request every answer is another."""

    def answer(self, request: ContainerRequest, session: Session | None) -> ContainerReply:
        """Generate, and tell token by token when details are wanted."""
        options = read_options(request)
        speak = _chat if "messages" in options else _hugging_face
        return ContainerReply(body=to_json(speak(options, session)))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Generated:
    text: str
    tokens: tuple[Document, ...]
    finish_reason: str
    """``eos_token``, ``stop_sequence`` or ``length``, as text-generation-inference says."""
    seed: int


def _hugging_face(options: Options, session: Session | None) -> list[Document]:
    prompt = options.text("inputs")
    parameters = options.nested("parameters")
    generated = _go_on(session, prompt, parameters, limit_name="max_new_tokens")
    is_full = parameters.flag("return_full_text", default=False)
    answer: dict[str, str | Document] = {
        "generated_text": prompt + generated.text if is_full else generated.text
    }
    if parameters.flag("details", default=False):
        answer["details"] = {
            "finish_reason": generated.finish_reason,
            "generated_tokens": len(generated.tokens),
            "seed": generated.seed,
            "tokens": generated.tokens,
        }
    return [answer]


def _chat(options: Options, session: Session | None) -> Document:
    """Answer an OpenAI chat completion."""
    messages = [
        (each.choice("role", _ROLES), each.text("content"))
        for each in options.objects("messages", most=_MAX_MESSAGES)
    ]
    if not messages:
        raise options.refusal("messages", "must hold at least one message")
    remembered = len(tokens_of(session.text)) if session else 0
    generated = _go_on(session, messages[-1][1], options, limit_name="max_tokens")
    read = remembered + sum(len(tokens_of(content)) for _, content in messages)
    written = len(generated.tokens)
    finish_reason = "length" if generated.finish_reason == "length" else "stop"
    message = {"role": "assistant", "content": generated.text.strip()}
    return {
        "id": f"chatcmpl-{generated.seed:x}",
        "object": "chat.completion",
        "model": MODEL_NAME,
        "choices": [{"index": 0, "message": message, "finish_reason": finish_reason}],
        "usage": {
            "prompt_tokens": read,
            "completion_tokens": written,
            "total_tokens": read + written,
        },
    }


def _go_on(
    session: Session | None, prompt: str, options: Options, *, limit_name: str
) -> _Generated:
    """Generate behind a prompt, or behind what was said before it; and remember both."""
    if session is None:
        return _generate(prompt, options, limit_name=limit_name)
    space = " " if session.text and prompt else ""
    heard = f"{session.text}{space}{prompt}"
    generated = _generate(heard, options, limit_name=limit_name)
    session.add(f"{space}{prompt}{generated.text}")
    return generated


def _generate(prompt: str, options: Options, *, limit_name: str) -> _Generated:
    limit = options.integer(limit_name, default=60, least=1, most=_MAX_NEW_TOKENS)
    temperature = options.number("temperature", default=1.0, least=0.01, most=100.0)
    seed = options.integer("seed", default=SystemRandom().randrange(2**31), least=0, most=_MAX_SEED)
    stops = options.texts("stop", most=_MAX_STOPS) if "stop" in options else []
    chain = _chain()
    text, finish_reason = "", "length"
    tokens: list[Document] = []
    random = Random(seed)  # noqa: S311 - writes prose, guards nothing
    for step in islice(chain.steps(prompt, random, temperature), limit):
        if step.token == EDGE:
            finish_reason = "eos_token"
            break
        piece = join(prompt + text, step.token)
        text += piece
        logprob = round(math.log(step.probability), _DECIMALS)
        tokens.append({"id": chain.vocabulary[step.token], "text": piece, "logprob": logprob})
        if any(stop in text for stop in stops):
            finish_reason = "stop_sequence"
            break
    return _Generated(text=text, tokens=tuple(tokens), finish_reason=finish_reason, seed=seed)


@cache
def _chain() -> MarkovChain:
    return MarkovChain(read_data("alice.txt").splitlines())
