"""QIF files: accounts, splits, dates in any order, and what is left out with a reason."""

from __future__ import annotations

import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.imports.bank_samples import whys
from tracker.errors import Cancelled
from tracker.imports.found import Format, FoundAccount, FoundFile
from tracker.imports.qif import read_qif

SAMPLE = """!Account
NCity Checking
TBank
$1,100.25
/3/31'26
^
!Type:Bank
D3/ 1'26
U-1,212.50
T-1,212.50
CX
N101
PDr. Lee
MRefill
A1 Elm Street
LHealth:Pharmacy
^
D3/20/2026
T5
NDEP
^
"""


def read(text: str, *, day_first: bool | None = None) -> FoundFile:
    return read_qif(text.encode(), "bank.qif", day_first=day_first)


def bank(*records: str) -> str:
    return "!Type:Bank\n" + "".join(f"{record}\n^\n" for record in records)


def test_a_file_gives_its_rows_and_its_account() -> None:
    found = read(SAMPLE)
    first, second = found.money
    assert (first.on, first.amount, first.payee, first.memo) == (
        date(2026, 3, 1),
        -121250,
        "Dr. Lee",
        "Refill",
    )
    assert (first.check_number, first.kind, first.category) == ("101", "", "Health:Pharmacy")
    assert (first.account, first.where, first.id) == ("City Checking", "row 1, line 8", "")
    assert (second.amount, second.kind, second.check_number) == (500, "DEP", "")
    assert found.accounts == (
        FoundAccount(id="City Checking", kind="Bank", balance=110025, balance_on=date(2026, 3, 31)),
    )
    assert (found.format, found.layout, found.problems) == (Format.QIF, "QIF, month first", ())


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(SAMPLE.replace("\n", "\r\n").encode(), id="CRLF"),
        pytest.param(SAMPLE.replace("\n", "\r").encode(), id="CR"),
        pytest.param(SAMPLE.replace("\n", "\r\n", 7).encode(), id="mixed"),
        pytest.param(SAMPLE.replace("^", "^^").encode(), id="two carets"),
        pytest.param(SAMPLE.replace("\n", "  \n\n").encode(), id="blanks and blank lines"),
        pytest.param(SAMPLE.encode("utf-16"), id="utf-16"),
        pytest.param(SAMPLE.encode("utf-8-sig"), id="a mark"),
        pytest.param(SAMPLE.replace("!Type:Bank", "! type : BANK ").encode(), id="a careless heading"),
        pytest.param(SAMPLE[: SAMPLE.rindex("^")].encode(), id="no last caret"),
        pytest.param(SAMPLE.replace("Pharmacy\n^", "Pharmacy").encode(), id="a caret is missing"),
        pytest.param((SAMPLE + "\x1a").encode(), id="the end mark of DOS"),
    ],
)
def test_the_same_file_however_it_is_written(data: bytes) -> None:
    found = read_qif(data, "x")
    assert [(money.on.day, money.amount, money.account) for money in found.money] == [
        (1, -121250, "City Checking"),
        (20, 500, "City Checking"),
    ]
    assert found.problems == ()


@pytest.mark.parametrize("heading", ["Bank", "Cash", "CCard", "Oth A", "Oth L", "Invoice"])
def test_every_account_of_money_is_read(heading: str) -> None:
    found = read(f"!Type:{heading}\nD3/20/26\nT5\n^\n")
    assert [money.amount for money in found.money] == [500]
    assert [(account.id, account.kind) for account in found.accounts] == [("", heading)]


