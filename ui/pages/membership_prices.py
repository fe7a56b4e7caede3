"""What the membership cost before: one line for every price there was and is, with how it changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tracker.dates import day_text
from tracker.domain.membership.cost import PriceChange, price_changes
from tracker.domain.membership.year import Price
from tracker.facts import percent
from tracker.money import dollars
from ui.models.membership_words import FREQUENCIES, price_time
from ui.models.table import Column, RowTableModel
from ui.widgets.card import Card
from ui.widgets.label import Label
from ui.widgets.table import LedgerTable


@dataclass(frozen=True, slots=True)
class PriceRow:
    """A price, and the change with which it began."""

    place: int
    price: Price
    change: PriceChange | None


class PricesCard(Card):
    """Hidden until a price has followed another."""

    def __init__(self) -> None:
        super().__init__("Prices so far")
        self._practice = ""
        columns: list[Column[PriceRow]] = [
            Column("Time", lambda row: price_time(row.price)),
            Column("Fee", self._fee_words, stretch=1),
            Column("Amount", lambda row: dollars(row.price.amount), right=True),
            Column("How often", lambda row: FREQUENCIES[row.price.frequency]),
            Column("Change", _change_words, right=True),
        ]
        self.model: RowTableModel[PriceRow] = RowTableModel(columns, key=lambda row: row.place, parent=self)
        self.table = LedgerTable(self.model, "Prices so far")
        self.add_table(self.table)
        self.sentence = Label("", "caption", wrap=True)
        self.body.addWidget(self.sentence)

    def show_prices(self, prices: Sequence[Price], practice: str) -> None:
        """Show the prices, the latest first; the practice, which stands above, is left out of them."""
        self._practice = practice
        changes = price_changes(prices)
        self.setVisible(bool(prices))
        self.model.set_rows(
            [PriceRow(place, price, _change_of(price, changes)) for place, price in enumerate(prices)]
        )
        self.table.fit_height_to_rows()
        self.sentence.setText(changes[0].why if changes else "")
        self.sentence.setVisible(bool(changes))
        if prices:
            self.set_note(f"since {day_text(prices[-1].began_on)}")

    def _fee_words(self, row: PriceRow) -> str:
        label = row.price.label
        return label.removesuffix(f", {self._practice}") if self._practice else label


def _change_of(price: Price, changes: Sequence[PriceChange]) -> PriceChange | None:
    return next((one for one in changes if (one.on, one.label) == (price.began_on, price.label)), None)


def _change_words(row: PriceRow) -> str:
    """`+9.09 %`; empty for the first price."""
    if row.change is None:
        return ""
    return f"{'+' if row.change.rate > 0 else '-'}{percent(abs(row.change.rate))}"
