"""The year in review's parts of issue 5: who paid, membership value, accounts, taxes; one truth each."""

from __future__ import annotations

import gc
import time
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.benchmarks.make_big import make_big
from tests.conftest import TODAY, open_ledger
from tests.services.untaxed_kit import account, copay, cover, hsa_of, person, put_in, take_out
from tracker.dates import Period
from tracker.domain.accounts.allocation import Allocated, Part
from tracker.facts import AccountKind, Allocation, Payment, Role
from tracker.facts.accounts import FsaYear, Pocket
from tracker.facts.expenses import Expense
from tracker.facts.taxes import FilingStatus, TaxFacts
from tracker.reports.where_it_went import By, WentKind, WentLine
from tracker.reports.who_paid import who_paid
from tracker.reports.year_worth import most_lies_in
from tracker.services.bundle import Services, services_over
from tracker.services.membership_value import value_facts, value_from
from tracker.services.tax_year import read_tax_year
from tracker.services.where_it_went import read_where_it_went
from ui.models.review_lines import ReviewLine, account_lines, tax_lines, tax_notes, worth_lines

YEAR = Period(date(2026, 1, 1), date(2027, 1, 1))


def figures(lines: list[ReviewLine]) -> dict[str, tuple[str, str]]:
    return {line.name: (line.figure, line.note) for line in lines if not line.is_title}


# who paid ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", [AccountKind.HSA, AccountKind.FSA, AccountKind.HRA])
def test_what_an_account_paid_back_is_its_own_and_not_yours(services: Services, kind: AccountKind) -> None:
    who = person(services)
    untaxed = account(services, kind, person_id=who, opened_on=date(2020, 1, 1))
    bank = account(services, AccountKind.BANK)
    first, second = (
        copay(services, 100_00, account_id=bank),
        copay(services, 40_00, account_id=bank),
    )
    paid = services.reports.review(2026).who_paid
    assert (paid.you, paid.total) == (140_00, 140_00)
    take_out(services, untaxed, bank, 130_00, (first, 100_00), (second, 30_00))
    paid = services.reports.review(2026).who_paid
    assert (paid.you, getattr(paid, kind.value), paid.total) == (10_00, 130_00, 140_00)


def test_a_fund_that_pays_back_is_the_fund(services: Services) -> None:
    person(services)
    bank, fund = account(services, AccountKind.BANK), account(services, AccountKind.CONTINGENCY)
    paid_by_bank = copay(services, 100_00, account_id=bank)
    copay(services, 25_00, account_id=fund)
    take_out(services, fund, bank, 60_00, (paid_by_bank, 60_00))
    paid = services.reports.review(2026).who_paid
    assert (paid.you, paid.fund, paid.total) == (40_00, 85_00, 125_00)


def test_a_refund_tied_to_nothing_is_taken_off_and_said(services: Services) -> None:
    person(services)
    copay(services, 100_00)
    services.payments.save(Payment(paid_on=date(2026, 4, 1), amount=-30_00), payee="Dr. Ito")
    paid = services.reports.review(2026).who_paid
    assert (paid.you, paid.loose) == (70_00, 30_00)
    assert "less $30.00 of refunds tied to no payment" in paid.sources[0][1]


def test_who_paid_is_where_it_went_and_what_was_spent(sample: Services) -> None:
    review = sample.reports.review(2026)
    paid, went = review.who_paid, read_where_it_went(sample, 2026, By.PAID)
    of = went.totals
    assert (paid.hsa, paid.fsa, paid.hra) == (of[Pocket.HSA], of[Pocket.FSA], of[Pocket.HRA])
    assert paid.you + paid.fund == of[Pocket.CASH] + of[Pocket.DEDUCTION] - paid.loose
    assert paid.plan == of[Pocket.INSURER] + of[Pocket.SECONDARY]
    assert paid.open == went.open
    assert paid.paid + paid.loose + paid.open == went.whole


