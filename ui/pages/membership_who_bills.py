"""Who bills whom: the source document's table, and what to expect of your own practice."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from tracker.domain.membership.who_bills import BILLING, BillingRow
from tracker.services.membership_answers import answer_about_practice
from tracker.services.membership_included import IncludedFacts
from tracker.services.membership_models import bills_plan
from ui.context import Context
from ui.models import included_words as words
from ui.models.table import Column, RowTableModel
from ui.widgets.card import Card
from ui.widgets.label import Label
from ui.widgets.table import LedgerTable
from ui.widgets.yes_no import YesNo

ASKED = "Does your practice bill your insurance for visits?"


class WhoBillsCard(Card):
    """The answer about the own practice is given here too; it decides which EOBs are expected."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__("Who bills whom", parent=parent)
        self._context = context
        self._facts: IncludedFacts | None = None
        self.model: RowTableModel[BillingRow] = RowTableModel(
            self._columns(), key=BILLING.index, parent=self
        )
        self.table = LedgerTable(self.model, "Who bills whom", state=context.state)
        self.add_table(self.table)
        line = QHBoxLayout()
        line.setSpacing(12)
        self.answer = YesNo(ASKED)
        line.addWidget(Label(ASKED, wrap=True), 1)
        line.addWidget(self.answer)
        self.body.addLayout(line)
        self.follows = Label("", "caption", wrap=True)
        self.body.addWidget(self.follows)
        self.answer.answered.connect(self._on_answer)

    def _columns(self) -> list[Column[BillingRow]]:
        return [
            Column("Care", lambda row: row.service, stretch=2),
            Column("In a traditional practice", lambda row: row.traditional.value, stretch=2),
            Column("In a concierge practice", lambda row: row.concierge.value, stretch=2),
            Column(
                "From yours", lambda row: words.yours_words(row, self._bills), tone=self._tone, stretch=2
            ),
        ]

    @property
    def _bills(self) -> bool | None:
        return self._facts.shown.membership.terms.bills_insurance if self._facts else None

    def _tone(self, row: BillingRow) -> str:
        return "warning" if words.yours_words(row, self._bills).startswith("Ask") else ""

    def show_facts(self, facts: IncludedFacts) -> None:
        self._facts = facts
        self.model.set_rows(BILLING)
        self.table.fit_height_to_rows()
        self.answer.show_answer(self._bills)
        assumed = "it does" if bills_plan(facts.shown.membership) else "it does not"
        self.follows.setText(
            f"Until you say so, the program takes it that {assumed}, by the kind of membership."
            if self._bills is None
            else "A copay may be charged for each visit that is billed."
            if self._bills
            else "A bill or an EOB for an included service is a reason to ask; Claims tells when one comes."
        )

    @Slot(object)
    def _on_answer(self, answer: bool | None) -> None:
        if self._facts is not None:
            which, ledger = self._facts.shown.membership.id or 0, self._context.services.ledger
            self._context.commit(
                self,
                lambda: answer_about_practice(ledger, which, "bills_insurance", answer),
                quiet=True,
            )
