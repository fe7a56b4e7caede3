"""Reading one large JSON object piece by piece: memory follows its largest entry, not the file."""

from __future__ import annotations

import codecs
import json
from collections.abc import Callable, Iterator
from decimal import Decimal
from json import JSONDecodeError
from typing import Any, BinaryIO, NoReturn

from tracker.ledger_form.kinds import shown

CHUNK = 1 << 20
MOST_LETTERS = 1 << 24
"""The longest single entry that is taken, in characters; real ones have a few thousand."""

_LONGEST_NUMBER = 40
_BLANKS = " \t\r\n"


class Unreadable(Exception):
    """Why the text is not the JSON that was expected, as the middle of a sentence."""


class JsonStream:
    """A cursor over the text of a file that holds one JSON value in UTF-8."""

    def __init__(self, stream: BinaryIO, *, passed: Callable[[int], object] = lambda _bytes: None) -> None:
        self._stream = stream
        self._passed = passed
        self._decoder = codecs.getincrementaldecoder("utf-8-sig")()
        self._text = ""
        self._at = 0
        self._is_over = False
        self._lines = 1
        self._bytes = 0
        self._json = json.JSONDecoder(
            object_pairs_hook=_without_doubles,
            parse_int=_whole,
            parse_float=_decimal,
            parse_constant=_refused,
        )

    def peek(self) -> str:
        """The next character that is no blank, left where it is; empty at the end."""
        while True:
            while self._at < len(self._text) and self._text[self._at] in _BLANKS:
                self._at += 1
            if self._at < len(self._text) or not self._more(CHUNK):
                return self._text[self._at : self._at + 1]

    def take(self, sign: str, *, meant: str) -> None:
        """Go past one character; raises Unreadable where it is another."""
        if self.peek() != sign:
            self._unexpected(meant)
        self._at += 1

    def value(self) -> Any:
        """The next JSON value, whole; numbers with a point as Decimal."""
        if not self.peek():
            self._unexpected("more")
        wanted = CHUNK
        while True:
            try:
                found, end = self._json.raw_decode(self._text, self._at)
            except (JSONDecodeError, RecursionError) as why:
                # The rest may not have been read yet; what is too deep does not get better by it.
                if isinstance(why, RecursionError) or not self._more(wanted):
                    raise Unreadable(f"is not JSON that can be read: line {self._line():,}") from why
            except Unreadable as why:
                raise Unreadable(f"{why}: line {self._line():,}") from None
            else:
                # A number at the end of what was read may go on.
                if end < len(self._text) or not self._more(wanted):
                    self._at = end
                    return found
            if len(self._text) - self._at > MOST_LETTERS:
                raise Unreadable(f"has an entry that is too large to be meant: line {self._line():,}")
            wanted *= 2

    def fields(self) -> Iterator[str]:
        """The keys of an object in turn; whoever asks takes the value of each before the next."""
        self.take("{", meant="an object")
        seen: set[str] = set()
        if self.peek() != "}":
            while True:
                key = self.value() if self.peek() == '"' else self._unexpected("the name of a field")
                if key in seen:
                    raise Unreadable(f"has {shown(key)} twice: line {self._line():,}")
                seen.add(key)
                self.take(":", meant="a colon")
                yield key
                if self.peek() != ",":
                    break
                self._at += 1
        self.take("}", meant="a comma or the end of the object")

    def entries(self) -> Iterator[Any]:
        """The values of a list in turn."""
        self.take("[", meant="a list")
        if self.peek() != "]":
            while True:
                yield self.value()
                if self.peek() != ",":
                    break
                self._at += 1
        self.take("]", meant="a comma or the end of the list")

    def end(self) -> None:
        """Raises Unreadable where something follows."""
        if self.peek():
            self._unexpected("nothing more")

    # ours ----------------------------------------------------------------------------

    def _more(self, wanted: int) -> bool:
        """Read on and drop what is behind; False at the end of the file."""
        if self._is_over:
            return False
        read = self._stream.read(wanted)
        self._bytes += len(read)
        self._is_over = not read
        try:
            text = self._decoder.decode(read, final=self._is_over)
        except UnicodeDecodeError:
            raise Unreadable("is not text in UTF-8") from None
        self._lines += self._text.count("\n", 0, self._at)
        self._text, self._at = self._text[self._at :] + text, 0
        self._passed(self._bytes)
        return not self._is_over or bool(text)

    def _line(self) -> int:
        return self._lines + self._text.count("\n", 0, self._at)

    def _unexpected(self, meant: str) -> NoReturn:
        here = self.peek()
        found = f"\u201c{here}\u201d" if here and here.isprintable() else "another character"
        raise Unreadable(
            f"is not the JSON of a ledger: line {self._line():,} has {found if here else 'the end'}"
            f" where {meant} is expected"
        )


def _without_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        seen: set[str] = set()
        twice = next(key for key, _ in pairs if key in seen or seen.add(key))  # type: ignore[func-returns-value]
        raise Unreadable(f"has {shown(twice)} twice in one entry")
    return found


def _whole(text: str) -> int:
    if len(text) > _LONGEST_NUMBER:
        raise Unreadable(f"has a number of {len(text):,} digits")
    return int(text)


def _decimal(text: str) -> Decimal:
    if len(text) > _LONGEST_NUMBER:
        raise Unreadable(f"has a number of {len(text):,} digits")
    return Decimal(text)


def _refused(text: str) -> NoReturn:
    raise Unreadable(f"has {text}, which is no number")
