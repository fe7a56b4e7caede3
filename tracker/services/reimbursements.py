"""Taking money out of an HSA for care paid before: the pool, the transfer, the sheet (rulebook 5.5).

Reading takes a moment: ask off the UI thread.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from tracker.dates import day_text
from tracker.domain.accounts.claimed_twice import Twice, label_of, less_put_back
from tracker.domain.accounts.expenses import hsa_expense
from tracker.domain.accounts.hsa_pool import Pool, PoolLine
from tracker.domain.accounts.reimbursement_picker import Batch
from tracker.errors import UserProblem
from tracker.facts import Account, AccountKind, Payment
from tracker.facts.accounts import Pocket, Repaid
from tracker.facts.expenses import Expense
from tracker.facts.membership import TaxPocket
from tracker.money import Cents, dollars
from tracker.reports.batch_sheet import BatchSheet, SheetReceipt
from tracker.services.bundle import Services
from tracker.services.where_it_went import mistaken, put_back
from tracker.storage.queries import receipts as query
from tracker.storage.queries.columns import day
from tracker.wording import count_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """A reimbursement that was recorded: one transfer and how many receipts it pays back."""

    payment_id: int
    paid_on: date
    amount: Cents
    to_account: str
    receipts: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PoolShown:
    """The pool of one person's HSAs today.

    `established` is the account opened first, or where no first day is known, one to ask it for
    (`asks`). `sources` are the accounts still open, each with what it holds, `targets` the bank and
    card accounts money may go to. `wrong` is HSA money that paid what it may not, and is not put back.
    """

    established: Account
    asks: bool
    pool: Pool
    sources: tuple[tuple[Account, Cents], ...]
    targets: tuple[Account, ...]
    wrong: tuple[Twice, ...]
    recorded: tuple[Recorded, ...]

    @property
    def waiting(self) -> tuple[PoolLine, ...]:
        """Receipts that give something, now or on another day."""
        return tuple(line for line in self.pool.lines if line.available or not line.over)


def read_pool(services: Services, accounts: Sequence[Account]) -> PoolShown:
    """The pool of the HSAs of one person; `accounts` is at least one HSA."""
    first = min(accounts, key=lambda item: (item.opened_on is None, item.opened_on or date.max))
    every = services.accounts.accounts()
    balances = services.accounts.balances()
    with services.expenses.held():
        found = services.expenses.pool(hsa=first)
        wrong = tuple(_wrong(services, found, accounts))
    return PoolShown(
        established=first,
        asks=first.opened_on is None,
        pool=found,
        sources=tuple((item, balances.get(item.id or 0, 0)) for item in accounts if not item.closed),
        targets=tuple(
            item for item in every if item.kind in (AccountKind.BANK, AccountKind.CARD) and not item.closed
        ),
        wrong=wrong,
        recorded=tuple(_recorded(services, accounts)),
    )


def _wrong(services: Services, found: Pool, accounts: Sequence[Account]) -> list[Twice]:
    """Money that came back later, and what the HSA paid beyond what counts, less what was put back."""
    ids = [item.id for item in accounts]
    later = mistaken(services, ids)
    known = {item.expense_id for item in later}
    over = {line.expense.id: line for line in found.lines if line.over and line.expense.id not in known}
    if not over:
        return later
    returned = put_back(services.ledger)
    for item in later:  # what was put back counts for those first
        returned[item.year] = 0
    expenses = (item for item in services.expenses.all() if item.id in over)
    more = [_over(item, over[item.id], ids) for item in expenses]
    return later + less_put_back([item for item in more if item is not None], returned)


def _over(expense: Expense, line: PoolLine, ids: Sequence[int | None]) -> Twice | None:
    behind = [item for item in expense.back if item.pocket is Pocket.HSA]
    account_id = behind[-1].account_id if behind else expense.account_id
    if account_id not in ids:
        return None
    return Twice(
        expense_id=expense.id,
        label=label_of(expense),
        pocket=Pocket.HSA,
        account_id=account_id,
        year=(behind[-1].on if behind else expense.paid_on).year,
        amount=line.over,
        why=line.why,
    )


def _recorded(services: Services, accounts: Sequence[Account]) -> Iterable[Recorded]:
    connection = services.ledger.read()
    rows = [row for item in accounts for row in query.reimbursements(connection, item.id or 0)]
    rows.sort(key=lambda row: (row[1], row[0]), reverse=True)
    return [
        Recorded(payment_id=row[0], paid_on=day(row[1]), amount=row[2], to_account=row[3], receipts=row[4])
        for row in rows
    ]


# taking it out ---------------------------------------------------------------------------------


def transfer_of(batch: Batch, account_id: int, to_account_id: int | None, paid_on: date) -> Payment:
    """The one transfer that pays a batch back.

    Raises UserProblem for a batch of nothing, no account to pay into, or a day before the care of one
    of the receipts: an HSA pays for care that was given.
    """
    if not batch.picks:
        raise UserProblem("No receipt fits this amount.", "Ask for another amount.", field="target")
    if to_account_id is None:
        raise UserProblem(
            "The money goes to a bank account.", "Choose it, or add one first.", field="to_account_id"
        )
    latest = max((pick.expense for pick in batch.picks), key=lambda item: item.incurred_on)
    if paid_on < latest.incurred_on:
        raise UserProblem(
            f"The care of {latest.provider or 'one receipt'} was given on "
            f"{day_text(latest.incurred_on)}, after this day.",
            "Choose a later day.",
            field="paid_on",
        )
    count = len(batch.picks)
    return Payment(
        paid_on=paid_on,
        amount=batch.total,
        account_id=account_id,
        to_account_id=to_account_id,
        note=f"HSA reimbursement, {count_of(count, 'receipt')}",
        repaid=tuple(Repaid(expense_id=pick.expense.id, amount=pick.amount) for pick in batch.picks),
    )


def holds_less(batch: Batch, holds: Cents) -> str:
    """A sentence where the account holds less than the batch by what is recorded; else empty."""
    if batch.total <= holds:
        return ""
    return f"By what is recorded here this HSA holds {dollars(holds)}, less than that."


# the sheet -------------------------------------------------------------------------------------


def sheet_of_batch(
    services: Services, batch: Batch, account_id: int, to_account_id: int | None, paid_on: date
) -> BatchSheet:
    """The sheet of a batch that is not recorded yet."""
    names = query.document_names(services.ledger.read(), [pick.expense.id for pick in batch.picks])
    receipts = tuple(
        SheetReceipt(
            expense=pick.expense, amount=pick.amount, documents=tuple(names.get(pick.expense.id, ()))
        )
        for pick in batch.picks
    )
    return _sheet(services, receipts, account_id, to_account_id, paid_on, batch.total, why=batch.why)


def sheet_of_payment(services: Services, payment_id: int) -> BatchSheet:
    """The sheet of a recorded transfer, with what is known of its receipts today.

    Raises UserProblem where the payment was removed or pays nothing back.
    """
    payment = services.payments.get(payment_id)
    if not payment.repaid or payment.account_id is None:
        raise UserProblem(
            "This payment is tied to no expense.", "Tie it to the expenses it paid back first."
        )
    amounts = {part.expense_id: part.amount for part in payment.repaid}
    names = query.document_names(services.ledger.read(), amounts)
    expenses = [item for item in services.expenses.all() if item.id in amounts]
    counted = services.expenses.counted(TaxPocket.HSA, expenses)
    receipts = [
        SheetReceipt(
            expense=hsa_expense(item),
            amount=amounts[item.expense.id],
            documents=tuple(names.get(item.expense.id, ())),
        )
        for item in counted
    ]
    receipts.sort(key=lambda item: (item.expense.incurred_on, item.expense.id))
    return _sheet(
        services,
        tuple(receipts),
        payment.account_id,
        payment.to_account_id,
        payment.paid_on,
        payment.amount,
        is_recorded=True,
    )


def _sheet(
    services: Services,
    receipts: tuple[SheetReceipt, ...],
    account_id: int,
    to_account_id: int | None,
    paid_on: date,
    amount: Cents,
    *,
    why: tuple[str, ...] = (),
    is_recorded: bool = False,
) -> BatchSheet:
    accounts = {item.id: item for item in services.accounts.accounts()}
    account, target = accounts.get(account_id), accounts.get(to_account_id)
    owner = services.expenses.hsa_owner(account)
    return BatchSheet(
        account=account.name if account else "",
        institution=account.institution if account else "",
        owner=owner.name if owner else "",
        to_account=target.name if target else "",
        paid_on=paid_on,
        amount=amount,
        is_recorded=is_recorded,
        receipts=receipts,
        why=why,
    )
