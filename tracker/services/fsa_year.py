"""An FSA's plan years with what was spent: standing, forfeiture, and what could still use it (5.2)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from tracker.domain.accounts.expenses import counted
from tracker.domain.accounts.fsa import (
    Forfeiture,
    FsaClaim,
    FsaKind,
    FsaStanding,
    forfeiture,
    refusal,
    standing,
)
from tracker.domain.accounts.fsa_use_by import OwnExpense, UseByPlan, use_by_plan
from tracker.domain.coverage.outlook import planned_costs
from tracker.errors import UserProblem
from tracker.facts import Account, AccountKind
from tracker.facts.accounts import FsaYear, Pocket
from tracker.facts.expenses import Expense
from tracker.facts.membership import TaxPocket
from tracker.money import Cents
from tracker.services.bundle import Services
from tracker.services.tax_limits import read_limits

_LIMITED_ITEMS = frozenset({"dental", "vision"})


@dataclass(frozen=True, slots=True, kw_only=True)
class FsaShown:
    """One plan year of an FSA as of today. `plan` and `lost` are None where a limit is not known.

    `refused` are claims the year cannot pay, each with the reason; `asks` says what to type.
    """

    account: Account
    year: FsaYear
    claims: tuple[FsaClaim, ...]
    standing: FsaStanding
    plan: UseByPlan | None
    lost: Forfeiture | None
    refused: tuple[tuple[FsaClaim, str], ...] = ()
    asks: tuple[str, ...] = ()


def read_fsa_years(services: Services) -> list[FsaShown]:
    """Every plan year of every FSA, the latest first."""
    accounts = {item.id: item for item in services.accounts.accounts() if item.kind is AccountKind.FSA}
    years = [year for year in services.untaxed.fsa_years() if year.account_id in accounts]
    return [_shown(services, accounts[year.account_id], year) for year in reversed(years)]


def claims_by_year(services: Services, account_id: int) -> dict[int, list[FsaClaim]]:
    """What one FSA paid, by the id of the plan year whose care it was.

    Care of a grace period uses up the earlier year first, then the year it lies in. What was paid for
    care of no plan year is put to the year in which it was paid, which refuses it.
    """
    years = services.untaxed.fsa_years(account_id)
    found: dict[int, list[FsaClaim]] = {year.id or 0: [] for year in years}
    claims = [claim for item in services.expenses.all() for claim in _claims(item, account_id)]
    late: list[FsaClaim] = []
    for claim in claims:
        own = [year for year in years if year.begins_on <= claim.incurred_on <= year.ends_on]
        grace = [year for year in years if year.ends_on < claim.incurred_on <= year.spend_by]
        if grace:
            late.append(claim)
        elif own:
            found[own[0].id or 0].append(claim)
        elif years:
            day = claim.filed_on or claim.incurred_on
            when = [year for year in years if year.begins_on <= day]
            found[(when[-1] if when else years[0]).id or 0].append(claim)
    for claim in sorted(late, key=lambda item: item.incurred_on):
        left = claim.reimbursed
        for year in years:
            inside = year.begins_on <= claim.incurred_on <= year.spend_by
            room = year.usable - sum(item.reimbursed for item in found[year.id or 0])
            is_last = not any(
                other.begins_on > year.begins_on and other.begins_on <= claim.incurred_on for other in years
            )
            part = left if inside and is_last else min(left, max(0, room)) if inside else 0
            if part:
                found[year.id or 0].append(replace(claim, asked=part, reimbursed=part))
                left -= part
    return found


def _claims(item: Expense, account_id: int) -> list[FsaClaim]:
    """What an account bore of an expense: each time it paid it back, and what it paid directly."""
    if item.account_id != account_id and not item.back:
        return []
    back = [(part.on, part.amount) for part in item.back if part.account_id == account_id]
    direct = item.of_account(account_id) - sum(amount for _, amount in back)
    label = item.label
    return [
        FsaClaim(incurred_on=item.day_of_care, asked=paid, reimbursed=paid, filed_on=on, label=label)
        for on, paid in (*back, (item.paid_on, direct))
        if paid > 0
    ]


def spent_in(services: Services, year: FsaYear) -> Cents:
    """What one plan year paid for its own care and that of its grace period, in cents."""
    claims = claims_by_year(services, year.account_id or 0).get(year.id or 0, ())
    found = standing(year, claims)
    return found.spent + found.spent_in_grace


def _shown(services: Services, account: Account, year: FsaYear) -> FsaShown:
    today = services.ledger.today()
    limits = read_limits(services.ledger.read())
    claims = tuple(claims_by_year(services, account.id or 0).get(year.id or 0, ()))
    asks: list[str] = []
    plan: UseByPlan | None = None
    lost: Forfeiture | None = None
    now = standing(year, claims)
    try:
        plan = use_by_plan(
            year,
            claims,
            unclaimed=_unclaimed(services, year, today),
            planned=_planned(services, year, today),
            limits=limits,
            today=today,
        )
        lost = forfeiture(year, now.spent, limits, spent_in_grace=now.spent_in_grace)
    except UserProblem as problem:
        asks.append(str(problem))
    refused = tuple((claim, why) for claim in claims if (why := refusal(year, claim, today)))
    return FsaShown(
        account=account,
        year=year,
        claims=claims,
        standing=now,
        plan=plan,
        lost=lost,
        refused=refused,
        asks=tuple(asks),
    )


def _unclaimed(services: Services, year: FsaYear, today: date) -> list[OwnExpense]:
    """Own cash spent on care of the plan year that this FSA may still pay."""
    found = []
    for item in services.expenses.all():
        if not year.begins_on <= item.day_of_care <= min(year.spend_by, today):
            continue
        part = counted(item, TaxPocket.FSA)
        left = part.eligible - sum(item.of(pocket) for pocket in _NOT_CASH) - item.deducted
        if left > 0 and _pays(year, item):
            label = item.label
            found.append(OwnExpense(label=label, on=item.day_of_care, amount=left, expense_id=item.id))
    return found


_NOT_CASH = (Pocket.INSURER, Pocket.SECONDARY, Pocket.FSA, Pocket.HRA, Pocket.HSA)


def _pays(year: FsaYear, item: Expense) -> bool:
    """A limited-purpose FSA pays dental and vision care only."""
    if year.kind is not FsaKind.LIMITED:
        return True
    return item.note is not None and item.note.item in _LIMITED_ITEMS


def _planned(services: Services, year: FsaYear, today: date) -> list[OwnExpense]:
    """Planned care until the last day on which it counts, at what the plan's terms leave to pay."""
    found = []
    for plan in services.plans.all():
        if plan.ends_on < today or plan.begins_on > year.spend_by:
            continue
        for item in planned_costs(services.coverage.year(plan, on=max(today, plan.begins_on)), today):
            cost = item.result.owes if item.result else 0
            if today < item.care.day <= year.spend_by and cost > 0:
                found.append(OwnExpense(label=item.care.care.label, on=item.care.day, amount=cost))
    return found
