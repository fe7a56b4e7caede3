"""Adding or changing a membership: who, until when, and what it costs."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from tracker.changes import Changes
from tracker.dates import add_months, day_text, first_of
from tracker.domain.membership.agreement import renewal
from tracker.errors import UserProblem
from tracker.facts import (
    UNSTATED_TERMS,
    AccountKind,
    Household,
    Membership,
    MembershipModel,
    Provider,
    ProviderKind,
    Role,
)
from ui.context import Context
from ui.dialogs.commit_dialog import CommitDialog
from ui.dialogs.fee_edit import FeeChoices, day_so_far
from ui.dialogs.fee_list import FeeList
from ui.dialogs.membership_terms import TermsFields
from ui.dialogs.newcomers import Newcomers
from ui.dialogs.plan_people import PeopleChecks
from ui.models.membership_words import MODEL_SENTENCES, MODELS
from ui.widgets.choice_edit import ChoiceEdit, OptionEdit
from ui.widgets.day_edit import DayEdit
from ui.widgets.note_edit import NoteEdit

_MOST_NOTICE_DAYS = 730
_Read = tuple[Household, list[Provider]]


class MembershipEditor(CommitDialog):
    """`added` carries the id of a new membership. A change of price keeps what was paid before."""

    added = Signal(int)

    def __init__(
        self, context: Context, parent: QWidget | None = None, *, membership: Membership | None = None
    ) -> None:
        super().__init__("Membership" if membership else "Add a membership", parent, columns=2, width=680)
        self._context = context
        self._membership = membership
        self._newcomers = Newcomers(context.services)
        self._add_fields()
        self._fill(membership or _new(context.today))
        self._wire()
        self.save_button.setEnabled(False)
        context.load(self, self._read, self._show)

    # building ------------------------------------------------------------------------

    def _add_fields(self) -> None:
        today = self._context.today
        self.practice = ChoiceEdit(allow_new=True, placeholder="Harbor Concierge Medicine")
        self.physician = QLineEdit()
        self.physician.setPlaceholderText("Dr. Amara Lindqvist")
        self.model = OptionEdit([(key.value, words) for key, words in MODELS.items()])
        self.people = PeopleChecks()
        self.begins_on = DayEdit(today)
        self.ends_on = DayEdit(today)
        self.ends_on.setPlaceholderText("Open")
        self.auto_renews = QCheckBox("Renews by itself")
        self.notice_days = QLineEdit()
        self.note = NoteEdit()
        self.fee_list = FeeList(today)
        self.form.add("practice", "Practice", self.practice)
        self.form.add("physician", "Physician", self.physician)
        self.form.add("model", "Kind", self.model, hint=" ", wide=True)
        self.form.add("people", "Who is covered", self.people, wide=True)
        self.form.add("begins_on", "Begins", self.begins_on)
        self.form.add("ends_on", "Ends", self.ends_on, hint="The last day. Empty while no end is agreed.")
        self.form.add("auto_renews", "At the end", self.auto_renews)
        self.form.add("notice_days", "Days of notice", self.notice_days, hint=" ")
        self.form.add_line(self.fee_list)
        self.form.add("note", "Note", self.note, wide=True)
        self.clauses = TermsFields(self.form, self)

    def _fill(self, start: Membership) -> None:
        self.physician.setText(start.physician)
        self.physician.setCursorPosition(0)
        self.model.choose(start.model.value)
        self.begins_on.set_day(start.begins_on)
        self.ends_on.set_day(start.ends_on)
        self.auto_renews.setChecked(start.auto_renews)
        self.notice_days.setText(str(start.notice_days))
        self.note.set_text(start.note)
        self.clauses.fill(start.terms)

    def _wire(self) -> None:
        self.model.edited.connect(self._say_model)
        self.begins_on.edited.connect(self._on_begins)
        self.begins_on.editingFinished.connect(self._on_begins)
        for edit in (self.ends_on, self.notice_days):
            edit.textChanged.connect(self._say_notice)
        self.auto_renews.toggled.connect(self._say_notice)
        for section in self.clauses.sections:
            section.resized.connect(self._grow)
        self._say_model()
        self._say_notice()

    def _read(self) -> _Read:
        people = self._context.services.people
        return people.household(), people.providers()

    def _show(self, read: _Read) -> None:
        home, providers = read
        held = self._membership
        ordered = sorted(providers, key=lambda item: item.kind is not ProviderKind.PRACTICE)
        typed = self.practice.text()
        self.practice.set_items([(item.id or 0, item.name) for item in ordered])
        if held is not None:
            self.practice.choose(held.practice_id)
        elif typed:
            self.practice.set_text(typed)
        covered = held.person_ids if held else tuple(person.id or 0 for person in home.people[:1])
        self.people.show_people(home.people, covered)
        self.fee_list.show_fees(held.fees if held else (), _choices(home, held), self._begins())
        self.save_button.setEnabled(True)

    # showing what follows ------------------------------------------------------------

    @Slot()
    def _say_model(self) -> None:
        self.form.field("model").set_hint(MODEL_SENTENCES[MembershipModel(self.model.key())])

    @Slot()
    def _say_notice(self) -> None:
        """The last day to give notice, as far as the fields can be read."""
        self.form.field("notice_days").set_hint("")
        try:
            so_far = replace(self._draft_facts(), ends_on=day_so_far(self.ends_on, self._context.today))
        except UserProblem:
            return
        ahead = renewal(so_far, self._context.today) if so_far.auto_renews else None
        if ahead is not None:
            self.form.field("notice_days").set_hint(
                f"The last day to stop it is {day_text(ahead.notice_by)}."
            )

    @Slot()
    def _on_begins(self) -> None:
        day = day_so_far(self.begins_on, self._context.today)
        if day is None:
            return
        if self._membership is None:
            self.fee_list.set_begins_on(day)
        self._say_notice()

    def _begins(self) -> date:
        return day_so_far(self.begins_on, self._context.today) or self._context.today

    # saving --------------------------------------------------------------------------

    def save(self) -> bool:
        practice = self.practice.text()
        if not practice:
            raise UserProblem("The practice is missing.", "Type its name.", field="practice")
        held = self._membership.terms if self._membership else UNSTATED_TERMS
        draft = replace(
            self._draft_facts(),
            ends_on=self.ends_on.day_or_none(),
            begins_on=self.begins_on.day(),
            terms=self.clauses.terms(held),
        )
        if draft.ends_on and draft.ends_on < draft.begins_on:
            raise UserProblem("The term ends before it begins.", "Check the dates.", field="ends_on")
        try:
            fees = self.fee_list.fees(practice)
        except UserProblem as problem:
            # The fee has shown it beside its own field.
            raise UserProblem(problem.what, problem.todo, field=_IN_FEE) from problem
        newcomer = self.people.newcomer()
        whole = replace(draft, fees=fees)
        return self.commit(
            self._context, lambda: self._store(whole, practice, newcomer), "Saving the membership"
        )

    def complain(self, problem: UserProblem) -> None:
        if problem.field == _IN_FEE:
            self.save_button.setEnabled(True)
            return
        self.clauses.show_for(problem.field)
        super().complain(problem)

    def accept(self) -> None:
        if self._membership is None and self.changes and self.changes.new_id is not None:
            self.added.emit(self.changes.new_id)
        super().accept()

    def _store(self, whole: Membership, practice: str, newcomer: str) -> Changes:
        agreements = self._context.services.agreements

        def save(new_id: int | None) -> Changes:
            covered = whole.person_ids if new_id is None else (*whole.person_ids, new_id)
            return agreements.save_membership(replace(whole, person_ids=covered), practice=practice)

        return self._newcomers.save_with(newcomer, save)

    def _draft_facts(self) -> Membership:
        """What the fields say, without the dates of the term."""
        held = self._membership
        return Membership(
            id=held.id if held else None,
            practice_id=held.practice_id if held else 0,
            physician=self.physician.text(),
            model=MembershipModel(self.model.key()),
            begins_on=self._begins(),
            auto_renews=self.auto_renews.isChecked(),
            notice_days=_days(self.notice_days.text()),
            note=self.note.text(),
            person_ids=self.people.chosen(),
        )


_IN_FEE = "fees"


def _new(today: date) -> Membership:
    """What a new membership begins with: a year from the first of this month."""
    begins_on = first_of(today)
    return Membership(
        practice_id=0, begins_on=begins_on, ends_on=add_months(begins_on, 12) - timedelta(days=1)
    )


def _choices(home: Household, held: Membership | None) -> FeeChoices:
    used = {fee.account_id for fee in held.fees} if held else set()
    accounts = [item for item in home.accounts if not item.closed or item.id in used]
    bank = next((item for item in accounts if item.kind is AccountKind.BANK), None)
    line = next((item for item in home.categories if item.role is Role.MEMBERSHIP), None)
    return FeeChoices(
        accounts=tuple((item.id or 0, item.name) for item in accounts),
        lines=tuple((item.id or 0, item.name) for item in home.categories),
        people=tuple((item.id or 0, item.name) for item in home.people),
        account_id=bank.id if bank else None,
        line_id=line.id if line else None,
    )


def _days(text: str) -> int:
    cleaned = text.strip()
    if not cleaned:
        return 0
    if not (cleaned.isascii() and cleaned.isdecimal()) or int(cleaned) > _MOST_NOTICE_DAYS:
        raise UserProblem(
            "Notice is a number of days.", f"Type 0 to {_MOST_NOTICE_DAYS}.", field="notice_days"
        )
    return int(cleaned)
