"""The reports over real ledgers: the sample to the cent, an empty one, wild ones that must not break."""

from __future__ import annotations

import shutil
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.conftest import TODAY, open_ledger
from tests.storage.test_undo import Member
from tracker.dates import Period, add_months, budget_year, first_of
from tracker.facts import (
    AccumulatorKind,
    Basis,
    CarryOver,
    Network,
    Person,
    Plan,
    ReviewNote,
    Role,
)
from tracker.services.bundle import Services, services_over
from tracker.services.check import Level, check
from tracker.storage.queries.payments import PaymentFilter

NOVEMBER = date(2026, 11, 1)


def test_the_overview_of_the_sample(sample: Services) -> None:
    shown = sample.reports.overview(NOVEMBER)
    assert (shown.budget.total.actual, shown.budget.total.difference) == (99_918, 22_582)
    assert shown.coverage is not None
    assert shown.coverage.deductible is not None
    assert shown.coverage.oop_max is not None
    assert shown.coverage.deductible.remaining == 58_000
    assert shown.coverage.oop_max.used == 191_375
    assert shown.fund is not None
    assert (shown.fund.balance, shown.fund.monthly) == (162_000, 10_000)
    assert shown.fund.reached_on == date(2027, 6, 1)
    assert len(shown.attention) == 6


def test_another_month_shows_its_own_plan_and_todays_dues(sample: Services) -> None:
    before = sample.reports.overview(date(2025, 6, 1))
    assert before.coverage is not None
    assert before.coverage.plan.name == "BlueRiver PPO 1500"
    assert before.attention == sample.reports.overview(NOVEMBER).attention
    later = sample.reports.overview(date(2027, 3, 1))
    assert later.coverage is None
    assert later.budget.total.actual is None


def test_cash_and_expense_months_differ_by_what_came_back(sample: Services) -> None:
    accrual = sample.reports.budget_year(2026)
    cash = sample.reports.budget_year(2026, basis=Basis.CASH)
    assert cash.total.actual == accrual.total.actual
    differ = {
        month.month: (accrual.month_total(month).actual or 0) - (cash.month_total(month).actual or 0)
        for month in accrual.months
        if accrual.month_total(month).actual != cash.month_total(month).actual
    }
    assert differ == {5: -2_500, 6: 2_500}


def test_every_actual_opens_to_the_payments_behind_it(sample: Services) -> None:
    for month in sample.reports.budget_year(2026).months:
        period = Period(month, add_months(month, 1))
        for row in sample.reports.budget_month(month).rows:
            lines = sample.payments.behind(row.category.id or 0, period)
            assert len(lines) == row.count
            parts = [
                share.amount
                for line in lines
                for share in sample.payments.get(line.id).allocations
                if share.category_id == row.category.id
            ]
            assert sum(parts) == (row.actual or 0)
            assert (row.actual is None) == (not lines)


def test_carry_over_shows_in_the_next_month(sample: Services) -> None:
    line = next(item for item in sample.budget.categories() if item.role is Role.PRESCRIPTION)
    sample.budget.set_carry_over(line.id or 0, CarryOver.BOTH)
    rows = sample.reports.budget_year(2026).category_rows(line.id)
    assert rows[1].carried == 10_000 - 8_090
    assert rows[10].carried == sum(10_000 - (row.actual or 0) for row in rows[:10])


def test_a_budget_year_from_july_takes_its_months_from_two_years(sample: Services) -> None:
    sample.budget.set_start_month(7)
    year = sample.reports.budget_year(2025)
    assert year.period == budget_year(7, 2025)
    assert sample.reports.budget_month(date(2026, 6, 1)).year.year == 2025
    calendar = [sample.reports.budget_month(month) for month in year.months]
    assert year.total.actual == sum(month.total.actual or 0 for month in calendar)
    review = sample.reports.review(2025)
    assert {item.plan.name for item in review.plans} == {"BlueRiver PPO 1500", "BlueRiver PPO 2000"}


