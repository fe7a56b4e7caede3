"""Form 8889 of every HSA owner with the payments behind each line (rulebook 5.1)."""

from __future__ import annotations

from tracker.domain.accounts.hsa_contributions import contribution_deadline
from tracker.domain.accounts.hsa_distributions import HsaDistribution
from tracker.domain.accounts.hsa_sheet import HsaEntries, HsaSheet, form_lines, less_excess
from tracker.domain.accounts.tax_sheet import Ask, Asked, Source
from tracker.domain.accounts.tax_worksheet import limit_asks
from tracker.facts.accounts import MoneySource
from tracker.money import dollars
from tracker.services.bundle import Services
from tracker.services.hsa_taken import TakenOut
from tracker.services.hsa_year import HsaYear, read_hsa_year
from tracker.storage.queries.hsa_money import HsaMove

_OWN = (None, MoneySource.OWN)
_THROUGH_WORK = (MoneySource.PAYROLL, MoneySource.EMPLOYER)
_OFF = (MoneySource.ROLLOVER, MoneySource.EXCESS)
_NAMES = {
    None: "Your deposit",
    MoneySource.OWN: "Your deposit",
    MoneySource.PAYROLL: "Deposit through payroll",
    MoneySource.EMPLOYER: "Employer\u2019s deposit",
    MoneySource.ROLLOVER: "Rolled over",
    MoneySource.EXCESS: "Excess taken back",
}


def read_hsa_years(services: Services, year: int) -> list[HsaYear]:
    """The year of everybody who has an HSA; none of those whose HSA was opened after it."""
    first = read_hsa_year(services, year)
    if first is None:
        return []
    found = []
    for owner in first.owners:
        own = first if owner == first.person else read_hsa_year(services, year, person_id=owner.id)
        if own is not None and _is_open(own):
            found.append(own)
    return found


def _is_open(own: HsaYear) -> bool:
    opened = [item.opened_on for item in own.accounts]
    moved = own.deposits or own.taken
    return bool(moved) or any(day is None or day.year <= own.year for day in opened)


def hsa_sheet(own: HsaYear) -> HsaSheet:
    """The form of one owner's year."""
    entries = _entries(own)
    taken = [*own.distributions, *(_distribution(item) for item in entries.off)]
    rolled = sum(item.amount for item in entries.off)
    asks = [Ask(kind=Asked.HSA, sentence=said) for said in own.asks if not own.missing]
    return HsaSheet(
        person_id=own.person.id or 0,
        person=own.person.name,
        lines=form_lines(own.form, entries, own.contributions, taken, rolled),
        remarks=own.form.remarks if own.form else (),
        is_complete=own.form is not None,
        tax=own.tax,
        without_care=entries.without_care,
        own=sum(item.amount for item in entries.own),
        payroll=_payroll(own, entries),
        asks=(*limit_asks(own.missing, own.year), *asks),
    )


def _payroll(own: HsaYear, entries: HsaEntries) -> int:
    """What went in through payroll; an excess taken back comes off the employer's money first."""
    employer = sum(item.amount for item in own.deposits if item.source is MoneySource.EMPLOYER)
    return max(0, sum(item.amount for item in entries.employer) - employer)


def _entries(own: HsaYear) -> HsaEntries:
    year = own.year
    deposits = [move for move in own.deposits if not move.between]
    excess = [
        _source(move)
        for move in own.off_the_form
        if move.source is MoneySource.EXCESS
        and move.tax_year == year
        and move.paid_on <= contribution_deadline(year)
    ]
    mine, work = less_excess(
        [_source(move) for move in deposits if move.source in _OWN],
        [_source(move) for move in deposits if move.source in _THROUGH_WORK],
        excess,
    )
    off = [
        _source(move)
        for move in own.off_the_form
        if not move.between and move.paid_on.year == year and move.amount > 0
    ]
    return HsaEntries(
        own=mine,
        employer=work,
        taken=tuple(_taken(item, item.amount) for item in own.taken),
        off=tuple(off),
        for_care=tuple(_taken(item, item.qualified) for item in own.taken if item.qualified),
        without_care=tuple(_taken(item, item.taxable) for item in own.taken if item.taxable),
    )


def _source(move: HsaMove) -> Source:
    name = _NAMES.get(move.source, move.payee) if move.into or move.source in _OFF else move.payee
    return Source(
        on=move.paid_on,
        name=name or "Payment",
        amount=move.amount,
        payment_id=move.payment_id,
        note=move.note,
    )


def _taken(item: TakenOut, amount: int) -> Source:
    said = [part.label for part in item.parts if part.label and part.label != item.payee]
    if item.put_back:
        said.append(f"{dollars(item.put_back)} put back")
    return Source(
        on=item.paid_on,
        name=item.payee or "Distribution",
        amount=amount,
        payment_id=item.payment_id,
        note="; ".join(said),
    )


def _distribution(item: Source) -> HsaDistribution:
    return HsaDistribution(paid_on=item.on, amount=item.amount)
