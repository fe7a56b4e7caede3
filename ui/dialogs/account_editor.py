"""Where money lies: bank, card, HSA, FSA, contingency fund."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from tracker.facts import Account, AccountKind
from ui.context import Context
from ui.dialogs.commit_dialog import CommitDialog
from ui.models.household_words import ACCOUNT_SENTENCES, ACCOUNTS
from ui.widgets.choice_edit import OptionEdit
from ui.widgets.money_edit import MoneyEdit


class AccountEditor(CommitDialog):
    """A target belongs to the contingency fund only. A closed account keeps its payments."""

    def __init__(
        self, context: Context, parent: QWidget | None = None, *, account: Account | None = None
    ) -> None:
        super().__init__("Account" if account else "Add an account", parent, columns=2, width=480)
        self._context = context
        self._account = account
        self.name = QLineEdit()
        self.kind = OptionEdit([(kind.value, words) for kind, words in ACCOUNTS.items()])
        self.institution = QLineEdit()
        self.opening = MoneyEdit()
        self.target = MoneyEdit(placeholder="2,400.00")
        self.closed = QCheckBox("Closed")
        self.form.add("name", "Name", self.name, wide=True)
        self.form.add("kind", "Kind", self.kind, hint=" ", wide=True)
        self.form.add("institution", "Where", self.institution, hint="The bank or administrator.")
        self.form.add(
            "opening", "Opening balance", self.opening, hint="Before the first movement recorded here."
        )
        self.form.add("target", "Target", self.target)
        self.form.add("closed", "", self.closed, hint="No longer offered for new payments.", wide=True)
        self._fill(account or Account(name=""))
        self.kind.edited.connect(self._show_kind)
        self._show_kind()

    def _fill(self, start: Account) -> None:
        self.name.setText(start.name)
        self.name.setCursorPosition(0)
        self.kind.choose(start.kind.value)
        self.institution.setText(start.institution)
        self.institution.setCursorPosition(0)
        self.opening.set_cents(start.opening)
        self.target.set_cents(start.target)
        self.closed.setChecked(start.closed)
        self.form.field("closed").setVisible(self._account is not None)

    @Slot()
    def _show_kind(self) -> None:
        kind = AccountKind(self.kind.key())
        self.form.field("kind").set_hint(ACCOUNT_SENTENCES[kind])
        self.form.field("target").setVisible(kind is AccountKind.CONTINGENCY)

    def save(self) -> bool:
        accounts, kind = self._context.services.accounts, AccountKind(self.kind.key())
        typed = replace(
            self._account or Account(name="", opened_on=self._context.today),
            name=self.name.text(),
            kind=kind,
            institution=self.institution.text(),
            opening=self.opening.cents_or_none() or 0,
            target=self.target.cents_or_none() if kind is AccountKind.CONTINGENCY else None,
            closed=self.closed.isChecked(),
        )
        return self.commit(self._context, lambda: accounts.save(typed), "Saving the account")
