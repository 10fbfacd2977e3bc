r"""Commands as they stand in a ticket, read as a POSIX shell reads them but running nothing.

Quotes, line continuations (also ``^`` and backtick of Windows), comments, prompts, pipes,
redirections and here-documents are understood. Variables are replaced only where the text itself
sets them; all others, and command substitutions, are left as they stand. One substitution is read,
because it runs nothing: ``$(printf '…')``.

    text ──_Scanner──▶ words, operators ──▶ Command
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import TYPE_CHECKING

from tui.domain.errors import RequestInvalid

if TYPE_CHECKING:
    from collections.abc import Iterator

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_ASSIGNMENT = re.compile(r"([A-Za-z_][A-Za-z0-9_]*)=(.*)", re.DOTALL)
_CONTINUED = re.compile(r"[ \t\xa0]*\n[ \t\xa0]*(?:>[ \t])?")
_PROMPT = re.compile(
    r"(?:[\w.@:~/\\-]*[$%\u276f#]|PS [^>\n]*>)[ \t]+(?=\S)"  # U+276F is a prompt of fish and zsh
)
_DRIVE = re.compile(r"(?:^|[/=])[A-Za-z]:(?:\\[^\\]*)*$")
_PRINTF = re.compile(r"\$\(printf '([^']*)'\)")
_ESCAPE = re.compile(r"\\([0-7]{1,3}|x[0-9A-Fa-f]{1,2}|.)", re.DOTALL)
_ESCAPES = {"n": 10, "t": 9, "r": 13, "a": 7, "b": 8, "f": 12, "v": 11, "e": 27, "E": 27}
_OPERATORS = ("<<<", "<<-", "<<", ">>", ">&", "&>", "&&", "||", ">", "<", "|", ";", "&")
_PLAIN = re.compile(r"[^\s\\'\"$`^;|&<>\u201c\u2018]+")
_QUOTED = re.compile(r'[^"\\$]+')
_CURLY_QUOTED = re.compile("\u201c([^\u201d]*)\u201d|\u2018([^\u2019]*)\u2019")
_BLANKS = " \t\xa0"
"""The last one is what mail programs and web pages make of them."""
_CURLY = str.maketrans("\u201c\u201d\u2018\u2019", "\"\"''")


class _End(Enum):
    LINE = auto()


@dataclass(frozen=True, slots=True)
class _Operator:
    text: str


@dataclass(frozen=True, slots=True)
class _HereDocument:
    text: str


_Token = str | _Operator | _HereDocument | _End


@dataclass(slots=True)
class Command:
    """One simple command."""

    words: list[str] = field(default_factory=list[str])
    environment: dict[str, str] = field(default_factory=dict[str, str])
    """What is set for this command alone, or by the commands before."""
    output: str | None = None
    """The file that it writes."""
    input: str | None = None
    """The file that it reads."""
    here_document: str | None = None


def read_commands(text: str) -> Iterator[Command]:
    """Yield the commands of a text, in their order; what is behind one is not looked at before.

    Raises:
        RequestInvalid: a quote is not closed.
    """
    if '"' not in text and "'" not in text:
        text = text.translate(_CURLY)
    yield from _commands(_Scanner(text))


def unescape(text: str) -> bytes:
    r"""Return what ``printf`` makes of a format without conversions, or ``$'…'`` of its inside."""
    parts: list[bytes] = []
    end = 0
    for found in _ESCAPE.finditer(text):
        parts += [text[end : found.start()].encode("utf-8", "surrogateescape"), _escaped(found[1])]
        end = found.end()
    parts.append(text[end:].encode("utf-8", "surrogateescape"))
    return b"".join(parts)


def _escaped(code: str) -> bytes:
    if code[0] in "01234567":
        return bytes([int(code, 8) & 0xFF])
    if code[0] == "x" and len(code) > 1:
        return bytes([int(code[1:], 16)])
    if code in _ESCAPES:
        return bytes([_ESCAPES[code]])
    return code.encode("utf-8") if code in "\\'\"?" else f"\\{code}".encode()


def _commands(scanner: _Scanner) -> Iterator[Command]:
    command, redirected = Command(), ""
    for token in scanner.tokens():
        match token:
            case str() as word if redirected:
                _redirect(command, redirected, word)
                redirected = ""
            case str() as word:
                _add_word(command, word)
            case _HereDocument(text=text):
                command.here_document = text
            case _Operator(text=operator) if "<" in operator or ">" in operator:
                redirected = operator
            case _:
                yield from _finished(command, scanner)
                command, redirected = Command(), ""
    yield from _finished(command, scanner)


def _finished(command: Command, scanner: _Scanner) -> Iterator[Command]:
    if command.words and command.words[0] in ("export", "set", "SET"):
        pairs = (_ASSIGNMENT.fullmatch(word) for word in command.words[1:])
        scanner.variables.update({pair[1]: pair[2] for pair in pairs if pair})
    elif command.words:
        command.environment = {**scanner.variables, **command.environment}
        yield command
    else:
        scanner.variables.update(command.environment)


def _add_word(command: Command, word: str) -> None:
    found = _ASSIGNMENT.fullmatch(word)
    if found and (not command.words or command.words == ["env"]):
        command.environment[found[1]] = found[2]
    else:
        command.words.append(word)


def _redirect(command: Command, operator: str, word: str) -> None:
    match operator:
        case ">" | ">>":
            command.output = word
        case "<":
            command.input = word
        case "<<<":
            command.here_document = f"{word}\n"
        case _:
            pass


class _Scanner:
    """Cuts a text into words and operators, one character after another."""

    def __init__(self, text: str) -> None:
        self.variables: dict[str, str] = {}
        self._text = text
        self._at = 0
        self._word: list[str] = []
        self._has_word = False
        self._waiting: list[tuple[str, bool]] = []
        """Here-documents that begin with the next line: (end, whether tabs are dropped)."""

    def tokens(self) -> Iterator[_Token]:
        """Yield all tokens."""
        self._skip_prompt()
        while self._at < len(self._text):
            yield from self._step()
        yield from self._end_word()

    def _step(self) -> Iterator[_Token]:
        char = self._text[self._at]
        if char == "\n":
            yield from self._end_word()
            yield from self._end_line()
        elif char in _BLANKS:
            yield from self._end_word()
            self._at += 1
        elif char == "#" and not self._has_word:
            self._at = self._line_end()
        elif char in "^`" and (found := _CONTINUED.match(self._text, self._at + 1)):
            yield from self._end_word()
            self._at = found.end()
        elif operator := self._operator():
            self._drop_descriptor(operator)
            yield from self._end_word()
            self._at += len(operator)
            yield from self._open(operator)
        else:
            self._has_word = True
            self._scan(char)

    def _drop_descriptor(self, operator: str) -> None:
        """Take away the 2 of ``2> file``, which stands right before it."""
        if ">" in operator and self._word in (["1"], ["2"]):
            self._word, self._has_word = [], False

    def _end_word(self) -> Iterator[str]:
        if self._has_word:
            yield "".join(self._word)
        self._word, self._has_word = [], False

    def _end_line(self) -> Iterator[_Token]:
        self._at += 1
        for end, drops_tabs in self._waiting:
            yield self._here_document(end, drops_tabs=drops_tabs)
        self._waiting = []
        yield _End.LINE
        self._skip_prompt()

    def _skip_prompt(self) -> None:
        if found := _PROMPT.match(self._text, self._at):
            is_comment = found[0].strip() == "#"
            self._at = self._at if is_comment else found.end()

    def _operator(self) -> str:
        return next((each for each in _OPERATORS if self._text.startswith(each, self._at)), "")

    def _open(self, operator: str) -> Iterator[_Token]:
        if operator not in ("<<", "<<-"):
            yield _Operator(operator)
            return
        found = re.compile(r"[ \t]*(?:'([^'\n]*)'|\"([^\"\n]*)\"|([^\s;|&<>]+))").match(
            self._text, self._at
        )
        if found:
            self._at = found.end()
            end = next(group for group in found.groups() if group is not None)
            self._waiting.append((end, operator == "<<-"))

    def _here_document(self, end: str, *, drops_tabs: bool) -> _HereDocument:
        lines: list[str] = []
        while self._at < len(self._text):
            line = self._text[self._at : self._line_end()]
            self._at = min(len(self._text), self._line_end() + 1)
            line = line.lstrip("\t") if drops_tabs else line
            if line == end:
                break
            lines.append(line)
        return _HereDocument("".join(f"{line}\n" for line in lines))

    def _line_end(self) -> int:
        end = self._text.find("\n", self._at)
        return len(self._text) if end < 0 else end

    def _scan(self, char: str) -> None:
        """Take one character, escape, quotation or substitution into the word."""
        match char:
            case "\\":
                self._scan_backslash()
            case "'":
                self._take(self._until("'"))
            case '"':
                self._scan_double_quoted()
            case "$" if self._text.startswith("$'", self._at):
                self._scan_ansi_quoted()
            case "$":
                self._scan_dollar()
            case "\u201c" | "\u2018" if self._takes_curly_quoted():
                pass
            case "`":
                self._take(f"`{self._until('`')}`")
            case _:
                self._take_run(_PLAIN)

    def _takes_curly_quoted(self) -> bool:
        """Take what is within quotes that a mail program has bent, where a quotation may begin."""
        may_begin = not self._word or self._word[-1].endswith("=")
        found = _CURLY_QUOTED.match(self._text, self._at) if may_begin else None
        if found is not None:
            self._take(found[1] or found[2] or "")
            self._at = found.end()
        return found is not None

    def _take_run(self, run: re.Pattern[str]) -> None:
        """Take characters that mean nothing to a shell, at least one."""
        found = run.match(self._text, self._at)
        end = found.end() if found else self._at + 1
        self._take(self._text[self._at : end])
        self._at = end

    def _take(self, text: str) -> None:
        self._word.append(text)

    def _scan_backslash(self) -> None:
        if found := _CONTINUED.match(self._text, self._at + 1):
            self._at = found.end()
            self._has_word = bool(self._word)
            return
        after = self._text[self._at + 1 : self._at + 2]
        is_path = _DRIVE.search("".join(self._word)) is not None
        self._take(f"\\{after}" if is_path else after)
        self._at += 2

    def _until(self, end: str) -> str:
        """Return what stands between here and ``end``, and go behind it."""
        closing = self._text.find(end, self._at + 1)
        if closing < 0:
            raise _unclosed(end)
        inside = self._text[self._at + 1 : closing]
        self._at = closing + 1
        return inside

    def _scan_double_quoted(self) -> None:
        self._at += 1
        while (char := self._text[self._at : self._at + 1]) != '"':
            if not char:
                raise _unclosed('"')
            if char == "\\":
                self._scan_escape_in_quotes()
            elif char == "$":
                self._scan_dollar()
            else:
                self._take_run(_QUOTED)
        self._at += 1

    def _scan_escape_in_quotes(self) -> None:
        after = self._text[self._at + 1 : self._at + 2]
        if after != "\n":
            self._take(after if after and after in '$`"\\' else f"\\{after}")
        self._at += 2

    def _scan_ansi_quoted(self) -> None:
        found = re.compile(r"\$'((?:[^'\\]|\\.)*)'", re.DOTALL).match(self._text, self._at)
        if found is None:
            raise _unclosed("'")
        self._take(unescape(found[1]).decode("utf-8", "surrogateescape"))
        self._at = found.end()

    def _scan_dollar(self) -> None:
        """Take a variable or a substitution, as it stands unless the text says its value."""
        if found := _PRINTF.match(self._text, self._at):
            self._take(unescape(found[1]).decode("utf-8", "surrogateescape").rstrip("\n"))
            self._at = found.end()
        elif self._text.startswith("$(", self._at):
            self._take_substitution()
        elif found := re.compile(r"\$\{?([A-Za-z_]\w*)\}?").match(self._text, self._at):
            self._take(self.variables.get(found[1], found[0]))
            self._at = found.end()
        else:
            self._take("$")
            self._at += 1

    def _take_substitution(self) -> None:
        start, depth = self._at, 0
        while self._at < len(self._text):
            depth += {"(": 1, ")": -1}.get(self._text[self._at], 0)
            self._at += 1
            if depth == 0 and self._at > start + 1:
                break
        self._take(self._text[start : self._at])


def _unclosed(quote: str) -> RequestInvalid:
    return RequestInvalid(
        summary=f"A quote is opened with {quote} and never closed",
        hint="Copy the whole command, to its last quote.",
    )
