"""Gathering the facts a report needs, in as few queries as it takes; the arithmetic is elsewhere."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from tracker.dates import Period, budget_year_of, first_of, month_period
from tracker.dates import budget_year as year_period
from tracker.domain.accounts.contingency import FundStanding, fund_standing
from tracker.domain.budget.month import MonthRow
from tracker.domain.coverage.eob import gap
from tracker.domain.recurring import LOOK_BACK_DAYS, open_dues
from tracker.facts import AccountKind, Basis, Household, Role
from tracker.reports.attention import DUES_AHEAD_DAYS, Attention, attention, awake
from tracker.reports.budget import BudgetMonth, BudgetYear, budget_month, budget_year, month_alone
from tracker.reports.overview import CoverageNow, Overview, coverage_now
from tracker.services.plan_years import read_plan_year
from tracker.storage.ledger import Ledger
from tracker.storage.queries import budget as budget_query
from tracker.storage.queries import cases as case_query
from tracker.storage.queries import claims as claim_query
from tracker.storage.queries import household as household_query
from tracker.storage.queries import payments as payment_query

if TYPE_CHECKING:
    from tracker.domain.membership.owed import Owed
    from tracker.reports.year_review import YearReview
    from tracker.services.bundle import Services


class ReportService:
    """Every figure that is computed from facts, gathered for one reader at a time."""

    def __init__(self, ledger: Ledger, services: Services) -> None:
        self._ledger = ledger
        self._services = services

    @property
    def today(self) -> date:
        return self._ledger.today()

    def household(self) -> Household:
        return household_query.household(self._ledger.read())

    # budget --------------------------------------------------------------------------

    def budget_year(self, year: int, *, basis: Basis = Basis.EXPENSE) -> BudgetYear:
        """The budget year that begins in a calendar year."""
        return self.year_of(self._ledger.read(), self.household(), year, basis)

    def budget_month(self, month: date, *, basis: Basis = Basis.EXPENSE) -> BudgetMonth:
        """One month (any day of it), with the year it stands in."""
        home = self.household()
        year = self.year_of(
            self._ledger.read(), home, budget_year_of(month, home.budget_start_month), basis
        )
        return budget_month(year, first_of(month))

    def year_of(
        self, connection: sqlite3.Connection, home: Household, year: int, basis: Basis
    ) -> BudgetYear:
        """The same with what the caller has already read."""
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
        period = month_period(month)
        shown = month_alone(
            home.categories,
            period.begin,
            budget_query.lines(connection, period),
            payment_query.sums_by_month(connection, period),
        )
        day = min(max(self.today, period.begin), period.last_day)
        coverage = self._coverage(connection, home, day)
        moved = coverage.progress.steps if coverage and coverage.progress else ()
        return Overview(
            month=period.begin,
            today=self.today,
            household=home,
            budget=shown,
            coverage=coverage,
            fund=self.fund_of(connection, home, period.begin, shown.rows),
            attention=tuple(self._attention(connection, home)),
            provider_names=household_query.provider_names(
                connection, {step.claim.provider_id for step in moved if step.claim}
            ),
        )

    def coverage(self, day: date) -> CoverageNow | None:
        """The plan in force on a day and its accumulators; None without a plan."""
        return self._coverage(self._ledger.read(), self.household(), day)

    def _coverage(self, connection: sqlite3.Connection, home: Household, day: date) -> CoverageNow | None:
        plan = home.plan_on(day)
        if plan is None:
            return None
        return coverage_now(
            read_plan_year(connection, plan, home.plans, on=day, today=self.today), today=self.today
        )

    def fund(self) -> FundStanding | None:
        """The contingency fund, or None where there is none."""
        shown = self.budget_month(self.today)
        return self.fund_of(self._ledger.read(), self.household(), shown.month, shown.rows)

    def fund_of(
        self, connection: sqlite3.Connection, home: Household, month: date, rows: Sequence[MonthRow]
    ) -> FundStanding | None:
        """The same with what the caller has already read: a month of the budget and its rows."""
        account = next(
            (item for item in home.accounts if item.kind is AccountKind.CONTINGENCY and not item.closed),
            None,
        )
        if account is None or account.id is None:
            return None
        deposits = [item for item in home.recurring if item.to_account_id == account.id]
        row = next((row for row in rows if row.category.role is Role.CONTINGENCY), None)
        this_month = month == first_of(self.today)
        return fund_standing(
            account,
            household_query.balances(connection, only=account.id)[account.id],
            deposits=deposits,
            estimate=row.estimated if row else None,
            added_this_month=(row.actual or 0) if row and this_month else 0,
            today=self.today,
        )

    def attention(self) -> list[Attention]:
        """What of dues, memberships, plans and EOB sums needs the member now, by day and money.

        With bills, cases, calls and sinking funds: `AttentionService`.
        """
        return self._attention(self._ledger.read(), self.household())

    def _attention(self, connection: sqlite3.Connection, home: Household) -> list[Attention]:
        begin = self.today - timedelta(days=LOOK_BACK_DAYS)
        window = Period(begin, self.today + timedelta(days=DUES_AHEAD_DAYS + 1))
        dues = open_dues(
            home.recurring,
            budget_query.settled_dues(connection, since=begin),
            window,
        )
        recent = claim_query.claims(connection, Period(begin, self.today + timedelta(days=1)))
        off = [claim for claim in recent if gap(claim)]
        names = household_query.provider_names(connection, {claim.provider_id for claim in off})
        owed = self._owed(connection, home)
        found = attention(home, dues, off, names, today=self.today, owed=owed)
        return awake(found, case_query.snoozes(connection), self.today)

    def _owed(self, connection: sqlite3.Connection, home: Household) -> list[Owed]:
        """What practices owe for memberships that were left; nothing more is read where none was."""
        if all(item.terms.cancelled_on is None for item in home.memberships):
            return []
        from tracker.services.membership_exit import owed_now

        return owed_now(connection, home.memberships, home.provider_names, self.today)

    # review --------------------------------------------------------------------------

    def review(self, year: int) -> YearReview:
        """The whole budget year that begins in a calendar year."""
        from tracker.services.year_review import year_review

        return year_review(self._services, year)
