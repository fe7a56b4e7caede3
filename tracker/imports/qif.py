"""QIF files of Quicken, Microsoft Money and banks: bank, cash, card, asset and liability accounts.

The format has no numbers for transactions, no currency, no encoding and no order of dates; amounts are
taken as US dollars.

Read by our own reader instead of a library. Of the 26 QIF files of the public collections we test with,
`quiffen` 4.0.1 (MIT) reads 15, needs pydantic and 0.37 s to import, and gives up a whole file for one
line it does not know; `qifparse` 0.5 reads 6 and has not changed since 2016. This reader gives every
transaction of all 26, or its reason, and agrees with quiffen on the rows of those it reads.

What is taken: the transactions of money accounts. Entries of investment accounts and opening balances
are problems that say so. Lists that a program keeps for itself (categories, classes, memorized
payments) are counted in `layout` and are no problem.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tracker.errors import UserProblem
from tracker.imports.bank_amount import uses_comma_decimals
from tracker.imports.bank_text import short
from tracker.imports.decoded import decoded
from tracker.imports.found import Format, FoundFile, FoundMoney, FoundProblem, Progress, refused
from tracker.imports.qif_accounts import accounts_of
from tracker.imports.qif_days import DayOrder, day_order
from tracker.imports.qif_lines import LIST_KINDS, Section, sections_of
from tracker.imports.qif_rows import Reading, investment_reason, money_of
from tracker.wording import count_of

_EVERY = 1000


def read_qif(
    data: bytes, name: str, *, progress: Progress | None = None, day_first: bool | None = None
) -> FoundFile:
    """What a QIF file holds. `name` is the file's, for messages.

    `day_first` is the person's word on the order of the dates; without it the file's own dates decide.
    Never raises for what is in the file: rows that cannot be taken are problems, a file that is no QIF
    is refused. `progress` may raise Cancelled.
    """
    read = decoded(data)
    sections = sections_of(read.text)
    if not sections:
        return refused(
            name,
            Format.QIF,
            "It is not a QIF file: it has no heading such as !Type:Bank and no transactions.",
        )
    dated = [section for section in sections if section.is_dated]
    order = day_order((record.first("D") for section in dated for record in section.records), day_first)
    amounts = (record.first("T") or record.first("U") for section in dated for record in section.records)
    reading = Reading(day_first=order.day_first, comma_decimals=uses_comma_decimals(amounts))
    problems = []
    if read.replaced:
        problems.append(FoundProblem(why=f"{read.replaced:,} characters of it could not be read."))
    if order.doubt:
        problems.append(FoundProblem(why=order.doubt))
    accounts, owners = accounts_of(sections, reading)
    rows = [
        (section, owner, record)
        for section, owner in zip(sections, owners, strict=True)
        if section.is_dated
        for record in section.records
    ]
    money: list[FoundMoney] = []
    for number, (section, owner, record) in enumerate(rows, 1):
        if progress and not number % _EVERY:
            progress(number, len(rows))
        where = f"row {number}, line {record.line}"
        why = ""
        if section.is_money:
            try:
                found, why = money_of(record, owner, where, reading)
                money.append(found)
            except UserProblem as problem:
                why = problem.what
        else:
            why = investment_reason(record, reading)
        if why:
            problems.append(FoundProblem(where=where, why=why))
    problems += _strange_sections(sections)
    if not rows and not problems:
        problems.append(FoundProblem(why="There are no transactions in it."))
    return FoundFile(
        name=name,
        format=Format.QIF,
        layout=_layout(sections, order if dated else None),
        money=tuple(money),
        accounts=tuple(accounts),
        problems=tuple(problems),
    )


def _strange_sections(sections: Sequence[Section]) -> Iterator[FoundProblem]:
    for section in sections:
        if not section.is_dated and section.kind != "account" and section.kind not in LIST_KINDS:
            heading = short(section.heading, 40)
            count = len(section.records)
            yield FoundProblem(
                where=f"line {section.records[0].line}",
                why=f"The section \u201c{heading}\u201d is not one of money. "
                f"{count:,} {'entry was' if count == 1 else 'entries were'} left out.",
            )


def _layout(sections: Sequence[Section], order: DayOrder | None) -> str:
    """How the dates were read, and the lists that were passed over, counted."""
    words = ["QIF"]
    if order and order.matters:
        words.append("day first" if order.day_first else "month first")
    counts: dict[str, int] = {}
    for section in sections:
        if section.kind in LIST_KINDS:
            counts[section.kind] = counts.get(section.kind, 0) + len(section.records)
    words += [f"{count_of(count, *LIST_KINDS[kind])} left out" for kind, count in counts.items()]
    return ", ".join(words)
