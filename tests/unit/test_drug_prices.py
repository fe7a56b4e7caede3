"""What fills cost by each way, today and for the rest of the plan year, to the cent (feature 65)."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.drug_kit import (
    AFTER_DEDUCTIBLE,
    CLUB,
    COPAY,
    IMAGING,
    NAMES,
    cash,
    compared,
    drug,
    insured,
    price,
    rule,
    year,
)
from tracker.dates import Period
from tracker.domain.prescriptions.offers import Offer, PriceSource, offers_of, usual_offer
from tracker.domain.prescriptions.reasons import headline, today_reasons, year_reasons
from tracker.domain.prescriptions.year_cost import Event, inside
from tracker.facts import PlanKind
from tracker.facts.prescriptions import DrugFill, PaidThrough

MRI = Event(date(2026, 12, 10), 0, 1, "IMAGING", allowed=3_000_00)
NOV_1 = date(2026, 11, 1)


# today ---------------------------------------------------------------------------------


def test_a_copay_a_cash_price_and_ninety_days() -> None:
    found = compared(drug(insured(60_00), cash(12_00), cash(30_00, 90, pharmacy_id=CLUB)), year(COPAY))
    assert [(quote.offer.days, quote.pays, quote.per_day, quote.per_year) for quote in found.quotes] == [
        (30, 15_00, 50, 182_50),  # the copay
        (30, 12_00, 40, 146_00),
        (90, 30_00, 33, 121_67),
    ]
    assert found.today is not None
    assert found.today.offer.days == 90


def test_ninety_days_through_insurance_are_three_copays() -> None:
    found = compared(drug(insured(180_00, 90)), year(COPAY))
    assert found.quotes[0].pays == 45_00


@pytest.mark.parametrize(
    ("days", "fills"), [(1, 1), (30, 1), (31, 1), (34, 1), (45, 2), (60, 2), (84, 3), (90, 3), (100, 3)]
)
def test_how_many_fills_of_thirty_days_a_fill_is(days: int, fills: int) -> None:
    offer = Offer(drug_id=1, through=PaidThrough.INSURANCE, days=days, price=1)
    assert offer.fills == fills


def test_a_drug_cheaper_than_its_copay_costs_its_price() -> None:
    """Rulebook 2.8, A22: $6.40 and not the copay."""
    found = compared(drug(insured(6_40)), year(rule("RX1", copay=10_00)))
    assert found.quotes[0].pays == 6_40


def test_a_copay_needs_no_price() -> None:
    found = compared(drug(cash(12_00)), year(COPAY))
    quote = found.quotes[0]
    assert (quote.offer.source, quote.pays) == (PriceSource.COPAY, 15_00)


def test_without_a_price_what_the_last_fill_cost_stands_in() -> None:
    found = compared(drug(cash(12_00), category="RX2"), year(AFTER_DEDUCTIBLE))
    quote = found.quotes[0]
    assert quote.share is not None
    assert (quote.pays, quote.share.guessed) == (15_00, True)
    assert "as the last one did" in today_reasons(found, NAMES)[0]


def test_where_nothing_is_known_nothing_is_said() -> None:
    found = compared(drug(category="RX2", fills=()), year(AFTER_DEDUCTIBLE))
    assert found.quotes[0].pays is None
    assert found.today is None
    assert headline(found, NAMES).startswith("No price is known yet.")


def test_a_plan_without_a_rule_for_the_tier_prices_nothing() -> None:
    found = compared(drug(insured(60_00), cash(12_00), category="RX3", fills=()), year(COPAY))
    assert [quote.pays for quote in found.quotes] == [None, 12_00]
    assert "your plan has no rule" in " ".join(today_reasons(found, NAMES))


def test_without_a_plan_cash_is_all_there_is() -> None:
    found = compared(drug(insured(60_00), cash(12_00), fills=()), None)
    assert [quote.pays for quote in found.quotes] == [None, 12_00]


def test_a_plan_the_engine_does_not_work_prices_nothing() -> None:
    from dataclasses import replace

    plan = year(COPAY)
    other = replace(plan, plan=replace(plan.plan, kind=PlanKind.OTHER))
    assert compared(drug(insured(60_00), fills=()), other).quotes[0].pays is None


def test_the_latest_price_of_a_kind_holds() -> None:
    old = cash(20_00, named_on=date(2026, 1, 5))
    new = cash(12_00, named_on=date(2026, 10, 5))
    offers = offers_of(drug(new, old))
    assert [offer.price for offer in offers if not offer.counts] == [12_00]


def test_what_the_plan_allowed_for_the_last_fill_stands_in_for_a_price() -> None:
    taken = drug(category="RX2", fills=(DrugFill(filled_on=NOV_1, days=30, paid=80_00, claim_id=7),))
    (offer,) = offers_of(taken, {7: 420_00})
    assert (offer.price, offer.source, offer.named_on) == (420_00, PriceSource.EOB, NOV_1)


def test_the_next_fill_is_had_as_the_last_one_was() -> None:
    taken = drug(
        insured(60_00), cash(12_00), cash(30_00, 90),
        fills=(DrugFill(filled_on=NOV_1, days=90, paid=30_00, through=PaidThrough.CASH),),
    )  # fmt: skip
    assert usual_offer(taken, offers_of(taken)).price == 30_00


# the rest of the plan year ---------------------------------------------------------------


def test_only_the_days_of_the_year_are_counted() -> None:
    """Dec 31 is one day of thirty: 15.00 + 0.50 through insurance, 12.00 + 0.40 in cash."""
    found = compared(drug(insured(60_00), cash(12_00)), year(COPAY))
    assert [(len(way.fills), way.own, way.total) for way in found.ways] == [
        (2, 15_50, 15_50),
        (2, 12_40, 12_40),
    ]
    assert found.year is not None
    assert not found.year.offers[0].counts
    assert headline(found, NAMES) == (
        "Cheapest today: in cash at Corner Pharmacy, 30 days, for $12.00. It stays the cheapest until "
        "Dec 31, 2026."
    )


def test_insurance_wins_the_year_where_it_fills_the_deductible() -> None:
    """$600 of the deductible is left and an MRI of $3,000 is planned for Dec 10.

    Through insurance: 420.00 + 42.00/30 = 421.40; the MRI 180.00 + 10 % of 2,820.00 = 462.00.
    In cash: 300.00 + 10.00 = 310.00; the MRI 600.00 + 10 % of 2,400.00 = 840.00.
    """
    taken = drug(insured(420_00), cash(300_00), category="RX2")
    found = compared(taken, year(AFTER_DEDUCTIBLE, IMAGING, used=1_900_00), [MRI])
    insurance, paid = found.ways
    assert (insurance.own, insurance.other, insurance.total) == (421_40, 462_00, 883_40)
    assert (insurance.deductible, insurance.oop) == (420_00, 462_00)
    assert (paid.own, paid.other, paid.total) == (310_00, 840_00, 1_150_00)
    assert (paid.deductible, paid.oop) == (0, 0)
    assert found.today is not None
    assert not found.today.offer.counts
    assert found.year is insurance
    assert headline(found, NAMES) == (
        "Cheapest today: in cash at Corner Pharmacy, 30 days, for $300.00. Cheapest until Dec 31, 2026: "
        "through insurance, 30 days, $266.60 less in all."
    )
    said = year_reasons(found, NAMES)
    assert said[0] == (
        "Through insurance, 30 days: 2 fills, $421.40; $420.00 toward the deductible and $462.00 toward "
        "the out-of-pocket maximum. All else that is expected then costs $462.00; $883.40 in all."
    )
    assert said[2] == (
        "Through insurance, 30 days costs $111.40 more for the drug itself, but what it adds to the limits "
        "saves $378.00 on everything else: $266.60 less in all."
    )
    assert said[3].startswith("What is paid in cash")


def test_cash_first_and_the_plan_after_the_deductible() -> None:
    """After the MRI a fill is a copay of $10; before it, all of the price: the cheaper each time wins.

    Cash 150.00, the MRI 600.00 + 50 % of 2,400.00 = 1,800.00, then 10.00/30 = 0.33.
    """
    copay = rule("RX2", deductible="DED_IN", copay=10_00)
    scan = rule("IMAGING", deductible="DED_IN", coinsurance=5000)
    taken = drug(insured(420_00), cash(150_00), category="RX2")
    found = compared(taken, year(copay, scan, used=1_900_00, maximum=9_000_00), [MRI])
    assert [way.total for way in found.ways] == [2_010_33, 1_955_00, 1_950_33]
    assert found.year is not None
    assert found.year.is_mixed
    assert "whichever is cheaper at each fill" in headline(found, NAMES)


def test_beyond_the_maximum_the_plan_pays_all() -> None:
    taken = drug(insured(420_00), cash(12_00), category="RX2")
    found = compared(taken, year(AFTER_DEDUCTIBLE, used=2_500_00, maximum=2_500_00))
    assert found.ways[0].total == 0
    assert found.year is found.ways[0]


def test_a_year_to_come_gives_every_way_the_same_days() -> None:
    """365 days: twelve copays and 5/30 of another, or four times three copays and 5/90 of three."""
    coming = Period(date(2027, 1, 1), date(2028, 1, 1))
    found = compared(drug(insured(60_00), insured(180_00, 90)), year(COPAY), period=coming)
    assert [(len(way.fills), way.own) for way in found.ways] == [(13, 182_50), (5, 182_50)]
    assert "as if it began with a fill" in " ".join(year_reasons(found, NAMES))
    assert headline(found, NAMES).startswith("Cheapest from Jan 1 to Dec 31, 2027: through insurance")


def test_no_fill_is_due() -> None:
    taken = drug(cash(12_00), fills=(DrugFill(filled_on=NOV_1, days=90, paid=0),))
    found = compared(taken, year(COPAY))
    assert found.ways == ()
    assert found.year is None
    assert year_reasons(found, NAMES) == [
        "No fill is due from Nov 22 to Dec 31, 2026, so there is nothing to compare."
    ]


def test_the_same_cost_is_told_as_the_same() -> None:
    found = compared(drug(insured(60_00), cash(15_00)), year(COPAY))
    assert found.year is found.ways[0]  # what counts toward the limits comes first
    assert year_reasons(found, NAMES)[2].endswith("come to the same.")


@pytest.mark.parametrize(
    ("day", "days", "cost"),
    [
        (date(2026, 12, 1), 30, 30_00),
        (date(2026, 12, 2), 30, 30_00),  # Dec 2 to Dec 31 are thirty days
        (date(2026, 12, 3), 30, 29_00),
        (date(2026, 12, 31), 30, 1_00),
        (date(2026, 12, 31), 7, 4_29),  # 30.00 / 7 = 4.2857
    ],
)
def test_the_part_of_a_fill_that_lies_in_the_year(day: date, days: int, cost: int) -> None:
    assert inside(30_00, day, days, date(2027, 1, 1)) == cost


CENTS = st.integers(0, 2_000_00)
DAYS = st.sampled_from([7, 30, 60, 90])


@given(
    st.lists(st.tuples(CENTS, DAYS), max_size=2),
    st.lists(st.tuples(st.sampled_from(list(PaidThrough)), CENTS, DAYS), max_size=4),
    st.integers(0, 3_000_00),
    CENTS,
    st.integers(0, 5_000_00),
)
def test_the_cheapest_for_the_year_is_never_dearer_than_any_way(
    insurance: list[tuple[int, int]],
    more: list[tuple[PaidThrough, int, int]],
    used: int,
    copay: int,
    planned: int,
) -> None:
    prices = [insured(cents, days) for cents, days in insurance]
    prices += [price(through, cents, days) for through, cents, days in more]
    by_copay = rule("RX2", deductible="DED_IN", copay=copay)
    plan = year(by_copay, IMAGING, used=used, maximum=4_000_00)
    found = compared(drug(*prices, category="RX2"), plan, [MRI._replace(allowed=planned)])
    if found.year is None:
        assert not found.ways
        return
    assert all(found.year.total <= way.total for way in found.ways)
    for way in found.ways:
        outside = [fill for fill in way.fills if fill.offer and not fill.offer.counts]
        assert all(not fill.share.deductible and not fill.share.oop for fill in outside)
        assert 0 <= way.own <= sum(fill.share.pays for fill in way.fills)
    if found.today is not None:
        per_day = [
            (quote.pays or 0) * found.today.offer.days for quote in found.quotes if quote.share is not None
        ]
        days = [quote.offer.days for quote in found.quotes if quote.share is not None]
        mine = found.today.pays or 0
        assert all(mine * many <= cost for cost, many in zip(per_day, days, strict=True))
