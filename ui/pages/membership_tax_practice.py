"""What decides both tax questions about the practice, answered where it is asked (rulebook 5.3, 5.4)."""

from __future__ import annotations

from enum import StrEnum
from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from tracker.facts.membership import PaidBy, PaysFor
from tracker.services.membership_answers import ANSWERS, answer_about_practice
from tracker.services.membership_tax import FeeTax
from ui.context import Context
from ui.models import fee_tax_words as words
from ui.theme import theme
from ui.widgets.card import Card
from ui.widgets.choice_edit import OptionEdit
from ui.widgets.columns import Columns
from ui.widgets.form import Form
from ui.widgets.label import Label
from ui.widgets.yes_no import YesNo


class PracticeCard(Card):
    """Each answer is kept at once and can be undone; what nobody knows stays not known."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__("About the practice", parent=parent)
        self._context = context
        self._facts: FeeTax | None = None
        self.set_subtitle(
            "The agreement or the practice knows. What you leave open stays a question above."
        )
        self.pays_for = OptionEdit([(_key(item), said) for item, said in words.PAYS_FOR.items()])
        self.paid_by = OptionEdit([(item.value, said) for item, said in words.PAID_BY.items()])
        form = Form(columns=2)
        form.add("pays_for", "The fee pays for", self.pays_for)
        form.add("paid_by", "Who pays it", self.paid_by)
        self.body.addWidget(form)
        self.answers: dict[str, YesNo] = {}
        for name in ANSWERS:
            self.body.addWidget(self._question(name))
        self.pays_for.edited.connect(self._on_pays_for)
        self.paid_by.edited.connect(self._on_paid_by)

    def _question(self, name: str) -> QWidget:
        asked, more = words.QUESTIONS[name]
        holder = QWidget()
        holder.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        line = Columns(holder, gap=10, same_height=False)
        said = QWidget()
        said.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        column = QVBoxLayout(said)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(1)
        column.addWidget(Label(asked, wrap=True))
        column.addWidget(Label(more, "caption", wrap=True))
        edit = YesNo(asked)
        edit.setAccessibleDescription(more)
        beside = QWidget()
        row = QHBoxLayout(beside)
        row.setContentsMargins(0, 0, 0, 0)
        row.addStretch(1)
        row.addWidget(edit)
        line.add(said, 50, least=theme().px(150))
        line.add(beside, 1)
        edit.answered.connect(partial(self._on_answer, name))
        self.answers[name] = edit
        return holder

    def show_facts(self, facts: FeeTax) -> None:
        self._facts = facts
        terms = facts.shown.membership.terms
        self.pays_for.choose(_key(terms.pays_for))
        self.paid_by.choose(terms.paid_by.value)
        for name, edit in self.answers.items():
            edit.show_answer(getattr(terms, name))

    @Slot()
    def _on_pays_for(self) -> None:
        key = self.pays_for.key()
        self._keep("pays_for", PaysFor(key) if key else None)

    @Slot()
    def _on_paid_by(self) -> None:
        self._keep("paid_by", PaidBy(self.paid_by.key()))

    def _on_answer(self, name: str, answer: bool | None) -> None:
        self._keep(name, answer)

    def _keep(self, name: str, answer: bool | StrEnum | None) -> None:
        if self._facts is not None:
            which, ledger = self._facts.shown.membership.id or 0, self._context.services.ledger
            self._context.commit(
                self, lambda: answer_about_practice(ledger, which, name, answer), quiet=True
            )


def _key(item: PaysFor | None) -> str:
    return item.value if item else ""
