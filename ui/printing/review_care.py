"""The review's pages about care: how the limits filled, who paid, and every EOB."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import partial

from tracker.dates import day_text
from tracker.facts import AccumulatorKind, ClaimLine, Network
from tracker.money import Cents, dollars
from tracker.reports.year_review import PlanReview, YearReview
from ui.charts import progress
from ui.printing.blocks import Beside, Block, Chart, Words, heading, lead, note, subheading
from ui.printing.flow import PT
from ui.printing.review_charts import LimitChart, limit_charts
from ui.printing.review_money import amount
from ui.printing.table import Cell, Column, Row, Table, row

_KINDS = {AccumulatorKind.DEDUCTIBLE: "Deductible", AccumulatorKind.OOP_MAX: "Out-of-pocket maximum"}
_NETWORKS = {Network.IN: "in network", Network.OUT: "out of network"}


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
        moved = [pair for pair in pairs if any(item and item.has_moved for item in pair)]
        for left, right in moved:
            blocks += _pair(left, right)
        if not moved:
            blocks.append(Words("No EOB has counted toward a limit."))
        blocks += _standings(review, plan)
    return blocks


def _pair(left: LimitChart | None, right: LimitChart | None) -> list[Block]:
    """Deductible and out-of-pocket maximum of one person in one network, under one title."""
    found = [item for item in (left, right) if item is not None]
    return [subheading(found[0].title), Beside(tuple((_chart(item),) for item in found), before=4 * PT)]


def _chart(item: LimitChart) -> Chart:
    """The chart with the words of its projection below it, where they are easier to read."""
    chart, ahead = item.chart, item.progress.projection
    if chart.projection is not None:
        chart = replace(chart, projection=replace(chart.projection, label=""))
    words = ahead.words if ahead else ""
    return Chart(partial(progress.paint, chart=chart), height=106 * PT, below=words, before=0.0)


def _standings(review: YearReview, plan: PlanReview) -> list[Block]:
    columns = (
        Column("Limit", stretch=2),
        Column("Whose", stretch=2),
        Column("Network"),
        Column("Counted", right=True),
        Column("Limit", right=True),
        Column("Left", right=True),
        Column("Share"),
    )
    rows = []
    for item in plan.standings:
        whose = "Family" if item.person_id is None else review.household.person_name(item.person_id)
        rows.append(
            row(
                _KINDS[item.kind],
                whose,
                _NETWORKS[item.network],
                dollars(item.used),
                "none" if item.limit is None else dollars(item.limit),
                amount(item.remaining),
                Cell(share=item.used / item.limit) if item.limit else "",
            )
        )
    blocks: list[Block] = [subheading("Where every limit stands"), Table(columns, tuple(rows))]
    beyond = [item for item in plan.standings if item.beyond]
    if beyond:
        most = dollars(max(item.beyond for item in beyond))
        blocks.append(
            note(
                f"EOBs counted up to {most} more than a limit allows. Check them: this is a sign of a "
                "typing error, or of one by the insurer."
            )
        )
    return blocks


def who_paid(review: YearReview) -> list[Block]:
    """Where the money for care came from, and what nobody paid."""
    paid = review.who_paid
    shown = [
        ("You, from bank and card", "premiums and membership fees included", paid.you),
        ("Your HSA", "", paid.hsa),
        ("Your FSA", "", paid.fsa),
        ("Your contingency fund", "", paid.fund),
        ("Your plan", "what it paid to providers, by EOB", paid.plan),
        ("Written off", "billed above what the plan allows, in network", paid.written_off),
    ]
    whole = paid.total
    rows = [_source(name, words, cents, whole) for name, words, cents in shown if cents]
    if not rows:
        return []
    columns = (
        Column("Who", stretch=2),
        Column("Amount", right=True),
        Column("Share", right=True),
        Column("", stretch=1),
    )
    totals = (row("Together", dollars(whole), "", ""),)
    return [heading("Who paid what"), Table(columns, tuple(rows), totals)]


def _source(name: str, words: str, cents: Cents, whole: Cents) -> Row:
    part = cents / whole if whole > 0 else 0.0
    share = f"{part * 100:.1f}%" if whole > 0 else ""
    return row(Cell(name, words), dollars(cents), share, Cell(share=part))


def eobs(review: YearReview) -> list[Block]:
    """Every EOB of the year by day of service, oldest first."""
    lines = list(reversed(review.claims))
    if not lines:
        return []
    several = len({line.claim.person_id for line in lines}) > 1
    names = short_names(line.person for line in lines)
    columns = (
        Column("Service"),
        Column("Provider", stretch=3),
        *([Column("Person", stretch=1)] if several else []),
        Column("Billed", right=True),
        Column("Allowed", right=True),
        Column("Plan paid", right=True),
        Column("Deductible", right=True),
        Column("Copay, coins.", right=True),
        Column("Not covered", right=True),
        Column("You owe", right=True),
    )
    rows = tuple(_eob(line, names[line.person] if several else None) for line in lines)
    sums = [sum(value or 0 for value in column) for column in zip(*map(_amounts, lines), strict=True)]
    total = row("", f"{len(lines):,} EOBs", *([""] if several else []), *(dollars(value) for value in sums))
    return [
        heading("EOBs of the year"),
        lead("By day of service. Where the provider is out of network it says so."),
        Table(columns, rows, (total,) if len(rows) > 1 else (), size=8.0, smallest=5.5),
    ]


def _eob(line: ClaimLine, person: str | None) -> Row:
    claim = line.claim
    words = [claim.description, "out of network" if claim.network is Network.OUT else ""]
    return row(
        day_text(claim.service_from, year=False),
        Cell(line.provider, ", ".join(word for word in words if word)),
        *([person] if person is not None else []),
        *(amount(value) for value in _amounts(line)),
    )


def short_names(names: Iterable[str]) -> dict[str, str]:
    """The first names by full name, where they still tell people apart; else the full names."""
    full = list(dict.fromkeys(names))
    short = {name: (name.split() or [name])[0] for name in full}
    return short if len(set(short.values())) == len(full) else {name: name for name in full}


def _amounts(line: ClaimLine) -> tuple[Cents | None, ...]:
    claim = line.claim
    shared: Cents | None = None
    if claim.copay is not None or claim.coinsurance is not None:
        shared = (claim.copay or 0) + (claim.coinsurance or 0)
    return (
        claim.billed,
        claim.allowed,
        claim.plan_paid,
        claim.deductible,
        shared,
        claim.not_covered,
        claim.you_owe,
    )
