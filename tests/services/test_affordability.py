"""What the ledger knows for affordability, and what follows with what the member types."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.dates import add_months
from tracker.domain.budget.affordability import STEPS, Year
from tracker.errors import UserProblem
from tracker.facts import (
    Accumulator,
    AccumulatorKind,
    AccumulatorMode,
    BudgetLine,
    Frequency,
    Membership,
    MembershipTerms,
    Network,
    Person,
    Plan,
    Recurring,
)
from tracker.facts.household_budget import HouseholdBudget, HouseholdLine
from tracker.imports.limits_file import yearly_limits
from tracker.reports.affordability import Known, LedgerFigures, affordability_report
from tracker.services.affordability import affordability_facts, ledger_figures, started
from tracker.services.bundle import Services
from tracker.services.setup import TEMPLATE_AMOUNTS

JAN = date(2026, 1, 1)


def estimate(services: Services, months: int = 12) -> None:
    """The template's amounts in the first months of the year."""
    lines = {item.role: item.id or 0 for item in services.budget.categories()}
    services.budget.apply(
        [
            BudgetLine(category_id=lines[role], month=add_months(JAN, place), estimate=amount)
            for place in range(months)
            for role, amount in TEMPLATE_AMOUNTS.items()
        ],
        words_="Plan",
    )


def join(services: Services, *, cancelled_on: date | None = None) -> None:
    fees = (
        Recurring(label="Fee", amount=900_00, frequency=Frequency.QUARTERLY, first_due=JAN),
        Recurring(label="Joining", amount=50_00, frequency=Frequency.ONCE, first_due=JAN),
    )
    made = Membership(
        practice_id=0, begins_on=JAN, fees=fees, terms=MembershipTerms(cancelled_on=cancelled_on)
    )
    services.agreements.save_membership(made, practice="Harbor")


def insure(services: Services, people: int = 1, *, year: int = 2026) -> None:
    made = [services.people.save_person(Person(name=f"Person {n}")).new_id or 0 for n in range(people)]
    limits = (
        Accumulator(
            kind=AccumulatorKind.OOP_MAX,
            network=Network.IN,
            mode=AccumulatorMode.EMBEDDED,
            individual=5_000_00,
            family=10_000_00,
        ),
        Accumulator(
            kind=AccumulatorKind.DEDUCTIBLE,
            network=Network.IN,
            mode=AccumulatorMode.SELF,
            individual=1_500_00,
        ),
    )
    premium = Recurring(
        label="Premium", amount=450_00, frequency=Frequency.MONTHLY, first_due=date(year, 1, 1)
    )
    plan = Plan(
        name="PPO",
        insurer_id=None,
        begins_on=date(year, 1, 1),
        ends_on=date(year, 12, 31),
        person_ids=tuple(made),
        accumulators=limits,
        premiums=(premium,),
    )
    services.plans.save(plan, insurer="Insurer")


# what the ledger knows --------------------------------------------------------------------------


def test_the_template_fits_as_the_rulebook_says(services: Services) -> None:
    estimate(services)

    facts = affordability_facts(services)
    budget = replace(
        started(facts, "Ours"),
        income=6_200_00,
        lines=(
            HouseholdLine(label="Needs", amount=3_900_00),
            HouseholdLine(label="Fun", amount=900_00, discretionary=True),
        ),
    )
    report = affordability_report(budget, facts.ledger, facts.limits)

    expected = report.outcomes[Year.EXPECTED]
    assert (report.result.free, expected.health) == (1_400_00, 1_225_00)  # E07
    assert (expected.after_health, expected.ratio) == (175_00, 1_976)  # E08
    assert [step.name for step in report.result.steps] == list(STEPS)
    assert set(report.outcomes) == {Year.EXPECTED}
    assert len(report.missing) == 2
    assert report.marks[0].share is None
    assert "Rev. Proc. 2025-25" in report.mark_sources[0]


def test_fees_and_premiums_come_before_estimates(services: Services) -> None:
    estimate(services)
    join(services)
    insure(services)

    ledger = ledger_figures(services)

    assert ledger.membership_year.amount == 3_600_00
    assert ledger.membership_year.why == ("Harbor: Fee $900.00 a quarter; $3,600.00 a year.",)
    assert (ledger.premium.amount, ledger.oop_max_year.amount) == (450_00, 5_000_00)
    assert (ledger.deductible_year.amount, ledger.expected.amount) == (1_500_00, 4_500_00)
    assert ledger.savings.amount == 100_00
    assert ledger.oop_max_year.why == ("PPO: out-of-pocket maximum in network for one person, $5,000.00.",)


