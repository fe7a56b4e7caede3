"""Payments: adding, changing, splitting, refunding, moving between budget lines."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from tracker.changes import Changes
from tracker.dates import FIRST_YEAR, LAST_YEAR, Period
from tracker.errors import UserProblem
from tracker.facts import Allocation, Basis, Payment, PaymentLine
from tracker.money import LARGEST, dollars, split_by
from tracker.services import rows, words
from tracker.services.payment_account_rules import judge_account_rules, judge_paid_back
from tracker.services.payment_bulk import is_plain, naming, put_plain
from tracker.services.people import provider_id_for
from tracker.storage.ledger import Ledger, Work
from tracker.storage.queries import payments as query
from tracker.storage.queries.payments import PaymentFilter, PaymentIds
from tracker.wording import count_of


class PaymentService:
    """Every dollar that moved."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    # looking -------------------------------------------------------------------------

    def ids(
        self,
        kept: PaymentFilter = query.EVERYTHING,
        *,
        sort: str = "date",
        descending: bool = True,
        limit: int = -1,
    ) -> PaymentIds:
        """The ids of the payments a filter keeps, in order; at most `limit` where it is given."""
        return query.ids(self._ledger.read(), kept, sort=sort, descending=descending, limit=limit)

    def lines(self, ids: Sequence[int]) -> list[PaymentLine]:
        return query.lines(self._ledger.read(), ids)

    def get(self, payment_id: int) -> Payment:
        """Raises UserProblem where it was removed."""
        found = query.get(self._ledger.read(), payment_id)
        if found is None:
            raise UserProblem("This payment was removed.", "Undo its removal to see it again.")
        return found

    def refunds_of(self, payment_id: int) -> list[Payment]:
        return query.refunds_of(self._ledger.read(), payment_id)

    def behind(
        self, category_id: int, period: Period, *, basis: Basis = Basis.EXPENSE
    ) -> list[PaymentLine]:
        """The payments that make up a budget actual, oldest first."""
        connection = self._ledger.read()
        return query.lines(connection, query.ids_behind(connection, category_id, period, basis=basis))

    # changing ------------------------------------------------------------------------

    def save(self, payment: Payment, *, payee: str | None = None) -> Changes:
        """Add or change one payment. A payee given by name is added as a provider where it is new.

        Raises UserProblem where the amount is zero, the allocations exceed it, the refund repays
        itself or a refund, or it would give back more than was paid.
        """
        with self._ledger.write("") as work:
            work.new_id, name = self._put(work, payment, payee)
            verb = "Add" if payment.id is None else "Change"
            work.words = f"{verb} {_noun(payment)}, {name} {dollars(abs(payment.amount))}".replace(
                ",  ", ", "
            )
        return work.changes

    def add_many(self, drafts: Sequence[tuple[Payment, str]], *, words_: str | None = None) -> Changes:
        """Add payments, each with its payee's name, as one change (paste, import)."""
        with self._ledger.write(words_ or f"Add {len(drafts):,} payments") as work:
            for payment, payee in drafts:
                self._put(work, payment, payee)
        return work.changes

    def put_many(
        self,
        work: Work,
        drafts: Sequence[tuple[Payment, str]],
        *,
        told: Callable[[int], object] = lambda done: None,
    ) -> list[int]:
        """Add many payments within another change, such as an import; gives their ids in order.

        Those that stand alone are written together. `told` hears how many are done and may raise to stop.
        Raises as `save` does.
        """
        ids: dict[int, int] = {}
        plain = [place for place, (payment, _payee) in enumerate(drafts) if is_plain(payment)]
        for payment, payee in drafts:
            with naming(payment, payee):
                _judged(payment)
        made = put_plain(work, [drafts[place] for place in plain], told=told)
        ids.update(zip(plain, made, strict=True))
        for place, (payment, payee) in enumerate(drafts):
            if place not in ids:
                with naming(payment, payee):
                    ids[place] = self._put(work, payment, payee or None)[0]
                told(len(ids))
        return [ids[place] for place in range(len(drafts))]

    def put(self, work: Work, payment: Payment, payee: str | None = None) -> int:
        """Add or change a payment within another change, such as the fill it paid for; gives its id."""
        payment_id, _name = self._put(work, payment, payee)
        return payment_id

    def remove(self, ids: Sequence[int]) -> Changes:
        """Remove payments; refunds that repaid them stay and are no longer tied to them."""
        with self._ledger.write(_count_words("Remove", ids)) as work:
            from tracker.storage import schema

            if len(ids) == 1 and (line := self.lines(ids)):
                work.words = f"Remove {line[0].payee or 'payment'} {dollars(abs(line[0].amount))}"
            rows.remove(work.connection, schema.payment, ids)
        return work.changes

    def recategorise(self, ids: Sequence[int], category_id: int | None) -> Changes:
        """Put whole payments under one budget line (None: under none), splits included."""
        with self._ledger.write(_count_words("Recategorise", ids)) as work:
            from tracker.storage import schema

            for payment in query.many(self._ledger.read(), ids):
                table = schema.allocation
                work.connection.execute(table.delete().where(table.c.payment_id == payment.id))
                if category_id is not None:
                    _add_share(work, payment.id, Allocation(category_id=category_id, amount=payment.amount))
        return work.changes

    # ours ----------------------------------------------------------------------------

    def _put(self, work: Work, payment: Payment, payee: str | None) -> tuple[int, str]:
        from tracker.storage import schema

        judged = _judged(payment)
        if payee is not None:
            judged = replace(judged, provider_id=provider_id_for(work, payee))
        values = {
            "paid_on": judged.paid_on,
            "amount": judged.amount,
            "provider_id": judged.provider_id,
            "person_id": judged.person_id,
            "account_id": judged.account_id,
            "to_account_id": judged.to_account_id,
            "repays_id": judged.repays_id,
            "recurring_id": judged.recurring_id,
            "due_on": judged.due_on,
            "note": words.note(judged.note),
            "tax_year": judged.tax_year,
            "source": judged.source.value if judged.source else None,
            "bank_id": judged.bank_id,
            "import_id": judged.import_id,
        }
        _judge_repaid(work, judged)
        judge_account_rules(work, judged)
        payment_id = rows.put(work.connection, schema.payment, judged.id, values)
        _judge_refunds(work, judged, payment_id)
        if judged.id is not None:
            table = schema.allocation
            work.connection.execute(table.delete().where(table.c.payment_id == payment_id))
        for share in judged.allocations:
            _add_share(work, payment_id, share)
        if judged.id is not None or judged.bills:
            rows.put_children(work.connection, schema.payment_bill, "payment_id", payment_id, judged.bills)
        if judged.id is not None or judged.repaid:
            rows.put_children(
                work.connection, schema.payment_repaid, "payment_id", payment_id, judged.repaid
            )
        if judged.id is not None or judged.repaid or judged.repays_id is not None:
            judge_paid_back(work, judged, payment_id)
        name = work.connection.exec_driver_sql(
            "SELECT ifnull((SELECT name FROM provider WHERE id = ?), "
            "(SELECT name FROM account WHERE id = ?))",
            (judged.provider_id, judged.to_account_id),
        ).scalar()
        return payment_id, str(name or "")


