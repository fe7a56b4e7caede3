"""Dates of FSA, HRA and HSA: until when to spend, to file and to contribute (rulebook 5.1, 5.2)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import nullcontext

from tracker.dates import day_text
from tracker.domain.accounts.hsa_contributions import contribution_deadline
from tracker.domain.accounts.hsa_limits import stay_eligible
from tracker.domain.dates_ahead import DateAhead
from tracker.facts import AccountKind
from tracker.money import dollars
from tracker.services.bundle import Services
from tracker.services.fsa_year import FsaShown, read_fsa_years
from tracker.services.hra_year import HraShown, read_hra_years
from tracker.services.hsa_room import HsaRoom, hsa_rooms

_KINDS = frozenset({AccountKind.HSA, AccountKind.FSA, AccountKind.HRA})


def untaxed_dates(services: Services) -> list[DateAhead]:
    """Every date of the accounts that are free of tax; little is read where there is none."""
    kinds = {item.kind for item in services.accounts.accounts() if not item.closed} & _KINDS
    found: list[DateAhead] = []
    # What an FSA or HRA bore takes all expenses, which are read once for everything below.
    with services.expenses.held() if kinds - {AccountKind.HSA} else nullcontext():
        if AccountKind.FSA in kinds:
            for fsa in read_fsa_years(services):
                found += _fsa(fsa)
        if AccountKind.HRA in kinds:
            for hra in read_hra_years(services):
                found += _hra(hra)
        if AccountKind.HSA in kinds:
            this_year = services.ledger.today().year
            for room in hsa_rooms(services, (this_year - 1, this_year)):
                found += _hsa(room)
    return found


def _fsa(shown: FsaShown) -> Iterator[DateAhead]:
    """The last day for care and the last to file, while something is left."""
    year, left = shown.year, shown.standing.available
    if not left:
        return
    name = shown.account.name
    place = "part", "fsa"
    yield DateAhead(
        key=f"fsa:{year.id}:spend",
        on=year.spend_by,
        what=f"Last day for care from {name}",
        detail=_fsa_words(shown),
        amount=left,
        kind="fsa_spend",
        page="accounts",
        target=place,
    )
    yield DateAhead(
        key=f"fsa:{year.id}:file",
        on=year.file_by,
        what=f"Last day to file claims with {name}",
        detail=f"For care until {day_text(year.spend_by)}; {dollars(left)} is not claimed yet.",
        amount=left,
        kind="fsa_file",
        page="accounts",
        target=place,
    )


def _fsa_words(shown: FsaShown) -> str:
    """What becomes of the money if nothing else is claimed."""
    left, lost = f"{dollars(shown.standing.available)} is left", shown.lost
    if lost is None:
        return f"{left}. {' '.join(shown.asks)}".strip()
    parts = []
    if lost.carried_over:
        parts.append(f"{dollars(lost.carried_over)} goes to the next plan year")
    if lost.forfeited:
        parts.append(f"{dollars(lost.forfeited)} is lost")
    return f"{left}. If nothing else is claimed, {' and '.join(parts)}." if parts else f"{left}."


def _hra(shown: HraShown) -> Iterator[DateAhead]:
    """The last day to file, where the plan says one and money is left."""
    year, standing = shown.year, shown.standing
    on = year.file_by or standing.expires_on
    if on is None or not standing.available:
        return
    yield DateAhead(
        key=f"hra:{year.id}:file",
        on=on,
        what=f"Last day to file claims with {shown.account.name}",
        detail=f"For care until {day_text(year.ends_on)}. {standing.why[-1]}",
        amount=standing.available,
        kind="hra_file",
        page="accounts",
        target=("part", "fsa"),
    )


def _hsa(shown: HsaRoom) -> Iterator[DateAhead]:
    """The last day to contribute for a year with room, or to take an excess out; the testing period."""
    year, room, limit = shown.year, shown.room, shown.limit
    whose = f", {shown.person.name}" if shown.several else ""
    stem = f"hsa:{shown.person.id}:{year}"
    target = "hsa", shown.person.id, year
    deadline = contribution_deadline(year)
    if room is not None and room.excess:
        yield DateAhead(
            key=f"{stem}:contribute",
            on=deadline,
            what=f"Take the excess out of the HSA for {year}{whose}",
            detail=f"{dollars(room.excess)} too much went in. Taken out with its earnings by then, no "
            "excise is due on it.",
            amount=room.excess,
            kind="hsa",
            page="accounts",
            target=target,
        )
    elif room is not None and room.left:
        yield DateAhead(
            key=f"{stem}:contribute",
            on=deadline,
            what=f"Last day to put money into the HSA for {year}{whose}",
            detail=f"{dollars(room.left)} may still go in of {dollars(room.limit)}.",
            amount=room.left,
            kind="hsa",
            page="accounts",
            target=target,
        )
    elif room is None and shown.asks:
        yield DateAhead(
            key=f"{stem}:contribute",
            on=deadline,
            what=f"Last day to put money into the HSA for {year}{whose}",
            detail=f"How much may go in is not known yet. {shown.asks[0]}",
            kind="hsa",
            page="accounts",
            target=target,
        )
    if limit is not None and limit.uses_last_month and shown.contributed > limit.by_months:
        yield DateAhead(
            key=f"{stem}:testing",
            on=stay_eligible(year).last_day,
            what=f"HSA testing period ends{whose}",
            detail=f"Stay eligible until then: {dollars(shown.contributed - limit.by_months)} of what went "
            f"in for {year} stands on the last-month rule.",
            kind="testing",
            page="accounts",
            target=target,
        )
