"""Overview: how this month and the plan year stand, and what needs the member."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from tracker.changes import Area
from tracker.dates import add_months, day_text, first_of, month_period, month_text
from tracker.domain.budget.month import MonthRow
from tracker.domain.coverage.accumulators import Standing
from tracker.facts import AccumulatorMode, Claim
from tracker.money import Cents, dollars
from tracker.reports.attention import Action, Attention
from tracker.reports.budget import difference_words
from tracker.reports.overview import Overview
from ui.charts.deductible import as_table, deductible_chart, summary
from ui.charts.progress import paint as paint_progress
from ui.context import Context
from ui.jobs import Job
from ui.models.budget_words import amount_or_blank, difference_tone
from ui.models.coverage_words import short
from ui.models.table import Bar, Column, RowTableModel
from ui.widgets.attention_list import AttentionList, AttentionRow
from ui.widgets.buttons import IconButton, LinkButton, PrimaryButton
from ui.widgets.card import Card
from ui.widgets.chart_view import ChartView
from ui.widgets.columns import side_by_side
from ui.widgets.empty_state import EmptyState
from ui.widgets.figure_card import FigureCard
from ui.widgets.page import Page
from ui.widgets.table import LedgerTable

MOST_ATTENTION = 4
_ICONS = {
    Action.RECORD: "clock",
    Action.REVIEW: "refresh",
    Action.CHECK: "warning",
    Action.PLAN: "calendar",
}


@dataclass(frozen=True, slots=True)
class _Line:
    """A row of the month's table: a category, or the total."""

    place: int
    name: str
    estimated: Cents | None
    actual: Cents | None
    difference: Cents | None
    scale: Cents
    row: MonthRow | None


