"""The year in review: the same report feeds the page, the print and the command line."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tracker.dates import day_text, first_of
from tracker.domain.accounts.contingency import FundStanding
from tracker.domain.budget.month import Total
from tracker.domain.coverage.accumulators import Standing
from tracker.domain.coverage.progress import Progress
from tracker.domain.membership.agreement import Renewal
from tracker.facts import (
    AccumulatorKind,
    ClaimLine,
    Frequency,
    Household,
    Membership,
    Network,
    Plan,
    Recurring,
    ReviewNote,
    Role,
)
from tracker.money import Cents, dollars
from tracker.reports.budget import BudgetYear
from tracker.reports.pursued import Pursued
from tracker.reports.who_paid import WhoPaid
from tracker.reports.year_accounts import YearAccounts
from tracker.reports.year_over_year import YearFigure, part_total
from tracker.reports.year_worth import MembershipWorth

IN_NETWORK, OUT_OF_NETWORK = "in network", "out of network"
"""How the title of an accumulator's progress ends."""


@dataclass(frozen=True, slots=True)
class PlanReview:
    """One plan of the year: where its limits stood at the end, and how the deductible filled."""

    plan: Plan
    standings: tuple[Standing, ...]
    progress: tuple[tuple[str, Progress], ...]
    """Title ("Eleanor, in network") and progress of each deductible that moved, the main one first."""
    out_of_pocket: tuple[tuple[str, Progress], ...] = ()
    """The same of each out-of-pocket maximum."""

    def main(self, kind: AccumulatorKind) -> Standing | None:
        """The in-network accumulator that matters most: the first person's, or the family's."""
        found = [item for item in self.standings if item.kind is kind and item.network is Network.IN]
        first = self.plan.person_ids[0] if self.plan.person_ids else None
        own = [item for item in found if item.person_id == first]
        return next(iter(own or found), None)


@dataclass(frozen=True, slots=True)
class YearlyCost:
    """A membership or a premium in the year: what fell due, what was paid."""

    label: str
    due: Cents
    paid: Cents
    schedule: str = ""
    """When and how much, in words: `$450.00 monthly from Jan 1, 2026`."""


@dataclass(frozen=True, slots=True)
class MembershipTerm:
    """A membership of the year, whose it is, and its next renewal as known at the end of the review."""

    membership: Membership
    practice: str
    people: str
    renewal: Renewal | None


@dataclass(frozen=True, slots=True)
class LineTotal:
    """One budget line over the year (all lines where `name` is empty), and over the months begun."""

    name: str
    year: Total
    to_date: Total


@dataclass(frozen=True, slots=True)
class ChecklistItem:
    """One question of the annual review (rulebook 8.1) with what the ledger knows of it.

    `last_year`, `this_year` and `next_year` are ready texts, empty where nothing is known.
    """

    key: str
    title: str
    question: str
    last_year: str = ""
    this_year: str = ""
    next_year: str = ""
    note: ReviewNote | None = None


@dataclass(frozen=True, slots=True)
class YearReview:
    """Everything about one budget year."""

    year: int
    today: date
    household: Household
    budget: BudgetYear
    previous: BudgetYear
    plans: tuple[PlanReview, ...]
    who_paid: WhoPaid
    memberships: tuple[YearlyCost, ...]
    premiums: tuple[YearlyCost, ...]
    fund: FundStanding | None
    fund_line: tuple[tuple[date, Cents], ...]
    claims: tuple[ClaimLine, ...]
    checklist: tuple[ChecklistItem, ...]
    accounts: YearAccounts
    terms: tuple[MembershipTerm, ...] = ()
    changes: tuple[YearFigure, ...] = ()
    pursued: tuple[Pursued, ...] = ()
    worth: tuple[MembershipWorth, ...] = ()

    @property
    def is_complete(self) -> bool:
        """Whether the year is over."""
        return self.today >= self.budget.period.end

    @property
    def months_begun(self) -> int:
        """How many months of the year have begun: 12 once it is over, 0 before its first day."""
        return sum(month <= first_of(self.today) for month in self.budget.months)

    @property
    def line_totals(self) -> tuple[LineTotal, ...]:
        """Every budget line over the year; lines without any figure are left out."""
        found = []
        for item in self.budget.categories:
            whole = self.budget.category_total(item.id)
            if whole.estimated is not None or whole.actual is not None:
                part = part_total(self.budget, item.id, self.months_begun)
                found.append(LineTotal(item.name, whole, part))
        return tuple(found)

    @property
    def whole(self) -> LineTotal:
        """All lines together."""
        begun = self.budget.months[: self.months_begun]
        to_date = self.budget.to_date(begun[-1]) if begun else Total(None, None)
        return LineTotal("", self.budget.total, to_date)

    @property
    def main_plan(self) -> PlanReview | None:
        """The plan in force at the end of the review, or the last one of the year."""
        day = min(self.today, self.budget.period.last_day)
        current = [item for item in self.plans if day in item.plan.period] or list(self.plans)
        return max(current, key=lambda item: item.plan.begins_on, default=None)

    @property
    def fund_balance(self) -> Cents | None:
        """The contingency fund at the end of the review; None where there is none."""
        if self.fund is None:
            return None
        return self.fund_line[-1][1] if self.fund_line else self.fund.balance

    @property
    def is_empty(self) -> bool:
        """Whether nothing was planned, paid, agreed or decided in the year."""
        whole = self.budget.total
        return (
            whole.estimated is None
            and whole.actual is None
            and not (self.plans or self.claims or self.memberships or self.terms)
            and not self.accounts.has_moved
        )

    def role_paid(self, role: Role) -> Cents:
        """What was paid in the year for the lines of one role."""
        rows = [row for month in self.budget.months for row in self.budget.grid[month]]
        return sum(row.actual or 0 for row in rows if row.category.role is role)


_EVERY = {
    Frequency.ONCE: "once, on",
    Frequency.MONTHLY: "monthly from",
    Frequency.QUARTERLY: "every three months from",
    Frequency.SEMIANNUAL: "twice a year from",
    Frequency.ANNUAL: "yearly from",
}


def schedule_words(item: Recurring) -> str:
    """`$450.00 monthly from Jan 1, 2026 to Dec 1, 2026`."""
    words = f"{dollars(item.amount)} {_EVERY[item.frequency]} {day_text(item.first_due)}"
    if item.last_due and item.frequency is not Frequency.ONCE:
        words += f" to {day_text(item.last_due)}"
    return words
