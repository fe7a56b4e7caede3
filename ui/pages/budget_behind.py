"""The payments behind an actual by accrual: each with what of it belongs to the months shown."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from tracker.dates import Period
from tracker.money import Cents
from tracker.services.accrual import belonging
from tracker.services.bundle import Services
from ui.context import Context
from ui.dialogs.payments_behind import Part, PaymentsBehind


class AccrualBehind(PaymentsBehind):
    """As in the cash view, with the share of a fee that was paid in another month.

    They cannot be shown in Spending, which filters by the day of payment.
    """

    def __init__(
        self,
        context: Context,
        parent: QWidget | None,
        *,
        title: str,
        category_ids: Sequence[int],
        period: Period,
    ) -> None:
        super().__init__(context, parent, title=title, category_ids=category_ids, period=period)
        self.save_button.hide()

    def _load(self) -> None:
        services, ids, period = self._context.services, self._ids, self._period
        self._context.load(self, lambda: _parts(services, ids, period), self._show_parts)

    def _show_parts(self, parts: list[Part]) -> None:
        super()._show_parts(parts)
        self.note.setText(
            "Listed here are also payments of other months: a membership fee with the share that belongs "
            "to these months, and money that came back for an expense of these months."
        )


def _parts(services: Services, category_ids: Sequence[int], period: Period) -> list[Part]:
    sums: defaultdict[int, Cents] = defaultdict(int)
    for category_id in category_ids:
        for payment_id, amount in belonging(services.ledger.read(), category_id, period):
            sums[payment_id] += amount
    lines = services.payments.lines(list(sums))
    found = [Part(line, sums[line.id]) for line in lines]
    return sorted(found, key=lambda part: (part.line.paid_on, part.line.id))
