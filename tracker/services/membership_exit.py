"""Leaving a membership: what it brings on a day, recording it, and the refund that is then owed back."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from tracker.changes import Changes
from tracker.dates import day_text
from tracker.domain.membership.leaving import LeavingFacts, leaving_on
from tracker.domain.membership.owed import Owed, owed, stated_problem
from tracker.domain.membership.service_matrix import STARTING_MATRIX
from tracker.errors import UserProblem
from tracker.facts import Frequency, Membership, Payment
from tracker.money import Cents
from tracker.services import rows
from tracker.services.bundle import Services
from tracker.services.memberships import judge_terms
from tracker.storage.ledger import Ledger
from tracker.storage.queries import dues as dues_query
from tracker.storage.queries import membership_use
from tracker.storage.queries import payments as payment_query


def leaving_facts(services: Services, membership_id: int) -> LeavingFacts:
    """Everything that leaving is worked out from, on whichever day.

    Raises UserProblem where the membership is not there any more.
    """
    membership = _membership(services, membership_id)
    connection = services.ledger.read()
    return _facts(connection, membership, _payments(connection, membership), services.ledger.today())


def owed_to_me(services: Services, membership_id: int) -> Owed | None:
    """What comes back of a membership; None while it goes on or is not there any more."""
    found = (item for item in services.agreements.memberships() if item.id == membership_id)
    membership = next(found, None)
    if membership is None or membership.terms.cancelled_on is None:
        return None
    names = services.people.household().provider_names
    connection, today = services.ledger.read(), services.ledger.today()
    return read_owed(connection, membership, names.get(membership.practice_id, ""), today)


def owed_now(
    connection: sqlite3.Connection, memberships: Iterable[Membership], names: dict[int, str], today: date
) -> list[Owed]:
    """What practices owe for memberships that have ended, and have not given back."""
    found = [
        read_owed(connection, item, names.get(item.practice_id, ""), today)
        for item in memberships
        if item.terms.cancelled_on is not None and item.terms.cancelled_on <= today
    ]
    return [item for item in found if item.left]


def read_owed(connection: sqlite3.Connection, membership: Membership, practice: str, today: date) -> Owed:
    """What comes back of a membership that was left or will be."""
    terms = membership.terms
    assert terms.cancelled_on is not None
    payments = _payments(connection, membership)
    since = _since(membership)
    refunds = [item for item in payments if item.amount < 0 and item.paid_on >= since]
    repaid, room = _latest_with_room(membership, payments)
    return owed(
        leaving_on(_facts(connection, membership, payments, today), terms.cancelled_on),
        membership_id=membership.id or 0,
        practice=practice,
        stated=terms.refund_stated,
        received=-sum(item.amount for item in refunds),
        fee_payment_id=repaid,
        room=room,
    )


def record_leaving(
    services: Services,
    membership_id: int,
    *,
    notice_on: date | None,
    cancelled_on: date | None,
    refund_stated: Cents | None = None,
) -> Changes:
    """Keep that notice was given and the first day that is no longer covered; None takes both back.

    From that day on no fee is due. Raises UserProblem for days out of order, or a refund below zero or
    larger than the fees.
    """
    membership = _membership(services, membership_id)
    terms = replace(
        membership.terms, notice_on=notice_on, cancelled_on=cancelled_on, refund_stated=refund_stated
    )
    left = replace(membership, terms=terms)
    judge_terms(left)
    if cancelled_on is not None:
        _judge(left, leaving_facts(services, membership_id), refund_stated)
    words = (
        f"Leave the membership on {day_text(cancelled_on)}" if cancelled_on else "Stay in the membership"
    )
    return _store(services.ledger, membership_id, left, words)


def _judge(membership: Membership, facts: LeavingFacts, stated: Cents | None) -> None:
    on = membership.terms.cancelled_on
    assert on is not None
    ends_on = membership.ends_on
    if ends_on is not None and not membership.auto_renews and (on - ends_on).days > 1:
        raise UserProblem(
            f"The agreement ends on {day_text(ends_on)} by itself.",
            "Choose a day before it.",
            field="cancelled_on",
        )
    fees = sum(fee.amount for fee in membership.fees)
    paid = max(leaving_on(facts, on).any_refund.paid, fees)
    if said := stated_problem(stated, paid):
        raise UserProblem(said, "Check what the practice says.", field="refund_stated")


def _store(ledger: Ledger, membership_id: int, left: Membership, words: str) -> Changes:
    with ledger.write(words) as work:
        from tracker.storage import schema

        values = {
            "notice_on": left.terms.notice_on,
            "cancelled_on": left.terms.cancelled_on,
            "refund_stated": left.terms.refund_stated,
        }
        work.new_id = rows.put(work.connection, schema.membership, membership_id, values)
    return work.changes


def _membership(services: Services, membership_id: int) -> Membership:
    found = (item for item in services.agreements.memberships() if item.id == membership_id)
    membership = next(found, None)
    if membership is None:
        raise UserProblem("This membership is not there any more.", "Undo its removal to see it again.")
    return membership


def _payments(connection: sqlite3.Connection, membership: Membership) -> list[Payment]:
    """The payments of the membership's fees, and what came back from the practice."""
    fees = [fee.id for fee in membership.fees if fee.id is not None]
    ids = payment_query.of_memberships(connection, fees, [membership.practice_id])
    known = set(fees)
    found = payment_query.many(connection, ids)
    own = {item.id for item in found if item.recurring_id in known}
    return [
        item
        for item in found
        if item.id in own or item.repays_id in own or (item.amount < 0 and item.repays_id is None)
    ]


