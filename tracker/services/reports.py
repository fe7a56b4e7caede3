"""Gathering the facts a report needs, in as few queries as it takes; the arithmetic is elsewhere."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from datetime import date, timedelta

from tracker.dates import Period, budget_year_of, first_of, month_period
from tracker.dates import budget_year as year_period
from tracker.domain.accounts.contingency import FundStanding, balance_line, fund_standing
from tracker.domain.coverage.accumulators import standings
from tracker.domain.coverage.eob import gap
from tracker.domain.coverage.progress import Progress, progress
from tracker.domain.membership.agreement import renewal
from tracker.domain.recurring import LOOK_BACK_DAYS, due_days, open_dues
from tracker.facts import (
    AccountKind,
    AccumulatorKind,
    AccumulatorMode,
    Basis,
    Claim,
    Household,
    Network,
    Plan,
    Recurring,
    Role,
)
from tracker.reports.attention import DUES_AHEAD_DAYS, Attention, attention
from tracker.reports.budget import BudgetMonth, BudgetYear, budget_month, budget_year
from tracker.reports.checklist import checklist
from tracker.reports.overview import CoverageNow, Overview, coverage_now, find_limit
from tracker.reports.year_over_year import year_over_year
from tracker.reports.year_review import (
    MembershipTerm,
    PlanReview,
    YearlyCost,
    YearReview,
    schedule_words,
    who_paid,
)
from tracker.storage.ledger import Ledger
from tracker.storage.queries import budget as budget_query
from tracker.storage.queries import claims as claim_query
from tracker.storage.queries import documents as document_query
from tracker.storage.queries import household as household_query
from tracker.storage.queries import payments as payment_query


class ReportService:
    """Every figure that is computed from facts, gathered for one reader at a time."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    @property
    def today(self) -> date:
        return self._ledger.today()

    def household(self) -> Household:
        return household_query.household(self._ledger.read())

    # budget --------------------------------------------------------------------------

    def budget_year(self, year: int, *, basis: Basis = Basis.EXPENSE) -> BudgetYear:
        """The budget year that begins in a calendar year."""
        return self._budget_year(self._ledger.read(), self.household(), year, basis)

    def budget_month(self, month: date, *, basis: Basis = Basis.EXPENSE) -> BudgetMonth:
        """One month (any day of it), with the year it stands in."""
        home = self.household()
        year = self._budget_year(
            self._ledger.read(), home, budget_year_of(month, home.budget_start_month), basis
        )
        return budget_month(year, first_of(month))

    def _budget_year(
        self, connection: sqlite3.Connection, home: Household, year: int, basis: Basis
    ) -> BudgetYear:
        period = year_period(home.budget_start_month, year)
        return budget_year(
            year,
            period,
            home.categories,
            budget_query.lines(connection, period),
            payment_query.sums_by_month(connection, period, basis=basis),
            today=self.today,
        )

    # overview ------------------------------------------------------------------------

    def overview(self, month: date) -> Overview:
        """Everything the first page shows for a month."""
        connection = self._ledger.read()
        home = self.household()
        year = self._budget_year(
            connection, home, budget_year_of(month, home.budget_start_month), Basis.EXPENSE
        )
        shown = budget_month(year, first_of(month))
        day = min(max(self.today, first_of(month)), month_period(month).last_day)
        coverage = self._coverage(connection, home, day)
        moved = coverage.progress.steps if coverage and coverage.progress else ()
        return Overview(
            month=first_of(month),
            today=self.today,
            household=home,
            budget=shown,
            coverage=coverage,
            fund=self._fund(connection, home, shown),
            attention=tuple(self._attention(connection, home)),
            provider_names=household_query.provider_names(
                connection, {step.claim.provider_id for step in moved}
            ),
        )

    def coverage(self, day: date) -> CoverageNow | None:
        """The plan in force on a day and its accumulators; None without a plan."""
        return self._coverage(self._ledger.read(), self.household(), day)

    def _coverage(self, connection: sqlite3.Connection, home: Household, day: date) -> CoverageNow | None:
        plan = home.plan_on(day)
        if plan is None:
            return None
        return coverage_now(plan, claim_query.claims(connection, plan.period), today=self.today)

    def fund(self) -> FundStanding | None:
        """The contingency fund, or None where there is none."""
        home = self.household()
        return self._fund(self._ledger.read(), home, self.budget_month(self.today))

    def _fund(
        self, connection: sqlite3.Connection, home: Household, shown: BudgetMonth
    ) -> FundStanding | None:
        account = next(
            (item for item in home.accounts if item.kind is AccountKind.CONTINGENCY and not item.closed),
            None,
        )
        if account is None or account.id is None:
            return None
        deposits = [
            item for item in household_query.recurring(connection) if item.to_account_id == account.id
        ]
        row = next((row for row in shown.rows if row.category.role is Role.CONTINGENCY), None)
        this_month = shown.month == first_of(self.today)
        return fund_standing(
            account,
            household_query.balances(connection, only=account.id)[account.id],
            deposits=deposits,
            estimate=row.estimated if row else None,
            added_this_month=(row.actual or 0) if row and this_month else 0,
            today=self.today,
        )

    def attention(self) -> list[Attention]:
        """What needs the member now, by day and money."""
        return self._attention(self._ledger.read(), self.household())

    def _attention(self, connection: sqlite3.Connection, home: Household) -> list[Attention]:
        begin = self.today - timedelta(days=LOOK_BACK_DAYS)
        window = Period(begin, self.today + timedelta(days=DUES_AHEAD_DAYS + 1))
        dues = open_dues(
            household_query.recurring(connection),
            budget_query.settled_dues(connection, since=begin),
            window,
        )
        recent = claim_query.claims(connection, Period(begin, self.today + timedelta(days=1)))
        off = [claim for claim in recent if gap(claim)]
        names = household_query.provider_names(connection, {claim.provider_id for claim in off})
        return attention(home, dues, off, names, today=self.today)

    # review --------------------------------------------------------------------------

    def review(self, year: int) -> YearReview:
        """The whole budget year that begins in a calendar year."""
        connection = self._ledger.read()
        home = self.household()
        previous, budget, following = (
            self._budget_year(connection, home, number, Basis.EXPENSE)
            for number in (year - 1, year, year + 1)
        )
        period = budget.period
        lines = claim_query.lines(connection, period)
        last_month = min(max(first_of(self.today), budget.months[0]), budget.months[-1])
        fund = self._fund(connection, home, budget_month(budget, last_month))
        return YearReview(
            year=year,
            today=self.today,
            household=home,
            budget=budget,
            previous=previous,
            plans=tuple(
                self._plan_review(connection, home, plan)
                for plan in sorted(home.plans, key=lambda plan: plan.begins_on)
                if plan.begins_on < period.end and plan.ends_on >= period.begin
            ),
            who_paid=who_paid(payment_query.spent_by_account_kind(connection, period), lines),
            memberships=self._yearly_costs(
                connection, [fee for item in home.memberships for fee in item.fees], period
            ),
            premiums=self._yearly_costs(
                connection, [premium for plan in home.plans for premium in plan.premiums], period
            ),
            fund=fund,
            fund_line=tuple(self._fund_line(connection, fund, period)),
            claims=tuple(lines),
            checklist=checklist(home, period, document_query.review_notes(connection, year)),
            terms=self._terms(home, period),
            changes=year_over_year(
                home,
                (previous, budget, following),
                (claim_query.lines(connection, previous.period), lines),
                today=self.today,
            ),
        )

    def _terms(self, home: Household, period: Period) -> tuple[MembershipTerm, ...]:
        """The memberships of a year; those that renew by themselves go on after their first term."""
        day = min(self.today, period.last_day)
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

    def _plan_review(self, connection: sqlite3.Connection, home: Household, plan: Plan) -> PlanReview:
        claims: list[Claim] = claim_query.claims(connection, plan.period)
        return PlanReview(
            plan,
            tuple(standings(claims, plan)),
            tuple(self._moved(home, claims, plan, AccumulatorKind.DEDUCTIBLE)),
            tuple(self._moved(home, claims, plan, AccumulatorKind.OOP_MAX)),
        )

    def _moved(
        self, home: Household, claims: Sequence[Claim], plan: Plan, kind: AccumulatorKind
    ) -> list[tuple[str, Progress]]:
        """Each accumulator of a kind that moved; the main one also where it did not."""
        shown: list[tuple[str, Progress]] = []
        for network, where in ((Network.IN, "in network"), (Network.OUT, "out of network")):
            limit = find_limit(plan, kind, network)
            if limit is None:
                continue
            whose: list[int | None] = []
            if limit.mode is not AccumulatorMode.AGGREGATE:
                whose += plan.person_ids
            if limit.mode is not AccumulatorMode.SELF:
                whose.append(None)
            for person_id in whose:
                moved = progress(claims, plan, limit, person_id, today=self.today)
                if moved.steps or (network is Network.IN and not shown):
                    name = home.person_name(person_id) if person_id is not None else "Family"
                    shown.append((f"{name}, {where}", moved))
        return shown

    def _yearly_costs(
        self, connection: sqlite3.Connection, items: Sequence[Recurring], period: Period
    ) -> tuple[YearlyCost, ...]:
        found = []
        for item in items:
            due = item.amount * len(due_days(item, period))
            paid = payment_query.paid_for_recurring(connection, item.id or 0, period)
            if due or paid:
                found.append(YearlyCost(item.label, due, paid, schedule_words(item)))
        return tuple(found)

    def _fund_line(
        self, connection: sqlite3.Connection, fund: FundStanding | None, period: Period
    ) -> list[tuple[date, int]]:
        if fund is None or fund.account.id is None or self.today < period.begin:
            return []
        moved = [
            (date.fromisoformat(day), change)
            for day, change in household_query.movements(connection, fund.account.id)
        ]
        return balance_line(
            fund.account.opening, moved, begin=period.begin, today=min(self.today, period.last_day)
        )
