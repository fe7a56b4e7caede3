"""Worked examples that governments, insurers and others publish, worked by the engine.

The figures are retyped here in dollars, so that the engine is held to them without the list they were
collected in; where that list lies beside the project, every example of it must be accounted for.
"""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.adjudication_kit import claim, deductible, line, oop_max, plan, rule, shared
from tracker.domain.coverage.coordination import AfterPrimary, coordinate
from tracker.domain.coverage.limits import MedicareYear
from tracker.domain.coverage.medicare import part_a_stay, part_b, part_d_late_penalty, snf_stay
from tracker.domain.coverage.posting import Opening
from tracker.domain.coverage.replay import replay
from tracker.facts import AccumulatorMode, CobMethod, CopayScope

NO_MAX = 1_000_000
"""Dollars: a maximum that no example reaches, where it names none."""

# id: (deductible, used, percent, maximum, used, copay, billed, allowed, network), what is printed
ONE_SERVICE: dict[str, tuple[tuple[Any, ...], dict[str, float]]] = {
    "hg-oop-cap": ((3000, 0, 20, 6850, 0, 0, 22250, 22250, "IN"), {"owes": 6850}),
    "hg-copay-unmet": ((500, 0, 0, NO_MAX, 0, 20, 100, 100, "IN"), {"owes": 100, "plan_paid": 0}),
    "hg-balance": ((0, 0, 0, NO_MAX, 0, 0, 100, 70, "OUT"), {"balance_bill": 30}),
    "hg-balance-preferred": ((0, 0, 0, NO_MAX, 0, 0, 100, 70, "IN"), {"balance_bill": 0, "write_off": 30}),
    "sbcg-coins": ((0, 0, 20, NO_MAX, 0, 0, 100, 100, "IN"), {"owes": 20, "plan_paid": 80}),
    "sbcg-jane-1": ((1500, 0, 20, 5000, 0, 0, 125, 125, "IN"), {"owes": 125, "plan_paid": 0}),
    "sbcg-jane-2": ((1500, 1500, 20, 5000, 1500, 0, 125, 125, "IN"), {"owes": 25, "plan_paid": 100}),
    "sbcg-jane-3": ((1500, 1500, 20, 5000, 5000, 0, 125, 125, "IN"), {"owes": 0, "plan_paid": 125}),
    "hg-ded-2000": ((2000, 0, 20, NO_MAX, 0, 0, 2000, 2000, "IN"), {"owes": 2000, "plan_paid": 0}),
    "hg-oop-3000": ((1000, 1000, 20, 3000, 3000, 0, 900, 750, "IN"), {"owes": 0}),
    "hg-discount-visit": ((500, 0, 20, NO_MAX, 0, 0, 150, 85, "IN"), {"owes": 85}),
    "kff-oon-lab": (
        (0, 0, 40, NO_MAX, 0, 0, 100, 20, "OUT"),
        {"plan_paid": 12, "coinsurance": 8, "balance_bill": 80, "owes": 88},
    ),
    "opic-mri-in": (
        (200, 0, 20, NO_MAX, 0, 100, 1000, 1000, "IN"),
        {"deductible": 200, "copay": 100, "coinsurance": 140, "owes": 440},
    ),
    "opic-mri-in-met": (
        (200, 200, 20, NO_MAX, 0, 100, 1000, 1000, "IN"),
        {"copay": 100, "coinsurance": 180, "owes": 280},
    ),
    "opic-mri-out": (
        (500, 0, 40, NO_MAX, 0, 100, 2000, 1000, "OUT"),
        {"deductible": 500, "copay": 100, "coinsurance": 160, "cost_share": 760},
    ),
    "bcbstx-1": (
        (5000, 0, 20, 6000, 0, 0, 10000, 10000, "IN"),
        {"deductible": 5000, "coinsurance": 1000, "owes": 6000},
    ),
    "bcbstx-2": ((0, 0, 20, NO_MAX, 0, 0, 200, 200, "IN"), {"owes": 40, "plan_paid": 160}),
    "bcbsil-1": (
        (4000, 0, 25, 5000, 0, 0, 8000, 8000, "IN"),
        {"deductible": 4000, "coinsurance": 1000, "owes": 5000},
    ),
    "bcbsil-2": ((0, 0, 25, NO_MAX, 0, 0, 200, 200, "IN"), {"owes": 50, "plan_paid": 150}),
    "hb-mri": (
        (1000, 0, 20, 6000, 0, 0, 11000, 1500, "IN"),
        {"write_off": 9500, "deductible": 1000, "coinsurance": 100, "owes": 1100, "plan_paid": 400},
    ),
    "cs-oon-2": (
        (12000, 0, 30, NO_MAX, 0, 0, 32500, 15000, "OUT"),
        {"cost_share": 12900, "balance_bill": 17500, "plan_paid": 2100, "owes": 30400},
    ),
    "cs-mri-1": ((0, 0, 20, 5000, 0, 0, 3500, 2100, "IN"), {"owes": 420, "plan_paid": 1680}),
    "cs-mri-2": ((1000, 0, 30, 1200, 0, 0, 5000, 2500, "IN"), {"owes": 1200, "plan_paid": 1300}),
    "web-webmd-1": ((1000, 0, 20, NO_MAX, 0, 0, 5000, 5000, "IN"), {"deductible": 1000}),
    "web-webmd-2": ((0, 0, 20, NO_MAX, 0, 0, 300, 300, "IN"), {"owes": 60, "plan_paid": 240}),
    "med-hospice": ((0, 0, 5, NO_MAX, 0, 0, 100, 100, "IN"), {"owes": 5, "plan_paid": 95}),
}

