"""How long the fills of a drug last: what is in hand, the day of the next refill, and gaps.

A fill made before the last one is used up adds to it: its days begin where the earlier ones end. Days
are counted from the fills that are entered and from nothing else, so a gap says what the records show,
never what somebody took.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from tracker.dates import Period, day_text
from tracker.facts.prescriptions import Drug, DrugFill

SMALL_GAP_DAYS = 7
"""Gaps up to a week are not mentioned: a day in hospital or a sample from the doctor explains them."""


@dataclass(frozen=True, slots=True)
class Gap:
    """Days without supply by the fills entered, `begin` and up to, not including, `end`."""

    begin: date
    end: date

    @property
    def days(self) -> int:
        return (self.end - self.begin).days


def in_order(fills: Iterable[DrugFill]) -> list[DrugFill]:
    """The fills by day; those of one day in the order of entry."""
    return sorted(fills, key=lambda fill: fill.filled_on)


def last_fill(drug: Drug) -> DrugFill | None:
    """The latest fill, None where none is entered."""
    ordered = in_order(drug.fills)
    return ordered[-1] if ordered else None


def runs_out_on(fills: Iterable[DrugFill]) -> date | None:
    """The first day for which nothing is left; None without fills. Never before the last fill."""
    end: date | None = None
    for fill in in_order(fills):
        begin = fill.filled_on if end is None else max(end, fill.filled_on)
        end = _later(begin, fill.days)
    return end


def is_taken(drug: Drug, today: date) -> bool:
    """Whether the drug is still taken that day."""
    return drug.stopped_on is None or today < drug.stopped_on


def next_refill(drug: Drug, today: date) -> date | None:
    """The day by which the drug is needed again, a day in the past where that is late.

    None for a drug without fills, one that was stopped, and one that will be stopped before it runs out.
    """
    if not is_taken(drug, today):
        return None
    day = runs_out_on(drug.fills)
    if day is None or (drug.stopped_on is not None and day >= drug.stopped_on):
        return None
    return day


def days_in_hand(drug: Drug, today: date) -> int:
    """How many days the supply lasts, today among them; fills of a later day are not in hand yet."""
    day = runs_out_on(fill for fill in drug.fills if fill.filled_on <= today)
    return max(0, (day - today).days) if day is not None else 0


def days_late(drug: Drug, today: date) -> int:
    """How many days ago the supply ended; zero while there is some, and where none is needed."""
    day = next_refill(drug, today)
    return max(0, (today - day).days) if day is not None else 0


def gaps(drug: Drug, today: date) -> list[Gap]:
    """Stretches of more than a week without supply between the first fill and today, oldest first."""
    found: list[Gap] = []
    end: date | None = None
    for fill in in_order(drug.fills):
        if end is not None and fill.filled_on > end:
            found.append(Gap(end, fill.filled_on))
        begin = fill.filled_on if end is None else max(end, fill.filled_on)
        end = _later(begin, fill.days)
    until = today if drug.stopped_on is None else min(today, drug.stopped_on)
    if end is not None and until > end:
        found.append(Gap(end, until))
    return [gap for gap in found if gap.days > SMALL_GAP_DAYS]


def gap_sentences(drug: Drug, today: date) -> list[str]:
    """What the records show, without a judgement; the latest first."""
    said = []
    for gap in reversed(gaps(drug, today)):
        last = gap.end - timedelta(days=1)
        open_end = gap.end == today and is_taken(drug, today)
        if open_end:
            said.append(
                f"By the fills entered, the supply ended on {day_text(gap.begin)}. If it was filled since, "
                "enter that; if it was stopped, say since when."
            )
        else:
            said.append(
                f"No fill is entered that covers {day_text(gap.begin)} to {day_text(last)}, "
                f"{gap.days:,} days."
            )
    return said


def refill_days(first: date, days: int, period: Period) -> list[date]:
    """The days of fills of `days` each, the first on `first` (or when the period begins), in a period."""
    day = max(first, period.begin)
    found = []
    while day < period.end:
        found.append(day)
        day = _later(day, days)
    return found


def expected_refills(drug: Drug, today: date, period: Period, *, days: int | None = None) -> list[date]:
    """The days of fills still to come in a period, one after the other.

    A refill that is late is expected today. A drug without fills is expected from today on. Nothing is
    expected from the day on which it is stopped.
    """
    if not is_taken(drug, today):
        return []
    begin = runs_out_on(drug.fills)
    first = max(today, begin) if begin is not None else today
    length = days or drug.days
    while first < period.begin:  # fills before the period shift the ones in it
        first = _later(first, length)
    found = refill_days(first, length, period)
    return [day for day in found if drug.stopped_on is None or day < drug.stopped_on]


def refill_dates(drugs: Sequence[Drug], today: date) -> list[tuple[date, Drug]]:
    """The next refill of each drug that has one, the earliest first."""
    found = [(day, drug) for drug in drugs if (day := next_refill(drug, today)) is not None]
    return sorted(found, key=lambda item: (item[0], item[1].name.casefold(), item[1].id or 0))


def _later(day: date, days: int) -> date:
    """A day so many days on, at most the last one there is."""
    rest = (date.max - day).days
    return day + timedelta(days=min(days, rest))
