"""The sheet of one HSA reimbursement: which receipts it pays back, and what proves each (feature 57).

The same sheet is printed before it is recorded and, from the recorded transfer, in any later year.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tracker.domain.accounts.hsa_pool import HsaExpense, receipt_gaps
from tracker.money import Cents


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetReceipt:
    """One receipt and how much of it is taken out; `documents` are the names of its files."""

    expense: HsaExpense
    amount: Cents
    documents: tuple[str, ...] = ()

    @property
    def gaps(self) -> tuple[str, ...]:
        """What a complete receipt still lacks."""
        return receipt_gaps(self.expense)

    @property
    def is_part(self) -> bool:
        """Whether only some of what counts is taken out."""
        return self.amount < self.expense.eligible


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchSheet:
    """Receipts in the order of the care. `amount` is what moved; `receipts` may come to less of it.

    `why` says how they were chosen, empty once it is recorded. `owner` is whose HSA it is.
    """

    account: str
    institution: str
    owner: str
    to_account: str
    paid_on: date
    amount: Cents
    is_recorded: bool
    receipts: tuple[SheetReceipt, ...]
    why: tuple[str, ...] = ()

    @property
    def total(self) -> Cents:
        return sum(item.amount for item in self.receipts)

    @property
    def complete(self) -> int:
        """How many receipts have every part."""
        return sum(not item.gaps for item in self.receipts)
