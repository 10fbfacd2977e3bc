"""Values as the AWS CLI takes them: as typed, or out of a file that ``file://`` names.

    text        file://PATH   what is in the file, read as text
    body        fileb://PATH  the bytes of the file
                file://PATH   the text in it; decoded from base64 where that format is asked for
                -             standard input (also fileb://-)
                anything else the value itself; version 1 of the AWS CLI sends it as it is, version
                              2 decodes it from base64 unless --cli-binary-format says otherwise

Here the value is sent as it is unless ``--cli-binary-format base64`` is given. URLs are not
fetched.
"""

from __future__ import annotations

import os
import re
import sys
from base64 import b64decode
from binascii import Error as NotBase64
from enum import StrEnum
from pathlib import Path

from tui.domain.errors import RequestInvalid

_TEXT, _BYTES = "file://", "fileb://"
STDIN = "-"
_ENCODING_VARIABLE = "AWS_CLI_FILE_ENCODING"
"""Of files that are text, instead of the locale's."""
_STDIN_NAMES = frozenset({STDIN, f"{_BYTES}-", f"{_TEXT}-"})
_BASE64 = re.compile(r"[A-Za-z0-9+/\s]*={0,2}\s*")
_ENCODED_CHARS_MIN = 8
"""Shorter words are base64 by accident too often."""


class BinaryFormat(StrEnum):
    """What ``--cli-binary-format`` takes: how a body on the command line is to be read."""

    RAW = "raw-in-base64-out"
    BASE64 = "base64"


def text_value(option: str, value: str) -> str:
    """Return the text that ``value`` stands for.

    Raises:
        RequestInvalid: its file cannot be read.
    """
    if value.startswith(_TEXT):
        return _file_text(option, value)
    if value.startswith(_BYTES):
        raise RequestInvalid(
            summary=f"{option}: {value} would be bytes, but this is a text",
            hint=f"Write {_TEXT} instead of {_BYTES}.",
        )
    return value


def body_value(option: str, value: str, binary_format: BinaryFormat | None) -> bytes:
    """Return the bytes that ``value`` stands for.

    Raises:
        RequestInvalid: its file cannot be read, or it is not base64 where it has to be.
    """
    if value in _STDIN_NAMES:
        return _standard_input(option)
    if value.startswith(_BYTES):
        return _file_bytes(option, value)
    if value.startswith(_TEXT):
        text = _file_text(option, value)
        return literal_body(option, text, binary_format)
    return literal_body(option, value, binary_format)


def literal_body(option: str, text: str, binary_format: BinaryFormat | None) -> bytes:
    """Return the bytes of a body that was typed.

    Raises:
        RequestInvalid: it is not base64 where it has to be, or holds what is no character.
    """
    if binary_format is not BinaryFormat.BASE64:
        return _encoded(option, text)
    if not _BASE64.fullmatch(text):
        raise RequestInvalid(
            summary=f"{option}: Invalid base64",
            hint=f"Leave --cli-binary-format out, or make it {BinaryFormat.RAW}, to send the body "
            "as it is.",
        )
    try:
        return b64decode(text)
    except NotBase64 as error:
        raise RequestInvalid(
            summary=f"{option}: Invalid base64: {error}", hint="Is all of it there?"
        ) from error


def looks_encoded(value: str) -> bool:
    """Whether version 2 of the AWS CLI was probably meant to decode this body."""
    if len(value) < _ENCODED_CHARS_MIN or not _BASE64.fullmatch(value):
        return False
    try:
        text = b64decode(value, validate=True).decode()
    except ValueError:  # of bad padding too
        return False
    return text.replace("\n", "").replace("\t", "").isprintable()


def reads_stdin(value: str | None) -> bool:
    """Whether the body is what comes on standard input."""
    return value in _STDIN_NAMES


def _encoded(option: str, text: str) -> bytes:
    try:
        return os.fsencode(text)  # bytes on a command line that were no text come back as they were
    except UnicodeEncodeError as error:
        character = ord(text[error.start])
        raise RequestInvalid(
            summary=f"{option}: the body holds U+{character:04X}, which has no encoding",
            hint=f"Write {_BYTES} to send a file as it is.",
        ) from error


def _standard_input(option: str) -> bytes:
    if sys.stdin is None:
        raise RequestInvalid(
            summary=f"{option}: standard input is closed", hint="Pipe the body in."
        )
    try:
        return sys.stdin.buffer.read()
    except OSError as error:
        raise _unreadable(option, "standard input", error) from error


def _file_text(option: str, value: str) -> str:
    path = _path(value, _TEXT)
    try:
        # In the locale's encoding and with its line ends, as the AWS CLI reads it.
        return path.read_text(encoding=os.environ.get(_ENCODING_VARIABLE) or None)
    except LookupError as error:
        raise RequestInvalid(
            summary=f"{_ENCODING_VARIABLE}: {error}", hint=f"Such as UTF-8; {option} needs it."
        ) from error
    except UnicodeDecodeError as error:
        raise RequestInvalid(
            summary=f"{option}: {value} holds bytes that are no text",
            hint=f"Write {_BYTES} to send a file as it is.",
        ) from error
    except OSError as error:
        raise _unreadable(option, value, error) from error


def _file_bytes(option: str, value: str) -> bytes:
    try:
        return _path(value, _BYTES).read_bytes()
    except OSError as error:
        raise _unreadable(option, value, error) from error


def _path(value: str, prefix: str) -> Path:
    return Path(os.path.expandvars(value.removeprefix(prefix))).expanduser()


def _unreadable(option: str, value: str, error: OSError) -> RequestInvalid:
    return RequestInvalid(
        summary=f"{option}: cannot read {value}: {error.strerror or error}",
        hint="Check the path; it is relative to this directory.",
    )
