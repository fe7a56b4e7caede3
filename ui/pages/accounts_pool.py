"""The HSA part's card about the unreimbursed pool: what may be taken out, and for which receipts."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from tracker.services.hsa_year import HsaYear
from ui.context import Context
from ui.widgets.card import Card
from ui.widgets.label import Label


class PoolCard(Card):
    """The HSA part tells it which person's HSA is shown, whenever something changed."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__("Unreimbursed expenses", parent=parent)
        self.context = context
        self.sentence = Label("", wrap=True)
        self.body.addWidget(self.sentence)

    def show_year(self, year: HsaYear) -> None:
        """Show the pool of the HSA of this year's person."""
        services, account = self.context.services, year.accounts[0]
        self.context.load(
            self,
            lambda: services.expenses.pool(hsa=account).sentence,
            self.sentence.setText,
        )
