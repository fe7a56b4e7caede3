"""What a table holds, worked out from headings and cells, and what is only assumed."""

from __future__ import annotations

import pytest

from tests.imports.table_kit import amounts, reasons, whole
from tracker.imports.table_fields import Field, Holds
from tracker.imports.table_guess import guess_mapping
from tracker.imports.table_mapping import Direction, Mapping
from tracker.imports.table_opening import open_table


def guess(text: str) -> Mapping:
    return guess_mapping(open_table(text.encode(), "download.csv"))


def unsure(mapping: Mapping) -> set[str]:
    return {each.about for each in mapping.guesses if not each.sure}


def test_every_column_of_a_payment_is_known_by_its_heading() -> None:
    mapping = guess(
        "Date,Payee,Memo,Amount,Balance,Transaction ID,Check #,Category,Account,Currency,Tax Year,"
        "Date of Service\n"
        "3/14/2026,Dr A,visit,-5.00,95.00,X1,12,Health,HSA,USD,2026,3/1/2026\n"
    )
    assert mapping.columns == (
        Field.DATE, Field.PAYEE, Field.MEMO, Field.AMOUNT, Field.BALANCE, Field.ID, Field.CHECK_NUMBER,
        Field.CATEGORY, Field.ACCOUNT, Field.CURRENCY, Field.TAX_YEAR, Field.CARE_ON,
    )  # fmt: skip
    assert mapping.is_sure


@pytest.mark.parametrize(
    "heading", ["CheckNumber", "check_number", "Check Number", "CHECK #", "Check  Number:"]
)
def test_a_heading_is_known_however_it_is_written(heading: str) -> None:
    assert guess(f"Date,Payee,Amount,{heading}\n2026-03-01,a,-1.00,12\n").columns[3] is Field.CHECK_NUMBER


def test_a_heading_that_its_cells_deny_is_not_believed() -> None:
    mapping = guess("Date,Posted,Payee,Amount\nJan,2026-03-01,a,-1.00\nFeb,2026-03-02,b,2.00\n")
    assert mapping.columns[:2] == (None, Field.DATE)


def test_references_that_repeat_are_no_ids() -> None:
    rows = "".join(f"2026-03-0{day},p{day},-1.00,SAME\n" for day in range(1, 6))
    assert Field.ID not in guess("Date,Payee,Amount,Reference\n" + rows).columns


def test_negative_amounts_went_out_where_a_bank_mixes_signs() -> None:
    mapping = guess("Date,Payee,Amount\n2026-03-01,shop,-1.00\n2026-03-02,Payroll,2.00\n")
    assert mapping.direction is Direction.AS_WRITTEN
    assert mapping.is_sure


def test_a_card_is_known_by_its_payments() -> None:
    found, _, mapping = whole(
        "Date,Details,Sum,Amount\n2026-03-01,Store,,10.00\n2026-03-02,Store,,7.00\n"
        "2026-03-05,AUTOPAY PAYMENT - THANK YOU,,-17.00\n"
    )
    assert mapping.direction is Direction.REVERSED
    assert "direction" in unsure(mapping)
    assert amounts(found) == [-1000, -700, 1700]


@pytest.mark.parametrize("order", [1, -1])
def test_the_running_balance_proves_the_sign(order: int) -> None:
    rows = ["2026-03-01,a,10.00,90.00", "2026-03-02,b,20.00,70.00", "2026-03-03,c,-5.00,75.00"][::order]
    found, _, mapping = whole("Date,Payee,Amount,Balance\n" + "\n".join(rows))
    assert mapping.direction is Direction.REVERSED
    assert mapping.is_sure
    assert sum(amounts(found)) == -2500
    assert found.accounts[0].balance == 7500


def test_words_say_in_and_out_where_amounts_have_no_sign() -> None:
    found, _, mapping = whole(
        "Date,Payee,Amount,Type\n2026-03-01,a,10.00,Debit\n2026-03-02,b,20.00,CREDIT\n2026-03-03,c,1.00,Debit\n"
        "2026-03-04,d,3.00,Debit\n2026-03-05,e,3.00,Adjustment\n"
    )
    assert mapping.direction is Direction.BY_WORD
    assert amounts(found) == [-1000, 2000, -100, -300]
    assert reasons(found) == ["\u201cAdjustment\u201d does not say whether money came in or went out."]


def test_words_beside_signed_amounts_only_tell_which_way_round_they_are() -> None:
    found, _, mapping = whole(
        "Date,Payee,Amount,Type\n2026-03-01,a,10.00,Debit\n2026-03-02,b,-20.00,Credit\n2026-03-03,c,1.00,Debit\n"
    )
    assert mapping.direction is Direction.REVERSED
    assert amounts(found) == [-1000, 2000, -100]
    assert mapping.columns[3] is Field.KIND


