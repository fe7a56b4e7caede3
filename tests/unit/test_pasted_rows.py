"""Reading rows that were copied from a spreadsheet."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import TODAY
from tracker.errors import UserProblem
from tracker.facts import Allocation
from tracker.imports.pasted_columns import Cell
from tracker.imports.pasted_rows import (
    Known,
    Pasted,
    only_new,
    read_pasted,
    split_rows,
)
from tracker.money import dollars, plain

KNOWN = Known(
    lines={"Health Insurance Premium": 2, "Estimated Prescription Costs": 5},
    people={"Eleanor": 1, "Robert": 2},
    accounts={"Checking": 1, "Contingency fund": 3},
)


def read(text: str, *, turn: bool | None = None) -> Pasted:
    return read_pasted(text, today=TODAY, known=KNOWN, turn=turn)


def told(pasted: Pasted) -> list[tuple[str, int, str]]:
    return [(str(row.payment.paid_on), row.payment.amount, row.payee) for row in pasted.payments]


def test_columns_are_found_by_their_headings_in_any_order() -> None:
    found = read(
        "Amount\tMemo\tCategory\tDate\tCheck no\tPayee\n"
        "$1,225.00\tNovember\thealth insurance premium\t11/1/2026\t1042\tBlue Shield\n"
    )
    assert found.columns == (Cell.AMOUNT, Cell.NOTE, Cell.LINE, Cell.DATE, None, Cell.PAYEE)
    (row,) = found.payments
    assert told(found) == [("2026-11-01", 122500, "Blue Shield")]
    assert row.payment.allocations == (Allocation(category_id=2, amount=122500),)
    assert (row.payment.note, row.row, row.remark) == ("November", 2, "")


def test_columns_are_found_by_what_they_hold() -> None:
    found = read(
        "1042\t2026-11-12\tQuest Labs\t41.12\tLipids\tEleanor\n"
        "1043\t2026-11-14\tElm Pharmacy\t4.12\tRefill\tRobert\n"
    )
    assert found.columns == (None, Cell.DATE, Cell.PAYEE, Cell.AMOUNT, Cell.NOTE, Cell.PERSON)
    assert told(found) == [("2026-11-12", 4112, "Quest Labs"), ("2026-11-14", 412, "Elm Pharmacy")]
    assert [row.payment.person_id for row in found.payments] == [1, 2]


def test_a_running_balance_is_not_the_amount() -> None:
    found = read("11/1\tA\t5.00\t100.00\n11/2\tB\t6.00\t94.00\n")
    assert [row.payment.amount for row in found.payments] == [500, 600]


def test_what_cannot_be_read_says_where_and_why() -> None:
    found = read(
        "Date\tPayee\tAmount\n"
        "2026-02-30\tA\t5\n"
        "2026-02-03\tB\tabc\n"
        "2026-02-04\tC\t1.234,56\n"
        "2026-02-05\tD\t1e9\n"
        "2026-02-06\tE\t-0\n"
        "2026-02-07\tF\t1000000000000\n"
        "\tTotal\t5\n"
        "2026-02-08\tG\t\n"
        f"2026-02-09\t{'x' * 10_000}\t5\n"
        "\t\t\n"
        "2026-02-10\tH\t7\n"
    )
    assert told(found) == [("2026-02-10", 700, "H")]
    assert [(row.row, row.reason) for row in found.unread] == [
        (2, "2026-02-30 is not a day of the calendar."),
        (3, "“abc” is not an amount in dollars."),
        (4, "“1.234,56” is not an amount in dollars."),
        (5, "“1e9” is not an amount in dollars."),
        (6, "The amount is zero."),
        (7, "That is more than $9,999,999,999.99."),
        (8, "A date is missing."),
        (9, "An amount is missing."),
        (10, "The payee has 10,000 characters; 200 is the most."),
    ]
    assert found.unread[0].text == "2026-02-30, A, 5"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "There is nothing to paste."),
        (" \n\t\n", "There is nothing to paste."),
        ("hello", "No column of dates"),
        ("Payee\tAmount\nQuest\t5", "No column of dates"),
        ("Date\tPayee\n2026-11-01\tQuest", "No column of amounts"),
        ("\n".join(["2026-11-01\t5"] * 20_001), "These are 20,001 rows"),
    ],
)
def test_nothing_to_read(text: str, sentence: str) -> None:
    with pytest.raises(UserProblem) as problem:
        read(text)
    assert problem.value.what.startswith(sentence)
    assert problem.value.todo


@pytest.mark.parametrize(
    ("cell", "amount"),
    [
        ("1,225", 122500),
        ("$1,225.00", 122500),
        ("$ 5.00", 500),
        ("(12.50)", -1250),
        ("$(12.50)", -1250),
        ("-$3", -300),
        ("$-3.10", -310),
        ("3.10-", -310),
        ("\u22124", -400),
        ("5.00 USD", 500),
    ],
)
def test_amounts_as_spreadsheets_write_them(cell: str, amount: int) -> None:
    found = read(f"Date\tAmount\n2026-11-01\t{cell}\n", turn=False)
    assert [row.payment.amount for row in found.payments] == [amount]


@pytest.mark.parametrize(
    "cell",
    ["2026-11-03", "11/3/2026", "11/3/26", "11/3", "Nov 3, 2026", "November 3", "2026-11-03 00:00:00",
     "2026-11-03T14:05:00Z", "11/3/2026 2:05 PM"],
)  # fmt: skip
def test_days_as_spreadsheets_write_them(cell: str) -> None:
    found = read(f"Date\tAmount\n{cell}\t5\n")
    assert [row.payment.paid_on for row in found.payments] == [date(2026, 11, 3)]


def test_a_banks_minus_means_an_expense_until_told_otherwise() -> None:
    text = "Date\tPayee\tAmount\n11/1\tA\t-5.00\n11/2\tB\t-6.00\n11/3\tB\t2.00\n"
    assert [row.payment.amount for row in read(text).payments] == [500, 600, -200]
    assert read(text).turned
    assert [row.payment.amount for row in read(text, turn=False).payments] == [-500, -600, 200]


def test_rows_copied_from_here_keep_their_signs() -> None:
    found = read("Date\tPayee\tTo account\tAmount\n2026-11-01\tQuest\t\t-5.00\n")
    assert [row.payment.amount for row in found.payments] == [-500]
    assert not found.turned


def test_names_nobody_knows_are_left_empty_and_said() -> None:
    found = read("Date\tAmount\tCategory\tPerson\tAccount\n2026-11-01\t5\tGifts\tSam\tPiggy bank\n")
    (row,) = found.payments
    assert (row.payment.allocations, row.payment.person_id, row.payment.account_id) == ((), None, None)
    assert row.remark == (
        "No budget line is called “Gifts”; left empty. No account is called “Piggy bank”; left empty. "
        "No person is called “Sam”; left empty."
    )


def test_a_transfer_names_the_account_it_goes_to() -> None:
    heading = "Date\tAmount\tAccount\tTo account\n"
    (row,) = read(heading + "2026-11-01\t100\tChecking\tContingency fund").payments
    assert (row.payment.account_id, row.payment.to_account_id) == (1, 3)
    found = read(heading + "2026-11-01\t100\tChecking\tChecking")
    assert [problem.reason for problem in found.unread] == [
        "A transfer has a positive amount and goes to another account."
    ]


def test_quoted_cells_and_lone_quotes() -> None:
    assert split_rows('a\t"two\nlines"\tc\r\nd\te\tf') == [["a", "two\nlines", "c"], ["d", "e", "f"]]
    assert split_rows('a\t"never closed\nb\tc') == [["a", '"never closed'], ["b", "c"]]
    assert split_rows('5" tape\tb') == [['5" tape', "b"]]


def test_an_apostrophe_that_guards_a_formula_goes_away() -> None:
    found = read("Date\tPayee\tAmount\tNote\n2026-11-01\t'=1+1\t5\t'tis fine\n")
    assert (found.payments[0].payee, found.payments[0].payment.note) == ("=1+1", "'tis fine")


def test_what_is_there_already_is_told_from_what_is_new() -> None:
    found = read("2026-11-01\tQuest\t5.00\n2026-11-01\tquest\t5.00\n2026-11-02\tQuest\t5.00\n")
    new, old = only_new(found.payments, [(date(2026, 11, 1), 500, "Quest")])
    assert [row.row for row in new] == [2, 3]
    assert [row.row for row in old] == [1]


@given(st.text(max_size=400))
def test_any_text_at_all_is_read_or_refused_in_words(text: str) -> None:
    try:
        found = read(text)
    except UserProblem:
        return
    body = [row for row in split_rows(text) if any(row)]
    assert len(found.payments) + len(found.unread) in (len(body), len(body) - 1)
    assert all(row.reason for row in found.unread)


AMOUNTS = st.integers(-(10**12) + 1, 10**12 - 1).filter(bool)
DAYS = st.integers(0, 60_000).map(lambda count: date(1950, 1, 1) + timedelta(days=count))
NAMES = st.text(
    st.characters(exclude_categories=("C", "Z"), exclude_characters="'\"\t"), min_size=1, max_size=40
)


@given(st.lists(st.tuples(DAYS, NAMES, AMOUNTS), min_size=1, max_size=12), st.booleans(), st.booleans())
def test_rows_written_plainly_come_back_whole(
    rows: list[tuple[date, str, int]], machine: bool, headed: bool
) -> None:
    """Whatever the names and amounts are, a table with headings reads back row for row."""
    lines = ["Date\tPayee\tAmount"] if headed else []
    lines += [
        f"{day}\t{name}\t{plain(amount) if machine else dollars(amount)}" for day, name, amount in rows
    ]
    if not headed:
        found = read("Date\tPayee\tAmount\n" + "\n".join(lines), turn=False)
    else:
        found = read("\n".join(lines), turn=False)
    assert found.unread == ()
    assert [(row.payment.paid_on, row.payee, row.payment.amount) for row in found.payments] == rows
