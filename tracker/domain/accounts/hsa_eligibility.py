"""In which months may I contribute to an HSA? Asked for the first day of each (rulebook 5.1, 5.4).

Every month has its conditions, each with what decided it and where the rule can be read. A month with
an open condition counts as not eligible until somebody answers it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from tracker.dates import add_months, day_text, month_text
from tracker.domain.accounts.answers import Answer, Condition, Verdict, verdict_of
from tracker.domain.accounts.dpc import CONTRIBUTE, contribute_condition
from tracker.domain.accounts.fsa import AfterYear, FsaKind, FsaYear, grace_ends_on
from tracker.domain.accounts.practice_fee import PracticeFee
from tracker.domain.coverage.limits import Limits
from tracker.facts.accounts import Cover as Cover
from tracker.facts.accounts import CoverageKind as CoverageKind
from tracker.facts.accounts import Tier as Tier
from tracker.money import Cents

MEDICARE_AGE = 65
BACKDATED_MONTHS = 6
"""Medicare Part A begins up to this many months before it was applied for."""


EXCHANGE_FROM = date(2026, 1, 1)
"""From this day bronze and catastrophic plans of an exchange count as HSA-qualified."""

_STOPS = {
    CoverageKind.OTHER_PLAN: ("a plan that is not HSA-qualified", "IRC 223(c)(1)(A)(ii)"),
    CoverageKind.SPOUSE_PLAN: ("a spouse's plan that is not HSA-qualified", "IRC 223(c)(1)(A)(ii)"),
    CoverageKind.SPOUSE_FSA: ("a spouse's general-purpose FSA", "Rev. Rul. 2004-45"),
    CoverageKind.GENERAL_HRA: ("a general-purpose HRA", "Rev. Rul. 2004-45"),
    CoverageKind.TRICARE: ("TRICARE", "IRS Notice 2004-50, Q&A-6"),
    CoverageKind.MEDICAID: ("Medicaid", "IRC 223(c)(1)(A)(ii)"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnFsa:
    """The member's own FSA year and what was left on its last day (None while not known).

    `carried_into_limited`: what was carried over went to a limited-purpose FSA instead.
    """

    year: FsaYear
    left_at_end: Cents | None = None
    carried_into_limited: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class HsaPerson:
    """What decides one person's eligible months. `dependent_years`: claimed as someone's dependent."""

    birth_date: date | None = None
    covers: tuple[Cover, ...] = ()
    fsas: tuple[OwnFsa, ...] = ()
    fees: tuple[PracticeFee, ...] = ()
    dependent_years: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class EligibleMonth:
    """One month's answer. `tier` is the qualified plan's, None without one."""

    month: date
    tier: Tier | None
    answer: Answer

    @property
    def counts(self) -> Tier | None:
        """The tier where the month is surely eligible, otherwise None."""
        return self.tier if self.answer.verdict is Verdict.YES else None

    @property
    def may_count(self) -> Tier | None:
        """The tier where the month is eligible or would be if the open questions end well."""
        return self.tier if self.answer.verdict in (Verdict.YES, Verdict.ASK) else None


def eligible_months(person: HsaPerson, year: int, limits: Limits) -> tuple[EligibleMonth, ...]:
    """The twelve months of a year. Raises UserProblem where a fee's cap of that year is not known."""
    return tuple(_month(person, date(year, number, 1), limits) for number in range(1, 13))


def part_a_warning(
    person: HsaPerson, applied_on: date, contributed: Iterable[date]
) -> tuple[str, tuple[date, ...]]:
    """Contributed months that Medicare Part A may undo, with a sentence; empty where there is none.

    Part A reaches back up to six months before the application, never before the month of turning 65.
    """
    if person.birth_date is None:
        return "", ()
    from_65 = add_months(person.birth_date, MEDICARE_AGE * 12).replace(day=1)
    begins = max(from_65, add_months(applied_on.replace(day=1), -BACKDATED_MONTHS))
    hit = tuple(sorted(month for month in contributed if begins <= month < applied_on))
    if not hit:
        return "", ()
    return (
        f"Medicare Part A may begin on {day_text(begins)}, up to six months before you apply. "
        f"Contributions for {month_text(hit[0])} and later would then be too much.",
        hit,
    )


def _month(person: HsaPerson, month: date, limits: Limits) -> EligibleMonth:
    covers = [cover for cover in person.covers if cover.on(month)]
    tier = _tier(covers, month)
    conditions = [
        _qualified(covers, month),
        *_stops(covers),
        _fsa(person.fsas, month),
        _medicare(covers),
        _dependent(person, month),
    ]
    if person.fees:
        conditions.append(contribute_condition(person.fees, month, limits))
    verdict = verdict_of(conditions)
    answer = Answer(
        question=CONTRIBUTE,
        verdict=verdict,
        sentence=_sentence(month, verdict, conditions),
        conditions=tuple(conditions),
    )
    return EligibleMonth(month, tier, answer)


