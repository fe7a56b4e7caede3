"""The budget's prescription estimates from the fills of a year, every change shown before it is made."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from tracker.dates import month_text
from tracker.domain.prescriptions.calendar import FillMonth, proposed_estimates
from tracker.errors import UserProblem
from tracker.facts import BudgetLine
from tracker.money import Cents, dollars, dollars_or_blank
from tracker.services.prescription_report import PrescriptionsShown
from tracker.wording import count_of
from ui.context import Context
from ui.dialogs.commit_dialog import CommitDialog
from ui.models.budget_rows import months_text, replaced_words
from ui.models.table import Column, RowTableModel
from ui.widgets.choice_edit import OptionEdit
from ui.widgets.label import Label
from ui.widgets.table import LedgerTable

THIS, NEXT = "this", "next"
AS_IT_FALLS, EVEN = "as_it_falls", "even"
_MOST_ROWS = 12


@dataclass(frozen=True, slots=True)
class Proposal:
    """One estimate that would be set; `now` is what is there."""

    month: date
    now: Cents | None
    then: Cents


class DrugEstimates(CommitDialog):
    """Sets the estimates of the prescription line for the rest of this budget year, or the next one."""

    def __init__(
        self,
        context: Context,
        parent: QWidget | None,
        shown: PrescriptionsShown,
        *,
        next_year: bool = False,
    ) -> None:
        line = shown.line
        super().__init__(
            "Set budget estimates",
            parent,
            save_text="Set estimates",
            columns=2,
            width=560,
            sentence=f"What your fills should cost, month by month, under {line.name if line else ''}. "
            "Months that are over stay as they are.",
        )
        self._context = context
        self._shown = shown
        self.year = OptionEdit(self._options())
        self.year.choose(NEXT if next_year else THIS)
        self.spread = OptionEdit(
            [(AS_IT_FALLS, "In the month of each fill"), (EVEN, "The same every month")]
        )
        self.form.add("year", "Months", self.year, wide=True)
        self.form.add("spread", "How", self.spread, wide=True)
        self.model: RowTableModel[Proposal] = RowTableModel(_COLUMNS, lambda row: row.month.toordinal())
        self.table = LedgerTable(self.model, "Estimates that would change")
        self.table.fit_height_to_rows(most=_MOST_ROWS)
        self.preview = Label("", "quiet", wrap=True)
        self.form.add_line(self.table)
        self.form.add_line(self.preview)
        self.year.edited.connect(self._show_preview)
        self.spread.edited.connect(self._show_preview)
        self._show_preview()

    def proposals(self) -> list[Proposal]:
        """What would be set and is not there yet, month by month."""
        estimates = proposed_estimates(self._months(), self._shown.today)
        if self.spread.key() == EVEN and estimates:
            estimates = _evenly(estimates)
        there = self._shown.estimates
        return [
            Proposal(month, there.get(month), cents)
            for month, cents in estimates.items()
            if there.get(month) != cents
        ]

    def save(self) -> bool:
        line, rows = self._shown.line, self.proposals()
        if line is None or not rows:
            raise UserProblem("There is nothing to set.", "Choose other months.", field="year")
        lines = [BudgetLine(category_id=line.id or 0, month=row.month, estimate=row.then) for row in rows]
        budget = self._context.services.budget
        words = f"Set {line.name} for {count_of(len(lines), 'month')}"
        return self.commit(self._context, lambda: budget.apply(lines, words_=words), "Setting estimates")

    # ours ------------------------------------------------------------------------------

    def _months(self) -> tuple[FillMonth, ...]:
        return self._shown.year(self.year.key() == NEXT)

    def _options(self) -> list[tuple[str, str]]:
        this = [one.month for one in self._shown.year() if one.month >= self._shown.today.replace(day=1)]
        coming = [one.month for one in self._shown.year(True)]
        return [
            (THIS, f"The rest of this budget year, {months_text(this)}"),
            (NEXT, f"The next budget year, {months_text(coming)}"),
        ]

    @Slot()
    def _show_preview(self) -> None:
        rows = self.proposals()
        self.model.set_rows(rows)
        self.table.setVisible(bool(rows))
        self.save_button.setEnabled(bool(rows))
        if not rows:
            words = "The estimates of those months are these already. Nothing would change."
        else:
            count = "1 estimate" if len(rows) == 1 else f"{len(rows):,} estimates"
            words = f"{count} will be set, {dollars(sum(row.then for row in rows))} in all."
            words += replaced_words(sum(row.now is not None for row in rows))
        unknown = sum(one.unknown for one in self._months())
        if unknown:
            fills = "1 fill has" if unknown == 1 else f"{unknown:,} fills have"
            words += f" {fills} no known cost and counts as nothing: add a price first."
        self.preview.setText(words)
        self._grow()


def _evenly(estimates: dict[date, Cents]) -> dict[date, Cents]:
    """The same sum in equal months; odd cents in the first ones."""
    from tracker.money import split_evenly

    return dict(zip(estimates, split_evenly(sum(estimates.values()), len(estimates)), strict=True))


_COLUMNS: tuple[Column[Proposal], ...] = (
    Column("Month", lambda row: month_text(row.month), stretch=1),
    Column("Now", lambda row: dollars_or_blank(row.now), right=True, tone=lambda _row: "quiet"),
    Column("Will be", lambda row: dollars(row.then), right=True),
)
