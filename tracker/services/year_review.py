"""Gathering what the year in review needs; loaded when a review is first asked for."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from datetime import date

from tracker.dates import Period, first_of
from tracker.domain.accounts.contingency import FundStanding, balance_line
from tracker.domain.coverage.accumulators import standings
from tracker.domain.coverage.plan_year import PlanYear, in_force
from tracker.domain.coverage.progress import Progress, progress
from tracker.domain.membership.agreement import renewal
from tracker.domain.recurring import due_days
from tracker.facts import (
    AccumulatorKind,
    AccumulatorMode,
    Basis,
    ClaimLine,
    Household,
    Network,
    Plan,
    Recurring,
)
from tracker.reports.budget import budget_month
from tracker.reports.checklist import checklist
from tracker.reports.overview import find_limit
from tracker.reports.pursued import pursued_in
from tracker.reports.year_over_year import year_over_year
from tracker.reports.year_review import (
    IN_NETWORK,
    OUT_OF_NETWORK,
    MembershipTerm,
    PlanReview,
    YearlyCost,
    YearReview,
    schedule_words,
)
from tracker.services.bundle import Services
from tracker.services.plan_years import read_plan_year
from tracker.services.year_review_accounts import limits_and_elections, read_year_accounts
from tracker.services.year_review_parts import read_who_paid, read_worth_of_year
from tracker.storage.queries import cases as case_query
from tracker.storage.queries import claims as claim_query
from tracker.storage.queries import documents as document_query
from tracker.storage.queries import household as household_query
from tracker.storage.queries import payments as payment_query


def year_review(services: Services, year: int) -> YearReview:
    """The whole budget year that begins in a calendar year. Reading takes a moment."""
    with services.expenses.held():
        return _read(services, year)


def _read(services: Services, year: int) -> YearReview:
    reports, connection = services.reports, services.ledger.read()
    home = reports.household()
    today = reports.today
    previous, budget, following = (
        reports.year_of(connection, home, number, Basis.EXPENSE) for number in (year - 1, year, year + 1)
    )
    period = budget.period
    lines = _counted(connection, period)
    last_month = min(max(first_of(today), budget.months[0]), budget.months[-1])
    shown = budget_month(budget, last_month)
    fund = reports.fund_of(connection, home, shown.month, shown.rows)
    return YearReview(
        year=year,
        today=today,
        household=home,
        budget=budget,
        previous=previous,
        plans=tuple(
            _plan_review(connection, home, plan, today)
            for plan in sorted(home.plans, key=lambda plan: plan.begins_on)
            if plan.begins_on < period.end and plan.ends_on >= period.begin
        ),
        who_paid=read_who_paid(services, period),
        memberships=_yearly_costs(
            connection, [fee for item in home.memberships for fee in item.fees], period
        ),
        premiums=_yearly_costs(
            connection, [premium for plan in home.plans for premium in plan.premiums], period
        ),
        fund=fund,
        fund_line=tuple(_fund_line(connection, fund, period, today)),
        claims=tuple(lines),
        checklist=checklist(
            home,
            period,
            document_query.review_notes(connection, year),
            accounts=limits_and_elections(services, period.begin.year),
        ),
        accounts=read_year_accounts(services, home, period),
        terms=_terms(home, period, today),
        changes=year_over_year(
            home,
            (previous, budget, following),
            (_counted(connection, previous.period), lines),
            today=today,
        ),
        pursued=tuple(
            pursued_in(period, case_query.cases(connection), case_query.finding_notes(connection))
        ),
        worth=tuple(read_worth_of_year(services, home, period)),
    )


def _counted(connection: sqlite3.Connection, period: Period) -> list[ClaimLine]:
    """The EOBs that hold: no claim that is not decided, none that was corrected or taken back since."""
    lines = claim_query.lines(connection, period)
    held = {claim.id for claim in in_force([line.claim for line in lines])}
    return [line for line in lines if line.claim.id in held]


def _terms(home: Household, period: Period, today: date) -> tuple[MembershipTerm, ...]:
    """The memberships of a year; those that renew by themselves go on after their first term."""
    day = min(today, period.last_day)
    return tuple(
        MembershipTerm(
            item,
            home.provider_names.get(item.practice_id, ""),
            ", ".join(home.person_name(person_id) for person_id in item.person_ids),
            renewal(item, day),
        )
        for item in sorted(home.memberships, key=lambda item: item.begins_on)
        if item.begins_on < period.end
        and (item.ends_on is None or item.auto_renews or item.ends_on >= period.begin)
    )


def _plan_review(connection: sqlite3.Connection, home: Household, plan: Plan, today: date) -> PlanReview:
    filled = read_plan_year(connection, plan, home.plans, on=min(today, plan.ends_on), today=today)
    return PlanReview(
        plan,
        tuple(standings(filled)),
        tuple(_moved(home, filled, AccumulatorKind.DEDUCTIBLE, today)),
        tuple(_moved(home, filled, AccumulatorKind.OOP_MAX, today)),
    )


def _moved(
    home: Household, filled: PlanYear, kind: AccumulatorKind, today: date
) -> list[tuple[str, Progress]]:
    """Each accumulator of a kind that moved; the main one also where it did not."""
    plan = filled.plan
    shown: list[tuple[str, Progress]] = []
    for network, where in ((Network.IN, IN_NETWORK), (Network.OUT, OUT_OF_NETWORK)):
        limit = find_limit(plan, kind, network)
        if limit is None:
            continue
        whose: list[int | None] = []
        if limit.mode is not AccumulatorMode.AGGREGATE:
            whose += plan.person_ids
        if limit.mode is not AccumulatorMode.SELF:
            whose.append(None)
        for person_id in whose:
            moved = progress(filled, limit, person_id, today=today)
            if moved.steps or (network is Network.IN and not shown):
                name = home.person_name(person_id) if person_id is not None else "Family"
                shown.append((f"{name}, {where}", moved))
    return shown


def _yearly_costs(
    connection: sqlite3.Connection, items: Sequence[Recurring], period: Period
) -> tuple[YearlyCost, ...]:
    found = []
    for item in items:
        due = item.amount * len(due_days(item, period))
        paid = payment_query.paid_for_recurring(connection, item.id or 0, period)
        if due or paid:
            found.append(YearlyCost(item.label, due, paid, schedule_words(item)))
    return tuple(found)


def _fund_line(
    connection: sqlite3.Connection, fund: FundStanding | None, period: Period, today: date
) -> list[tuple[date, int]]:
    if fund is None or fund.account.id is None or today < period.begin:
        return []
    moved = [
        (date.fromisoformat(day), change)
        for day, change in household_query.movements(connection, fund.account.id)
    ]
    return balance_line(fund.account.opening, moved, begin=period.begin, today=min(today, period.last_day))