def _judged(payment: Payment) -> Payment:
    """The payment, if its own facts agree with each other; raises UserProblem otherwise."""
    if payment.amount == 0:
        raise UserProblem("The amount is zero.", "Type what was paid.", field="amount")
    if abs(payment.amount) > LARGEST:
        raise UserProblem(f"That is more than {dollars(LARGEST)}.", "Check the amount.", field="amount")
    if not FIRST_YEAR <= payment.paid_on.year <= LAST_YEAR:
        raise UserProblem("That year is out of range.", "Check the date.", field="paid_on")
    if payment.to_account_id is not None:
        if payment.amount < 0:
            raise UserProblem(
                "A transfer has a positive amount.", "Swap the two accounts instead.", field="amount"
            )
        if payment.to_account_id == payment.account_id:
            raise UserProblem(
                "Both accounts are the same.", "Choose another account.", field="to_account_id"
            )
    if payment.repays_id is not None and payment.amount > 0:
        raise UserProblem(
            "A refund has a negative amount.", "Type it like -75.00 or (75.00).", field="amount"
        )
    _judge_shares(payment)
    _judge_bills(payment)
    return payment


def _judge_shares(payment: Payment) -> None:
    shares = payment.allocations
    if any(share.amount == 0 or (share.amount > 0) != (payment.amount > 0) for share in shares):
        raise UserProblem(
            "Every part of a split needs an amount of the same sign as the payment.",
            "Change or remove that part.",
            field="allocations",
        )
    given = sum(share.amount for share in shares)
    if abs(given) > abs(payment.amount):
        raise UserProblem(
            f"The parts add to {dollars(given)}; the payment is {dollars(payment.amount)}.",
            "Make the parts smaller.",
            field="allocations",
        )