class OverviewPage(Page):
    """Four figures, the deductible's progress, what needs attention, and this month's budget."""

    SHOWS = Area.EVERYTHING & ~(Area.REVIEW | Area.DOCUMENTS)
    help_text = (
        "This month at a glance: what was paid against the plan, where your deductible and "
        "out-of-pocket maximum stand, what the contingency fund holds, and what needs you. "
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
        self._names: dict[int, str] = {}
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
        self.chart_card.body.addWidget(self.chart, 1)
        self.chart_card.body.addWidget(self.no_plan, 1)

        self.attention_card = Card("Needs attention")
        self.attention = AttentionList()
        self.all_done = EmptyState("Nothing needs you now", "Dues, renewals and EOBs to check appear here.")
        self.more = LinkButton("")
        self.attention_card.body.addWidget(self.attention)
        self.attention_card.body.addWidget(self.more)
        self.attention_card.body.addWidget(self.all_done, 1)
        self.attention_card.body.addStretch(1)
        self.body.addWidget(side_by_side(self.chart_card, self.attention_card, weights=(59, 41)))

        self.budget_card = Card("Budget this month", "Estimated, actual, difference")
        self._model: RowTableModel[_Line] = RowTableModel(
            _columns(), key=_place, bold=_is_total, stays_last=_is_total, parent=self
        )
        self.table = LedgerTable(self._model, "Budget this month", row_height=32)
        self.budget_card.add_table(self.table)
        self.body.addWidget(self.budget_card)

    def _wire(self) -> None:
        self.earlier.clicked.connect(self._on_earlier)
        self.later.clicked.connect(self._on_later)
        self.add_button.clicked.connect(self.primary_action)
        self.spent.opened.connect(self._open_budget)
        self.deductible.opened.connect(self._open_coverage)
        self.oop_max.opened.connect(self._open_coverage)
        self.fund.opened.connect(self._open_fund)
        self.attention.acted.connect(self._on_acted)
        self.more.clicked.connect(self._show_all_attention)
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
        """Show the month of a day."""
        if isinstance(target, date):
            self._go_to_month(first_of(target))

    def _show(self, shown: Overview) -> None:
        self._shown = shown
        self._say_month()
        self.set_subtitle("  \u00b7  ".join(short(name, 48) for name in shown.names))
        self._show_spent(shown)
        self._show_limits(shown)
        self._show_fund(shown)
        self._show_chart(shown)
        self._show_attention(shown, all_of_it=False)
        self._show_budget(shown)

    def _say_month(self) -> None:
        self.set_title(month_text(self._month))

    def _show_spent(self, shown: Overview) -> None:
        total, period = shown.budget.total, month_period(shown.month)
        spent, planned = total.actual or 0, total.estimated
        running = shown.today in period
        self.spent.set_label("Spent this month" if running else f"Spent in {month_text(shown.month)}")
        if planned is None:
            self.spent.set(dollars(spent), caption="No estimates for this month yet")
            return
        left = planned - spent
        if left < 0:
            caption = f"{dollars(-left)} over"
        elif running:
            days = (period.last_day - shown.today).days
            caption = f"{dollars(left)} left " + (
                f"with {days} day{'' if days == 1 else 's'} to go" if days else "on the last day"
            )
        else:
            caption = f"{dollars(left)} under"
        tick = ((shown.today - period.begin).days + 1) / period.days if running else None
        self.spent.set(
            dollars(spent),
            f"of {dollars(planned)} planned",
            share=spent / planned if planned else 1.0,
            tick=tick,
            colour="bad" if left < 0 else "accent",
            caption=caption,
        )

    def _show_limits(self, shown: Overview) -> None:
        coverage = shown.coverage
        resets = ""
        if coverage:
            resets = f"resets {day_text(coverage.plan.period.end, year=False)}"
        deductible = coverage.deductible if coverage else None
        if deductible is None or deductible.limit is None:
            self.deductible.set(
                "None", caption="The plan states no deductible" if coverage else "No plan yet"
            )
        else:
            left = deductible.remaining or 0
            words = "Met" if not left else f"{dollars(left, whole=True)} to go"
            self._set_limit(self.deductible, deductible, "accent", f"{words}  \u00b7  {resets}")
        oop = coverage.oop_max if coverage else None
        if oop is None or oop.limit is None:
            self.oop_max.set("None", caption="The plan states no maximum" if coverage else "No plan yet")
        else:
            left = oop.remaining or 0
            words = f"{dollars(left, whole=True)} is the most you can still owe"
            self._set_limit(self.oop_max, oop, "second", words if left else "Met: the plan pays the rest")

    def _set_limit(self, card: FigureCard, standing: Standing, colour: str, caption: str) -> None:
        limit = standing.limit or 0
        card.set(
            dollars(standing.used, whole=True),
            f"of {dollars(limit, whole=True)}",
            share=standing.used / limit if limit else 1.0,
            colour=colour,
            caption=caption,
        )

    def _show_fund(self, shown: Overview) -> None:
        fund = shown.fund
        if fund is None:
            self.fund.set("Not started", caption="A fund for what nobody can foresee. Click to start one")
            return
        target = fund.account.target
        if target is None:
            self.fund.set(dollars(fund.balance, whole=True), caption="Click to set a target")
            return
        if not fund.missing:
            caption = "The target is reached"
        elif fund.reached_on and fund.monthly:
            month = _month_near(fund.reached_on, shown)
            caption = f"{dollars(fund.monthly, whole=True)} a month reaches it in {month}"
        else:
            caption = f"{dollars(fund.missing, whole=True)} to go, nothing set aside monthly"
        self.fund.set(
            dollars(fund.balance, whole=True),
            f"of {dollars(target, whole=True)} goal",
            share=fund.balance / target if target else 1.0,
            colour="good",
            caption=caption,
        )

    def _show_chart(self, shown: Overview) -> None:
        coverage = shown.coverage
        moved = coverage.progress if coverage else None
        self.chart.setVisible(moved is not None)
        self.no_plan.setVisible(moved is None)
        if coverage is None or moved is None:
            self.chart_card.set_note("")
            self.chart_card.set_subtitle("")
            return
        whose = _whose(shown)
        self.chart_card.set_subtitle(f"What the plan counts toward {whose} deductible, claim by claim")
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

    def _show_attention(self, shown: Overview, *, all_of_it: bool) -> None:
        items = shown.attention if all_of_it else shown.attention[:MOST_ATTENTION]
        self.attention.set_items([_attention_row(place, item) for place, item in enumerate(items)])
        self.attention.setVisible(bool(items))
        self.all_done.setVisible(not items)
        self.attention_card.set_note(str(len(shown.attention)) if shown.attention else "")
        hidden = len(shown.attention) - len(items)
        self.more.setVisible(hidden > 0)
        self.more.setText(f"Show {hidden} more")

    def _show_budget(self, shown: Overview) -> None:
        running = shown.today in month_period(shown.month)
        self.budget_card.set_title("Budget this month" if running else f"Budget, {month_text(shown.month)}")
        self._model.set_rows(_lines(shown))
        self.table.fit_height_to_rows()

    # acting --------------------------------------------------------------------------

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

    @Slot(object)
    def _on_acted(self, row: AttentionRow) -> None:
        if self._shown is None:
            return
        item = self._shown.attention[int(row.key)]
        if item.due is not None:
            from ui.dialogs.payment_editor import PaymentEditor

            PaymentEditor.for_due(self._context, self, item.due).open()
        elif item.membership_id is not None:
            self._context.shell.go_to("membership", item.membership_id)
        else:
            self._context.shell.go_to("coverage", item)

    @Slot()
    def _show_all_attention(self) -> None:
        if self._shown:
            self._show_attention(self._shown, all_of_it=True)

    @Slot()
    def _open_budget(self) -> None:
        self._context.shell.go_to("budget", self._month)

    @Slot()
    def _open_coverage(self) -> None:
        self._context.shell.go_to("coverage")

    @Slot(object)
    def _open_claim(self, claim_id: object) -> None:
        self._context.shell.go_to("coverage", claim_id)

    @Slot(object)
    def _open_row(self, line: _Line) -> None:
        self._context.shell.go_to("budget", self._month)

    @Slot()
    def _open_fund(self) -> None:
        from ui.dialogs.fund_editor import FundEditor

        FundEditor(self._context, self).open()


def _whose(shown: Overview) -> str:
    """Whose deductible the chart shows: yours, or the family's where one limit serves all."""
    coverage = shown.coverage
    modes = {item.mode for item in coverage.plan.accumulators} if coverage else set()
    return "the family's" if AccumulatorMode.AGGREGATE in modes else "your"


def _month_near(month: date, shown: Overview) -> str:
    """`April`, with the year where it is more than eleven months away."""
    away = (month.year - shown.today.year) * 12 + month.month - shown.today.month
    return month_text(month) if away > 11 else month_text(month).split()[0]


def _attention_row(place: int, item: Attention) -> AttentionRow:
    return AttentionRow(place, item.tone, _ICONS[item.action], item.what, item.detail, item.action.value)


def _lines(shown: Overview) -> list[_Line]:
    rows = shown.budget.rows
    scale = max((max(row.estimated or 0, row.actual or 0) for row in rows), default=0)
    lines = [
        _Line(place, row.category.name, row.estimated, row.actual, row.difference, scale, row)
        for place, row in enumerate(rows)
    ]
    total = shown.budget.total
    whole = max(total.estimated or 0, total.actual or 0)
    name = "Total Estimated Monthly Healthcare Expenses"
    lines.append(_Line(len(rows), name, total.estimated, total.actual, total.difference, whole, None))
    return lines


def _place(line: _Line) -> int:
    return line.place


def _is_total(line: _Line) -> bool:
    return line.row is None


def _columns() -> list[Column[_Line]]:
    return [
        Column("Category", lambda line: line.name, stretch=3, tooltip=lambda line: line.name),
        Column("Estimated", lambda line: amount_or_blank(line.estimated), right=True),
        Column("Actual", lambda line: amount_or_blank(line.actual), right=True),
        Column(
            "Difference",
            lambda line: difference_words(line.difference),
            right=True,
            tone=lambda line: difference_tone(line.difference),
        ),
        Column("", lambda line: "", bar=_bar, stretch=4),
    ]


def _bar(line: _Line) -> Bar | None:
    if line.estimated is None and line.actual is None:
        return None
    return Bar(line.estimated or 0, line.actual, line.scale)
