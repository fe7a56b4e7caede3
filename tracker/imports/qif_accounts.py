"""Which account each QIF section belongs to.

`!Account` before a section names its account. Between `!Option:AutoSwitch` and `!Clear:AutoSwitch` it
lists all accounts instead, and only a list of one chooses. A section without a name may give it away
by its opening balance, a transfer of the account to itself; else it goes by its kind where the file
has several such sections.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from datetime import date

from tracker.errors import UserProblem
from tracker.imports.bank_amount import bank_cents
from tracker.imports.bank_text import one_line
from tracker.imports.found import FoundAccount
from tracker.imports.qif_days import qif_day
from tracker.imports.qif_lines import MONEY_KINDS, Record, Section
from tracker.imports.qif_rows import Reading, is_opening
from tracker.money import Cents


def accounts_of(sections: Sequence[Section], reading: Reading) -> tuple[list[FoundAccount], list[str]]:
    """The accounts, each once, and for each section the id of its account (empty where it has none)."""
    listed: dict[str, FoundAccount] = {}
    owners: list[str] = []
    current = ""
    for section in sections:
        if section.kind == "account":
            for record in section.records:
                account = _listed(record, reading)
                listed.setdefault(account.id, account)
            chosen = section.is_choice or len(section.records) == 1
            current = _name(section.records[-1]) if chosen else ""
            owners.append("")
        else:
            owners.append(current or _given_away(section))
    unnamed = {
        section.kind
        for section, owner in zip(sections, owners, strict=True)
        if section.is_money and not owner
    }
    for place, section in enumerate(sections):
        if not section.is_dated:
            continue
        kind = MONEY_KINDS.get(section.kind)
        if not owners[place] and kind and len(unnamed) > 1:
            owners[place] = kind
        listed.setdefault(owners[place], FoundAccount(id=owners[place], kind=kind or section.heading))
    return list(listed.values()), owners


def _listed(record: Record, reading: Reading) -> FoundAccount:
    balance: Cents | None = None
    on: date | None = None
    stated = record.first("$")
    if stated:
        with suppress(UserProblem):
            balance = bank_cents(stated, commas=reading.comma_decimals)[0]
            on = qif_day(record.first("/"), reading.day_first)
    return FoundAccount(id=_name(record), kind=one_line(record.first("T")), balance=balance, balance_on=on)


def _name(record: Record) -> str:
    return one_line(record.first("N"))


def _given_away(section: Section) -> str:
    """The name in the first row's opening balance, of a section of money that has no name."""
    if not section.is_money or not is_opening(section.records[0], ""):
        return ""
    return one_line(section.records[0].first("L")[1:-1])
