"""The year's report: what it sums, what it compares with, and the sentences it says."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.conftest import open_ledger
from tracker.dates import Period
from tracker.facts import (
    Accumulator,
    AccumulatorKind,
    AccumulatorMode,
    Allocation,
    Claim,
    Frequency,
    Membership,
    Network,
    Payment,
    Person,
    Plan,
    Recurring,
    Role,
)
from tracker.reports.year_over_year import (
    YearFigure,
    change_text,
    percent_text,
    plans_around,
    year_over_year,
)
from tracker.reports.year_review import YearReview, schedule_words
from tracker.reports.year_words import (
    difference_words,
    headlines,
    notice_sentences,
    span_words,
    summary,
    through_words,
)
from tracker.services.bundle import Services, services_over
from tracker.storage.ledger import create

TODAY = date(2026, 11, 22)


def line_id(services: Services, role: Role) -> int:
    return next(line.id or 0 for line in services.budget.categories() if line.role is role)


def pay(services: Services, day: date, cents: int, role: Role = Role.PRESCRIPTION) -> None:
    share = (Allocation(category_id=line_id(services, role), amount=cents),)
    services.payments.save(Payment(paid_on=day, amount=cents, allocations=share), payee="Pharmacy")


def plan(year: int, *, premium: int, deductible: int, people: tuple[int, ...] = ()) -> Plan:
    begins, ends = date(year, 1, 1), date(year, 12, 31)
    limit = Accumulator(
        kind=AccumulatorKind.DEDUCTIBLE,
        network=Network.IN,
        mode=AccumulatorMode.SELF,
        individual=deductible,
    )
    monthly = Recurring(
        label="Premium", amount=premium, frequency=Frequency.MONTHLY, first_due=begins, last_due=ends
    )
    return Plan(
        name=f"Plan {year}",
        begins_on=begins,
        ends_on=ends,
        person_ids=people,
        accumulators=(limit,),
        premiums=(monthly,),
    )


@pytest.mark.parametrize(
    ("before", "after", "change", "percent"),
    [
        (100_00, 108_00, "+$8.00", "+8.0%"),
        (300_00, 200_00, "-$100.00", "-33.3%"),
        (100_00, 100_00, "same", ""),
        (0, 50_00, "+$50.00", ""),
        (50_00, 0, "-$50.00", "-100.0%"),
        (None, 50_00, "", ""),
        (8_00, 8_01, "+$0.01", "+0.1%"),  # 0.125 is rounded half up in tenths
        (1_00, 1_000_000_00, "+$999,999.00", "+99,999,900.0%"),
    ],
)
def test_changes_in_words(before: int | None, after: int | None, change: str, percent: str) -> None:
    figure = YearFigure("Group", "Figure", before, after)
    assert change_text(figure, before, after) == change
    assert percent_text(before, after) == percent


def test_counts_have_no_dollar_sign() -> None:
    figure = YearFigure("Care", "EOBs", 1_200, 1_250, is_money=False)
    assert figure.text(figure.this_year) == "1,250"
    assert change_text(figure, figure.last_year, figure.this_year) == "+50"


def figures(review: YearReview) -> dict[str, tuple[int | None, int | None, int | None]]:
    return {item.label: (item.last_year, item.this_year, item.next_year) for item in review.changes}


def test_three_years_of_plans_side_by_side(services: Services) -> None:
    for year, premium, deductible in ((2025, 400_00, 1_500_00), (2026, 450_00, 2_000_00)):
        services.plans.save(plan(year, premium=premium, deductible=deductible))
    services.plans.save(plan(2027, premium=480_00, deductible=2_500_00))
    found = figures(services.reports.review(2026))
    assert found["Premiums due in the year"] == (4_800_00, 5_400_00, 5_760_00)
    assert found["Deductible, individual, in network"] == (1_500_00, 2_000_00, 2_500_00)
    assert "Deductible, family, in network" not in found


def test_a_premium_without_an_end_does_not_outlive_its_plan(services: Services) -> None:
    forever = Recurring(
        label="Premium", amount=100_00, frequency=Frequency.MONTHLY, first_due=date(2026, 1, 1)
    )
    services.plans.save(
        Plan(
            name="Plan",
            begins_on=date(2026, 1, 1),
            ends_on=date(2026, 12, 31),
            premiums=(forever,),
        )
    )
    assert figures(services.reports.review(2026))["Premiums due in the year"] == (None, 1_200_00, None)


def test_a_membership_that_renews_goes_on_and_one_that_does_not_ends(services: Services) -> None:
    def membership(*, renews: bool) -> Membership:
        fee = Recurring(
            label="Fee", amount=100_00, frequency=Frequency.MONTHLY, first_due=date(2026, 1, 15)
        )
        return Membership(
            practice_id=0,
            begins_on=date(2026, 1, 15),
            ends_on=date(2027, 1, 14),
            auto_renews=renews,
            fees=(fee,),
        )

    services.agreements.save_membership(membership(renews=True), practice="Harbor")
    services.agreements.save_membership(membership(renews=False), practice="Bayside")
    review = services.reports.review(2026)
    label = "Membership fees due in the year"
    assert figures(review)[label] == (None, 2_400_00, 1_200_00)
    assert notice_sentences(review) == [
        "Harbor renews on Jan 15, 2027; notice by Dec 16, 2026 stops it.",
        "Bayside ends on Jan 14, 2027.",
    ]
    harbor = next(item for item in services.agreements.memberships() if item.auto_renews)
    gone = replace(harbor.terms, cancelled_on=date(2026, 9, 15))
    services.agreements.save_membership(replace(harbor, terms=gone), practice="Harbor")
    assert figures(services.reports.review(2026))[label] == (None, 2_000_00, None)


def test_a_running_year_is_compared_with_the_same_months(services: Services) -> None:
    pay(services, date(2025, 11, 30), 40_00)
    pay(services, date(2025, 12, 5), 900_00)
    pay(services, date(2026, 2, 5), 50_00)
    found = services.reports.review(2026).changes
    spent = next(item for item in found if item.label == "All lines")
    assert spent.group == "Spent, January to November"
    assert (spent.last_year, spent.this_year) == (40_00, 50_00)


def test_a_finished_year_is_compared_whole(services: Services) -> None:
    pay(services, date(2024, 12, 5), 900_00)
    pay(services, date(2025, 2, 5), 50_00)
    spent = next(item for item in services.reports.review(2025).changes if item.label == "All lines")
    assert (spent.group, spent.last_year, spent.this_year) == ("Spent", 900_00, 50_00)


def test_sums_to_date_leave_out_months_to_come(services: Services) -> None:
    category = line_id(services, Role.PRESCRIPTION)
    for month in (10, 11, 12):
        services.budget.set_estimate(category, date(2026, month, 1), 100_00)
    pay(services, date(2026, 11, 3), 60_00)
    pay(services, date(2026, 12, 1), 70_00)
    review = services.reports.review(2026)
    (line,) = review.line_totals
    assert (line.year.estimated, line.year.actual) == (300_00, 130_00)
    assert (line.to_date.estimated, line.to_date.actual, line.to_date.difference) == (
        200_00,
        60_00,
        140_00,
    )
    assert review.whole.to_date == line.to_date
    assert review.months_begun == 11
    assert through_words(review) == " to November"
    assert headlines(review)[0].caption == "$140.00 under, to November"


def test_a_year_that_has_not_begun(services: Services) -> None:
    services.budget.set_estimate(line_id(services, Role.PREMIUM), date(2027, 3, 1), 450_00)
    review = services.reports.review(2027)
    assert review.months_begun == 0
    assert review.whole.to_date.estimated is None
    assert review.whole.year.estimated == 450_00
    assert headlines(review)[0].figure == "Nothing yet"
    assert summary(review) == []
    assert not review.is_empty


def test_a_year_with_nothing_is_empty(services: Services) -> None:
    review = services.reports.review(2019)
    assert review.is_empty
    assert review.line_totals == ()
    assert review.changes == ()
    assert summary(review) == []
    assert [item.figure for item in headlines(review)] == [
        "Nothing yet",
        "$0.00",
        "No plan",
        "No plan",
        "Not started",
    ]


def test_a_budget_year_from_july_spans_two_calendar_years(services: Services) -> None:
    services.budget.set_start_month(7)
    pay(services, date(2026, 8, 1), 10_00)
    review = services.reports.review(2026)
    assert review.months_begun == 5
    assert span_words(review) == "Jul 1 to Nov 22, 2026"
    spent = next(item for item in review.changes if item.label == "All lines")
    assert spent.group == "Spent, July to November"


def test_the_sentences_say_what_the_figures_say(services: Services) -> None:
    person_id = services.people.save_person(Person(name="Eleanor")).new_id or 0
    services.plans.save(plan(2026, premium=450_00, deductible=2_000_00, people=(person_id,)))
    services.claims.save(
        Claim(
            person_id=person_id,
            provider_id=0,
            service_from=date(2026, 3, 3),
            billed=300_00,
            allowed=200_00,
            plan_paid=50_00,
            deductible=150_00,
            you_owe=150_00,
        ),
        provider="Quest Labs",
    )
    services.budget.set_estimate(line_id(services, Role.PRESCRIPTION), date(2026, 2, 1), 100_00)
    pay(services, date(2026, 2, 5), 130_00)
    pay(services, date(2026, 3, 5), 450_00, Role.PREMIUM)
    review = services.reports.review(2026)
    assert summary(review) == [
        "From Jan 1 to Nov 22, 2026, $580.00 was paid: $480.00 over the $100.00 planned to November.",
        "Of this, $450.00 went to premiums and $0.00 to membership fees.",
        "Health Insurance Premium went over most, by $450.00.",
        "Under Plan 2026, $150.00 of Eleanor's $2,000.00 in-network deductible was counted; "
        "$1,850.00 is left.",
        "1 EOB came in for $300.00 billed: the plan paid $50.00, $100.00 was written off, and your "
        "share was $150.00.",
    ]
    assert review.who_paid.total == 580_00 + 50_00 + 100_00


def test_a_finished_year_shows_the_fund_as_it_was_then(tmp_path: Path, sample_file: Path) -> None:
    """Asked in a later year, last year's review does not show today's balance."""
    sample = services_over(open_ledger(sample_file, today=date(2027, 2, 1), read_only=True))
    then = sample.reports.review(2025)
    assert then.fund is not None
    assert then.fund_balance == then.fund_line[-1][1]
    assert then.fund_balance != then.fund.balance
    assert headlines(then)[4].figure.startswith(f"${(then.fund_balance or 0) // 100:,}")
    sample.ledger.close()


def test_the_main_plan_of_a_year_with_two(services: Services) -> None:
    first = Plan(name="Spring", begins_on=date(2026, 1, 1), ends_on=date(2026, 5, 31))
    second = Plan(name="Autumn", begins_on=date(2026, 6, 1), ends_on=date(2026, 12, 31))
    services.plans.save(first)
    services.plans.save(second)
    review = services.reports.review(2026)
    assert [item.plan.name for item in review.plans] == ["Spring", "Autumn"]
    assert review.main_plan is not None
    assert review.main_plan.plan.name == "Autumn"


def test_schedules_in_words() -> None:
    monthly = Recurring(
        label="Fee",
        amount=300_00,
        frequency=Frequency.MONTHLY,
        first_due=date(2026, 1, 15),
        last_due=date(2026, 12, 15),
    )
    once = Recurring(label="Enrolment", amount=99_00, frequency=Frequency.ONCE, first_due=date(2026, 1, 2))
    assert schedule_words(monthly) == "$300.00 monthly from Jan 15, 2026 to Dec 15, 2026"
    assert schedule_words(once) == "$99.00 once, on Jan 2, 2026"


@pytest.mark.parametrize(
    ("cents", "words"), [(None, ""), (0, "on plan"), (50_00, "$50.00 under"), (-1, "$0.01 over")]
)
def test_differences_have_a_word(cents: int | None, words: str) -> None:
    assert difference_words(cents) == words


def test_plans_are_found_by_the_days_around_the_year(tmp_path: Path) -> None:
    ledger = create(tmp_path / "one.ledger", clock=lambda: TODAY)
    services = services_over(ledger)
    services.plans.save(Plan(name="Long", begins_on=date(2026, 3, 1), ends_on=date(2027, 2, 28)))
    before, now, after = plans_around(
        services.people.household(), Period(date(2026, 1, 1), date(2027, 1, 1))
    )
    assert before is None
    assert now is not None
    assert after is None  # the same plan is no news for the next year
    years = tuple(services.reports.budget_year(year) for year in (2025, 2026, 2027))
    assert year_over_year(services.people.household(), years, ([], []), today=TODAY) == ()
    ledger.close()
