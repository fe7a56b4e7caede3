"""Accounts and taxes for the year in review: the figures of their own pages, in brief (5.1-5.6).

Reading takes a moment: ask off the UI thread, inside `services.expenses.held()`.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from tracker.dates import Period
from tracker.facts import AccountKind, Household
from tracker.money import dollars
from tracker.reports.year_accounts import (
    AccountHeld,
    FsaReview,
    HraReview,
    HsaReview,
    TaxReview,
    YearAccounts,
)
from tracker.services.bundle import Services
from tracker.services.hra_year import HraShown
from tracker.services.hsa_room import HsaRoom, hsa_rooms
from tracker.services.hsa_year import HsaYear
from tracker.services.sinking_funds import sinking_funds
from tracker.services.tax_fsa import FsaSummary
from tracker.services.tax_year import read_tax_year
from tracker.storage.queries import untaxed

_PROMISES = (AccountKind.FSA, AccountKind.HRA)
"""An employer's promise for a plan year, no balance."""
_FUNDS = (AccountKind.CONTINGENCY, AccountKind.SINKING)
_PERSONAL = (AccountKind.HSA,)


def read_year_accounts(services: Services, home: Household, period: Period) -> YearAccounts:
    """Accounts at the end of a budget year; taxes and HSAs of the calendar year in which it begins."""
    today, year = services.ledger.today(), period.begin.year
    as_of = min(today, period.last_day) if today >= period.begin else None
    tax = read_tax_year(services, year)
    has_hsa = any(item.kind is AccountKind.HSA for item in home.accounts)
    return YearAccounts(
        as_of=as_of,
        held=tuple(_held(services, home, as_of)) if as_of else (),
        hsa=tuple(_hsa(item) for item in tax.hsa),
        fsa=tuple(_fsa(item, today) for item in tax.fsa),
        hra=tuple(_hra(item) for item in tax.hra),
        pool=services.expenses.pool() if has_hsa else None,
        tax=TaxReview(
            year=year,
            forms=tax.forms,
            medical=tax.medical,
            mileage=tax.mileage,
            marked=tax.marked,
            asks=tax.asks,
        ),
    )


def limits_and_elections(services: Services, year: int) -> list[str]:
    """The year before, a year and the next in a few words each; empty where nothing is known.

    `HSA $800 of $4,400, FSA $480 elected`
    """
    years = (year - 1, year, year + 1)
    rooms = hsa_rooms(services, years)
    elections = services.untaxed.fsa_years()
    credits = services.untaxed.hra_years()
    found = []
    for number in years:
        said = [_room_words(item) for item in rooms if item.year == number]
        elected = [item.election for item in elections if item.begins_on.year == number]
        credited = [item.credit for item in credits if item.begins_on.year == number]
        if elected:
            said.append(f"FSA {dollars(sum(elected), whole=True)} elected")
        if credited:
            said.append(f"HRA {dollars(sum(credited), whole=True)}")
        found.append(", ".join(part for part in said if part))
    return found


def _room_words(item: HsaRoom) -> str:
    whose = f"HSA of {item.person.name}" if item.several else "HSA"
    if item.limit is None:
        return f"{whose}: limit not known"
    limit = dollars(item.limit.limit, whole=True)
    if item.contributed:
        return f"{whose} {dollars(item.contributed, whole=True)} of {limit}"
    return f"{whose} limit {limit}" if item.limit.limit else ""


def _held(services: Services, home: Household, day: date) -> Iterator[AccountHeld]:
    """Balances of the day; accounts that were not there yet, or are closed and empty, are left out."""
    connection, today = services.ledger.read(), services.ledger.today()
    saving = {item.account.id: item for item in sinking_funds(connection, home, today)}
    first = home.people[0].name if home.people else ""
    for account in home.accounts:
        if account.kind in _PROMISES or (account.opened_on is not None and account.opened_on > day):
            continue
        balance = untaxed.balance_on(connection, account.id or 0, day.isoformat())
        if account.closed and not balance:
            continue
        fund = saving.get(account.id) if day == today else None
        named = home.person_name(account.person_id) if account.person_id is not None else ""
        yield AccountHeld(
            account=account,
            owner=named or (first if account.kind in _PERSONAL else ""),
            balance=balance,
            target=fund.target if fund else account.target if account.kind in _FUNDS else None,
            asks=fund.asks if fund else "",
        )


def _hsa(item: HsaYear) -> HsaReview:
    room = item.room
    parts: dict[str, int] = {}
    for taken in item.taken:
        for part in taken.parts:
            label = part.label or "Care"
            parts[label] = parts.get(label, 0) + part.amount
    return HsaReview(
        person=item.person.name,
        year=item.year,
        limit=item.limit.limit if item.limit else None,
        contributed=item.contributed,
        left=room.left if room else None,
        excess=room.excess if room else 0,
        taken=tuple(parts.items()),
        taken_out=sum(taken.amount for taken in item.taken),
        untied=sum(taken.untied for taken in item.taken),
        taxable=item.tax.taxable,
        asks=item.asks,
    )


def _fsa(item: FsaSummary, today: date) -> FsaReview:
    year, now = item.year, item.standing
    return FsaReview(
        account=item.account.name,
        period=_period(year.begins_on, year.ends_on),
        elected=year.election,
        carried_in=year.carried_in,
        used=now.spent + now.spent_in_grace,
        left=now.available,
        lost=item.lost.forfeited if item.lost else None,
        carried_over=item.lost.carried_over if item.lost else None,
        spend_by=year.spend_by,
        file_by=year.file_by,
        is_over=today > year.file_by,
    )


def _hra(item: HraShown) -> HraReview:
    now = item.standing
    return HraReview(
        account=item.account.name,
        period=_period(item.year.begins_on, item.year.ends_on),
        credited=now.credited,
        used=now.reimbursed,
        left=now.available,
        expires_on=now.expires_on,
    )


def _period(first: date, last: date) -> Period:
    return Period(first, date.fromordinal(last.toordinal() + 1))
