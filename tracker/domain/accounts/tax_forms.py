"""A line of a tax worksheet, and Form 8889 for one HSA owner's year (rulebook 5.1).

The lines follow the form's own numbers and arithmetic. Every line lists what it was made of, so that
it can be checked against paper. It is a worksheet to copy from, not a filed form.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tracker.dates import day_text
from tracker.domain.accounts.hsa_contributions import HsaContribution
from tracker.domain.accounts.hsa_distributions import ADDITIONAL_TAX, HsaDistribution
from tracker.domain.accounts.hsa_eligibility import Tier
from tracker.domain.accounts.hsa_limits import TESTING_TAX, FailedTesting, HsaLimit
from tracker.facts.accounts import MoneySource
from tracker.money import Cents, dollars, percent_of


@dataclass(frozen=True, slots=True, kw_only=True)
class TaxLine:
    """One line. `amount` is None for a line that is a choice; `sources` name the facts behind it."""

    number: str
    label: str
    amount: Cents | None
    words: str = ""
    why: str = ""
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Form8889:
    """The three parts of the form for a year."""

    year: int
    contributions: tuple[TaxLine, ...]
    distributions: tuple[TaxLine, ...]
    failed_testing: tuple[TaxLine, ...]
    remarks: tuple[str, ...]

    @property
    def lines(self) -> tuple[TaxLine, ...]:
        return self.contributions + self.distributions + self.failed_testing

    def amount(self, number: str) -> Cents:
        """A line's amount; raises KeyError for a line that is not there."""
        found = {line.number: line.amount for line in self.lines}
        return found[number] or 0


def form_8889(
    limit: HsaLimit,
    contributions: Sequence[HsaContribution],
    distributions: Sequence[HsaDistribution],
    *,
    married_with_family: bool = False,
    rolled_over: Cents = 0,
    failed: FailedTesting | None = None,
) -> Form8889:
    """Form 8889 of the limit's year.

    `married_with_family` puts the catch-up on line 7 as the form wants it for spouses with family
    coverage; otherwise line 3 holds it. `rolled_over` of the distributions went to another HSA or took
    an excess back in time. `failed` is a testing period that failed in this year.
    """
    made = [item for item in contributions if item.tax_year == limit.year]
    taken = [item for item in distributions if item.paid_on.year == limit.year]
    first, remarks = _part_one(limit, made, married_with_family)
    second = distribution_lines(taken, rolled_over)
    third = _part_three(failed) if failed is not None and failed.year == limit.year else ()
    return Form8889(
        year=limit.year,
        contributions=first,
        distributions=second,
        failed_testing=third,
        remarks=remarks,
    )


