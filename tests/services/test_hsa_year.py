"""The HSA year as it comes out of a ledger: rulebook C01 to C10 (section 5.1), and the edges."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.services.untaxed_kit import (
    FIFTY_EIGHT,
    account,
    copay,
    cover,
    hsa_of,
    person,
    put_in,
    take_out,
)
from tracker.facts import AccountKind, MoneySource, Payment
from tracker.facts.accounts import AfterYear, CoverageKind, ExpenseNote, FsaYear, Tier
from tracker.facts.taxes import OwnLimit, TaxFacts
from tracker.services.bundle import Services
from tracker.services.hsa_year import HsaYear, read_hsa_year

pytestmark = pytest.mark.filterwarnings("error")


def year_of(services: Services, year: int = 2026, person_id: int | None = None) -> HsaYear:
    found = read_hsa_year(services, year, person_id=person_id)
    assert found is not None
    return found


def limit_of(services: Services, year: int = 2026, person_id: int | None = None) -> int:
    found = year_of(services, year, person_id)
    assert found.limit is not None
    return found.limit.limit


def test_without_an_hsa_there_is_no_year(services: Services) -> None:
    person(services)
    assert read_hsa_year(services, 2026) is None


def test_somebody_without_an_hsa_is_shown_the_one_there_is(services: Services) -> None:
    ana, leo = person(services), person(services, "Leo")
    hsa_of(services, ana)
    assert year_of(services, person_id=leo).person.id == ana


# limit: C01 to C07 -------------------------------------------------------------------------


def test_c01_self_only_all_year(services: Services) -> None:
    ana = person(services)
    hsa_of(services, ana)
    cover(services, ana)
    assert limit_of(services) == 4_400_00


def test_c02_family_with_catch_up_and_the_spouses_in_the_own_hsa(services: Services) -> None:
    ana, leo = person(services, birth=FIFTY_EIGHT), person(services, "Leo", FIFTY_EIGHT)
    hsa_of(services, ana)
    cover(services, ana, Tier.FAMILY)
    assert limit_of(services) == 9_750_00
    hsa_of(services, leo)
    cover(services, leo, Tier.FAMILY)
    services.taxes.save_facts(TaxFacts(year=2026, married_with_family=True, family_share=10_000))
    assert limit_of(services, person_id=ana) == 9_750_00
    assert limit_of(services, person_id=leo) == 1_000_00
    services.taxes.save_facts(TaxFacts(year=2026, married_with_family=True, family_share=5_000))
    assert limit_of(services, person_id=ana) == limit_of(services, person_id=leo) == 5_375_00


def test_c03_self_only_until_july(services: Services) -> None:
    ana = person(services)
    hsa_of(services, ana)
    cover(services, ana, months=(1, 7))
    assert limit_of(services) == 2_566_66


def test_c04_family_from_july_and_what_failing_costs(services: Services) -> None:
    ana = person(services)
    hsa = hsa_of(services, ana)
    cover(services, ana, Tier.SELF, (1, 6))
    cover(services, ana, Tier.FAMILY, (7, 12))
    found = year_of(services)
    assert found.limit is not None
    assert (found.limit.by_months, found.limit.by_last_month) == (6_575_00, 8_750_00)
    assert found.limit.limit == 8_750_00
    assert found.if_fails is not None
    assert (found.if_fails.income, found.if_fails.tax) == (2_175_00, 217_50)
    assert found.failed is None  # nobody knows the next year's coverage yet
    put_in(services, hsa, 8_750_00)
    cover(services, ana, year=2027, months=(1, 5))
    cover(services, ana, year=2027, months=(6, 12), kind=CoverageKind.MEDICARE)
    found = year_of(services)
    assert found.failed is not None
    assert (found.failed.year, found.failed.income, found.failed.tax) == (2027, 2_175_00, 217_50)


def test_a_failed_testing_period_stands_on_the_form_of_the_year_it_fails_in(services: Services) -> None:
    ana = person(services)
    hsa = hsa_of(services, ana)
    cover(services, ana, months=(10, 12), year=2025)
    put_in(services, hsa, 4_300_00, on=date(2025, 12, 1))
    cover(services, ana, kind=CoverageKind.OTHER_PLAN)
    found = year_of(services)
    assert found.form is not None
    assert (found.form.amount("18"), found.form.amount("21")) == (3_225_00, 322_50)


def test_c05_self_only_from_october(services: Services) -> None:
    ana = person(services)
    hsa_of(services, ana)
    cover(services, ana, months=(10, 12))
    found = year_of(services)
    assert found.limit is not None
    assert (found.limit.by_months, found.limit.limit) == (1_100_00, 4_400_00)
    assert found.if_fails is not None
    assert (found.if_fails.income, found.if_fails.tax) == (3_300_00, 330_00)


def test_c06_medicare_from_july(services: Services) -> None:
    ana = person(services, birth=date(1961, 7, 4))
    hsa_of(services, ana)
    cover(services, ana)
    cover(services, ana, months=(7, 12), kind=CoverageKind.MEDICARE)
    found = year_of(services)
    assert found.limit is not None
    assert found.limit.limit == 2_700_00
    assert "Medicare" in found.months[6].answer.sentence


def test_c07_the_months_win_over_the_last_month(services: Services) -> None:
    ana = person(services)
    hsa_of(services, ana)
    cover(services, ana, Tier.FAMILY, (1, 8))
    cover(services, ana, Tier.SELF, (9, 12))
    found = year_of(services)
    assert found.limit is not None
    assert found.limit.limit == 7_300_00
    assert found.if_fails is None


# money in: C08, C09 ------------------------------------------------------------------------


def test_c08_what_the_employer_gives_leaves_less_room(services: Services) -> None:
    ana = person(services)
    hsa = hsa_of(services, ana)
    cover(services, ana)
    put_in(services, hsa, 1_200_00, MoneySource.EMPLOYER)
    found = year_of(services)
    assert found.room is not None
    assert (found.room.left, found.room.through_employer) == (3_200_00, 1_200_00)
    assert found.room.deadline == date(2027, 4, 15)


def test_c09_an_excess_is_said_with_its_excise_and_goes_when_taken_back(services: Services) -> None:
    ana = person(services)
    hsa, bank = hsa_of(services, ana), account(services, AccountKind.BANK)
    cover(services, ana)
    put_in(services, hsa, 5_000_00)
    found = year_of(services)
    assert found.room is not None
    assert found.room.excess == 600_00
    assert any("$36.00" in said for said in found.room.why)
    take_out(services, hsa, bank, 600_00, source=MoneySource.EXCESS, tax_year=2026)
    found = year_of(services)
    assert found.room is not None
    assert (found.room.excess, found.room.left) == (0, 0)
    assert not found.taken
    assert found.form is not None
    assert [found.form.amount(line) for line in ("2", "14a", "14b", "14c", "16")] == [
        4_400_00,
        600_00,
        600_00,
        0,
        0,
    ]


def test_money_of_january_may_be_for_the_year_before(services: Services) -> None:
    ana = person(services)
    hsa = hsa_of(services, ana)
    cover(services, ana, year=2025)
    cover(services, ana)
    put_in(services, hsa, 500_00, on=date(2026, 2, 1), tax_year=2025)
    put_in(services, hsa, 300_00, on=date(2026, 2, 1))
    assert year_of(services, 2025).contributed == 500_00
    assert year_of(services).contributed == 300_00


@pytest.mark.parametrize("source", [MoneySource.ROLLOVER, MoneySource.EARNINGS, MoneySource.REPAID])
def test_what_is_no_contribution_takes_no_room(services: Services, source: MoneySource) -> None:
    ana = person(services)
    hsa = hsa_of(services, ana)
    cover(services, ana)
    put_in(services, hsa, 900_00, source)
    found = year_of(services)
    assert found.contributed == 0
    assert len(found.deposits) == 1


def test_money_between_two_hsas_is_neither_put_in_nor_taken_out(services: Services) -> None:
    ana = person(services)
    first, second = hsa_of(services, ana), hsa_of(services, ana, name="New HSA")
    cover(services, ana)
    take_out(services, first, second, 700_00)
    found = year_of(services)
    assert (found.contributed, found.taken) == (0, ())


# months: open questions, unknown years -----------------------------------------------------


def test_an_fsa_that_still_runs_leaves_the_months_of_its_grace_open(services: Services) -> None:
    ana = person(services)
    hsa_of(services, ana)
    fsa = account(services, AccountKind.FSA, person_id=ana)
    services.untaxed.save_fsa_year(
        FsaYear(
            account_id=fsa,
            begins_on=date(2026, 1, 1),
            ends_on=date(2026, 12, 31),
            election=500_00,
            after=AfterYear.GRACE,
        )
    )
    services.taxes.save_own_limit(OwnLimit(year=2027, name="fsa_contribution", amount=3_500_00))
    cover(services, ana, year=2027)
    found = year_of(services, 2027)
    assert [month.answer.verdict.value for month in found.months[:4]] == ["ask", "ask", "ask", "yes"]
    assert found.limit is not None
    assert found.if_settled is not None
    assert found.limit.limit == found.if_settled.limit == 4_500_00  # by the last month either way
    assert found.if_settled.by_months > found.limit.by_months


def test_a_year_without_limits_asks_and_works_once_they_are_typed(services: Services) -> None:
    ana = person(services)
    hsa_of(services, ana)
    cover(services, ana, year=2029)
    found = year_of(services, 2029)
    assert found.limit is None
    assert found.form is None
    assert found.asks
    assert found.missing == ("hsa.self_only", "hsa.family", "hsa_catch_up")
    for name, amount in (("hsa.self_only", 4_700_00), ("hsa.family", 9_400_00), ("hsa_catch_up", 1_000_00)):
        services.taxes.save_own_limit(OwnLimit(year=2029, name=name, amount=amount))
    found = year_of(services, 2029)
    assert (found.missing, found.asks) == ((), ())
    assert limit_of(services, 2029) == 4_700_00


@pytest.mark.parametrize(
    ("birth", "kind", "said"),
    [
        (date(1990, 1, 1), None, ""),
        (None, None, ""),
        (date(1962, 3, 1), None, "Ana turns 65 on Mar 1, 2027."),
        (date(1961, 2, 1), None, "Contributions for May 2026 and later would then be too much."),
        (date(1961, 2, 1), CoverageKind.MEDICARE, ""),
    ],
)
def test_part_a_is_named_near_65(
    services: Services, birth: date | None, kind: CoverageKind | None, said: str
) -> None:
    ana = person(services, birth=birth)
    hsa = hsa_of(services, ana)
    cover(services, ana)
    if kind:
        cover(services, ana, kind=kind)
    put_in(services, hsa, 100_00)
    found = year_of(services).part_a
    assert (said in found) if said else not found


# money out: C10 ----------------------------------------------------------------------------


def test_c10_money_that_was_not_for_care(services: Services) -> None:
    ana = person(services)
    hsa, bank = hsa_of(services, ana), account(services, AccountKind.BANK)
    services.taxes.save_facts(TaxFacts(year=2026, federal_rate=2_200))
    take_out(services, hsa, bank, 1_000_00)
    found = year_of(services)
    (taken,) = found.taken
    assert (taken.taxable, taken.untied) == (1_000_00, 1_000_00)
    assert (found.tax.income_tax, found.tax.additional_tax, found.tax.total) == (220_00, 200_00, 420_00)


def test_from_65_the_20_percent_falls_away(services: Services) -> None:
    ana = person(services, birth=date(1961, 5, 31))
    hsa, bank = hsa_of(services, ana), account(services, AccountKind.BANK)
    take_out(services, hsa, bank, 100_00, on=date(2026, 5, 30))
    take_out(services, hsa, bank, 100_00, on=date(2026, 5, 31))
    assert [item.excepted for item in year_of(services).taken] == [False, True]


def test_care_before_the_hsa_existed_is_taxed_and_says_so(services: Services) -> None:
    ana = person(services)
    hsa, bank = hsa_of(services, ana, opened_on=date(2026, 4, 1)), account(services, AccountKind.BANK)
    early, later = copay(services, 100_00), copay(services, 50_00, date(2026, 5, 1))
    take_out(services, hsa, bank, 150_00, (early, 100_00), (later, 50_00))
    (taken,) = year_of(services).taken
    assert (taken.qualified, taken.taxable, taken.untied) == (50_00, 100_00, 0)
    assert taken.parts[0].why == "The care was given before the HSA was established on Apr 1, 2026."


def test_a_missing_first_day_is_told(services: Services) -> None:
    ana = person(services)
    hsa_of(services, ana, opened_on=None)
    assert [item.name for item in year_of(services).unopened] == ["The hsa"]


def test_no_dollar_of_an_expense_is_free_of_tax_twice(services: Services) -> None:
    ana = person(services)
    hsa, bank = hsa_of(services, ana), account(services, AccountKind.BANK)
    expense = copay(services, 100_00)
    services.untaxed.save_expense_notes([ExpenseNote(payment_id=expense, eligible=60_00)])
    take_out(services, hsa, bank, 50_00, (expense, 50_00))
    take_out(services, hsa, bank, 50_00, (expense, 50_00), on=date(2026, 7, 1))
    assert [item.qualified for item in year_of(services).taken] == [50_00, 10_00]


def test_what_the_insurer_paid_back_is_not_for_care(services: Services) -> None:
    ana = person(services)
    hsa = hsa_of(services, ana)
    paid = copay(services, 100_00, account_id=hsa)
    back = Payment(paid_on=date(2026, 4, 1), amount=-40_00, repays_id=paid)
    services.payments.save(replace(back, account_id=hsa), payee="Dr. Ito")
    (taken,) = year_of(services).taken  # came back into the HSA: never left it
    assert (taken.amount, taken.taxable) == (60_00, 0)


def test_what_came_back_to_the_bank_was_taken_out_too_much_until_it_is_put_back(services: Services) -> None:
    ana = person(services)
    hsa, bank = hsa_of(services, ana), account(services, AccountKind.BANK)
    paid = copay(services, 100_00, account_id=hsa)
    back = Payment(paid_on=date(2026, 4, 1), amount=-40_00, repays_id=paid, account_id=bank)
    services.payments.save(back, payee="Dr. Ito")
    (taken,) = year_of(services).taken
    assert (taken.amount, taken.taxable) == (100_00, 40_00)
    put_in(services, hsa, 40_00, MoneySource.REPAID)
    (taken,) = year_of(services).taken
    assert (taken.amount, taken.put_back, taken.taxable) == (60_00, 40_00, 0)


def test_a_rollover_leaves_the_care_on_the_form(services: Services) -> None:
    ana = person(services)
    hsa = hsa_of(services, ana)
    cover(services, ana)
    copay(services, 300_00, account_id=hsa)
    bank = account(services, AccountKind.BANK)
    take_out(services, hsa, bank, 1_000_00, source=MoneySource.ROLLOVER)
    found = year_of(services)
    assert found.form is not None
    assert [found.form.amount(line) for line in ("14a", "14b", "14c", "15", "16")] == [
        1_300_00,
        1_000_00,
        300_00,
        300_00,
        0,
    ]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(st.integers(1, 3), st.integers(1, 80_00), st.integers(1, 60_00)), min_size=1, max_size=5
    )
)
def test_free_and_taxed_always_add_to_what_was_taken_out(
    services: Services, moves: list[tuple[int, int, int]]
) -> None:
    if not services.people.people():
        person(services)
    ana = services.people.people()[0].id or 0
    hsa, bank = hsa_of(services, ana), account(services, AccountKind.BANK)
    costs = [copay(services, 60_00) for _ in range(3)]
    open_ = dict.fromkeys(costs, 60_00)
    for number, amount, tied in moves:
        expense = costs[number - 1]
        part = min(tied, amount, open_[expense])
        open_[expense] -= part
        take_out(services, hsa, bank, amount, *([(expense, part)] if part else []))
    taken = [item for item in year_of(services, person_id=ana).taken if item.account_id == hsa]
    assert sum(item.amount for item in taken) == sum(amount for _, amount, _ in moves)
    assert all(item.qualified + item.taxable == item.amount for item in taken)
    assert sum(item.qualified for item in taken) == sum(60_00 - left for left in open_.values())
