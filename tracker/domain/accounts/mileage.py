"""Driving for care: miles, the rate of the day, parking and tolls (rulebook 5.3; IRS Pub. 502)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tracker.dates import day_text
from tracker.domain.coverage.limits import Limits, known
from tracker.errors import UserProblem
from tracker.facts.taxes import Trip as Trip
from tracker.money import Cents, dollars


@dataclass(frozen=True, slots=True, kw_only=True)
class TripCost:
    """What a trip counts. `mills` is the rate in tenths of a cent a mile."""

    trip: Trip
    mills: int
    mileage: Cents
    why: str

    @property
    def total(self) -> Cents:
        return self.mileage + self.trip.parking


def rate_on(limits: Limits, day: date) -> int:
    """The rate of a day in tenths of a cent a mile; 2022 has two.

    Raises UserProblem for a year whose rate is not known.
    """
    rates = [rate for rate in limits.of(day.year).medical_mileage if rate.begins_on <= day]
    return known(rates[-1].mills if rates else None, "mileage rate", day.year)


def trip_cost(trip: Trip, limits: Limits) -> TripCost:
    """What one trip counts, half up to the cent. Raises UserProblem for a trip of nothing."""
    if trip.tenths < 0 or trip.parking < 0 or not (trip.tenths or trip.parking):
        raise UserProblem("A trip has miles, parking or tolls.", "Type the miles driven.", field="miles")
    mills = rate_on(limits, trip.driven_on)
    mileage = (trip.tenths * mills + 50) // 100
    drive = f"{_tenths(trip.tenths)} miles at {_tenths(mills)} cents on {day_text(trip.driven_on)}"
    why = f"{drive}: {dollars(mileage)}."
    if trip.parking:
        why += f" Parking and tolls {dollars(trip.parking)}."
    return TripCost(trip=trip, mills=mills, mileage=mileage, why=why)


def _tenths(value: int) -> str:
    """`86`, `20.5`."""
    units, rest = divmod(value, 10)
    return f"{units:,}.{rest}" if rest else f"{units:,}"
