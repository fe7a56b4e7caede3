"""A member of the household."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QWidget

from tracker.facts import Person
from ui.context import Context
from ui.dialogs.commit_dialog import CommitDialog
from ui.widgets.day_edit import DayEdit


class PersonEditor(CommitDialog):
    """Name and birth date. A new person comes last; the first is the owner of the ledger."""

    def __init__(
        self, context: Context, parent: QWidget | None = None, *, person: Person | None = None
    ) -> None:
        super().__init__("Person" if person else "Add a person", parent, width=380)
        self._context = context
        self._person = person
        self.name = QLineEdit()
        self.birth_date = DayEdit(context.today)
        self.form.add("name", "Name", self.name)
        self.form.add(
            "birth_date", "Birth date", self.birth_date, hint="Only for what depends on age. May be empty."
        )
        if person is not None:
            self.name.setText(person.name)
            self.name.setCursorPosition(0)
            self.birth_date.set_day(person.birth_date)

    def save(self) -> bool:
        people, held = self._context.services.people, self._person
        typed = Person(
            id=held.id if held else None,
            name=self.name.text(),
            birth_date=self.birth_date.day_or_none(),
            position=held.position if held else len(people.people()),
        )
        return self.commit(self._context, lambda: people.save_person(typed), "Saving the person")
