"""The care log and the bills: visits, bills with their statements, and what was paid toward them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tracker.changes import Changes
from tracker.dates import Period
from tracker.errors import UserProblem
from tracker.facts import Bill, ClaimLink, Payment, ProviderKind, Visit
from tracker.money import LARGEST, Cents, dollars
from tracker.services import rows, words
from tracker.services.paper_links import put_link
from tracker.services.people import provider_id_for
from tracker.storage.ledger import Ledger
from tracker.storage.queries import care as query
from tracker.wording import count_of

MOST_LINES = 2_000
"""An itemised hospital bill has some hundred lines."""


class CareService:
    """What was received, and what is asked for it."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    # visits --------------------------------------------------------------------------

    def visits(self, period: Period | None = None) -> list[Visit]:
        """The care log, the latest first; of a period where one is given."""
        return query.visits(self._ledger.read(), period)

    def visit(self, visit_id: int) -> Visit:
        found = query.visit(self._ledger.read(), visit_id)
        if found is None:
            raise UserProblem("This visit was removed.", "Undo its removal to see it again.")
        return found

    def save_visit(self, visit: Visit, *, provider: str, facility: str = "") -> Changes:
        """Add or change a visit with what was ordered. Provider and facility are given by name.

        Raises UserProblem for a missing provider, days out of order, negative minutes.
        """
        name = words.name(provider, what="provider", field="provider")
        if visit.until and visit.until < visit.visited_on:
            raise UserProblem("The visit ends before it begins.", "Check the days.", field="until")
        if visit.minutes is not None and not 0 <= visit.minutes <= 100_000:
            raise UserProblem("Check the minutes.", "Use zero or more.", field="minutes")
        verb = "Add" if visit.id is None else "Change"
        with self._ledger.write(f"{verb} visit, {name}") as work:
            from tracker.storage import schema

            where = words.one_line(facility, what="facility", field="facility")
            judged = replace(
                visit,
                provider_id=provider_id_for(work, name) or 0,
                facility_id=provider_id_for(work, where) if where else None,
            )
            work.new_id = rows.put(work.connection, schema.visit, visit.id, rows.values_of(judged))
            rows.put_children(
                work.connection,
                schema.order_line,
                "visit_id",
                work.new_id,
                [line for line in visit.orders if line.text.strip()],
            )
        return work.changes

    def remove_visits(self, ids: list[int]) -> Changes:
        """Remove visits; EOBs and bills stay."""
        with self._ledger.write(f"Remove {count_of(len(ids), 'visit')}") as work:
            from tracker.storage import schema

            rows.remove(work.connection, schema.visit, ids)
        return work.changes

    # bills ---------------------------------------------------------------------------

    def bills(self, period: Period | None = None) -> list[Bill]:
        """Bills with their statements, the latest care first; of care in a period where one is given."""
        return query.bills(self._ledger.read(), period)

    def bill(self, bill_id: int) -> Bill:
        found = query.bill(self._ledger.read(), bill_id)
        if found is None:
            raise UserProblem("This bill was removed.", "Undo its removal to see it again.")
        return found

    def paid(self) -> dict[int, list[tuple[Payment, Cents]]]:
        """The payments toward each bill with the part that went to it; refunds are negative."""
        return query.paid_on_bills(self._ledger.read())

    def save_bill(self, bill: Bill, *, provider: str, eobs: Sequence[tuple[int, bool]] = ()) -> Changes:
        """Add or change a bill with its statements. The provider is given by name.

        `eobs` is the member's word on EOBs by id: whether each belongs to this bill.

        Raises UserProblem for a missing provider, no statement, days out of order, negative amounts.
        """
        name = words.name(provider, what="provider", field="provider")
        _judge_bill(bill)
        verb = "Add" if bill.id is None else "Change"
        with self._ledger.write(f"{verb} bill, {name} {dollars(bill.asks)}") as work:
            from tracker.storage import schema

            judged = replace(bill, provider_id=provider_id_for(work, name, kind=ProviderKind.OTHER) or 0)
            work.new_id = rows.put(work.connection, schema.bill, bill.id, rows.values_of(judged))
            ordered = sorted(bill.statements, key=lambda item: item.stated_on)
            ids = rows.put_children(work.connection, schema.statement, "bill_id", work.new_id, ordered)
            for statement_id, statement in zip(ids, ordered, strict=True):
                rows.put_children(
                    work.connection, schema.statement_line, "statement_id", statement_id, statement.lines
                )
            for claim_id, linked in eobs:
                put_link(work.connection, ClaimLink(claim_id=claim_id, bill_id=work.new_id, linked=linked))
        return work.changes

    def remove_bills(self, ids: list[int]) -> Changes:
        """Remove bills; the payments stay."""
        with self._ledger.write(f"Remove {count_of(len(ids), 'bill')}") as work:
            from tracker.storage import schema

            rows.remove(work.connection, schema.bill, ids)
        return work.changes


def _judge_bill(bill: Bill) -> None:
    if bill.service_to and bill.service_to < bill.service_from:
        raise UserProblem("The last service date lies before the first.", "Check them.", field="service_to")
    if not bill.statements:
        raise UserProblem("What the bill asks for is missing.", "Type the amount.", field="amount")
    for statement in bill.statements:
        if statement.due_on and statement.due_on < statement.stated_on:
            raise UserProblem(
                "The bill is due before it was written.", "Check the two days.", field="due_on"
            )
        if len(statement.lines) > MOST_LINES:
            raise UserProblem(
                f"A statement can have {MOST_LINES:,} lines.", "Leave out those that cost nothing."
            )
        for field in ("charges", "plan_paid", "discount", "paid_by_you"):
            amount = getattr(statement, field)
            if amount is not None and not 0 <= amount <= LARGEST:
                raise UserProblem("An amount cannot be negative.", "Check it.", field=field)
        if abs(statement.amount) > LARGEST:
            raise UserProblem("The amount is too large.", "Check it.", field="amount")
    if bill.estimate is not None and not 0 <= bill.estimate <= LARGEST:
        raise UserProblem("The estimate cannot be negative.", "Check it.", field="estimate")
