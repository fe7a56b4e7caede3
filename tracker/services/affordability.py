"""What the ledger already knows for affordability: membership, premiums, limits, expected costs (7.5)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from tracker.dates import Period, add_months
from tracker.domain.budget.affordability import EXPENSES
from tracker.domain.coverage.limits import Limits
from tracker.domain.membership.agreement import is_over
from tracker.domain.membership.year import fees_in_force, yearly_price
from tracker.domain.recurring import MONTHS_BETWEEN, due_days, yearly_amount
from tracker.facts import (
    AccumulatorKind,
    AccumulatorMode,
    Category,
    Frequency,
    Household,
    Network,
    Plan,
    Recurring,
    Role,
)
from tracker.facts.household_budget import HouseholdBudget, HouseholdLine
from tracker.money import Cents, dollars
from tracker.reports.affordability import Known, LedgerFigures
from tracker.reports.budget import BudgetYear
from tracker.services.bundle import Services

_OFTEN = {
    Frequency.MONTHLY: "a month",
    Frequency.QUARTERLY: "a quarter",
    Frequency.SEMIANNUAL: "every six months",
    Frequency.ANNUAL: "a year",
}
_NO_POCKET = (Role.MEMBERSHIP, Role.PREMIUM, Role.CONTINGENCY)
"""Budget lines that are not what care costs out of pocket."""
DISCRETIONARY = ("Entertainment",)


@dataclass(frozen=True, slots=True)
class AffordabilityFacts:
    """Everything the Affordability view starts from: saved answers, the ledger's figures, the limits."""

    saved: tuple[HouseholdBudget, ...]
    ledger: LedgerFigures
    limits: Limits
    today: date


def affordability_facts(services: Services) -> AffordabilityFacts:
    """Gather them, in as few readings as it takes."""
    return AffordabilityFacts(
        saved=tuple(services.household_budgets.all()),
        ledger=ledger_figures(services),
        limits=services.taxes.limits(),
        today=services.ledger.today(),
    )


def ledger_figures(services: Services) -> LedgerFigures:
    """What the ledger says today. Where no fee or premium is entered, the budget's estimates are taken."""
    today, home = services.ledger.today(), services.reports.household()
    year = services.reports.budget_month(today).year
    plan = _plan(home, today)
    return LedgerFigures(
        membership_year=_membership(home, year, today),
        premium=_premium(home, year, today),
        oop_max_year=_limit(plan, AccumulatorKind.OOP_MAX, "out-of-pocket maximum"),
        deductible_year=_limit(plan, AccumulatorKind.DEDUCTIBLE, "deductible"),
        expected=_estimated(year, [item for item in year.categories if item.role not in _NO_POCKET]),
        savings=_monthly(_estimated(year, _of(year, Role.CONTINGENCY))),
    )


def started(facts: AffordabilityFacts, name: str) -> HouseholdBudget:
    """A new household budget: the usual expenses to fill in, everything else from the ledger."""
    return HouseholdBudget(
        name=name,
        as_of=facts.today,
        income=0,
        savings=facts.ledger.savings.amount or 0,
        lines=tuple(
            HouseholdLine(label=label, amount=0, discretionary=label in DISCRETIONARY) for label in EXPENSES
        ),
    )


# figure by figure -------------------------------------------------------------------------------


def _membership(home: Household, year: BudgetYear, today: date) -> Known:
    running = [item for item in home.memberships if not is_over(item, today)]
    said, total = [], 0
    for item in running:
        price = yearly_price(item, today)
        total += price
        practice = home.provider_names.get(item.practice_id, "") or "The practice"
        fees = [f"{fee.label} {_priced(fee)}" for fee in fees_in_force(item, today)]
        if fees:
            said.append(f"{practice}: {', '.join(fees)}; {dollars(price)} a year.")
    if said:
        return Known(amount=total, why=tuple(said))
    return _estimated(year, _of(year, Role.MEMBERSHIP))