def _sentence(month: date, verdict: Verdict, conditions: list[Condition]) -> str:
    name = month_text(month)
    if verdict is Verdict.YES:
        return f"{name} counts: every condition holds on the 1st."
    wanted = False if verdict is Verdict.NO else None
    reasons = " ".join(found.why for found in conditions if found.passes is wanted)
    said = "does not count" if verdict is Verdict.NO else "is not settled"
    return f"{name} {said}: {reasons}"


def _tier(covers: list[Cover], month: date) -> Tier | None:
    tiers = {cover.tier for cover in covers if _is_qualified(cover, month)}
    return Tier.FAMILY if Tier.FAMILY in tiers else Tier.SELF if tiers else None


def _is_qualified(cover: Cover, month: date) -> bool:
    if cover.kind is CoverageKind.EXCHANGE_PLAN:
        return month >= EXCHANGE_FROM
    return cover.kind is CoverageKind.HDHP


def _qualified(covers: list[Cover], month: date) -> Condition:
    what = "An HSA-qualified plan covers you on the 1st"
    for cover in covers:
        if _is_qualified(cover, month):
            exchange = cover.kind is CoverageKind.EXCHANGE_PLAN
            source = "IRC 223(c)(2)(H); IRS Notice 2026-5" if exchange else "IRC 223(c)(1)(A)(i)"
            kind = "a bronze or catastrophic exchange plan" if exchange else "a high-deductible health plan"
            return Condition(what, True, f"{cover.name or 'Your plan'} is {kind}.", source)
    if any(cover.kind is CoverageKind.EXCHANGE_PLAN for cover in covers):
        why = "Bronze and catastrophic exchange plans count only from January 2026."
        return Condition(what, False, why, "IRC 223(c)(2)(H); IRS Notice 2026-5")
    return Condition(what, False, "No HSA-qualified plan covers you on the 1st.", "IRC 223(c)(1)(A)(i)")


def _stops(covers: list[Cover]) -> list[Condition]:
    what = "No other health coverage"
    found = [
        Condition(what, False, f"You are also covered by {words}.", source)
        for cover in covers
        if cover.kind in _STOPS
        for words, source in (_STOPS[cover.kind],)
    ]
    return found or [Condition(what, True, "No other coverage stands against it.", "IRC 223(c)(1)(A)(ii)")]


def _medicare(covers: list[Cover]) -> Condition:
    enrolled = any(cover.kind is CoverageKind.MEDICARE for cover in covers)
    why = "You are enrolled in Medicare." if enrolled else "You are not enrolled in any part of Medicare."
    return Condition("Not enrolled in Medicare", not enrolled, why, "IRC 223(b)(7)")


def _dependent(person: HsaPerson, month: date) -> Condition:
    dependent = month.year in person.dependent_years
    why = "Somebody claims you as a dependent." if dependent else "Nobody claims you as a dependent."
    return Condition("Not a tax dependent", not dependent, why, "IRC 223(b)(6)")


def _fsa(fsas: tuple[OwnFsa, ...], month: date) -> Condition:
    what = "No general-purpose FSA of your own"
    asked: Condition | None = None
    for own in fsas:
        found = _fsa_conflict(own, month, what)
        if found is not None and found.passes is False:
            return found
        asked = asked or found
    return asked or Condition(
        what, True, "No general-purpose FSA pays for this month.", "Rev. Rul. 2004-45"
    )


def _fsa_conflict(own: OwnFsa, month: date, what: str) -> Condition | None:
    """How one FSA year stands against a month; None where it does not."""
    year = own.year
    if year.kind is not FsaKind.GENERAL:
        return None
    if year.begins_on <= month <= year.ends_on:
        return Condition(what, False, "Your general-purpose FSA covers this month.", "Rev. Rul. 2004-45")
    left = own.left_at_end
    if left == 0 or month <= year.ends_on:
        return None
    if year.after is AfterYear.GRACE and month <= grace_ends_on(year.ends_on):
        if left is None:
            why = "It depends on whether your FSA was at zero when its year ended."
            return Condition(what, None, why, "IRS Notice 2005-86")
        until = day_text(grace_ends_on(year.ends_on))
        why = f"Your FSA's grace period runs until {until} and money was left."
        return Condition(what, False, why, "IRS Notice 2005-86")
    over = year.after is AfterYear.CARRY_OVER and not own.carried_into_limited
    if over and month <= add_months(year.ends_on, 12):
        if left is None:
            why = "It depends on whether your FSA carries money over into this year."
            return Condition(what, None, why, "IRS Chief Counsel Advice 201413005")
        why = "Money carried over in a general-purpose FSA covers this whole plan year."
        return Condition(what, False, why, "IRS Chief Counsel Advice 201413005")
    return None