def test_a_file_without_a_heading_is_one_account() -> None:
    assert [money.amount for money in read("D3/20/26\nT5\n^\nD3/21/26\nT6\n^\n").money] == [500, 600]


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("6/17/97", date(1997, 6, 17)),
        ("6/17'97", date(1997, 6, 17)),
        ("6/17'26", date(2026, 6, 17)),
        ("6/17' 4", date(2004, 6, 17)),
        ("6/17/69", date(2069, 6, 17)),
        ("6/17/70", date(1970, 6, 17)),
        (" 6/17/2026", date(2026, 6, 17)),
        ("6-17-26", date(2026, 6, 17)),
        ("6.17.2026", date(2026, 6, 17)),
        ("06 17 2026", date(2026, 6, 17)),
        ("17/6/2026", date(2026, 6, 17)),
        ("17.06.26", date(2026, 6, 17)),
        ("2026-06-17", date(2026, 6, 17)),
        ("2026/6/17", date(2026, 6, 17)),
        ("20260617", date(2026, 6, 17)),
        ("06172026", date(2026, 6, 17)),
        ("17062026", date(2026, 6, 17)),
        ("17 Jun 2026", date(2026, 6, 17)),
        ("17-Sept-26", date(2026, 9, 17)),
        ("June 17, 2026", date(2026, 6, 17)),
        ("Jun 17'26", date(2026, 6, 17)),
        ("06/17/099Share Withdrawal", date(1999, 6, 17)),
        ("06/17/126", date(2026, 6, 17)),
        ("6/17/2026 12:30", date(2026, 6, 17)),
    ],
)
def test_every_form_of_a_date(written: str, day: date) -> None:
    found = read(bank(f"D{written}\nT1"))
    assert [money.on for money in found.money] == [day]


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("", "It has no date."),
        ("someday", "\u201csomeday\u201d is not a date."),
        ("2/30/2026", "\u201c2/30/2026\u201d is not a day of the calendar."),
        ("1/2/1899", "\u201c1/2/1899\u201d is not between 1900 and 2100."),
        ("1/2/20267", "\u201c1/2/20267\u201d is not a date."),
        ("12/2026", "\u201c12/2026\u201d is not a date."),
        ("5 Mayor 26", "\u201c5 Mayor 26\u201d is not a date."),
    ],
)
def test_a_row_with_another_date_is_a_problem(written: str, why: str) -> None:
    found = read(bank("D12/20/2026\nT1", f"D{written}\nT2", "D2026-01-02\nT3"))
    assert [money.amount for money in found.money] == [100, 300]
    assert [(problem.where, problem.why) for problem in found.problems] == [("row 2, line 5", why)]


def test_one_date_settles_the_order_of_all() -> None:
    found = read(bank("D3/4/2026\nT1", "D23/4/2026\nT1"))
    assert [money.on for money in found.money] == [date(2026, 4, 3), date(2026, 4, 23)]
    assert (found.layout, found.problems) == ("QIF, day first", ())


def test_an_open_order_is_read_month_first_and_said() -> None:
    found = read(bank("D3/4/2026\nT1"))
    assert [money.on for money in found.money] == [date(2026, 3, 4)]
    assert [(problem.where, problem.why) for problem in found.problems] == [
        ("", "Its dates fit month first and day first. They were read month first: 3/4 is March 4.")
    ]


def test_the_persons_word_on_the_order_wins() -> None:
    for day_first, day in ((True, date(2026, 4, 3)), (False, date(2026, 3, 4))):
        found = read(bank("D3/4/2026\nT1"), day_first=day_first)
        assert ([money.on for money in found.money], found.problems) == ([day], ())


def test_an_order_that_contradicts_itself_is_said_and_the_rest_refused() -> None:
    found = read(bank("D3/24/2026\nT1", "D24/3/2026\nT2"))
    assert [money.on for money in found.money] == [date(2026, 3, 24)]
    assert whys(found) == [
        "Some of its dates only fit day first, others month first. "
        "They were read month first: 3/4 is March 4.",
        "\u201c24/3/2026\u201d is not a day of the calendar.",
    ]


@pytest.mark.parametrize("written", ["3/3/2026", "2026-03-04", "4 Mar 2026"])
def test_dates_that_are_the_same_either_way_raise_no_doubt(written: str) -> None:
    assert read(bank(f"D{written}\nT1")).problems == ()


@given(st.dates(date(1970, 1, 1), date(2069, 12, 31)), st.booleans(), st.sampled_from("/-. '"))
def test_any_day_comes_back_in_either_order(day: date, day_first: bool, mark: str) -> None:
    first, second = (day.day, day.month) if day_first else (day.month, day.day)
    settles = "D31/12/2000" if day_first else "D12/31/2000"
    for year in (f"{day.year}", f"{day.year % 100:02}"):
        found = read(bank(f"{settles}\nT1", f"D{first}{mark}{second:2}{mark}{year}\nT2"))
        assert found.money[1].on == day


