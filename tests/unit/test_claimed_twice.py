"""Dollars of an expense that two pockets claim: HSA money given twice, deductions that came back."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.accounts.claimed_twice import Twice, claimed_twice, less_put_back
from tracker.domain.accounts.expenses import allocated
from tracker.facts import AccountKind
from tracker.facts.accounts import ExpenseNote, Pocket
from tracker.facts.expenses import Expense, MoneyBack
from tracker.money import Cents

DAY = date(2026, 5, 14)
HSA, BANK = 1, 2


def expense(kind: AccountKind | None = AccountKind.HSA, **more: object) -> Expense:
    values: dict[str, object] = {
        "id": 7,
        "paid_on": DAY,
        "amount": 100_00,
        "payee": "Meridian Labs",
        "account_id": HSA if kind is AccountKind.HSA else BANK,
        "account": "The HSA",
        "account_kind": kind,
    }
    return Expense(**(values | more))  # type: ignore[arg-type]


def refund(amount: Cents, into: int | None, pocket: Pocket | None = Pocket.INSURER) -> MoneyBack:
    return MoneyBack(on=date(2026, 6, 3), amount=amount, pocket=pocket, source="BlueRiver", into_id=into)


@pytest.mark.parametrize("pocket", [Pocket.INSURER, None])
@pytest.mark.parametrize("into", [BANK, None])
def test_money_back_for_what_the_hsa_paid_is_a_mistaken_distribution(
    pocket: Pocket | None, into: int | None
) -> None:
    item = expense(back=(refund(40_00, into, pocket),))
    (found,) = claimed_twice(item, allocated(item)[1])
    assert (found.pocket, found.amount, found.account_id, found.year) == (Pocket.HSA, 40_00, HSA, 2026)
    assert found.is_mistaken
    assert "$40.00 from BlueRiver on Jun 3, 2026" in found.why
    assert "Put it back as a mistaken distribution until April 15" in found.todo
    assert "Notice 2004-50" in found.todo


def test_money_that_went_back_into_the_hsa_is_fine() -> None:
    assert claimed_twice(expense(back=(refund(40_00, HSA),))) == ()


def test_an_expense_of_ones_own_has_nothing_to_put_back() -> None:
    item = expense(AccountKind.BANK, back=(refund(40_00, BANK),))
    assert claimed_twice(item, allocated(item)[1]) == ()


def test_an_fsa_is_asked_about() -> None:
    item = expense(AccountKind.FSA, back=(refund(40_00, None),))
    (found,) = claimed_twice(item)
    assert not found.is_mistaken
    assert found.todo == "Ask the administrator of the FSA how to give $40.00 back."


def test_a_deduction_of_what_came_back() -> None:
    note = ExpenseNote(payment_id=7, deducted=80_00, deducted_year=2026)
    item = expense(AccountKind.BANK, note=note, back=(refund(40_00, BANK),))
    (found,) = claimed_twice(item, allocated(item)[1])
    assert (found.pocket, found.amount) == (Pocket.DEDUCTION, 20_00)
    assert found.todo.startswith("Lower what you deducted")


def test_what_was_put_back_counts_for_its_own_year_and_pocket_only() -> None:
    def one(pocket: Pocket, year: int, amount: Cents) -> Twice:
        return Twice(
            expense_id=1, label="", pocket=pocket, account_id=HSA, year=year, amount=amount, why=""
        )

    found = [one(Pocket.HSA, 2026, 30_00), one(Pocket.HSA, 2026, 30_00), one(Pocket.FSA, 2026, 9_00)]
    found.append(one(Pocket.HSA, 2025, 5_00))
    left = less_put_back(found, {2026: 40_00})
    assert [item.amount for item in left] == [20_00, 9_00, 5_00]


@given(
    kind=st.sampled_from([None, *AccountKind]),
    backs=st.lists(
        st.tuples(
            st.integers(1, 200_00),
            st.sampled_from([None, Pocket.INSURER, Pocket.SECONDARY]),
            st.sampled_from([None, HSA, BANK]),
        ),
        max_size=4,
    ),
    deducted=st.integers(0, 200_00),
)
def test_no_more_than_the_expense_is_to_be_put_back(
    kind: AccountKind | None,
    backs: list[tuple[Cents, Pocket | None, int | None]],
    deducted: Cents,
) -> None:
    item = expense(
        kind,
        back=tuple(refund(amount, into, pocket) for amount, pocket, into in backs),
        note=ExpenseNote(payment_id=7, deducted=deducted),
    )
    clashes = allocated(item)[1]
    found = claimed_twice(item, clashes)
    assert all(one.amount > 0 and one.why and one.todo for one in found)
    mistaken = sum(one.amount for one in found if one.is_mistaken)
    assert mistaken <= item.amount
    assert len(found) <= len(clashes) + 1
