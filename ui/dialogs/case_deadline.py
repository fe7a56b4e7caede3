"""A day of a case: the safe one first, the law's last day second, both the member's to change (3.8)."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QLineEdit, QWidget

from tracker.changes import Changes
from tracker.domain.claims.case_days import days_problem
from tracker.facts import Case, Deadline
from ui.context import Context
from ui.dialogs.commit_dialog import CommitDialog
from ui.widgets.buttons import PlainButton
from ui.widgets.day_edit import DayEdit
from ui.widgets.label import Label


class DeadlineDialog(CommitDialog):
    """Adds a day to a case, changes one, or takes it away."""

    stored = Signal(int)
    """The case's id."""

    def __init__(
        self, context: Context, parent: QWidget | None, *, case: Case, deadline: Deadline | None = None
    ) -> None:
        super().__init__(
            "Change day" if deadline else "Add a day",
            parent,
            columns=2,
            sentence="Check it against your letter: sources and plans differ.",
            width=480,
        )
        self._context = context
        self._case = case
        self._deadline = deadline
        self.label = QLineEdit(deadline.label if deadline else "")
        self.do_by, self.last_day, self.done_on = (DayEdit(context.today) for _ in range(3))
        self.form.add("label", "What", self.label, wide=True)
        self.form.add("do_by", "Do it by", self.do_by)
        self.form.add("last_day", "Legal last day", self.last_day)
        self.form.add("done_on", "Done on", self.done_on, wide=True)
        if deadline is not None:
            self.do_by.set_day(deadline.do_by)
            self.last_day.set_day(deadline.last_day)
            self.done_on.set_day(deadline.done_on)
            if deadline.why:
                self.form.add_line(Label(deadline.why, "caption", wrap=True))
            self.remove_button = PlainButton("Remove", "trash")
            self.remove_button.clicked.connect(self._on_remove)
            self.add_button(self.remove_button)

    def save(self) -> bool:
        kept = self._deadline
        typed = Deadline(
            label=self.label.text().strip(),
            do_by=self.do_by.day(),
            last_day=self.last_day.day_or_none(),
            done_on=self.done_on.day_or_none(),
            why=kept.why if kept else "",
        )
        if kept is not None and kept.why and (typed.do_by, typed.last_day) != (kept.do_by, kept.last_day):
            typed = replace(typed, why=_was(kept))
        if (problem := days_problem(typed)) is not None:
            raise problem
        others = tuple(each for each in self._case.deadlines if each is not kept)
        return self._store((*others, typed))

    def _store(self, deadlines: tuple[Deadline, ...]) -> bool:
        case, cases = replace(self._case, deadlines=deadlines), self._context.services.cases
        return self.commit(self._context, lambda: cases.save(case), "Saving the day")

    @Slot()
    def _on_remove(self) -> None:
        self._store(tuple(each for each in self._case.deadlines if each is not self._deadline))

    def _on_done(self, changes: Changes) -> None:
        super()._on_done(changes)
        self.stored.emit(self._case.id or 0)


def _was(deadline: Deadline) -> str:
    """What the rule said, kept once where the day is the member's own."""
    if deadline.why.startswith(_OWN):
        return deadline.why
    return f"{_OWN} By the rule: {deadline.why}"


_OWN = "You set this day."
