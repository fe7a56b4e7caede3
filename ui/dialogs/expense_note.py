"""What the member says of one or several expenses: what it was, whether it counts, what was deducted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QLineEdit, QWidget

from tracker.dates import FIRST_YEAR, LAST_YEAR, day_text
from tracker.domain.accounts.qualified import TaxPocket, classify
from tracker.domain.accounts.qualified_items import ITEMS
from tracker.errors import UserProblem
from tracker.facts.accounts import ExpenseNote, Qualifies
from tracker.facts.expenses import Expense
from tracker.money import dollars
from ui.context import Context
from ui.dialogs.commit_dialog import CommitDialog
from ui.models.tax_rows import VERDICT_NAMES
from ui.widgets.buttons import PlainButton
from ui.widgets.choice_edit import ChoiceEdit, OptionEdit
from ui.widgets.day_edit import DayEdit
from ui.widgets.label import Label
from ui.widgets.money_edit import MoneyEdit
from ui.widgets.note_edit import NoteEdit

SAYS = {
    Qualifies.YES: "Yes, it counts",
    Qualifies.LETTER: "Only with a letter of medical necessity",
    Qualifies.PART: "A part of it counts",
    Qualifies.NO: "No, it does not count",
    Qualifies.ASK: "I still have to ask",
}
_AS_KIND = ("", "As its kind says")
_DIFFER = ("mixed", "Leave each as it is")


class ExpenseNoteDialog(CommitDialog):
    """For several expenses at once only what is changed here is changed in each of them."""

    def __init__(
        self, context: Context, expenses: Sequence[Expense], year: int, parent: QWidget | None = None
    ) -> None:
        one = expenses[0] if len(expenses) == 1 else None
        super().__init__(
            "What counts of this expense" if one else f"What counts of {len(expenses):,} expenses",
            parent,
            columns=2,
            width=560,
            sentence=_named(one) if one else "Only what you change here is changed in each of them.",
        )
        self._context = context
        self._year = year
        self._notes = [item.note or ExpenseNote(payment_id=item.id) for item in expenses]
        self._one = one
        mixed = len({note.qualifies for note in self._notes}) > 1
        self.item = ChoiceEdit(
            [(place, kind.name) for place, kind in enumerate(ITEMS)], placeholder=self._item_placeholder()
        )
        options = [
            *([_DIFFER] if mixed else []),
            _AS_KIND,
            *((key.value, text) for key, text in SAYS.items()),
        ]
        self.qualifies = OptionEdit(options)
        self.eligible = MoneyEdit(placeholder="All of it")
        self.incurred_on = DayEdit(context.today)
        self.deducted = MoneyEdit(placeholder="Nothing")
        self.deducted_year = QLineEdit()
        self.note = NoteEdit()
        if len({note.note for note in self._notes}) > 1:
            self.note.setPlaceholderText("Leave each as it is")
        self.answer = Label("", "caption", wrap=True)
        self._add_fields()
        self._fill()
        self.forget_button = PlainButton("Forget what you said")
        self.forget_button.setEnabled(any(note != _bare(note) for note in self._notes))
        self.forget_button.clicked.connect(self._on_forget)
        self.add_button(self.forget_button)
        self.item.edited.connect(self._say)
        self.item.activated.connect(self._say)
        self.qualifies.edited.connect(self._say)
        self._say()

    # building ------------------------------------------------------------------------

    def _add_fields(self) -> None:
        add = self.form.add
        add("item", "What it was", self.item, wide=True)
        self.form.add_line(self.answer)
        add("qualifies", "Does it count", self.qualifies, hint="Your word goes before the kind\u2019s.")
        add("eligible", "The part that counts", self.eligible)
        add(
            "incurred_on",
            "Day of care",
            self.incurred_on,
            hint="Where no bill says it; it decides which account and year may pay.",
            wide=True,
        )
        add("deducted", "Deducted on a return", self.deducted)
        add("deducted_year", "Of the tax year", self.deducted_year)
        add("note", "Note", self.note, wide=True)
        if self._one is None:
            for name in ("eligible", "deducted", "deducted_year"):
                self.form.field(name).hide()

    def _item_placeholder(self) -> str:
        if len({note.item for note in self._notes}) > 1:
            return "Leave each as it is"
        return "What its budget line or its words say"

    def _fill(self) -> None:
        codes = {kind.code: place for place, kind in enumerate(ITEMS)}
        first = self._notes[0]
        same = {name: _common(self._notes, name) for name in ("item", "qualifies", "incurred_on", "note")}
        self.item.choose(codes.get(str(same["item"] or "")))
        if len({note.qualifies for note in self._notes}) == 1:
            self.qualifies.choose(first.qualifies.value if first.qualifies else "")
        else:
            self.qualifies.choose(_DIFFER[0])
        self.incurred_on.set_day(first.incurred_on if same["incurred_on"] else None)
        self.note.set_text(str(same["note"] or ""))
        self.eligible.set_cents(first.eligible)
        self.deducted.set_cents(first.deducted or None)
        self.deducted_year.setText(str(first.deducted_year or ""))
        self._start = self._shown()

    def _shown(self) -> tuple[str, str, str, str]:
        """What the fields that may be changed in several show."""
        return (self.item.text(), self.qualifies.key(), self.incurred_on.text(), self.note.text())

    @Slot()
    def _say(self) -> None:
        """What the chosen kind means, with its source."""
        code = self._code_or_none()
        said = ""
        if code is not None:
            hsa, deduction = classify(code, TaxPocket.HSA), classify(code, TaxPocket.DEDUCTION)
            said = f"HSA and FSA: {VERDICT_NAMES[hsa.verdict]}. "
            if deduction.verdict is not hsa.verdict:
                said += f"Deduction: {VERDICT_NAMES[deduction.verdict]}. "
            said += f"{hsa.sentence} {hsa.ask} Source: {hsa.source}."
        self.answer.setText(" ".join(said.split()))
        self.answer.setVisible(bool(said))
        part = self.qualifies.key() == Qualifies.PART.value
        self.form.field("eligible").set_hint("Type the amount." if part else "")
        self._grow()

    def _code_or_none(self) -> str | None:
        typed = self.item.text()
        return next((kind.code for kind in ITEMS if kind.name == typed), None)

    # saving --------------------------------------------------------------------------

    def save(self) -> bool:
        place = self.item.chosen_id()
        code = "" if place is None else ITEMS[place].code
        fresh = [self._changed(note, code) for note in self._notes]
        service = self._context.services.untaxed
        return self.commit(self._context, lambda: service.save_expense_notes(fresh), "Saving what you said")

    def _changed(self, note: ExpenseNote, code: str) -> ExpenseNote:
        item, says, day, words = (
            now != before for now, before in zip(self._shown(), self._start, strict=True)
        )
        if item:
            note = replace(note, item=code)
        if says:
            key = self.qualifies.key()
            said = Qualifies(key) if key and key != _DIFFER[0] else None
            note = replace(note, qualifies=said) if key != _DIFFER[0] else note
        if day:
            note = replace(note, incurred_on=self.incurred_on.day_or_none())
        if words:
            note = replace(note, note=self.note.text().strip())
        return note if self._one is None else self._amounts(note)

    def _amounts(self, note: ExpenseNote) -> ExpenseNote:
        eligible, deducted = self.eligible.cents_or_none(), self.deducted.cents_or_none() or 0
        if note.qualifies is Qualifies.PART and eligible is None:
            raise UserProblem("How much of it counts?", "Type the amount.", field="eligible")
        typed = self.deducted_year.text().strip()
        if typed and not (
            typed.isascii() and typed.isdigit() and FIRST_YEAR <= int(typed[:5]) <= LAST_YEAR
        ):
            raise UserProblem(
                "This is not a year.", f"Type one such as {self._year}.", field="deducted_year"
            )
        return replace(
            note,
            eligible=eligible,
            deducted=deducted,
            deducted_year=int(typed) if typed and deducted else self._year if deducted else None,
        )

    @Slot()
    def _on_forget(self) -> None:
        """Back to what budget line and bill say; what was deducted stays."""
        fresh = [_bare(note) for note in self._notes]
        service = self._context.services.untaxed
        self.commit(self._context, lambda: service.save_expense_notes(fresh), "Forgetting what you said")


def _bare(note: ExpenseNote) -> ExpenseNote:
    return ExpenseNote(payment_id=note.payment_id, deducted=note.deducted, deducted_year=note.deducted_year)


def _common(notes: Sequence[ExpenseNote], name: str) -> object | None:
    """The value all notes share, None where they differ."""
    values = {getattr(note, name) for note in notes}
    return values.pop() if len(values) == 1 else None


def _named(expense: Expense) -> str:
    name = expense.label
    return f"{day_text(expense.paid_on)}, {name or 'Payment'}, {dollars(expense.amount)}"
