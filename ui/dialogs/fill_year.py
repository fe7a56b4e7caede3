"""Copying the estimates of one month to other months of its budget year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QCheckBox, QWidget

from tracker.dates import month_text
from tracker.errors import UserProblem
from tracker.facts import BudgetLine
from tracker.reports.budget import BudgetMonth
from tracker.wording import count_of
from ui.context import Context
from ui.dialogs.commit_dialog import CommitDialog
from ui.models.budget_rows import months_text, replaced_words
from ui.widgets.choice_edit import OptionEdit
from ui.widgets.label import Label

REST, ALL, EMPTY = "rest", "all", "empty"


class FillYear(CommitDialog):
    """Asks which months get the estimates of the month shown, and says how many would be set."""

    def __init__(self, context: Context, parent: QWidget | None, shown: BudgetMonth) -> None:
        super().__init__(
            "Fill the year",
            parent,
            save_text="Fill",
            sentence=f"Copies the estimates of {month_text(shown.month)} to other months of its year.",
        )
        self._context = context
        self._shown = shown
        self.months = OptionEdit(self._options())
        self.keep = QCheckBox("Keep estimates that are already there")
        self.form.add("months", "Copy to", self.months)
        self.form.add("keep", "", self.keep)
        self.preview = Label("", "quiet", wrap=True)
        self.form.add_line(self.preview)
        self.months.edited.connect(self._show_preview)
        self.keep.toggled.connect(self._show_preview)
        self._show_preview()

    def save(self) -> bool | None:
        lines, targets = self.lines(), self.targets()
        if not lines:
            raise UserProblem("There is nothing to copy.", "Choose other months.", field="months")
        named = month_text(targets[0]) if len(targets) == 1 else f"{len(targets)} months"
        words = f"Copy {month_text(self._shown.month)} to {named}"
        budget = self._context.services.budget
        return self.commit(self._context, lambda: budget.apply(lines, words_=words), "Filling the year")

    def targets(self) -> list[date]:
        """The months chosen."""
        shown, year = self._shown.month, self._shown.year
        key = self.months.key()
        if key == REST:
            return [month for month in year.months if month > shown]
        others = [month for month in year.months if month != shown]
        if key == EMPTY:
            return [month for month in others if year.month_total(month).estimated is None]
        return others

    def lines(self) -> list[BudgetLine]:
        """The estimates that would be set; those that are the same already are left out."""
        found = []
        for month in self.targets():
            there = {row.category.id: row.estimated for row in self._shown.year.grid[month]}
            for line in self._held():
                now = there.get(line.category_id)
                if now == line.estimate or (now is not None and self.keep.isChecked()):
                    continue
                found.append(replace(line, month=month))
        return found

    # ours ----------------------------------------------------------------------------

    def _held(self) -> Sequence[BudgetLine]:
        return [
            BudgetLine(category_id=row.category.id or 0, month=row.month, estimate=row.estimated)
            for row in self._shown.rows
            if row.estimated is not None
        ]

    def _options(self) -> list[tuple[str, str]]:
        year, shown = self._shown.year, self._shown.month
        options = []
        rest = [month for month in year.months if month > shown]
        if rest:
            options.append((REST, f"The rest of the year, {months_text(rest)}"))
        options.append((ALL, f"All other months, {months_text(year.months)}"))
        options.append((EMPTY, "Months that have no estimates"))
        return options

    @Slot()
    def _show_preview(self) -> None:
        lines = self.lines()
        self.save_button.setEnabled(bool(lines))
        months = len({line.month for line in lines})
        if not self._held():
            words = f"{month_text(self._shown.month)} has no estimates to copy. Fill it first."
        elif not lines:
            words = "Those months have these estimates already. Nothing would change."
        else:
            words = f"{count_of(len(lines), 'estimate')} in {count_of(months, 'month')} will be set."
            words += replaced_words(self._replaced(lines))
        self.preview.setText(words)

    def _replaced(self, lines: Sequence[BudgetLine]) -> int:
        there = {
            (row.category.id, row.month)
            for rows in self._shown.year.grid.values()
            for row in rows
            if row.estimated is not None
        }
        return sum((line.category_id, line.month) in there for line in lines)
