"""Cards of the Budget page: the sums of the year so far, its chart, and what to do with no plan yet."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from tracker.dates import first_of, month_text
from tracker.errors import LedgerError
from tracker.money import dollars, dollars_or_blank
from tracker.reports.budget import BudgetMonth, BudgetYear, difference_words
from ui.charts import bars
from ui.models.budget_rows import forecast_sentence, months_text
from ui.models.budget_words import difference_tone
from ui.theme import theme
from ui.widgets.buttons import PlainButton, PrimaryButton
from ui.widgets.card import Card
from ui.widgets.chart_view import ChartView
from ui.widgets.columns import Flow
from ui.widgets.label import AmountLabel, Label

_TAKE = "Take estimates from your membership and plan"
_TAKE_SHORT = "Take estimates"


class SoFarCard(Card):
    """Year to date: estimated, actual, difference, and where the year is heading."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Year to date", parent=parent)
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        self._figures: dict[str, AmountLabel] = {}
        for place, name in enumerate(("Estimated", "Actual", "Difference")):
            figure = AmountLabel("", "bold")
            figure.setAccessibleName(name)
            grid.addWidget(Label(name, "quiet"), place, 0)
            grid.addWidget(figure, place, 1)
            self._figures[name] = figure
        self.body.addLayout(grid)
        self.body.addSpacing(4)
        self._forecast = Label("", wrap=True)
        self.body.addWidget(self._forecast)
        self.body.addStretch(1)

    def show_month(self, shown: BudgetMonth) -> None:
        so_far = shown.to_date
        through = [month for month in shown.year.months if month <= shown.month]
        self.set_subtitle(months_text(through))
        self._figures["Estimated"].setText(dollars_or_blank(so_far.estimated))
        self._figures["Actual"].setText(dollars_or_blank(so_far.actual))
        self._figures["Difference"].setText(difference_words(so_far.difference))
        self._figures["Difference"].set_tone(difference_tone(so_far.difference))
        for name, label in self._figures.items():
            label.setAccessibleName(f"{name}, year to date: {label.text() or 'nothing yet'}")
        self._forecast.setText(forecast_sentence(shown.year))

    def forecast(self) -> str:
        return self._forecast.text()


class YearChartCard(Card):
    """A bar per month against the estimate. `month_opened` carries the month of a bar that was clicked."""

    month_opened = Signal(object)
    told = Signal(str)
    failed = Signal(object)

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(title, "Actual against estimated, by month", parent)
        self.chart = ChartView()
        self.chart.setMinimumHeight(theme().px(210))
        self.body.addWidget(self.chart, 1)
        self.chart.activated.connect(self.month_opened)
        self.chart.saved.connect(self._on_saved)
        self.chart.save_failed.connect(self._on_failed)

    def show_year(self, year: BudgetYear) -> None:
        totals = [(month, year.month_total(month)) for month in year.months]
        chart = bars.BarsChart(
            tuple(
                bars.MonthBar(month, total.estimated or 0, total.actual, key=month)
                for month, total in totals
            )
        )
        paid, planned = year.total.actual or 0, year.total.estimated or 0
        this_month = first_of(year.today)
        over = [
            month_text(month)
            for month, total in totals
            if month <= this_month and (total.difference or 0) < 0
        ]
        summary = f"{dollars(paid)} paid of {dollars(planned)} estimated in {months_text(year.months)}."
        if over:
            summary += f" Over the estimate: {', '.join(over)}."
        rows = [
            [
                month_text(month),
                dollars_or_blank(total.estimated),
                dollars_or_blank(total.actual),
                difference_words(total.difference),
            ]
            for month, total in totals
        ]
        self.chart.show_chart(
            partial(bars.paint, chart=chart),
            summary=summary,
            table=(["Month", "Estimated", "Actual", "Difference"], rows),
        )

    @Slot(object)
    def _on_saved(self, path: object) -> None:
        self.told.emit(f"Chart saved as {getattr(path, 'name', path)}.")

    @Slot(object)
    def _on_failed(self, problem: LedgerError) -> None:
        self.failed.emit(problem)


class StartCard(Card):
    """Shown while nothing is planned at all: what the page is for, and two ways to fill it."""

    take = Signal()
    template = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        inside = QWidget()
        rows = QVBoxLayout(inside)
        rows.setContentsMargins(8, 14, 8, 8)
        rows.setSpacing(6)
        for text, role in (
            ("Plan what a month of care costs", "card_title"),
            (
                "Write down what you expect to pay for each line. The program adds what you paid and "
                "shows the difference, month by month. Type estimates into the table below, or begin "
                "with one of these.",
                "quiet",
            ),
        ):
            label = Label(text, role, wrap=True)
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            rows.addWidget(label)
        self.take_button = PrimaryButton(_TAKE)
        self.take_button.setAccessibleName(_TAKE)
        self.template_button = PlainButton("Start from the template amounts")
        self.take_button.clicked.connect(self.take)
        self.template_button.clicked.connect(self.template)
        buttons = QWidget()
        flow = Flow(buttons)
        flow.addWidget(self.take_button)
        flow.addWidget(self.template_button)
        rows.addSpacing(6)
        rows.addWidget(buttons, 0, Qt.AlignmentFlag.AlignHCenter)
        self.body.addWidget(inside)
        self._choose_words(self.width())

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().px(200), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._choose_words(event.size().width())

    def _choose_words(self, width: int) -> None:
        """The whole sentence on the button, unless the text is too large for it."""
        wide = QFontMetrics(theme().font("bold")).horizontalAdvance(_TAKE) + theme().px(30) + 50
        self.take_button.setText(_TAKE if wide <= width else _TAKE_SHORT)
