"""Rows read as payments: what is kept, what is set aside with its reason, and what stays text."""

from __future__ import annotations

from datetime import date

import pytest

from tests.imports.table_kit import amounts, read, reasons, whole
from tracker.errors import Cancelled
from tracker.imports.table_guess import guess_mapping
from tracker.imports.table_opening import open_table
from tracker.imports.table_reading import read_any_table, read_table

HEAD = "Date,Payee,Memo,Amount\n"


def test_a_payment_has_all_that_its_row_says() -> None:
    found = read(
        "Date,Payee,Description,Notes,Amount,Transaction ID,Check Number,Category,Account,Source,Tax Year,"
        "Service Date\n"
        "3/14/2026,Dr A,Visit,paid  late,-45.00,T1,0012,Health,HSA 1,Self,2025,2/27/2026\n"
    )
    one = found.money[0]
    assert (one.on, one.amount, one.payee, one.memo) == (
        date(2026, 3, 14),
        -4500,
        "Dr A",
        "Visit; paid late",
    )
    assert (one.id, one.check_number, one.category, one.account) == ("T1", "0012", "Health", "HSA 1")
    assert (one.source, one.tax_year, one.care_on, one.where) == ("Self", 2025, date(2026, 2, 27), "row 2")


def test_each_row_that_is_not_taken_says_why() -> None:
    found = read(
        HEAD + "2026-03-01,a,,-1.00\n,b,,-2.00\n2026-03-03,c,,\n2026-03-04,d,,abc\nsoon,e,,-5.00\n"
        "2026-03-06,f,,0.00\n2026-03-07,g,,\u20ac7.00\n,,note,\n1850-01-01,h,,-8.00\n2026-03-09,i,,99999999999.00\n"
        "Total,,,-3.00\nDate,Payee,Memo,Amount\n"
    )
    assert amounts(found) == [-100]
    assert [(each.where, each.why) for each in found.problems] == [
        ("row 3", "The date is empty."),
        ("row 4", "The amount is empty."),
        ("row 5", "\u201cabc\u201d is not an amount."),
        ("row 6", "\u201csoon\u201d is not a date."),
        ("row 7", "The amount is zero, so no money moved."),
        ("row 8", "\u201c\u20ac7.00\u201d is not in US dollars; this ledger keeps US dollars only."),
        ("row 9", "It holds nothing but \u201cnote\u201d, so it was passed over."),
        ("row 10", "The year of \u201c1850-01-01\u201d is outside 1900 to 2100."),
        ("row 11", "\u201c99999999999.00\u201d is more than $9,999,999,999.99."),
        ("row 12", "It is a total or a closing line, not an entry, so it was passed over."),
        ("row 13", "It repeats the headings, so it was passed over."),
    ]


def test_a_shop_called_total_is_no_total() -> None:
    found = read("Payee,Date,Amount\nTotal Wine,2026-03-01,-1.00\nTotal,2026-03-02,-2.00\nTotal,,-3.00\n")
    assert amounts(found) == [-100, -200]


def test_rounding_is_taken_and_said() -> None:
    found = read(HEAD + "2026-03-01,a,,-1.005\n2026-03-02,b,,2.00\n")
    assert amounts(found) == [-101, 200]
    assert "was rounded to -$1.01" in reasons(found)[0]


@pytest.mark.parametrize("status", ["Pending", "DECLINED", "cancelled", "In Process"])
def test_money_that_has_not_moved_waits(status: str) -> None:
    found = read(f"Date,Payee,Amount,Status\n2026-03-01,a,-1.00,{status}\n2026-03-02,b,-2.00,Posted\n")
    assert amounts(found) == [-200]
    assert "no money has moved yet" in reasons(found)[0]


def test_text_that_looks_like_a_formula_stays_text() -> None:
    found = read(
        HEAD + '2026-03-01,=1+1,"@SUM(A1)",-1.00\n2026-03-02,+cmd|x,-y,2.00\n2026-03-03,"=""0012""",,3.00\n'
    )
    assert [(each.payee, each.memo) for each in found.money] == [
        ("=1+1", "@SUM(A1)"),
        ("+cmd|x", "-y"),
        ("0012", ""),
    ]


def test_an_id_that_a_spreadsheet_spoiled_is_left_out_and_the_row_is_taken() -> None:
    found = read("Date,Payee,Amount,Transaction ID\n2026-03-01,a,-1.00,1.23E+11\n2026-03-02,b,-1.00,X2\n")
    assert [each.id for each in found.money] == ["", "X2"]


def test_a_comma_that_divided_a_text_is_seen() -> None:
    found = read(HEAD + "2026-03-01,a,b,-1.00\n2026-03-02,Lyft, 12,b,-2.00\n")
    assert amounts(found) == [-100]
    assert "It has 5 cells under 4 headings" in reasons(found)[0]


def test_a_last_column_without_a_heading_is_no_divided_text() -> None:
    found = read(
        "Date,Payee,Amount\n2026-03-01,a,-1.00,note\n2026-03-02,b,-2.00,note\n2026-03-03,c,-3.00\n"
    )
    assert amounts(found) == [-100, -200, -300]


def test_short_rows_are_read_as_far_as_they_go() -> None:
    found = read("Date,Amount,Payee,Memo\n2026-03-01,-1.00\n2026-03-02,-2.00,b,c\n")
    assert [(each.amount, each.payee) for each in found.money] == [(-100, ""), (-200, "b")]


def test_accounts_of_one_file_are_told_apart_each_with_its_balance() -> None:
    found = read(
        "Date,Payee,Amount,Account,Balance\n2026-03-01,a,-1.00,One,9.00\n2026-03-01,b,-1.00,Two,4.00\n"
        "2026-03-02,c,-1.00,One,8.00\n"
    )
    assert [(each.id, each.balance, each.balance_on) for each in found.accounts] == [
        ("One", 800, date(2026, 3, 2)),
        ("Two", 400, date(2026, 3, 1)),
    ]


def test_progress_never_runs_backwards_and_ends_at_the_whole() -> None:
    seen: list[tuple[int, int]] = []
    data = (HEAD + "2026-03-01,a,b,-1.00\n" * 5_000).encode()
    read_any_table(data, "x.csv", progress=lambda done, total: seen.append((done, total)))
    shares = [done / total for done, total in seen]
    assert shares == sorted(shares)
    assert shares[-1] == 1
    assert len(seen) > 8


def test_reading_can_be_cancelled() -> None:
    table = open_table((HEAD + "2026-03-01,a,b,-1.00\n" * 3_000).encode(), "x.csv")

    def stop(done: int, total: int) -> None:
        if done >= 1_000:
            raise Cancelled

    with pytest.raises(Cancelled):
        read_table(table, guess_mapping(table), progress=stop)


def test_a_table_that_lacks_a_column_says_which() -> None:
    assert reasons(read("Payee,Amount\na,-1.00\n")) == ["No column holds the dates of payments."]
    assert reasons(read("Date,Payee\n2026-03-01,a\n")) == ["No column holds the amounts of payments."]


def test_the_same_bytes_give_the_same_result() -> None:
    text = HEAD + "2026-03-01,a,b,-1.00\n2026-13-01,a,b,x\n"
    assert whole(text) == whole(text)
