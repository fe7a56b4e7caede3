"""Gathering what a membership shows of itself: its year of fees, its price, its renewal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from tracker.changes import Changes
from tracker.dates import day_text
from tracker.domain.membership.agreement import Renewal, is_over, last_covered, renewal
from tracker.domain.membership.year import (
    MembershipYear,
    Price,
    Settlement,
    membership_year,
    price_history,
    year_number,
    yearly_price,
)
from tracker.errors import UserProblem
from tracker.facts import Due, Membership
from tracker.money import Cents
from tracker.services.bundle import Services
from tracker.storage.ledger import Ledger
from tracker.storage.queries import dues as query


@dataclass(frozen=True, slots=True)
class MembershipShown:
    """One membership, complete: names instead of ids, nothing loaded later.

    `number` counts its years from 0, `last_number` is the year of today.
    """

    membership: Membership
    practice: str
    people: tuple[str, ...]
    renewal: Renewal | None
    is_over: bool
    year: MembershipYear
    number: int
    last_number: int
    yearly: Cents
    prices: tuple[Price, ...]
    names: Mapping[int, str] = field(default_factory=dict)
    """The people of the household by id, where there are several."""


@dataclass(frozen=True, slots=True)
class MembershipChoice:
    """A membership by name, for choosing among several; `ended_on` once it is over."""

    id: int
    practice: str
    begins_on: date
    ended_on: date | None


def choices(services: Services) -> list[MembershipChoice]:
    """All memberships, those in force first, then the latest."""
    today = services.ledger.today()
    home = services.people.household()
    found = [
        MembershipChoice(
            id=item.id or 0,
            practice=home.provider_names.get(item.practice_id, ""),
            begins_on=item.begins_on,
            ended_on=last_covered(item) if is_over(item, today) else None,
        )
        for item in home.memberships
    ]
    return sorted(found, key=lambda item: item.ended_on is not None)


def shown(services: Services, membership_id: int, *, number: int | None = None) -> MembershipShown | None:
    """One membership in one of its years (by default the one of today); None where it was removed."""
    today = services.ledger.today()
    home = services.people.household()
    found = next((item for item in home.memberships if item.id == membership_id), None)
    if found is None:
        return None
    last = year_number(found, today)
    which = last if number is None else max(0, min(number, last + 1))
    kin = [item for item in home.memberships if item.practice_id == found.practice_id]
    return MembershipShown(
        membership=found,
        practice=home.provider_names.get(found.practice_id, ""),
        people=tuple(person.name for person in home.people if person.id in found.person_ids),
        renewal=renewal(found, today),
        is_over=is_over(found, today),
        year=membership_year(found, _settlements(services.ledger, found), number=which, today=today),
        number=which,
        last_number=last,
        yearly=yearly_price(found, today),
        prices=price_history(fee for item in kin for fee in item.fees),
        names={person.id or 0: person.name for person in home.people} if len(home.people) > 1 else {},
    )


def propose_again(ledger: Ledger, due: Due) -> Changes:
    """Take back that a due was skipped, however long ago. Raises UserProblem where it was not."""
    with ledger.write(f"Propose again {due.recurring.label}, {day_text(due.due_on)}") as work:
        removed = work.connection.exec_driver_sql(
            "DELETE FROM recurring_skip WHERE recurring_id = ? AND due_on = ?",
            (due.recurring.id, due.due_on.isoformat()),
        )
        if not removed.rowcount:
            raise UserProblem("This due is not skipped any more.")
    return work.changes


def _settlements(ledger: Ledger, membership: Membership) -> dict[tuple[int, date], Settlement]:
    ids = [fee.id for fee in membership.fees if fee.id is not None]
    connection = ledger.read()
    found = {
        (recurring_id, due_on): Settlement(recurring_id, due_on)
        for recurring_id, due_on in query.skipped(connection, ids)
    }
    for recurring_id, due_on, payment_id, paid_on, amount in query.payments_of(connection, ids):
        before = found.get((recurring_id, due_on))
        # A due paid in two parts counts with both.
        paid = amount + (before.amount if before else 0)
        found[recurring_id, due_on] = Settlement(recurring_id, due_on, paid_on, paid, payment_id)
    return found