def test_a_split_stays_one_row_of_money() -> None:
    parts = "SHealth:Lab\nECulture\n$-30.00\nS[Savings]\n$-10.50\nSHealth:Lab\n$-9.50"
    found = read(bank(f"D3/20/26\nT-50.00\nMPhysical\nLHealth\n{parts}"))
    (money,) = found.money
    assert (money.amount, money.category, money.memo) == (
        -5000,
        "Health:Lab; [Savings]",
        "Physical; Culture",
    )
    assert found.problems == ()


@pytest.mark.parametrize(
    ("part", "why"),
    [
        ("$-7.00", "Its parts add to -$7.00. The whole, -$50.00, was taken."),
        (
            "$x",
            "A part of it could not be read: \u201cx\u201d is not an amount. The whole was taken.",
        ),
    ],
)
def test_a_split_that_does_not_add_up_is_taken_and_said(part: str, why: str) -> None:
    found = read(bank(f"D3/20/26\nT-50.00\nSHealth\n{part}"))
    assert [money.amount for money in found.money] == [-5000]
    assert whys(found) == [why]


@pytest.mark.parametrize(
    ("record", "why"),
    [
        ("D3/20/26", "It has no amount."),
        ("D3/20/26\nT", "It has no amount."),
        ("D3/20/26\nT1.2.3,4", "\u201c1.2.3,4\u201d is not an amount."),
        ("D3/20/26\nT1\nT2", "It has two amounts: the end of a transaction is missing in the file."),
        ("PDr. Lee", "It has no amount."),
        ("T5\nPDr. Lee", "It has no date."),
        ("D3/20/26\nT5.005", "5.005 has parts of a cent. It was taken as 5.01."),
    ],
)
def test_a_row_that_cannot_be_read_costs_only_that_row(record: str, why: str) -> None:
    found = read(bank("D3/20/26\nT1.00", record, "D3/21/26\nT2.00"))
    assert [money.amount for money in found.money if money.amount < 500] == [100, 200]
    assert [(problem.where[:5], problem.why) for problem in found.problems] == [("row 2", why)]


def test_the_amount_may_stand_in_either_letter() -> None:
    assert [money.amount for money in read(bank("D3/20/26\nU-1,234.50")).money] == [-123450]


def test_comma_decimals() -> None:
    found = read(bank("D20.03.26\nT-1.234,50", "D21.03.26\nT1.000"))
    assert [money.amount for money in found.money] == [-123450, 100000]


@pytest.mark.parametrize("record", ["POpening Balance\nL[City]", "PSaldo\nL[City]", "POpening Balance"])
def test_an_opening_balance_is_not_money_that_moved(record: str) -> None:
    found = read("!Account\nNCity\nTBank\n^\n" + bank(f"D3/20/26\nT900.00\n{record}", "D3/21/26\nT1"))
    assert [money.amount for money in found.money] == [100]
    assert whys(found) == [
        "It is the balance the account began with, $900.00 on Mar 20, 2026, not money that moved."
    ]


def test_an_opening_balance_gives_the_name_of_an_account_without_one() -> None:
    found = read(bank("D3/20/26\nT9\nPOpening Balance\nL[City]", "D3/21/26\nT1\nL[Other]"))
    assert [account.id for account in found.accounts] == ["City"]
    assert [(money.account, money.category) for money in found.money] == [("City", "[Other]")]


LISTED = """!Option:AutoSwitch
!Account
NHouse
TOth A
^
NCity
TBank
^
!Clear:AutoSwitch
"""


def test_a_list_of_accounts_does_not_choose_one() -> None:
    found = read(LISTED + bank("D3/20/26\nT1"))
    assert [money.account for money in found.money] == [""]
    assert [account.id for account in found.accounts] == ["House", "City", ""]
    chosen = read(LISTED + "!Account\nNCity\nTBank\n^\n" + bank("D3/20/26\nT1"))
    assert [money.account for money in chosen.money] == ["City"]
    assert [(account.id, account.kind) for account in chosen.accounts] == [
        ("House", "Oth A"),
        ("City", "Bank"),
    ]


