"""An image endpoint that draws: shapes in JSON become a PNG.

    {"width": 320, "height": 200, "background": "#87ceeb",
     "shapes": [{"kind": "circle", "x": 60, "y": 60, "radius": 30, "colour": "#ffcc00"}]}

Everything is drawn as horizontal runs of pixels, which makes each of them one slice assignment.
"""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING

from tui.demo.containers import ContainerReply
from tui.demo.models.negotiation import wanted_type
from tui.demo.models.options import read_options
from tui.demo.models.png import to_png

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import TypeAlias

    from tui.demo.containers import ContainerRequest
    from tui.demo.models.options import Options

    Point: TypeAlias = tuple[float, float]
    Draw: TypeAlias = Callable[["Canvas", Options, bytes], None]

MAX_SIDE_PIXELS = 2000

_MAX_SHAPES = 200
_MAX_POINTS = 200
_FARTHEST = 10_000.0
_COLOUR = re.compile("#[0-9a-fA-F]{6}")


class Canvas:
    """Pixels, three bytes each; what lies outside is not drawn."""

    def __init__(self, width: int, height: int, colour: bytes) -> None:
        self.width = width
        self.height = height
        self.pixels = bytearray(colour * (width * height))

    def run(self, row: int, left: float, right: float, colour: bytes) -> None:
        """Colour the pixels of a row whose centres lie from ``left`` to ``right``."""
        first = max(0, math.ceil(left - 0.5))
        last = min(self.width - 1, math.floor(right - 0.5))
        if 0 <= row < self.height and first <= last:
            start = 3 * (row * self.width + first)
            self.pixels[start : start + 3 * (last - first + 1)] = colour * (last - first + 1)

    def rows_between(self, top: float, bottom: float) -> range:
        """Return the rows whose centres lie from ``top`` to ``bottom``."""
        first, last = math.ceil(top - 0.5), math.floor(bottom - 0.5)
        return range(max(0, first), min(self.height - 1, last) + 1)

    def polygon(self, points: list[Point], colour: bytes) -> None:
        """Fill a polygon by the even-odd rule."""
        edges = list(zip(points, [*points[1:], points[0]], strict=True))
        ys = [y for _, y in points]
        for row in self.rows_between(min(ys), max(ys)):
            centre = row + 0.5
            crossings = sorted(
                x1 + (centre - y1) * (x2 - x1) / (y2 - y1)
                for (x1, y1), (x2, y2) in edges
                if (y1 <= centre) != (y2 <= centre)
            )
            for left, right in zip(crossings[::2], crossings[1::2], strict=True):
                self.run(row, left, right, colour)


class Drawer:
    """The model server."""

    def invoke(self, request: ContainerRequest) -> ContainerReply:
        """Draw the shapes in their order."""
        wanted = wanted_type(request, ("image/png",))
        options = read_options(request)
        canvas = Canvas(
            options.integer("width", default=320, least=1, most=MAX_SIDE_PIXELS),
            options.integer("height", default=200, least=1, most=MAX_SIDE_PIXELS),
            _colour(options, "background", "#ffffff"),
        )
        for shape in options.objects("shapes", most=_MAX_SHAPES) if "shapes" in options else ():
            draw = _SHAPES[shape.choice("kind", tuple(_SHAPES))]
            draw(canvas, shape, _colour(shape, "colour", "#000000"))
        body = to_png(bytes(canvas.pixels), canvas.width, canvas.height)
        return ContainerReply(body=body, content_type=wanted)


def _rectangle(canvas: Canvas, shape: Options, colour: bytes) -> None:
    left, top = _place(shape, "x"), _place(shape, "y")
    right = left + _length(shape, "width")
    for row in canvas.rows_between(top, top + _length(shape, "height")):
        canvas.run(row, left, right, colour)


def _circle(canvas: Canvas, shape: Options, colour: bytes) -> None:
    x, y, radius = _place(shape, "x"), _place(shape, "y"), _length(shape, "radius")
    for row in canvas.rows_between(y - radius, y + radius):
        half = math.sqrt(max(0.0, radius**2 - (row + 0.5 - y) ** 2))
        canvas.run(row, x - half, x + half, colour)


def _polygon(canvas: Canvas, shape: Options, colour: bytes) -> None:
    canvas.polygon(_points(shape), colour)


def _line(canvas: Canvas, shape: Options, colour: bytes) -> None:
    """Draw a line from (x, y) to (to_x, to_y) as the rectangle that its thickness makes of it."""
    x1, y1 = _place(shape, "x"), _place(shape, "y")
    x2, y2 = _place(shape, "to_x"), _place(shape, "to_y")
    thickness = shape.number("thickness", default=1.0, least=0.1, most=_FARTHEST)
    length = math.hypot(x2 - x1, y2 - y1)
    if length:
        dx, dy = (y1 - y2) / length * thickness / 2, (x2 - x1) / length * thickness / 2
        corners = [(x1 + dx, y1 + dy), (x2 + dx, y2 + dy), (x2 - dx, y2 - dy), (x1 - dx, y1 - dy)]
        canvas.polygon(corners, colour)


_SHAPES: Mapping[str, Draw] = {
    "rectangle": _rectangle,
    "circle": _circle,
    "polygon": _polygon,
    "line": _line,
}


def _place(shape: Options, name: str) -> float:
    return shape.number(name, least=-_FARTHEST, most=_FARTHEST)


def _length(shape: Options, name: str) -> float:
    return shape.number(name, least=0.0, most=_FARTHEST)


def _points(shape: Options) -> list[Point]:
    """Read ``[x1, y1, x2, y2, …]``, three points or more."""
    flat = shape.numbers("points", bound=_FARTHEST, fewest=6, most=2 * _MAX_POINTS)
    if len(flat) % 2:
        raise shape.refusal("points", "must hold an even count of numbers: x and y in turn")
    return list(zip(flat[::2], flat[1::2], strict=True))


def _colour(options: Options, name: str, default: str) -> bytes:
    text = options.text(name, default=default)
    if not _COLOUR.fullmatch(text):
        raise options.refusal(name, "must be a colour like #ffcc00")
    return bytes.fromhex(text[1:])
