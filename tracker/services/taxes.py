"""What a tax year needs besides the ledger: its facts, limits typed in, drives for care."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tracker.changes import Changes
from tracker.dates import FIRST_YEAR, LAST_YEAR, day_text
from tracker.domain.coverage.limits import Limits
from tracker.domain.coverage.own_limits import LIMIT_NAMES
from tracker.errors import UserProblem
from tracker.facts.taxes import OwnLimit, TaxFacts, Trip
from tracker.services import rows
from tracker.services.tax_limits import read_limits
from tracker.storage.ledger import Ledger
from tracker.storage.queries import taxes as query

_MOST_TENTHS = 100_000


class TaxService:
    """Facts of a tax year."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def limits(self) -> Limits:
        """The yearly limits, with those the member typed in."""
        return read_limits(self._ledger.read())

    def own_limits(self) -> list[OwnLimit]:
        return query.own_limits(self._ledger.read())

    def save_own_limit(self, limit: OwnLimit, *, instead_of: OwnLimit | None = None) -> Changes:
        """Type in a yearly amount, in the place of one of another year or name where it is given.

        Raises UserProblem for an unknown name or an amount below zero.
        """
        return self.save_own_limits([limit], instead_of=instead_of)

    def save_own_limits(self, limits: Sequence[OwnLimit], *, instead_of: OwnLimit | None = None) -> Changes:
        """Type in yearly amounts as one change. Raises as `save_own_limit` does."""
        for limit in limits:
            if limit.name not in LIMIT_NAMES:
                raise UserProblem("There is no such yearly limit.", "Choose one of the list.", field="name")
            _judge_year(limit.year)
            if limit.amount < 0:
                field = "amount" if len(limits) == 1 else limit.name
                raise UserProblem("A limit is zero or more.", "Check the amount.", field=field)
        one = limits[0] if len(limits) == 1 else None
        words = f"{LIMIT_NAMES[one.name]} {one.year}" if one else f"{len(limits)} yearly limits"
        with self._ledger.write(f"Type in {words}") as work:
            from tracker.storage import schema

            table = schema.own_limit
            for gone in (*limits, *([instead_of] if instead_of else ())):
                work.connection.execute(
                    table.delete().where((table.c.year == gone.year) & (table.c.name == gone.name))
                )
            for limit in limits:
                rows.put(work.connection, table, None, rows.values_of(limit))
        return work.changes

    def remove_own_limit(self, year: int, name: str) -> Changes:
        """Go back to what the program knows."""
        with self._ledger.write(f"Remove {LIMIT_NAMES.get(name, name)} {year}") as work:
            from tracker.storage import schema

            table = schema.own_limit
            work.connection.execute(table.delete().where((table.c.year == year) & (table.c.name == name)))
        return work.changes

    def facts(self, year: int) -> TaxFacts:
        """A year's facts; nothing known where none were saved."""
        return query.tax_facts(self._ledger.read(), year)

    def save_facts(self, facts: TaxFacts) -> Changes:
        """Keep a year's facts. Raises UserProblem for a rate above 100 % or an income below zero."""
        _judge_year(facts.year)
        for name in ("federal_rate", "state_rate", "family_share"):
            rate = getattr(facts, name)
            if rate is not None and not 0 <= rate <= 10_000:
                raise UserProblem("A rate is from 0 to 100 %.", "Type a percentage.", field=name)
        if (facts.income or 0) < 0 or (facts.other_itemized or 0) < 0:
            raise UserProblem("The amount is below zero.", "Type zero or more.", field="income")
        with self._ledger.write(f"Change tax facts of {facts.year}") as work:
            from tracker.storage import schema

            table = schema.tax_facts
            work.connection.execute(table.delete().where(table.c.year == facts.year))
            rows.put(work.connection, table, None, rows.values_of(facts))
        return work.changes

    def trips(self, year: int | None = None) -> list[Trip]:
        """Drives for care, oldest first."""
        return query.trips(self._ledger.read(), year)

    def save_trip(self, trip: Trip) -> Changes:
        """Add or change a drive. Raises UserProblem for one of no miles or of more than 10,000."""
        _judge_year(trip.driven_on.year)
        if not 0 < trip.tenths <= _MOST_TENTHS:
            raise UserProblem(
                "A drive is more than zero and at most 10,000 miles.", "Check the miles.", field="tenths"
            )
        if trip.parking < 0:
            raise UserProblem("Parking and tolls are zero or more.", "Check the amount.", field="parking")
        verb = "Add" if trip.id is None else "Change"
        with self._ledger.write(f"{verb} drive, {day_text(trip.driven_on)}") as work:
            from tracker.storage import schema

            work.new_id = rows.put(work.connection, schema.trip, trip.id, rows.values_of(trip))
        return work.changes

    def remove_trips(self, ids: Iterable[int]) -> Changes:
        with self._ledger.write("Remove drive") as work:
            from tracker.storage import schema

            rows.remove(work.connection, schema.trip, ids)
        return work.changes


def _judge_year(year: int) -> None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise UserProblem("That year is out of range.", "Check the year.", field="year")
