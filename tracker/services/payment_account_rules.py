"""What a payment into or out of an HSA, FSA, HRA or fund has to satisfy, judged as it is written.

No dollar of an expense is paid back twice, and nothing moves in an HSA before it exists (rulebook 5.1,
5.5; DESIGN principle 3).
"""

from __future__ import annotations

from datetime import date

from tracker.dates import day_text
from tracker.domain.accounts.hsa_contributions import contribution_deadline
from tracker.errors import UserProblem
from tracker.facts import AccountKind, MoneySource, Payment
from tracker.money import dollars
from tracker.storage.ledger import Work

CONTRIBUTIONS = (None, MoneySource.OWN, MoneySource.PAYROLL, MoneySource.EMPLOYER)
"""Sources of money into an HSA that count against its limit; None stands for the member's own."""


def judge_account_rules(work: Work, payment: Payment) -> None:
    """Judge before writing what a payment says of accounts, and which expenses it pays back.

    Raises UserProblem for money in an HSA before its first day, a tax year it cannot be of, or an
    expense that is named twice or is there no more.
    """
    ask = work.connection.exec_driver_sql
    expenses = {part.expense_id for part in payment.repaid}
    if len(expenses) < len(payment.repaid):
        raise UserProblem("An expense is there twice.", "Put both parts together.", field="repaid")
    for expense_id in expenses:
        if ask("SELECT 1 FROM payment WHERE id = ?", (expense_id,)).one_or_none() is None:
            raise _gone()
    for account_id in {payment.account_id, payment.to_account_id} - {None}:
        found = ask("SELECT kind, name, opened_on FROM account WHERE id = ?", (account_id,)).one_or_none()
        if found is None or found[0] != AccountKind.HSA.value:
            continue
        if found[2] and payment.paid_on.isoformat() < found[2]:
            opened = day_text(date.fromisoformat(found[2]))
            raise UserProblem(
                f"{found[1]} was opened on {opened}, after this day.",
                "Check the date, or correct the day on which the HSA was opened.",
                field="paid_on",
            )
        if payment.to_account_id == account_id and payment.source in CONTRIBUTIONS:
            _judge_tax_year(payment)


def _judge_tax_year(payment: Payment) -> None:
    """A contribution is for the year it is made in, or until the filing day for the year before."""
    year = payment.tax_year
    if year is None or year == payment.paid_on.year:
        return
    if year == payment.paid_on.year - 1 and payment.paid_on <= contribution_deadline(year):
        return
    raise UserProblem(
        f"A contribution made on {day_text(payment.paid_on)} cannot be for {year}.",
        f"Choose {payment.paid_on.year}, or the year before until its filing day.",
        field="tax_year",
    )


def judge_paid_back(work: Work, payment: Payment, payment_id: int) -> None:
    """Raises UserProblem where more of an expense would be paid back than it cost.

    Judged after writing and inside the transaction, so that parts added at once count together. What
    was refunded, paid back by other accounts or deducted from tax cannot be paid back once more.
    """
    parts = payment.repaid
    if any(part.amount <= 0 for part in parts):
        raise UserProblem("Every part is more than zero.", "Change or remove that part.", field="repaid")
    given = sum(part.amount for part in parts)
    if parts and given > payment.amount:
        raise UserProblem(
            f"The parts add to {dollars(given)}; the payment is {dollars(payment.amount)}.",
            "Make the parts smaller.",
            field="repaid",
        )
    expenses = {part.expense_id for part in parts} | {payment_id, payment.repays_id} - {None}
    for expense_id in expenses:
        _judge_expense(
            work,
            expense_id,
            payment_id,
            tied=any(part.expense_id == expense_id for part in parts),
            is_refund=expense_id == payment.repays_id,
        )


def _judge_expense(
    work: Work, expense_id: int | None, payment_id: int, *, tied: bool, is_refund: bool
) -> None:
    row = work.connection.exec_driver_sql(
        "SELECT amount, to_account_id,"
        " (SELECT ifnull(sum(-r.amount), 0) FROM payment r WHERE r.repays_id = p.id),"
        " (SELECT ifnull(sum(r.amount), 0) FROM payment_repaid r WHERE r.expense_id = p.id),"
        " ifnull((SELECT deducted FROM expense_note n WHERE n.payment_id = p.id), 0)"
        " FROM payment p WHERE id = ?",
        (expense_id,),
    ).one_or_none()
    if row is None:
        raise _gone()
    amount, transfer, refunded, repaid, deducted = row
    if tied and (expense_id == payment_id or amount < 0 or transfer is not None):
        raise UserProblem(
            "Only an expense can be paid back, not a refund or a transfer.",
            "Choose the expense.",
            field="repaid",
        )
    taken = refunded + repaid + deducted
    if repaid + deducted > 0 and taken > amount and is_refund:
        raise UserProblem(
            f"An account or your tax return has {dollars(repaid + deducted)} of this expense already.",
            f"Take {dollars(taken - amount)} off what the HSA, FSA or HRA paid back of it, or off what you "
            "deducted, then record the refund: no dollar can count twice.",
            field="amount",
        )
    if repaid + deducted > 0 and taken > amount:
        raise UserProblem(
            f"{dollars(taken)} of an expense of {dollars(amount)} would come back or be deducted.",
            "No dollar can count twice: make the part smaller.",
            field="repaid" if tied else "amount",
        )


def _gone() -> UserProblem:
    return UserProblem("An expense of this payment was removed.", "Undo its removal first.", field="repaid")
