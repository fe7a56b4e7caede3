"""What the first-run wizard asks, turned into the facts of a new ledger."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from tracker.dates import Clock, add_months, first_of
from tracker.facts import (
    Account,
    AccountKind,
    Accumulator,
    AccumulatorKind,
    AccumulatorMode,
    BudgetLine,
    Frequency,
    Membership,
    Network,
    Person,
    Plan,
    PlanKind,
    Recurring,
    Role,
)
from tracker.money import Cents
from tracker.services.bundle import Services, services_over
from tracker.storage import backup
from tracker.storage.files import discard
from tracker.storage.ledger import create

if TYPE_CHECKING:
    from tracker.imports.cms_draft import FiledPlan

TEMPLATE_AMOUNTS: Mapping[Role, Cents] = {
    Role.MEMBERSHIP: 300_00,
    Role.PREMIUM: 450_00,
    Role.COPAY_DOCTOR: 50_00,
    Role.COPAY_SPECIALIST: 75_00,
    Role.PRESCRIPTION: 100_00,
    Role.DEDUCTIBLE: 150_00,
    Role.CONTINGENCY: 100_00,
}
"""The amounts of the monthly template (rulebook 7.1), offered where the member has none yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MembershipAnswers:
    """The membership as the wizard asks for it. `next_due` is the next day the fee is due."""

    practice: str
    fee: Cents
    frequency: Frequency
    next_due: date


@dataclass(frozen=True, slots=True, kw_only=True)
class LimitAnswers:
    """One limit in two amounts; `family` is None for a plan that covers one person."""

    individual: Cents
    family: Cents | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanAnswers:
    """The plan as the wizard asks for it; limits that were left empty are missing from `limits`.

    `covers_all` says whether everybody in the household is covered, or only the owner. With `filed`
    limits and rules are those of a plan read from the CMS files, and `limits` is empty.
    """

    name: str
    insurer: str
    kind: PlanKind
    begins_on: date
    ends_on: date
    premium: Cents | None
    covers_all: bool = False
    limits: Mapping[tuple[AccumulatorKind, Network], LimitAnswers] = field(default_factory=dict)
    filed: FiledPlan | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """Everything the wizard asked; what was skipped is None or empty."""

    names: tuple[str, ...]
    membership: MembershipAnswers | None = None
    plan: PlanAnswers | None = None
    estimates: Mapping[Role, Cents] = field(default_factory=dict)
    fund_balance: Cents = 0
    fund_target: Cents | None = None


MONTHS_AHEAD = 12
"""Estimates are written for this month and those after it, a year in all."""


def start_ledger(target: Path, answers: Answers, *, clock: Clock = date.today) -> None:
    """Make a ledger with the answers in it. Whatever goes wrong, nothing of it is left behind.

    Raises UserProblem where an answer is refused, WorldProblem where the file cannot be written.
    """
    copies = backup.folder_of(target)
    had_copies = copies.exists()
    ledger = create(target, clock=clock)
    try:
        set_up(services_over(ledger), answers)
    except BaseException:
        ledger.close()
        for ending in ("", ".lock", "-wal", "-shm"):
            discard(target.with_name(target.name + ending))
        if not had_copies:
            shutil.rmtree(copies, ignore_errors=True)
        raise
    ledger.close()


def set_up(services: Services, answers: Answers) -> None:
    """Write the answers into a new ledger. Raises UserProblem where one of them is refused.

    Dues are proposed from this month on; earlier ones are history the member need not enter.
    """
    today = services.ledger.today()
    people = tuple(
        services.people.save_person(Person(name=name, position=place)).new_id or 0
        for place, name in enumerate(answers.names)
    )
    bank = services.accounts.save(Account(name="Checking", kind=AccountKind.BANK)).new_id
    fund = services.accounts.save(
        Account(
            name="Contingency fund",
            kind=AccountKind.CONTINGENCY,
            opening=answers.fund_balance,
            opened_on=today,
            target=answers.fund_target,
        )
    ).new_id
    lines = {category.role: category.id for category in services.budget.categories()}
    this_month = first_of(today)
    if answers.membership:
        _add_membership(services, answers.membership, people, lines[Role.MEMBERSHIP], bank, this_month)
    if answers.plan:
        covered = people if answers.plan.covers_all else people[:1]
        _add_plan(services, answers.plan, covered, lines[Role.PREMIUM], bank, this_month)
    monthly = answers.estimates.get(Role.CONTINGENCY, 0)
    if monthly > 0:
        services.recurring.save(
            Recurring(
                label="Contingency fund",
                amount=monthly,
                frequency=Frequency.MONTHLY,
                first_due=add_months(this_month, 1),
                account_id=bank,
                to_account_id=fund,
                category_id=lines[Role.CONTINGENCY],
            )
        )
    _fill_year(services, answers.estimates, this_month)


def _add_membership(
    services: Services,
    asked: MembershipAnswers,
    people: tuple[int, ...],
    category_id: int | None,
    bank: int | None,
    this_month: date,
) -> None:
    begins_on = asked.next_due
    while begins_on > services.ledger.today():
        begins_on = add_months(begins_on, -12)
    services.agreements.save_membership(
        Membership(
            practice_id=0,
            begins_on=begins_on,
            person_ids=people[:1],
            fees=(
                Recurring(
                    label=f"{asked.practice.strip()} membership",
                    amount=asked.fee,
                    frequency=asked.frequency,
                    first_due=asked.next_due,
                    propose_from=this_month,
                    account_id=bank,
                    category_id=category_id,
                ),
            ),
        ),
        practice=asked.practice,
    )


def _add_plan(
    services: Services,
    asked: PlanAnswers,
    people: tuple[int, ...],
    category_id: int | None,
    bank: int | None,
    this_month: date,
) -> None:
    premiums: tuple[Recurring, ...] = ()
    if asked.premium:
        premiums = (
            Recurring(
                label=f"{asked.name.strip()} premium",
                amount=asked.premium,
                frequency=Frequency.MONTHLY,
                first_due=asked.begins_on,
                last_due=asked.ends_on,
                propose_from=this_month,
                account_id=bank,
                category_id=category_id,
            ),
        )
    limits = tuple(
        Accumulator(
            kind=kind,
            network=network,
            mode=AccumulatorMode.SELF if limit.family is None else AccumulatorMode.EMBEDDED,
            individual=limit.individual,
            family=limit.family,
        )
        for (kind, network), limit in asked.limits.items()
    )
    plan = Plan(
        name=asked.name,
        kind=asked.kind,
        begins_on=asked.begins_on,
        ends_on=asked.ends_on,
        person_ids=people,
        accumulators=limits,
        premiums=premiums,
    )
    if asked.filed is None:
        services.plans.save(plan, insurer=asked.insurer)
        return
    made = services.plan_import.draft(
        asked.filed.cms,
        answers=asked.filed.answers,
        into=plan,
        family=asked.covers_all,
    )
    named = replace(made.plan, kind=asked.kind)
    services.plan_import.take(replace(made, plan=named, insurer=asked.insurer or made.insurer))


def _fill_year(services: Services, estimates: Mapping[Role, Cents], this_month: date) -> None:
    by_role = {category.role: category.id for category in services.budget.categories()}
    lines = [
        BudgetLine(category_id=category_id, month=month, estimate=amount)
        for month in (add_months(this_month, count) for count in range(MONTHS_AHEAD))
        for role, amount in estimates.items()
        if (category_id := by_role.get(role)) is not None
    ]
    if lines:
        services.budget.apply(lines, words_="Estimate a year ahead")
