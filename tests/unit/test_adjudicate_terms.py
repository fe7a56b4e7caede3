"""Plan terms: what is refused, what is warned about, categories, allowed amounts, limits of law."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from tests.unit.adjudication_kit import claim, deductible, line, oop_max, plan, rule, shared
from tracker.domain.coverage.categories import SEEDED, catalogue
from tracker.domain.coverage.limits import with_aca_cap
from tracker.domain.coverage.oon_allowed import allowed_out_of_network, allowed_range
from tracker.domain.coverage.validate_terms import coverage_warnings, terms_warnings
from tracker.errors import UserProblem
from tracker.facts import (
    AccumulatorMode,
    Assistance,
    CopayOrder,
    CopayScope,
    DeductibleCarryOver,
    OonMethod,
    OonPricing,
    ServiceCategory,
    percent,
)
from tracker.imports.limits_file import parse_limits, yearly_limits

FAMILY, TOGETHER = AccumulatorMode.EMBEDDED, AccumulatorMode.AGGREGATE
NEW_YEAR = date(2026, 1, 1)


@pytest.mark.parametrize(
    ("make", "field", "said"),
    [
        (lambda: deductible(individual=-1), "individual", r"cannot be -\$0.01"),
        (lambda: deductible(individual=None), "individual", "has no individual limit"),
        (lambda: deductible(individual=5, mode=TOGETHER), "family", "has no family limit"),
        (lambda: oop_max(cap=10**15), "cap", "cannot be"),
        (lambda: rule("LAB", coinsurance=10_001), "coinsurance", r"is 100.01%"),
        (lambda: rule("LAB", coinsurance=-1), "coinsurance", "from 0 to 100"),
        (lambda: rule("LAB", copay=-500), "copay", r"cannot be -\$5.00"),
        (lambda: rule("LAB", coinsurance_min=2, coinsurance_max=1), "coinsurance_max", "below the least"),
        (lambda: rule("LAB", visit_limit=-1), "visit_limit", "below zero"),
        (
            lambda: plan(rule("LAB", oop_max="OOP_X")),
            "oop_max",
            "names OOP_X, which Test plan does not have",
        ),
        (lambda: plan(rule("LAB", deductible="OOP_IN")), "deductible", "as a deductible, which it is not"),
        (lambda: plan(rule("LAB", "GOLD", oop_max=None)), "tier", "a tier that Test plan does not have"),
        (lambda: plan(rule("LAB"), rule("LAB")), "rules", r"rule for LAB \(IN\) is there twice"),
        (lambda: plan(buckets=(oop_max(), oop_max())), "buckets", "OOP_IN is there twice"),
        (lambda: plan(buckets=(oop_max(cross=("OOP_IN",)),)), "cross", "cannot also credit OOP_IN"),
        (lambda: plan(buckets=(oop_max(cross=("DED_IN",)), deductible())), "cross", "credit DED_IN"),
        (lambda: plan(begins_on=NEW_YEAR, ends_on=date(2025, 1, 1)), "ends_on", "before it begins"),
        (lambda: plan(accumulator_start=(2, 29)), "accumulator_start", "not a day of every year"),
        (lambda: plan(nsa_tier="T9"), "nsa_tier", "not one of Test plan's tiers"),
        (lambda: line("LAB", -1), "billed", r"billed amount of LAB cannot be -\$0.01"),
        (lambda: line("LAB", 1, -2), "allowed", "allowed amount of LAB"),
        (lambda: claim(1, units=0), "units", "at least one day or fill"),
        (
            lambda: claim(1, service_on=NEW_YEAR, discharged_on=date(2025, 1, 1)),
            "discharged_on",
            "ends before",
        ),
        (lambda: OonPricing(OonMethod.PCT_MEDICARE), "rate", "missing or not believable"),
        (lambda: OonPricing(OonMethod.PCT_BILLED, 10_001), "rate", "more than 100% of what is billed"),
        (lambda: ServiceCategory(code="lab", name="x"), "code", "cannot be a category's code"),
        (lambda: ServiceCategory(code="LAB", name=" "), "name", "needs a name"),
        (lambda: ServiceCategory(code="LAB", name="x", parent="LAB"), "parent", "cannot belong to itself"),
    ],
)
def test_contradictions_are_refused_with_a_sentence(make: Callable[[], Any], field: str, said: str) -> None:
    with pytest.raises(UserProblem, match=said) as caught:
        make()
    assert caught.value.field == field
    assert caught.value.todo.endswith(".")


def test_the_member_adds_and_renames_categories() -> None:
    mine = ServiceCategory(code="ACU", name="Acupuncture")
    renamed = ServiceCategory(code="PCP", name="My doctor")
    found = catalogue([mine, renamed, ServiceCategory(code="LAB_IRON", name="Iron tests", parent="LAB")])
    assert (found["ACU"].phrase, found["PCP"].name, len(found)) == (
        "acupuncture",
        "My doctor",
        len(SEEDED) + 2,
    )
    with pytest.raises(UserProblem, match="belongs to MOON"):
        catalogue([ServiceCategory(code="X", name="X", parent="MOON")])
    with pytest.raises(UserProblem, match="is a sub-category itself"):
        catalogue([ServiceCategory(code="X", name="X", parent="LAB_THY")])


@pytest.mark.parametrize(
    ("pricing", "figure", "allowed"),
    [
        (OonPricing(OonMethod.PCT_MEDICARE, 14_000), 131_46, 184_04),
        (OonPricing(OonMethod.PCT_MEDICARE, 20_000), 900_00, 350_00),
        (OonPricing(OonMethod.UCR_PERCENTILE), 210_00, 210_00),
        (OonPricing(OonMethod.PCT_BILLED, 6_500), None, 227_50),
        (OonPricing(OonMethod.SCHEDULE), 99_00, 99_00),
        (OonPricing(OonMethod.NONE), None, None),
    ],
)
def test_allowed_out_of_network(pricing: OonPricing, figure: int | None, allowed: int | None) -> None:
    assert allowed_out_of_network(pricing, 350_00, figure) == allowed


def test_an_unknown_figure_is_asked_for_and_a_range_is_an_estimate() -> None:
    medicare = OonPricing(OonMethod.PCT_MEDICARE, 14_000)
    with pytest.raises(UserProblem, match="Medicare's fee for the service"):
        allowed_out_of_network(medicare, 350_00)
    ways = ((medicare, 131_46), (OonPricing(OonMethod.UCR_PERCENTILE), 260_00))
    assert allowed_range(350_00, ways) == (184_04, 260_00)
    assert allowed_range(350_00, ()) is None


def test_percentages_are_written_short() -> None:
    assert [percent(rate) for rate in (0, 2000, 1250, 5, 10_000, -50)] == [
        "0%",
        "20%",
        "12.5%",
        "0.05%",
        "100%",
        "-0.5%",
    ]


def words(terms: Any, **more: Any) -> str:
    return "\n".join(warning.words for warning in terms_warnings(terms, yearly_limits(), **more))


ALWAYS_THERE = ("PCP", "SPEC", "URGENT", "ER", "LAB", "IMAGING", "INPATIENT", "RX1", "RX2", "PREVENT")
FULL = tuple(rule(code, oop_max="OOP_IN") for code in ALWAYS_THERE)


def test_a_sound_plan_has_no_warning() -> None:
    assert words(plan(*FULL, aca_compliant=True, begins_on=NEW_YEAR)) == ""


@pytest.mark.parametrize(
    ("terms", "said"),
    [
        (plan(*FULL[1:]), "no in-network rule for PCP"),
        (plan(*FULL, buckets=(oop_max(family=1, mode=FAMILY),)), "is below the individual one"),
        (plan(*FULL, buckets=(oop_max(family=1),)), "The family limit of OOP_IN is not used"),
        (
            plan(*FULL, buckets=(oop_max(family=1, mode=TOGETHER),)),
            "The individual limit of OOP_IN is not used",
        ),
        (plan(*FULL, buckets=(oop_max(mode=FAMILY),)), "OOP_IN has no family limit"),
        (
            plan(
                *FULL[1:],
                rule("PCP", deductible="DED_IN"),
                buckets=(deductible(individual=6_000_00), oop_max()),
            ),
            "is below its deductible, $6,000.00",
        ),
        (plan(*FULL, buckets=(oop_max(), oop_max("OOP_OUT", 1, tier="OUT"))), "below the one in network"),
        (
            plan(*FULL, buckets=(oop_max(individual=10_600_01),), aca_compliant=True, begins_on=NEW_YEAR),
            "above the ACA limit of 2026, $10,600.00",
        ),
        (plan(*FULL, aca_compliant=True, begins_on=date(2031, 1, 1)), "limits of 2031 are not known"),
        (plan(*FULL, aca_compliant=True), "Without the plan's first day"),
        (
            plan(*FULL[:-1], rule("PREVENT", copay=5), aca_compliant=True, begins_on=NEW_YEAR),
            "Preventive care in network costs something",
        ),
        (
            plan(
                *(replace(one, deductible="DED_IN") for one in FULL),
                buckets=(deductible(individual=1_699_00), oop_max()),
                hsa_qualified=True,
                begins_on=NEW_YEAR,
            ),
            "is below the $1,700.00 an HSA-qualified plan needs in 2026",
        ),
        (
            plan(
                *(replace(one, deductible="DED_IN") for one in FULL),
                buckets=(deductible(individual=2_000_00, family=4_000_00, mode=FAMILY), oop_max()),
                hsa_qualified=True,
                begins_on=NEW_YEAR,
            ),
            "The individual deductible DED_IN, $2,000.00, is below the $3,400.00",
        ),
        (plan(*FULL, hsa_qualified=True, begins_on=NEW_YEAR), "PCP is paid before the deductible"),
        (
            plan(
                *(
                    replace(one, deductible="DED_IN", copay=1, copay_order=CopayOrder.BEFORE)
                    for one in FULL
                ),
                hsa_qualified=True,
                begins_on=NEW_YEAR,
            ),
            "ER is paid before the deductible",
        ),
        (
            plan(*FULL, buckets=(oop_max(individual=8_500_01),), hsa_qualified=True, begins_on=NEW_YEAR),
            "$8,500.00",
        ),
        (
            plan(*FULL, hsa_qualified=True, begins_on=NEW_YEAR, assistance=Assistance.COUNTED),
            "only what you really paid may count",
        ),
        (
            plan(*FULL, hsa_qualified=True, begins_on=NEW_YEAR, carry_over=DeductibleCarryOver.ALWAYS),
            "end HSA eligibility",
        ),
        (plan(*FULL, rule("ACU")), "ACU is not in the list of categories"),
        (plan(*FULL, rule("PT", covered=False, copay=1)), "is not covered, so its copay"),
        (plan(*FULL, rule("PT", coinsurance_max=1)), "no percentage, so it does nothing"),
        (plan(*FULL, rule("PT", visit_limit=0)), "limit of 0 visits"),
        (
            plan(*FULL, rule("PT", copay=1, copay_scope=CopayScope.DAY, max_units=0)),
            "copay per day for 0 days",
        ),
        (
            plan(*FULL, rule("PT", "OUT"), oon_pricing=OonPricing(OonMethod.NONE)),
            "covers nothing out of network, yet has rules there for PT",
        ),
    ],
)
def test_odd_terms_are_warned_about(terms: Any, said: str) -> None:
    assert said in words(terms)


def test_a_copay_above_half_the_usual_price_is_warned_about() -> None:
    terms = plan(*FULL[1:], rule("PCP", copay=60_00))
    assert "more than half of the usual $110.00" in words(terms, typical_allowed={"PCP": 110_00})
    assert "more than half" not in words(terms, typical_allowed={"PCP": 120_00})


def test_overlaps_and_gaps() -> None:
    def year(name: str, begins: date, ends: date) -> Any:
        return replace(plan(), name=name, begins_on=begins, ends_on=ends)

    first = year("First", NEW_YEAR, date(2026, 6, 30))
    after = year("After", date(2026, 8, 1), date(2026, 12, 31))
    both = year("Both", date(2026, 6, 1), date(2026, 7, 31))
    assert [w.words for w in coverage_warnings([(after, False), (first, False)])] == [
        "Between First and After no plan covers 31 days."
    ]
    assert [w.words for w in coverage_warnings([(first, False), (both, False), (after, False)])] == [
        "First and Both cover the same days, and it is not said which pays first."
    ]
    assert coverage_warnings([(first, True), (both, True), (after, False)]) == []


def test_the_law_s_cap_goes_on_family_maxima_in_network() -> None:
    limits = yearly_limits()
    terms = plan(
        buckets=(
            oop_max("AGG", None, family=20_000_00, mode=TOGETHER),
            oop_max("LOW", 5_000_00, family=10_000_00, mode=FAMILY),
            oop_max("FAR", None, family=20_000_00, mode=TOGETHER, tier="OUT"),
            oop_max("ONE", 12_000_00),
        ),
        aca_compliant=True,
        begins_on=NEW_YEAR,
    )
    assert [bucket.cap for bucket in with_aca_cap(terms, limits).buckets] == [10_600_00, None, None, None]
    assert with_aca_cap(replace(terms, aca_compliant=False), limits).buckets[0].cap is None
    with pytest.raises(
        UserProblem, match="limits of 2019 are not known here; the list covers 2020 to 2027"
    ):
        with_aca_cap(replace(terms, begins_on=date(2019, 1, 1)), limits)
    with pytest.raises(UserProblem, match="is needed to know the law's limit"):
        with_aca_cap(replace(terms, begins_on=None), limits)


def test_every_year_names_its_sources_and_rises_as_published() -> None:
    limits = yearly_limits()
    assert sorted(limits.years) == list(range(2020, 2028))
    assert limits.checked_on == date(2026, 11, 22)
    for year in limits.years.values():
        assert year.sources
        assert year.aca_oop_max.family == 2 * (year.aca_oop_max.self_only or 0)
        assert year.hdhp_deductible.family == 2 * (year.hdhp_deductible.self_only or 0)
    assert limits.of(2026).medicare.part_b_premium == 202_90
    assert limits.of(2027).fsa_contribution is None
    assert limits.of(2026).medical_deduction_floor == 750


def test_limits_agree_with_the_collected_figures() -> None:
    for year, facts in shared("limits_2020_2027.json")["years"].items():
        found = yearly_limits().of(int(year))
        for key, pair in (
            ("hsa_contribution", found.hsa),
            ("hdhp_min_deductible", found.hdhp_deductible),
            ("hdhp_oop_max", found.hdhp_oop_max),
            ("aca_oop_max", found.aca_oop_max),
        ):
            assert (pair.self_only, pair.family) == (
                facts[key]["self_only"] * 100,
                facts[key]["family"] * 100,
            )
        fsa = facts["health_fsa"]["contribution"]
        assert found.fsa_contribution == (None if fsa == "unknown" else fsa * 100)


def test_a_year_is_added_by_data_alone() -> None:
    found = parse_limits("[2028]\naca_oop_max = { self = 12500, family = 25000 }")
    assert found.of(2028).aca_oop_max.self_only == 12_500_00
    assert found.of(2028).hsa.self_only is None
