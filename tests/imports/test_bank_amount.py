"""Amounts of bank files: either decimal mark, any sign, and nothing that is no amount."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.errors import UserProblem
from tracker.imports.bank_amount import bank_cents, uses_comma_decimals
from tracker.money import LARGEST


@pytest.mark.parametrize(
    ("text", "cents"),
    [
        ("12.50", 1250),
        ("-12.5", -1250),
        ("+7", 700),
        ("-0", 0),
        (".5", 50),
        ("12.", 1200),
        ("1,234.56", 123456),
        ("1.234,56", 123456),
        ("1 234,56", 123456),
        ("1\u00a0234,56", 123456),
        ("1'234.50", 123450),
        ("1\u2019234\u2019567.50", 123456750),
        ("12,5", 1250),
        ("-200,00", -20000),
        ("1,234", 123400),
        ("1,234,567", 123456700),
        ("- 12.00", -1200),
        ("12.00-", -1200),
        ("\u221212.00", -1200),
        ("(12.00)", -1200),
        ("($1,200.00)", -120000),
        ("$120", 12000),
        ("-$120.00", -12000),
        ("$-120.00", -12000),
        ("USD 12.00", 1200),
        ("12.00 USD", 1200),
        ("+00000000001234.5600", 123456),
        ("9999999999.99", LARGEST),
    ],
)
def test_an_amount_is_read(text: str, cents: int) -> None:
    assert bank_cents(text) == (cents, False)


@pytest.mark.parametrize(
    ("text", "commas", "cents", "rounded"),
    [
        ("1,234", True, 123, True),
        ("1.234", True, 123400, False),
        ("1.234", False, 123, True),
        ("0,234", False, 23, True),
        ("12.345", False, 1235, True),
        ("-12.345", False, -1235, True),
        ("-0.004", False, 0, True),
        ("79.3603", False, 7936, True),
    ],
)
def test_the_file_decides_what_an_amount_leaves_open(
    text: str, commas: bool, cents: int, rounded: bool
) -> None:
    assert bank_cents(text, commas=commas) == (cents, rounded)


@pytest.mark.parametrize(
    "text",
    ["", " ", "abc", "1e5", "NaN", "--5", "(-5)", "1,23,456", "1.2.3,4", "12 34", "1,2345,678",
     "R$ 5.326,43", "10000000000", "9999999999.999", "9" * 400, "1" * 5_000_000,
     "\u0661\u0662", "-", "$", "()", "1..2"],
)  # fmt: skip
def test_what_is_no_amount_is_refused(text: str) -> None:
    with pytest.raises(UserProblem):
        bank_cents(text)


@pytest.mark.parametrize(
    ("amounts", "commas"),
    [
        (["12,50", "1.234,00"], True),
        (["-12,5-", "7"], True),
        (["12.50", "1,234"], False),
        (["12,50", "12.50"], False),
        (["1,234", "5"], False),
        ([], False),
    ],
)
def test_comma_decimals_are_recognised_over_the_whole_file(amounts: list[str], commas: bool) -> None:
    assert uses_comma_decimals(amounts) is commas


@given(st.decimals(min_value=-9_999_999_999, max_value=9_999_999_999, places=3))
def test_every_way_to_write_a_number_gives_the_same_cents(value: Decimal) -> None:
    expected = int((value * 100).quantize(Decimal(1), ROUND_HALF_UP))
    american = f"{value:,.3f}"
    european = american.translate(str.maketrans(",.", ".,"))
    assert bank_cents(f"{value:.4f}")[0] == expected
    assert bank_cents(american + "0")[0] == expected
    assert bank_cents(european + "0", commas=True)[0] == expected


@given(st.text(alphabet="0123456789.,-+() $'Ue\u00a0\u2212", max_size=20))
def test_any_text_is_an_amount_or_a_problem(text: str) -> None:
    try:
        cents, _ = bank_cents(text)
    except UserProblem:
        return
    assert abs(cents) <= LARGEST
