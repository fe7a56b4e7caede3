"""FSA and HRA years as they come out of a ledger: C15, C16 (rulebook 5.2), use-by plan, refusals."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.services.untaxed_kit import account, copay, person, take_out
from tracker.facts import AccountKind
from tracker.facts.accounts import (
    AccountStatement,
    AfterYear,
    ExpenseNote,
    FsaKind,
    FsaYear,
    Hra,
    HraKind,
    HraPays,
    Qualifies,
)
from tracker.facts.taxes import OwnLimit
from tracker.services.account_balances import moves_to_search, read_balances
from tracker.services.bundle import Services
from tracker.services.fsa_year import FsaShown, read_fsa_years
from tracker.services.hra_year import read_hra_years

FIRST, LAST = date(2026, 1, 1), date(2026, 12, 31)


def fsa_with(services: Services, **more: object) -> int:
    """An FSA with a plan year 2026 of the most the law allows; gives the account's id."""
    fsa = account(services, AccountKind.FSA)
    year = FsaYear(account_id=fsa, begins_on=FIRST, ends_on=LAST, election=3_400_00)
    services.untaxed.save_fsa_year(replace(year, **more))  # type: ignore[arg-type]
    return fsa


def latest(services: Services) -> FsaShown:
    return read_fsa_years(services)[0]


def test_c15_carry_over_and_what_is_lost(services: Services) -> None:
    fsa = fsa_with(services, after=AfterYear.CARRY_OVER)
    copay(services, 2_500_00, account_id=fsa)
    found = latest(services)
    assert found.lost is not None
    assert (found.lost.unused, found.lost.carried_over, found.lost.forfeited) == (900_00, 680_00, 220_00)
    assert found.standing.available == 900_00


def test_c16_grace_and_what_is_lost(services: Services) -> None:
    fsa = fsa_with(services, after=AfterYear.GRACE)
    copay(services, 2_500_00, account_id=fsa)
    copay(services, 500_00, date(2027, 3, 15), account_id=fsa)
    found = latest(services)
    assert found.lost is not None
    assert (found.lost.used_in_grace, found.lost.forfeited) == (500_00, 400_00)


def test_care_of_the_grace_period_uses_up_the_earlier_year_first(services: Services) -> None:
    fsa = fsa_with(
        services,
        begins_on=date(2025, 1, 1),
        ends_on=date(2025, 12, 31),
        election=100_00,
        after=AfterYear.GRACE,
    )
    services.untaxed.save_fsa_year(FsaYear(account_id=fsa, begins_on=FIRST, ends_on=LAST, election=200_00))
    copay(services, 70_00, date(2025, 6, 1), account_id=fsa)
    copay(services, 50_00, date(2026, 2, 1), account_id=fsa)
    now, before = read_fsa_years(services)
    assert (before.standing.spent, before.standing.spent_in_grace) == (70_00, 30_00)
    assert (now.standing.spent, now.standing.available) == (20_00, 180_00)


def test_two_fsas_do_not_share_what_one_of_them_paid(services: Services) -> None:
    first, second = fsa_with(services), fsa_with(services, kind=FsaKind.LIMITED)
    copay(services, 400_00, account_id=first)
    by_account = {item.account.id: item.standing for item in read_fsa_years(services)}
    assert (by_account[first].spent, by_account[second].spent) == (400_00, 0)


def test_care_of_no_plan_year_is_refused_with_the_reason(services: Services) -> None:
    fsa = fsa_with(services)
    copay(services, 40_00, date(2025, 12, 30), account_id=fsa)
    found = latest(services)
    ((claim, why),) = found.refused
    assert claim.asked == 40_00
    assert why == "The care was given before the plan year began on Jan 1, 2026."
    assert found.standing.spent == 0


def test_own_unclaimed_care_is_offered_until_it_is_claimed(services: Services) -> None:
    fsa, bank = fsa_with(services, election=150_00), account(services, AccountKind.BANK)
    first, second = copay(services, 100_00), copay(services, 90_00, date(2026, 4, 1))
    plan = latest(services).plan
    assert plan is not None
    assert [(use.expense.expense_id, use.amount) for use in plan.uses] == [(first, 100_00), (second, 50_00)]
    assert plan.at_risk == 0
    take_out(services, fsa, bank, 100_00, (first, 100_00))
    found = latest(services)
    assert found.plan is not None
    assert found.standing.available == 50_00
    assert [use.expense.expense_id for use in found.plan.uses] == [second]


def test_a_limited_fsa_offers_dental_and_vision_care_only(services: Services) -> None:
    fsa_with(services, kind=FsaKind.LIMITED)
    copay(services, 100_00)
    glasses = copay(services, 90_00)
    note = ExpenseNote(payment_id=glasses, item="vision", qualifies=Qualifies.YES)
    services.untaxed.save_expense_notes([note])
    plan = latest(services).plan
    assert plan is not None
    assert [use.expense.expense_id for use in plan.uses] == [glasses]


