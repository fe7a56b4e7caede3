"""Does the whole fit the household? The six steps of the source document (rulebook 7.5).

The program shows ratio, gap and the cut that would close it. It judges nothing: only a limit the
member has set is compared against, and published marks are shown as orientation.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from tracker.domain.coverage.limits import Limits
from tracker.errors import UserProblem
from tracker.facts import percent
from tracker.money import BasisPoints, Cents, dollars

STEPS = (
    "Income Analysis",
    "Existing Expense Tracking",
    "Concierge Membership Cost",
    "Insurance Premium Calculation",
    "Discretionary Spending Review",
    "Savings Allocation",
)
"""The six steps by the source document's names, in its order."""

EXPENSES = ("Housing", "Utilities", "Food", "Transportation", "Entertainment", "Other")
"""The lines of step 2 to start from."""

UNDERINSURED_SPENDING: BasisPoints = 1_000
UNDERINSURED_DEDUCTIBLE: BasisPoints = 500


class Year(StrEnum):
    """The three scenarios of a year."""

    EXPECTED = "expected"
    P80 = "p80"
    OOP_MAX = "oop_max"


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthlyLine:
    """A monthly amount of the household. `cut` is what a discretionary line could do without."""

    label: str
    amount: Cents
    cut: Cents = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Finances:
    """What the member enters. Amounts are monthly unless they say year.

    `gross_year` is the income of a year before tax, to which published marks refer; without it they
    are compared with net income. `health` gives the cost of a whole year's health per scenario:
    membership, premiums and what is paid out of pocket. `spending_year` is the expected year's part
    without premiums and membership.
    """

    income: Cents
    gross_year: Cents | None = None
    existing: tuple[MonthlyLine, ...] = ()
    discretionary: tuple[MonthlyLine, ...] = ()
    membership_year: Cents = 0
    premiums: tuple[MonthlyLine, ...] = ()
    oop_max_year: Cents | None = None
    health: tuple[tuple[Year, Cents], ...] = ()
    savings: Cents = 0
    spending_year: Cents | None = None
    deductible_year: Cents | None = None
    employer_premium: Cents | None = None
    own_limit: BasisPoints | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One of the six steps: its name, a monthly amount, and sentences."""

    name: str
    amount: Cents
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """How a scenario fits. Amounts are monthly; `ratio` is None without income.

    `needed_cut` is what is missing; `after_cuts` what is left with the chosen cuts, and
    `still_missing` what even those do not close.
    """

    year: Year
    health: Cents
    after_health: Cents
    needed_cut: Cents
    after_cuts: Cents
    still_missing: Cents
    ratio: BasisPoints | None
    within_own_limit: bool | None
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A published figure for orientation. `share` is the household's own, None where not known."""

    label: str
    mark: BasisPoints
    share: BasisPoints | None
    source: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Affordability:
    """The six steps, the scenarios, and the marks."""

    steps: tuple[Step, ...]
    free: Cents
    cuts: Cents
    outcomes: tuple[Outcome, ...]
    marks: tuple[Mark, ...]


def affordability(finances: Finances, *, limits: Limits, year: int) -> Affordability:
    """Work the six steps through for every scenario that is given.

    Raises UserProblem for amounts below zero, or a cut larger than its line.
    """
    _check(finances)
    existing = sum(line.amount for line in finances.existing)
    discretionary = sum(line.amount for line in finances.discretionary)
    cuts = sum(line.cut for line in finances.discretionary)
    free = finances.income - existing - discretionary
    outcomes = tuple(_outcome(finances, name, total, free, cuts) for name, total in finances.health)
    return Affordability(
        steps=_steps(finances, existing, discretionary, cuts),
        free=free,
        cuts=cuts,
        outcomes=outcomes,
        marks=_marks(finances, limits, year),
    )


def _check(finances: Finances) -> None:
    if finances.income < 0:
        raise UserProblem("Income is zero or more.", "Type the net income of a month.", field="income")
    for line in (*finances.existing, *finances.discretionary, *finances.premiums):
        if line.amount < 0:
            raise UserProblem(f"{line.label} is zero or more.", "Check the amount.", field="amount")
        if not 0 <= line.cut <= line.amount:
            raise UserProblem(
                f"A cut in {line.label} is at most {dollars(line.amount)}.", "Choose less.", field="cut"
            )