def _premium(home: Household, year: BudgetYear, today: date) -> Known:
    """A month of all premiums, in force on a day or next to come."""
    plans = {plan.id: plan for plan in home.plans if plan.ends_on >= today}
    items = [item for item in home.recurring if item.plan_id in plans and item.plan_id is not None]
    lasting = [item for item in items if item.frequency is not Frequency.ONCE]
    now = [item for item in lasting if _pays_for(item, today)]
    taken = now or [item for item in lasting if item.first_due > today]
    if not taken:
        return _monthly(_estimated(year, _of(year, Role.PREMIUM)))
    whole = sum(yearly_amount(item) for item in taken)
    said = [f"{item.label} {_priced(item)}." for item in taken]
    if any(item.frequency is not Frequency.MONTHLY for item in taken) or len(taken) > 1:
        said.append(f"{dollars(whole)} a year is {dollars(_twelfth(whole))} a month.")
    return Known(amount=_twelfth(whole), why=tuple(said))


def _limit(plan: Plan | None, kind: AccumulatorKind, name: str) -> Known:
    limit = plan.limit(kind, Network.IN) if plan else None
    if plan is None or limit is None:
        return Known()
    whole_family = limit.mode is not AccumulatorMode.SELF and len(plan.person_ids) > 1
    family = limit.family if whole_family else None
    amount = limit.individual if family is None else family
    if amount is None:
        amount = limit.family
        family = amount
    if amount is None:
        return Known()
    whose = "for one person" if family is None else "for the family"
    return Known(amount=amount, why=(f"{plan.name}: {name} in network {whose}, {dollars(amount)}.",))


def _estimated(year: BudgetYear, lines: Iterable[Category]) -> Known:
    """A year of the budget's estimates for some lines; months without any are taken like the others."""
    sums: list[tuple[str, Cents]] = []
    months: set[date] = set()
    for line in lines:
        rows = [row for row in year.category_rows(line.id) if row.estimated is not None]
        months |= {row.month for row in rows}
        if total := sum(row.estimated or 0 for row in rows):
            sums.append((line.name, total))
    if not months:
        return Known()
    whole = sum(amount for _name, amount in sums)
    said = [f"{name}: {dollars(amount)} estimated in the budget year." for name, amount in sums]
    if len(months) < len(year.months):
        whole = (2 * whole * 12 + len(months)) // (2 * len(months))
        said.append(
            f"{len(months)} of 12 months have estimates; for twelve such months that is {dollars(whole)}."
        )
    elif len(sums) > 1:
        said.append(f"Together {dollars(whole)} a year.")
    return Known(amount=whole, why=tuple(said))


# small things -----------------------------------------------------------------------------------


def _plan(home: Household, today: date) -> Plan | None:
    """The plan in force, or the next one; of several the one that states an out-of-pocket maximum."""
    now = [plan for plan in home.plans if today in plan.period]
    ahead = [plan for plan in home.plans if plan.begins_on > today]
    found = now or sorted(ahead, key=lambda plan: plan.begins_on)[:1]
    limited = [plan for plan in found if plan.limit(AccumulatorKind.OOP_MAX, Network.IN)]
    return max(limited or found, key=lambda plan: plan.begins_on, default=None)


def _pays_for(item: Recurring, day: date) -> bool:
    """Whether the latest due of a payment pays for a day."""
    before = due_days(item, Period(add_months(day, -13), day + timedelta(days=1)))
    return bool(before) and add_months(before[-1], MONTHS_BETWEEN[item.frequency]) > day


def _priced(item: Recurring) -> str:
    return f"{dollars(item.amount)} {_OFTEN.get(item.frequency, '')}".strip()


def _of(year: BudgetYear, role: Role) -> list[Category]:
    return [item for item in year.categories if item.role is role]


def _monthly(known: Known) -> Known:
    if known.amount is None:
        return known
    month = _twelfth(known.amount)
    return Known(amount=month, why=(*known.why, f"A twelfth of it is {dollars(month)} a month."))


def _twelfth(amount: Cents) -> Cents:
    """A month of a yearly amount, half a cent up."""
    return (2 * amount + 12) // 24
