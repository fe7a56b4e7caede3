"""What a line over time is drawn from: steps, limits and where it is heading."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from itertools import chain

from tracker.dates import Period
from tracker.money import Cents


@dataclass(frozen=True, slots=True)
class Step:
    """From `day` on the total is `total_cents`. `words` say why, `key` is what a click opens."""

    day: date
    total_cents: Cents
    words: str
    key: object = None


@dataclass(frozen=True, slots=True)
class Limit:
    """A level line with its name, such as `Deductible $2,000`. Zero draws nothing."""

    label: str
    cents: Cents


Corners = tuple[tuple[date, Cents], ...]
"""A line through time; a step has two corners on one day."""


@dataclass(frozen=True, slots=True)
class Projection:
    """Where the line goes from today on, dashed, and its words, such as `on track for $1,585`.

    `low` and `high` bound it with a band; both are empty where nothing is known of them. `steps` are
    what a pointer finds ahead of today.
    """

    points: Corners
    label: str = ""
    low: Corners = ()
    high: Corners = ()
    low_label: str = ""
    high_label: str = ""
    steps: tuple[Step, ...] = ()

    def unlabelled(self) -> Projection:
        """The same for a small chart with its words below it."""
        return replace(self, label="", low_label="", high_label="")


@dataclass(frozen=True, slots=True)
class ProgressChart:
    """Everything the drawing shows. Steps are in order of their day; the line ends today.

    `met_label` (`$1,420 met`) names the end of the line, `second_label` that of the second line.
    """

    period: Period
    steps: tuple[Step, ...] = ()
    limit: Limit | None = None
    second_limit: Limit | None = None
    second_steps: tuple[Step, ...] = ()
    today: date | None = None
    projection: Projection | None = None
    met_label: str = ""
    second_label: str = ""
    start_cents: Cents = 0
    second_start_cents: Cents = 0

    @property
    def limits(self) -> list[Limit]:
        """The limits that are drawn, highest first."""
        drawn = [
            limit for limit in (self.limit, self.second_limit) if limit is not None and limit.cents > 0
        ]
        return sorted(drawn, key=lambda limit: -limit.cents)

    def amounts(self) -> list[Cents]:
        """Every amount the axis must hold."""
        found = [self.start_cents, *(limit.cents for limit in self.limits)]
        found += [step.total_cents for step in chain(self.steps, self.second_steps)]
        if self.projection is not None:
            ahead = self.projection
            found += [cents for _, cents in chain(ahead.points, ahead.low, ahead.high)]
        return found