def test_sections_without_names_go_by_their_kind_where_there_are_several() -> None:
    found = read(bank("D3/20/26\nT1") + "!Type:CCard\nD3/20/26\nT2\n^\n")
    assert [(money.account, money.amount) for money in found.money] == [("Bank", 100), ("CCard", 200)]


def test_lists_are_counted_and_no_problem() -> None:
    lists = "!Type:Cat\nNFood\nE\n^\nNPay\nI\n^\n!Type:Class\nNTrip\n^\n!Type:Memorized\nT-5\nPX\nKP\n^\n"
    found = read(lists + bank("D3/20/26\nT1"))
    assert (len(found.money), found.problems) == (1, ())
    assert found.layout == (
        "QIF, month first, 2 categories left out, 1 class left out, 1 memorized payment left out"
    )


def test_a_file_of_lists_only_says_so() -> None:
    found = read("!Type:Cat\nNFood\nE\n^\n")
    assert (found.layout, whys(found)) == ("QIF, 1 category left out", ["There are no transactions in it."])


def test_investments_and_unknown_sections_are_problems() -> None:
    investments = "!Type:Invst\nD3/20/26\nNBuy\nYACME\nQ10\nT100.00\n^\n!Type:Robots\nNR2\n^\nNC3\n^\n"
    found = read(investments + bank("D3/21/26\nT1"))
    assert [(money.amount, money.where) for money in found.money] == [(100, "row 2, line 14")]
    assert [(problem.where, problem.why) for problem in found.problems] == [
        ("row 1, line 2",
         "It is an entry of an investment account (Buy, ACME, $100.00 on Mar 20, 2026). "
         "Only money of bank, cash and card accounts is taken."),
        ("line 9", "The section \u201cRobots\u201d is not one of money. 2 entries were left out."),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "data",
    [b"", b"\x89PNG\r\n\x1a\n", b"hello", b"Date,Amount\n3/20/26,5\n", b"<OFX></OFX>", b"!Hello\n^\n",
     b"^\n^\n", b"D\n^\n", b"!\n!:\n!Type\n", b"\0" * 5000],
)  # fmt: skip
def test_another_file_is_refused(data: bytes) -> None:
    found = read_qif(data, "x")
    assert found.is_empty
    assert whys(found) == [
        "It is not a QIF file: it has no heading such as !Type:Bank and no transactions."
    ]


@pytest.mark.parametrize(
    "data",
    [
        b"!Type:Bank\n" + b"D1/1/26\n" * 20_000,
        b"!Type:Bank\n" + b"Sx\n$1\n" * 50_000,
        b"!Type:Bank\nD" + b"1" * 1_000_000 + b"\nT" + b"1" * 1_000_000,
        b"!Type:Bank\nD1" + b" " * 1_000_000 + b"/1\nT1",
        b"!Type:B\nT2\n" * 20_000,
        b"!Account\nNa\n!Type:Bank\nT2\n" * 15_000,
    ],
    ids=["dates", "splits", "digits", "blanks", "headings", "accounts"],
)
def test_hostile_files_end_quickly(data: bytes) -> None:
    begun = time.process_time()
    found = read_qif(data, "x")
    assert found.is_empty
    assert found.problems
    assert time.process_time() - begun < 5


def test_fifty_thousand_rows() -> None:
    """10 MB; the time is a limit, not a measure: it takes about two seconds on a quiet machine."""
    memo = "POS PURCHASE CITY PHARMACY LOS ANGELES CA " * 2
    data = bank(
        *(
            f"D{n % 12 + 1}/{n % 28 + 1}'26\nT-{n % 900}.{n % 100:02}\nN{n}\nPPHARMACY {n}\nM{memo}\n"
            f"LHealth\nSHealth:A\nE{n}\n$-{n % 900}.{n % 100:02}"
            for n in range(50_000)
        )
    ).encode()
    told: list[tuple[int, int]] = []
    begun = time.process_time()
    found = read_qif(data, "x", progress=lambda done, total: told.append((done, total)))
    assert time.process_time() - begun < 5
    assert (len(found.money), found.problems) == (50_000, ())
    assert told == [(done, 50_000) for done in range(1000, 50_001, 1000)]


def test_reading_can_be_cancelled() -> None:
    def progress(_done: int, _total: int) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        read_qif(bank(*["D3/20/26\nT1"] * 1000).encode(), "x", progress=progress)
