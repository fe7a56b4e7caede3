"""Recurring payments: what is due, recording it, skipping it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from tracker.changes import Changes
from tracker.dates import Period
from tracker.domain.recurring import LOOK_BACK_DAYS, open_dues
from tracker.errors import UserProblem
from tracker.facts import Allocation, Due, Payment, Recurring
from tracker.money import Cents, dollars
from tracker.services import rows, words
from tracker.services.payments import PaymentService
from tracker.storage.ledger import Ledger, Work
from tracker.storage.queries import budget, household


class RecurringService:
    """Fees, premiums and deposits that propose themselves when due."""

    def __init__(self, ledger: Ledger, payments: PaymentService) -> None:
        self._ledger = ledger
        self._payments = payments

    def all(self) -> list[Recurring]:
        return household.recurring(self._ledger.read())

    def dues(self, *, until: date) -> list[Due]:
        """What is due up to and including a day and neither paid nor skipped, oldest first."""
        connection = self._ledger.read()
        begin = self._ledger.today() - timedelta(days=LOOK_BACK_DAYS)
        window = Period(min(begin, until), until + timedelta(days=1))
        return open_dues(
            household.recurring(connection), budget.settled_dues(connection, since=begin), window
        )

    def record(
        self, due: Due, *, paid_on: date, amount: Cents | None = None, account_id: int | None = None
    ) -> Changes:
        """Record the payment of a due as it was proposed, or with another amount or account."""
        item = due.recurring
        paid = item.amount if amount is None else amount
        return self._payments.save(
            Payment(
                paid_on=paid_on,
                amount=paid,
                provider_id=item.provider_id,
                person_id=item.person_id,
                account_id=item.account_id if account_id is None else account_id,
                to_account_id=item.to_account_id,
                recurring_id=item.id,
                due_on=due.due_on,
                note=item.label,
                allocations=(
                    (Allocation(category_id=item.category_id, amount=paid),) if item.category_id else ()
                ),
            )
        )

    def skip(self, due: Due) -> Changes:
        """Leave one due out, for instance a month the practice waived."""
        with self._ledger.write(f"Skip {due.recurring.label}, {dollars(due.recurring.amount)}") as work:
            from tracker.storage import schema

            rows.put(
                work.connection,
                schema.recurring_skip,
                None,
                {"recurring_id": due.recurring.id, "due_on": due.due_on},
            )
        return work.changes

    def save(self, item: Recurring) -> Changes:
        """Add or change a recurring payment that belongs to no membership or plan."""
        verb = "Add" if item.id is None else "Change"
        with self._ledger.write(f"{verb} recurring payment, {item.label} {dollars(item.amount)}") as work:
            work.new_id = put_recurring(work, item)
        return work.changes

    def remove(self, recurring_id: int) -> Changes:
        """Stop proposing it; payments already recorded stay."""
        with self._ledger.write("Remove recurring payment") as work:
            from tracker.storage import schema

            rows.remove(work.connection, schema.recurring, [recurring_id])
        return work.changes


def put_recurring(work: Work, item: Recurring, **owner: int) -> int:
    """Write one recurring payment within a change; `owner` sets membership_id or plan_id."""
    from tracker.storage import schema

    if item.amount <= 0:
        raise UserProblem("The amount must be more than zero.", "Check it.", field="amount")
    if item.last_due and item.last_due < item.first_due:
        raise UserProblem("The last due date lies before the first.", "Check the dates.", field="last_due")
    values: dict[str, Any] = {
        "label": words.name(item.label, what="label", field="label"),
        "amount": item.amount,
        "frequency": item.frequency.value,
        "first_due": item.first_due,
        "last_due": item.last_due,
        "propose_from": item.propose_from,
        "provider_id": item.provider_id,
        "person_id": item.person_id,
        "account_id": item.account_id,
        "to_account_id": item.to_account_id,
        "category_id": item.category_id,
        "membership_id": item.membership_id,
        "plan_id": item.plan_id,
    }
    return rows.put(work.connection, schema.recurring, item.id, values | owner)


def replace_recurring(work: Work, items: tuple[Recurring, ...], owner: str, owner_id: int) -> None:
    """Make the fees of a membership or the premiums of a plan exactly these.

    Items keep their ids, so that payments stay tied to the dues they settled.
    """
    from tracker.storage import schema

    kept = {item.id for item in items if item.id is not None}
    there = work.connection.exec_driver_sql(
        f"SELECT id FROM recurring WHERE {owner} = ?", (owner_id,)
    ).scalars()
    rows.remove(work.connection, schema.recurring, [found for found in there.all() if found not in kept])
    for item in items:
        put_recurring(work, item, **{owner: owner_id})
