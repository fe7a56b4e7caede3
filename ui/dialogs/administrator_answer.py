"""What the administrator of an FSA or HRA said about paying the practice's fee (rulebook 5.3)."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from tracker.errors import UserProblem
from tracker.facts.membership import AdministratorAnswer, TaxPocket
from tracker.services.membership_tax import FeeTax
from ui.context import Context
from ui.dialogs.commit_dialog import CommitDialog
from ui.models.fee_tax_words import POCKETS
from ui.widgets.choice_edit import OptionEdit
from ui.widgets.day_edit import DayEdit
from ui.widgets.note_edit import NoteEdit
from ui.widgets.yes_no import YesNo

_ASKED = (TaxPocket.FSA, TaxPocket.HRA)
"""Accounts whose administrator decides; an HSA's owner answers to the IRS alone."""


class AdministratorEditor(CommitDialog):
    """The latest answer of each account counts; earlier ones are kept."""

    def __init__(
        self,
        context: Context,
        parent: QWidget | None = None,
        *,
        facts: FeeTax,
        answer: AdministratorAnswer | None = None,
    ) -> None:
        super().__init__("What the administrator said", parent, columns=2, width=520)
        self._context = context
        self._facts = facts
        self._answer = answer
        self.pocket = OptionEdit([(item.value, POCKETS[item]) for item in _ASKED])
        self.said_on = DayEdit(context.today)
        self.agreed = YesNo("May the account pay the fee?")
        self.said = NoteEdit(lines=3)
        self.form.add("pocket", "Account", self.pocket)
        self.form.add("said_on", "Said on", self.said_on)
        self.form.add("agreed", "May the account pay the fee?", self.agreed, wide=True)
        self.form.add("said", "In their words, and who said it", self.said, wide=True)
        self.said_on.set_day(answer.said_on if answer else context.today)
        if answer is not None:
            self.pocket.choose(answer.pocket.value)
            self.agreed.show_answer(answer.agreed)
            self.said.set_text(answer.said)

    def save(self) -> bool:
        agreed = self.agreed.answer()
        if agreed is None:
            raise UserProblem("Was it a yes or a no?", "Choose one.", field="agreed")
        made = AdministratorAnswer(
            pocket=TaxPocket(self.pocket.key()),
            said_on=self.said_on.day(),
            agreed=agreed,
            said=self.said.text(),
        )
        others = [item for item in self._facts.administrators if item is not self._answer]
        use, which = self._context.services.membership_use, self._facts.shown.membership.id or 0
        return self.commit(
            self._context, lambda: use.save_administrators(which, [*others, made]), "Saving the answer"
        )
