"""Overview: how this month and the plan year stand, and what needs the member."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from tracker.changes import Area, Changes
from tracker.dates import add_months, first_of, month_period, month_text
from tracker.facts import Claim
from tracker.money import dollars_or_blank
from tracker.reports.budget import difference_words
from tracker.reports.overview import Overview
from ui.charts.deductible import as_table, deductible_chart, summary
from ui.charts.progress import paint as paint_progress
from ui.context import Context
from ui.dialogs.printing import Printing
from ui.jobs import Job
from ui.models.budget_rows import MonthLine, month_lines
from ui.models.budget_words import difference_tone
from ui.models.coverage_words import short
from ui.models.overview_figures import chart_words, overview_figures
from ui.models.table import Bar, Column, RowTableModel
from ui.pages.overview_attention import AttentionCard
from ui.pages.overview_dates import DatesCard
from ui.theme import theme
from ui.widgets.buttons import IconButton, PrimaryButton
from ui.widgets.card import Card
from ui.widgets.chart_view import ChartView
from ui.widgets.columns import side_by_side
from ui.widgets.empty_state import EmptyState
from ui.widgets.figure_card import FigureCard
from ui.widgets.page import Page
from ui.widgets.table import LedgerTable

HIGHEST_CHART = 420


class OverviewPage(Page):
    """Four figures, the deductible's progress, what needs attention, this month's budget, dates ahead."""

    SHOWS = Area.EVERYTHING & ~(Area.REVIEW | Area.DOCUMENTS)
    help_text = (
        "This month at a glance: what was paid against the plan, where your deductible and "
        "out-of-pocket maximum stand, what the contingency fund holds, and what needs you. Dates ahead "
        "lists payments, renewals, refills and deadlines, and saves them for your calendar. "
        "Click a figure to see what it is made of."
    )

    def __init__(
        self, context: Context, parent: QWidget | None = None, *, first: Overview | None = None
    ) -> None:
        """`first` is what was read before the window came up, so that the first paint is complete."""
        super().__init__("", parent)
        self._context = context
        self._month = first_of(context.today)
        self._shown: Overview | None = None
        self._loading: Job[Overview] | None = None
        self.printing = Printing(context, self)
        self._build()
        self._wire()
        self._say_month()
        if first is not None:
            self._show(first)
            self._stale = False

    # building ------------------------------------------------------------------------

    def _build(self) -> None:
        self.earlier = IconButton("chevron-left", "Earlier month")
        self.later = IconButton("chevron-right", "Later month")
        self.add_button = PrimaryButton("Add expense", "plus")
        for button in (self.earlier, self.later, self.add_button):
            self.add_action_widget(button)

        self.spent = FigureCard("Spent this month", clickable=True)
        self.deductible = FigureCard("Deductible, in network", clickable=True)
        self.oop_max = FigureCard("Out-of-pocket maximum", clickable=True)
        self.fund = FigureCard("Contingency fund", clickable=True)
        self.add_row(self.spent, self.deductible, self.oop_max, self.fund)

        self.chart_card = Card("Deductible progress")
        self.chart = ChartView()
        self.no_plan = EmptyState(
            "No plan for this month",
            "With your plan's deductible here, every EOB you enter shows how far it has filled.",
            "Enter your plan",
            self._open_coverage,
        )
        self.chart.setMaximumHeight(theme().px(HIGHEST_CHART))  # a long list beside it stretches the card
        self.chart_card.body.addWidget(self.chart, 1)
        self.chart_card.body.addWidget(self.no_plan, 1)
        self.chart_card.body.addStretch()

        self.attention_card = AttentionCard(self._context)
        self.attention = self.attention_card.list
        self.more, self.all_done = self.attention_card.more, self.attention_card.all_done
        self.body.addWidget(side_by_side(self.chart_card, self.attention_card, weights=(59, 41)))

        self.budget_card = Card("Budget this month", "Estimated, actual, difference")
        self._model: RowTableModel[MonthLine] = RowTableModel(
            _columns(), key=_key, bold=_is_total, stays_last=_is_total, parent=self
        )
        self.table = LedgerTable(self._model, "Budget this month", row_height=32)
        self.budget_card.add_table(self.table)
        self.body.addWidget(self.budget_card)
        self.dates_card = DatesCard(self._context)
        self.body.addWidget(self.dates_card)

    def _wire(self) -> None:
        self.earlier.clicked.connect(self._on_earlier)
        self.later.clicked.connect(self._on_later)
        self.add_button.clicked.connect(self.primary_action)
        self.spent.opened.connect(self._open_budget)
        self.deductible.opened.connect(self._open_coverage)
        self.oop_max.opened.connect(self._open_coverage)
        self.fund.opened.connect(self._open_fund)
        self.chart.activated.connect(self._open_claim)
        self.table.opened.connect(self._open_row)

    # loading -------------------------------------------------------------------------

    def reload(self) -> None:
        if self._loading:
            self._loading.cancel()  # an older answer must not overwrite a newer one
        month = self._month
        self._loading = self._context.load(
            self, lambda: self._context.services.reports.overview(month), self._show
        )

    def arrive(self, target: object) -> None:
        """Show the month of a day; `"dates"` opens the list of dates ahead."""
        if isinstance(target, date):
            self._go_to_month(first_of(target))
        elif target == "dates":
            self.dates_card.open_all()

    @Slot(object)
    def on_committed(self, changes: Changes) -> None:
        if changes.areas & self.SHOWS:
            self.dates_card.mark_stale()
        super().on_committed(changes)

    def _show(self, shown: Overview) -> None:
        self._shown = shown
        self._say_month()
        self.set_subtitle("  \u00b7  ".join(short(name, 48) for name in shown.names))
        cards = (self.spent, self.deductible, self.oop_max, self.fund)
        for card, figure in zip(cards, overview_figures(shown), strict=True):
            card.show_figure(figure)
        self._show_chart(shown)
        self.attention_card.show_items(shown.attention)
        self._show_budget(shown)

    def _say_month(self) -> None:
        self.set_title(month_text(self._month))

    def _show_chart(self, shown: Overview) -> None:
        coverage = shown.coverage
        moved = coverage.progress if coverage else None
        self.chart.setVisible(moved is not None)
        self.no_plan.setVisible(moved is None)
        if coverage is None or moved is None:
            self.chart_card.set_note("")
            self.chart_card.set_subtitle("")
            return
        self.chart_card.set_subtitle(chart_words(shown))
        self.chart_card.set_note(f"In network  \u00b7  {coverage.plan.begins_on.year}")
        drawn = deductible_chart(moved, today=shown.today, name_of=self._name_of)
        self.chart.show_chart(
            partial(paint_progress, chart=drawn),
            summary=summary(moved, "Deductible"),
            table=as_table(moved, self._name_of),
        )

    def _name_of(self, claim: Claim) -> str:
        shown = self._shown
        return shown.provider_names.get(claim.provider_id, "") if shown else ""

    def _show_budget(self, shown: Overview) -> None:
        running = shown.today in month_period(shown.month)
        self.budget_card.set_title("Budget this month" if running else f"Budget, {month_text(shown.month)}")
        self._model.set_rows(month_lines(shown.month, shown.budget.rows, shown.budget.total))
        self.table.fit_height_to_rows()

    # acting --------------------------------------------------------------------------

    def print_page(self) -> bool:
        """The month on a page."""
        if self._shown is None:
            return False
        from ui.printing.overview_document import overview_document

        waiting = tuple(self.attention_card.waiting)
        self.printing.preview(overview_document(replace(self._shown, attention=waiting)))
        return True

    def primary_action(self) -> None:
        from ui.dialogs.payment_editor import PaymentEditor

        PaymentEditor(self._context, self).open()

    @Slot()
    def _on_earlier(self) -> None:
        self._go_to_month(add_months(self._month, -1))

    @Slot()
    def _on_later(self) -> None:
        self._go_to_month(add_months(self._month, 1))

    def _go_to_month(self, month: date) -> None:
        self._month = month
        self._say_month()
        self.mark_stale()

    @Slot()
    def _open_budget(self) -> None:
        self._context.shell.go_to("budget", self._month)

    @Slot()
    def _open_coverage(self) -> None:
        self._context.shell.go_to("coverage")

    @Slot(object)
    def _open_claim(self, claim_id: object) -> None:
        self._context.shell.go_to("claims", claim_id)

    @Slot(object)
    def _open_row(self, line: MonthLine) -> None:
        self._context.shell.go_to("budget", self._month)

    @Slot()
    def _open_fund(self) -> None:
        from ui.dialogs.fund_editor import FundEditor

        FundEditor(self._context, self).open()


def _columns() -> list[Column[MonthLine]]:
    return [
        Column("Category", lambda line: line.name, stretch=3, tooltip=lambda line: line.name),
        Column("Estimated", lambda line: dollars_or_blank(line.estimated), right=True),
        Column("Actual", lambda line: dollars_or_blank(line.actual), right=True),
        Column(
            "Difference",
            lambda line: difference_words(line.difference),
            right=True,
            tone=lambda line: difference_tone(line.difference),
        ),
        Column("", lambda line: "", bar=_bar, stretch=4),
    ]


def _key(line: MonthLine) -> int:
    return line.key


def _is_total(line: MonthLine) -> bool:
    return line.category is None


def _bar(line: MonthLine) -> Bar | None:
    return None if line.estimated is None and line.actual is None else line.bar
