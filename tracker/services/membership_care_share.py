"""How much of a membership year's fees is care by the practice's own word, and the tax on it (5.3, 5.7)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from tracker.dates import day_text
from tracker.domain.accounts.practice_fee import FeeSplit, PracticeFee, split_fee
from tracker.domain.accounts.tax_savings import Saving, TaxRates, rates_of, tax_saved
from tracker.domain.membership.tax_fee import MONTHS, practice_fees, statement_on
from tracker.domain.membership.year import FeeState, MembershipYear
from tracker.errors import UserProblem
from tracker.facts.membership import CareStatement
from tracker.facts.taxes import TaxFacts
from tracker.money import Cents
from tracker.services.bundle import Services
from tracker.services.membership_years import MembershipShown


@dataclass(frozen=True, slots=True, kw_only=True)
class CareShare:
    """A year's fees in their parts. `count` fees of the year were added up, without enrollment fees.

    `statement` is the practice's word in force. `rates` are None where the federal rate of `tax_year`
    is not known; `saving` is what untaxed money saves on the part that counts. `problem` says why a
    statement cannot be applied, `remark` what it leaves open.
    """

    split: FeeSplit
    count: int
    statement: CareStatement | None
    tax_year: int
    tax_facts: TaxFacts
    rates: TaxRates | None
    saving: Saving | None
    problem: str = ""
    remark: str = ""


def care_share(services: Services, shown: MembershipShown) -> CareShare:
    """The care share of the year that is shown, under the practice's latest statement."""
    day = day_in_year(shown, services.ledger.today())
    said = services.membership_use.statements(shown.membership.id or 0)
    return share_of(shown.year, said, services.taxes.facts(day.year), day)


def share_of(
    year: MembershipYear, statements: Sequence[CareStatement], facts: TaxFacts, day: date
) -> CareShare:
    """The care share of a year's fees on a day. Without a written statement nothing counts."""
    fees = [
        item for item in year.fees if item.fee.frequency in MONTHS and item.state is not FeeState.SKIPPED
    ]
    total = sum(item.fee.amount for item in fees)
    statement = statement_on(statements, day) or min(
        statements, key=lambda item: item.stated_on, default=None
    )
    problem = ""
    try:
        split = split_fee(total, for_year(statement, len(fees)))
    except UserProblem as found:
        split, problem = split_fee(total, None), str(found)
    rates = rates_of(facts)
    early = statement is not None and any(item.due_on < statement.stated_on for item in fees)
    remark = ""
    if statement is not None and early and split.care:
        remark = (
            f"The statement is of {day_text(statement.stated_on)}. A fee paid before counts only when the "
            "practice puts it in writing for that one too."
        )
    return CareShare(
        split=split,
        count=len(fees),
        statement=statement,
        tax_year=facts.year,
        tax_facts=facts,
        rates=rates,
        saving=tax_saved(split.counts_now, rates) if rates is not None else None,
        problem=problem,
        remark=remark,
    )


def for_year(statement: CareStatement | None, count: int) -> CareStatement | None:
    """A statement about each fee as one about `count` of them together."""
    if statement is None or statement.amount is None:
        return statement
    return replace(statement, amount=statement.amount * count)


def yearly_fee(shown: MembershipShown, day: date) -> PracticeFee | None:
    """The fee in force on a day, as one for the whole year that is shown; None where there is none.

    A year cut short still reads as twelve months: the fee of each month is what the law's cap compares.
    """
    found = [item for item in practice_fees(shown.membership, shown.practice) if item.in_force(day)]
    if not found:
        return None
    amount: Cents = sum(item.amount * 12 // item.months for item in found)
    return replace(found[0], amount=amount, months=12)


def day_in_year(shown: MembershipShown, today: date) -> date:
    """Today, or the nearest day of the membership year that is shown."""
    period = shown.year.period
    return min(max(today, period.begin), period.last_day)
