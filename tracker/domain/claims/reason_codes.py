"""Reason codes of an EOB: reading what people type, and what the codes mean (rulebook 3.4).

A code is an adjustment (`CO-45`: a group and a number), a remark (`N862`), or a group alone (`PR`).
Nothing typed is lost and nothing here raises: a code that is not in the table, and words that are no
code, come back as themselves and say so. The table is read by `tracker.imports.reason_codes_file`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

OWING_RULE = "CO and PI never increase what you owe; PR does."
"""The first rule of reading reason codes."""

GROUPS = ("CO", "PR", "OA", "PI", "CR")


class CodeKind(StrEnum):
    """What a typed piece is; `TEXT` is kept as it stands."""

    ADJUSTMENT = "adjustment"
    REMARK = "remark"
    GROUP = "group"
    TEXT = "text"


class Loss(StrEnum):
    """Who bears an amount."""

    YOU = "you"
    PROVIDER = "provider"
    OTHER = "other"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class ReasonCode:
    """One code as read: `CO` and `45`. Texts have their words in `code`; bare numbers have no group."""

    kind: CodeKind
    code: str
    group: str = ""

    def __str__(self) -> str:
        return f"{self.group}-{self.code}" if self.group and self.code else self.group or self.code


@dataclass(frozen=True, slots=True)
class Group:
    """A group code. `raises` says whether it can increase what you owe; None where it depends."""

    code: str
    name: str
    words: str
    loss: Loss
    raises: bool | None


@dataclass(frozen=True, slots=True)
class Advice:
    """What to do first, and the detectors that look at the same thing, under one group."""

    first: str = ""
    detectors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Meaning:
    """A code of the table. `alert` remarks only inform; `under` has advice that a group replaces."""

    code: str
    words: str
    first: str
    usual: tuple[str, ...] = ()
    detectors: tuple[str, ...] = ()
    alert: bool = False
    under: Mapping[str, Advice] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CodeTable:
    """Everything the data file knows, and the day it was last looked over."""

    groups: Mapping[str, Group] = field(default_factory=dict)
    adjustments: Mapping[str, Meaning] = field(default_factory=dict)
    remarks: Mapping[str, Meaning] = field(default_factory=dict)
    statuses: Mapping[int, str] = field(default_factory=dict)
    sources: tuple[str, ...] = ()
    checked_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoded:
    """What one code says to a member.

    `loss` and `raises` follow the group alone: without one they are unknown. `known` is whether the
    code is in the table; `unusual` whether its group is not one it normally comes with.
    """

    reason: ReasonCode
    known: bool
    words: str
    first: str
    group_words: str = ""
    loss: Loss = Loss.UNKNOWN
    raises: bool | None = None
    usual: tuple[str, ...] = ()
    unusual: bool = False
    alert: bool = False
    detectors: tuple[str, ...] = ()

    @property
    def code(self) -> str:
        """The code as it is written on an EOB: `CO-45`, `N862`."""
        return str(self.reason)


_CHUNKS = re.compile(r"[;\n\r|\v\f\x85\u2028\u2029]+")
_PIECES = re.compile(r"[^\s,/+&]+")
_DASHES = re.compile(r"[-\u2010-\u2015\u2212\ufe58\ufe63\uff0d_:=.]+")
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_EDGES = "()[]{}<>\"'`\u2018\u2019\u201c\u201d.:;-!?#*\u2022"
_CARC = r"(?:\d{1,3}|[ABDPWY]\d{1,2})"
_GROUP = "|".join(GROUPS)
_GROUPED = re.compile(rf"({_GROUP})-?({_CARC})", re.ASCII)
_BARE = re.compile(_CARC, re.ASCII)
_REMARK = re.compile(r"(MA|M|N)-?(\d{1,4})", re.ASCII)


def read_codes(text: str) -> tuple[ReasonCode, ...]:
    """The codes in what a person typed or pasted, in order, each once.

    `CO-45`, `PR 1`, `co45`, `45`, `N862` and `MA130` are read; commas, slashes and spaces divide, and
    semicolons and new lines divide for good: a group never takes a number beyond one. Neighboring
    words that are no codes stay together, as typed. Never raises.
    """
    found = (reason for chunk in _CHUNKS.split(text) for reason in _in_chunk(chunk))
    return tuple(dict.fromkeys(found))


def _in_chunk(chunk: str) -> Iterator[ReasonCode]:
    group = ""
    words: tuple[int, int] | None = None  # where in the chunk words that are no codes begin and end
    for piece in _PIECES.finditer(chunk):
        token = _tidy(piece[0])
        if not token:
            continue  # nothing but punctuation
        if group and _BARE.fullmatch(token):
            yield ReasonCode(CodeKind.ADJUSTMENT, _plain(token), group)
            group = ""
            continue
        reason = _one(token)
        if group:
            yield ReasonCode(CodeKind.GROUP, "", group)
            group = ""
        if reason is None:
            words = (words[0] if words else piece.start(), piece.end())
            continue
        if words:
            yield ReasonCode(CodeKind.TEXT, chunk[slice(*words)])
            words = None
        if reason.kind is CodeKind.GROUP:
            group = reason.group  # the next piece may be its number
        else:
            yield reason
    if group:
        yield ReasonCode(CodeKind.GROUP, "", group)
    if words:
        yield ReasonCode(CodeKind.TEXT, chunk[slice(*words)])


def write_codes(reasons: tuple[ReasonCode, ...]) -> str:
    """The codes in one way of writing, which reads back the same: `CO-45; PR-1; N862`."""
    return "; ".join(str(reason) for reason in reasons)


def decode(text: str, table: CodeTable) -> tuple[Decoded, ...]:
    """What every code in a text means. Never raises."""
    return tuple(decode_one(reason, table) for reason in read_codes(text))


def decode_one(reason: ReasonCode, table: CodeTable) -> Decoded:
    """What one code means: whose loss by its group, the words and the first thing to do by its number."""
    if reason.kind is CodeKind.TEXT:
        shown = reason.code if len(reason.code) <= 40 else reason.code[:39] + "\u2026"
        return Decoded(
            reason=reason,
            known=False,
            words=f"\u201c{shown}\u201d is not a reason code; it is kept as you typed it.",
            first="Look for codes such as CO-45 or N130 on the EOB.",
        )
    group = table.groups.get(reason.group)
    if reason.kind is CodeKind.GROUP:
        return _with_group(reason, group, Meaning("", group.words if group else "", ""))
    book = table.remarks if reason.kind is CodeKind.REMARK else table.adjustments
    return _with_group(reason, group, book.get(reason.code))


def _with_group(reason: ReasonCode, group: Group | None, meaning: Meaning | None) -> Decoded:
    under = (meaning.under.get(reason.group) if meaning else None) or Advice()
    usual = meaning.usual if meaning else ()
    unknown = "This code is not in the list here; it is kept."
    return Decoded(
        reason=reason,
        known=meaning is not None and (not reason.group or group is not None),
        words=meaning.words if meaning else unknown,
        first=under.first or (meaning.first if meaning else _ASK) or _TODO.get(reason.group, _ASK),
        group_words=group.words if group else "",
        loss=group.loss if group else Loss.UNKNOWN,
        raises=group.raises if group else None,
        usual=usual,
        unusual=bool(usual and reason.group and reason.group not in usual and reason.group != "CR"),
        alert=meaning.alert if meaning else False,
        detectors=under.detectors or (meaning.detectors if meaning else ()),
    )


def detectors(decoded: tuple[Decoded, ...]) -> tuple[str, ...]:
    """The detectors that the codes of a line point to, each once, in order."""
    return tuple(dict.fromkeys(hint for one in decoded for hint in one.detectors))


_ASK = "Read the legend on the EOB, or ask the insurer what it means."
_TODO = {
    "CO": "Pay nothing of it.",
    "PI": "Pay nothing of it; if a bill asks for it, call the insurer.",
    "PR": "Look for the number beside it: it says which part is yours and why.",
}


def _tidy(piece: str) -> str:
    """A piece in capitals, with one kind of dash and no punctuation at its ends."""
    text = unicodedata.normalize("NFKC", _UNSEEN.sub("", piece)).upper()
    return _DASHES.sub("-", text).strip(_EDGES)


def _one(token: str) -> ReasonCode | None:
    """The code a whole piece is, None where it is none."""
    if token in GROUPS:
        return ReasonCode(CodeKind.GROUP, "", token)
    if match := _GROUPED.fullmatch(token):
        return ReasonCode(CodeKind.ADJUSTMENT, _plain(match[2]), match[1])
    if match := _REMARK.fullmatch(token):
        number = match[2].lstrip("0") or "0"
        return ReasonCode(CodeKind.REMARK, match[1] + (number.zfill(2) if match[1] == "MA" else number))
    if _BARE.fullmatch(token):
        return ReasonCode(CodeKind.ADJUSTMENT, _plain(token))
    return None


def _plain(code: str) -> str:
    """A number without leading zeros: `045` is 45, `B07` is B7."""
    letter, number = (code[0], code[1:]) if code[0].isalpha() else ("", code)
    return letter + (number.lstrip("0") or "0")
