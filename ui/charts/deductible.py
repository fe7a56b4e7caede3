"""From a deductible's progress to the chart, its sentence and its table: one way for every page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from tracker.dates import day_text
from tracker.domain.coverage.progress import Progress
from tracker.domain.coverage.progress import Step as CountedStep
from tracker.facts import Claim
from tracker.money import Cents, dollars
from ui.charts.steps import Limit, ProgressChart, Projection, Step

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
    if ahead.reached_on:
        points: list[tuple[date, Cents]] = [(today, shown.used), (ahead.reached_on, ahead.end_total)]
        if ahead.reached_on < shown.period.last_day:
            points.append((shown.period.last_day, ahead.end_total))
        return Projection(tuple(points), f"met about {day_text(ahead.reached_on, year=False)}")
    about = (ahead.end_total + 50) // 100 * 100  # rounded as in the projection's words
    label = f"on track for {dollars(about, whole=True)}"
    return Projection(((today, shown.used), (shown.period.last_day, ahead.end_total)), label)


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
    """The same facts as text: one row a claim that counted."""
    rows = [
        [
            day_text(step.day),
            name_of(step.claim) if step.claim else step.words,
            dollars(step.added),
            dollars(step.total),
        ]
        for step in shown.steps
    ]
    return ["Service date", "Provider", "Counted", "Total"], rows
