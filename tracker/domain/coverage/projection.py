"""Where a limit is heading: low, expected and high over the rest of its period, and the assumption said.

Read from the outlook, which is worked through the engine. A plan without rules, or one whose kind
follows rules of its own, has no outlook: its pace so far is carried on in a straight line.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import NamedTuple

from tracker.dates import Period, day_text
from tracker.domain.coverage.outlook import Moved, Outlook, outlook_of
from tracker.domain.coverage.plan_year import PlanYear
from tracker.domain.coverage.planned import Occurrence
from tracker.facts import Accumulator, Likelihood
from tracker.money import Cents, about_dollars

LEAST_DAYS = 14
"""Two weeks say nothing about a year."""

_MOST_NAMED = 3
"""So many pieces of planned care are named in a sentence; the others are counted."""


class AheadStep(NamedTuple):
    """From a day on the total would be `total`, `added` more than before; `words` are the care.

    `is_planned` where it is care that was planned.
    """

    day: date
    total: Cents
    added: Cents
    words: str
    is_planned: bool = False


class ProjectedLine(NamedTuple):
    """A stepped line from today's total to the period's end."""

    steps: tuple[AheadStep, ...]
    end_total: Cents
    reached_on: date | None

    def at(self, day: date, begin: Cents) -> Cents:
        """The total on a day, `begin` before the first step."""
        return next((step.total for step in reversed(self.steps) if step.day <= day), begin)


class Projection(NamedTuple):
    """Where the total would stand at the end of the period, and the assumption in words.

    `end_total` and `reached_on` are the expected ones. The three lines are None where only the pace so
    far is known; else low <= expected <= high on every day. `assumption` says what each of them counts.
    """

    end_total: Cents
    reached_on: date | None
    words: str
    low: ProjectedLine | None = None
    expected: ProjectedLine | None = None
    high: ProjectedLine | None = None
    assumption: str = ""


def projection(
    year: PlanYear,
    limit: Accumulator,
    person_id: int | None,
    *,
    used: Cents,
    ceiling: Cents | None,
    today: date,
) -> Projection | None:
    """Where a limit of a person, or of the family, is heading; None where nothing more is to come.

    `used` of `ceiling` is where it stands. Nothing is said before the period, after it, or once the
    limit is met.
    """
    if today not in year.period or (ceiling is not None and used >= ceiling):
        return None
    outlook = outlook_of(year, today)
    if outlook is None:
        return _without_rules(year, project(year.period, used, ceiling, today))
    low, expected, high = (
        _line(year, limit, person_id, outlook, moves, used, ceiling)
        for moves in (outlook.low, outlook.expected, outlook.high)
    )
    # More care of another person can leave less of a shared limit to this one, so that the run with
    # most care is not always the one that ends highest.
    least = _bound((low, expected, high), min, used, ceiling)
    most = _bound((low, expected, high), max, used, ceiling)
    if most.end_total <= used:
        return None
    return Projection(
        expected.end_total,
        expected.reached_on,
        _sentence(outlook, least, expected, most, used, ceiling, year.period, today),
        least,
        expected,
        most,
        _assumption(outlook),
    )


def project(period: Period, used: Cents, limit: Cents | None, today: date) -> Projection | None:
    """Carry the pace so far to the end of the period; None before it begins, after it, or at rest.

    Straight line: what was used so far, divided by the days gone, times the days of the period.
    """
    if today not in period or used <= 0 or (limit is not None and used >= limit):
        return None
    gone = (today - period.begin).days + 1
    if gone < LEAST_DAYS:
        return None
    end_total = used * period.days // gone
    reached_on = None
    if limit is not None and end_total >= limit:
        days_needed = -(-limit * gone // used)  # rounded up
        reached_on = date.fromordinal(period.begin.toordinal() + days_needed - 1)
        end_total = limit
        words = f"At this year's pace it is met about {day_text(reached_on)}."
    else:
        words = f"At this year's pace it reaches {about_dollars(end_total)} by {day_text(period.last_day)}."
    return Projection(end_total, reached_on, words)


def _without_rules(year: PlanYear, found: Projection | None) -> Projection | None:
    """The straight pace, with a word about planned care that it cannot hold."""
    if found is None:
        return None
    spread = "The dashed line spreads what counted so far evenly over the rest of the plan year."
    if year.planned:
        spread += " Planned care is not in it: what your plan pays for each service is not entered."
    return Projection(found.end_total, found.reached_on, found.words, assumption=spread)


# lines ---------------------------------------------------------------------------------------


def _line(
    year: PlanYear,
    limit: Accumulator,
    person_id: int | None,
    outlook: Outlook,
    moves: Iterable[Moved],
    used: Cents,
    ceiling: Cents | None,
) -> ProjectedLine:
    """One run as this limit of this person, or of the family, sees it.

    In the family total no person counts for more than their own limit (rulebook 1.4).
    """
    place = outlook.place[limit.name]
    most = year.own_limit(limit) if person_id is None else None
    wanted = None if person_id is None else str(person_id)
    each = {
        person: totals[place]
        for person, totals in outlook.begin.own.items()
        if wanted in (None, person)
    }  # fmt: skip
    steps: list[AheadStep] = []
    total = used
    for move in moves:
        if move.bucket != limit.name or wanted not in (None, move.person):
            continue
        before = each.get(move.person, 0)
        each[move.person] = before + move.cents
        added = move.cents
        if most is not None:
            added = min(before + move.cents, most) - min(before, most)
        if ceiling is not None:
            added = min(added, ceiling - total)
        if added > 0:
            total += added
            words = _care(move.care) if move.care else move.words
            if steps and (steps[-1].day, steps[-1].words) == (move.day, words):
                added += steps.pop().added
            steps.append(AheadStep(move.day, total, added, words, move.care is not None))
    return _ended(steps, used, ceiling)


def _ended(steps: Sequence[AheadStep], used: Cents, ceiling: Cents | None) -> ProjectedLine:
    total = steps[-1].total if steps else used
    met = ceiling is not None and total >= ceiling
    return ProjectedLine(tuple(steps), total, steps[-1].day if met and steps else None)


def _bound(
    lines: Sequence[ProjectedLine],
    pick: Callable[[Iterable[Cents]], Cents],
    used: Cents,
    ceiling: Cents | None,
) -> ProjectedLine:
    """The lowest, or highest, of some lines on every day."""
    now = [used] * len(lines)
    at: dict[date, list[tuple[int, AheadStep]]] = {}
    for place, line in enumerate(lines):
        for step in line.steps:
            at.setdefault(step.day, []).append((place, step))
    steps: list[AheadStep] = []
    total = used
    for day in sorted(at):
        for place, step in at[day]:
            now[place] = step.total
        picked = pick(now)
        if picked > total:
            chosen = now.index(picked)
            behind = [step for place, step in at[day] if place == chosen] or [step for _, step in at[day]]
            words = "; ".join(dict.fromkeys(step.words for step in behind))
            is_planned = any(step.is_planned for step in behind)
            steps.append(AheadStep(day, picked, picked - total, words, is_planned))
            total = picked
    return _ended(steps, used, ceiling)


# words ---------------------------------------------------------------------------------------


def _care(item: Occurrence) -> str:
    sure = {Likelihood.SURE: "planned", Likelihood.LIKELY: "likely", Likelihood.MAYBE: "maybe"}
    return f"{item.care.label} ({sure[item.care.likelihood]})"


def _sentence(
    outlook: Outlook,
    low: ProjectedLine,
    expected: ProjectedLine,
    high: ProjectedLine,
    used: Cents,
    ceiling: Cents | None,
    period: Period,
    today: date,
) -> str:
    """`With the care you have planned it is met about Dec 3; at least $1,520, at most $2,000 by Dec 31.`"""

    def on(day: date) -> str:
        return day_text(day, year=day.year != today.year)

    end = on(period.last_day)
    lead = _lead(outlook, expected)
    if expected.reached_on is not None:
        met = f"{lead} it is met about {on(expected.reached_on)}"
        if low.reached_on is not None:
            late = low.reached_on > expected.reached_on
            return f"{met}, at the latest {on(low.reached_on)}." if late else f"{met}."
        least, most = about_dollars(low.end_total), about_dollars(high.end_total)
        return f"{met}; at least {least}, at most {most} by {end}."
    if expected.end_total > used:
        there = f"{lead} it reaches about {about_dollars(expected.end_total)} by {end}"
    else:
        there = f"{lead} it stays at {about_dollars(used)}"
    if low.end_total == high.end_total:
        return f"{there}."
    most = f"at most {about_dollars(high.end_total)}"
    if high.reached_on is not None:
        most = f"and it could be met about {on(high.reached_on)}"
    return f"{there}; at least {about_dollars(low.end_total)}, {most}."


def _lead(outlook: Outlook, expected: ProjectedLine) -> str:
    """What the expected line is made of."""
    planned = any(step.is_planned for step in expected.steps)
    if outlook.usual is None or (planned and all(step.is_planned for step in expected.steps)):
        return "With the care you have planned"
    months = outlook.usual.months
    if planned:
        other = "your usual other care" if months else "other care at this year's pace"
        return f"With the care you have planned and {other}"
    return f"At your usual rate of the last {months} months" if months else "At this year's pace"


def _assumption(outlook: Outlook) -> str:
    """What low, expected and high count, and what is in none of them."""
    usual = outlook.usual
    marked = {item.care.likelihood for item in outlook.ahead}
    sure = "planned care you are sure of" if Likelihood.SURE in marked else "no more care"
    more, most = [], []
    if Likelihood.LIKELY in marked:
        more.append("planned care that is likely")
    if usual is not None:
        over = f"the last {usual.months} months" if usual.months else "this year so far"
        more.append(f"other care at the rate of {over}")
    if Likelihood.MAYBE in marked:
        most.append("planned care that may be")
    if outlook.worst:
        most.append(f"other care as in your costliest time, {outlook.worst}")
    said = [f"At least counts {sure}."]
    if more:
        said.append(f"Expected adds {' and '.join(more)}.")
    if most:
        said.append(f"At most adds {' and '.join(most)}.")
    if outlook.unknown:
        said.append(f"Not counted, for want of an amount: {_named(outlook.unknown)}.")
    if outlook.without_rule:
        said.append(f"Not counted, for want of a rule of the plan: {_named(outlook.without_rule)}.")
    return " ".join(said)


def _named(items: Sequence[Occurrence]) -> str:
    names = list(dict.fromkeys(item.care.label for item in items))
    more = len(names) - _MOST_NAMED
    named = ", ".join(names[:_MOST_NAMED])
    return f"{named} and {more} more" if more > 0 else named
