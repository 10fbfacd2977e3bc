"""Starting points for a new request, one for each shape of payload that SageMaker's models take.

They are not presets of any endpoint: the numbers and words in them are there to be replaced. No
endpoint is named, so that choosing one never moves the request elsewhere.
"""

from __future__ import annotations

from base64 import b64decode
from dataclasses import dataclass

from tui.domain.presets import Preset
from tui.domain.requests import InlineBody, InvocationRequest

_JSON = "application/json"

_PNG = b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAgAAAAICAIAAABLbSncAAAAGUlEQVR42mNwrZ77fzszJsmAVRRIMgxKHQCqgmLBN1uM"
    "gQAAAABJRU5ErkJggg=="
)
"""Eight pixels square."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Starter:
    """One starting point."""

    title: str
    """The shape of the payload."""
    models: str
    """Whose models take it."""
    preset: Preset


def _starter(
    title: str, models: str, body: bytes, content_type: str, accept: str = _JSON
) -> Starter:
    request = InvocationRequest(
        body=InlineBody(data=body), content_type=content_type, accept=accept
    )
    description = f"A starting point: {title}. Replace what is in it by your own."
    return Starter(
        title=title, models=models, preset=Preset(request=request, description=description)
    )


STARTERS: tuple[Starter, ...] = (
    _starter(
        "CSV rows",
        "built-in algorithms such as XGBoost and Linear Learner",
        b"5.1,3.5,1.4,0.2\n6.7,3.0,5.0,1.7\n",
        "text/csv",
    ),
    _starter(
        'JSON "instances"',
        "TensorFlow Serving and built-in algorithms",
        b'{\n  "instances": [\n    [5.1, 3.5, 1.4, 0.2]\n  ]\n}\n',
        _JSON,
    ),
    _starter(
        'JSON "inputs"',
        "Hugging Face's containers",
        b'{\n  "inputs": "The White Rabbit",\n  "parameters": {"max_new_tokens": 60}\n}\n',
        _JSON,
    ),
    _starter(
        'Chat "messages"',
        "djl-serving, vLLM and JumpStart's chat models",
        b'{\n  "messages": [\n    {"role": "system", "content": "Answer in one sentence."},\n'
        b'    {"role": "user", "content": "Who is the White Rabbit?"}\n  ],\n'
        b'  "max_tokens": 60\n}\n',
        _JSON,
    ),
    _starter(
        "JSON Lines",
        "built-in algorithms and batch-minded containers, a record a line",
        b'{"features": [5.1, 3.5, 1.4, 0.2]}\n{"features": [6.7, 3.0, 5.0, 1.7]}\n',
        "application/jsonlines",
        "application/jsonlines",
    ),
    _starter(
        "Image bytes",
        "image classification and object detection; choose a file of your own as the body",
        _PNG,
        "image/png",
    ),
)
"""In the order in which they are offered."""
