"""What leaving a membership would bring back over the coming year, as a line ahead."""

from __future__ import annotations

from collections.abc import Sequence

from tracker.dates import Period, add_months, day_text
from tracker.domain.membership.leaving import Leaving
from tracker.money import dollars
from ui.charts.balance import BalanceChart
from ui.charts.steps import Projection, Step

MONTHS = 12


def refund_chart(ahead: Sequence[Leaving]) -> BalanceChart | None:
    """The refund by the agreement's rule on each of some days, in order; None where no rule is known."""
    found = [(item.on, item.refund.refund) for item in ahead if item.refund is not None]
    if len(found) < 2:
        return None
    begin, start = found[0]
    steps = tuple(
        Step(day, cents, f"Leave on {day_text(day)}: {dollars(cents)} comes back") for day, cents in found
    )
    return BalanceChart(
        period=Period(begin, add_months(begin, MONTHS)),
        today=begin,
        projection=Projection(tuple(found), steps=steps),
        balance_label=dollars(start, whole=True),
        start_cents=start,
    )


def refund_summary(ahead: Sequence[Leaving]) -> str:
    """The chart in a sentence or two, for screen readers."""
    found = [(item.on, item.refund.refund) for item in ahead if item.refund is not None]
    if not found:
        return "No refund rule is entered."
    first, last = found[0], found[-1]
    return (
        f"What comes back if you leave: {dollars(first[1])} on {day_text(first[0])}, "
        f"{dollars(last[1])} on {day_text(last[0])}."
    )


def refund_table(ahead: Sequence[Leaving]) -> tuple[list[str], list[list[str]]]:
    """The same as text."""
    rows = [
        [day_text(item.on), dollars(item.refund.refund), dollars(item.refund.exit_cost)]
        for item in ahead
        if item.refund is not None
    ]
    return ["Leave on", "Comes back", "Leaving costs"], rows
