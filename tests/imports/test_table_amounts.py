"""Amounts of a table: one decimal mark for a whole file, all signs, and what is no amount in dollars."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.imports.table_amounts import DecimalMark, judge_marks, like_amount, read_amount
from tracker.imports.table_cells import UNCALCULATED, ExactDay, ExactNumber
from tracker.money import LARGEST, dollars

POINT, COMMA = DecimalMark.POINT, DecimalMark.COMMA


@pytest.mark.parametrize(
    ("cell", "cents"),
    [
        ("1,234.56", 123456), ("$1,234.56", 123456), ("($85.00)", -8500), ("$(85.00)", -8500),
        ("-$76.00", -7600), ("+$327.49", 32749), ("- $21.59", -2159), ("$ -30", -3000), ("5.00-", -500),
        ("( 40 )", -4000), ("\u22125.00", -500), ("USD 12.00", 1200), ("12.00 USD", 1200), ("US$7", 700),
        (".5", 50), ("7.", 700), ("11'373.94", 1137394), ("1 234.50", 123450), ("12.00 DR", -1200),
        ("12.00 CR", 1200), ("0.00", 0), ("-0.01", -1), ("1\u00a0234.50", 123450),
    ],
)  # fmt: skip
def test_an_amount_with_a_point_is_read(cell: str, cents: int) -> None:
    assert read_amount(cell, POINT).cents == cents
    assert not read_amount(cell, POINT).why


@pytest.mark.parametrize(
    ("cell", "cents"),
    [("1.234,56", 123456), ("-18,00", -1800), ("+120,00", 12000), ("1 234,5", 123450), ("(7,00)", -700)],
)
def test_an_amount_with_a_comma_is_read(cell: str, cents: int) -> None:
    assert read_amount(cell, COMMA).cents == cents


@pytest.mark.parametrize(
    "cell",
    [
        "abc", "1.2.3", "1,23,45", "--5", "(-5)", "(5", "5)", "-5-", "$", ".", "1e5", "1.234,56", "12:30",
        "-5 DR", "5%", "\u0661\u0662", "\u00b2", "1 2 3", ExactDay("2026-03-04"),
    ],
)  # fmt: skip
def test_what_is_no_amount_says_so(cell: str) -> None:
    found = read_amount(cell, POINT)
    assert found.cents is None
    assert "is not an amount" in found.why


@pytest.mark.parametrize(
    "cell",
    [
        "\u20ac5.00",
        "5,00 \u20ac",
        "\u00a3500.00",
        "EUR 5.00",
        "5.00 CAD",
        "C$5.00",
        "\u062f.\u0627.\u200f4.750",
    ],
)
def test_other_money_is_never_taken_for_dollars(cell: str) -> None:
    for mark in DecimalMark:
        found = read_amount(cell, mark)
        assert found.cents is None
    assert "not in US dollars" in read_amount(cell, POINT).why


def test_part_of_a_cent_is_rounded_half_up_and_said() -> None:
    assert read_amount("35.6850", POINT).cents == 3569
    assert read_amount("-35.685", POINT).cents == -3569
    assert "rounded to $35.69" in read_amount("35.685", POINT).why
    assert not read_amount("35.680000", POINT).why


def test_an_empty_cell_is_nothing_and_not_zero() -> None:
    assert read_amount("", POINT).cents is None
    assert read_amount("", POINT).why == ""


def test_an_amount_too_large_is_refused() -> None:
    assert read_amount("9,999,999,999.99", POINT).cents == LARGEST
    assert "more than $9,999,999,999.99" in read_amount("10,000,000,000.00", POINT).why
    assert "more than" in read_amount(ExactNumber("1.00000000000000E+300"), POINT).why


def test_a_number_of_a_workbook_needs_no_mark() -> None:
    assert read_amount(ExactNumber("1234.5"), COMMA).cents == 123450
    assert read_amount(ExactNumber("-0.1"), COMMA).cents == -10


def test_a_formula_nobody_calculated_says_what_to_do() -> None:
    assert "open and save the workbook" in read_amount(UNCALCULATED, POINT).why


@pytest.mark.parametrize(
    ("cells", "mark", "sure"),
    [
        (["1,234.56", "5.00"], POINT, True),
        (["1.234,56", "5,00"], COMMA, True),
        (["12", "-7"], POINT, True),
        (["1,234"], POINT, False),
        (["1.234"], POINT, False),
        (["1.234.567"], COMMA, True),
        (["4,884", "1,280.8"], POINT, True),
        (["5.00", "5,00", "6,00"], COMMA, False),
    ],
)
def test_the_mark_is_judged_over_all_cells(cells: list[str], mark: DecimalMark, sure: bool) -> None:
    guess = judge_marks(cells)
    assert (guess.mark, guess.sure) == (mark, sure)


@given(st.integers(-LARGEST, LARGEST), st.sampled_from(["{}", "({})", "{} ", "USD {}"]))
def test_an_amount_as_this_program_writes_it_comes_back(cents: int, form: str) -> None:
    text = dollars(abs(cents))
    cell = form.format(text)
    wanted = -abs(cents) if form.startswith("(") else abs(cents)
    assert read_amount(cell, POINT).cents == wanted
    swapped = cell.replace(",", "_").replace(".", ",").replace("_", ".")
    assert read_amount(swapped, COMMA).cents == wanted


@given(st.decimals(-1_000_000, 1_000_000, allow_nan=False, places=4))
def test_rounding_is_half_up_away_from_zero(value: Decimal) -> None:
    found = read_amount(f"{value:f}", POINT)
    assert found.cents is not None
    assert abs(Decimal(found.cents) - value * 100) <= Decimal("0.5")
    assert bool(found.why) == (value * 100 != (value * 100).to_integral_value())


@given(st.text(max_size=30))
def test_any_text_is_an_amount_or_a_reason(cell: str) -> None:
    like_amount(cell)
    for mark in DecimalMark:
        found = read_amount(cell, mark)
        assert found.cents is not None or found.why or not cell
