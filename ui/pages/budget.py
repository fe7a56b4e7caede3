"""The Budget page: what was planned against what was paid, for a month and for a year."""

from __future__ import annotations

from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QMenu, QWidget

from tracker.changes import Area
from tracker.dates import (
    FIRST_YEAR,
    LAST_YEAR,
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
from ui.pages.budget_bar import ACCRUAL, AFFORD, CASH, MONTH, YEAR, BudgetBar
from ui.pages.budget_edits import EstimateEdits
from ui.pages.budget_files import BudgetFiles
from ui.pages.budget_help import HELP
from ui.pages.budget_menus import BudgetMenus, pop_up
from ui.pages.budget_month import MonthView
from ui.pages.budget_read import BudgetRead, read_month
from ui.pages.budget_year import YearPane
from ui.widgets.page import Page

if TYPE_CHECKING:
    from ui.pages.budget_afford_view import AffordView


class BudgetPage(Page):
    """Month and Year of the budget, and whether the household can afford it.

    Reading happens beside the window; edits show at once.
    """

    SHOWS = (
        Area.BUDGET
        | Area.PAYMENTS
        | Area.ACCOUNTS
        | Area.PREFERENCES
        | Area.MEMBERSHIPS
        | Area.PLANS
        | Area.RECURRING
        | Area.TAXES
    )

    help_text = HELP

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__("Budget", parent)
        self._context = context
        self._month = first_of(context.today)
        self._basis = Basis.CASH if context.state.text("budget/basis") == Basis.CASH else Basis.EXPENSE
        self._loaded: BudgetRead | None = None
        self._loading: Job[BudgetRead] | None = None
        self._afford: AffordView | None = None
        self._unread = {MONTH, AFFORD}
        self._edits = EstimateEdits(context, self, self._present, self._give_back)
        self._actions = BudgetActions(context, self)
        self._files = BudgetFiles(context, self)
        self.printing = Printing(context, self)
        self._build()
        self._menus = BudgetMenus(self._actions, self)
        self._wire()
        kept = context.state.text("budget/counting")
        self.bar.counting.choose(ACCRUAL if kept == ACCRUAL else CASH)
        view = context.state.text("budget/view")
        self.bar.views.choose(view if view in (YEAR, AFFORD) else MONTH)
        self._on_view_changed(self.bar.views.key())

    # what the window asks -------------------------------------------------------------

    def reload(self) -> None:
        self._unread = {MONTH, AFFORD}
        self._read_shown()

    def _read_shown(self) -> None:
        """Read what is shown, unless it is read; the other view waits until it is looked at."""
        wanted = AFFORD if self.bar.affording else MONTH
        if wanted not in self._unread:
            return
        self._unread.discard(wanted)
        if wanted == AFFORD:
            self.afford.pane.reload()
            return
        if self._loading is not None:
            self._loading.cancel()  # an older answer must not overwrite a newer one
        month, basis = self._month, None if self.bar.accrual else self._basis
        services = self._context.services
        self._loading = self._context.load(
            self, lambda: read_month(services, month, basis), self._on_loaded
        )

    def arrive(self, target: object) -> None:
        """Show a month (any day of it), with a number the budget year of that name, or `"afford"`."""
        if target == AFFORD:
            self._choose_view(AFFORD)
        elif isinstance(target, int):
            start = self._loaded.shown.year.period.begin.month if self._loaded else 1
            years = target - budget_year_of(self._month, start)
            self._choose_view(YEAR)
            self.show_month(add_months(self._month, 12 * years))
        elif isinstance(target, date) and not isinstance(target, datetime):
            self._choose_view(MONTH)
            self.show_month(target)

    def primary_action(self) -> None:
        if self.bar.affording:
            self.afford.pane.start()
        else:
            self._actions.add_expense()

    def print_page(self) -> bool:
        """Show the month, the year in its present view, or affordability, as it would be printed."""
        if self.bar.affording:
            return self.afford.acts.print_shown()
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

    @property
    def afford(self) -> AffordView:
        """Affordability; made when it is first asked for."""
        if self._afford is None:
            from ui.pages.budget_afford_view import AffordView

            self._afford = AffordView(self._context, self, self.bar, self.printing)
            self._afford.subtitle_changed.connect(self.set_subtitle)
        return self._afford

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

    def _on_loaded(self, loaded: BudgetRead) -> None:
        self._loaded = loaded
        self._edits.on_loaded()
        self._present()

    def _present(self) -> None:
        shown = self.shown
        if shown is None or self._loaded is None or self.bar.affording:
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
        month.payments_wanted.connect(self.show_month_payments)
        month.menu_wanted.connect(self._menus.pop_up_month)
        month.moved.connect(self._on_moved)
        month.start.take.connect(self._on_take)
        month.start.template.connect(self._on_template)
        month.chart.month_opened.connect(self.arrive)
        year.month_opened.connect(self.arrive)
        year.payments_wanted.connect(self.show_year_payments)
        year.menu_wanted.connect(self._menus.pop_up_year)
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
        self._scroll.verticalScrollBar().setValue(0)
        self.month_view.setVisible(key == MONTH)
        self.year_view.setVisible(key == YEAR)
        if self._afford is not None or key == AFFORD:
            self.afford.pane.setVisible(key == AFFORD)
            self.afford.tell()
        if self.isVisible():
            self._read_shown()
        self._present()

    @Slot(str)
    def _on_counting_changed(self, key: str) -> None:
        self._context.state.keep_text("budget/counting", key)
        self.mark_stale()

    @Slot(int)
    def _step(self, step: int) -> None:
        if not self.bar.affording:
            self.show_month(add_months(self._month, step * (12 if self.bar.yearly else 1)))

    @Slot()
    def _on_copy(self) -> None:
        self._actions.copy_last_month(self._month)

    @Slot()
    def _on_export(self) -> None:
        if self.bar.affording:
            self.afford.acts.export()
        elif (shown := self.shown) is not None:
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
    def show_month_payments(self, line: MonthLine) -> None:
        if (shown := self.shown) is not None:
            self._actions.open_month_line(shown, line, self._basis)

    @Slot(object, object)
    def show_year_payments(self, line: YearLine, place: int | None) -> None:
        if (shown := self.shown) is not None:
            self._actions.open_year_line(shown.year, line, place, self._basis)

    def line_menu(self, line: MonthLine) -> QMenu:
        """What can be done with a line of the month."""
        return self._menus.of_month(line)

    @Slot()
    def _on_more(self) -> None:
        pop_up(self.more_menu(), self.bar.more.mapToGlobal(self.bar.more.rect().bottomLeft()))

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
