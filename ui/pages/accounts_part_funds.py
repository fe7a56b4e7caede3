"""The Funds part of Accounts."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ui.context import Context
from ui.pages.accounts_parts import AccountsPart
from ui.widgets.card import Card
from ui.widgets.label import Label


class FundsPart(AccountsPart):
    """One card."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        card = Card("Funds")
        card.body.addWidget(Label("How funds are sized is not shown yet.", "quiet", wrap=True))
        self.rows.addWidget(card)