def test_a_family_counts_with_the_familys_limit(services: Services) -> None:
    insure(services, people=2)

    ledger = ledger_figures(services)

    assert ledger.oop_max_year.amount == 10_000_00
    assert ledger.deductible_year.amount == 1_500_00


def test_a_membership_that_was_left_costs_nothing(services: Services) -> None:
    join(services, cancelled_on=date(2026, 9, 15))

    assert ledger_figures(services).membership_year.amount is None


def test_a_plan_that_has_ended_says_nothing_and_a_coming_one_does(services: Services) -> None:
    insure(services, year=2025)
    assert ledger_figures(services).oop_max_year == Known()

    insure(services, year=2027)
    coming = ledger_figures(services)
    assert (coming.oop_max_year.amount, coming.premium.amount) == (5_000_00, 450_00)


def test_months_without_estimates_are_taken_like_the_others(services: Services) -> None:
    estimate(services, months=2)

    expected = ledger_figures(services).expected

    assert expected.amount == 4_500_00
    assert "2 of 12 months have estimates" in expected.why[-1]


def test_an_empty_ledger_knows_nothing_and_says_so(services: Services) -> None:
    facts = affordability_facts(services)
    report = affordability_report(started(facts, "Ours"), facts.ledger, facts.limits)

    assert facts.ledger == LedgerFigures()
    assert report.outcomes == {}
    assert len(report.missing) == 3
    assert report.membership_year.why == ("The ledger does not know it yet.",)


# what the member types --------------------------------------------------------------------------

LEDGER = LedgerFigures(
    membership_year=Known(amount=3_600_00, why=("Harbor.",)), premium=Known(amount=450_00)
)
HOME = HouseholdBudget(name="Ours", as_of=JAN, income=5_000_00, expected=4_500_00, savings=100_00)


def test_an_own_figure_counts_and_says_what_the_ledger_says() -> None:
    report = affordability_report(replace(HOME, membership_year=2_400_00), LEDGER, yearly_limits())

    assert report.membership_year.why == (
        "$2,400.00 is your own figure.",
        "Your ledger says $3,600.00:",
        "Harbor.",
    )
    assert report.outcomes[Year.EXPECTED].health == 1_125_00
    assert report.health_why[Year.EXPECTED] == (
        "Expected year: $2,400.00 membership, $5,400.00 premiums, $4,500.00 out of pocket and $1,200.00 "
        "put aside is $13,500.00 a year, $1,125.00 a month.",
    )


def test_marks_refer_to_income_before_tax_where_it_is_known() -> None:
    home = replace(HOME, gross_year=100_000_00, employer_premium=200_00)
    marks = affordability_report(home, LEDGER, yearly_limits()).marks

    assert [mark.share for mark in marks] == [240, 450, None]
    assert marks[0].why == "9.96%; yours is 2.4% of income before tax."


def test_a_cut_above_its_line_is_refused() -> None:
    home = replace(HOME, lines=(HouseholdLine(label="Fun", amount=1, discretionary=True, cut=2),))
    with pytest.raises(UserProblem):
        affordability_report(home, LEDGER, yearly_limits())


_CENTS = st.integers(0, 10**9)
_LINES = st.lists(
    st.tuples(_CENTS, st.booleans(), st.integers(0, 100)).map(
        lambda found: HouseholdLine(
            label="Line",
            amount=found[0],
            discretionary=found[1],
            cut=found[0] * found[2] // 100 if found[1] else 0,
        )
    ),
    max_size=5,
)


@given(_CENTS, _CENTS, _CENTS, _CENTS, st.none() | _CENTS, _LINES)
def test_what_is_left_needed_and_cut_agree(
    income: int, membership: int, premium: int, expected: int, p80: int | None, lines: list[HouseholdLine]
) -> None:
    budget = replace(
        HOME,
        income=income,
        membership_year=membership,
        premium=premium,
        expected=expected,
        p80=p80,
        lines=tuple(lines),
    )
    report = affordability_report(budget, LedgerFigures(), yearly_limits())

    assert report.result.free == income - report.existing - report.discretionary
    assert (Year.P80 in report.outcomes) is (p80 is not None)
    for outcome in report.outcomes.values():
        assert outcome.after_health == report.result.free - outcome.health
        assert outcome.needed_cut == max(0, -outcome.after_health)
        assert outcome.after_cuts == outcome.after_health + sum(line.cut for line in lines)
        assert outcome.still_missing == max(0, -outcome.after_cuts)