def test_the_review_of_the_sample(sample: Services) -> None:
    review = sample.reports.review(2026)
    assert not review.is_complete
    assert review.role_paid(Role.PREMIUM) == 11 * 45_000
    assert review.role_paid(Role.MEMBERSHIP) == 11 * 30_000 + 18_000
    assert sum(cost.paid for cost in review.premiums) == 11 * 45_000
    assert sum(cost.due for cost in review.premiums) == 12 * 45_000
    assert sum(cost.paid for cost in review.memberships) == 11 * 30_000 + 18_000
    assert review.fund_line[0] == (date(2026, 1, 1), 80_000)
    assert review.fund_line[-1] == (TODAY, 162_000)
    assert review.previous.total.actual == 1_245_730
    paid = review.who_paid
    everything = sample.payments.ids(PaymentFilter(period=review.budget.period)).spent
    assert paid.paid - paid.plan == everything
    in_force = next(item for item in review.plans if item.plan.name == "BlueRiver PPO 2000")
    titles = [title for title, _ in in_force.progress]
    assert titles[0].startswith("Eleanor")
    assert any("out of network" in title for title in titles)


def test_the_checklist_compares_the_years_and_keeps_notes(sample: Services) -> None:
    sample.review.set_note(ReviewNote(year=2026, item="premiums", comment="Ask in December", done=True))
    items = {item.key: item for item in sample.reports.review(2026).checklist}
    assert len(items) == 16
    assert (items["premiums"].last_year, items["premiums"].this_year) == (
        "$420.00 a month",
        "$450.00 a month",
    )
    assert items["premiums"].note is not None
    assert items["premiums"].note.done
    assert items["deductibles"].this_year == "$2,000 / $4,000 in, $4,000 / $8,000 out"
    assert items["membership"].last_year == "$3,300.00 a year"  # twelve dues of the price then
    assert items["deductibles"].next_year == ""


def test_an_empty_ledger_has_reports_without_figures(services: Services) -> None:
    for month in (NOVEMBER, date(1999, 1, 1), date(2150, 12, 1)):
        shown = services.reports.overview(month)
        assert shown.coverage is shown.fund is None
        assert shown.attention == ()
        assert (shown.budget.total.estimated, shown.budget.total.actual) == (None, None)
        assert len(shown.budget.rows) == 7
    review = services.reports.review(2026)
    assert review.who_paid.total == 0
    assert review.is_empty
    assert len(review.checklist) == 16
    assert services.reports.fund() is None


def test_a_plan_without_people_or_limits_is_no_catastrophe(services: Services) -> None:
    services.plans.save(Plan(name="Bare", begins_on=date(2026, 1, 1), ends_on=date(2026, 12, 31)))
    shown = services.reports.overview(NOVEMBER)
    assert shown.coverage is not None
    assert shown.coverage.deductible is shown.coverage.progress is None
    assert services.reports.review(2026).plans[0].standings == ()


def test_who_turns_26_and_65_is_on_the_checklist(services: Services) -> None:
    services.people.save_person(Person(name="Ada", birth_date=date(2001, 2, 28)))
    services.people.save_person(Person(name="Leap", birth_date=date(1960, 2, 29)))
    items = {item.key: item for item in services.reports.review(2026).checklist}
    assert items["dependents"].next_year == "Ada"
    assert items["medicare"].last_year == "Leap"


@pytest.mark.parametrize("seed", range(8))
def test_no_ledger_breaks_a_report(seed: int, empty_file: Path, tmp_path: Path) -> None:
    """After eighty things done at random: every report of every year answers and agrees with itself."""
    path = tmp_path / "wild.ledger"
    shutil.copyfile(empty_file, path)
    ledger = open_ledger(path)
    try:
        to = services_over(ledger)
        member = Member(to, seed + 1_000)
        done = [member.act() for _ in range(80)]
        assert len([name for name in done if not name.endswith("refused")]) > 30
        for year in range(2024, 2029):
            review = to.reports.review(year)
            total = review.budget.total.actual or 0
            assert total == sum(
                review.budget.month_total(month).actual or 0 for month in review.budget.months
            )
            for plan in review.plans:
                for standing in plan.standings:
                    assert standing.used <= (standing.limit or standing.used)
        for days in range(-800, 500, 97):
            day = TODAY + timedelta(days=days)
            shown = to.reports.overview(first_of(day))
            assert list(shown.attention) == sorted(
                shown.attention, key=lambda item: (item.day, -(item.amount or 0), item.what)
            )
            coverage = to.reports.coverage(day)
            if coverage and coverage.progress:
                assert sum(step.added for step in coverage.progress.steps) == coverage.progress.used
        assert [found for found in check(ledger).findings if found.level is Level.DAMAGE] == []
    finally:
        ledger.close()


def test_networks_and_kinds_are_all_reported(sample: Services) -> None:
    coverage = sample.reports.coverage(TODAY)
    assert coverage is not None
    assert {(item.kind, item.network) for item in coverage.standings} == {
        (kind, network) for kind in AccumulatorKind for network in Network
    }
