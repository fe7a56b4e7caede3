"""The year in review: the same report feeds the page, the print and the command line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from tracker.domain.accounts.contingency import FundStanding
from tracker.domain.coverage.accumulators import Standing, belongs, counted
from tracker.domain.coverage.eob import discount
from tracker.domain.coverage.progress import Progress
from tracker.facts import AccountKind, AccumulatorKind, ClaimLine, Household, Plan, ReviewNote, Role
from tracker.money import Cents
from tracker.reports.budget import BudgetYear


@dataclass(frozen=True, slots=True)
class WhoPaid:
    """Where the money for care came from, and what nobody paid.

    `you` is every payment from bank, card or an account not named, premiums and fees included;
    `written_off` is what in-network providers billed above the allowed amount.
    """

    you: Cents
    hsa: Cents
    fsa: Cents
    fund: Cents
    plan: Cents
    written_off: Cents


@dataclass(frozen=True, slots=True)
class PlanReview:
    """One plan of the year: where its limits stood at the end, and how the deductible filled."""

    plan: Plan
    standings: tuple[Standing, ...]
    progress: tuple[tuple[str, Progress], ...]
    """Title ("Eleanor, in network") and progress of each deductible that moved, the main one first."""


@dataclass(frozen=True, slots=True)
class YearlyCost:
    """A membership or a premium in the year: what fell due, what was paid."""

    label: str
    due: Cents
    paid: Cents


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

    @property
    def is_complete(self) -> bool:
        """Whether the year is over."""
        return self.today >= self.budget.period.end

    def role_paid(self, role: Role) -> Cents:
        """What was paid in the year for the lines of one role."""
        rows = [row for month in self.budget.months for row in self.budget.grid[month]]
        return sum(row.actual or 0 for row in rows if row.category.role is role)


def who_paid(spent: Mapping[AccountKind | None, Cents], claims: Sequence[ClaimLine]) -> WhoPaid:
    """Sort the year's payments and EOBs by who bore them."""
    own = sum(spent.get(kind, 0) for kind in (AccountKind.BANK, AccountKind.CARD, None))
    return WhoPaid(
        you=own,
        hsa=spent.get(AccountKind.HSA, 0),
        fsa=spent.get(AccountKind.FSA, 0),
        fund=spent.get(AccountKind.CONTINGENCY, 0),
        plan=sum(line.claim.plan_paid or 0 for line in claims),
        written_off=sum(discount(line.claim) or 0 for line in claims),
    )


def plan_totals(claims: Sequence[ClaimLine], plan: Plan) -> dict[AccumulatorKind, Cents]:
    """What the plan's claims put toward deductibles and out-of-pocket maxima, in and out of network."""
    mine = [line.claim for line in claims if belongs(line.claim, plan)]
    return {kind: sum(counted(claim, kind) for claim in mine) for kind in AccumulatorKind}
