"""The requests that the showcase's models carry: sent as they are, they get an answer."""

from __future__ import annotations

from dataclasses import replace

from tui.domain.endpoints import ExampleRequest

_JSON = "application/json"


def _json(body: str, accept: str = _JSON) -> ExampleRequest:
    return ExampleRequest(body=body, content_type=_JSON, accept=accept)


FLOWERS = _json("""{
  "instances": [
    [5.1, 3.5, 1.4, 0.2],
    [6.7, 3.0, 5.0, 1.7]
  ]
}""")
"""The two iris models disagree on the second flower."""

SENTENCES = _json("""{
  "inputs": [
    "The staff were friendly and the room was clean.",
    "A boring film, I want my money back."
  ]
}""")

TARGETED_SENTENCES = replace(SENTENCES, target_model="english.tar.gz")

PROMPT = _json("""{
  "inputs": "The White Rabbit",
  "parameters": {
    "max_new_tokens": 60,
    "temperature": 0.8,
    "seed": 10,
    "return_full_text": true,
    "details": true
  }
}""")

LANDSCAPE = _json(
    """{
  "width": 320,
  "height": 200,
  "background": "#8ecae6",
  "shapes": [
    {"kind": "circle", "x": 250, "y": 55, "radius": 28, "colour": "#ffb703"},
    {"kind": "polygon", "points": [0, 200, 90, 70, 190, 200], "colour": "#457b9d"},
    {"kind": "polygon", "points": [110, 200, 210, 100, 320, 200], "colour": "#1d3557"},
    {"kind": "rectangle", "x": 0, "y": 175, "width": 320, "height": 25, "colour": "#2a9d8f"},
    {"kind": "line", "x": 0, "y": 187, "to_x": 320, "to_y": 187, "colour": "#f1faee"}
  ]
}""",
    accept="image/png",
)

TOKENS = replace(
    _json("""{
  "inputs": "It costs 3.50 in Zürich, doesn't it?"
}"""),
    target_container_hostname="tokenizer",
)

GREETINGS = _json("""{
  "inputs": [
    "Where can I buy a ticket to the museum?",
    "Das Wetter ist heute sehr schön.",
    "Dov'è la stazione?"
  ]
}""")

HELLO = _json("""{
  "hello": "SageMaker"
}""")

TEN_KILOBYTES = _json("""{
  "kind": "json",
  "size_bytes": 10000,
  "seed": 1
}""")

QUERY = _json("""{
  "query": "warm jacket for winter",
  "documents": [
    "A light summer jacket made of linen",
    "Winter jacket, warm and waterproof",
    "Shoes for the beach"
  ]
}""")

MONTHS = _json("""{
  "series": [112, 118, 132, 129, 121, 135, 148, 148, 136, 119, 104, 118],
  "horizon": 3
}""")

AMOUNTS = _json("""{
  "values": [24.9, 31.5, 28.0, 19.9, 26.4, 2950.0, 22.8]
}""")

THREE_SECONDS = _json("""{
  "seconds": 3
}""")

THREE_FEATURES = _json("""{
  "instances": [[5.1, 3.5, 1.4]]
}""")
