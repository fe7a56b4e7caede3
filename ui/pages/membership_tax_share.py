"""The care share of the fee: the practice's statement, the tax on it, what administrators said (5.3)."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QSizePolicy, QWidget

from tracker.facts.membership import AdministratorAnswer, CareStatement
from tracker.services.membership_tax import FeeTax
from ui.context import Context
from ui.models import fee_tax_words as words
from ui.widgets.action_lines import ActionLine, ActionLines
from ui.widgets.buttons import LinkButton, PlainButton
from ui.widgets.card import Card
from ui.widgets.columns import Flow
from ui.widgets.label import Label
from ui.widgets.sum_lines import SumLines


class ShareCard(Card):
    """Without the practice's written word nothing counts, and the card says so."""

    rates_asked = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__("How much of the fee is care", parent=parent)
        self._context = context
        self._facts: FeeTax | None = None
        self.lines = SumLines()
        self.none = Label("", "quiet", wrap=True)
        self.problem = Label("", tone="warning", wrap=True)
        self.rates = Label("", "caption", wrap=True)
        self.statements = ActionLines()
        for part in (self.lines, self.none, self.problem, self.rates, self.statements):
            self.body.addWidget(part)
        below = QWidget()
        below.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        flow = Flow(below)
        self.add_button = PlainButton("Enter the practice\u2019s statement\u2026", "plus")
        self.why_button = PlainButton("Why?")
        self.rates_link = LinkButton("Your tax rates\u2026")
        for button in (self.add_button, self.why_button, self.rates_link):
            flow.addWidget(button)
        self.body.addWidget(below)
        self.add_button.clicked.connect(self.add_statement)
        self.why_button.clicked.connect(self.show_why)
        self.rates_link.clicked.connect(self.rates_asked)

    def show_facts(self, facts: FeeTax) -> None:
        self._facts = facts
        share = facts.share
        self.lines.show_lines(words.share_lines(share))
        self.none.setText(share.split.why[0] if share.statement is None else "")
        self.none.setVisible(bool(self.none.text()))
        self.problem.setText(share.problem or share.remark)
        self.problem.set_tone("warning" if share.problem else "")
        self.problem.setVisible(bool(self.problem.text()))
        self.rates.setText(words.rates_ask(share))
        self.rates.setVisible(bool(self.rates.text()))
        self.statements.show_lines(
            [
                ActionLine(
                    words.statement_words(item),
                    words.statement_detail(item),
                    actions=(
                        ("Change", partial(self.change_statement, item)),
                        ("Remove", partial(self._remove, item)),
                    ),
                )
                for item in facts.statements
            ]
        )

    @Slot()
    def add_statement(self) -> None:
        """Enter what the practice wrote about the care part."""
        self._editor(None)

    def change_statement(self, item: CareStatement) -> None:
        self._editor(item)

    def _editor(self, item: CareStatement | None) -> None:
        from ui.dialogs.care_statement import CareStatementEditor

        if self._facts is not None:
            CareStatementEditor(self._context, self, facts=self._facts, statement=item).open()

    def _remove(self, item: CareStatement) -> None:
        if self._facts is not None:
            self._save([other for other in self._facts.statements if other is not item])

    def _save(self, statements: Sequence[CareStatement]) -> None:
        assert self._facts is not None
        which, use = self._facts.shown.membership.id or 0, self._context.services.membership_use
        self._context.commit(self, lambda: use.save_statements(which, statements))

    @Slot()
    def show_why(self) -> None:
        """How the care share and the tax on it were worked out."""
        from tracker.money import dollars
        from ui.dialogs.sentences_why import SentencesWhy

        if self._facts is None:
            return
        split = self._facts.share.split
        SentencesWhy(
            "How much of the fee is care",
            f"{dollars(split.care)} of {dollars(split.fee)} is care",
            words.share_why(self._facts.share),
            self,
            remark="A fee for access or amenities is not medical care; a fee for care is, for the part and "
            "when the care is given. IRC 213(d); no IRS ruling on concierge fees was found.",
        ).open()


class AdministratorsCard(Card):
    """What administrators of an FSA or HRA answered; it stands above the usual answer."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__("What your administrators said", parent=parent)
        self._context = context
        self._facts: FeeTax | None = None
        self.none = Label(
            "Nothing yet. Ask the administrator of your FSA or HRA, best in writing, and note the answer.",
            "quiet",
            wrap=True,
        )
        self.answers = ActionLines()
        self.body.addWidget(self.none)
        self.body.addWidget(self.answers)
        below = QWidget()
        below.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.add_button = PlainButton("Enter an answer\u2026", "plus")
        Flow(below).addWidget(self.add_button)
        self.body.addWidget(below)
        self.add_button.clicked.connect(self.add_answer)

    def show_facts(self, facts: FeeTax) -> None:
        self._facts = facts
        self.none.setVisible(not facts.administrators)
        self.answers.setVisible(bool(facts.administrators))
        self.answers.show_lines(
            [
                ActionLine(
                    words.said_words(item),
                    item.said,
                    actions=(
                        ("Change", partial(self.change_answer, item)),
                        ("Remove", partial(self._remove, item)),
                    ),
                )
                for item in facts.administrators
            ]
        )

    @Slot()
    def add_answer(self) -> None:
        """Enter what an administrator said."""
        self._editor(None)

    def change_answer(self, item: AdministratorAnswer) -> None:
        self._editor(item)

    def _editor(self, item: AdministratorAnswer | None) -> None:
        from ui.dialogs.administrator_answer import AdministratorEditor

        if self._facts is not None:
            AdministratorEditor(self._context, self, facts=self._facts, answer=item).open()

    def _remove(self, item: AdministratorAnswer) -> None:
        if self._facts is None:
            return
        left = [other for other in self._facts.administrators if other is not item]
        which, use = self._facts.shown.membership.id or 0, self._context.services.membership_use
        self._context.commit(self, lambda: use.save_administrators(which, left))
