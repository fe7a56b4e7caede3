"""The review's pages about money: budget by line and month, premiums, membership, the fund."""

from __future__ import annotations

from functools import partial

from tracker.dates import MONTH_NAMES, day_text, month_text
from tracker.domain.budget.month import Total
from tracker.facts import MembershipModel
from tracker.money import Cents, dollars, dollars_or_blank
from tracker.reports.budget import difference_words
from tracker.reports.year_review import LineTotal, MembershipTerm, YearReview
from ui.charts import balance
from ui.printing.blocks import Block, Chart, heading, lead, subheading
from ui.printing.flow import PT
from ui.printing.review_charts import fund_chart
from ui.printing.table import Cell, Column, Row, Table, row

_MODELS = {
    MembershipModel.CONCIERGE: "Concierge",
    MembershipModel.HYBRID: "Hybrid",
    MembershipModel.DPC: "Direct primary care",
}


def budget(review: YearReview) -> list[Block]:
    """Estimated against actual by line, and every month of every line."""
    if not review.line_totals:
        return []
    return [heading("Budget against actual", new_page=True), *_by_line(review), *_by_month(review)]


def _by_line(review: YearReview) -> list[Block]:
    lines = [*review.line_totals, review.whole]
    begun = review.months_begun
    if not 0 < begun < 12:
        names = ("Estimated", "Actual", "Difference")
        columns = (Column("Line", stretch=1), *(Column(name, right=True) for name in names))
        rows = [row(_name(item), *_cells(item.year)) for item in lines]
        return [subheading("By line"), Table(columns, tuple(rows[:-1]), (rows[-1],))]
    end = MONTH_NAMES[review.budget.months[begun - 1].month - 1]
    running = ("Estimated, whole year", f"Estimated to {end[:3]}", f"Actual to {end[:3]}", "Difference")
    columns = (Column("Line", stretch=1), *(Column(name, right=True) for name in running))
    rows = [
        row(_name(item), dollars_or_blank(item.year.estimated), *_cells(item.to_date)) for item in lines
    ]
    return [
        subheading(f"By line, to the end of {end}"),
        lead("The difference is between the months that have begun: estimated less actual."),
        Table(columns, tuple(rows[:-1]), (rows[-1],)),
    ]


def _name(item: LineTotal) -> str:
    return item.name or "All lines"


def _cells(total: Total) -> tuple[str, str, str]:
    return (
        dollars_or_blank(total.estimated),
        dollars_or_blank(total.actual),
        difference_words(total.difference),
    )


def _by_month(review: YearReview) -> list[Block]:
    year = review.budget
    totals = {month: year.month_total(month) for month in year.months}
    largest = max(
        (abs(value or 0) for total in (*totals.values(), year.total) for value in _pair(total)), default=0
    )
    in_thousands = largest >= 100_000_000
    unit = 100_000 if in_thousands else 100

    def short(cents: Cents | None) -> str:
        return "" if cents is None else f"{_rounded(cents, unit):,}"

    def line(name: str, monthly: list[Cents | None], whole: Cents | None) -> Row:
        return row(name, *(short(cents) for cents in monthly), short(whole))

    rows = []
    for item in year.categories:
        months = year.category_rows(item.id)
        if any(found.actual is not None for found in months):
            whole = year.category_total(item.id).actual
            rows.append(line(item.name, [found.actual for found in months], whole))
    if not rows:
        return []
    ends = (
        line("Actual", [totals[month].actual for month in year.months], year.total.actual),
        line("Estimated", [totals[month].estimated for month in year.months], year.total.estimated),
        line(
            "Difference",
            [totals[month].difference for month in year.months],
            review.whole.to_date.difference,
        ),
    )
    columns = (
        Column("Actual", stretch=1, lines=2),
        *(Column(MONTH_NAMES[month.month - 1][:3], right=True) for month in year.months),
        Column("Year", right=True),
    )
    said = "thousands of dollars" if in_thousands else "whole dollars"
    minus = "A minus is over the estimate"
    if 0 < review.months_begun < 12:
        minus += "; the year's difference counts the months that have begun"
    return [
        subheading("By month"),
        lead(f"Paid, in {said}, rounded. {minus}."),
        Table(columns, tuple(rows), ends, size=8.0, smallest=5.5),
    ]


