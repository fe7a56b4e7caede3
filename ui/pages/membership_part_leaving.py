"""The Leaving part of Membership."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ui.context import Context
from ui.pages.membership_parts import MembershipPart
from ui.widgets.card import Card
from ui.widgets.label import Label


class LeavingPart(MembershipPart):
    """One card."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        card = Card("If you leave")
        card.body.addWidget(
            Label("Here stands what you get back on a day, under each rule.", "quiet", wrap=True)
        )
        self.rows.addWidget(card)