def _judge_bills(payment: Payment) -> None:
    """No bill gets a dollar that another got, or that was not paid."""
    parts = payment.bills
    if any(part.amount == 0 or (part.amount > 0) != (payment.amount > 0) for part in parts):
        raise UserProblem(
            "Every part for a bill needs an amount of the same sign as the payment.",
            "Change or remove that part.",
            field="bills",
        )
    if len({part.bill_id for part in parts}) < len(parts):
        raise UserProblem("A bill is there twice.", "Put both parts together.", field="bills")
    given = sum(part.amount for part in parts)
    if abs(given) > abs(payment.amount):
        raise UserProblem(
            f"The parts for bills add to {dollars(given)}; the payment is {dollars(payment.amount)}.",
            "Make the parts smaller.",
            field="bills",
        )


def _judge_repaid(work: Work, payment: Payment) -> None:
    """Whether what a refund repays is an expense that is there."""
    if payment.repays_id is None:
        return
    repaid = work.connection.exec_driver_sql(
        "SELECT amount, to_account_id FROM payment WHERE id = ?", (payment.repays_id,)
    ).one_or_none()
    if repaid is None:
        raise UserProblem("This payment was removed.", "Undo its removal to see it again.")
    if payment.repays_id == payment.id or repaid[0] < 0 or repaid[1] is not None:
        raise UserProblem(
            "A refund repays an expense, not another refund or a transfer.",
            "Choose the expense.",
            field="repays_id",
        )


def _judge_refunds(work: Work, payment: Payment, payment_id: int) -> None:
    """Whether no dollar comes back twice, as things stand within this change.

    Judged after writing and inside the transaction, so that several refunds added at once count
    together, and an expense cannot be made smaller than what was given back of it.
    """
    ask = work.connection.exec_driver_sql
    for expense_id in {payment.repays_id, payment_id} - {None}:
        amount, back = ask(
            "SELECT amount, (SELECT -ifnull(sum(r.amount), 0) FROM payment r WHERE r.repays_id = p.id)"
            " FROM payment p WHERE id = ?",
            (expense_id,),
        ).one()
        if back > 0 and back > amount:
            if expense_id == payment_id:
                raise UserProblem(
                    f"{dollars(back)} of this expense came back already.",
                    "Change or untie those refunds first.",
                    field="amount",
                )
            left = amount - (back + payment.amount)
            raise UserProblem(
                f"Only {dollars(left)} of that expense is not refunded yet.",
                "Check the amount or the expense.",
                field="amount",
            )


def whole_to(category_id: int | None, amount: int) -> tuple[Allocation, ...]:
    """The allocations of a payment that belongs to one budget line, or to none."""
    return (Allocation(category_id=category_id, amount=amount),) if category_id is not None else ()


def in_proportion(expense: Payment, amount: int) -> tuple[Allocation, ...]:
    """The split of an expense for another amount, such as a refund (negative) of a part of it.

    What was under no line in the expense is under no line in the refund either.
    """
    shares = expense.allocations
    if not shares or not amount:
        return ()
    given = [abs(share.amount) for share in shares]
    parts = split_by(amount, [*given, abs(expense.amount) - sum(given)])
    return tuple(
        Allocation(category_id=share.category_id, amount=part)
        for share, part in zip(shares, parts, strict=False)  # the last part is under no line
        if part
    )


def _add_share(work: Work, payment_id: int | None, share: Allocation) -> None:
    from tracker.storage import schema

    values = {
        "payment_id": payment_id,
        "category_id": share.category_id,
        "amount": share.amount,
        "note": words.one_line(share.note, what="note", field="allocations"),
    }
    rows.put(work.connection, schema.allocation, None, values)


def _noun(payment: Payment) -> str:
    if payment.to_account_id is not None:
        return "transfer"
    return "refund" if payment.amount < 0 else "expense"


def _count_words(verb: str, ids: Sequence[int]) -> str:
    return f"{verb} {count_of(len(ids), 'payment')}"
