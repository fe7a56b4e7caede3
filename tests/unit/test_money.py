"""Amounts: what people type, what machines get, splitting without losing a cent."""

from __future__ import annotations

import contextlib
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker import money
from tracker.errors import UserProblem
from tracker.money import LARGEST, dollars, from_decimal, parse_cents, percent_of, plain

amounts = st.integers(-LARGEST, LARGEST)


@pytest.mark.parametrize(
    ("text", "cents"),
    [
        ("1,225", 122_500),
        ("$1,225.00", 122_500),
        (" 1225.5 ", 122_550),
        (".5", 50),
        ("5.", 500),
        ("(12.50)", -1_250),
        ("($1,012.50)", -101_250),
        ("-$3", -300),
        ("\u22123", -300),
        ("+7", 700),
        ("12.5+7.25", 1_975),
        ("100 - 40 - 10", 5_000),
        ("1,000,000.01", 100_000_001),
        ("9,999,999,999.99", LARGEST),
        ("-0", 0),
        ("(12.5+7.25)", -1_975),
        ("\u00a012.50\u00a0", 1_250),
    ],
)
def test_an_amount_is_read_as_people_type_it(text: str, cents: int) -> None:
    assert parse_cents(text) == cents


@pytest.mark.parametrize(
    "text",
    [
        "abc",
        "1.234,56",
        "1e9",
        "12.345",
        "1,22",
        "1,2345",
        "12 34",
        "1..2",
        ".",
        "$",
        "-",
        "()",
        "(-5)",
        "5-",
        "--5",
        "5+",
        "1\u00a0000",
        "\u0661\u0662",  # digits, but not ours
        "0x10",
        "inf",
        "nan",
        "=1+1",
        "12.50 USD",
        "\U0001f4b0",
    ],
)
def test_what_is_no_amount_is_refused_with_the_field(text: str) -> None:
    with pytest.raises(UserProblem, match="is not an amount") as refused:
        parse_cents(text, field="amount")
    assert refused.value.field == "amount"
    assert refused.value.todo


@pytest.mark.parametrize("text", ["", "   ", "\n"])
def test_a_missing_amount_is_called_missing(text: str) -> None:
    with pytest.raises(UserProblem, match="missing"):
        parse_cents(text)


@pytest.mark.parametrize("text", ["1000000000000", "10,000,000,000.00", "9" * 10_000, "9999999999.99+.01"])
def test_more_than_the_largest_amount_is_refused(text: str) -> None:
    with pytest.raises(UserProblem, match="more than"):
        parse_cents(text)


def test_a_long_text_is_not_repeated_in_full() -> None:
    with pytest.raises(UserProblem) as refused:
        parse_cents("x" * 10_000)
    assert len(str(refused.value)) < 120


@given(amounts)
def test_what_is_written_reads_back(cents: int) -> None:
    assert parse_cents(dollars(cents)) == cents
    assert parse_cents(dollars(cents, whole=True)) == cents
    assert parse_cents(plain(cents)) == cents
    assert from_decimal(money.decimal(cents)) == cents
    assert Decimal(plain(cents)) == money.decimal(cents)


@given(st.text(max_size=30))
def test_no_text_breaks_the_reader(text: str) -> None:
    with contextlib.suppress(UserProblem):
        assert abs(parse_cents(text)) <= LARGEST


@pytest.mark.parametrize(
    ("cents", "shown", "whole"),
    [
        (0, "$0.00", "$0"),
        (5, "$0.05", "$0.05"),
        (-1_250, "-$12.50", "-$12.50"),
        (122_500, "$1,225.00", "$1,225"),
        (LARGEST, "$9,999,999,999.99", "$9,999,999,999.99"),
    ],
)
def test_dollars(cents: int, shown: str, whole: str) -> None:
    assert (dollars(cents), dollars(cents, whole=True)) == (shown, whole)


@pytest.mark.parametrize("text", ["NaN", "Infinity", "-Infinity", "1e999999", "10000000000.00", "0.001"])
def test_a_workbook_number_that_is_no_amount_is_refused(text: str) -> None:
    with pytest.raises(UserProblem):
        from_decimal(Decimal(text))


@pytest.mark.parametrize(
    ("cents", "rate", "share"),
    [(2_413, 2_000, 483), (1_472, 2_000, 294), (5_245, 4_000, 2_098), (1, 5_000, 1), (0, 2_000, 0)],
)
def test_a_share_is_rounded_half_up_once(cents: int, rate: int, share: int) -> None:
    assert percent_of(cents, rate) == share


def test_a_year_splits_with_the_larger_months_first() -> None:
    assert money.split_evenly(100_000, 12) == [8_334] * 4 + [8_333] * 8  # rulebook 7.2, E03


@given(amounts, st.integers(1, 60))
def test_even_parts_add_back_and_differ_by_a_cent_at_most(cents: int, parts: int) -> None:
    shares = money.split_evenly(cents, parts)
    assert sum(shares) == cents
    assert max(shares) - min(shares) <= 1
    assert sorted(shares, key=abs, reverse=True) == shares


@given(amounts, st.lists(st.integers(0, 10**9), min_size=1, max_size=8).filter(any))
def test_proportional_parts_add_back_and_keep_the_sign(cents: int, weights: list[int]) -> None:
    parts = money.split_by(cents, weights)
    assert sum(parts) == cents
    assert all(part * cents >= 0 for part in parts)
    for part, weight in zip(parts, weights, strict=True):
        assert abs(part * sum(weights) - cents * weight) <= sum(weights)


def test_a_split_into_nothing_is_a_mistake_of_ours() -> None:
    with pytest.raises(ValueError, match="one part"):
        money.split_evenly(100, 0)
    with pytest.raises(ValueError, match="more than zero"):
        money.split_by(100, [0, 0])