def _pair(total: Total) -> tuple[Cents | None, Cents | None]:
    return total.estimated, total.actual


def _rounded(cents: Cents, unit: int) -> int:
    """Whole units, half away from zero."""
    whole = (abs(cents) * 2 + unit) // (2 * unit)
    return -whole if cents < 0 else whole


def fixed_costs(review: YearReview) -> list[Block]:
    """What fell due and was paid for plans and memberships, and the dates that come next."""
    if not review.premiums and not review.memberships and not review.terms:
        return []
    blocks: list[Block] = [heading("Premiums and membership")]
    rows = [
        row(
            Cell(item.label, item.schedule),
            dollars_or_blank(item.due),
            dollars_or_blank(item.paid),
            _open(item.due - item.paid),
        )
        for item in (*review.premiums, *review.memberships)
    ]
    if rows:
        items = (*review.premiums, *review.memberships)
        due, paid = sum(item.due for item in items), sum(item.paid for item in items)
        names = ("Due", "Paid", "Not paid yet")
        columns = (
            Column("What and when", stretch=1),
            *(Column(name, right=True, least=52) for name in names),
        )
        whole = row("Together", dollars_or_blank(due), dollars_or_blank(paid), _open(due - paid))
        blocks.append(Table(columns, tuple(rows), (whole,) if len(rows) > 1 else ()))
    if review.terms:
        blocks.append(subheading("Membership dates"))
        dates = (
            Column("Practice", stretch=2),
            Column("Kind"),
            Column("Term", stretch=1),
            Column("Renews or ends"),
            Column("Notice by", least=48),
        )
        blocks.append(Table(dates, tuple(_term(term) for term in review.terms)))
    return blocks


def _open(cents: Cents) -> str:
    if cents == 0:
        return "paid"
    return dollars(cents) if cents > 0 else f"{dollars(-cents)} more"


def _term(term: MembershipTerm) -> Row:
    held, ahead = term.membership, term.renewal
    below = ", ".join(part for part in (held.physician, term.people) if part)
    ends = f"to {day_text(held.ends_on)}" if held.ends_on else "no end agreed"
    renews = notice = ""
    if ahead is not None:
        renews = day_text(ahead.renews_on) if held.auto_renews else f"ends {day_text(ahead.term_ends_on)}"
        notice = day_text(ahead.notice_by) if held.auto_renews else ""
    return row(
        Cell(term.practice or "Membership", below),
        _MODELS[held.model],
        f"{day_text(held.begins_on)} {ends}",
        renews,
        notice,
    )


def fund(review: YearReview) -> list[Block]:
    """The contingency fund over the year."""
    drawn = fund_chart(review)
    if review.fund is None or drawn is None:
        return []
    standing, held = review.fund, review.fund_balance or 0
    target = standing.account.target
    words = f"{standing.account.name} {'held' if review.is_complete else 'holds'} {dollars(held)}"
    if target is None:
        words += "; no target is set."
    elif held >= target:
        words += f"; its target of {dollars(target)} is reached."
    else:
        words += f", {dollars(target - held)} less than its target of {dollars(target)}."
        if standing.reached_on and not review.is_complete:
            month = month_text(standing.reached_on)
            words += f" At {dollars(standing.monthly)} a month it is reached in {month}."
    below = f"{words} Dashed: at what goes in each month now." if drawn.projection else words
    chart = partial(balance.paint, chart=drawn)
    return [Chart(chart, height=96 * PT, title="Contingency fund", below=below, before=16 * PT)]