def test_a_loose_refund_of_last_year_is_in_no_pocket(sample: Services) -> None:
    """The sample's practice gave back 275 in 2025 without a payment it belongs to."""
    paid = sample.reports.review(2025).who_paid
    went = read_where_it_went(sample, 2025, By.PAID)
    assert paid.loose == 275_00
    assert paid.paid == went.whole - 275_00 == sample.reports.budget_year(2025).total.actual


lines = st.tuples(
    st.sampled_from([None, *AccountKind]),
    st.lists(st.tuples(st.sampled_from([*Pocket]), st.integers(1, 5_000)), max_size=4),
    st.integers(0, 5_000),
    st.integers(0, 9_000),
)


@given(
    st.lists(lines, max_size=12), st.dictionaries(st.sampled_from([None, *AccountKind]), st.integers(1, 99))
)
def test_every_dollar_is_in_one_place(drafts: list, loose: dict[AccountKind | None, int]) -> None:
    """Whatever funds pay back, who paid together is what was allocated, less refunds tied to nothing."""
    made, by_funds = [], {}
    for number, (kind, parts, still_open, fund) in enumerate(drafts, start=1):
        found = tuple(Part(pocket=pocket, amount=amount) for pocket, amount in parts)
        whole = sum(part.amount for part in found) + still_open
        by_funds[number] = fund
        made.append(
            WentLine(
                kind=WentKind.PAYMENT,
                id=number,
                care_on=TODAY,
                paid_on=TODAY,
                payee="",
                person="",
                what="",
                allocated=Allocated(expense_id=number, amount=whole, parts=found),
                expense=Expense(id=number, paid_on=TODAY, amount=whole, account_kind=kind),
            )
        )
    paid = who_paid(made, by_funds=by_funds, loose=loose, written_off=7)
    assert paid.paid == sum(line.allocated.allocated for line in made) - sum(loose.values())
    assert paid.total == paid.paid + 7
    assert paid.open == sum(line.allocated.open for line in made)
    assert sum(cents for _, _, cents in paid.sources) == paid.total


# membership --------------------------------------------------------------------------------------


def test_a_membership_is_worth_what_its_own_page_says(sample: Services) -> None:
    review = sample.reports.review(2026)
    assert [item.practice for item in review.worth] == [
        "Cornerstone Virtual Care",
        "Harbor Concierge Medicine",
    ]
    harbor = review.worth[1]
    membership = next(
        item for item in sample.agreements.memberships() if item.begins_on == date(2026, 1, 15)
    )
    assert harbor.value == value_from(value_facts(sample, membership.id or 0, 0))
    assert harbor.paid == 11 * 300_00
    shown = figures(worth_lines([harbor]))
    assert shown["A visit"] == ("$450.00", "8 visits")
    assert shown["Fees of the year"] == ("$3,600.00", "$3,300.00 paid so far")
    assert shown["Promises kept"][0] == "19 of 21"
    assert shown["Cost after what it was worth"][0] == "$2,400.00"


def test_each_membership_year_stands_in_one_review(sample: Services) -> None:
    years = [item.period for year in range(2024, 2029) for item in sample.reports.review(year).worth]
    assert len(years) == len(set(years)) == 3
    assert sample.reports.review(2025).worth[0].period.begin == date(2025, 1, 15)


@given(st.dates(date(2000, 1, 1), date(2060, 12, 31)), st.integers(1, 366))
def test_a_time_lies_mostly_in_one_calendar_year(begin: date, days: int) -> None:
    span = Period(begin, date.fromordinal(begin.toordinal() + days))
    years = [Period(date(number, 1, 1), date(number + 1, 1, 1)) for number in range(1999, 2063)]
    assert sum(most_lies_in(span, year) for year in years) == 1


