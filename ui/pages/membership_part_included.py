"""The Included part of Membership."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ui.context import Context
from ui.pages.membership_parts import MembershipPart
from ui.widgets.card import Card
from ui.widgets.label import Label


class IncludedPart(MembershipPart):
    """One card."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        card = Card("What the membership includes")
        card.body.addWidget(
            Label(
                "What your fee includes and how often you used it is not shown yet.",
                "quiet",
                wrap=True,
            )
        )
        self.rows.addWidget(card)
