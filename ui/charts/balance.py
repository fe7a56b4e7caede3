"""A fund's balance over the months, the amount it aims at, and when it gets there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from tracker.dates import Period, add_months, first_of
from tracker.money import Cents
from ui.charts import progress
from ui.charts.steps import Limit, ProgressChart, Projection, Step

__all__ = ["BalanceChart", "Limit", "Projection", "Step", "as_progress", "paint"]

if TYPE_CHECKING:
    from PySide6.QtCore import QRectF
    from PySide6.QtGui import QPainter

    from ui.charts.hits import HitMap
    from ui.charts.ink import Ink


FARTHEST_MONTHS = 60


@dataclass(frozen=True, slots=True)
class BalanceChart:
    """Balances from their day on, in order; the line begins at `start_cents` and ends today.

    A target reached after `period` makes the drawing longer, up to five years. `second` is another
    amount through the same days, such as what could still come, in the second data colour.
    """

    period: Period
    balances: tuple[Step, ...] = ()
    target: Limit | None = None
    today: date | None = None
    projection: Projection | None = None
    balance_label: str = ""
    start_cents: Cents = 0
    second: tuple[Step, ...] = ()
    second_label: str = ""
    second_start_cents: Cents = 0


def paint(painter: QPainter, rect: QRectF, chart: BalanceChart, ink: Ink) -> HitMap:
    """Draw the chart into `rect`; text sizes and widths are in the painter's logical units."""
    return progress.paint_in(painter, rect, as_progress(chart), ink, ink.good)


def as_progress(chart: BalanceChart) -> ProgressChart:
    """The same picture as progress toward a limit, with room for the day the target is reached."""
    end = chart.period.end
    if chart.projection is not None and chart.projection.points:
        reached = add_months(first_of(max(day for day, _ in chart.projection.points)), 1)
        end = min(max(end, reached), add_months(chart.period.begin, FARTHEST_MONTHS))
    return ProgressChart(
        period=Period(chart.period.begin, max(end, chart.period.end)),
        steps=chart.balances,
        limit=chart.target,
        today=chart.today,
        projection=chart.projection,
        met_label=chart.balance_label,
        start_cents=chart.start_cents,
        second_steps=chart.second,
        second_label=chart.second_label,
        second_start_cents=chart.second_start_cents,
    )
