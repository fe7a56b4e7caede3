"""Saved affordability and the member's own dates: kept, undone, refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.services.refusals import refused
from tracker.facts.household_budget import HouseholdBudget, HouseholdLine, Reminder
from tracker.services.bundle import Services

OURS = HouseholdBudget(
    name="Ours",
    as_of=date(2026, 1, 10),
    income=6_200_00,
    gross_year=120_000_00,
    savings=100_00,
    own_limit=2_000,
    note="Net pay\nof both",
    lines=(
        HouseholdLine(label="Housing", amount=1_850_00),
        HouseholdLine(label="Travel", amount=400_00, discretionary=True, cut=400_00),
    ),
)


def test_a_saved_one_comes_back_and_each_change_is_undone(services: Services) -> None:
    to = services.household_budgets
    made = to.save(OURS).new_id
    held = replace(OURS, id=made)
    assert to.all() == [held]
    later = to.save(replace(OURS, name="Next year", as_of=date(2026, 11, 1), lines=())).new_id
    assert [item.id for item in to.all()] == [later, made]
    to.save(replace(held, income=0, lines=OURS.lines[:1]))
    assert to.all()[1].lines == OURS.lines[:1]
    to.remove([made or 0, later or 0])
    assert to.all() == []
    for _ in range(3):
        services.ledger.undo()
    assert to.all() == [held]


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"name": ""}, "name"),
        ({"income": -1}, "income"),
        ({"gross_year": -1}, "gross_year"),
        ({"membership_year": -1}, "membership_year"),
        ({"premium": -1}, "premium"),
        ({"oop_max_year": -1}, "oop_max_year"),
        ({"expected": -1}, "expected"),
        ({"p80": -1}, "p80"),
        ({"savings": -1}, "savings"),
        ({"employer_premium": -1}, "employer_premium"),
        ({"own_limit": 10_001}, "own_limit"),
        ({"own_limit": -1}, "own_limit"),
        ({"lines": (HouseholdLine(label=" ", amount=1),)}, "lines"),
        ({"lines": (HouseholdLine(label="Food", amount=-1),)}, "lines"),
        ({"lines": (HouseholdLine(label="Food", amount=10, cut=11),)}, "lines"),
        ({"lines": (HouseholdLine(label="Food", amount=10, cut=-1),)}, "lines"),
    ],
)
def test_budgets_that_cannot_be(services: Services, changed: dict[str, object], field: str) -> None:
    bad = replace(OURS, **changed)  # type: ignore[arg-type]
    refused(services.ledger, lambda: services.household_budgets.save(bad), field=field)


def test_reminders_are_kept_by_day_and_undone(services: Services) -> None:
    to = services.household_budgets
    late = Reminder(label="FSA election", falls_on=date(2026, 12, 1))
    early = Reminder(label="Open enrollment", falls_on=date(2026, 11, 1), yearly=True, note="Compare")
    late_id, early_id = to.save_reminder(late).new_id, to.save_reminder(early).new_id
    assert to.reminders() == [replace(early, id=early_id), replace(late, id=late_id)]
    to.save_reminder(replace(late, id=late_id, falls_on=date(2026, 10, 1)))
    assert [item.id for item in to.reminders()] == [late_id, early_id]
    to.remove_reminders([early_id or 0])
    services.ledger.undo()
    services.ledger.undo()
    assert to.reminders() == [replace(early, id=early_id), replace(late, id=late_id)]
    refused(services.ledger, lambda: to.save_reminder(replace(late, label=" ")), field="label")
