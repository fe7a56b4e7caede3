"""Estimates from what is agreed: memberships, plans and other recurring payments."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from tracker.dates import month_text
from tracker.facts import BudgetLine, Category, Recurring
from tracker.money import Cents, dollars, dollars_or_blank
from tracker.reports.budget import BudgetMonth
from tracker.services.budget import Spread, recurring_estimates
from ui.context import Context
from ui.dialogs.commit_dialog import CommitDialog
from ui.models.budget_rows import months_text, replaced_words
from ui.models.table import Column, RowTableModel
from ui.widgets.buttons import LinkButton
from ui.widgets.choice_edit import OptionEdit
from ui.widgets.label import Label
from ui.widgets.table import LedgerTable

THIS, REST, ALL = "this", "rest", "all"
_MOST_ROWS = 8


@dataclass(frozen=True, slots=True)
class Proposal:
    """One estimate that would be set; `now` is what is there."""

    category: Category
    month: date
    now: Cents | None
    then: Cents
    place: int


@dataclass(frozen=True, slots=True)
class _Facts:
    items: list[Recurring]
    categories: list[Category]
    lines: list[BudgetLine]


class TakeEstimates(CommitDialog):
    """Asks how and for which months, and shows every estimate that would change before it does."""

    def __init__(self, context: Context, parent: QWidget | None, shown: BudgetMonth) -> None:
        super().__init__(
            "Take estimates",
            parent,
            save_text="Set estimates",
            sentence="From your memberships, plans and other recurring payments. Lines that none of "
            "them names stay as they are.",
            width=620,
            columns=2,
        )
        self._context = context
        self._shown = shown
        self._facts = _Facts([], [], [])
        self.spread = OptionEdit(
            (
                (Spread.AS_PAID.value, "In the month it is due"),
                (Spread.TWELFTHS.value, "The same in every month of its year"),
            )
        )
        self.months = OptionEdit(self._options())
        self.form.add("spread", "A fee that is not monthly", self.spread)
        self.form.add("months", "Months", self.months)
        self.model: RowTableModel[Proposal] = RowTableModel(_COLUMNS, key=lambda row: row.place)
        self.table = LedgerTable(self.model, "Estimates that would change")
        self.table.fit_height_to_rows(most=_MOST_ROWS)
        self.preview = Label("", "quiet", wrap=True)
        self.link = LinkButton("Go to Membership")
        self.link.hide()
        for part in (self.table, self.preview, self.link):
            self.form.add_line(part)
        self.spread.edited.connect(self._show_preview)
        self.months.edited.connect(self._show_preview)
        self.link.clicked.connect(self._on_link)
        self.save_button.setEnabled(False)
        context.load(self, self._read, self._show_facts)

    def save(self) -> bool | None:
        budget, months, spread = self._context.services.budget, self.targets(), self._spread()
        return self.commit(
            self._context, lambda: budget.take_estimates(months, spread=spread), "Taking estimates"
        )

    def targets(self) -> list[date]:
        """The months chosen."""
        shown, months, key = self._shown.month, self._shown.year.months, self.months.key()
        if key == THIS:
            return [shown]
        return [month for month in months if key == ALL or month >= shown]

    def proposals(self) -> list[Proposal]:
        """What would be set and is not there yet, by month and then in the order of the lines."""
        estimates = recurring_estimates(self._facts.items, self.targets(), spread=self._spread())
        there = {(line.category_id, line.month): line.estimate for line in self._facts.lines}
        found: list[Proposal] = []
        for month in self.targets():
            for category in self._facts.categories:
                key = (category.id or 0, month)
                if key in estimates and there.get(key) != estimates[key]:
                    found.append(Proposal(category, month, there.get(key), estimates[key], len(found)))
        return found

    # ours ----------------------------------------------------------------------------

    def _options(self) -> list[tuple[str, str]]:
        shown, months = self._shown.month, self._shown.year.months
        rest = [month for month in months if month >= shown]
        options = []
        if len(rest) > 1:
            options.append((REST, months_text(rest)))
        if len(rest) < len(months):
            options.append((ALL, f"The whole year, {months_text(months)}"))
        elif not options:
            options.append((ALL, months_text(months)))
        options.append((THIS, f"Only {month_text(shown)}"))
        return options

    def _spread(self) -> Spread:
        return Spread(self.spread.key())

    def _read(self) -> _Facts:
        services = self._context.services
        return _Facts(
            services.recurring.all(),
            services.budget.categories(),
            services.budget.lines(self._shown.year.period),
        )

    def _show_facts(self, facts: _Facts) -> None:
        self._facts = facts
        self._show_preview()

    @Slot()
    def _show_preview(self) -> None:
        rows = self.proposals()
        self.model.set_rows(rows)
        self.table.setVisible(bool(rows))
        self.save_button.setEnabled(bool(rows))
        usable = any(item.category_id is not None for item in self._facts.items)
        self.link.setVisible(not usable)
        if not usable:
            words = (
                "No membership, plan or recurring payment names a budget line yet. "
                "Add a membership or a plan first."
            )
        elif not rows:
            words = "The estimates of those months are these already. Nothing would change."
        else:
            words = _summary(rows)
        self.preview.setText(words)
        self._grow()

    @Slot()
    def _on_link(self) -> None:
        self.reject()
        self._context.shell.go_to("membership")


def _summary(rows: Sequence[Proposal]) -> str:
    count = "1 estimate" if len(rows) == 1 else f"{len(rows):,} estimates"
    replaced = sum(row.now is not None for row in rows)
    words = f"{count} will be set, {dollars(sum(row.then for row in rows))} in all."
    return words + replaced_words(replaced)


_COLUMNS: tuple[Column[Proposal], ...] = (
    Column("Month", lambda row: month_text(row.month)),
    Column("Category", lambda row: row.category.name, stretch=1),
    Column("Now", lambda row: dollars_or_blank(row.now), right=True, tone=lambda _row: "quiet"),
    Column("Will be", lambda row: dollars(row.then), right=True),
)
