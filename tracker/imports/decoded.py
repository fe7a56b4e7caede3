"""Text out of bytes whose encoding nobody promised: what was guessed is said with it."""

from __future__ import annotations

import codecs
from dataclasses import dataclass

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE = 4096


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text and the encoding it was read in; `replaced` counts characters that could not be read."""

    text: str
    encoding: str
    replaced: int = 0


def decoded(data: bytes, declared: str = "") -> Decoded:
    """Read bytes as text. A byte-order mark wins, then UTF-8, then what the file declares, then cp1252.

    UTF-8 comes before a declaration because real files are often declared wrongly, and text in
    another encoding is hardly ever valid UTF-8 by chance. Never raises: what cannot be read becomes
    U+FFFD and is counted.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _leniently(data, encoding)
    wide = _wide(data)
    if wide:
        return _leniently(data, wide)
    for encoding in ("utf-8", declared, "cp1252"):
        if not encoding:
            continue
        try:
            return Decoded(data.decode(encoding), encoding)
        except (ValueError, LookupError):
            continue
    return _leniently(data, "latin-1")


def _wide(data: bytes) -> str:
    """UTF-16 without a mark: every other byte of western text is zero."""
    head = data[:_SAMPLE]
    if len(head) < 4:
        return ""
    even, odd = head[0::2].count(0), head[1::2].count(0)
    most = len(head) // 2
    if odd > most * 0.7 and even < most * 0.1:
        return "utf-16-le"
    if even > most * 0.7 and odd < most * 0.1:
        return "utf-16-be"
    return ""


def _leniently(data: bytes, encoding: str) -> Decoded:
    text = data.decode(encoding, errors="replace")
    return Decoded(text, encoding, text.count("\ufffd"))