@pytest.mark.parametrize("out", ["10.00", "-10.00"])
def test_two_columns_are_read_whatever_sign_money_out_has(out: str) -> None:
    found, _, mapping = whole(
        f"Date,Payee,Withdrawals,Deposits\n2026-03-01,a,{out},\n2026-03-02,b,,20.00\n"
    )
    assert mapping.direction is Direction.TWO_COLUMNS
    assert amounts(found) == [-1000, 2000]


def test_a_reversal_in_the_column_of_money_out_comes_back() -> None:
    found, _, _ = whole(
        "Date,Payee,Debit,Credit\n2026-03-01,a,10.00,\n2026-03-02,b,7.00,\n2026-03-03,c,-7.00,\n"
    )
    assert amounts(found) == [-1000, -700, 700]


def test_a_row_with_both_is_a_problem_and_one_with_zeros_moved_nothing() -> None:
    found, _, _ = whole(
        "Date,Payee,Debit,Credit\n2026-03-01,a,1.00,2.00\n2026-03-02,b,0.00,0.00\n2026-03-03,c,,\n2026-03-04,d,0,3\n"
    )
    assert amounts(found) == [300]
    assert [why.split(",")[0] for why in reasons(found)] == [
        "It has both money in and money out",
        "The amount is zero",
        "The amount is empty.",
    ]


def test_only_positive_amounts_leave_the_direction_open() -> None:
    mapping = guess("Date,Payee,Amount\n2026-03-01,a,1.00\n2026-03-02,b,2.00\n")
    assert unsure(mapping) == {"direction"}
    spent = guess("Date,Merchant,Amount\n2026-03-01,a,1.00\n2026-03-02,b,2.00\n")
    assert (spent.direction, unsure(spent)) == (Direction.REVERSED, {"direction"})


def test_without_headings_cells_tell_the_columns_and_nothing_is_sure() -> None:
    found, _, mapping = whole(
        "3/14/2026,Main Pharmacy,12.50,,100.00\n3/15/2026,Employer,,20.00,120.00\n"
        "3/16/2026,Lab,5.00,,115.00\n"
    )
    assert mapping.columns == (Field.DATE, Field.PAYEE, Field.MONEY_OUT, Field.MONEY_IN, Field.BALANCE)
    assert amounts(found) == [-1250, 2000, -500]
    assert "columns" in unsure(mapping)


def test_the_running_balance_tells_which_column_is_money_in() -> None:
    _, _, mapping = whole(
        "3/14/2026,Pay,20.00,,120.00\n3/15/2026,Lab,,5.00,115.00\n3/16/2026,Lab,,5.00,110.00\n"
    )
    assert mapping.columns[2:4] == (Field.MONEY_IN, Field.MONEY_OUT)


def test_a_heading_in_another_currency_refuses_every_row() -> None:
    found, _, mapping = whole("Date,Payee,Amount (EUR)\n2026-03-01,a,-1.00\n2026-03-02,b,2.00\n")
    assert mapping.currency == "EUR"
    assert found.is_empty
    assert set(reasons(found)) == {"The amount is in EUR; this ledger keeps US dollars only."}


def test_a_currency_column_refuses_only_its_rows() -> None:
    found, _, _ = whole(
        "Date,Payee,Amount,Currency\n2026-03-01,a,-1.00,usd\n2026-03-02,b,2.00,GBP\n2026-03-03,c,-3.00,\n"
    )
    assert amounts(found) == [-100, -300]
    assert reasons(found) == ["The amount is in GBP; this ledger keeps US dollars only."]


def test_a_list_of_investments_is_refused() -> None:
    found, _, _ = whole("Symbol,Description,Quantity,Price,Value date\nABC,Fund,3,1.00,2026-03-01\n")
    assert "not money that moved" in reasons(found)[0]


@pytest.mark.parametrize(
    ("headings", "holds"),
    [
        ("Claim Number,Patient Name,Service Date,Provider,Total Charges,My Responsibility", Holds.CLAIMS),
        ("Member,Date of Service,Doctor,Amount Billed,Plan Paid,Copay,Deductible,You Owe", Holds.CLAIMS),
        ("Date,Description,Amount,Balance", Holds.MONEY),
        ("Date of Service,Provider,Patient,Amount,Date Paid", Holds.MONEY),
        ("Date,Payee,Debit,Credit,Deductible", Holds.MONEY),
    ],
)
def test_claims_are_told_from_payments(headings: str, holds: Holds) -> None:
    assert guess(headings + "\n").holds is holds
