"""The mileage log of a calendar year: every drive for care at the rate of its day (rulebook 5.3)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from tracker.dates import day_text
from tracker.domain.accounts.mileage import TripCost, trip_cost
from tracker.domain.accounts.tax_sheet import Ask, Source
from tracker.domain.accounts.tax_worksheet import limit_asks
from tracker.domain.coverage.limits import Limits, MileageRate
from tracker.errors import UserProblem
from tracker.facts.taxes import Trip
from tracker.money import Cents, dollars


@dataclass(frozen=True, slots=True, kw_only=True)
class LoggedTrip:
    """One drive. `cost` is None while the rate of its day is not known; parking counts all the same."""

    trip: Trip
    person: str
    cost: TripCost | None

    @property
    def counts(self) -> Cents:
        return self.cost.total if self.cost else self.trip.parking


@dataclass(frozen=True, slots=True, kw_only=True)
class MileageLog:
    """The drives of a year, oldest first. `rates` are those in force in it, `tenths` tenths of a mile."""

    year: int
    trips: tuple[LoggedTrip, ...]
    rates: tuple[MileageRate, ...]
    asks: tuple[Ask, ...]

    @property
    def tenths(self) -> int:
        return sum(item.trip.tenths for item in self.trips)

    @property
    def total(self) -> Cents:
        """Mileage where its rate is known, parking and tolls."""
        return sum(item.counts for item in self.trips)

    @property
    def rate_words(self) -> str:
        """`18 cents a mile, 22 cents from Jul 1`."""
        said = []
        for place, rate in enumerate(self.rates):
            begin = f" from {day_text(rate.begins_on, year=False)}" if place else ""
            said.append(f"{cents_text(rate.mills)} cents{'' if place else ' a mile'}{begin}")
        return ", ".join(said)

    def sources(self) -> list[Source]:
        """What the drives put on the worksheet."""
        return [
            Source(
                on=item.trip.driven_on,
                name=item.trip.purpose or "Drive to care",
                amount=item.counts,
                trip_id=item.trip.id,
                note=_note(item),
            )
            for item in self.trips
            if item.counts
        ]


def mileage_log(year: int, trips: Iterable[Trip], limits: Limits, names: Mapping[int, str]) -> MileageLog:
    """The log of a year; `names` are those of people. Asks for the rate where it is not known."""
    law = limits.years.get(year)
    logged = [
        LoggedTrip(trip=trip, person=names.get(trip.person_id or 0, ""), cost=cost_or_none(trip, limits))
        for trip in trips
        if trip.driven_on.year == year
    ]
    lacking = any(item.cost is None for item in logged)
    return MileageLog(
        year=year,
        trips=tuple(logged),
        rates=law.medical_mileage if law else (),
        asks=tuple(limit_asks(["medical_mileage"], year)) if lacking else (),
    )


def cost_or_none(trip: Trip, limits: Limits) -> TripCost | None:
    """What a drive counts, None while the rate of its day is not known."""
    try:
        return trip_cost(trip, limits)
    except UserProblem:
        return None


def miles_text(tenths: int) -> str:
    """`86`, `20.5`."""
    units, rest = divmod(tenths, 10)
    return f"{units:,}.{rest}" if rest else f"{units:,}"


def cents_text(mills: int) -> str:
    """A rate in tenths of a cent as cents: 205 is `20.5`."""
    return miles_text(mills)


def _note(item: LoggedTrip) -> str:
    parking = item.trip.parking
    if item.cost is None:
        return "parking and tolls only; the mileage rate is not known" if parking else ""
    drive = f"{miles_text(item.trip.tenths)} miles at {cents_text(item.cost.mills)} cents"
    return f"{drive}, parking and tolls {dollars(parking)}" if parking else drive