ELSEWHERE = {
    "ca-oon-1": "the printed total contradicts the page's own formula; the formula is tested",
    "ca-oon-2": "the printed total contradicts the page's own formula; the formula is tested",
    "ca-oon-3": "the printed total is rounded to a dollar; the formula is tested",
    "tax-floor": "an income tax deduction, no plan's arithmetic",
    "hsa-last-month": "a contribution limit of an account, no plan's arithmetic",
}
"""Examples that are no cases of what this engine computes, and why."""


def cents(dollars: float) -> int:
    return round(dollars * 100)


@pytest.mark.parametrize("name", ONE_SERVICE)
def test_one_service(name: str) -> None:
    (limit, met, rate, most, spent, copay, billed, allowed, tier), expected = ONE_SERVICE[name]
    terms = plan(
        rule("X", tier, deductible="D", oop_max="O", copay=cents(copay), coinsurance=rate * 100),
        buckets=(deductible("D", cents(limit)), oop_max("O", cents(most))),
    )
    used = [Opening("D", "A", cents(met)), Opening("O", "A", cents(spent))]
    done = replay(terms, [claim(1, line("X", cents(billed), cents(allowed), tier=tier))], used)
    assert done.results[0] is not None
    found = done.results[0].lines[0]
    assert {key: getattr(found, key) for key in expected} == {
        key: cents(value) for key, value in expected.items()
    }


@pytest.mark.parametrize(
    ("name", "visits", "billed", "allowed", "limit", "rate", "formula"),
    [
        ("ca-oon-1", 2, 2500, 1500, 600, 30, 3320),
        ("ca-oon-2", 1, 3200, 2050, 400, 20, 1880),
        ("ca-oon-3", 6, 190, 120, 250, 35, 834.50),
    ],
)
def test_several_visits_out_of_network_by_the_page_s_formula(
    name: str, visits: int, billed: int, allowed: int, limit: int, rate: int, formula: float
) -> None:
    terms = plan(
        rule("X", "OUT", deductible="D", oop_max="O", coinsurance=rate * 100),
        buckets=(deductible("D", cents(limit)), oop_max("O", cents(NO_MAX))),
    )
    entries = [claim(n, line("X", cents(billed), cents(allowed), tier="OUT")) for n in range(visits)]
    done = replay(terms, entries)
    assert sum(result.owes for result in done.results if result) == cents(formula)
    assert name in ELSEWHERE


EMBEDDED: dict[str, tuple[int, int, int, int]] = {
    "fam-uss-embedded-1": (1000, 2000, 1500, 10),
    "fam-ustrends": (4000, 8000, 4000, 20),
}


def test_an_embedded_deductible_takes_no_more_than_one_s_own() -> None:
    own, both, spent, rate = EMBEDDED["fam-uss-embedded-1"]
    terms = plan(
        rule("X", deductible="D", oop_max=None, coinsurance=rate * 100),
        buckets=(deductible("D", cents(own), family=cents(both), mode=AccumulatorMode.EMBEDDED),),
    )
    book = replay(terms, [claim(1, line("X", cents(spent)))]).books[None]
    assert book.balance("D", "A") == cents(1000)
    assert cents(both) - book.balance("D") == cents(1000)


