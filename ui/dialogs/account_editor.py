"""Where money lies: bank, card, HSA, FSA, HRA, contingency fund, sinking fund."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from tracker.facts import Account, AccountKind
from ui.context import Context
from ui.dialogs.commit_dialog import CommitDialog
from ui.models.household_words import ACCOUNT_SENTENCES, ACCOUNTS
from ui.widgets.choice_edit import OptionEdit
from ui.widgets.day_edit import DayEdit
from ui.widgets.money_edit import MoneyEdit

_SAVED_FOR = (AccountKind.CONTINGENCY, AccountKind.SINKING)
_PERSONAL = (AccountKind.HSA, AccountKind.FSA, AccountKind.HRA)
_ALIKE = (AccountKind.BANK, AccountKind.CARD)
"""Kinds that count alike: one may become the other at any time."""

_LOCKED = (
    "The kind stays: it decides how the money that moved counts. For another kind, add another account "
    "and close this one."
)
_OPENED = {
    AccountKind.HSA: "When it was established: an HSA pays only for care since that day.",
}


class AccountEditor(CommitDialog):
    """Targets belong to funds, owners to HSA, FSA and HRA. A closed account keeps its payments."""

    def __init__(
        self, context: Context, parent: QWidget | None = None, *, account: Account | None = None
    ) -> None:
        super().__init__("Account" if account else "Add an account", parent, columns=2, width=480)
        self._context = context
        self._account = account
        self._people = context.services.people.people()
        self.name = QLineEdit()
        self.kind = OptionEdit(_kinds(account, used=_is_used(context, account)))
        self.person = OptionEdit([("", "Not said"), *((str(item.id), item.name) for item in self._people)])
        self.institution = QLineEdit()
        self.opened_on = DayEdit(context.today)
        self.opening = MoneyEdit()
        self.target = MoneyEdit(placeholder="2,400.00")
        self.closed = QCheckBox("Closed")
        self.form.add("name", "Name", self.name, wide=True)
        self.form.add("kind", "Kind", self.kind, hint=" ", wide=True)
        self.form.add("person_id", "Whose", self.person, wide=True)
        self.form.add("institution", "Where", self.institution, hint="The bank or administrator.")
        self.form.add("opened_on", "Opened on", self.opened_on, hint="May be empty.")
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
        owner = start.person_id or (self._people[0].id if self._people and start.id is None else None)
        self.person.choose(str(owner or ""))
        self.institution.setText(start.institution)
        self.institution.setCursorPosition(0)
        self.opened_on.set_day(start.opened_on)
        self.opening.set_cents(start.opening)
        self.target.set_cents(start.target)
        self.closed.setChecked(start.closed)
        self.form.field("closed").setVisible(self._account is not None)

    def choose_kind(self, kind: AccountKind) -> None:
        """Propose a kind for an account to be added."""
        self.kind.choose(kind.value)
        self._show_kind()

    @Slot()
    def _show_kind(self) -> None:
        kind = AccountKind(self.kind.key())
        locked = self.kind.count() == 1
        said = ACCOUNT_SENTENCES[kind]
        self.form.field("kind").set_hint(f"{said} {_LOCKED}" if locked else said)
        self.form.field("target").setVisible(kind in _SAVED_FOR)
        self.form.field("person_id").setVisible(kind in _PERSONAL and len(self._people) > 1)
        self.form.field("opened_on").set_hint(_OPENED.get(kind, "May be empty."))
        if self.isVisible():
            self._grow()

    def save(self) -> bool:
        accounts, kind = self._context.services.accounts, AccountKind(self.kind.key())
        whose = self.person.key()
        typed = replace(
            self._account or Account(name=""),
            name=self.name.text(),
            kind=kind,
            person_id=int(whose) if whose and kind in _PERSONAL else None,
            institution=self.institution.text(),
            opened_on=self.opened_on.day_or_none(),
            opening=self.opening.cents_or_none() or 0,
            target=self.target.cents_or_none() if kind in _SAVED_FOR else None,
            closed=self.closed.isChecked(),
        )
        return self.commit(self._context, lambda: accounts.save(typed), "Saving the account")


def _is_used(context: Context, account: Account | None) -> bool:
    return account is not None and context.services.accounts.is_used(account.id or 0)


def _kinds(account: Account | None, *, used: bool) -> list[tuple[str, str]]:
    """The kinds an account may have: once it is used, only those that count like its own."""
    if account is None or not used:
        offered = tuple(ACCOUNTS)
    else:
        offered = _ALIKE if account.kind in _ALIKE else (account.kind,)
    return [(kind.value, ACCOUNTS[kind]) for kind in offered]
