"""What the membership cost before: one line for every price there was and is."""

from __future__ import annotations

from collections.abc import Sequence

from tracker.dates import day_text
from tracker.domain.membership.year import Price
from tracker.money import dollars
from ui.models.membership_words import FREQUENCIES, price_time
from ui.models.table import Column, RowTableModel
from ui.widgets.card import Card
from ui.widgets.table import LedgerTable

_Row = tuple[int, Price]


class PricesCard(Card):
    """Hidden until a price has followed another."""

    def __init__(self) -> None:
        super().__init__("Prices so far")
        columns: list[Column[_Row]] = [
            Column("Time", lambda row: price_time(row[1])),
            Column("Fee", lambda row: row[1].label, stretch=1),
            Column("Amount", lambda row: dollars(row[1].amount), right=True),
            Column("How often", lambda row: FREQUENCIES[row[1].frequency]),
        ]
        self.model: RowTableModel[_Row] = RowTableModel(columns, key=lambda row: row[0], parent=self)
        self.table = LedgerTable(self.model, "Prices so far")
        self.add_table(self.table)

    def show_prices(self, prices: Sequence[Price]) -> None:
        """Show the prices, the latest first."""
        self.setVisible(bool(prices))
        self.model.set_rows(list(enumerate(prices)))
        self.table.fit_height_to_rows()
        if prices:
            self.set_note(f"since {day_text(prices[-1].began_on)}")
