"""Memberships, plans and recurring payments of the sample, from rows of its tables to facts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from tracker.facts import (
    Frequency,
    Membership,
    MembershipModel,
    OonMethod,
    OonPricing,
    Plan,
    PlanKind,
    Recurring,
    Role,
)
from tracker.services.sample_tables import Table, cents, day_in, limits_of, term_end


@dataclass(frozen=True, slots=True)
class KnownIds:
    """The ids of what is in the ledger already: people by name, accounts by key, lines by role."""

    people: Mapping[str, int]
    accounts: Mapping[str, int]
    category_of: Mapping[Role, int]


def membership_of(table: Table, year: int, known: KnownIds, *, is_over: bool) -> Membership:
    """The membership that begins in `year`; one that is over has stopped renewing."""
    begins_on = day_in(year, table["begins"])
    ends_on = term_end(begins_on)
    renews = table["renews"] and not is_over
    fee = Recurring(
        label=table["fee"]["label"],
        amount=cents(table["fee"]["amount"]),
        frequency=Frequency(table["fee"]["frequency"]),
        first_due=day_in(year, table["fee"]["first"]),
        last_due=None if renews else ends_on,
        account_id=known.accounts.get(table["fee"].get("account", "")),
        category_id=known.category_of[Role.MEMBERSHIP],
    )
    return Membership(
        practice_id=0,
        physician=table["physician"],
        model=MembershipModel(table["model"]),
        begins_on=begins_on,
        ends_on=ends_on,
        auto_renews=renews,
        notice_days=table["notice_days"],
        note=table["note"],
        person_ids=tuple(known.people[name] for name in table["people"]),
        fees=(fee,),
    )


def plan_of(table: Table, year: int, known: KnownIds) -> Plan:
    """The plan of a calendar year. It covers everybody."""
    begins_on = date(year, 1, 1)
    premium = Recurring(
        label=f"Premium, {table['name']}",
        amount=cents(table["premium"]),
        frequency=Frequency.MONTHLY,
        first_due=begins_on,
        last_due=term_end(begins_on),
        account_id=known.accounts.get(table.get("premium_account", "")),
        category_id=known.category_of[Role.PREMIUM],
    )
    return Plan(
        name=table["name"],
        kind=PlanKind(table["kind"]),
        begins_on=begins_on,
        ends_on=term_end(begins_on),
        member_number=table["member_number"],
        note=table["note"],
        person_ids=tuple(known.people.values()),
        accumulators=tuple(limits_of(table)),
        premiums=(premium,),
        aca_compliant=True,
        oon_pricing=OonPricing(OonMethod.PCT_MEDICARE, table["oon_percent"] * 100),
    )


def recurring_of(table: Table, year: int, known: KnownIds, *, is_over: bool) -> Recurring:
    """A payment that comes again and again; in a year that is over it has ended with the year."""
    return Recurring(
        label=table["label"],
        amount=cents(table["amount"]),
        frequency=Frequency(table["frequency"]),
        first_due=day_in(year, table["first"]),
        last_due=date(year, 12, 31) if is_over else None,
        account_id=known.accounts[table["account"]],
        to_account_id=known.accounts.get(table.get("to_account", "")),
        category_id=known.category_of[Role(table["line"])],
    )
