"""One plan year of an FSA: what is left, what is lost unless, what could use it, what was claimed."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tracker.dates import day_text
from tracker.domain.accounts.fsa import FsaClaim
from tracker.domain.accounts.fsa_use_by import Use
from tracker.money import dollars
from tracker.services.fsa_year import FsaShown
from ui.context import Context
from ui.models import plan_year_words as words
from ui.models.accounts_words import NO_ADVICE
from ui.models.table import Column, RowTableModel
from ui.pages.accounts_year_facts import YearFactsCard
from ui.theme import GAP
from ui.widgets.buttons import PlainButton
from ui.widgets.card import Card
from ui.widgets.columns import side_by_side
from ui.widgets.figure_card import FigureCard
from ui.widgets.label import Label
from ui.widgets.table import LedgerTable


class FsaYearView(QWidget):
    """`claimed` carries a use that was just claimed; `reached` what to bring into view."""

    claimed = Signal(object)
    edit_asked = Signal()
    remove_asked = Signal()
    pay_asked = Signal()
    reached = Signal(object)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._shown: FsaShown | None = None
        self._refused: frozenset[FsaClaim] = frozenset()
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(GAP)
        self.left = FigureCard("Left to use", clickable=True)
        self.lost = FigureCard("Lost unless you act", clickable=True)
        self.file_by = FigureCard("Claims until")
        rows.addWidget(side_by_side(self.left, self.lost, self.file_by))
        self._build_planner()
        rows.addWidget(self.planner)
        self._build_claims()
        self.facts = YearFactsCard("FSA plan year")
        rows.addWidget(side_by_side(self.claims_card, self.facts, weights=(60, 40)))
        rows.addWidget(Label(NO_ADVICE, "caption", wrap=True))
        self.left.opened.connect(self.show_why)
        self.lost.opened.connect(self.show_why)
        self.facts.edit_button.clicked.connect(self.edit_asked)
        self.facts.remove_button.clicked.connect(self.remove_asked)

    def _build_planner(self) -> None:
        self.planner = Card("What can still use it")
        self.sentence = Label("", "bold", wrap=True)
        self.planner.body.addWidget(self.sentence)
        self.uses: RowTableModel[Use] = RowTableModel(self._use_columns(), _use_key, self)
        self.uses_table = LedgerTable(self.uses, "What can still use it", state=self._context.state)
        self.uses_table.fit_height_to_rows()
        self.planner.add_table(self.uses_table)
        self.ideas = Label("", "quiet", wrap=True)
        self.planner.body.addWidget(self.ideas)
        self.uses_table.row_reached.connect(self.reached)

    def _use_columns(self) -> list[Column[Use]]:
        return [
            Column("Care", lambda use: day_text(use.expense.on), order=lambda use: use.expense.on),
            Column(
                "Expense",
                lambda use: use.expense.label or "Payment",
                stretch=1,
                tooltip=lambda use: use.expense.label,
            ),
            Column("Uses", lambda use: dollars(use.amount), order=lambda use: use.amount, right=True),
            Column(
                "",
                lambda use: "" if use.planned else "Mark as claimed",
                tone=lambda _use: "accent",
                tooltip=lambda use: "" if use.planned else "Record that the FSA paid this back today",
                on_open=self._on_claimed,
            ),
            Column("By", lambda use: day_text(use.by), order=lambda use: use.by),
            Column(
                "",
                lambda use: "Planned" if use.planned else "Paid, not claimed",
                tone=lambda _use: "quiet",
            ),
        ]

    def _build_claims(self) -> None:
        self.claims_card = Card("Paid by this FSA")
        self.claims: RowTableModel[FsaClaim] = RowTableModel(self._claim_columns(), id, self)
        self.claims_table = LedgerTable(self.claims, "Paid by this FSA", row_height=30)
        self.claims_table.fit_height_to_rows()
        self.claims_card.add_table(self.claims_table)
        self.no_claims = Label("Nothing was paid yet.", "quiet", wrap=True)
        self.refused = Label("", tone="warning", wrap=True)
        self.pay_button = PlainButton("Record what it paid", "plus")
        self.pay_button.clicked.connect(self.pay_asked)
        self.claims_card.add_header_widget(self.pay_button)
        self.claims_card.body.addWidget(self.refused)
        self.claims_card.body.addWidget(self.no_claims)

    def _claim_columns(self) -> list[Column[FsaClaim]]:
        return [
            Column(
                "Care", lambda claim: day_text(claim.incurred_on), order=lambda claim: claim.incurred_on
            ),
            Column(
                "Expense",
                lambda claim: claim.label,
                stretch=2,
                tooltip=lambda claim: claim.label,
            ),
            Column("Paid", lambda claim: day_text(claim.filed_on) if claim.filed_on else ""),
            Column(
                "Amount",
                lambda claim: dollars(claim.reimbursed),
                right=True,
                tone=lambda claim: "warning" if claim in self._refused else "",
            ),
        ]

    # showing -------------------------------------------------------------------------

    def show_year(self, shown: FsaShown, today: date) -> None:
        """Show a plan year as of today."""
        self._shown = shown
        for card, figure in zip(
            (self.left, self.lost, self.file_by), words.fsa_figures(shown, today), strict=True
        ):
            card.show_figure(figure)
        plan = shown.plan
        over = words.is_over(shown, today)
        uses = plan.uses if plan is not None and not over else ()
        self.sentence.setText(words.loses_sentence(shown, today))
        self.uses.set_rows(uses)
        self.uses_table.setVisible(bool(uses))
        ideas = plan.ideas if plan is not None and not over else ()
        listed = "; ".join(idea[0].lower() + idea[1:] for idea in ideas)
        self.ideas.setText(f"Ideas for the rest: {listed}." if ideas else "")
        self.ideas.setVisible(bool(ideas))
        self._refused = frozenset(claim for claim, _ in shown.refused)
        self.claims.set_rows(shown.claims)
        self.claims_table.setVisible(bool(shown.claims))
        self.no_claims.setVisible(not shown.claims)
        self.refused.setText(words.refused_sentence(shown))
        self.refused.setVisible(bool(shown.refused))
        self.claims_card.set_note(dollars(sum(claim.reimbursed for claim in shown.claims)))
        self.facts.show_facts(words.fsa_facts(shown))

    @Slot()
    def show_why(self) -> None:
        """The sentences behind the figures."""
        from ui.dialogs.sentences_why import SentencesWhy

        if self._shown is not None:
            headline = words.loses_sentence(self._shown, self._context.today)
            SentencesWhy("FSA", headline, words.fsa_why(self._shown), self, remark=NO_ADVICE).open()

    def _on_claimed(self, use: Use) -> None:
        if not use.planned:
            self.claimed.emit(use)


def _use_key(use: Use) -> int:
    number = use.expense.expense_id
    return number if number is not None else -hash((use.expense.on, use.expense.label)) % 2**31 - 2**32
