"""A rule for rows of files: when it fits, and what it proposes. Made from a row: *Always like this*."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from tracker.changes import Changes
from tracker.domain.accounts.qualified_items import ITEMS
from tracker.domain.importing.rows import MoneyRow
from tracker.domain.importing.rules import from_example, rule_words
from tracker.errors import UserProblem
from tracker.facts.importing import ImportRule
from ui.context import Context
from ui.dialogs.commit_dialog import CommitDialog
from ui.models.import_read import Names
from ui.widgets.choice_edit import ChoiceEdit, OptionEdit
from ui.widgets.label import Label
from ui.widgets.money_edit import MoneyEdit

_EITHER, _OUT, _IN = "", "out", "in"
_SENTENCE = (
    "Rows that fit are proposed like this, in this import and in later ones. What is empty asks nothing."
)


class RuleDialog(CommitDialog):
    """Saves the rule before all others, so that it decides about the row it was made from."""

    def __init__(
        self,
        context: Context,
        parent: QWidget | None,
        rule: ImportRule,
        names: Names,
        *,
        title: str = "Always like this",
    ) -> None:
        super().__init__(title, parent, save_text="Save rule", columns=2, sentence=_SENTENCE, width=560)
        self._context = context
        self._rule = rule
        self.name = QLineEdit()
        self.payee_has, self.memo_has = QLineEdit(), QLineEdit()
        self.amount_from, self.amount_to = MoneyEdit(placeholder="Any"), MoneyEdit(placeholder="Any")
        self.direction = OptionEdit([(_EITHER, "Out or in"), (_OUT, "Money out"), (_IN, "Money in")])
        accounts = [(str(number), name) for number, name in names.accounts.items()]
        self.account = OptionEdit([("", "Any account"), *accounts])
        self.fits = Label("", "caption", wrap=True)
        self.leave_out = QCheckBox("Leave such rows out")
        self.payee = ChoiceEdit(
            list(enumerate(names.payees)), allow_new=True, placeholder="As the bank writes it"
        )
        self.line = ChoiceEdit(list(names.lines.items()), placeholder="As before")
        self.person = ChoiceEdit(list(names.people.items()), placeholder="As before")
        self.goes_to = OptionEdit([("", "No, it is a payment"), *accounts])
        self.item = ChoiceEdit(
            [(place, kind.name) for place, kind in enumerate(ITEMS)], placeholder="As its budget line tells"
        )
        form = self.form
        form.add("name", "Name of the rule", self.name, wide=True)
        form.add("payee_has", "The bank\u2019s payee has these words", self.payee_has)
        form.add("memo_has", "The memo has these words", self.memo_has)
        form.add("amount_from", "Amount from", self.amount_from)
        form.add("amount_to", "Amount to", self.amount_to)
        form.add("money_out", "Direction", self.direction)
        form.add("account_id", "In the account", self.account)
        form.add_line(self.fits)
        form.add_line(Label("Then", "bold"))
        form.add("leave_out", "", self.leave_out, wide=True)
        form.add("payee", "Payee", self.payee)
        form.add("category_id", "Budget line", self.line)
        form.add("person_id", "Person", self.person)
        form.add("to_account_id", "Transfer to an account of yours", self.goes_to)
        form.add("item", "Kind of expense", self.item, hint="For the HSA, FSA and taxes.", wide=True)
        form.field("person_id").setVisible(len(names.people) > 1)
        self._fill(rule)
        self._wire()
        self._say()
        self._show_leave_out()

    def _fill(self, rule: ImportRule) -> None:
        for edit, text in (
            (self.name, rule.name),
            (self.payee_has, rule.payee_has),
            (self.memo_has, rule.memo_has),
        ):
            edit.setText(text)
            edit.setCursorPosition(0)
        self.amount_from.set_cents(rule.amount_from)
        self.amount_to.set_cents(rule.amount_to)
        self.direction.choose(_EITHER if rule.money_out is None else _OUT if rule.money_out else _IN)
        self.account.choose(str(rule.account_id or ""))
        self.leave_out.setChecked(rule.leave_out)
        self.payee.set_text(rule.payee)
        self.line.choose(rule.category_id)
        self.person.choose(rule.person_id)
        self.goes_to.choose(str(rule.to_account_id or ""))
        self.item.choose(next((n for n, kind in enumerate(ITEMS) if kind.code == rule.item), None))

    def _wire(self) -> None:
        for edit in (self.payee_has, self.memo_has, self.amount_from, self.amount_to):
            edit.textChanged.connect(self._say)
        self.direction.edited.connect(self._say)
        self.account.edited.connect(self._say)
        self.leave_out.toggled.connect(self._show_leave_out)
        self.goes_to.edited.connect(self._show_leave_out)

    def save(self) -> bool:
        typed = self.typed()
        importing = self._context.services.importing

        def act() -> Changes:
            return importing.save_rules(self.among(importing.rules(), typed))

        return self.commit(self._context, act, "Saving the rule")

    def among(self, rules: list[ImportRule], typed: ImportRule) -> list[ImportRule]:
        """All rules with this one in its place."""
        return [typed, *rules]

    def typed(self) -> ImportRule:
        """The rule as it is in the fields. Raises UserProblem for what cannot be read."""
        typed = replace(
            self._conditions(),
            name=self.name.text(),
            payee=self.payee.text(),
            category_id=self.line.chosen_id(),
            person_id=self.person.chosen_id(),
            to_account_id=_number(self.goes_to.key()),
            item=_code(self.item.chosen_id()),
            leave_out=self.leave_out.isChecked(),
        )
        if typed.to_account_id is not None:
            # A transfer has neither payee nor budget line of its own.
            typed = replace(typed, payee="", category_id=None)
        return typed

    def _conditions(self) -> ImportRule:
        """When it fits, as typed. Raises UserProblem for an amount that cannot be read."""
        way = self.direction.key()
        return replace(
            self._rule,
            payee_has=self.payee_has.text().strip(),
            memo_has=self.memo_has.text().strip(),
            amount_from=self.amount_from.cents_or_none(),
            amount_to=self.amount_to.cents_or_none(),
            money_out=None if way == _EITHER else way == _OUT,
            account_id=_number(self.account.key()),
        )

    @Slot()
    def _say(self) -> None:
        """Say in a sentence when the rule fits, as soon as the amounts can be read."""
        if self.amount_from.hasFocus() or self.amount_to.hasFocus():
            return
        try:
            words = rule_words(self._conditions())
        except UserProblem:
            return
        if self._rule.account_id is not None or self.account.key():
            words += f" Only in {self.account.currentText()}." if self.account.key() else ""
        self.fits.setText(words)

    @Slot()
    def _show_leave_out(self) -> None:
        """What a row left out would become is of no interest."""
        out, moved = self.leave_out.isChecked(), bool(self.goes_to.key())
        for name in ("payee", "category_id"):
            self.form.field(name).widget.setEnabled(not out and not moved)
        for name in ("person_id", "to_account_id", "item"):
            self.form.field(name).widget.setEnabled(not out)


def rule_from_row(row: MoneyRow) -> ImportRule:
    """A rule for rows like one, that proposes what the member made of it."""
    draft = row.proposed
    made = from_example(row.found, account_id=draft.account_id)
    # The other side of a deposit is the account the file is of; that is no transfer to teach.
    goes_to = draft.to_account_id if row.found.amount < 0 else None
    return replace(
        made,
        payee="" if goes_to is not None else draft.payee,
        category_id=draft.category_id,
        person_id=draft.person_id,
        to_account_id=goes_to,
        source=draft.source if goes_to is not None else None,
        item=draft.item,
        qualifies=draft.qualifies,
    )


def _number(key: str) -> int | None:
    return int(key) if key else None


def _code(place: int | None) -> str:
    return "" if place is None else ITEMS[place].code
