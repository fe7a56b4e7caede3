"""Care as rows of the Claims table: columns, and the words of days and people."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from tracker.dates import day_text
from tracker.domain.claims.care_row import CareRow
from tracker.domain.claims.row_check import Group
from tracker.money import Cents, dollars, dollars_or_blank
from ui.models.table import Column

GROUPS = (
    ("", "All"),
    (Group.NEEDS_YOU.value, "Needs you"),
    (Group.WAITING.value, "Waiting"),
    (Group.DISPUTE.value, "In dispute"),
    (Group.SETTLED.value, "Settled"),
    ("missing", "Missing papers"),
)
"""The filters of the table, by key; `missing` are visits without an EOB and EOBs without a bill."""

PERSON = "Person"

NOT_KNOWN = "not known"


def key(row: CareRow) -> int:
    return row.key


def row_day(row: CareRow, today: date) -> str:
    """The day of care; the year only where it is not this one."""
    return day_text(row.service_on, year=row.service_on.year != today.year)


def care_columns(today: date, names: Mapping[int, str]) -> list[Column[CareRow]]:
    """The columns of the table; `names` are the short names of the household by id."""
    return [
        Column("Service", lambda row: row_day(row, today), lambda row: (row.service_on, row.key)),
        Column("Provider", lambda row: row.provider, lambda row: row.provider.casefold(), stretch=3),
        Column(
            PERSON,
            lambda row: names.get(row.person_id, row.person),
            lambda row: row.person.casefold(),
            tooltip=lambda row: row.person,
        ),
        Column("For", lambda row: row.what, lambda row: row.what.casefold(), stretch=4),
        _amount("Billed", lambda row: row.billed),
        Column(
            "Allowed",
            lambda row: row.allowed_words or dollars_or_blank(row.allowed),
            lambda row: row.allowed,
            right=True,
            tone=lambda row: "faint" if row.allowed_words else "",
        ),
        Column(
            "You owe",
            lambda row: NOT_KNOWN if row.you_owe is None else dollars(row.you_owe),
            lambda row: row.you_owe,
            right=True,
            tone=lambda row: "faint" if row.you_owe is None else "",
        ),
        Column(
            "Check",
            lambda row: row.check.words,
            lambda row: row.check.words.casefold(),
            tooltip=lambda row: " ".join(row.check.why),
            tone=lambda row: row.check.tone,
            pill=True,
        ),
    ]


@dataclass(frozen=True, slots=True)
class Sums:
    """The three sums above the table, in cents."""

    safe_to_pay: Cents = 0
    at_stake: Cents = 0
    recovered: Cents = 0


def sums_words(found: Sums) -> tuple[tuple[str, str], ...]:
    """The three sums with their names."""
    return (
        ("Safe to pay today", dollars(found.safe_to_pay)),
        ("At stake", dollars(found.at_stake)),
        ("Recovered", dollars(found.recovered)),
    )


def _amount(heading: str, amount: Callable[[CareRow], Cents | None]) -> Column[CareRow]:
    return Column(heading, lambda row: dollars_or_blank(amount(row)), amount, right=True)
