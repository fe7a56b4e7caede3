"""Cards of the Year in review page that hold a chart: how the limits filled, and the fund."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from tracker.dates import day_text
from tracker.domain.coverage.progress import Progress
from tracker.facts import Claim
from tracker.money import dollars
from tracker.reports.year_review import YearReview
from ui.charts import balance, progress
from ui.charts.deductible import as_table, summary
from ui.printing.review_charts import LimitChart, fund_chart, limit_charts
from ui.theme import theme
from ui.widgets.card import Card
from ui.widgets.chart_view import ChartView
from ui.widgets.choice_edit import OptionEdit
from ui.widgets.label import Label


class LimitsCard(Card):
    """One deductible or out-of-pocket maximum at a time, chosen from those that moved."""

    claim_opened = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Deductible and out-of-pocket maximum", parent=parent)
        self._charts: dict[str, LimitChart] = {}
        self._names: dict[int | None, str] = {}
        self.chooser = OptionEdit()
        self.chooser.setAccessibleName("Which limit")
        self.chart = ChartView()
        self.chart.setMinimumHeight(theme().px(210))
        self.words = Label("", "caption", wrap=True)
        self.nothing = Label("No plan, or no EOB that counted toward a limit.", "quiet", wrap=True)
        for widget in (self.chooser, self.chart, self.words, self.nothing):
            self.body.addWidget(widget, 1 if widget is self.chart else 0)
        self.body.addStretch(0)
        self.chooser.edited.connect(self._on_chosen)
        self.chart.activated.connect(self.claim_opened)

    def show_review(self, review: YearReview) -> None:
        """The limits of the plans of a year that moved; the one that was looked at stays chosen."""
        self._names = {line.claim.id: line.provider for line in review.claims}
        self._charts = {}
        for plan in review.plans:
            plan_name = f", {plan.plan.name}" if len(review.plans) > 1 else ""
            for pair in limit_charts(review, plan):
                for item in pair:
                    if item is not None and item.has_moved:
                        self._charts[f"{item.name}: {item.title}{plan_name}"] = item
        self.chooser.set_options([(title, title) for title in self._charts])
        has_any = bool(self._charts)
        for widget in (self.chooser, self.chart, self.words):
            widget.setVisible(has_any)
        self.nothing.setVisible(not has_any)
        self._on_chosen()

    @Slot()
    def _on_chosen(self) -> None:
        title = self.chooser.key()
        item = self._charts.get(title)
        if item is None:
            return
        found: Progress = item.progress
        self.words.setText(found.projection.words if found.projection else "")
        self.words.setVisible(found.projection is not None)
        self.chart.show_chart(
            partial(progress.paint, chart=item.chart),
            summary=summary(found, title),
            table=as_table(found, self._name_of),
        )

    def _name_of(self, claim: Claim) -> str:
        return self._names.get(claim.id, "")


class FundCard(Card):
    """The contingency fund's balance over the year."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Contingency fund", parent=parent)
        self.chart = ChartView()
        self.nothing = Label("No contingency fund in this year.", "quiet", wrap=True)
        self.body.addWidget(self.chart, 1)
        self.body.addWidget(self.nothing)
        self.body.addStretch(0)

    def show_review(self, review: YearReview) -> None:
        drawn = fund_chart(review)
        self.chart.setVisible(drawn is not None)
        self.nothing.setVisible(drawn is None)
        name = review.fund.account.name if review.fund and drawn else ""
        self.set_note("" if name.casefold() == "contingency fund" else name)
        if drawn is None:
            return
        rows = [[day_text(day), dollars(cents)] for day, cents in review.fund_line]
        held = dollars(review.fund_balance or 0)
        self.chart.show_chart(
            partial(balance.paint, chart=drawn),
            summary=f"Contingency fund: {held} at the end.",
            table=(["Day", "Balance"], rows),
        )
