"""The phrases of CMS files: what each form means, and that anything else is refused, never guessed."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.facts import CopayOrder, CopayScope
from tracker.imports.cms_phrases import (
    CostShare,
    UnclearPhrase,
    is_silent,
    read_cost_share,
    read_count,
    read_dollar_limit,
    spoken,
)

NA = "Not Applicable"
BEFORE, AFTER = CopayOrder.BEFORE, CopayOrder.AFTER


@pytest.mark.parametrize(
    ("copay", "coinsurance", "means"),
    [
        ("$30.00", NA, CostShare(copay=3000)),
        ("$30", "", CostShare(copay=3000)),
        ("$1,250.00 Copay", NA, CostShare(copay=125000)),
        ("$1250.00 Copay", NA, CostShare(copay=125000)),
        ("$60.00 Copay after deductible", NA, CostShare(subject_to_deductible=True, copay=6000)),
        ("$40.00 Copay with deductible", NA, CostShare(True, True, 4000, BEFORE)),
        ("$40.00 Copay before deductible", NA, CostShare(True, True, 4000, BEFORE)),
        ("$500.00 Copay per Day", NA, CostShare(copay=50000, scope=CopayScope.DAY)),
        (
            "$500.00 Copay per Day after deductible",
            NA,
            CostShare(True, True, 50000, AFTER, CopayScope.DAY),
        ),
        (
            "$500.00 Copay per Stay with deductible",
            NA,
            CostShare(True, True, 50000, BEFORE, CopayScope.ADMISSION),
        ),
        (NA, "30.00%", CostShare(coinsurance=3000)),
        (NA, "30.00% Coinsurance after deductible", CostShare(True, True, coinsurance=3000)),
        (NA, "12.5% coinsurance  After Deductible ", CostShare(True, True, coinsurance=1250)),
        (NA, "No Charge", CostShare()),
        ("No Charge", "No Charge", CostShare()),
        ("$0.00", "0.00%", CostShare()),
        ("No Charge after deductible", NA, CostShare(subject_to_deductible=True)),
        (NA, "0.00% Coinsurance after deductible", CostShare(subject_to_deductible=True)),
        # A plain zero beside a price says nothing of its own.
        ("$0.00", "20.00% Coinsurance after deductible", CostShare(True, True, coinsurance=2000)),
        ("No Charge after deductible", "0.00%", CostShare(subject_to_deductible=True)),
        ("$25.00", "0.00%", CostShare(copay=2500)),
        # Both columns: the copay without deductible comes first (rulebook 1.6).
        ("$9", "20% Coinsurance after deductible", CostShare(True, True, 900, BEFORE, coinsurance=2000)),
        (
            "$350.00 Copay after deductible",
            "20.00% Coinsurance after deductible",
            CostShare(True, True, 35000, AFTER, coinsurance=2000),
        ),
        (
            "$950 Copay with deductible",
            "50.00% Coinsurance after deductible",
            CostShare(True, True, 95000, BEFORE, coinsurance=5000),
        ),
        ("$10.00", "10.00%", CostShare(copay=1000, coinsurance=1000)),
        # Both prices in one column.
        (
            "$25 Copay with deductible and 20% Coinsurance after deductible",
            "",
            CostShare(True, True, 2500, BEFORE, coinsurance=2000),
        ),
        ("Not Covered", NA, CostShare(covered=False)),
    ],
)  # fmt: skip
def test_a_phrase_means(copay: str, coinsurance: str, means: CostShare) -> None:
    assert read_cost_share(copay, coinsurance) == means


@pytest.mark.parametrize(
    ("copay", "coinsurance", "why"),
    [
        ("$50 per visit, waived if admitted", NA, "not one of the phrases"),
        ("See plan document", NA, "not one of the phrases"),
        (NA, "30", "not one of the phrases"),
        (NA, "-5.00%", "not one of the phrases"),
        ("-$5.00", NA, "not one of the phrases"),
        ("$1,25.00", NA, "not an amount"),
        ("$10.125", NA, "parts of a cent"),
        (NA, "150.00%", "more than 100%"),
        (NA, "33.333%", "finer than"),
        ("Not Covered", "20.00%", "names a price"),
        ("$30.00", "$40.00", "two copays"),
        ("10%", "20%", "two percentages"),
        ("$30.00 Copay after deductible", "20.00%", "the percentage is not"),
        ("$99999999999999.00", NA, "more than"),
    ],
)
def test_what_is_unclear_is_refused(copay: str, coinsurance: str, why: str) -> None:
    with pytest.raises(UnclearPhrase) as refused:
        read_cost_share(copay, coinsurance)
    assert why in refused.value.why


@pytest.mark.parametrize(("copay", "coinsurance"), [(NA, NA), ("", ""), ("not applicable ", "N/A")])
def test_two_silent_columns_say_nothing(copay: str, coinsurance: str) -> None:
    assert read_cost_share(copay, coinsurance) is None
    assert is_silent(copay)


amounts = st.integers(1, 2_000_000)
rates = st.integers(1, 10_000)
scopes = st.sampled_from(
    [("", CopayScope.VISIT), (" per Day", CopayScope.DAY), (" per Stay", CopayScope.ADMISSION)]
)
hows = st.sampled_from(
    [("", False, AFTER), (" after deductible", True, AFTER), (" with deductible", True, BEFORE),
     (" before deductible", True, BEFORE)]
)  # fmt: skip


@given(amounts, scopes, hows, st.booleans())
def test_every_copay_reads_back(
    cents: int, scope: tuple[str, CopayScope], how: tuple[str, bool, CopayOrder], grouped: bool
) -> None:
    number = f"{cents // 100:,}" if grouped else f"{cents // 100}"
    phrase = f"${number}.{cents % 100:02d} Copay{scope[0]}{how[0]}"
    assert read_cost_share(phrase, NA) == CostShare(True, how[1], cents, how[2], scope[1])
    assert read_cost_share(phrase.upper() + " ", "") == read_cost_share(phrase, NA)


@given(rates, st.booleans())
def test_every_percentage_reads_back(rate: int, after: bool) -> None:
    phrase = f"{rate // 100}.{rate % 100:02d}%" + (" Coinsurance after deductible" if after else "")
    assert read_cost_share(NA, phrase) == CostShare(True, after, coinsurance=rate)


@given(st.text(max_size=40), st.text(max_size=40))
def test_no_text_breaks_the_reader(copay: str, coinsurance: str) -> None:
    """Any text is read, silent, or refused."""
    with suppress(UnclearPhrase):
        share = read_cost_share(copay, coinsurance)
        assert share is None or 0 <= share.coinsurance <= 10_000
    with suppress(UnclearPhrase):
        limit = read_dollar_limit(copay)
        assert limit is None or limit >= 0
    assert (read_count(copay) or 0) >= 0


@pytest.mark.parametrize(
    ("cell", "cents"),
    [
        ("$4,500 ", 450000),
        ("$4500 per person", 450000),
        ("$12600 per group", 1260000),
        ("$0 ", 0),
        ("Not Applicable", None),
        ("per person not applicable", None),
        ("", None),
    ],
)
def test_limits_of_a_plan(cell: str, cents: int | None) -> None:
    assert read_dollar_limit(cell) == cents


@pytest.mark.parametrize("cell", ["$4,500/$6,000", "4500", "about $5", "$4,500 per family"])
def test_an_unclear_limit_is_refused(cell: str) -> None:
    with pytest.raises(UnclearPhrase):
        read_dollar_limit(cell)


def test_counts_are_whole_numbers() -> None:
    assert [read_count(cell) for cell in ("45.0", "45", "1.5", "", "many", "-3", "NaN", "1e9")] == [
        45, 45, None, None, None, None, None, None,
    ]  # fmt: skip


def test_what_was_understood_is_said_in_plain_words() -> None:
    shares = [
        CostShare(),
        CostShare(covered=False),
        CostShare(subject_to_deductible=True, coinsurance=2000),
        CostShare(True, True, 35000, BEFORE, coinsurance=2000),
        CostShare(copay=50000, scope=CopayScope.DAY),
    ]
    assert [spoken(share) for share in shares] == [
        "No charge",
        "Not covered",
        "20% coinsurance after deductible",
        "$350 copay, then the deductible, then 20% coinsurance",
        "$500 copay per day",
    ]
