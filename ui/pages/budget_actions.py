"""What can be done on the Budget page beside typing: its dialogs, and the menu of a line."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from tracker.changes import Changes
from tracker.dates import MONTH_NAMES, Period, add_months, month_period, month_text
from tracker.errors import UserProblem
from tracker.facts import Basis, BudgetLine, CarryOver, Category
from tracker.reports.budget import BudgetMonth, BudgetYear
from ui.context import Context
from ui.models.budget_accrual import month_why, year_why
from ui.models.budget_rows import CARRY_WORDS, MonthLine, YearLine, months_text

BASIS_WORDS = {
    Basis.EXPENSE: "Refunds in the month of the expense",
    Basis.CASH: "Refunds in the month they arrived",
}


class BudgetActions(QObject):
    """Opens dialogs and makes changes for the page; `owner` is the page."""

    def __init__(self, context: Context, owner: QWidget) -> None:
        super().__init__(owner)
        self._context = context
        self._owner = owner

    # months ----------------------------------------------------------------------------

    def copy_last_month(self, month: date) -> None:
        """Make the estimates of a month those of the month before."""
        budget = self._context.services.budget
        before = add_months(month, -1)
        self._commit(lambda: budget.copy_month(before, [month]))

    def fill_year(self, shown: BudgetMonth) -> None:
        from ui.dialogs.fill_year import FillYear

        FillYear(self._context, self._owner, shown).open()

    def take_estimates(self, shown: BudgetMonth) -> None:
        from ui.dialogs.take_estimates import TakeEstimates

        TakeEstimates(self._context, self._owner, shown).open()

    def use_template(self, shown: BudgetMonth) -> None:
        """Set the amounts of the template from the month shown to the end of its budget year."""
        from tracker.services.setup import TEMPLATE_AMOUNTS

        budget = self._context.services.budget
        months = [month for month in shown.year.months if month >= shown.month]

        def act() -> Changes:
            lines = [
                BudgetLine(category_id=item.id or 0, month=month, estimate=TEMPLATE_AMOUNTS[item.role])
                for item in budget.categories()
                if item.role in TEMPLATE_AMOUNTS and not item.hidden
                for month in months
            ]
            return budget.apply(lines, words_=f"Set the template amounts, {months_text(months)}")

        self._commit(act)

    def set_start_month(self, month: int) -> None:
        """Let budget years begin with another month."""
        budget = self._context.services.budget
        self._commit(lambda: budget.set_start_month(month))

    # payments --------------------------------------------------------------------------

    def add_expense(self) -> None:
        from ui.dialogs.payment_editor import PaymentEditor

        PaymentEditor(self._context, self._owner).open()

    def open_month_line(self, shown: BudgetMonth, line: MonthLine, basis: Basis) -> None:
        """The payments behind an actual of the month, or why the accrual view differs from cash."""
        if line.below is not None:
            self._show_why(shown.year, line.month)
            return
        categories = tuple(row.category for row in shown.rows)
        self._show_payments(shown.year, categories, line.category, month_period(line.month), basis)

    def open_year_line(self, year: BudgetYear, line: YearLine, place: int | None, basis: Basis) -> None:
        """The same for a month of the year by its place, or for the whole year."""
        month = None if place is None else year.months[place]
        if line.below is not None:
            self._show_why(year, month)
            return
        period = year.period if month is None else month_period(month)
        self._show_payments(year, year.categories, line.category, period, basis)

    def _show_payments(
        self,
        year: BudgetYear,
        categories: tuple[Category, ...],
        whose: Category | None,
        period: Period,
        basis: Basis,
    ) -> None:
        """The payments behind an actual: of one line, or of all `categories` for a total."""
        wanted = (whose,) if whose is not None else categories
        name = whose.name if whose is not None else "All lines"
        title = f"{name}, {months_text(period.months())}"
        ids = [item.id for item in wanted if item.id is not None]
        if year.views is not None:
            from ui.pages.budget_behind import AccrualBehind

            AccrualBehind(self._context, self._owner, title=title, category_ids=ids, period=period).open()
            return
        from ui.dialogs.payments_behind import PaymentsBehind

        PaymentsBehind(
            self._context, self._owner, title=title, category_ids=ids, period=period, basis=basis
        ).open()

    def _show_why(self, year: BudgetYear, month: date | None) -> None:
        from ui.dialogs.sentences_why import SentencesWhy

        named = months_text(year.months if month is None else [month])
        parts = year_why(year) if month is None else month_why(year, month)
        SentencesWhy("Budget", f"Cash and accrual, {named}", parts, self._owner).open()

    # lines -----------------------------------------------------------------------------

    def edit_lines(self) -> None:
        from ui.dialogs.budget_line_editor import LineList

        LineList(self._context, self._owner).open()

    def add_line(self) -> None:
        self._edit_line(None)

    def move_line(self, category: Category | None, step: int) -> None:
        """Move a line among those that are shown."""
        if category is None or category.id is None:
            return
        from ui.dialogs.budget_line_editor import move_line

        line_id, budget = category.id, self._context.services.budget
        self._commit(lambda: move_line(budget, line_id, step, hidden_too=False), quiet=True)

    def line_menu(
        self,
        category: Category | None,
        month: date | None,
        *,
        edit: Callable[[], object] | None,
        payments: Callable[[], object] | None,
        open_month: Callable[[], object] | None = None,
    ) -> QMenu:
        """What can be done with a line; entries that make no sense are left out."""
        menu = QMenu(self._owner)
        menu.setToolTipsVisible(True)
        if open_month is not None and month is not None:
            _add(menu, f"Open {month_text(month)}", open_month)
        if edit is not None:
            _add(menu, "Edit estimate", edit)
        if payments is not None:
            _add(menu, "Show payments", payments)
        if category is not None:
            if not menu.isEmpty():
                menu.addSeparator()
            self._add_line_entries(menu, category)
        menu.addSeparator()
        _add(menu, "Add line\u2026", self.add_line)
        _add(menu, "Edit lines\u2026", self.edit_lines)
        return menu

    def more_menu(
        self,
        basis: Basis | None,
        begins: int,
        *,
        read_back: Callable[[], object],
        use_basis: Callable[[Basis], object],
    ) -> QMenu:
        """What is needed now and then. `begins` is the month with which budget years begin.

        `basis` is where the cash view counts refunds; None in the accrual view, which leaves no choice.
        """
        menu = QMenu(self._owner)
        _add(menu, "Read edits back from Excel\u2026", read_back)
        menu.addSeparator()
        bases = QActionGroup(menu)
        for way, words in BASIS_WORDS.items() if basis is not None else ():
            _tick(_add(menu, words, partial(use_basis, way)), bases, way is basis)
        menu.addSeparator()
        starts = menu.addMenu("Budget year begins in")
        months = QActionGroup(starts)
        for number, name in enumerate(MONTH_NAMES, start=1):
            _tick(_add(starts, name, partial(self.set_start_month, number)), months, number == begins)
        return menu

    def _add_line_entries(self, menu: QMenu, category: Category) -> None:
        _add(menu, "Rename\u2026", lambda: self._edit_line(category))
        up = _add(menu, "Move up", lambda: self.move_line(category, -1))
        down = _add(menu, "Move down", lambda: self.move_line(category, 1))
        up.setShortcut(QKeySequence("Alt+Up"))
        down.setShortcut(QKeySequence("Alt+Down"))
        _add(menu, "Hide", lambda: self._save(replace(category, hidden=True)))
        carry = menu.addMenu("Goes on to the next month")
        group = QActionGroup(carry)
        for rule, words in CARRY_WORDS.items():
            _tick(
                _add(carry, words, partial(self._carry, category, rule)), group, category.carry_over is rule
            )

    def _edit_line(self, category: Category | None) -> None:
        from ui.dialogs.budget_line_editor import LineEditor

        LineEditor(self._context, self._owner, category).open()

    def _carry(self, category: Category, rule: CarryOver) -> None:
        line_id, budget = category.id, self._context.services.budget
        if line_id is not None:
            self._commit(lambda: budget.set_carry_over(line_id, rule))

    def _save(self, category: Category) -> None:
        self._commit(lambda: self._context.services.budget.save_category(category))

    # ours ------------------------------------------------------------------------------

    def _commit(self, act: Callable[[], Changes], *, quiet: bool = False) -> None:
        self._context.commit(self._owner, act, complain=self._say, quiet=quiet)

    def _say(self, problem: UserProblem) -> None:
        self._context.shell.toast(str(problem))


def _add(menu: QMenu, words: str, act: Callable[[], object]) -> QAction:
    entry = menu.addAction(words)
    entry.triggered.connect(lambda _checked=False: act())
    return entry


def _tick(entry: QAction, group: QActionGroup, chosen: bool) -> None:
    """Make an entry one of several of which one is chosen."""
    entry.setCheckable(True)
    entry.setChecked(chosen)
    group.addAction(entry)
