"""A health FSA's plan year: election, uniform coverage, grace or carry-over, run-out (rulebook 5.2).

The whole election can be used from the first day. What is left after the year is lost, unless the
employer gives a grace period or lets some be carried over, never both.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from tracker.dates import Period, add_months, day_text
from tracker.domain.coverage.limits import Limits, known
from tracker.errors import UserProblem
from tracker.facts.accounts import RUN_OUT_DAYS as RUN_OUT_DAYS
from tracker.facts.accounts import AfterYear as AfterYear
from tracker.facts.accounts import FsaKind as FsaKind
from tracker.facts.accounts import FsaYear as FsaYear
from tracker.facts.accounts import grace_ends_on as grace_ends_on
from tracker.money import Cents, dollars


@dataclass(frozen=True, slots=True, kw_only=True)
class FsaClaim:
    """An expense claimed from the FSA, dated by when the care was given.

    `reimbursed` is what the FSA paid; `asked` what was asked for.
    """

    incurred_on: date
    asked: Cents
    reimbursed: Cents = 0
    filed_on: date | None = None
    label: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FsaStanding:
    """What an FSA can still pay on a day."""

    available: Cents
    spent: Cents
    spent_in_grace: Cents
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Forfeiture:
    """What becomes of money left over at the end of a plan year; the parts add to `unused`."""

    unused: Cents
    used_in_grace: Cents
    carried_over: Cents
    forfeited: Cents
    why: tuple[str, ...]


def check_fsa_year(fsa: FsaYear, limits: Limits) -> None:
    """Raises UserProblem for dates that cannot be, or an election above the law's limit.

    The limit of the year in which the plan year begins counts; a year without a published limit
    raises too and asks.
    """
    if fsa.ends_on < fsa.begins_on:
        raise UserProblem("The plan year ends before it begins.", "Check the two dates.", field="ends_on")
    if fsa.ends_on >= add_months(fsa.begins_on, 12):
        raise UserProblem(
            "An FSA's plan year is twelve months at most.", "Check the two dates.", field="ends_on"
        )
    if fsa.election < 0 or fsa.carried_in < 0:
        raise UserProblem("An FSA holds zero or more.", "Check the amount.", field="election")
    if fsa.run_out_ends_on is not None and fsa.run_out_ends_on < fsa.ends_on:
        raise UserProblem(
            "The last day to file claims lies before the end of the plan year.",
            "Check the date in your plan's summary.",
            field="run_out_ends_on",
        )
    year = fsa.begins_on.year
    most = known(limits.of(year).fsa_contribution, "health FSA limit", year)
    if fsa.election > most:
        raise UserProblem(
            f"The law's limit for {year} is {dollars(most)} for each employee.",
            "Check the election; money carried over is entered by itself.",
            field="election",
        )


def refusal(fsa: FsaYear, claim: FsaClaim, today: date) -> str:
    """Why the FSA cannot pay a claim yet or at all; empty where nothing stands against it.

    Care counts when it is given, not when it is billed or paid, so a retainer paid ahead waits.
    """
    if claim.incurred_on > today:
        return (
            "The care has not been given yet; an FSA pays after the day of care, not when a bill is paid."
        )
    if claim.incurred_on < fsa.begins_on:
        return f"The care was given before the plan year began on {day_text(fsa.begins_on)}."
    if claim.incurred_on > fsa.spend_by:
        return f"The care was given after {day_text(fsa.spend_by)}, the last day this plan year pays for."
    if (claim.filed_on or today) > fsa.file_by:
        return f"Claims of this plan year had to be filed by {day_text(fsa.file_by)}."
    return ""


def standing(fsa: FsaYear, claims: Iterable[FsaClaim]) -> FsaStanding:
    """What is left to spend: the whole election from the first day, less what was reimbursed."""
    spent, in_grace = _spent(fsa, claims)
    available = max(0, fsa.usable - spent - in_grace)
    why = [f"Election {dollars(fsa.election)}, all of it usable from {day_text(fsa.begins_on)}."]
    if fsa.carried_in:
        why.append(f"Carried over from the year before: {dollars(fsa.carried_in)}.")
    why.append(f"Reimbursed so far: {dollars(spent + in_grace)}. Left: {dollars(available)}.")
    return FsaStanding(available=available, spent=spent, spent_in_grace=in_grace, why=tuple(why))


def carry_over_cap(fsa: FsaYear, limits: Limits) -> Cents:
    """The most that may leave a plan year; the plan's own cap counts where it is lower.

    Raises UserProblem where neither is known.
    """
    year = fsa.begins_on.year
    found = limits.years.get(year)
    law = found.fsa_carry_over if found is not None else None
    if fsa.carry_over_most is not None:
        # Out of 2020 and 2021 a special law allowed everything, so the plan's own word stands there.
        return fsa.carry_over_most if law is None or year < 2022 else min(fsa.carry_over_most, law)
    return known(law, "FSA carry-over limit", year)


def forfeiture(fsa: FsaYear, spent: Cents, limits: Limits, *, spent_in_grace: Cents = 0) -> Forfeiture:
    """What is carried over, used in the grace period and lost, given what the year's care used up."""
    unused = max(0, fsa.usable - spent)
    why = [f"{dollars(fsa.usable)} less {dollars(spent)} spent leaves {dollars(unused)}."]
    grace = over = 0
    if fsa.after is AfterYear.GRACE:
        grace = min(unused, spent_in_grace)
        until = day_text(fsa.spend_by)
        why.append(f"Care until {until}, the end of the grace period, uses {dollars(grace)}.")
    elif fsa.after is AfterYear.CARRY_OVER and unused:
        cap = carry_over_cap(fsa, limits)
        over = min(unused, cap)
        why.append(f"At most {dollars(cap)} may be carried over, so {dollars(over)} goes to the next year.")
    lost = unused - grace - over
    why.append(f"{dollars(lost)} is lost." if lost else "Nothing is lost.")
    return Forfeiture(unused=unused, used_in_grace=grace, carried_over=over, forfeited=lost, why=tuple(why))


def _spent(fsa: FsaYear, claims: Iterable[FsaClaim]) -> tuple[Cents, Cents]:
    """Reimbursed for care of the plan year itself, and of its grace period."""
    period = Period(fsa.begins_on, fsa.ends_on + timedelta(days=1))
    spent = grace = 0
    for claim in claims:
        if claim.incurred_on in period:
            spent += claim.reimbursed
        elif fsa.ends_on < claim.incurred_on <= fsa.spend_by:
            grace += claim.reimbursed
    return spent, grace
