"""Files of tensors as safetensors keeps them: names, dtypes, shapes, and each to be opened."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.body.binary.npy_header import npy_file
from tui.body.binary.safetensors_header import SafetensorsBroken, read_safetensors_header
from tui.body.shown_body import ShownBody
from tui.body.told_document import ToldDocument, aligned, cut_words, fact, told

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.body.binary.safetensors_header import SafetensorsHeader, Tensor
    from tui.body.rows import Document, Row

_LISTED_MAX = 2_000
_TOLD_MAX = 200
_NAME_CHARS_MAX = 100
_DTYPE_CHARS_MAX = 16
_DTYPES = {
    "BOOL": "|b1",
    "U8": "|u1",
    "I8": "|i1",
    "U16": "<u2",
    "I16": "<i2",
    "F16": "<f2",
    "BF16": "<f4",
    "U32": "<u4",
    "I32": "<i4",
    "F32": "<f4",
    "U64": "<u8",
    "I64": "<i8",
    "F64": "<f8",
    "C64": "<c8",
}
"""What NumPy calls them; it has no BF16, which is the upper half of what it calls ``<f4``."""


class TensorsDocument(ToldDocument):
    """A list of tensors, the last rows of some."""

    def __init__(
        self, rows: Sequence[Row], words: str, body: bytes, tensors: Sequence[Tensor]
    ) -> None:
        super().__init__(rows, words)
        self._body = body
        self._tensors = tuple(tensors)
        self._first = len(rows) - len(self._tensors)

    def nested(self, index: int) -> ShownBody | None:
        """Return the tensor of a row as an array; its bytes if NumPy has no such dtype."""
        if index < self._first:
            return None
        return _as_array(self._body, self._tensors[index - self._first])

    def path(self, index: int) -> str:
        """Return the name of the tensor that a row is of; empty for any other row."""
        return self._tensors[index - self._first].name if index >= self._first else ""


def open_safetensors(body: ShownBody, rows: list[Row], words: str, to_do: str) -> Document:
    """List what is in the file, below rows that are known already."""
    try:
        header = read_safetensors_header(body.data, _LISTED_MAX)
    except SafetensorsBroken as error:
        rows.append(told((f"{'header':<8} broken: {error}", "error")))
        rows.append(fact("to do", to_do))
        return ToldDocument(rows, words)
    rows.append(fact("to do", f"o opens a tensor, {to_do}"))
    rows += _facts(header)
    rows += _tensor_rows(header.tensors, len(body.data))
    plural = "s" * (header.tensor_count != 1)
    told_words = f"{words} · {header.tensor_count:,} tensor{plural}"
    return TensorsDocument(rows, told_words, body.data, header.tensors)


def _facts(header: SafetensorsHeader) -> list[Row]:
    rows = [
        told(
            (f"{'metadata':<8} ", "comment"),
            (f"{cut_words(name)} ", "key"),
            (cut_words(value), "string"),
        )
        for name, value in header.metadata[:_TOLD_MAX]
    ]
    rows += [
        told((f"{'broken':<8} {cut_words(name)} has no dtype, shape and data_offsets", "error"))
        for name in header.broken[:_TOLD_MAX]
    ]
    return [*rows, fact("tensors", _count_words(header))]


def _count_words(header: SafetensorsHeader) -> str:
    listed, count = len(header.tensors), header.tensor_count
    values = sum(tensor.value_count for tensor in header.tensors)
    if count > listed:
        return f"{count:,} · the first {listed:,} are listed, of {values:,} values"
    return f"{count:,} · {values:,} values in all"


def _tensor_rows(tensors: Sequence[Tensor], file_bytes: int) -> list[Row]:
    """Return a row for each, in columns as wide as they need."""
    names = aligned([cut_words(each.name, _NAME_CHARS_MAX) for each in tensors])
    dtypes = aligned([cut_words(each.dtype, _DTYPE_CHARS_MAX) for each in tensors])
    shapes = aligned([_shape_words(each) for each in tensors])
    sizes = aligned([f"{each.size_bytes:,} B" for each in tensors], is_right=True)
    return [
        told(
            (f"{name}  ", "string"),
            (f"{dtype}  ", "keyword"),
            (f"{shape}  ", "number"),
            (size, "comment"),
            (_problem(each, file_bytes), "error"),
        )
        for each, name, dtype, shape, size in zip(
            tensors, names, dtypes, shapes, sizes, strict=True
        )
    ]


def _shape_words(tensor: Tensor) -> str:
    return " × ".join(f"{size:,}" for size in tensor.shape) or "one value"


def _problem(tensor: Tensor, file_bytes: int) -> str:
    if tensor.end > file_bytes:
        return f"  {min(tensor.end - file_bytes, tensor.size_bytes):,} bytes are missing"
    needed = tensor.needed_bytes
    return f"  {needed:,} B are needed" if needed not in (None, tensor.size_bytes) else ""


def _as_array(body: bytes, tensor: Tensor) -> ShownBody:
    values = body[tensor.start : tensor.end]
    dtype = _DTYPES.get(tensor.dtype)
    if dtype is None:
        return ShownBody(values, None)
    if tensor.dtype == "BF16":
        values = _widened(values)
    return ShownBody(npy_file(dtype, tensor.shape, values), "application/x-npy")


def _widened(halves: bytes) -> bytes:
    """Return numbers of BF16 as such of twice as many bytes: zeros are put before each."""
    halves = halves[: len(halves) // 2 * 2]
    wide = bytearray(2 * len(halves))
    wide[2::4], wide[3::4] = halves[0::2], halves[1::2]
    return bytes(wide)