def _facts(
    connection: sqlite3.Connection, membership: Membership, payments: Sequence[Payment], today: date
) -> LeavingFacts:
    fees = [fee.id for fee in membership.fees if fee.id is not None]
    return LeavingFacts(
        membership=membership,
        today=today,
        paid=_paid(membership, payments),
        skipped=frozenset(dues_query.skipped(connection, fees)),
        matrix=tuple(membership_use.services(connection, membership.id or 0)) or STARTING_MATRIX,
        contacts=tuple(membership_use.contacts(connection, membership.id)),
    )


def _since(membership: Membership) -> date:
    """From when on money that comes back is the refund of leaving."""
    terms = membership.terms
    days = [day for day in (terms.notice_on, terms.cancelled_on) if day is not None]
    return min(days, default=date.max)


def _paid(membership: Membership, payments: Sequence[Payment]) -> dict[tuple[int, date], Cents]:
    """What each due cost, less what came back of it before notice was given."""
    due_of = {
        item.id: (item.recurring_id, item.due_on)
        for item in payments
        if item.recurring_id is not None and item.due_on is not None
    }
    since, found = _since(membership), Counter[tuple[int, date]]()
    for item in payments:
        due = due_of.get(item.id) or due_of.get(item.repays_id)
        if due is not None and (item.amount > 0 or item.paid_on < since):
            found[due[0] or 0, due[1]] += item.amount
    return dict(found)


def _latest_with_room(membership: Membership, payments: Sequence[Payment]) -> tuple[int | None, Cents]:
    """The payment of the latest fee of which something can still be refunded, and how much."""
    fees = {fee.id for fee in membership.fees if fee.frequency is not Frequency.ONCE}
    paid = [item for item in payments if item.recurring_id in fees and item.amount > 0 and item.due_on]
    room = {item.id: item.amount for item in paid}
    for item in payments:
        if item.repays_id in room:
            room[item.repays_id] += item.amount
    found = [item for item in paid if room[item.id] > 0]
    last = max(found, key=lambda item: (item.due_on or date.min, item.id or 0), default=None)
    return (last.id, room[last.id]) if last is not None else (None, 0)
