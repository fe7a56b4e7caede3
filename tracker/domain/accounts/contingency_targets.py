"""How large should the contingency fund be? Four methods side by side (rulebook 7.4).

The member picks one. No target is below zero or above everything that could still come: what is left
of the out-of-pocket maximums, listed care that is not covered, and expected balance bills.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from tracker.dates import add_months, day_text, first_of, month_text
from tracker.errors import UserProblem
from tracker.facts import percent
from tracker.facts.household_budget import TargetMethod as TargetMethod
from tracker.money import BasisPoints, Cents, dollars, percent_of, split_evenly


@dataclass(frozen=True, slots=True, kw_only=True)
class Exposure:
    """What the household could still have to pay this year beyond its plans."""

    oop_max: Cents
    oop_used: Cents
    not_covered: Cents = 0
    balance_bills: Cents = 0

    @property
    def remaining(self) -> Cents:
        """What is left of the in-network out-of-pocket maximums."""
        return max(0, self.oop_max - self.oop_used)

    @property
    def listed(self) -> Cents:
        """Costs outside the maximum that are expected anyway."""
        return self.not_covered + self.balance_bills

    @property
    def most(self) -> Cents:
        return self.remaining + self.listed


@dataclass(frozen=True, slots=True, kw_only=True)
class CostScenario:
    """Something that may happen: how likely it is and what it would cost the member."""

    label: str
    probability: BasisPoints
    cost: Cents


@dataclass(frozen=True, slots=True, kw_only=True)
class FundTarget:
    """A target by one method, with its arithmetic."""

    method: TargetMethod
    amount: Cents
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Funding:
    """How a fund gets from its balance to a target. `funded` is a share of the target, None for none."""

    target: Cents
    balance: Cents
    missing: Cents
    deposits: tuple[Cents, ...]
    funded: BasisPoints | None
    why: str

    @property
    def monthly(self) -> Cents:
        return self.deposits[0] if self.deposits else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Draw:
    """Money taken from the fund for something, or put back; amounts are zero or more."""

    on: date
    amount: Cents
    label: str = ""
    repays: bool = False


def by_exposure(exposure: Exposure, probability: BasisPoints) -> FundTarget:
    """A share of what is left of the maximums, plus listed costs. Raises UserProblem above 100 %."""
    _check(probability)
    part = percent_of(exposure.remaining, probability)
    why = [
        f"{dollars(exposure.oop_max)} less {dollars(exposure.oop_used)} used leaves "
        f"{dollars(exposure.remaining)}; {percent(probability)} of it is {dollars(part)}.",
    ]
    if exposure.listed:
        why.append(f"Expected care that is not covered and balance bills add {dollars(exposure.listed)}.")
    return _target(TargetMethod.EXPOSURE, part + exposure.listed, exposure, why)


def by_scenarios(exposure: Exposure, scenarios: Iterable[CostScenario]) -> FundTarget:
    """The sum of probability times cost over the scenarios."""
    total, why = 0, []
    for scenario in scenarios:
        _check(scenario.probability)
        part = percent_of(max(0, scenario.cost), scenario.probability)
        total += part
        share = f"{percent(scenario.probability)} of {dollars(scenario.cost)}"
        why.append(f"{scenario.label}: {share} is {dollars(part)}.")
    return _target(TargetMethod.SCENARIOS, total, exposure, why or ["No scenario is entered."])


def by_quantile(
    exposure: Exposure, outcomes: Sequence[Cents], quantile: BasisPoints, *, budgeted: Cents = 0
) -> FundTarget:
    """A quantile of simulated costs, less what the budget holds for copays, drugs and the deductible.

    Nearest rank: the k-th smallest of N with k = ceil(q N). Raises UserProblem without outcomes.
    """
    if not outcomes:
        raise UserProblem("No year was simulated yet.", "Simulate one first.", field="outcomes")
    _check(quantile)
    rank = max(1, -(-len(outcomes) * quantile // 10_000))
    found = sorted(outcomes)[rank - 1]
    share = percent(quantile)
    why = [
        f"In {share} of {len(outcomes):,} simulated years you pay {dollars(found)} or less.",
        f"Your budget holds {dollars(budgeted)} of it already.",
    ]
    return _target(TargetMethod.QUANTILE, found - budgeted, exposure, why)


def by_full_exposure(exposure: Exposure) -> FundTarget:
    """Everything that is left of the maximums."""
    why = [f"All of {dollars(exposure.remaining)} that is left of the out-of-pocket maximum."]
    return _target(TargetMethod.FULL, exposure.remaining, exposure, why)


def funding(target: Cents, balance: Cents, months: int) -> Funding:
    """Monthly deposits that reach a target; odd cents go to the earliest months.

    Raises UserProblem for no month at all.
    """
    if months < 1:
        raise UserProblem("The fund needs one month or more.", "Choose a later month.", field="months")
    missing = max(0, target - balance)
    deposits = tuple(split_evenly(missing, months)) if missing else ()
    funded = min(10_000, max(0, balance) * 10_000 // target) if target > 0 else None
    if not missing:
        why = f"{dollars(balance)} reaches the target of {dollars(target)}."
    else:
        count = "1 month" if months == 1 else f"{months} months"
        why = (
            f"{dollars(target)} less {dollars(balance)} leaves {dollars(missing)}: "
            f"{dollars(deposits[0])} a month for {count}."
        )
    return Funding(
        target=target, balance=balance, missing=missing, deposits=deposits, funded=funded, why=why
    )


def outstanding(draws: Iterable[Draw]) -> Cents:
    """What was drawn and is not repaid yet; never below zero."""
    return max(0, sum(-draw.amount if draw.repays else draw.amount for draw in draws))


def repayment(draws: Sequence[Draw], *, months: int, today: date) -> tuple[tuple[date, Cents], ...]:
    """A plan to put back what was drawn: a month (its first day) and an amount, from next month on."""
    owed = outstanding(draws)
    if not owed:
        return ()
    if months < 1:
        raise UserProblem("Repaying takes one month or more.", "Choose the months.", field="months")
    first = add_months(first_of(today), 1)
    return tuple((add_months(first, place), part) for place, part in enumerate(split_evenly(owed, months)))


def draw_words(draws: Sequence[Draw], plan: Sequence[tuple[date, Cents]]) -> tuple[str, ...]:
    """What was drawn for what, and how it comes back, in sentences."""
    said = [
        f"{dollars(draw.amount)} {'put back' if draw.repays else 'drawn'} on {day_text(draw.on)}"
        + (f" for {draw.label}." if draw.label and not draw.repays else ".")
        for draw in draws
    ]
    if plan:
        said.append(
            f"{dollars(outstanding(draws))} is to be put back: {dollars(plan[0][1])} a month until "
            f"{month_text(plan[-1][0])}."
        )
    return tuple(said)


def _target(method: TargetMethod, amount: Cents, exposure: Exposure, why: list[str]) -> FundTarget:
    within = max(0, min(amount, exposure.most))
    if amount > exposure.most:
        why = [*why, f"More than {dollars(exposure.most)} cannot come, so the target stops there."]
    return FundTarget(method=method, amount=within, why=tuple(why))


def _check(rate: BasisPoints) -> None:
    if not 0 <= rate <= 10_000:
        raise UserProblem("A probability is from 0 to 100%.", "Check the percentage.", field="probability")
