"""From a deductible's progress to the chart, its sentence and its table: one way for every page."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from tracker.dates import day_text
from tracker.domain.coverage.progress import Progress
from tracker.domain.coverage.progress import Step as CountedStep
from tracker.domain.coverage.projection import AheadStep, ProjectedLine
from tracker.domain.coverage.projection import Projection as Ahead
from tracker.facts import Claim
from tracker.money import Cents, about_dollars, dollars
from ui.charts.steps import Corners, Limit, ProgressChart, Projection, Step

Table = tuple[list[str], list[list[str]]]


def deductible_chart(
    shown: Progress,
    *,
    today: date,
    name_of: Callable[[Claim], str],
    oop_limit: Cents | None = None,
    limit_name: str = "Deductible",
) -> ProgressChart:
    """The stepped line with its limit, today and the dashed projection.

    `name_of` names the provider of a claim; `oop_limit` adds the out-of-pocket maximum's line.
    """
    steps = tuple(
        Step(step.day, step.total, step_words(step, name_of), step.claim.id if step.claim else None)
        for step in shown.steps
    )
    limit = Limit(f"{limit_name} {dollars(shown.limit, whole=True)}", shown.limit) if shown.limit else None
    second = (
        Limit(f"Out-of-pocket maximum {dollars(oop_limit, whole=True)}", oop_limit) if oop_limit else None
    )
    within = today in shown.period
    return ProgressChart(
        period=shown.period,
        steps=steps,
        limit=limit,
        second_limit=second,
        today=today if within else None,
        projection=_projection(shown, today),
        met_label=f"{dollars(shown.used, whole=True)} met" if shown.used else "",
    )


def _projection(shown: Progress, today: date) -> Projection | None:
    ahead = shown.projection
    if ahead is None:
        return None
    last = shown.period.last_day
    if ahead.reached_on:
        label = f"met about {day_text(ahead.reached_on, year=False)}"
    else:
        label = f"on track for {about_dollars(ahead.end_total)}"
    if ahead.low is None or ahead.expected is None or ahead.high is None:
        points: list[tuple[date, Cents]] = [
            (today, shown.used),
            (ahead.reached_on or last, ahead.end_total),
        ]
        if ahead.reached_on and ahead.reached_on < last:
            points.append((last, ahead.end_total))
        return Projection(tuple(points), label)
    lines = [_corners(line, shown, today) for line in (ahead.low, ahead.expected, ahead.high)]
    low, expected, high = lines
    if low == high:
        return Projection(expected, label, steps=tuple(_steps_ahead(ahead)))
    met = shown.limit is not None and ahead.high.end_total >= shown.limit
    apart = ahead.high.end_total > ahead.end_total
    return Projection(
        expected,
        label,
        low,
        high,
        f"at least {about_dollars(ahead.low.end_total)}" if ahead.low.end_total < ahead.end_total else "",
        # At the limit, its own name says it.
        f"at most {about_dollars(ahead.high.end_total)}" if apart and not met else "",
        tuple(_steps_ahead(ahead)),
    )


def _corners(line: ProjectedLine, shown: Progress, today: date) -> Corners:
    """A stepped line from today's total to the end of the period."""
    points, total = [(today, shown.used)], shown.used
    for step in line.steps:
        points += [(step.day, total), (step.day, step.total)]
        total = step.total
    return (*points, (shown.period.last_day, total))


def _steps_ahead(ahead: Ahead) -> Iterator[Step]:
    """Planned care that raises the expected line, and what only may be of the high one."""
    assert ahead.expected is not None
    assert ahead.high is not None
    named = set()
    for line in (ahead.expected, ahead.high):
        for step in line.steps:
            if step.is_planned and (step.day, step.words) not in named:
                named.add((step.day, step.words))
                yield Step(step.day, step.total, ahead_words(step))


def ahead_words(step: AheadStep) -> str:
    """`MRI of the knee (likely), Dec 3: $566.58 to count, $2,000 then`."""
    day, total = day_text(step.day, year=False), dollars(step.total, whole=True)
    return f"{step.words}, {day}: {dollars(step.added)} to count, {total} then"


def step_words(step: CountedStep, name_of: Callable[[Claim], str]) -> str:
    """`Quest Labs, Mar 3: $41.12 counted`."""
    added = dollars(step.added)
    if step.claim is None:
        return f"{step.words}: {added} counted"
    return f"{name_of(step.claim)}, {day_text(step.claim.service_from, year=False)}: {added} counted"


def summary(shown: Progress, whose: str) -> str:
    """The chart in one or two sentences, for screen readers."""
    out_of = f" of {dollars(shown.limit)}" if shown.limit is not None else ""
    ahead = f" {shown.projection.words}" if shown.projection else ""
    return f"{whose}: {dollars(shown.used)}{out_of} counted by {len(shown.steps)} claims.{ahead}"


def as_table(shown: Progress, name_of: Callable[[Claim], str]) -> Table:
    """The same facts as text: one row a claim that counted, then the days ahead with low and high."""
    headings = ["Service date", "Provider", "Counted", "Total"]
    rows = [
        [
            day_text(step.day),
            name_of(step.claim) if step.claim else step.words,
            dollars(step.added),
            dollars(step.total),
        ]
        for step in shown.steps
    ]
    ahead = shown.projection
    if ahead is None or ahead.low is None or ahead.expected is None or ahead.high is None:
        return headings, rows
    lines = (ahead.low, ahead.expected, ahead.high)
    rows = [[*row, "", "", ""] for row in rows]
    behind: dict[date, list[str]] = {}
    for line in lines:
        for step in line.steps:
            if line is ahead.expected or step.is_planned:
                words = behind.setdefault(step.day, [])
                words += [] if step.words in words else [step.words]
    behind.setdefault(shown.period.last_day, [])
    for day, words in sorted(behind.items()):
        totals = [dollars(line.at(day, shown.used)) for line in lines]
        rows.append([day_text(day), "; ".join(words), "", "", *totals])
    return [*headings, "At least", "Expected", "At most"], rows