def test_a_year_without_contacts_has_no_cost_each(services: Services) -> None:
    from tracker.facts import Frequency, Membership, Recurring

    fee = Recurring(label="Fee", amount=100_00, frequency=Frequency.MONTHLY, first_due=date(2026, 1, 1))
    services.agreements.save_membership(
        Membership(practice_id=0, begins_on=date(2026, 1, 1), fees=(fee,)), practice="Harbor"
    )
    (worth,) = services.reports.review(2026).worth
    shown = figures(worth_lines([worth]))
    assert shown["A visit"][0] == shown["An hour"][0] == shown["Promises kept"][0] == "\u2013"
    assert shown["Care it took the place of"][0] == "Not known"


# accounts ----------------------------------------------------------------------------------------


def test_an_hsa_against_its_limit_and_what_was_taken_out_for(services: Services) -> None:
    who = person(services)
    bank, hsa = account(services, AccountKind.BANK), hsa_of(services, who)
    cover(services, who)
    put_in(services, hsa, 1_000_00)
    paid = copay(services, 80_00, account_id=bank)
    copay(services, 55_00, account_id=bank)
    take_out(services, hsa, bank, 100_00, (paid, 80_00))
    review = services.reports.review(2026)
    (found,) = review.accounts.hsa
    assert (found.limit, found.contributed, found.left) == (4_400_00, 1_000_00, 3_400_00)
    assert (found.taken_out, found.untied, found.taxable) == (100_00, 20_00, 20_00)
    shown = figures(account_lines(review.accounts))
    assert shown["Contributed"] == ("$1,000.00", "limit $4,400.00, $3,400.00 may still go in")
    assert shown["Taken out"][1].startswith("$20.00 is taxed; $20.00 is tied to no expense; for Dr. Ito")
    assert shown["May still be taken out for past care"][0] == "$55.00"
    assert review.accounts.pool is not None
    accounts = next(item for item in review.checklist if item.key == "accounts")
    assert (accounts.last_year, accounts.this_year) == ("", "HSA $1,000 of $4,400")


def test_a_limit_that_is_not_known_is_said(services: Services) -> None:
    """The law's amounts of a far year are not in the program: asked for, never zero."""
    who = person(services)
    hsa = hsa_of(services, who)
    cover(services, who, year=2031)
    put_in(services, hsa, 1_000_00, on=date(2031, 6, 1))
    review = services.reports.review(2031)
    (found,) = review.accounts.hsa
    assert found.limit is None
    assert figures(account_lines(review.accounts))["Contributed"][1].startswith("the limit is not known.")
    assert (
        figures(tax_lines(review.accounts.tax))["3  Limit for your coverage and months"][0] == "Not known"
    )
    assert "Still needed:" in " ".join(tax_notes(review.accounts.tax))
    accounts = next(item for item in review.checklist if item.key == "accounts")
    assert accounts.this_year == "HSA: limit not known"


def test_balances_are_those_of_the_last_day(services: Services) -> None:
    bank = account(services, AccountKind.BANK, name="Checking", opening=500_00, opened_on=date(2024, 1, 1))
    account(services, AccountKind.BANK, name="Later", opened_on=date(2026, 2, 1))
    fund = account(services, AccountKind.CONTINGENCY, name="Buffer", opening=10_00, target=40_00)
    copay(services, 100_00, on=date(2025, 12, 31), account_id=bank)
    copay(services, 50_00, on=date(2026, 1, 1), account_id=bank)
    before = services.reports.review(2025).accounts
    assert before.as_of == date(2025, 12, 31)
    assert [(item.account.name, item.balance) for item in before.held] == [
        ("Checking", 400_00),
        ("Buffer", 10_00),
    ]
    now = services.reports.review(2026).accounts
    assert now.as_of == TODAY
    assert next(item.balance for item in now.held if item.account.id == bank) == 350_00
    buffer = next(item for item in now.held if item.account.id == fund)
    assert (buffer.target, buffer.balance) == (40_00, 10_00)
    assert figures(account_lines(now))["Buffer"] == ("$10.00", "target $40.00, $30.00 to go")
    assert services.reports.review(2027).accounts.held == ()


