"""The two tax questions about a membership's fee, each with its conditions and sources (rulebook 5.3, 5.4).

May I contribute to an HSA, month by month? May untaxed money pay this fee, and how much of it? The
answers are never merged, and what nobody has said stays a question.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tracker.domain.accounts.answers import Answer, Condition, Verdict
from tracker.domain.accounts.dpc import may_contribute
from tracker.domain.accounts.hsa_eligibility import EligibleMonth, HsaPerson, eligible_months
from tracker.domain.accounts.practice_fee import PracticeFee
from tracker.domain.accounts.qualified import fee_answer
from tracker.domain.accounts.tax_savings import Saving, rates_of, tax_saved
from tracker.domain.coverage.limits import Limits
from tracker.domain.membership.tax_fee import practice_fees, said_of
from tracker.errors import UserProblem
from tracker.facts import Person
from tracker.facts.membership import AdministratorAnswer, CareStatement, TaxPocket
from tracker.money import Cents
from tracker.services.bundle import Services
from tracker.services.hsa_who import person_facts
from tracker.services.membership_care_share import (
    CareShare,
    care_share,
    day_in_year,
    for_year,
    yearly_fee,
)
from tracker.services.membership_years import MembershipShown


@dataclass(frozen=True, slots=True, kw_only=True)
class PocketAnswer:
    """Whether one pocket may pay the fee. `eligible` is of a whole year's fees, in cents.

    `saving` is the tax on it: None without a rate, and where the pocket saves none by itself.
    """

    pocket: TaxPocket
    answer: Answer
    eligible: Cents
    saving: Saving | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthAnswer:
    """One month of the first question. `about_fee` are the conditions of the law on practices' fees."""

    month: date
    answer: Answer
    about_you: tuple[Condition, ...]
    about_fee: tuple[Condition, ...]
    fee_answer: Answer | None

    @property
    def verdict(self) -> Verdict:
        return self.answer.verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class HsaMonths:
    """The first question for a person in a calendar year. `asks` say which limit is missing; then `months`
    are empty."""

    year: int
    person: Person
    months: tuple[MonthAnswer, ...]
    asks: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeeTax:
    """The second question and what it rests on. `fee` is the fee in force on `day` as a yearly one."""

    shown: MembershipShown
    day: date
    fee: PracticeFee | None
    pockets: tuple[PocketAnswer, ...]
    share: CareShare
    statements: tuple[CareStatement, ...]
    administrators: tuple[AdministratorAnswer, ...]
    people: tuple[Person, ...]
    asks: str = ""


def read_fee_tax(services: Services, shown: MembershipShown) -> FeeTax:
    """May untaxed money pay the fee of the year that is shown?"""
    membership_id = shown.membership.id or 0
    day = day_in_year(shown, services.ledger.today())
    share = care_share(services, shown)
    fee = yearly_fee(shown, day)
    said = tuple(services.membership_use.administrators(membership_id))
    asks, pockets = "", list[PocketAnswer]()
    if fee is not None:
        fees_a_year = 12 // _months_of(shown, day)
        statement = None if share.problem else for_year(share.statement, fees_a_year)
        try:
            pockets = _pockets(fee, day, services.taxes.limits(), statement, said, share)
        except UserProblem as problem:
            asks = str(problem)
    covered = shown.membership.person_ids
    everybody = services.people.people()
    return FeeTax(
        shown=shown,
        day=day,
        fee=fee,
        pockets=tuple(pockets),
        share=share,
        statements=tuple(services.membership_use.statements(membership_id)),
        administrators=said,
        people=tuple(item for item in everybody if item.id in covered) or tuple(everybody[:1]),
        asks=asks,
    )


def read_hsa_months(services: Services, person: Person, year: int) -> HsaMonths:
    """May a person contribute to an HSA? Also where the ledger has none. All practices' fees count."""
    who, limits = person_facts(services, person, years=(year,)), services.taxes.limits()
    try:
        months = eligible_months(who, year, limits)
        found = tuple(_month(item, who, limits) for item in months)
    except UserProblem as problem:
        return HsaMonths(year=year, person=person, months=(), asks=str(problem))
    return HsaMonths(year=year, person=person, months=found)


def _month(item: EligibleMonth, who: HsaPerson, limits: Limits) -> MonthAnswer:
    """A month with the conditions of the law on fees in place of the one that sums them up."""
    paid = [fee for fee in who.fees if fee.in_force(item.month)]
    if not paid:
        return MonthAnswer(
            month=item.month,
            answer=item.answer,
            about_you=item.answer.conditions,
            about_fee=(),
            fee_answer=None,
        )
    about_fee = may_contribute(who.fees, item.month, limits)
    own = item.answer.conditions[:-1]  # the last one is that of the fees
    return MonthAnswer(
        month=item.month,
        answer=item.answer,
        about_you=own,
        about_fee=about_fee.conditions,
        fee_answer=about_fee,
    )


def _pockets(
    fee: PracticeFee,
    day: date,
    limits: Limits,
    statement: CareStatement | None,
    said: tuple[AdministratorAnswer, ...],
    share: CareShare,
) -> list[PocketAnswer]:
    found = []
    for pocket in TaxPocket:
        answer = fee_answer(
            fee, pocket, day.replace(day=1), limits, statement=statement, said=said_of(said, pocket)
        )
        found.append(
            PocketAnswer(
                pocket=pocket,
                answer=answer.answer,
                eligible=answer.eligible,
                saving=_saving(pocket, answer.eligible, share),
            )
        )
    return found


def _saving(pocket: TaxPocket, eligible: Cents, share: CareShare) -> Saving | None:
    """An FSA's money always comes out of pay before tax; an HRA's is the employer's; a deduction counts
    only above its floor, which the tax worksheet works out."""
    if pocket in (TaxPocket.HRA, TaxPocket.DEDUCTION) or not eligible:
        return None
    rates = rates_of(share.tax_facts, through_payroll=True if pocket is TaxPocket.FSA else None)
    return tax_saved(eligible, rates) if rates is not None else None


def _months_of(shown: MembershipShown, day: date) -> int:
    """For how many months one fee in force on a day pays."""
    held = practice_fees(shown.membership, shown.practice)
    return next((item.months for item in held if item.in_force(day)), 12)
