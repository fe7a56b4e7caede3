"""Expenses: what counts for an HSA, and where every dollar went, whatever the facts say."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.accounts.allocation import by_pocket
from tracker.domain.accounts.answers import Answer, Verdict
from tracker.domain.accounts.expenses import allocated, counted, deduction_of, hsa_expense
from tracker.domain.accounts.hsa_pool import pool_line
from tracker.facts import AccountKind, Role
from tracker.facts.accounts import ExpenseNote, Pocket, Qualifies
from tracker.facts.expenses import Expense, MoneyBack, Share
from tracker.facts.membership import TaxPocket
from tracker.money import Cents

DAY = date(2026, 5, 14)


def expense(amount: Cents = 100_00, role: Role | None = Role.COPAY_DOCTOR, **more: object) -> Expense:
    shares = () if role is None else (Share(role=role, amount=amount),)
    return Expense(**{"id": 1, "paid_on": DAY, "amount": amount, "shares": shares} | more)  # type: ignore[arg-type]


def back(amount: Cents, pocket: Pocket | None) -> MoneyBack:
    return MoneyBack(on=DAY, amount=amount, pocket=pocket)


@pytest.mark.parametrize(
    ("role", "pocket", "cents", "verdict"),
    [
        (Role.COPAY_DOCTOR, TaxPocket.HSA, 100_00, Verdict.YES),
        (Role.PRESCRIPTION, TaxPocket.FSA, 100_00, Verdict.YES),
        (Role.PREMIUM, TaxPocket.HSA, 0, Verdict.NO),
        (Role.PREMIUM, TaxPocket.FSA, 0, Verdict.NO),
        (Role.PREMIUM, TaxPocket.DEDUCTION, 100_00, Verdict.YES),
        (Role.MEMBERSHIP, TaxPocket.HSA, 0, Verdict.ASK),
        (None, TaxPocket.HSA, 0, Verdict.ASK),
    ],
)
def test_the_budget_line_says_what_counts(
    role: Role | None, pocket: TaxPocket, cents: Cents, verdict: Verdict
) -> None:
    found = counted(expense(role=role), pocket)
    assert (found.eligible, found.verdict) == (cents, verdict)
    assert found.why


def test_words_of_the_payment_are_looked_up_where_no_line_says_it() -> None:
    found = counted(expense(role=Role.OTHER, description="Eye exam and glasses"), TaxPocket.HSA)
    assert found.eligible == 100_00


def test_a_split_counts_part_by_part() -> None:
    parts = (Share(role=Role.PRESCRIPTION, amount=38_40), Share(role=Role.PREMIUM, amount=25_00))
    found = counted(expense(63_40, shares=parts), TaxPocket.HSA)
    assert (found.eligible, found.verdict) == (38_40, Verdict.PART)


@pytest.mark.parametrize("role", [None, Role.OTHER])
def test_a_due_of_an_agreement_or_a_plan_is_one_whatever_line_it_lies_under(role: Role | None) -> None:
    fee, premium = expense(role=role, membership_id=3), expense(role=role, plan_id=4)
    assert (fee.has_role, premium.has_role) == ({Role.MEMBERSHIP}, {Role.PREMIUM})
    yes = Answer(question="?", verdict=Verdict.YES, sentence="All of it is care.")
    assert counted(fee, TaxPocket.HSA, fee_part=lambda _e, _p, cents: (cents, yes)).eligible == 100_00
    assert counted(premium, TaxPocket.DEDUCTION).eligible == 100_00
    assert counted(premium, TaxPocket.HSA).verdict is Verdict.NO
    part = expense(shares=(Share(role=Role.COPAY_DOCTOR, amount=40_00),), membership_id=3)
    assert [share.amount for share in part.whole_shares] == [40_00, 60_00]
    assert part.has_role == {Role.COPAY_DOCTOR, Role.MEMBERSHIP}


def test_what_the_provider_gave_back_never_counts() -> None:
    found = counted(expense(75_00, back=(back(25_00, None),)), TaxPocket.HSA)
    assert found.eligible == 50_00


@pytest.mark.parametrize(
    ("qualifies", "eligible", "cents"),
    [
        (Qualifies.YES, None, 100_00),
        (Qualifies.PART, 40_00, 40_00),
        (Qualifies.LETTER, None, 0),
        (Qualifies.NO, None, 0),
        (Qualifies.ASK, 40_00, 0),
    ],
)
def test_the_members_own_word_goes_first(
    qualifies: Qualifies, eligible: Cents | None, cents: Cents
) -> None:
    note = ExpenseNote(payment_id=1, qualifies=qualifies, eligible=eligible)
    assert counted(expense(note=note), TaxPocket.HSA).eligible == cents


def test_a_membership_fee_asks_whoever_knows_the_agreement() -> None:
    def care_part(item: Expense, pocket: TaxPocket, amount: Cents) -> tuple[Cents, Answer]:
        return amount * 35 // 100, Answer(question="", verdict=Verdict.PART, sentence="35 % is care.")

    found = counted(expense(300_00, Role.MEMBERSHIP), TaxPocket.HSA, fee_part=care_part)
    assert (found.eligible, found.verdict) == (105_00, Verdict.PART)


def test_an_expense_paid_from_the_hsa_is_not_in_the_pool() -> None:
    item = expense(account_kind=AccountKind.HSA, account="HSA")
    line = pool_line(hsa_expense(counted(item, TaxPocket.HSA)), established_on=date(2020, 1, 1), today=DAY)
    assert (line.available, line.over) == (0, 0)


def test_what_the_hsa_paid_and_may_not_is_over() -> None:
    item = expense(role=Role.PREMIUM, account_kind=AccountKind.HSA)
    line = pool_line(hsa_expense(counted(item, TaxPocket.HSA)), established_on=date(2020, 1, 1), today=DAY)
    assert (line.available, line.over) == (0, 100_00)


def test_only_own_cash_is_deducted() -> None:
    item = expense(back=(back(30_00, Pocket.INSURER), back(20_00, Pocket.HSA)))
    paid = deduction_of(counted(item, TaxPocket.DEDUCTION))
    assert (paid.amount, paid.given_back) == (100_00, 50_00)


def test_every_dollar_is_explained() -> None:
    note = ExpenseNote(payment_id=1, deducted=10_00, deducted_year=2026)
    item = expense(
        payee="Meridian Labs", account="Credit card", note=note, back=(back(30_00, Pocket.INSURER),)
    )
    found, clashes = allocated(item)
    assert not clashes
    assert by_pocket([found]) | {Pocket.INSURER: 30_00, Pocket.DEDUCTION: 10_00, Pocket.CASH: 60_00} == (
        by_pocket([found])
    )
    assert found.explain()[0] == "Meridian Labs cost $100.00."
    assert found.explain()[-2] == "Every dollar is accounted for once."


POCKETS = st.sampled_from([None, Pocket.INSURER, Pocket.SECONDARY, Pocket.FSA, Pocket.HRA, Pocket.HSA])
KINDS = st.sampled_from([None, *AccountKind])


@given(
    amount=st.integers(1, 10_000_000),
    kind=KINDS,
    came_back=st.lists(st.tuples(st.integers(1, 10_000_000), POCKETS), max_size=6),
    deducted=st.integers(0, 10_000_000),
)
def test_no_dollar_counts_twice_whatever_the_facts_say(
    amount: Cents,
    kind: AccountKind | None,
    came_back: list[tuple[Cents, Pocket | None]],
    deducted: Cents,
) -> None:
    item = expense(
        amount,
        account_kind=kind,
        back=tuple(back(cents, pocket) for cents, pocket in came_back),
        note=ExpenseNote(payment_id=1, deducted=deducted),
    )
    found, clashes = allocated(item)
    assert sum(part.amount for part in found.parts) <= item.net <= amount
    asked = sum(cents for cents, pocket in came_back if pocket is not None) + deducted
    assert sum(clash.amount for clash in clashes) == max(0, asked - item.net)
    hsa = hsa_expense(counted(item, TaxPocket.HSA))
    line = pool_line(hsa, established_on=date(2020, 1, 1), today=DAY)
    assert 0 <= line.available <= item.net
    assert line.available + min(asked, item.net) <= item.net