def _outcome(finances: Finances, name: Year, total: Cents, free: Cents, cuts: Cents) -> Outcome:
    health = _rounded(total, 12)
    after = free - health
    after_cuts = after + cuts
    ratio = _rounded(total * 10_000, finances.income * 12) if finances.income else None
    own = finances.own_limit
    within = None if own is None or ratio is None else ratio <= own
    left = f"less {dollars(health)} a month leaves {dollars(after)}"
    why = [f"{dollars(free)} is free before health costs; {left}."]
    if after < 0:
        why.append(f"{dollars(-after)} a month has to be cut.")
        if cuts:
            rest = f"{dollars(-after_cuts)} is still missing" if after_cuts < 0 else "that is enough"
            why.append(f"The cuts you chose come to {dollars(cuts)}: {rest}.")
    if ratio is not None:
        why.append(f"Health takes {percent(ratio)} of net income.")
    if within is not None and own is not None:
        why.append(f"That is {'within' if within else 'above'} your own limit of {percent(own)}.")
    return Outcome(
        year=name,
        health=health,
        after_health=after,
        needed_cut=max(0, -after),
        after_cuts=after_cuts,
        still_missing=max(0, -after_cuts),
        ratio=ratio,
        within_own_limit=within,
        why=tuple(why),
    )


def _steps(finances: Finances, existing: Cents, discretionary: Cents, cuts: Cents) -> tuple[Step, ...]:
    premiums = sum(line.amount for line in finances.premiums)
    membership = _rounded(finances.membership_year, 12)
    most = finances.oop_max_year
    details = (
        (finances.income, ["Net income of a month, after taxes and essential deductions."]),
        (existing, _lines(finances.existing)),
        (membership, [f"{dollars(finances.membership_year)} a year, {dollars(membership)} a month."]),
        (
            premiums,
            [
                *_lines(finances.premiums),
                "The out-of-pocket maximum of a year is not known."
                if most is None
                else f"At most {dollars(most)} a year comes on top in network.",
            ],
        ),
        (
            discretionary,
            [*_lines(finances.discretionary), f"You could do without {dollars(cuts)} of it."],
        ),
        (finances.savings, [f"{dollars(finances.savings)} a month as a buffer for the unexpected."]),
    )
    return tuple(
        Step(name=name, amount=amount, why=tuple(why))
        for name, (amount, why) in zip(STEPS, details, strict=True)
    )


def _lines(lines: Sequence[MonthlyLine]) -> list[str]:
    return [f"{line.label} {dollars(line.amount)}." for line in lines]


def _marks(finances: Finances, limits: Limits, year: int) -> tuple[Mark, ...]:
    """Orientation only; a mark of a year that is not known is left out."""
    yearly = finances.gross_year or finances.income * 12
    whose = "net income" if not finances.gross_year else "income before tax"
    known = limits.years.get(year)
    found = []
    if known is not None and known.affordability is not None:
        premium = None if finances.employer_premium is None else finances.employer_premium * 12
        found.append(
            _mark(
                f"An employer's self-only coverage counts as affordable in {year}",
                known.affordability,
                premium,
                (yearly, whose),
                "ACA affordability percentage, of household income before tax",
            )
        )
    found.append(
        _mark(
            "Researchers call a household underinsured from this share of out-of-pocket spending",
            UNDERINSURED_SPENDING,
            finances.spending_year,
            (yearly, whose),
            "Threshold of research on underinsurance, without premiums; no law",
        )
    )
    found.append(
        _mark(
            "Researchers call a household underinsured from this deductible, as a share",
            UNDERINSURED_DEDUCTIBLE,
            finances.deductible_year,
            (yearly, whose),
            "Threshold of research on underinsurance; no law",
        )
    )
    return tuple(found)


def _mark(label: str, mark: BasisPoints, amount: Cents | None, of: tuple[Cents, str], source: str) -> Mark:
    yearly, whose = of
    share = _rounded(amount * 10_000, yearly) if amount is not None and yearly else None
    yours = "yours is not known" if share is None else f"yours is {percent(share)} of {whose}"
    return Mark(label=label, mark=mark, share=share, source=source, why=f"{percent(mark)}; {yours}.")


def _rounded(top: int, bottom: int) -> int:
    """A quotient of amounts of zero or more, half up."""
    return (2 * top + bottom) // (2 * bottom)
