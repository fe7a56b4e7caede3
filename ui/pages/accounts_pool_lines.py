"""Lines of the pool's card: HSA money that paid what it may not, and reimbursements recorded."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Protocol

from tracker.dates import day_text
from tracker.domain.accounts.claimed_twice import Twice
from tracker.money import dollars
from tracker.services.reimbursements import Recorded
from ui.widgets.action_lines import ActionLine


class Acts(Protocol):
    """What can be done with a line."""

    def open_payment(self, payment_id: int) -> None: ...
    def put_back(self, item: Twice) -> None: ...
    def print_sheet(self, payment_id: int) -> None: ...


def wrong_lines(found: Sequence[Twice], acts: Acts) -> list[ActionLine]:
    """What the HSA paid too much, with what to do."""
    return [
        ActionLine(
            text=f"{item.label}: {dollars(item.amount)} too much. {item.why}",
            detail=item.todo,
            tone="warning",
            actions=(
                ("Open payment", partial(acts.open_payment, item.expense_id)),
                ("Record repayment", partial(acts.put_back, item)),
            ),
        )
        for item in found
    ]


def recorded_lines(found: Sequence[Recorded], acts: Acts) -> list[ActionLine]:
    """Each reimbursement, whose sheet can be printed again at any time."""
    return [
        ActionLine(
            text=_recorded_words(item),
            actions=(
                ("Print sheet", partial(acts.print_sheet, item.payment_id)),
                ("Open", partial(acts.open_payment, item.payment_id)),
            ),
        )
        for item in found
    ]


def _recorded_words(item: Recorded) -> str:
    count = "1 receipt" if item.receipts == 1 else f"{item.receipts:,} receipts"
    to = f" to {item.to_account}" if item.to_account else ""
    return f"{day_text(item.paid_on)}: {dollars(item.amount)}{to} for {count}"
