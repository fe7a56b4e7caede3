"""The form for a prescription: who takes what, which tier the plan puts it in, how long a fill lasts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QLineEdit, QWidget

from tracker.errors import UserProblem
from tracker.facts import Household, ServiceCategory
from tracker.facts.prescriptions import Drug
from ui.context import Context
from ui.dialogs.commit_dialog import CommitDialog
from ui.dialogs.eob_service import ServiceEdit
from ui.widgets.buttons import PlainButton
from ui.widgets.choice_edit import ChoiceEdit, OptionEdit
from ui.widgets.day_edit import DayEdit
from ui.widgets.note_edit import NoteEdit


class DrugEditor(CommitDialog):
    """Adds a prescription, or changes one; its fills and prices stay. Names not known yet are added."""

    def __init__(
        self,
        context: Context,
        parent: QWidget | None = None,
        *,
        home: Household,
        categories: Mapping[str, ServiceCategory],
        names: Mapping[int, str],
        drug: Drug | None = None,
    ) -> None:
        super().__init__(
            "Prescription" if drug else "Add a prescription",
            parent,
            columns=2,
            width=560,
            sentence="Its fills and prices are entered beside it; they tell when the next one is due.",
        )
        self._context = context
        self._drug = drug
        self._add_fields(home, categories, names)
        self._fill()

    def _add_fields(
        self, home: Household, categories: Mapping[str, ServiceCategory], names: Mapping[int, str]
    ) -> None:
        providers = sorted(names.items(), key=lambda item: item[1].casefold())
        self.name = QLineEdit()
        self.strength = QLineEdit()
        self.strength.setPlaceholderText("Such as 10 mg")
        self.person = OptionEdit([(str(person.id), person.name) for person in home.people])
        self.tier = ServiceEdit()
        self.tier.set_categories({code: item for code, item in categories.items() if item.drug})
        line = self.tier.lineEdit()
        if line is not None:
            line.setPlaceholderText("Such as Generic drugs")
        self.days = QLineEdit()
        self.refills_left = QLineEdit()
        self.refills_left.setPlaceholderText("Not known")
        self.pharmacy = ChoiceEdit(providers, allow_new=True, placeholder="Not known")
        self.prescriber = ChoiceEdit(providers, allow_new=True, placeholder="Not known")
        self.stopped_on = DayEdit(self._context.today)
        self.stopped_on.setPlaceholderText("Still taken")
        self.note = NoteEdit()
        self.form.add("name", "Drug", self.name)
        self.form.add("strength", "Strength", self.strength)
        self.form.add("person_id", "For", self.person)
        self.form.add(
            "category", "Tier of your plan", self.tier, hint="On your plan\u2019s drug list (formulary)."
        )
        self.form.add("days", "Days a fill lasts", self.days)
        self.form.add("refills_left", "Refills left", self.refills_left)
        self.form.add("pharmacy", "Pharmacy", self.pharmacy)
        self.form.add("prescriber", "Prescribed by", self.prescriber)
        self.form.add("stopped_on", "Not taken any more from", self.stopped_on)
        self.form.add(
            "note", "How it is taken, and notes", self.note, wide=True, hint="Printed in the drug list."
        )
        if self._drug is not None:
            self.remove_button = PlainButton("Remove")
            self.remove_button.clicked.connect(self._on_remove)
            self.add_button(self.remove_button)

    def _fill(self) -> None:
        drug = self._drug
        if drug is None:
            self.days.setText("30")
            return
        self.name.setText(drug.name)
        self.strength.setText(drug.strength)
        for line in (self.name, self.strength):
            line.setCursorPosition(0)
        self.person.choose(str(drug.person_id))
        self.tier.choose_code(drug.category)
        self.days.setText(str(drug.days))
        self.refills_left.setText("" if drug.refills_left is None else str(drug.refills_left))
        self.pharmacy.choose(drug.pharmacy_id)
        self.prescriber.choose(drug.prescriber_id)
        self.stopped_on.set_day(drug.stopped_on)
        self.note.set_text(drug.note)

    def save(self) -> bool:
        typed, pharmacy, prescriber = self._typed(), self.pharmacy.text(), self.prescriber.text()
        service = self._context.services.prescriptions
        return self.commit(
            self._context,
            lambda: service.save(typed, pharmacy=pharmacy, prescriber=prescriber),
            "Saving the prescription",
        )

    def _typed(self) -> Drug:
        name = self.name.text().strip()
        if not name:
            raise UserProblem("The drug has no name.", "Type the name on the label.", field="name")
        person_id = int(self.person.key() or 0)
        if not person_id:
            raise UserProblem(
                "Nobody is in your household yet.", "Add a person in Settings.", field="person_id"
            )
        days = whole(self.days.text(), "days", "The days a fill lasts")
        if days is None:
            raise UserProblem(
                "How long a fill lasts is missing.", "Type the days, such as 30.", field="days"
            )
        return replace(
            self._drug or Drug(person_id=person_id, name=name),
            person_id=person_id,
            name=name,
            strength=self.strength.text().strip(),
            category=self.tier.code(),
            days=days,
            refills_left=whole(self.refills_left.text(), "refills_left", "Refills left"),
            stopped_on=self.stopped_on.day_or_none(),
            note=self.note.text(),
        )

    @Slot()
    def _on_remove(self) -> None:
        drug = self._drug
        if drug is not None and drug.id is not None:
            service, ids = self._context.services.prescriptions, [drug.id]
            self.commit(self._context, lambda: service.remove(ids), "Removing the prescription")


def whole(text: str, field: str, what: str) -> int | None:
    """A whole number as typed, None for nothing. Raises UserProblem for anything else."""
    typed = text.strip()
    if not typed:
        return None
    if not (typed.isascii() and typed.isdigit()):
        raise UserProblem(
            f"{what}: {typed[:20]} is not a whole number.", "Type one such as 30.", field=field
        )
    return int(typed[:9])