def test_a_carry_over_cap_nobody_knows_is_asked_for(services: Services) -> None:
    services.taxes.save_own_limit(OwnLimit(year=2029, name="fsa_contribution", amount=3_600_00))
    fsa_with(services, begins_on=date(2029, 1, 1), ends_on=date(2029, 12, 31), after=AfterYear.CARRY_OVER)
    found = latest(services)
    assert found.asks
    assert found.lost is None
    services.taxes.save_own_limit(OwnLimit(year=2029, name="fsa_carry_over", amount=720_00))
    assert not latest(services).asks


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(-40, 420), st.integers(1, 900_00)), max_size=6))
def test_every_dollar_an_fsa_paid_is_in_one_year_only(
    services: Services, paid: list[tuple[int, int]]
) -> None:
    fsa = fsa_with(services, election=1_000_00, after=AfterYear.GRACE)
    services.taxes.save_own_limit(OwnLimit(year=2027, name="fsa_contribution", amount=3_400_00))
    services.untaxed.save_fsa_year(
        FsaYear(account_id=fsa, begins_on=date(2027, 1, 1), ends_on=date(2027, 12, 31), election=1_000_00)
    )
    for days, amount in paid:
        copay(services, amount, date.fromordinal(FIRST.toordinal() + days), account_id=fsa)
    years = [item for item in read_fsa_years(services) if item.account.id == fsa]
    assert sum(claim.reimbursed for item in years for claim in item.claims) == sum(
        amount for _, amount in paid
    )


# HRA ---------------------------------------------------------------------------------------


def test_an_hra_stands_at_what_was_put_in_less_what_it_paid(services: Services) -> None:
    hra, bank = account(services, AccountKind.HRA), account(services, AccountKind.BANK)
    services.untaxed.save_hra_year(
        Hra(
            account_id=hra,
            kind=HraKind.INTEGRATED,
            begins_on=FIRST,
            ends_on=LAST,
            credit=1_200_00,
            by_month=True,
            pays=(HraPays.COST_SHARING,),
            never_pays=(HraPays.PREMIUMS,),
            keeps_rest=True,
        )
    )
    expense = copay(services, 80_00)
    take_out(services, hra, bank, 80_00, (expense, 80_00))
    (found,) = read_hra_years(services)
    assert (found.standing.credited, found.standing.available) == (1_100_00, 1_020_00)
    assert found.standing.expires_on is None
    answers = {what: answer.verdict.value for what, answer in found.answers}
    assert (answers[HraPays.COST_SHARING], answers[HraPays.PREMIUMS]) == ("yes", "no")
    assert answers[HraPays.PRACTICE_FEES] == "ask"
    assert found.ends_hsa
    assert [amount for _, amount in found.paid] == [80_00]


# balances and statements -------------------------------------------------------------------


def test_an_fsa_shows_what_is_usable_not_a_bank_balance(services: Services) -> None:
    person(services)
    fsa = fsa_with(services)
    copay(services, 400_00, account_id=fsa)
    (shown,) = read_balances(services)
    assert (shown.balance, shown.usable, shown.holds) == (-400_00, 3_000_00, 3_000_00)
    assert (shown.until, shown.owner) == (LAST, "Ana")


def test_an_fsa_without_a_plan_year_has_nothing_known(services: Services) -> None:
    account(services, AccountKind.FSA)
    (shown,) = read_balances(services)
    assert (shown.holds, shown.until) == (None, None)


def test_a_gap_is_searched_since_the_last_statement_that_agreed(services: Services) -> None:
    bank = account(services, AccountKind.BANK, opening=100_00)
    copay(services, 10_00, date(2026, 3, 1), account_id=bank)
    copay(services, 20_00, date(2026, 4, 10), account_id=bank)
    copay(services, 30_00, date(2026, 5, 2), account_id=bank)
    for day, stated in ((date(2026, 3, 31), 90_00), (date(2026, 4, 30), 75_00)):
        services.untaxed.save_statement(AccountStatement(account_id=bank, stated_on=day, balance=stated))
    (shown,) = read_balances(services)
    assert [check.gap for check in shown.checks] == [5_00, 0]
    assert [move.amount for move in moves_to_search(services, shown, shown.checks[0])] == [-20_00]
    assert shown.last_on == date(2026, 5, 2)


@pytest.mark.parametrize("used", [False, True])
def test_an_account_is_used_once_money_moved(services: Services, used: bool) -> None:
    bank = account(services, AccountKind.BANK)
    if used:
        copay(services, 1_00, account_id=bank)
    assert services.accounts.is_used(bank) is used
