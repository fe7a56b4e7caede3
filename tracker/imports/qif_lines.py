"""The lines of a QIF file as sections and records.

A section begins with a heading (`!Type:Bank`, `!Account`), a record ends with `^`. Each line of a
record is one letter and its text. Where the `^` between two transactions is missing, the second date
begins a new one. Some banks leave the heading out: what looks like transactions is then one account.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

MONEY_KINDS = {
    "bank": "Bank",
    "cash": "Cash",
    "ccard": "CCard",
    "creditcard": "CCard",
    "otha": "Oth A",
    "othl": "Oth L",
    "invoice": "Invoice",
}
"""Sections of money that moved, by their heading in small letters, as the format writes them."""

INVESTMENT_KINDS = frozenset(("invst", "port", "mutual", "401(k)", "401k", "403(b)", "401(k)/403(b)"))
LIST_KINDS = {
    "cat": ("category", "categories"),
    "class": ("class", "classes"),
    "memorized": ("memorized payment", "memorized payments"),
    "security": ("security", "securities"),
    "prices": ("price", "prices"),
    "budget": ("budget line", "budget lines"),
    "tag": ("tag", "tags"),
    "invitem": ("invoice item", "invoice items"),
    "template": ("template", "templates"),
}
"""Lists that a program keeps beside the money, with how one and many are called."""

_BREAK = re.compile(r"\r\n|\r|\n")
_TRANSACTION = re.compile(r"(?m)^[ \t]*D[ \t]*\d")


@dataclass(slots=True)
class Record:
    """One record: the letters and texts of its lines, and the line in the file it begins at, from 1."""

    line: int
    fields: list[tuple[str, str]] = field(default_factory=list)

    def first(self, letter: str) -> str:
        """The first text under a letter that says something."""
        return next((text for code, text in self.fields if code == letter and text), "")

    def all(self, letter: str) -> list[str]:
        return [text for code, text in self.fields if code == letter]


@dataclass(slots=True)
class Section:
    """A heading and its records. `kind` is in small letters without blanks, `heading` as written.

    `is_choice` is false for the list of all accounts, which says nothing of the rows that follow.
    """

    kind: str
    heading: str
    is_choice: bool = True
    records: list[Record] = field(default_factory=list)

    @property
    def is_money(self) -> bool:
        return self.kind in MONEY_KINDS

    @property
    def is_dated(self) -> bool:
        """Whether its records are transactions, of money or of investments."""
        return self.is_money or self.kind in INVESTMENT_KINDS


def sections_of(text: str) -> list[Section]:
    """The sections in the order of the file; none where it is no QIF file."""
    lines = _BREAK.split(text)
    headed = any(_heading(line) for line in lines if line[:1] == "!")
    if not headed and not (_TRANSACTION.search(text) and any(line.lstrip()[:1] == "^" for line in lines)):
        return []
    return list(_sections(lines))


def _heading(line: str) -> tuple[str, str] | None:
    """What a heading opens, and its words; nothing for a line that is no heading."""
    words = line[1:].strip()
    kind, colon, rest = words.partition(":")
    kind = kind.strip().casefold()
    if kind == "type" and colon:
        return "".join(rest.split()).casefold(), rest.strip()
    if kind == "account" and not colon:
        return "account", "Account"
    if kind in ("option", "clear") and colon:
        return f"{kind}:{''.join(rest.split()).casefold()}", words
    return None


def _sections(lines: list[str]) -> Iterator[Section]:
    section = Section("bank", "")
    record: Record | None = None
    lists_accounts = False
    for number, line in enumerate(lines, 1):
        line = line.strip(" \t\0\x1a")
        if not line:
            continue
        letter = line[0]
        if letter == "!":
            heading = _heading(line)
            if heading is not None:
                if heading[0].startswith(("option:", "clear:")):
                    lists_accounts = heading[0] == "option:autoswitch"
                    continue
                if section.records:
                    yield section
                section, record = Section(*heading, is_choice=not lists_accounts), None
                continue
        if letter == "^":
            record = None
            continue
        text = line[1:].strip()
        ended = letter == "D" and record is not None and section.is_dated and bool(record.first("D"))
        if record is None or ended:
            record = Record(number)
            section.records.append(record)
        record.fields.append((letter, text))
    if section.records:
        yield section
