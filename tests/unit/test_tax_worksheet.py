"""The medical deduction worksheet, an excess taken back, and what untaxed money saved."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.accounts.answers import Verdict
from tracker.domain.accounts.expenses import Counted, counted
from tracker.domain.accounts.hsa_sheet import less_excess
from tracker.domain.accounts.mileage_log import mileage_log
from tracker.domain.accounts.pocket_savings import after_tax, pocket_savings
from tracker.domain.accounts.tax_sheet import Asked, Source, total
from tracker.domain.accounts.tax_worksheet import (
    Group,
    MedicalSheet,
    deductible,
    expense_sources,
    medical_sheet,
)
from tracker.facts import AccountKind, Role
from tracker.facts.accounts import ExpenseNote, Pocket
from tracker.facts.expenses import Expense, MoneyBack, Share
from tracker.facts.membership import TaxPocket
from tracker.facts.taxes import FilingStatus, TaxFacts, Trip
from tracker.imports.limits_file import yearly_limits
from tracker.money import Cents

DAY = date(2026, 5, 14)
LIMITS = yearly_limits()
INCOME = TaxFacts(year=2026, income=120_000_00)


def source(amount: Cents, day: date = DAY, payment_id: int = 1) -> Source:
    return Source(on=day, name="Quest Labs", amount=amount, payment_id=payment_id)


def sheet_of(amount: Cents, facts: TaxFacts = INCOME) -> MedicalSheet:
    return medical_sheet(LIMITS, facts, {Group.CARE: [source(amount)]})


@pytest.mark.parametrize(("expenses", "cents"), [(14_700_00, 5_700_00), (8_000_00, 0), (9_000_00, 0)])
def test_the_floor_of_the_rulebook(expenses: Cents, cents: Cents) -> None:  # C17, C18
    found = sheet_of(expenses)
    assert (found.floor, found.deductible) == (9_000_00, cents)
    assert [line.number for line in (*found.parts, *found.lines)] == [
        *("1a", "1b", "1c", "1d"),
        *("1", "2", "3", "4"),
    ]


def test_what_is_missing_is_asked_and_the_rest_is_shown() -> None:
    found = sheet_of(14_700_00, TaxFacts(year=2031))
    assert [ask.name for ask in found.asks] == ["income", "medical_deduction_floor"]
    assert (found.expenses, found.deductible, found.beats_standard) == (14_700_00, None, None)
    assert [line.words for line in found.lines] == ["", "Not known", "Not known", "Not known"]


def test_nothing_is_asked_of_a_year_without_expenses() -> None:
    assert not medical_sheet(LIMITS, TaxFacts(year=2031), {}).asks


@pytest.mark.parametrize(
    ("status", "other", "gain", "beats"),
    [
        (FilingStatus.SINGLE, 12_000_00, 1_600_00, True),
        (FilingStatus.SINGLE, 10_400_00, 0, False),
        (FilingStatus.JOINT, 12_000_00, -14_500_00, False),
        (FilingStatus.HEAD_OF_HOUSEHOLD, 18_450_01, 1, True),
    ],
)
def test_it_is_set_against_the_standard_deduction(
    status: FilingStatus, other: Cents, gain: Cents, beats: bool
) -> None:
    facts = TaxFacts(year=2026, income=120_000_00, status=status, other_itemized=other)
    found = sheet_of(14_700_00, facts)
    assert (found.gain, found.beats_standard, found.asks) == (gain, beats, ())


def test_status_and_other_deductions_are_asked_only_where_something_may_be_deducted() -> None:
    assert [ask.name for ask in sheet_of(14_700_00).asks] == ["status", "other_itemized"]
    assert not sheet_of(8_000_00).asks


def test_a_year_without_a_published_standard_deduction_asks_for_it() -> None:
    facts = TaxFacts(year=2027, income=120_000_00, status=FilingStatus.JOINT, other_itemized=0)
    found = medical_sheet(LIMITS, facts, {Group.CARE: [source(14_700_00, date(2027, 1, 2))]})
    assert found.deductible == 5_700_00
    assert [(ask.kind, ask.name) for ask in found.asks] == [(Asked.LIMIT, "standard_deduction.joint")]


# from expenses to entries ------------------------------------------------------------------


def expense(amount: Cents = 100_00, role: Role = Role.COPAY_DOCTOR, **more: object) -> Expense:
    values = {"id": 1, "paid_on": DAY, "amount": amount, "shares": (Share(role=role, amount=amount),)}
    return Expense(**(values | more))  # type: ignore[arg-type]


def of(item: Expense) -> Counted:
    return counted(item, TaxPocket.DEDUCTION)


@pytest.mark.parametrize(
    ("role", "group"),
    [(Role.PRESCRIPTION, Group.CARE), (Role.PREMIUM, Group.PREMIUMS), (Role.COPAY_DOCTOR, Group.CARE)],
)
def test_the_budget_line_decides_the_part_of_line_1(role: Role, group: Group) -> None:
    assert deductible(of(expense(role=role)), 2026).parts == {group: 100_00}


def test_a_payment_over_two_lines_is_divided() -> None:
    shares = (Share(role=Role.PRESCRIPTION, amount=38_40), Share(role=Role.PREMIUM, amount=25_00))
    found = deductible(of(expense(63_40, shares=shares)), 2026)
    assert found.parts == {Group.CARE: 38_40, Group.PREMIUMS: 25_00}


def test_only_own_cash_of_the_year_stands_on_line_1() -> None:
    back = (MoneyBack(on=DAY, amount=30_00, pocket=Pocket.INSURER),)
    assert deductible(of(expense(back=back)), 2026).amount == 70_00
    assert deductible(of(expense(back=back)), 2025).amount == 0
    assert deductible(of(expense(account_kind=AccountKind.HSA)), 2026).amount == 0
    elsewhere = ExpenseNote(payment_id=1, deducted=40_00, deducted_year=2025)
    found = deductible(of(expense(note=elsewhere)), 2026)
    assert (found.amount, found.note) == (60_00, "less $40.00 deducted in another year")
    here = ExpenseNote(payment_id=1, deducted=100_00, deducted_year=2026)
    assert deductible(of(expense(note=here)), 2026).amount == 100_00


ROLES = st.sampled_from([None, *Role])
BACK = st.builds(
    MoneyBack,
    on=st.just(DAY),
    amount=st.integers(1, 200_00),
    pocket=st.sampled_from([None, Pocket.INSURER, Pocket.HSA, Pocket.FSA, Pocket.HRA]),
)


@given(
    parts=st.lists(st.tuples(ROLES, st.integers(1, 500_00)), min_size=1, max_size=4),
    back=st.lists(BACK, max_size=4),
    more=st.integers(0, 50_00),
    deducted=st.integers(0, 100_00),
    year=st.sampled_from([2025, 2026, None]),
)
def test_entries_add_up_and_no_dollar_is_there_that_others_paid(
    parts: list[tuple[Role | None, int]],
    back: list[MoneyBack],
    more: int,
    deducted: int,
    year: int | None,
) -> None:
    shares = tuple(Share(role=role, amount=amount) for role, amount in parts)
    amount = sum(share.amount for share in shares) + more
    note = ExpenseNote(payment_id=1, deducted=deducted, deducted_year=year)
    item = expense(amount, shares=shares, back=tuple(back), note=note)
    found = deductible(of(item), 2026)

    untaxed = sum(item.of(pocket) for pocket in (Pocket.INSURER, Pocket.HSA, Pocket.FSA, Pocket.HRA))
    assert 0 <= found.amount <= max(0, item.net - untaxed)
    assert all(part > 0 for part in found.parts.values())
    sources = expense_sources([found])
    sheet = medical_sheet(LIMITS, INCOME, sources)
    for line in sheet.parts:
        assert line.sourced == line.amount
    assert sheet.lines[0].sourced == sheet.lines[0].amount == sheet.expenses == found.amount


# the other lines ---------------------------------------------------------------------------


@given(
    own=st.lists(st.integers(1, 10_000), max_size=4),
    work=st.lists(st.integers(1, 10_000), max_size=4),
    excess=st.lists(st.integers(1, 10_000), max_size=3),
)
def test_an_excess_taken_back_comes_off_own_deposits_first(
    own: Sequence[int], work: Sequence[int], excess: Sequence[int]
) -> None:
    mine, theirs = less_excess(*([source(amount) for amount in side] for side in (own, work, excess)))
    assert total(mine) == max(0, sum(own) - sum(excess))
    rest = max(0, sum(excess) - sum(own))
    assert total(theirs) == max(0, sum(work) - rest)


def test_the_log_has_both_rates_of_2022() -> None:
    trips = [
        Trip(driven_on=date(2022, 6, 30), tenths=1000),
        Trip(driven_on=date(2022, 7, 1), tenths=1000, parking=5_00),
        Trip(driven_on=date(2023, 7, 1), tenths=1000),
    ]
    log = mileage_log(2022, trips, LIMITS, {})
    assert [item.counts for item in log.trips] == [18_00, 27_00]
    assert (log.total, log.tenths, log.asks) == (45_00, 2000, ())
    assert log.rate_words == "18 cents a mile, 22 cents from Jul 1"
    assert total(log.sources()) == log.total


def test_a_drive_of_the_rulebook() -> None:  # 86 miles at 20.5 cents
    log = mileage_log(2026, [Trip(driven_on=DAY, tenths=860)], LIMITS, {})
    assert log.total == 17_63
    (source,) = log.sources()
    assert (source.on, source.name, source.note) == (DAY, "Drive to care", "86 miles at 20.5 cents")


def test_an_unknown_rate_is_asked_and_parking_counts_all_the_same() -> None:
    log = mileage_log(2027, [Trip(driven_on=date(2027, 5, 1), tenths=860, parking=3_00)], LIMITS, {})
    assert (log.total, [ask.name for ask in log.asks]) == (3_00, ["medical_mileage"])
    assert "not known" in log.sources()[0].note


def test_what_each_pocket_saves() -> None:
    facts = TaxFacts(
        year=2026,
        income=120_000_00,
        status=FilingStatus.SINGLE,
        other_itemized=12_000_00,
        federal_rate=2_200,
        state_rate=500,
    )
    found = pocket_savings(
        facts, hsa_own=1_000_00, hsa_payroll=1_000_00, fsa=480_00, sheet=sheet_of(14_700_00, facts)
    )
    saved = {item.name: item.saving.saved for item in found if item.saving}
    assert saved == {
        "HSA, your own deposits": 270_00,
        "HSA, through payroll": 346_50,
        "FSA, elected": 166_32,
        "Medical deduction": 432_00,  # 27 % of the $1,600.00 above the standard deduction
    }


def test_without_a_rate_nothing_is_guessed() -> None:
    (found,) = pocket_savings(INCOME, hsa_own=0, hsa_payroll=0, fsa=480_00, sheet=sheet_of(0))
    assert found.saving is None
    assert after_tax(100_00, 100_00, INCOME) is None


def test_the_fee_of_the_rulebook_after_tax() -> None:  # C23
    facts = TaxFacts(year=2026, federal_rate=2_200, through_payroll=True)
    assert after_tax(3_600_00, 1_260_00, facts) == 3_600_00 - 373_59


def test_an_answer_that_counts_nothing_has_its_verdict() -> None:
    item = of(expense(role=Role.MEMBERSHIP))
    assert (item.verdict, deductible(item, 2026).amount) == (Verdict.ASK, 0)
