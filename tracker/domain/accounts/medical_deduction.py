"""The medical expense deduction and its floor of 7.5 % of income (rulebook 5.6; Schedule A, lines 1-4)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from tracker.dates import day_text
from tracker.domain.accounts.tax_forms import TaxLine
from tracker.domain.coverage.limits import Limits, known
from tracker.facts import percent
from tracker.facts.taxes import FilingStatus as FilingStatus
from tracker.money import Cents, dollars, percent_of


@dataclass(frozen=True, slots=True, kw_only=True)
class PaidExpense:
    """Medical money paid out of own pocket, dated by the day it was paid.

    `given_back` came from insurers, HSA, FSA or HRA. A premium `before_tax` never counts.
    """

    paid_on: date
    amount: Cents
    given_back: Cents = 0
    before_tax: bool = False
    label: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MedicalDeduction:
    """The worksheet. `beats_standard` is None while other deductions or the status are not known."""

    year: int
    lines: tuple[TaxLine, ...]
    expenses: Cents
    floor: Cents
    deductible: Cents
    beats_standard: bool | None
    why: tuple[str, ...]


def medical_deduction(
    limits: Limits,
    year: int,
    income: Cents,
    expenses: Iterable[PaidExpense],
    *,
    mileage: Cents = 0,
    other_itemized: Cents | None = None,
    status: FilingStatus | None = None,
) -> MedicalDeduction:
    """What may be deducted of the year's expenses, at an adjusted gross income of zero or more.

    With `other_itemized` and `status` it also says whether itemizing beats the standard deduction.
    Raises UserProblem for a year whose floor or standard deduction is not known.
    """
    rate = known(limits.of(year).medical_deduction_floor, "floor of the medical deduction", year)
    paid = [item for item in expenses if item.paid_on.year == year and not item.before_tax]
    total = sum(max(0, item.amount - item.given_back) for item in paid) + mileage
    floor = percent_of(max(0, income), rate)
    deductible = max(0, total - floor)
    sources = tuple(_source(item) for item in paid if item.amount > item.given_back)
    lines = (
        TaxLine(
            number="1",
            label="Medical and dental expenses",
            amount=total,
            why=f"Paid in {year} and not given back"
            + (f", with {dollars(mileage)} of driving." if mileage else "."),
            sources=sources,
        ),
        TaxLine(number="2", label="Adjusted gross income", amount=income),
        TaxLine(number="3", label=f"Line 2 times {percent(rate)}", amount=floor),
        TaxLine(number="4", label="Line 1 less line 3", amount=deductible),
    )
    why = [_sentence(total, floor, deductible, percent(rate))]
    beats: bool | None = None
    if other_itemized is not None and status is not None:
        deductions = limits.of(year).standard_deduction
        standard = known(getattr(deductions, status.value), "standard deduction", year)
        beats = other_itemized + deductible > standard
        both = dollars(other_itemized + deductible)
        why.append(
            f"All your itemized deductions come to {both}, {'more' if beats else 'not more'} than the "
            f"standard deduction of {dollars(standard)}: itemizing {'helps' if beats else 'does not help'}."
        )
    elif deductible:
        why.append("It helps only if all your itemized deductions exceed the standard deduction.")
    return MedicalDeduction(
        year=year,
        lines=lines,
        expenses=total,
        floor=floor,
        deductible=deductible,
        beats_standard=beats,
        why=tuple(why),
    )


def _sentence(total: Cents, floor: Cents, deductible: Cents, rate: str) -> str:
    start = f"{dollars(total)} of expenses against a floor of {rate} of income, {dollars(floor)}"
    return (
        f"{start}: {dollars(deductible)} may be deducted." if deductible else f"{start}: nothing is left."
    )


def _source(item: PaidExpense) -> str:
    back = f" less {dollars(item.given_back)} given back" if item.given_back else ""
    return f"{day_text(item.paid_on)} {item.label or 'Payment'} {dollars(item.amount)}{back}"