def test_two_people_meet_the_family_s_deductible_for_everybody() -> None:
    own, both, spent, rate = EMBEDDED["fam-ustrends"]
    terms = plan(
        rule("X", deductible="D", oop_max=None, coinsurance=rate * 100),
        buckets=(deductible("D", cents(own), family=cents(both), mode=AccumulatorMode.EMBEDDED),),
    )
    entries = [claim(who, line("X", cents(spent)), person=who) for who in "ABC"]
    done = replay(terms, entries)
    assert done.books[None].balance("D") == cents(8000)
    assert done.results[2] is not None
    assert done.results[2].lines[0].deductible == 0


CAPS = {"moop-scirocco": (10000, 6850, 20000), "moop-personnel": (13700, 6850, 12000)}


@pytest.mark.parametrize("name", CAPS)
def test_one_member_of_a_family_pays_no_more_than_the_self_only_limit(name: str) -> None:
    family, cap, costs = CAPS[name]
    maximum = oop_max("O", None, family=cents(family), cap=cents(cap), mode=AccumulatorMode.AGGREGATE)
    terms = plan(rule("X", oop_max="O", coinsurance=10_000), buckets=(maximum,))
    done = replay(terms, [claim(1, line("X", cents(costs)))])
    assert done.results[0] is not None
    assert (done.results[0].owes, done.results[0].totals.plan_paid) == (cents(cap), cents(costs - cap))
    assert cents(family) - done.books[None].balance("O") == cents(family - cap)


TWO_PLANS: dict[str, tuple[CobMethod, float, float, float, float]] = {
    # method, fee, paid by the first, allowed by the second and its share in percent -> paid by the second
    "cob-basic-80-110": (CobMethod.ALLOWED_LESS_PAID, 80, 110, 80, 30),
    "cob-basic-80-90": (CobMethod.ALLOWED_LESS_PAID, 80, 90, 80, 10),
    "cob-basic-50-90": (CobMethod.ALLOWED_LESS_PAID, 50, 90, 50, 40),
    "cob-standard-50-110": (CobMethod.STANDARD, 50, 110, 50, 50),
    "cob-dentrix-carve": (CobMethod.NON_DUPLICATION, 75, 125, 75, 18.75),
}


@pytest.mark.parametrize("name", TWO_PLANS)
def test_two_plans(name: str) -> None:
    method, paid, allowed, share, expected = TWO_PLANS[name]
    fee = 125 if name == "cob-dentrix-carve" else 100
    left = AfterPrimary(allowable=cents(fee), primary_paid=cents(paid), responsibility=cents(fee - paid))
    alone = cents(allowed) * round(share) // 100
    found = coordinate(method, left, alone=alone, secondary_allowed=cents(allowed))
    assert found.secondary_paid == cents(expected)


YEAR_2026 = MedicareYear(
    year=2026,
    part_a_deductible=cents(1736),
    hospital_day=cents(434),
    reserve_day=cents(868),
    snf_day=cents(217),
)
MEDICARE = {
    "med-dialysis-md": lambda: part_b(cents(125), deductible_left=0).owes == cents(25),
    "med-dialysis-train": lambda: part_b(cents(500), deductible_left=0).owes == cents(100),
    "med-insulin-2": lambda: _insulin(2) == cents(70),
    "med-insulin-3": lambda: _insulin(3) == cents(105),
    "med-ltch-70": lambda: part_a_stay(YEAR_2026, 70) == cents(6076),
    "med-snf-30": lambda: snf_stay(YEAR_2026, 30) == cents(2170),
    "round-lep-2025": lambda: part_d_late_penalty(29, cents(36.78)) == cents(10.70),
}


def _insulin(months: int) -> int:
    terms = plan(rule("RX", oop_max=None, copay=cents(35), copay_scope=CopayScope.FILL), buckets=())
    done = replay(terms, [claim(1, line("RX", cents(400)), units=months)])
    assert done.results[0] is not None
    return done.results[0].owes


@pytest.mark.parametrize("name", MEDICARE)
def test_medicare(name: str) -> None:
    assert MEDICARE[name]()


def test_every_published_example_is_accounted_for() -> None:
    listed = {example["id"] for example in shared("worked_examples.json")["examples"]}
    here = {*ONE_SERVICE, *ELSEWHERE, *EMBEDDED, *CAPS, *TWO_PLANS, *MEDICARE}
    assert here == listed
