"""How much may still go into the HSAs of the household for a year, without reading what was taken out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tracker.domain.accounts.hsa_contributions import Room, room
from tracker.domain.accounts.hsa_limits import HsaLimit
from tracker.facts import AccountKind, Person
from tracker.money import Cents
from tracker.services.bundle import Services
from tracker.services.hsa_who import limit_of, months_of, person_facts, spouse_of
from tracker.services.hsa_year import contributions_of
from tracker.services.tax_limits import read_limits
from tracker.storage.queries import household, hsa_money, taxes


@dataclass(frozen=True, slots=True, kw_only=True)
class HsaRoom:
    """One person's limit of a calendar year against what went in for it.

    `limit` and `room` are None where the law's amounts of the year are not known; `asks` then says what
    to type. `several`: more than one person has an HSA.
    """

    person: Person
    year: int
    limit: HsaLimit | None
    room: Room | None
    contributed: Cents
    asks: tuple[str, ...] = ()
    several: bool = False


def hsa_rooms(services: Services, years: Iterable[int]) -> list[HsaRoom]:
    """Every owner's room in each of the years; none where nobody has an HSA."""
    connection = services.ledger.read()
    accounts = [item for item in household.accounts(connection) if item.kind is AccountKind.HSA]
    people = household.people(connection)
    if not accounts or not people:
        return []
    owner_of = {item.id: item.person_id or people[0].id for item in accounts}
    owners = set(owner_of.values())
    moves, limits, wanted = hsa_money.moves(connection), read_limits(connection), tuple(years)
    found = []
    for person in (item for item in people if item.id in owners):
        who = person_facts(services, person, years=wanted)
        own = [move for move in moves if owner_of.get(move.account_id) == person.id]
        spouse = spouse_of(people, person, owners)
        for year in wanted:
            asks: list[str] = []
            facts = taxes.tax_facts(connection, year)
            months, _ = months_of(who, year, limits, asks)
            limit = limit_of(services, person, spouse, year, months, limits, facts, asks, settled=False)
            made = contributions_of(own, year)
            found.append(
                HsaRoom(
                    person=person,
                    year=year,
                    limit=limit,
                    room=room(limit, made) if limit else None,
                    contributed=sum(item.amount for item in made),
                    asks=tuple(dict.fromkeys(asks)),
                    several=len(owners) > 1,
                )
            )
    return found
