"""The printed phrases of a Summary of Benefits and Coverage, read and written."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.facts import CopayOrder, CopayScope, CostSharingRule, Need
from tracker.imports.cms_phrases import UnclearPhrase
from tracker.imports.sbc_limits import (
    Exceptions,
    exceptions_of,
    joined_tiers,
    limit_words,
    read_exceptions,
    rule_with,
    split_tiers,
    understood_limits,
)
from tracker.imports.sbc_phrases import LONGEST, read_share
from tracker.imports.sbc_share import Limits, Share, rule_from, share_of
from tracker.imports.sbc_words import phrase, understood
from tracker.money import LARGEST

BEFORE, DAY, FILL = CopayOrder.BEFORE, CopayScope.DAY, CopayScope.FILL
VISIT_30 = Share(copay=30_00)


@pytest.mark.parametrize(
    ("text", "share"),
    [
        # rulebook 1.6, plain reading
        ("$30 copay/visit", VISIT_30),
        ("$30 copay, deductible does not apply", VISIT_30),
        ("$50 copay after deductible", Share(copay=50_00, deductible=True)),
        (
            "$350 copay then 20 % after deductible",
            Share(copay=350_00, copay_order=BEFORE, deductible=True, coinsurance=2_000),
        ),
        ("20 % after deductible", Share(deductible=True, coinsurance=2_000)),
        ("No charge", Share()),
        ("No charge after deductible", Share(deductible=True)),
        ("Not covered", Share(covered=False)),
        # as insurers print them
        ("$30 copay/visit; deductible does not apply", VISIT_30),
        ("$30 Co-Pay per office visit. Deductible doesn\u2019t apply.", VISIT_30),
        ("40", Share(copay=40_00)),
        ("$75", Share(copay=75_00)),
        ("$1,234.56", Share(copay=1_234_56)),
        ("copay of $15", Share(copay=15_00)),
        ("$0", Share()),
        ("$0 copay/visit", Share()),
        ("Covered in full", Share()),
        ("20%", Share(deductible=True, coinsurance=2_000)),
        ("12.5% coinsurance", Share(deductible=True, coinsurance=1_250)),
        ("0% coinsurance", Share(deductible=True)),
        ("100% coinsurance", Share(deductible=True, coinsurance=10_000)),
        ("20% coinsurance; deductible does not apply", Share(coinsurance=2_000)),
        ("Deductible, then 20% coinsurance", Share(deductible=True, coinsurance=2_000)),
        ("Deductible + 20%", Share(deductible=True, coinsurance=2_000)),
        ("subject to deductible, 20%", Share(deductible=True, coinsurance=2_000)),
        ("After you meet the deductible, $40 copay", Share(deductible=True, copay=40_00)),
        ("$500 copay/day (days 1-5)", Share(copay=500_00, copay_scope=DAY, max_units=5)),
        ("$500 per day for the first 5 days", Share(copay=500_00, copay_scope=DAY, max_units=5)),
        (
            "$500 copay/day, days 1\u20135, then no charge",
            Share(copay=500_00, copay_scope=DAY, max_units=5),
        ),
        ("$1,000 copay/stay", Share(copay=1_000_00, copay_scope=CopayScope.ADMISSION)),
        ("$75 copay/test", Share(copay=75_00, copay_scope=CopayScope.LINE)),
        ("$10 copay/prescription", Share(copay=10_00, copay_scope=FILL)),
        ("$15 copay/30-day supply", Share(copay=15_00, copay_scope=FILL)),
        (
            "30%, min $50, max $150",
            Share(deductible=True, coinsurance=3_000, coinsurance_min=50_00, coinsurance_max=150_00),
        ),
        (
            "20% coinsurance up to $250 per prescription",
            Share(deductible=True, coinsurance=2_000, coinsurance_max=250_00),
        ),
        (
            "20% coinsurance after $350 copay",
            Share(copay=350_00, copay_order=BEFORE, deductible=True, coinsurance=2_000),
        ),
        (
            "$350 copay first, then the deductible, then 20%",
            Share(copay=350_00, copay_order=BEFORE, deductible=True, coinsurance=2_000),
        ),
        (
            "$350 copay, deductible does not apply, then 20% coinsurance",
            Share(copay=350_00, copay_order=BEFORE, deductible=True, coinsurance=2_000),
        ),
        (
            "$50 copay after deductible, then 20%",
            Share(copay=50_00, deductible=True, coinsurance=2_000),
        ),
        ("$40 copay, then 20%; deductible does not apply", Share(copay=40_00, coinsurance=2_000)),
        ("$250 copay before deductible", Share(copay=250_00, copay_order=BEFORE, deductible=True)),
        ("$250 copay/visit, waived if admitted", Share(copay=250_00, waive_copay_if_admitted=True)),
        (
            "$5 copay; does not count toward the out-of-pocket limit",
            Share(copay=5_00, counts=False),
        ),
        ("Retail: $10 copay; Mail order: $25 copay", Share(copay=10_00, aside="Mail order: $25 copay")),
        ("$10 copay (retail), $25 copay (mail order)", Share(copay=10_00, aside="$25 copay (mail order)")),
    ],
)
def test_a_printed_phrase_is_understood(text: str, share: Share) -> None:
    assert read_share(text) == share
    assert read_share(f"  {text.upper()} \u00a0") == replace(share, aside=share.aside.upper())


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("forty", "\u201cforty\u201d is not understood"),
        ("$30 copay/vist", "\u201cvist\u201d"),
        ("-$30", "not understood"),
        ("$30-$50", "\u201c-$50\u201d"),
        ("1.234,56", "not understood"),
        ("$12,34", "not an amount"),
        ("$30 copay $40 copay", "two copays"),
        ("20% or 30%", "\u201cor 30%\u201d"),
        ("20%, 30%", "two percentages"),
        ("150%", "more than 100%"),
        ("999999999999999999999999%", "more than 100%"),
        ("20.125%", "finer"),
        ("$99999999999999", "more than $9,999,999,999.99"),
        ("20% then $50 copay", "Write the copay first"),
        ("$350 copay + deductible", "which comes first"),
        ("deductible", "what you pay after the deductible"),
        ("min $50", "names no price"),
        ("$500 copay/day up to $1,500", "belongs to a percentage"),
        ("30%, min $50, max $15", "less than the least"),
        ("$30 copay/visit (days 1-5)", "copay per day"),
        ("not covered, $30", "not covered and names a price"),
        ("no charge, 20%", "no charge and names a price"),
        ("$50 copay after deductible, then 20%; deductible does not apply", "not to the percentage"),
        ("Mail order: $25 copay", "only the price by mail"),
        ("\u0660\u0661", "not understood"),
        ("\U0001f9e1", "not understood"),
        ("$", "not understood"),
        (",;", "names no price"),
        ("x" * (LONGEST + 1), "longer than"),
    ],
)
def test_what_is_not_understood_is_said_and_never_guessed(text: str, said: str) -> None:
    with pytest.raises(UnclearPhrase) as unclear:
        read_share(text)
    assert said in unclear.value.why


def test_a_blank_cell_says_nothing() -> None:
    assert read_share("") is None
    assert read_share(" \t\n") is None


def test_the_switch_decides_only_what_a_copay_does_not_say() -> None:
    assert read_share("$30 copay", copays_skip=False) == Share(copay=30_00, deductible=True)
    assert read_share("$30 copay; deductible does not apply", copays_skip=False) == VISIT_30
    assert read_share("$50 copay, then 20%", copays_skip=False) == Share(
        copay=50_00, deductible=True, coinsurance=2_000
    )
    assert read_share("20%", copays_skip=False) == read_share("20%")


def test_a_copay_for_drugs_is_for_each_fill() -> None:
    assert read_share("$10", drug=True) == Share(copay=10_00, copay_scope=FILL)
    assert read_share("$10 copay/visit", drug=True) == Share(copay=10_00)
    assert read_share("No charge", drug=True) == Share()


amounts = st.integers(1, 5_000_00) | st.just(LARGEST)
shares = st.builds(
    Share,
    covered=st.sampled_from([True, True, True, False]),
    deductible=st.booleans(),
    copay=st.just(0) | amounts,
    copay_order=st.sampled_from(CopayOrder),
    copay_scope=st.sampled_from(CopayScope),
    max_units=st.none() | st.integers(0, 365),
    coinsurance=st.just(0) | st.integers(0, 10_000),
    coinsurance_min=st.just(0) | st.integers(1, 100_00),
    coinsurance_max=st.none() | st.integers(100_00, 9_000_00),
    counts=st.booleans(),
    copay_credits=st.booleans(),
).map(Share.plain)


@given(shares, st.booleans(), st.booleans())
@settings(max_examples=600)
def test_the_words_of_any_rule_read_back_to_the_same_rule(share: Share, skip: bool, drug: bool) -> None:
    words = phrase(share, copays_skip=skip)
    assert read_share(words, drug=drug, copays_skip=skip) == share
    assert read_share(words.upper(), drug=drug, copays_skip=skip) == share
    assert understood(share)[:1].isupper() or understood(share).startswith(("$", *"0123456789"))


@given(shares)
def test_a_rule_made_from_a_share_says_the_same(share: Share) -> None:
    base = CostSharingRule(category="LAB", visit_limit=30, note="kept")
    rule = rule_from(share, base, Limits("DED_IN", "OOP_IN"))
    assert share_of(rule) == share
    assert (rule.visit_limit, rule.note) == (30, "kept")
    assert rule.deductible == ("DED_IN" if share.deductible else None)


def test_a_rule_keeps_the_limits_it_names_and_takes_none_that_are_missing() -> None:
    own = CostSharingRule(category="RX1", deductible="RXDED_IN", oop_max="OOP_IN")
    share = Share(deductible=True, coinsurance=2_000)
    assert rule_from(share, own, Limits("DED_IN", "OOP_IN")).deductible == "RXDED_IN"
    bare = rule_from(share, CostSharingRule(category="RX1"), Limits(None, None))
    assert (bare.deductible, bare.oop_max) == (None, None)


PIECES = (
    "$30", "20%", "copay", "/visit", "/day", "after deductible", "deductible", "then", "no charge", ";",
    "(days 1-5)", "min $5", "max $9", "does not apply", "not covered", "waived if admitted", "mail order",
    "per stay", "coinsurance",
)  # fmt: skip


@given(st.text(max_size=60) | st.lists(st.sampled_from(PIECES), max_size=7).map(" ".join))
@settings(max_examples=800)
def test_any_text_at_all_is_understood_or_complained_about(text: str) -> None:
    share, why = None, ""
    try:
        share = read_share(text)
    except UnclearPhrase as unclear:
        why = unclear.why
    assert not why or why.endswith(".")
    if share is not None:
        assert read_share(phrase(share)) == replace(share, aside="", waive_copay_if_admitted=False)


# the last column -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("30 visits per year", Exceptions(visit_limit=30)),
        ("Limited to 30 visits/calendar year", Exceptions(visit_limit=30)),
        ("20 sessions per benefit period", Exceptions(visit_limit=20)),
        ("prior authorization", Exceptions(prior_authorization=Need.YES)),
        ("Preauthorization is required.", Exceptions(prior_authorization=Need.YES)),
        ("Precertification may be required", Exceptions(prior_authorization=Need.SOMETIMES)),
        ("no prior authorization required", Exceptions()),
        ("referral", Exceptions(referral=Need.YES)),
        ("$1,500 maximum", Exceptions(dollar_max=1_500_00)),
        ("Plan pays up to $1,500 per year", Exceptions(dollar_max=1_500_00)),
        ("$500 penalty without prior authorization", Exceptions(penalty=500_00)),
        ("Copay waived if admitted", Exceptions(waive_copay_if_admitted=True)),
        ("None", Exceptions()),
        ("\u2014\u2014\u2014none\u2014\u2014\u2014", Exceptions()),
        ("", Exceptions()),
        (
            "30 visits per year, prior authorization; referral may be required. Ask first",
            Exceptions(
                visit_limit=30,
                prior_authorization=Need.YES,
                referral=Need.SOMETIMES,
                note="Ask first",
            ),
        ),
        # What is not exactly one of these is a note, and says so.
        ("60 days per year", Exceptions(note="60 days per year")),
        ("$500", Exceptions(note="$500")),
        ("30 visits per year with OT", Exceptions(note="30 visits per year with OT")),
        ("Note: 30 visits per year", Exceptions(note="30 visits per year")),
    ],
)
def test_limitations_are_picked_out_and_the_rest_is_a_note(text: str, found: Exceptions) -> None:
    assert read_exceptions(text) == found


notes = st.text(
    st.characters(codec="utf-8", exclude_categories=["C", "Z"]) | st.sampled_from(" ;,."), max_size=60
).map(lambda text: " ".join(text.split()))


@given(
    st.builds(
        Exceptions,
        visit_limit=st.none() | st.integers(0, 99_999),
        dollar_max=st.none() | st.integers(0, 9_999_999_99),
        penalty=st.just(0) | st.integers(1, 9_999_99),
        prior_authorization=st.sampled_from(Need),
        referral=st.sampled_from(Need),
        waive_copay_if_admitted=st.booleans(),
        note=notes | st.sampled_from(["30 visits per year", "referral", "note: x", "none", "A; B, c."]),
    )
)
@settings(max_examples=400)
def test_the_words_of_any_limitation_read_back_to_the_same(said: Exceptions) -> None:
    assert read_exceptions(limit_words(said)) == said
    rule = rule_with(said, CostSharingRule(category="PT", copay=40_00))
    assert exceptions_of(rule) == said
    assert rule.copay == 40_00
    assert isinstance(understood_limits(said), str)


def test_limitations_of_one_network_alone_stand_apart() -> None:
    both = joined_tiers("30 visits per year", "prior authorization")
    assert both == "30 visits per year; out of network: prior authorization"
    assert split_tiers(both) == ("30 visits per year", "prior authorization")
    assert split_tiers(joined_tiers("referral", "referral")) == ("referral", None)
    assert split_tiers("out-of-network: prior authorization") == ("", "prior authorization")
    assert split_tiers(joined_tiers("referral", "")) == ("referral", "none")
