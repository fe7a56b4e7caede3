"""The fields of a bill: four first, the rest behind *More*; showing a bill and reading it back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from tracker.errors import UserProblem
from tracker.facts import Bill, Noun, Statement
from ui.context import Context
from ui.dialogs.bill_history import BillHistory
from ui.dialogs.bill_statement import CREDITS, StatementFields
from ui.dialogs.eob_service import ServiceEdit
from ui.dialogs.more_fields import MoreFields
from ui.dialogs.paper_dialog import PaperDialog
from ui.dialogs.paper_question import PaperQuestion
from ui.dialogs.so_far import day_so_far
from ui.dialogs.split_editor import OnlyMatchChoice
from ui.widgets.day_edit import DayEdit
from ui.widgets.label import Label
from ui.widgets.money_edit import MoneyEdit
from ui.widgets.note_edit import NoteEdit

_CREDIT_LABELS = {
    "charges": "Whole charges",
    "plan_paid": "Your plan paid, it says",
    "discount": "Discount or adjustment",
    "paid_by_you": "You paid, it says",
}


class BillForm(PaperDialog):
    """Fields only; what follows from what is the editor's business."""

    def __init__(self, title: str, parent: QWidget | None, context: Context, bill_id: int | None) -> None:
        super().__init__(title, parent, context, Noun.BILL, bill_id, provider_words="Who sent the bill")
        self._make()
        self._lay_out()

    # asking -------------------------------------------------------------------------

    def read(self, start: Bill | None, statements: Sequence[Statement]) -> Bill:
        """What the form says, with these statements; what it does not show stays as in `start`.

        Raises UserProblem for what is missing or cannot be read.
        """
        for statement in statements:
            if statement.got_on and statement.got_on < statement.stated_on:
                raise UserProblem(
                    "You cannot have got it before it was written.", "Check the two days.", field="got_on"
                )
        day = self.service_from.day()
        return replace(
            start or Bill(provider_id=0, person_id=0, service_from=day),
            id=self._id,
            provider_id=self.who.provider.chosen_id() or 0,
            person_id=self.who.person.chosen_id() or 0,
            account_number=self.account_number.text(),
            service_from=day,
            service_to=self.service_to.day_or_none(),
            description=self.description.text(),
            category=self.service.code(),
            self_pay=self.self_pay.isChecked(),
            estimate=self.estimate.cents_or_none(),
            estimate_on=self.estimate_on.day_or_none(),
            hold_requested_on=self.hold_requested_on.day_or_none(),
            closed=self.closed.isChecked(),
            note=self.note.text(),
            statements=tuple(statements),
        )

    def read_so_far(self, start: Bill | None, statements: Sequence[Statement]) -> Bill | None:
        """The same while typing; None while provider, patient or day are missing."""
        provider_id, person_id = self.who.provider.chosen_id(), self.who.person_so_far()
        today = self._context.today
        day, last = day_so_far(self.service_from, today), day_so_far(self.service_to, today)
        if provider_id is None or person_id is None or day is None:
            return None
        return replace(
            start or Bill(provider_id=0, person_id=0, service_from=day),
            id=self._id,
            provider_id=provider_id,
            person_id=person_id,
            service_from=day,
            service_to=last if last and last >= day else None,
            account_number=self.account_number.text(),
            category=self.service.code_so_far(),
            self_pay=self.self_pay.isChecked(),
            closed=self.closed.isChecked(),
            statements=tuple(statements),
        )

    # showing ------------------------------------------------------------------------

    def fill(self, bill: Bill) -> None:
        """Show a bill, except for its statements and what is chosen from lists."""
        self.service_from.set_day(bill.service_from)
        self.service_to.set_day(bill.service_to)
        self.account_number.setText(bill.account_number)
        self.description.setText(bill.description)
        for edit in (self.account_number, self.description):
            edit.setCursorPosition(0)
        self.self_pay.setChecked(bill.self_pay)
        self.estimate.set_cents(bill.estimate)
        self.estimate_on.set_day(bill.estimate_on)
        self.hold_requested_on.set_day(bill.hold_requested_on)
        self.closed.setChecked(bill.closed)
        self.note.set_text(bill.note)

    def fill_empty(self, bill: Bill) -> None:
        """Take over what a known bill says; what was typed for the same thing stays."""
        self.who.person.choose(bill.person_id)
        self.service_from.set_day(bill.service_from)
        self.service_to.set_day(bill.service_to)
        self.form.field("service_from").set_hint("")
        for edit, text in (
            (self.account_number, bill.account_number),
            (self.description, bill.description),
        ):
            if not edit.text().strip():
                edit.setText(text)
        if not self.service.text():
            self.service.choose_code(bill.category)
        if not self.estimate.text():
            self.estimate.set_cents(bill.estimate)
        for day, known in (
            (self.estimate_on, bill.estimate_on),
            (self.hold_requested_on, bill.hold_requested_on),
        ):
            if not day.text():
                day.set_day(known)
        self.self_pay.setChecked(self.self_pay.isChecked() or bill.self_pay)
        if not self.note.text():
            self.note.set_text(bill.note)

    # making -------------------------------------------------------------------------

    def _make(self) -> None:
        today = self._context.today
        self.paper = StatementFields(today)
        self.eob = OnlyMatchChoice(placeholder="No EOB yet")
        self.service_from, self.service_to = DayEdit(today), DayEdit(today)
        self.verdict = Label("", wrap=True)
        self.verdict.setAccessibleName("What to do about this bill")
        self.question = PaperQuestion()
        self.history = BillHistory()
        self.account_number, self.description = QLineEdit(), QLineEdit()
        self.service = ServiceEdit()
        self.self_pay = QCheckBox("Self-pay: no plan is asked")
        self.estimate, self.estimate_on = MoneyEdit(), DayEdit(today)
        self.hold_requested_on = DayEdit(today)
        self.closed = QCheckBox("Closed: nothing is asked any more")
        self.note = NoteEdit(lines=2)

    def _lay_out(self) -> None:
        add, paper = self.form.add, self.paper
        add("provider", "Provider", self.who.provider)
        add("amount", "Amount asked", paper.amount)
        add("stated_on", "Statement date", paper.stated_on)
        add("due_on", "Due date", paper.due_on)
        add("eob", "For the EOB", self.eob, wide=True)
        add("service_from", "Date of care", self.service_from)
        add("person_id", "Patient", self.who.person)
        self.form.add_line(self.verdict)
        self.form.add_line(self.question)
        self.form.add_line(self.history)
        self.more = MoreFields(self.form, "More fields", self)
        add("account_number", "Account number", self.account_number)
        add("service_to", "Last day of care, if several", self.service_to)
        add("category", "Service", self.service)
        add("description", "Description", self.description)
        for name in CREDITS:
            add(name, _CREDIT_LABELS[name], paper.credits[name])
        add("got_on", "You got it on", paper.got_on)
        add("hold_requested_on", "You asked to hold it on", self.hold_requested_on)
        add("estimate", "Good-faith estimate", self.estimate)
        add("estimate_on", "Estimate given on", self.estimate_on)
        add("self_pay", "", self.self_pay)
        add("threatens", "", paper.threatens)
        add("closed", "", self.closed)
        add("lines", "Itemised lines", paper.lines, wide=True)
        add("documents", "Documents", self.attachments, wide=True)
        add("note", "Note", self.note, wide=True)
        self.more.hold(
            (
                *("account_number", "service_to", "category", "description", *CREDITS),
                *("got_on", "hold_requested_on", "estimate", "estimate_on"),
                *("self_pay", "threatens", "closed", "lines", "documents", "note"),
            )
        )
