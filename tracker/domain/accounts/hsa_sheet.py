"""Form 8889 of one HSA owner with the entries behind each line (rulebook 5.1).

While the year's limit is not known, the lines that do not need it are shown all the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tracker.domain.accounts.hsa_contributions import HsaContribution
from tracker.domain.accounts.hsa_distributions import DistributionTax, HsaDistribution
from tracker.domain.accounts.tax_forms import Form8889, TaxLine, distribution_lines
from tracker.domain.accounts.tax_sheet import NOT_KNOWN, Ask, SheetLine, Source, with_sources
from tracker.facts.accounts import MoneySource
from tracker.money import Cents

_NEEDS_LIMIT = (
    ("3", "Limit for your coverage and months"),
    ("6", "Your share where your spouse has an HSA too"),
    ("8", "Lines 6 and 7"),
    ("12", "Line 8 less line 11"),
    ("13", "HSA deduction: the smaller of lines 2 and 12"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class HsaEntries:
    """What moved, as entries of the form. `own` and `employer` are less an excess taken back in time.

    `taken` are distributions, `off` what line 14b takes off again, `for_care` the parts that paid for
    care and `without_care` those that did not. `own` and the others add up to their lines.
    """

    own: tuple[Source, ...] = ()
    employer: tuple[Source, ...] = ()
    taken: tuple[Source, ...] = ()
    off: tuple[Source, ...] = ()
    for_care: tuple[Source, ...] = ()
    without_care: tuple[Source, ...] = ()

    def by_line(self) -> dict[str, tuple[Source, ...]]:
        """The entries by the number of their line."""
        return {
            "2": self.own,
            "9": self.employer,
            "14a": (*self.taken, *self.off),
            "14b": self.off,
            "15": self.for_care,
            "16": self.without_care,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class HsaSheet:
    """One owner's form. `is_complete`: the limit was known. `tax` is that on what was not for care."""

    person_id: int
    person: str
    lines: tuple[SheetLine, ...]
    remarks: tuple[str, ...]
    is_complete: bool
    tax: DistributionTax
    without_care: tuple[Source, ...]
    own: Cents
    payroll: Cents
    asks: tuple[Ask, ...]


def form_lines(
    form: Form8889 | None,
    entries: HsaEntries,
    contributions: Sequence[HsaContribution],
    taken: Sequence[HsaDistribution],
    rolled_over: Cents,
) -> tuple[SheetLine, ...]:
    """The lines of the form, or what can be said of them while the limit is not known (`form` None)."""
    if form is not None:
        return tuple(with_sources(form.lines, entries.by_line()))
    own = sum(item.amount for item in contributions if item.source is MoneySource.OWN)
    others = sum(item.amount for item in contributions if item.source is not MoneySource.OWN)
    known = [
        TaxLine(number="2", label="Contributions you made for the year", amount=own),
        TaxLine(number="9", label="Employer and payroll contributions", amount=others),
    ]
    blank = [
        TaxLine(number=number, label=label, amount=None, words=NOT_KNOWN) for number, label in _NEEDS_LIMIT
    ]
    first = sorted((*known, *blank), key=lambda line: int(line.number))
    return tuple(with_sources((*first, *distribution_lines(taken, rolled_over)), entries.by_line()))


def less_excess(
    own: Sequence[Source], employer: Sequence[Source], excess: Sequence[Source]
) -> tuple[tuple[Source, ...], tuple[Source, ...]]:
    """Deposits less an excess taken back in time, own money first; `excess` are amounts above zero."""
    room = sum(item.amount for item in own)
    others = sum(item.amount for item in employer)
    first, second = list(own), list(employer)
    for item in excess:
        part = min(item.amount, room)
        rest = min(item.amount - part, others)
        room, others = room - part, others - rest
        for side, amount in ((first, part), (second, rest)):
            if amount:
                side.append(
                    Source(
                        on=item.on,
                        name="Excess taken back",
                        amount=-amount,
                        payment_id=item.payment_id,
                        note=item.note,
                    )
                )
    return tuple(first), tuple(second)