def _part_one(
    limit: HsaLimit, made: Sequence[HsaContribution], married_with_family: bool
) -> tuple[tuple[TaxLine, ...], tuple[str, ...]]:
    own = [item for item in made if item.source is MoneySource.OWN]
    others = [item for item in made if item.source is not MoneySource.OWN]
    line_2, line_9 = (sum(item.amount for item in items) for items in (own, others))
    shared = limit.before_split is not None
    line_7 = limit.catch_up if married_with_family or shared else 0
    line_6 = limit.limit - line_7
    line_3 = line_6 if limit.before_split is None else limit.before_split
    line_8 = line_6 + line_7
    line_12 = max(0, line_8 - line_9)
    line_13 = min(line_2, line_12)
    family = _mostly_family(limit)
    lines = (
        TaxLine(
            number="1",
            label="Coverage of your HSA-qualified plan",
            amount=None,
            words="Family" if family else "Self-only",
        ),
        TaxLine(
            number="2",
            label="Contributions you made for the year",
            amount=line_2,
            sources=tuple(_contribution(item) for item in own),
        ),
        TaxLine(
            number="3",
            label="Limit for your coverage and months",
            amount=line_3,
            why=" ".join(limit.why),
        ),
        TaxLine(number="4", label="Archer MSA contributions", amount=0, why="None are kept here."),
        TaxLine(number="5", label="Line 3 less line 4", amount=line_3),
        TaxLine(
            number="6",
            label="Your share where your spouse has an HSA too",
            amount=line_6,
            why="By the split you agreed on." if shared else "Nothing is shared.",
        ),
        TaxLine(number="7", label="Catch-up for spouses with family coverage", amount=line_7),
        TaxLine(number="8", label="Lines 6 and 7", amount=line_8),
        TaxLine(
            number="9",
            label="Employer and payroll contributions",
            amount=line_9,
            sources=tuple(_contribution(item) for item in others),
        ),
        TaxLine(number="10", label="Funding from an IRA", amount=0, why="None is kept here."),
        TaxLine(number="11", label="Lines 9 and 10", amount=line_9),
        TaxLine(number="12", label="Line 8 less line 11", amount=line_12),
        TaxLine(
            number="13",
            label="HSA deduction: the smaller of lines 2 and 12",
            amount=line_13,
            why=f"The smaller of {dollars(line_2)} and {dollars(line_12)}.",
        ),
    )
    remarks = []
    if line_2 > line_13:
        remarks.append(
            f"{dollars(line_2 - line_13)} on line 2 lies above line 13: take it out by the filing deadline "
            "or see Form 5329."
        )
    if line_9 > line_8:
        remarks.append(
            f"Employer contributions are {dollars(line_9 - line_8)} above the limit; they may be wages."
        )
    return lines, tuple(remarks)


def distribution_lines(taken: Sequence[HsaDistribution], rolled_over: Cents) -> tuple[TaxLine, ...]:
    """Part II of a year's distributions. It needs no limit of the law."""
    line_14a = sum(item.amount for item in taken)
    line_14b = min(rolled_over, line_14a)
    line_14c = line_14a - line_14b
    line_15 = min(sum(item.qualified for item in taken), line_14c)
    line_16 = line_14c - line_15
    excepted = sum(item.amount - item.qualified for item in taken if item.excepted)
    line_17b = percent_of(max(0, line_16 - excepted), ADDITIONAL_TAX)
    return (
        TaxLine(
            number="14a",
            label="Distributions of the year",
            amount=line_14a,
            sources=tuple(f"{day_text(item.paid_on)} {dollars(item.amount)}" for item in taken),
        ),
        TaxLine(number="14b", label="Rolled over, or an excess taken back", amount=line_14b),
        TaxLine(number="14c", label="Line 14a less line 14b", amount=line_14c),
        TaxLine(
            number="15",
            label="Spent on qualified medical expenses",
            amount=line_15,
            sources=tuple(
                f"{day_text(item.paid_on)} {dollars(item.qualified)}" for item in taken if item.qualified
            ),
        ),
        TaxLine(number="16", label="Taxable distributions", amount=line_16),
        TaxLine(
            number="17a",
            label="An exception to the 20% tax",
            amount=None,
            words="Yes" if excepted else "No",
            why="From age 65, for disability, and after death." if excepted else "",
        ),
        TaxLine(number="17b", label="Additional tax of 20%", amount=line_17b),
    )


def _part_three(failed: FailedTesting) -> tuple[TaxLine, ...]:
    return (
        TaxLine(
            number="18", label="Last-month rule that failed", amount=failed.income, why=" ".join(failed.why)
        ),
        TaxLine(number="19", label="Funding from an IRA that failed", amount=0, why="None is kept here."),
        TaxLine(number="20", label="Lines 18 and 19, other income", amount=failed.income),
        TaxLine(
            number="21",
            label="Additional tax of 10%",
            amount=percent_of(failed.income, TESTING_TAX),
        ),
    )


def _mostly_family(limit: HsaLimit) -> bool:
    """The form's box: family if it was family on December 1, else the tier of more months."""
    if limit.months[11] is not None:
        return limit.months[11] is Tier.FAMILY
    return limit.months.count(Tier.FAMILY) > limit.months.count(Tier.SELF)


def _contribution(item: HsaContribution) -> str:
    return f"{day_text(item.paid_on)} {dollars(item.amount)}"
