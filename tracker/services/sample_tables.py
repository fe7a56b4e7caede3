"""The sample year's small tables, read and turned into facts without ids.

The tables give days as month-day; `day_in` puts them into a year. Amounts are dollars as people
write them. They hold nothing that is not in `resources/sample`.
"""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from importlib.resources import files
from typing import Any

from tracker.dates import add_months
from tracker.facts import (
    Accumulator,
    AccumulatorKind,
    AccumulatorMode,
    Allocation,
    Claim,
    Network,
    Role,
)
from tracker.money import BasisPoints, Cents, parse_cents

Table = dict[str, Any]
CategoryIds = dict[Role, int]


def household() -> Table:
    """People, accounts, providers, agreements, recurring payments and the month's estimates."""
    return toml("household.toml")


def papers() -> Table:
    """The documents, by the noun they hang on."""
    return toml("documents.toml")


def toml(name: str) -> Table:
    return tomllib.loads(_text(name))


def rows(name: str) -> list[dict[str, str]]:
    """The lines of one CSV table by column."""
    return list(csv.DictReader(_text(name).splitlines()))


def _text(name: str) -> str:
    return (files("resources") / "sample" / name).read_text("utf-8")


def day_in(year: int, text: str) -> date:
    """The day `MM-DD` of a year; `-1/MM-DD` is of the year before it, `+1/MM-DD` of the one after."""
    apart, _, day_text = text.rpartition("/")
    month, day = day_text.split("-")
    return date(year + int(apart or 0), int(month), int(day))


def day_or_none(year: int, text: str) -> date | None:
    return day_in(year, text) if text else None


def cents(text: str) -> Cents:
    return parse_cents(text)


def cents_or_none(text: str) -> Cents | None:
    return parse_cents(text) if text else None


def basis_points(text: str) -> BasisPoints:
    """`20%` in basis points."""
    return int(text.removesuffix("%")) * 100


def term_end(begins_on: date) -> date:
    """The last day of a term of twelve months."""
    return add_months(begins_on, 12) - timedelta(days=1)


def limits_of(plan: Table) -> Iterator[Accumulator]:
    """A plan's four limits, each with the individual and the family amount, embedded."""
    for kind in AccumulatorKind:
        for network in Network:
            individual, family = plan[f"{kind}_{network}"]
            yield Accumulator(
                kind=kind,
                network=network,
                mode=AccumulatorMode.EMBEDDED,
                individual=cents(individual),
                family=cents(family),
            )


def claim_of(row: dict[str, str], year: int, person_id: int) -> Claim:
    """One EOB of the table, under the first of its services. Its provider is given by name."""
    return Claim(
        claim_number=row["number"],
        person_id=person_id,
        provider_id=0,
        network=Network(row["network"]),
        category=services_of(row)[0][0],
        description=row["description"],
        service_from=day_in(year, row["service"]),
        processed_on=day_in(year, row["processed"]),
        billed=cents(row["billed"]),
        allowed=cents(row["allowed"]),
        plan_paid=cents(row["plan_paid"]),
        deductible=cents(row["deductible"]),
        copay=cents(row["copay"]),
        coinsurance=cents(row["coinsurance"]),
        not_covered=cents(row["not_covered"]),
        you_owe=cents(row["you_owe"]),
        note=row["note"],
    )


def services_of(row: dict[str, str]) -> list[tuple[str, Cents]]:
    """The services on one EOB with what was allowed for each: `SPEC 50.00 + SURG 120.00`.

    One that stands alone takes the whole allowed amount.
    """
    found = []
    for part in row["services"].split("+"):
        code, *stated = part.split()
        found.append((code, cents(stated[0] if stated else row["allowed"])))
    return found


@dataclass(frozen=True, slots=True)
class Instalment:
    """One payment toward what an EOB says is owed."""

    paid_on: date
    account: str
    amount: Cents
    allocations: tuple[Allocation, ...]


def instalments(row: dict[str, str], year: int, category_of: CategoryIds) -> list[Instalment]:
    """How an EOB was paid: `06-12 card 150.00; 07-20 card` pays 150.00 and then the rest.

    The copay is paid first and belongs to the line of the visit; deductible and coinsurance follow
    on the deductible's line, what is not covered on the contingency line (rulebook 7.1).
    """
    left = cents(row["you_owe"])
    parts = _parts(row, category_of, left)
    found = []
    for text in filter(None, (part.strip() for part in row["paid"].split(";"))):
        day, account, *stated = text.split()
        amount = cents(stated[0]) if stated else left
        left -= amount
        found.append(Instalment(day_in(year, day), account, amount, _take(parts, amount)))
    return found


def _parts(row: dict[str, str], category_of: CategoryIds, owed: Cents) -> list[tuple[int, Cents]]:
    visit = {"doctor": Role.COPAY_DOCTOR, "specialist": Role.COPAY_SPECIALIST}.get(
        row["kind"], Role.DEDUCTIBLE
    )
    copay, not_covered = cents(row["copay"]), cents(row["not_covered"])
    return [
        (category_of[visit], copay),
        (category_of[Role.DEDUCTIBLE], owed - copay - not_covered),
        (category_of[Role.CONTINGENCY], not_covered),
    ]


def _take(parts: list[tuple[int, Cents]], amount: Cents) -> tuple[Allocation, ...]:
    """Use up the parts in order until the amount is given."""
    taken: dict[int, Cents] = {}
    while amount and parts:
        category_id, there = parts[0]
        share = min(amount, there)
        amount -= share
        if share:
            taken[category_id] = taken.get(category_id, 0) + share
        parts[0] = (category_id, there - share)
        if parts[0][1] == 0:
            parts.pop(0)
    return tuple(Allocation(category_id=category_id, amount=share) for category_id, share in taken.items())


def shares(lines: str, amount: Cents, category_of: CategoryIds) -> tuple[Allocation, ...]:
    """`prescription 38.40 + copay_doctor 25.00`, or one role that takes the whole amount."""
    found = []
    for part in filter(None, (text.strip() for text in lines.split("+"))):
        role, *stated = part.split()
        share = cents(stated[0]) if stated else amount
        found.append(Allocation(category_id=category_of[Role(role)], amount=share))
    return tuple(found)


def estimates(table: Table, category_of: CategoryIds) -> dict[int, Cents]:
    """A month's estimates by category."""
    return {
        category_id: cents(table[role.value])
        for role, category_id in category_of.items()
        if role.value in table
    }
