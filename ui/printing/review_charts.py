"""The charts of a year in review, the same on the page and on paper."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tracker.domain.coverage.progress import Progress
from tracker.facts import Claim
from tracker.money import Cents, dollars
from tracker.reports.year_review import PlanReview, YearReview
from ui.charts.balance import BalanceChart
from ui.charts.bars import BarsChart, MonthBar
from ui.charts.deductible import deductible_chart
from ui.charts.steps import Limit, ProgressChart, Projection, Step

DEDUCTIBLE, OUT_OF_POCKET = "Deductible", "Out-of-pocket maximum"


@dataclass(frozen=True, slots=True)
class LimitChart:
    """One accumulator as a chart. `title` says whose and in which network."""

    title: str
    name: str
    progress: Progress
    chart: ProgressChart

    @property
    def has_moved(self) -> bool:
        return bool(self.progress.steps)


def year_bars(review: YearReview) -> BarsChart:
    """A bar for each month of the budget year."""
    months = []
    for month in review.budget.months:
        total = review.budget.month_total(month)
        months.append(MonthBar(month, total.estimated or 0, total.actual, key=month))
    return BarsChart(tuple(months))


def limit_charts(review: YearReview, plan: PlanReview) -> list[tuple[LimitChart | None, LimitChart | None]]:
    """Deductible and out-of-pocket maximum of each person and network that moved, in pairs."""
    names = {line.claim.id: line.provider for line in review.claims}

    def drawn(title: str, name: str, found: Progress | None) -> LimitChart | None:
        if found is None:
            return None
        chart = deductible_chart(
            found,
            today=review.today,
            name_of=lambda claim: _provider(names, claim),
            limit_name=name,
        )
        return LimitChart(title, name, found, chart)

    deductibles, maxima = dict(plan.progress), dict(plan.out_of_pocket)
    titles = dict.fromkeys([*deductibles, *maxima])
    return [
        (
            drawn(title, DEDUCTIBLE, deductibles.get(title)),
            drawn(title, OUT_OF_POCKET, maxima.get(title)),
        )
        for title in titles
    ]


def _provider(names: dict[int | None, str], claim: Claim) -> str:
    return names.get(claim.id, "")


def fund_chart(review: YearReview) -> BalanceChart | None:
    """The contingency fund's balance over the year; None where there is no fund."""
    fund, line = review.fund, review.fund_line
    if fund is None or not line:
        return None
    target = fund.account.target
    balance = line[-1][1]
    ahead = None
    if not review.is_complete and fund.reached_on and target and balance < target:
        points: tuple[tuple[date, Cents], ...] = ((review.today, balance), (fund.reached_on, target))
        ahead = Projection(points, f"{dollars(fund.monthly, whole=True)} a month")
    return BalanceChart(
        period=review.budget.period,
        balances=tuple(Step(day, cents, f"{dollars(cents)}") for day, cents in line[1:]),
        target=Limit(f"Target {dollars(target, whole=True)}", target) if target else None,
        today=review.today if review.today in review.budget.period else None,
        projection=ahead,
        balance_label=dollars(balance, whole=True),
        start_cents=line[0][1],
    )
