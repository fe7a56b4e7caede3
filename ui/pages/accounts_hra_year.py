"""One plan year of an HRA: what is left, what it may pay and why, what it paid."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tracker.dates import day_text
from tracker.domain.accounts.answers import Answer, Verdict
from tracker.facts.accounts import HraPays
from tracker.facts.expenses import Expense
from tracker.money import Cents, dollars
from tracker.services.hra_year import HraShown
from ui.context import Context
from ui.models import plan_year_words as words
from ui.models.accounts_words import HRA_PAYS, NO_ADVICE
from ui.models.table import Column, RowTableModel
from ui.pages.accounts_year_facts import YearFactsCard
from ui.theme import GAP
from ui.widgets.buttons import PlainButton
from ui.widgets.card import Card
from ui.widgets.columns import side_by_side
from ui.widgets.figure_card import FigureCard
from ui.widgets.label import Label
from ui.widgets.table import LedgerTable

_TONES = {Verdict.YES: "good", Verdict.NO: "bad"}
_Says = tuple[HraPays, Answer]
_Paid = tuple[Expense, Cents]


class HraYearView(QWidget):
    """Answers come from the plan document; where it says nothing, the page says to ask."""

    edit_asked = Signal()
    remove_asked = Signal()
    pay_asked = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._shown: HraShown | None = None
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(GAP)
        self.left = FigureCard("Left to use", clickable=True)
        self.put_in = FigureCard("Put in by your employer")
        self.expires = FigureCard("Claims until")
        rows.addWidget(side_by_side(self.left, self.put_in, self.expires))
        answers = Card("What it may pay")
        self.answers: RowTableModel[_Says] = RowTableModel(_answer_columns(), _answer_key, self)
        self.answers_table = LedgerTable(self.answers, "What the HRA may pay", row_height=30)
        self.answers_table.fit_height_to_rows()
        answers.add_table(self.answers_table)
        self.facts = YearFactsCard("HRA plan year")
        rows.addWidget(side_by_side(answers, self.facts, weights=(60, 40)))
        self.paid_card = Card("Paid by this HRA")
        self.pay_button = PlainButton("Record what it paid", "plus")
        self.pay_button.clicked.connect(self.pay_asked)
        self.paid_card.add_header_widget(self.pay_button)
        self.paid: RowTableModel[_Paid] = RowTableModel(_paid_columns(), lambda row: row[0].id, self)
        self.paid_table = LedgerTable(self.paid, "Paid by this HRA", row_height=30)
        self.paid_table.fit_height_to_rows()
        self.paid_card.add_table(self.paid_table)
        self.no_paid = Label("Nothing was paid yet.", "quiet", wrap=True)
        self.paid_card.body.addWidget(self.no_paid)
        rows.addWidget(self.paid_card)
        rows.addWidget(Label(NO_ADVICE, "caption", wrap=True))
        self.left.opened.connect(self.show_why)
        self.answers_table.opened.connect(self.show_why)
        self.facts.edit_button.clicked.connect(self.edit_asked)
        self.facts.remove_button.clicked.connect(self.remove_asked)

    def show_year(self, shown: HraShown, today: date) -> None:
        """Show a plan year as of today."""
        self._shown = shown
        for card, figure in zip(
            (self.left, self.put_in, self.expires), words.hra_figures(shown, today), strict=True
        ):
            card.show_figure(figure)
        self.answers.set_rows(shown.answers)
        self.paid.set_rows(shown.paid)
        self.paid_table.setVisible(bool(shown.paid))
        self.no_paid.setVisible(not shown.paid)
        self.paid_card.set_note(dollars(sum(amount for _, amount in shown.paid)))
        self.facts.show_facts(words.hra_facts(shown))

    @Slot()
    def show_why(self) -> None:
        """The sentences behind the figures and the answers."""
        from ui.dialogs.sentences_why import SentencesWhy

        if self._shown is not None:
            headline = f"{dollars(self._shown.standing.available)} is left to use."
            SentencesWhy("HRA", headline, words.hra_why(self._shown), self, remark=NO_ADVICE).open()


def _answer_key(row: _Says) -> int:
    return list(HraPays).index(row[0])


def _answer_columns() -> list[Column[_Says]]:
    return [
        Column("Expense", lambda row: HRA_PAYS[row[0]], stretch=1, tooltip=lambda row: HRA_PAYS[row[0]]),
        Column(
            "May it pay?",
            lambda row: words.VERDICTS[row[1].verdict],
            tone=lambda row: _TONES.get(row[1].verdict, "warning"),
        ),
        Column(
            "Why",
            lambda row: row[1].sentence,
            stretch=2,
            tone=lambda _row: "quiet",
            tooltip=lambda row: f"{row[1].sentence} Source: {row[1].source}.",
        ),
    ]


def _paid_columns() -> list[Column[_Paid]]:
    return [
        Column("Care", lambda row: day_text(row[0].day_of_care), order=lambda row: row[0].day_of_care),
        Column("Expense", _label, stretch=1, tooltip=_label),
        Column("Amount", lambda row: dollars(row[1]), order=lambda row: row[1], right=True),
    ]


def _label(row: _Paid) -> str:
    return row[0].label