def test_an_fsa_elected_used_and_lost(services: Services) -> None:
    who = person(services)
    fsa = account(services, AccountKind.FSA, person_id=who)
    services.untaxed.save_fsa_year(
        FsaYear(account_id=fsa, begins_on=YEAR.begin, ends_on=YEAR.last_day, election=500_00)
    )
    copay(services, 120_00, account_id=fsa)
    review = services.reports.review(2026)
    (found,) = review.accounts.fsa
    assert (found.elected, found.used, found.left, found.lost) == (500_00, 120_00, 380_00, 380_00)
    assert not review.is_empty
    assert figures(account_lines(review.accounts))["Lost unless used by Dec 31, 2026"][0] == "$380.00"
    assert [item.account.kind for item in review.accounts.held] == []


def test_the_tax_part_is_the_worksheet_in_brief(sample: Services) -> None:
    tax, whole = sample.reports.review(2026).accounts.tax, read_tax_year(sample, 2026)
    assert (tax.forms, tax.medical, tax.asks) == (whole.forms, whole.medical, whole.asks)
    shown = figures(tax_lines(tax))
    assert shown["14a  Distributions of the year"][0] == "$455.00"
    assert shown["1  Medical and dental expenses"][0] == "$8,889.29"
    assert shown["126 miles"] == ("$48.33", "20.5 cents a mile; part of line 1")
    assert any("under Accounts, Taxes" in said for said in tax_notes(tax))


def test_an_unknown_income_leaves_lines_open(services: Services) -> None:
    copay(services, 100_00)
    services.taxes.save_facts(TaxFacts(year=2026, status=FilingStatus.SINGLE))
    tax = services.reports.review(2026).accounts.tax
    shown = figures(tax_lines(tax))
    assert shown["1  Medical and dental expenses"][0] == "$100.00"
    assert shown["2  Adjusted gross income"][0] == shown["4  Line 1 less line 3"][0] == "Not known"
    assert any("adjusted gross income" in said for said in tax_notes(tax))


def test_an_empty_ledger_has_nothing_to_say(services: Services) -> None:
    review = services.reports.review(2026)
    assert review.is_empty
    assert account_lines(review.accounts) == []
    assert tax_lines(review.accounts.tax) == []
    assert tax_notes(review.accounts.tax) == []
    assert worth_lines(review.worth) == []


def test_a_membership_fee_of_a_year_without_limits_is_asked_about(services: Services) -> None:
    """Counting it for the HSA does not fail: the law's amounts of that month are asked for."""
    from tracker.facts import Frequency, Membership, MembershipModel, Recurring

    services.budget.set_start_month(1)
    fee = Recurring(label="Fee", amount=90_00, frequency=Frequency.MONTHLY, first_due=date(2035, 1, 1))
    held = Membership(
        practice_id=0, model=MembershipModel.DPC, begins_on=date(2035, 1, 1), fees=(fee,), person_ids=()
    )
    services.agreements.save_membership(held, practice="Harbor")
    saved = services.agreements.memberships()[0]
    line = next(item.id for item in services.budget.categories() if item.role is Role.MEMBERSHIP)
    services.payments.save(
        Payment(
            paid_on=date(2035, 1, 1),
            amount=90_00,
            recurring_id=saved.fees[0].id,
            due_on=date(2035, 1, 1),
            allocations=(Allocation(category_id=line or 0, amount=90_00),),
        ),
        payee="Harbor",
    )
    assert services.reports.review(2035).who_paid.you == 90_00


def test_fifty_thousand_payments_are_reviewed_off_the_ui_thread(tmp_path: Path) -> None:
    path = tmp_path / "big.ledger"
    make_big(path, payments=50_000, claims=10, today=TODAY)
    services = services_over(open_ledger(path))
    services.reports.review(2026)  # the first reading warms the file
    gc.disable()  # as in the program, which collects cycles on its UI thread only
    try:
        begin = time.thread_time()
        review = services.reports.review(2026)
        took = time.thread_time() - begin
    finally:
        gc.enable()
    services.ledger.close()
    assert review.who_paid.paid > 0
    assert took < 2.0
