"""The tax worksheet of a calendar year: every line with its entries, and what is missing (section 5).

Reading takes a moment: ask off the UI thread.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from tracker.domain.accounts.answers import Verdict
from tracker.domain.accounts.expenses import Counted, of_year
from tracker.domain.accounts.hsa_sheet import HsaSheet
from tracker.domain.accounts.mileage_log import MileageLog, mileage_log
from tracker.domain.accounts.pocket_savings import PocketSaving, after_tax, pocket_savings
from tracker.domain.accounts.tax_sheet import Ask, Asked
from tracker.domain.accounts.tax_worksheet import (
    Deductible,
    Group,
    MedicalSheet,
    deductible,
    expense_sources,
    medical_sheet,
)
from tracker.facts.expenses import Expense
from tracker.facts.membership import TaxPocket
from tracker.facts.taxes import OwnLimit, TaxFacts
from tracker.money import Cents, dollars
from tracker.services.bundle import Services
from tracker.services.hra_year import HraShown, read_hra_years
from tracker.services.hsa_year import HsaYear
from tracker.services.tax_fsa import FsaSummary, read_fsa_summaries, touches
from tracker.services.tax_hsa import hsa_sheet, read_hsa_years
from tracker.services.tax_limits import read_limits

_OPEN = (Verdict.ASK, Verdict.LETTER)


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpenseShown:
    """One expense of the year with what counts for each pocket and what stands on line 1.

    `after_tax` is what it costs once untaxed money pays what counts, None while no rate is known.
    """

    expense: Expense
    hsa: Counted
    fsa: Counted
    deduction: Counted
    line: Deductible
    after_tax: Cents | None

    @property
    def is_open(self) -> bool:
        """Whether the member has still to say what it was, or to get a letter."""
        return any(item.verdict in _OPEN for item in (self.hsa, self.fsa, self.deduction))


@dataclass(frozen=True, slots=True, kw_only=True)
class TaxYear:
    """All of a year. `marked` is what is marked as deducted on its return, in cents.

    `untold_premiums` are premiums on the worksheet of which the member has not said that they came out
    of pay before tax. `sources` name where the year's limits can be read.
    """

    year: int
    today: date
    facts: TaxFacts
    hsa: tuple[HsaYear, ...]
    forms: tuple[HsaSheet, ...]
    medical: MedicalSheet
    expenses: tuple[ExpenseShown, ...]
    mileage: MileageLog
    fsa: tuple[FsaSummary, ...]
    hra: tuple[HraShown, ...]
    savings: tuple[PocketSaving, ...]
    own_limits: tuple[OwnLimit, ...]
    marked: Cents
    asks: tuple[Ask, ...]
    sources: tuple[str, ...] = ()
    people: tuple[tuple[int, str], ...] = field(default=())

    @property
    def untold_premiums(self) -> tuple[int, ...]:
        """The payments behind line 1b."""
        part = next(item for item in self.medical.parts if item.number == "1b")
        return tuple(item.payment_id for item in part.sources if item.payment_id is not None)

    @property
    def deductible_payments(self) -> Cents:
        """What marking the worksheet marks: its payments, not its drives."""
        return sum(item.line.amount for item in self.expenses)


def read_tax_year(services: Services, year: int) -> TaxYear:
    """The worksheet of a year, whatever is missing for it."""
    with services.expenses.held() as every:
        return _read(services, year, every)


def _read(services: Services, year: int, every: Sequence[Expense]) -> TaxYear:
    limits, facts = read_limits(services.ledger.read()), services.taxes.facts(year)
    people = services.people.people()
    shown = _expenses(services, of_year(every, year), facts, year)
    log = mileage_log(
        year, services.taxes.trips(year), limits, {item.id or 0: item.name for item in people}
    )
    sources = expense_sources([item.line for item in shown])
    sources[Group.DRIVING] = log.sources()
    medical = medical_sheet(limits, facts, sources)
    hsa = read_hsa_years(services, year)
    forms = [hsa_sheet(own) for own in hsa]
    fsa = read_fsa_summaries(services, year, limits)
    hra = [item for item in read_hra_years(services) if touches(item.year, year)]
    savings = pocket_savings(
        facts,
        hsa_own=sum(form.own for form in forms),
        hsa_payroll=sum(form.payroll for form in forms),
        fsa=sum(item.year.election for item in fsa if item.year.begins_on.year == year),
        sheet=medical,
    )
    law = limits.years.get(year)
    return TaxYear(
        year=year,
        today=services.ledger.today(),
        facts=facts,
        hsa=tuple(hsa),
        forms=tuple(forms),
        medical=medical,
        expenses=tuple(shown),
        mileage=log,
        fsa=tuple(fsa),
        hra=tuple(hra),
        savings=savings,
        own_limits=tuple(item for item in services.taxes.own_limits() if item.year == year),
        marked=sum(
            item.note.deducted
            for item in every
            if item.note is not None and item.note.deducted_year == year
        ),
        asks=tuple(_asks(forms, medical, log, savings, shown)),
        sources=law.sources if law else (),
        people=tuple((item.id or 0, item.name) for item in people),
    )


def _expenses(
    services: Services, expenses: Sequence[Expense], facts: TaxFacts, year: int
) -> list[ExpenseShown]:
    hsa, fsa, deduction = (
        services.expenses.counted(pocket, expenses)
        for pocket in (TaxPocket.HSA, TaxPocket.FSA, TaxPocket.DEDUCTION)
    )
    return [
        ExpenseShown(
            expense=item,
            hsa=first,
            fsa=second,
            deduction=third,
            line=deductible(third, year),
            after_tax=after_tax(item.net, max(first.eligible, second.eligible), facts),
        )
        for item, first, second, third in zip(expenses, hsa, fsa, deduction, strict=True)
    ]


def _asks(
    forms: Iterable[HsaSheet],
    medical: MedicalSheet,
    log: MileageLog,
    savings: Sequence[PocketSaving],
    shown: Sequence[ExpenseShown],
) -> list[Ask]:
    """Everything that is missing, each once."""
    asks = [ask for form in forms for ask in form.asks]
    asks += [*medical.asks, *log.asks]
    if any(item.saving is None for item in savings):
        asks.append(
            Ask(
                kind=Asked.FACTS,
                name="federal_rate",
                sentence="Your federal tax rate, to say what untaxed money saved.",
            )
        )
    waiting = [item for item in shown if item.is_open]
    if waiting:
        count, amount = len(waiting), sum(item.expense.net for item in waiting)
        what = "1 expense" if count == 1 else f"{count:,} expenses"
        asks.append(
            Ask(
                kind=Asked.EXPENSES,
                sentence=f"What {what} of {dollars(amount)} paid for, or a letter of medical necessity.",
            )
        )
    return list(dict.fromkeys(asks))
