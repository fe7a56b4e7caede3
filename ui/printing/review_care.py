"""The review's pages about care: how the limits filled, who paid, and every EOB."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from tracker.dates import day_text
from tracker.facts import Network
from tracker.money import Cents, dollars
from tracker.reports.pursued import together
from tracker.reports.year_review import IN_NETWORK, YearReview
from ui.charts import progress
from ui.models.review_lines import who_paid_note
from ui.printing.blocks import Beside, Block, Chart, Words, heading, lead, note, subheading
from ui.printing.care_tables import eob_table, limit_table
from ui.printing.flow import PT
from ui.printing.review_charts import LimitChart, limit_charts
from ui.printing.table import Cell, Column, Row, Table, row

_Pair = tuple[LimitChart | None, LimitChart | None]


def limits(review: YearReview) -> list[Block]:
    """Deductibles and out-of-pocket maxima of every plan of the year."""
    blocks: list[Block] = []
    for plan in review.plans:
        if not plan.standings:
            continue
        if not blocks:
            blocks.append(heading("Deductible and out-of-pocket maximum"))
        blocks.append(
            lead(f"{plan.plan.name}, {day_text(plan.plan.begins_on)} to {day_text(plan.plan.ends_on)}")
        )
        pairs = limit_charts(review, plan)
        moved = _charted([pair for pair in pairs if any(item and item.has_moved for item in pair)])
        for left, right in moved:
            blocks += limit_pair(left, right)
        if not moved:
            blocks.append(Words("No EOB has counted toward a limit."))
        near = [item for item in plan.standings if item.network is Network.IN or item.used]
        blocks += limit_table(near, review.household)
        if len(near) < len(plan.standings):
            blocks.append(note("Limits out of network toward which nothing counted are left out."))
    return blocks


def _charted(pairs: list[_Pair]) -> list[_Pair]:
    """Those in network where any moved: the table below has the others, and pages are few."""
    inside = [pair for pair in pairs if any(item and item.title.endswith(IN_NETWORK) for item in pair)]
    return inside or pairs


def limit_pair(left: LimitChart | None, right: LimitChart | None) -> list[Block]:
    """Deductible and out-of-pocket maximum of one person in one network, under one title."""
    found = [item for item in (left, right) if item is not None]
    return [subheading(found[0].title), Beside(tuple((_chart(item),) for item in found), before=4 * PT)]


def _chart(item: LimitChart) -> Chart:
    """The chart with the words of its projection below it, where they are easier to read."""
    chart, ahead = item.chart, item.progress.projection
    if chart.projection is not None:
        chart = replace(chart, projection=chart.projection.unlabelled())
    words = ahead.words if ahead else ""
    return Chart(partial(progress.paint, chart=chart), height=94 * PT, below=words, before=0.0)


def who_paid(review: YearReview) -> list[Block]:
    """Where the money for care came from, and what nobody paid."""
    paid = review.who_paid
    whole = paid.total
    rows = [_source(name, words, cents, whole) for name, words, cents in paid.sources]
    if not rows:
        return []
    columns = (
        Column("Who", stretch=2),
        Column("Amount", right=True),
        Column("Share", right=True),
        Column("", stretch=1),
    )
    totals = (row("Together", dollars(whole), "", ""),)
    said = who_paid_note(paid)
    blocks: list[Block] = [heading("Who paid what"), Table(columns, tuple(rows), totals)]
    return [*blocks, note(said)]


def _source(name: str, words: str, cents: Cents, whole: Cents) -> Row:
    part = cents / whole if whole > 0 else 0.0
    share = f"{part * 100:.1f}%" if whole > 0 else ""
    return row(Cell(name, words), dollars(cents), share, Cell(share=part))


def eobs(review: YearReview) -> list[Block]:
    """Every EOB of the year."""
    return [heading("EOBs of the year"), *eob_table(review.claims)] if review.claims else []


def pursued(review: YearReview) -> list[Block]:
    """Disputes and claims the member filed: what is at stake, what came back."""
    if not review.pursued:
        return []
    columns = (
        Column("What", stretch=3),
        Column("Opened"),
        Column("Stands"),
        Column("At stake", right=True),
        Column("Came back", right=True, least=52),
    )
    rows = tuple(
        row(
            item.what,
            day_text(item.opened_on),
            item.ended,
            "" if item.at_stake is None else dollars(item.at_stake),
            "" if item.recovered is None else dollars(item.recovered),
        )
        for item in review.pursued
    )
    at_stake, back = together(review.pursued)
    totals = (row("Together", "", "", dollars(at_stake), dollars(back)),)
    return [heading("Disputes and money recovered"), Table(columns, rows, totals)]
