"""The annual checklist of rulebook 8.1, each item with what the ledger knows of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tracker.dates import Period, month_period
from tracker.domain.recurring import amount_in, yearly_amount
from tracker.facts import (
    AccumulatorKind,
    Frequency,
    Household,
    Network,
    Plan,
    Recurring,
    ReviewNote,
)
from tracker.money import dollars
from tracker.reports.overview import find_limit
from tracker.reports.year_over_year import plans_around, years_around
from tracker.reports.year_review import ChecklistItem

_ITEMS: tuple[tuple[str, str, str], ...] = (
    ("premiums", "Premiums", "What will each plan cost a month?"),
    ("deductibles", "Deductibles", "Do they rise, and do drugs have their own?"),
    ("copays", "Co-pays", "Which visits have a fixed price, and does it change?"),
    ("coinsurance", "Co-insurance", "Which share of the allowed amount is yours?"),
    ("oop_max", "Out-of-pocket maximums", "What is the most you could owe for covered care?"),
    (
        "formulary",
        "Formulary",
        "Is every drug you take still listed, in which tier, with which conditions?",
    ),
    ("network", "Provider network", "Are your doctors, labs, imaging and hospitals still in it?"),
    ("referrals", "Fit with the practice", "Does the plan work with where your practice sends you?"),
    ("redundant", "Paid twice", "Which plan benefits does the membership already give you?"),
    ("missing", "Missing coverage", "Which care did you pay for in full that a plan would cover?"),
    ("exclusions", "Exclusions", "What has the plan stopped covering?"),
    ("authorizations", "Prior authorization and referrals", "Which services now need one?"),
    ("accounts", "HSA and FSA", "Which limits and elections apply next year?"),
    ("membership", "Membership renewal", "What is the new price, and by when must notice be given?"),
    ("dependents", "Dependents", "Does anyone turn 26 and leave the plan?"),
    ("medicare", "Medicare dates", "Does anyone turn 65? Enrolment begins three months before."),
)


def checklist(
    household: Household,
    year: Period,
    notes: Mapping[str, ReviewNote],
    *,
    accounts: Sequence[str] = ("", "", ""),
) -> tuple[ChecklistItem, ...]:
    """All items in order, with figures of the year before, this one and the next where entered.

    `accounts` says what is known of HSA, FSA and HRA in those three years.
    """
    plans = plans_around(household, year)
    years = years_around(year)
    known = {
        "premiums": [_premium(plan) for plan in plans],
        "deductibles": [_limits(plan, AccumulatorKind.DEDUCTIBLE) for plan in plans],
        "oop_max": [_limits(plan, AccumulatorKind.OOP_MAX) for plan in plans],
        "accounts": list(accounts),
        "membership": [_fees(household, period) for period in years],
        "dependents": [_turning(household, period, 26) for period in years],
        "medicare": [_turning(household, period, 65) for period in years],
        "network": [plan.name if plan else "" for plan in plans],
    }
    return tuple(
        _item(key, title, question, known.get(key), notes.get(key)) for key, title, question in _ITEMS
    )


def _item(
    key: str, title: str, question: str, figures: list[str] | None, note: ReviewNote | None
) -> ChecklistItem:
    last_year, this_year, next_year = figures or ["", "", ""]
    return ChecklistItem(key, title, question, last_year, this_year, next_year, note)


def _premium(plan: Plan | None) -> str:
    if plan is None or not plan.premiums:
        return ""
    latest = max(plan.premiums, key=lambda item: item.first_due)
    if latest.frequency is Frequency.MONTHLY:
        return f"{dollars(latest.amount)} a month"
    return f"{dollars(yearly_amount(latest))} a year"


def _limits(plan: Plan | None, kind: AccumulatorKind) -> str:
    if plan is None:
        return ""
    parts = []
    for network, words in ((Network.IN, "in"), (Network.OUT, "out")):
        limit = find_limit(plan, kind, network)
        if limit is None:
            continue
        amounts = [
            dollars(item, whole=True) for item in (limit.individual, limit.family) if item is not None
        ]
        parts.append(f"{' / '.join(amounts)} {words}")
    return ", ".join(parts)


def _fees(household: Household, period: Period) -> str:
    fees: list[Recurring] = [fee for item in household.memberships for fee in item.fees]
    total = sum(amount_in(fee, month) for fee in fees for month in _months(period))
    return f"{dollars(total)} a year" if total else ""


def _months(period: Period) -> list[Period]:
    return [month_period(month) for month in period.months()]


def _turning(household: Household, period: Period, age: int) -> str:
    names = [
        person.name
        for person in household.people
        if person.birth_date and period.begin.year <= person.birth_date.year + age <= period.last_day.year
    ]
    return ", ".join(names)
