"""The form for a date of the member's own."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from tracker.errors import UserProblem
from tracker.facts.household_budget import Reminder
from ui.context import Context
from ui.dialogs.commit_dialog import CommitDialog
from ui.widgets.buttons import PlainButton
from ui.widgets.day_edit import DayEdit
from ui.widgets.note_edit import NoteEdit


class ReminderEditor(CommitDialog):
    """Adds a reminder, changes one or removes it."""

    def __init__(
        self, context: Context, parent: QWidget | None = None, *, reminder: Reminder | None = None
    ) -> None:
        super().__init__(
            "Reminder" if reminder else "Add a reminder",
            parent,
            width=420,
            sentence="It stands in Dates ahead and goes into your calendar file.",
        )
        self._context = context
        self._reminder = reminder
        self.label = QLineEdit(reminder.label if reminder else "")
        self.label.setPlaceholderText("Such as: Ask for next year's drug list")
        self.falls_on = DayEdit(context.today)
        self.yearly = QCheckBox("Every year")
        self.note = NoteEdit()
        self.form.add("label", "What", self.label)
        self.form.add("falls_on", "On", self.falls_on)
        self.form.add_line(self.yearly)
        self.form.add("note", "Note", self.note)
        if reminder is not None:
            self.falls_on.set_day(reminder.falls_on)
            self.yearly.setChecked(reminder.yearly)
            self.note.set_text(reminder.note)
            self.remove_button = PlainButton("Remove", "trash")
            self.remove_button.clicked.connect(self._on_remove)
            self.add_button(self.remove_button)

    def save(self) -> bool:
        held = self._reminder
        label = self.label.text().strip()
        if not label:
            raise UserProblem("Say what it is about.", "A few words will do.", field="label")
        typed = Reminder(
            id=held.id if held else None,
            label=label,
            falls_on=self._day(),
            yearly=self.yearly.isChecked(),
            note=self.note.text(),
        )
        budgets = self._context.services.household_budgets
        return self.commit(self._context, lambda: budgets.save_reminder(typed), "Saving the reminder")

    def _day(self) -> date:
        """A day ahead; a yearly one may have begun before, and one that is kept stays as it is."""
        on, held = self.falls_on.day(), self._reminder
        is_kept = held is not None and held.falls_on == on
        if on < self._context.today and not self.yearly.isChecked() and not is_kept:
            raise UserProblem(
                "That day is past.", "Type a later one, or choose every year.", field="falls_on"
            )
        return on

    @Slot()
    def _on_remove(self) -> None:
        which = self._reminder.id if self._reminder else None
        budgets = self._context.services.household_budgets
        if which is not None:
            self.commit(self._context, lambda: budgets.remove_reminders([which]), "Removing the reminder")
