"""The Budget page: what was planned against what was paid, for a month and for a year."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import partial

from PySide6.QtCore import QPoint, Qt, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QMenu, QWidget

from tracker.changes import Area
from tracker.dates import (
    FIRST_YEAR,
    LAST_YEAR,
    Period,
    add_months,
    budget_year_of,
    first_of,
    month_text,
)
from tracker.facts import Basis
from tracker.reports.budget import BudgetMonth, budget_month
from ui.context import Context
from ui.dialogs.printing import Printing
from ui.jobs import Job
from ui.models.budget_accrual import ACCRUAL_VIEW, CASH_VIEW
from ui.models.budget_rows import MonthLine, YearLine, year_name
from ui.pages.budget_actions import BudgetActions
from ui.pages.budget_bar import ACCRUAL, CASH, MONTH, YEAR, BudgetBar
from ui.pages.budget_edits import EstimateEdits
from ui.pages.budget_files import BudgetFiles
from ui.pages.budget_month import MonthView
from ui.pages.budget_year import YearPane
from ui.widgets.page import Page

EVER = Period(date(FIRST_YEAR, 1, 1), date(LAST_YEAR + 1, 1, 1))


@dataclass(frozen=True, slots=True)
class _Loaded:
    """A month with its year. `planned` is false while the ledger has no estimate at all."""

    shown: BudgetMonth
    planned: bool


class BudgetPage(Page):
    """Month and Year of the budget. Reading happens beside the window; edits show at once."""

    SHOWS = Area.BUDGET | Area.PAYMENTS | Area.ACCOUNTS | Area.PREFERENCES

    help_text = (
        "The budget compares what you expected to pay with what you paid, line by line. Type an "
        "estimate into its cell and press Enter; amounts like 1,225 or 12.5+7.25 work, and an empty "
        "cell means no estimate. Click an actual to see the payments behind it. The difference stays "
        "blank until something is paid.\n\n"
        "Copy last month repeats its estimates. Fill year copies this month to others. Take estimates "
        "reads them from your membership, plan and other recurring payments. Right-click a line, or "
        "press the menu key, to rename, move or hide it, or to let it carry over what is left.\n\n"
        "Cash counts what was paid in a month. Accrual counts membership fees in the months they pay for "
        "and money that came back in the month of its expense; the rows below its total lead back to "
        "cash, and each opens to its reason. Export to Excel is always in the cash view.\n\n"
        "Ctrl+Left and Ctrl+Right go to the month before and after; in the Year view, to the year."
    )

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__("Budget", parent)
        self._context = context
        self._month = first_of(context.today)
        self._basis = Basis.CASH if context.state.text("budget/basis") == Basis.CASH else Basis.EXPENSE
        self._loaded: _Loaded | None = None
        self._loading: Job[_Loaded] | None = None
        self._edits = EstimateEdits(context, self, self._present, self._give_back)
        self._actions = BudgetActions(context, self)
        self._files = BudgetFiles(context, self)
        self.printing = Printing(context, self)
        self._build()
        self._wire()
        kept = context.state.text("budget/counting")
        self.bar.counting.choose(ACCRUAL if kept == ACCRUAL else CASH)
        self.bar.views.choose(YEAR if context.state.text("budget/view") == YEAR else MONTH)
        self._on_view_changed(self.bar.views.key())

    # what the window asks -------------------------------------------------------------

    def reload(self) -> None:
        if self._loading is not None:
            self._loading.cancel()  # an older answer must not overwrite a newer one
        month, basis = self._month, None if self.bar.accrual else self._basis
        self._loading = self._context.load(self, lambda: self._read(month, basis), self._on_loaded)

    def arrive(self, target: object) -> None:
        """Show a month (any day of it), or with a number the budget year of that name."""
        if isinstance(target, int):
            start = self._loaded.shown.year.period.begin.month if self._loaded else 1
            years = target - budget_year_of(self._month, start)
            self._choose_view(YEAR)
            self.show_month(add_months(self._month, 12 * years))
        elif isinstance(target, date) and not isinstance(target, datetime):
            self._choose_view(MONTH)
            self.show_month(target)

    def primary_action(self) -> None:
        self._actions.add_expense()

    def print_page(self) -> bool:
        """Show the month, or the year in its present view, as it would be printed."""
        shown = self.shown
        if shown is None:
            return False
        from ui.printing.budget_document import month_document, year_document

        if self.bar.yearly:
            document = year_document(shown.year, self.year_view.view(), self._basis)
        else:
            document = month_document(shown, self._basis)
        self.printing.preview(document)
        return True

    # which month ----------------------------------------------------------------------

    @property
    def month(self) -> date:
        """The month shown (its first day); in the Year view, the one that would be."""
        return self._month

    @property
    def shown(self) -> BudgetMonth | None:
        """What is shown, or None while nothing has been read yet."""
        if self._loaded is None or self._month not in self._loaded.shown.year.months:
            return None
        return budget_month(self._edits.applied(self._loaded.shown.year), self._month)

    def show_month(self, month: date) -> None:
        """Go to another month (any day of it)."""
        wanted = first_of(month)
        if not FIRST_YEAR <= wanted.year <= LAST_YEAR - 1:
            return
        self._month = wanted
        if self.shown is None:
            self.mark_stale()
        else:
            self._present()

    # reading --------------------------------------------------------------------------

    def _read(self, month: date, basis: Basis | None) -> _Loaded:
        services = self._context.services
        if basis is None:
            from tracker.services.accrual import accrual_month

            shown = accrual_month(services, month)
        else:
            shown = services.reports.budget_month(month, basis=basis)
        planned = shown.year.total.estimated is not None or bool(services.budget.lines(EVER))
        return _Loaded(shown, planned)

    def _on_loaded(self, loaded: _Loaded) -> None:
        self._loaded = loaded
        self._edits.on_loaded()
        self._present()

    def _present(self) -> None:
        shown = self.shown
        if shown is None or self._loaded is None:
            return
        yearly = self.bar.yearly
        named = year_name(shown.year) if yearly else month_text(self._month)
        self.bar.name_month(named, self._month)
        subtitle = [named]
        if not yearly and shown.year.period.begin.month != 1:
            subtitle.append(f"budget year {year_name(shown.year)}")
        if shown.year.views is not None:
            subtitle.append(ACCRUAL_VIEW)
        else:
            subtitle.append(CASH_VIEW)
            if self._basis is Basis.CASH:
                subtitle.append("refunds in the month they arrived")
        self.set_subtitle(", ".join(subtitle))
        self.month_view.setVisible(not yearly)
        self.year_view.setVisible(yearly)
        if yearly:
            self.year_view.show_year(shown.year)
        else:
            self.month_view.show_month(shown, planned=self._loaded.planned or self._edits.waiting)

    # editing --------------------------------------------------------------------------

    def _edit(self, category_id: int, month: date, text: str) -> None:
        """Keep an estimate as it was typed; raises UserProblem to leave the cell open."""
        shown = self.shown
        rows = shown.year.grid.get(month, []) if shown else []
        held = next((row.estimated for row in rows if row.category.id == category_id), None)
        self._edits.keep(category_id, month, text, held)

    def _give_back(self, category_id: int, month: date, text: str, complaint: str) -> None:
        if self.bar.yearly:
            self.year_view.give_back(category_id, month, text, complaint)
        elif month == self._month:
            self.month_view.give_back(category_id, text, complaint)
        else:
            self._context.shell.toast(f"{month_text(month)}: {complaint}")

    # building -------------------------------------------------------------------------

    def _build(self) -> None:
        self.bar = BudgetBar(self, self._month)
        self.month_view = MonthView(self._edit)
        self.year_view = YearPane(self._edit)
        self.body.addWidget(self.month_view)
        self.body.addWidget(self.year_view)

    def _wire(self) -> None:
        bar, month, year = self.bar, self.month_view, self.year_view
        bar.stepped.connect(self._step)
        bar.chosen.connect(self.show_month)
        bar.views.changed.connect(self._on_view_changed)
        bar.counting.changed.connect(self._on_counting_changed)
        bar.copy.clicked.connect(self._on_copy)
        bar.export.clicked.connect(self._on_export)
        bar.add.clicked.connect(self.primary_action)
        bar.take.clicked.connect(self._on_take)
        bar.fill.clicked.connect(self._on_fill)
        bar.lines.clicked.connect(self._actions.edit_lines)
        bar.more.clicked.connect(self._on_more)
        month.payments_wanted.connect(self._on_month_payments)
        month.menu_wanted.connect(self._on_month_menu)
        month.moved.connect(self._on_moved)
        month.start.take.connect(self._on_take)
        month.start.template.connect(self._on_template)
        month.chart.month_opened.connect(self.arrive)
        year.month_opened.connect(self.arrive)
        year.payments_wanted.connect(self._on_year_payments)
        year.menu_wanted.connect(self._on_year_menu)
        for chart in (month.chart, year.chart):
            chart.told.connect(self._context.shell.toast)
            chart.failed.connect(self._context.show_problem)
        for keys, step in (("Ctrl+Left", -1), ("Ctrl+Right", 1)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(partial(self._step, step))

    # what a person does ---------------------------------------------------------------

    def _choose_view(self, key: str) -> None:
        if self.bar.views.key() != key:
            self.bar.views.choose(key)
            self._on_view_changed(key)

    @Slot(str)
    def _on_view_changed(self, key: str) -> None:
        self._context.state.keep_text("budget/view", key)
        self.bar.name_view()
        self.month_view.setVisible(not self.bar.yearly)
        self.year_view.setVisible(self.bar.yearly)
        self._present()

    @Slot(str)
    def _on_counting_changed(self, key: str) -> None:
        self._context.state.keep_text("budget/counting", key)
        self.mark_stale()

    @Slot(int)
    def _step(self, step: int) -> None:
        self.show_month(add_months(self._month, step * (12 if self.bar.yearly else 1)))

    @Slot()
    def _on_copy(self) -> None:
        self._actions.copy_last_month(self._month)

    @Slot()
    def _on_export(self) -> None:
        if (shown := self.shown) is not None:
            self._files.export(shown.year.year)

    @Slot()
    def _on_take(self) -> None:
        if (shown := self.shown) is not None:
            self._actions.take_estimates(shown)

    @Slot()
    def _on_fill(self) -> None:
        if (shown := self.shown) is not None:
            self._actions.fill_year(shown)

    @Slot()
    def _on_template(self) -> None:
        if (shown := self.shown) is not None:
            self._actions.use_template(shown)

    @Slot(object, int)
    def _on_moved(self, line: MonthLine, step: int) -> None:
        self._actions.move_line(line.category, step)

    @Slot(object)
    def _on_month_payments(self, line: MonthLine) -> None:
        if (shown := self.shown) is not None:
            self._actions.open_month_line(shown, line, self._basis)

    @Slot(object, object)
    def _on_year_payments(self, line: YearLine, place: int | None) -> None:
        if (shown := self.shown) is not None:
            self._actions.open_year_line(shown.year, line, place, self._basis)

    @Slot(object, QPoint)
    def _on_month_menu(self, line: MonthLine, at: QPoint) -> None:
        _pop_up(self.line_menu(line), at)

    def line_menu(self, line: MonthLine) -> QMenu:
        """What can be done with a line of the month."""
        paid = line.actual is not None
        return self._actions.line_menu(
            line.category,
            line.month,
            edit=partial(self.month_view.edit_line, line) if line.category else None,
            payments=partial(self._on_month_payments, line) if paid else None,
        )

    @Slot(object, object, QPoint)
    def _on_year_menu(self, line: YearLine, month: date | None, at: QPoint) -> None:
        place = line.months.index(month) if month is not None else None
        cell = line.total if place is None else line.cells[place]
        menu = self._actions.line_menu(
            line.category,
            month,
            edit=None,
            payments=(lambda: self._on_year_payments(line, place)) if cell.actual is not None else None,
            open_month=(lambda: self.arrive(month)) if month is not None else None,
        )
        _pop_up(menu, at)

    @Slot()
    def _on_more(self) -> None:
        _pop_up(self.more_menu(), self.bar.more.mapToGlobal(self.bar.more.rect().bottomLeft()))

    def more_menu(self) -> QMenu:
        """What is needed now and then: reading edits back, refunds, and when budget years begin."""
        begins = self._loaded.shown.year.period.begin.month if self._loaded else 1
        return self._actions.more_menu(
            None if self.bar.accrual else self._basis,
            begins,
            read_back=self._files.read_back,
            use_basis=self.use_basis,
        )

    def use_basis(self, basis: Basis) -> None:
        """Count money that came back in the month of its expense, or in the month it arrived."""
        self._basis = basis
        self._context.state.keep_text("budget/basis", basis.value)
        self.mark_stale()


def _pop_up(menu: QMenu, at: QPoint) -> None:
    menu.aboutToHide.connect(menu.deleteLater, Qt.ConnectionType.QueuedConnection)
    menu.popup(at)
