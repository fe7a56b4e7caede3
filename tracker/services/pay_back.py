"""Which expenses an account may pay back, and how much of each is still open (rulebook 5.2, 5.5).

No dollar of an expense comes back twice: what insurers, accounts or funds paid, what a provider gave
back and what was deducted on a tax return is no longer open (DESIGN principle 3).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from tracker.changes import Changes
from tracker.domain.accounts.expenses import Counted, allocated
from tracker.errors import UserProblem
from tracker.facts import AccountKind, Payment
from tracker.facts.accounts import Repaid
from tracker.facts.membership import TaxPocket
from tracker.money import Cents, dollars
from tracker.services.bundle import Services
from tracker.storage.queries import expenses as query

POCKETS = {
    AccountKind.HSA: TaxPocket.HSA,
    AccountKind.FSA: TaxPocket.FSA,
    AccountKind.HRA: TaxPocket.HRA,
}
PAYING = frozenset({*POCKETS, AccountKind.CONTINGENCY, AccountKind.SINKING})
"""Kinds of account that pay expenses back. A fund pays any expense, the others what the law allows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenExpense:
    """An expense as one payment may pay it back.

    `open` is what nobody else has paid back, `counts` the part the account may pay (None for a fund,
    which may pay all); `now` is what the payment pays back already. `remark` says what stands against it.
    """

    expense_id: int
    care_on: date
    label: str
    amount: Cents
    open: Cents
    counts: Cents | None
    now: Cents
    remark: str = ""

    @property
    def most(self) -> Cents:
        """What is proposed: what is open, and counts."""
        return self.open if self.counts is None else min(self.open, self.counts)


def open_expenses(services: Services, payment: Payment) -> list[OpenExpense]:
    """The expenses a payment may pay back: those it does already, then the others, latest care first."""
    connection = services.ledger.read()
    accounts = {item.id: item for item in services.accounts.accounts()}
    account = accounts.get(payment.account_id)
    pocket = POCKETS.get(account.kind) if account else None
    mine = {part.expense_id: part.amount for part in payment.repaid}
    tied = query.paid_back(connection, but=payment.id)
    expenses = [item for item in services.expenses.all() if item.id != payment.id]
    counted: dict[int, Counted] = {}
    if pocket is not None:
        counted = {item.expense.id: item for item in services.expenses.counted(pocket, expenses)}
    found = []
    for item in expenses:
        placed, _ = allocated(item)
        now = mine.get(item.id, 0)
        # A fund's money is the member's own: it bears nothing in the allocation ledger, but is tied too.
        own_in_ledger = now if pocket is not None else 0
        left = placed.reimbursable + own_in_ledger
        left = max(0, min(left, item.net - tied.get(item.id, 0) - item.deducted))
        if left <= 0 and not now:
            continue
        whole = counted.get(item.id)
        remark = ""
        if whole is not None and whole.eligible < left:
            remark = whole.why[0] if whole.why else ""
        opened = account.opened_on if account is not None else None
        too_early = pocket is TaxPocket.HSA and opened is not None and item.day_of_care < opened
        if too_early:
            remark = "The care was given before the HSA was established."
        found.append(
            OpenExpense(
                expense_id=item.id,
                care_on=item.day_of_care,
                label=item.label,
                amount=item.amount,
                open=left,
                counts=0 if too_early else None if whole is None else whole.eligible,
                now=now,
                remark=remark,
            )
        )
    return sorted(found, key=lambda one: (one.now > 0, one.care_on, one.expense_id), reverse=True)


def judge_part(one: OpenExpense, amount: Cents) -> None:
    """Raises UserProblem where an amount is below zero or more than is open of an expense."""
    if amount < 0:
        raise UserProblem("A part is zero or more.", "Check the amount.", field="repaid")
    if amount > one.open:
        raise UserProblem(
            f"Only {dollars(one.open)} of it is still open.",
            "No dollar comes back twice: make the part smaller.",
            field="repaid",
        )


def fill_oldest(rows: Sequence[OpenExpense], amount: Cents) -> dict[int, Cents]:
    """Parts that use an amount up, oldest care first, by expense."""
    parts: dict[int, Cents] = {}
    for one in sorted(rows, key=lambda row: (row.care_on, row.expense_id)):
        part = min(amount, one.most)
        if part > 0:
            parts[one.expense_id] = part
            amount -= part
    return parts


def tie(services: Services, payment: Payment, parts: dict[int, Cents]) -> Changes:
    """Let a payment pay back just these expenses. Raises UserProblem as saving a payment does."""
    repaid = tuple(Repaid(expense_id=one, amount=amount) for one, amount in parts.items() if amount)
    return services.payments.save(replace(payment, repaid=repaid))


def claim(services: Services, account_id: int, expense_id: int, amount: Cents) -> Changes:
    """Record that an FSA or HRA paid an expense back today, into the account that bore it.

    Where that is no bank account or not known, into the first open one. Raises UserProblem where the
    expense has no such amount open.
    """
    accounts = services.accounts.accounts()
    expense = next((item for item in services.expenses.all() if item.id == expense_id), None)
    if expense is None:
        raise UserProblem("This expense was removed.", "Undo its removal to see it again.")
    banks = [item for item in accounts if item.kind is AccountKind.BANK and not item.closed]
    bearer = next((item for item in banks if item.id == expense.account_id), None)
    to = bearer or (banks[0] if banks else None)
    label = expense.label
    return services.payments.save(
        Payment(
            paid_on=services.ledger.today(),
            amount=amount,
            account_id=account_id,
            to_account_id=to.id if to else None,
            note=f"Claim: {label}" if label else "Claim",
            repaid=(Repaid(expense_id=expense_id, amount=amount),),
        )
    )
