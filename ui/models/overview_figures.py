"""The four figures of a month: spent, deductible, out-of-pocket maximum, contingency fund."""

from __future__ import annotations

from datetime import date

from tracker.dates import day_text, month_period, month_text
from tracker.domain.accounts.contingency import FundStanding
from tracker.domain.coverage.accumulators import Standing
from tracker.facts import AccumulatorMode
from tracker.money import dollars
from tracker.reports.overview import Overview
from tracker.wording import count_of
from ui.models.figures import ShownFigure


def overview_figures(shown: Overview) -> tuple[ShownFigure, ShownFigure, ShownFigure, ShownFigure]:
    """Spent, deductible, out-of-pocket maximum, fund."""
    return _spent(shown), _deductible(shown), _oop_max(shown), _fund(shown)


def chart_words(shown: Overview) -> str:
    """What the deductible's chart shows: whose, yours or the family's where one limit serves all."""
    modes = {item.mode for item in shown.coverage.plan.accumulators} if shown.coverage else set()
    whose = "the family's" if AccumulatorMode.AGGREGATE in modes else "your"
    return f"What the plan counts toward {whose} deductible, claim by claim"


def _spent(shown: Overview) -> ShownFigure:
    total, period = shown.budget.total, month_period(shown.month)
    spent, planned = total.actual or 0, total.estimated
    running = shown.today in period
    label = "Spent this month" if running else f"Spent in {month_text(shown.month)}"
    if planned is None:
        return ShownFigure(label, dollars(spent), caption="No estimates for this month yet")
    left = planned - spent
    if left < 0:
        caption = f"{dollars(-left)} over"
    elif running:
        days = (period.last_day - shown.today).days
        caption = f"{dollars(left)} left " + (
            f"with {count_of(days, 'day')} to go" if days else "on the last day"
        )
    else:
        caption = f"{dollars(left)} under"
    return ShownFigure(
        label,
        dollars(spent),
        f"of {dollars(planned)} planned",
        caption,
        share=spent / planned if planned else 1.0,
        tick=((shown.today - period.begin).days + 1) / period.days if running else None,
        colour="bad" if left < 0 else "accent",
    )


def _deductible(shown: Overview) -> ShownFigure:
    label, coverage = "Deductible, in network", shown.coverage
    standing = coverage.deductible if coverage else None
    if coverage is None or standing is None or standing.limit is None:
        caption = "The plan states no deductible" if coverage else "No plan yet"
        return ShownFigure(label, "None", caption=caption)
    left = standing.remaining or 0
    words = "Met" if not left else f"{dollars(left, whole=True)} to go"
    resets = day_text(coverage.plan.period.end, year=False)
    return _limit(label, standing, "accent", f"{words}  \u00b7  resets {resets}")


def _oop_max(shown: Overview) -> ShownFigure:
    label, coverage = "Out-of-pocket maximum", shown.coverage
    standing = coverage.oop_max if coverage else None
    if standing is None or standing.limit is None:
        caption = "The plan states no maximum" if coverage else "No plan yet"
        return ShownFigure(label, "None", caption=caption)
    left = standing.remaining or 0
    words = f"{dollars(left, whole=True)} is the most you can still owe"
    return _limit(label, standing, "second", words if left else "Met: the plan pays the rest")


def _limit(label: str, standing: Standing, colour: str, caption: str) -> ShownFigure:
    limit = standing.limit or 0
    return ShownFigure(
        label,
        dollars(standing.used, whole=True),
        f"of {dollars(limit, whole=True)}",
        caption,
        share=standing.used / limit if limit else 1.0,
        colour=colour,
    )


def _fund(shown: Overview) -> ShownFigure:
    label, fund = "Contingency fund", shown.fund
    if fund is None:
        return ShownFigure(
            label,
            "Not started",
            caption="A fund for what nobody can foresee.",
            invitation="Click to start one",
        )
    target = fund.account.target
    if target is None:
        return ShownFigure(label, dollars(fund.balance, whole=True), invitation="Click to set a target")
    return ShownFigure(
        label,
        dollars(fund.balance, whole=True),
        f"of {dollars(target, whole=True)} goal",
        _toward(fund, shown.today),
        share=fund.balance / target if target else 1.0,
        colour="good",
    )


def _toward(fund: FundStanding, today: date) -> str:
    if not fund.missing:
        return "The target is reached"
    if fund.reached_on and fund.monthly:
        month = _month_near(fund.reached_on, today)
        return f"{dollars(fund.monthly, whole=True)} a month reaches it in {month}"
    return f"{dollars(fund.missing, whole=True)} to go, nothing set aside monthly"


def _month_near(month: date, today: date) -> str:
    """`April`, with the year where it is more than eleven months away."""
    away = (month.year - today.year) * 12 + month.month - today.month
    return month_text(month) if away > 11 else month_text(month).split()[0]
