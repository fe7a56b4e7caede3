"""Once a year or in parts: what paying in parts costs, as a sum and as interest."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout

from tracker.domain.membership.cost import Instalments
from tracker.domain.membership.offer import offered
from tracker.facts import Membership, percent
from tracker.money import dollars
from ui.theme import theme
from ui.widgets.buttons import LinkButton, PlainButton
from ui.widgets.card import Card
from ui.widgets.label import Label
from ui.widgets.sum_lines import SumLine, SumLines

_ASK = "With the other price your practice offers, you see what paying in parts costs."


class OfferCard(Card):
    """Asks for the other price until it is known."""

    edit_asked = Signal()

    def __init__(self) -> None:
        super().__init__("Once a year, or in parts")
        self._found: Instalments | None = None
        self.sentence = Label("", "quiet", wrap=True)
        self.lines = SumLines()
        self.lines.setMaximumWidth(theme().px(440))
        self.why_button = PlainButton("Why?")
        self.edit_link = LinkButton("Enter the other price", "edit")
        self.body.addWidget(self.sentence)
        self.body.addWidget(self.lines)
        below = QHBoxLayout()
        below.setSpacing(8)
        below.addWidget(self.why_button)
        below.addWidget(self.edit_link)
        below.addStretch(1)
        self.body.addLayout(below)
        self.why_button.clicked.connect(self.show_why)
        self.edit_link.clicked.connect(self.edit_asked)

    def show_membership(self, membership: Membership, today: date) -> None:
        """Compare the fee with the price offered instead of it."""
        found = self._found = offered(membership, today)
        self.sentence.setText(_headline(found) if found else _ASK)
        self.lines.show_lines(_lines(found) if found else [])
        self.lines.setVisible(found is not None)
        self.why_button.setVisible(found is not None)
        self.edit_link.setVisible(found is None)

    @Slot()
    def show_why(self) -> None:
        """The arithmetic in sentences."""
        from ui.dialogs.sentences_why import SentencesWhy

        if self._found is not None:
            headline = _headline(self._found)
            SentencesWhy("Once a year, or in parts", headline, [("", self._found.why)], self).open()


def _headline(found: Instalments) -> str:
    if found.discount > 0:
        return f"Paying once a year saves {dollars(found.discount)}, {percent(found.discount_rate)}."
    if found.discount < 0:
        return f"Paying once a year costs {dollars(-found.discount)} more."
    return "Both cost the same in a year."


def _lines(found: Instalments) -> list[SumLine]:
    lines = [
        SumLine("Once a year", dollars(found.at_once)),
        SumLine(f"{found.count} times {dollars(found.each)}", dollars(found.in_parts)),
    ]
    if found.interest:
        lines.append(SumLine("Paying in parts is like borrowing at", f"{percent(found.interest)} a year"))
    lines.append(SumLine("Paid ahead at most, once a year", dollars(found.at_risk_at_once)))
    lines.append(SumLine("Paid ahead at most, in parts", dollars(found.at_risk_in_parts)))
    return lines
