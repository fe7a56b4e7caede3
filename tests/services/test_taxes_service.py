"""Facts of a tax year, limits typed in, drives for care: kept, undone, refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.services.refusals import refused
from tracker.changes import Area
from tracker.domain.coverage.own_limits import LIMIT_NAMES
from tracker.facts.taxes import FilingStatus, OwnLimit, TaxFacts, Trip
from tracker.services.bundle import Services


def test_nothing_is_guessed_of_a_year(services: Services) -> None:
    assert services.taxes.facts(2026) == TaxFacts(year=2026)


def test_facts_of_a_year_are_kept_once_and_undone(services: Services) -> None:
    to = services.taxes
    facts = TaxFacts(
        year=2026,
        income=120_000_00,
        status=FilingStatus.JOINT,
        federal_rate=2_200,
        state_rate=500,
        other_itemized=0,
        family_share=4_000,
    )
    made = to.save_facts(facts)
    assert Area.TAXES in made.areas
    to.save_facts(replace(facts, income=0, dependent=True))
    assert to.facts(2026) == replace(facts, income=0, dependent=True)
    assert to.facts(2025) == TaxFacts(year=2025)
    services.ledger.undo()
    assert to.facts(2026) == facts


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"federal_rate": 10_001}, "federal_rate"),
        ({"state_rate": -1}, "state_rate"),
        ({"family_share": 10_001}, "family_share"),
        ({"income": -1}, "income"),
        ({"other_itemized": -1}, "income"),
        ({"year": 1899}, "year"),
        ({"year": 2200}, "year"),
    ],
)
def test_facts_that_cannot_be(services: Services, changed: dict[str, object], field: str) -> None:
    bad = replace(TaxFacts(year=2026), **changed)  # type: ignore[arg-type]
    refused(services.ledger, lambda: services.taxes.save_facts(bad), field=field)


@pytest.mark.parametrize("name", sorted(LIMIT_NAMES))
def test_every_limit_can_be_typed_in_even_for_a_year_nobody_knows(services: Services, name: str) -> None:
    to = services.taxes
    to.save_own_limit(OwnLimit(year=2031, name=name, amount=12_345))
    to.save_own_limit(OwnLimit(year=2031, name=name, amount=12_346))
    assert to.own_limits() == [OwnLimit(year=2031, name=name, amount=12_346)]
    assert "12346" in repr(to.limits().of(2031))
    to.remove_own_limit(2031, name)
    assert 2031 not in to.limits().years
    services.ledger.undo()
    assert "12346" in repr(to.limits().of(2031))


def test_an_own_limit_goes_before_the_published_one(services: Services) -> None:
    to = services.taxes
    assert to.limits().of(2026).hsa.family == 8_750_00
    to.save_own_limit(OwnLimit(year=2026, name="hsa.family", amount=0))
    changed = to.limits().of(2026).hsa
    assert (changed.family, changed.self_only) == (0, 4_400_00)
    services.ledger.undo()
    assert to.limits().of(2026).hsa.family == 8_750_00


@pytest.mark.parametrize(
    ("limit", "match", "field"),
    [
        (OwnLimit(year=2026, name="hsa.everybody", amount=1), "no such yearly limit", "name"),
        (OwnLimit(year=2026, name="", amount=1), "no such yearly limit", "name"),
        (OwnLimit(year=2026, name="hsa.family", amount=-1), "zero or more", "amount"),
        (OwnLimit(year=1, name="hsa.family", amount=1), "out of range", "year"),
    ],
)
def test_limits_that_cannot_be(services: Services, limit: OwnLimit, match: str, field: str) -> None:
    refused(services.ledger, lambda: services.taxes.save_own_limit(limit), match=match, field=field)


def test_drives_are_kept_by_day_changed_removed_and_undone(services: Services) -> None:
    to = services.taxes
    late = Trip(driven_on=date(2026, 12, 31), tenths=100_000)
    early = Trip(driven_on=date(2026, 1, 1), tenths=1, parking=6_00, purpose="Labs")
    late_id, early_id = to.save_trip(late).new_id, to.save_trip(early).new_id
    to.save_trip(Trip(driven_on=date(2025, 12, 31), tenths=86))
    assert to.trips(2026) == [replace(early, id=early_id), replace(late, id=late_id)]
    assert len(to.trips()) == 3
    to.save_trip(replace(early, id=early_id, tenths=184))
    to.remove_trips([late_id or 0])
    assert [trip.tenths for trip in to.trips(2026)] == [184]
    services.ledger.undo()
    services.ledger.undo()
    assert to.trips(2026) == [replace(early, id=early_id), replace(late, id=late_id)]


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"tenths": 0}, "tenths"),
        ({"tenths": -1}, "tenths"),
        ({"tenths": 100_001}, "tenths"),
        ({"parking": -1}, "parking"),
        ({"driven_on": date(1, 1, 1)}, "year"),
    ],
)
def test_drives_that_cannot_be(services: Services, changed: dict[str, object], field: str) -> None:
    bad = replace(Trip(driven_on=date(2026, 3, 1), tenths=10), **changed)  # type: ignore[arg-type]
    refused(services.ledger, lambda: services.taxes.save_trip(bad), field=field)
