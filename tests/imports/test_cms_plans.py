"""Plans out of CMS files: chosen, built, and what is not understood listed."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.imports.cms_folder import BENEFITS, PLAN_ID, plan_in, problem, rule, write_folder
from tracker.facts import IN, OUT, AccumulatorMode, CopayScope, Need, PlanKind
from tracker.imports.cms_limits import IN2
from tracker.imports.cms_plans import find_files, list_plans, read_plan, variants

# What is read


def test_a_plan_becomes_terms(tmp_path: Path) -> None:
    plan = plan_in(write_folder(tmp_path))
    terms = plan.terms
    assert (terms.name, terms.kind, plan.choice.issuer) == ("Silver 1", PlanKind.HMO, "Example Health")
    assert (str(terms.begins_on), str(terms.ends_on)) == ("2026-01-01", "2026-12-31")
    assert [(bucket.name, bucket.individual, bucket.mode) for bucket in terms.buckets] == [
        ("DED_IN", 200000, AccumulatorMode.SELF),
        ("OOP_IN", 820000, AccumulatorMode.SELF),
    ]
    specialist = rule(plan, "SPEC")
    assert (specialist.copay, specialist.deductible, specialist.oop_max) == (6000, None, "OOP_IN")
    assert specialist.referral is Need.YES
    emergency = rule(plan, "ER")
    assert (emergency.coinsurance, emergency.deductible) == (2500, "DED_IN")
    stay = rule(plan, "INPATIENT")
    assert (stay.copay, stay.copay_scope, stay.max_units) == (50000, CopayScope.DAY, 3)
    assert rule(plan, "RX1").copay_scope is CopayScope.FILL
    assert rule(plan, "SPEC", OUT).coinsurance == 10_000
    assert not rule(plan, "COSMETIC_SURGERY").covered
    assert [category.code for category in plan.categories] == ["COSMETIC_SURGERY"]
    assert plan.unread == plan.not_counted == ()
    source = plan.sources[0]
    assert (source.category, source.tier, source.copay) == ("SPEC", IN, "$60.00")


def test_family_coverage_takes_the_family_limits(tmp_path: Path) -> None:
    deductible, _ = plan_in(write_folder(tmp_path), family=True).terms.buckets
    assert (deductible.mode, deductible.individual, deductible.family) == (
        AccumulatorMode.EMBEDDED,
        200000,
        400000,
    )
    per_person = {"TEHBDedInnTier1FamilyPerPerson": "per person not applicable"}
    deductible, _ = plan_in(write_folder(tmp_path, plan=per_person), family=True).terms.buckets
    assert (deductible.mode, deductible.family) == (AccumulatorMode.AGGREGATE, 400000)


def test_drugs_apart_have_their_own_deductible(tmp_path: Path) -> None:
    apart = {
        "MedicalDrugDeductiblesIntegrated": "No",
        "TEHBDedInnTier1Individual": "",
        "MEHBDedInnTier1Individual": "$1,000",
        "DEHBDedInnTier1Individual": "$250",
    }
    drug = {"BenefitName": "Preferred Brand Drugs", "CopayInnTier1": "$45.00 Copay after deductible"}
    plan = plan_in(write_folder(tmp_path, plan=apart, benefits=[*BENEFITS, drug]))
    limits = {bucket.name: bucket.individual for bucket in plan.terms.buckets}
    assert limits == {"DED_IN": 100000, "RXDED_IN": 25000, "OOP_IN": 820000}
    assert (rule(plan, "RX2").deductible, rule(plan, "RX2").oop_max) == ("RXDED_IN", "OOP_IN")
    assert rule(plan, "ER").deductible == "DED_IN"


def test_one_limit_for_all_networks_is_one_bucket(tmp_path: Path) -> None:
    combined = {
        "TEHBDedInnTier1Individual": "Not Applicable",
        "TEHBDedInnTier1FamilyPerPerson": "per person not applicable",
        "TEHBDedCombInnOonIndividual": "$3,000 ",
    }
    outside = {
        "BenefitName": "Emergency Room Services",
        "CoinsInnTier1": "20.00% Coinsurance after deductible",
        "CoinsOutofNet": "20.00% Coinsurance after deductible",
    }
    plan = plan_in(write_folder(tmp_path, plan=combined, benefits=[outside]))
    assert [bucket.name for bucket in plan.terms.buckets] == ["DED", "OOP_IN"]
    assert rule(plan, "ER", IN).deductible == rule(plan, "ER", OUT).deductible == "DED"


def test_a_second_tier_has_rules_and_limits_of_its_own(tmp_path: Path) -> None:
    tier = {"TEHBDedInnTier2Individual": "$6,000 ", "TEHBInnTier2IndividualMOOP": "$9,000 "}
    benefit = {
        "BenefitName": "Specialist Visit",
        "CopayInnTier1": "$30.00",
        "CoinsInnTier2": "40.00% Coinsurance after deductible",
    }
    plan = plan_in(write_folder(tmp_path, plan=tier, benefits=[benefit]))
    assert [one.code for one in plan.terms.tiers] == [IN, IN2, OUT]
    second = rule(plan, "SPEC", IN2)
    assert (second.coinsurance, second.deductible, second.oop_max) == (4000, "DED_IN2", "OOP_IN2")


def test_limits_are_counted_or_said(tmp_path: Path) -> None:
    benefits = [
        {"BenefitName": "Chiropractic Care", "CopayInnTier1": "$30.00", "QuantLimitOnSvc": "Yes",
         "LimitQty": "20.0", "LimitUnit": "Visit(s) per Year"},
        {"BenefitName": "Hearing Aids", "CoinsInnTier1": "20.00%", "QuantLimitOnSvc": "Yes",
         "LimitQty": "1500.0", "LimitUnit": "Dollars per Year"},
        {"BenefitName": "Hospice Services", "CoinsInnTier1": "20.00%", "QuantLimitOnSvc": "Yes",
         "LimitQty": "6.0", "LimitUnit": "Months per Lifetime"},
    ]  # fmt: skip
    free_visits = {"BeginPrimaryCareCostSharingAfterNumberOfVisits": "2"}
    plan = plan_in(write_folder(tmp_path, plan=free_visits, benefits=benefits))
    assert rule(plan, "CHIRO").visit_limit == 20
    assert rule(plan, "HEARING").dollar_max == 150000
    assert rule(plan, "HOSPICE").note == "Limit: 6 Months per Lifetime"
    assert [(one.benefit, one.phrase) for one in plan.not_counted] == [
        ("Hospice Services", "6 Months per Lifetime"),
        ("BeginPrimaryCareCostSharingAfterNumberOfVisits", "2"),
    ]
    assert plan.unread == ()


def test_what_does_not_count_toward_the_maximum_does_not(tmp_path: Path) -> None:
    benefit = {"BenefitName": "Hearing Aids", "CoinsInnTier1": "20.00%", "IsExclFromInnMOOP": "Yes"}
    assert rule(plan_in(write_folder(tmp_path, benefits=[benefit])), "HEARING").oop_max is None


# What is not understood


@pytest.mark.parametrize(
    ("benefit", "tier", "why"),
    [
        ({"CopayInnTier1": "$60 unless admitted"}, IN, "not one of the phrases"),
        ({"CoinsInnTier1": "150.00%"}, IN, "more than 100%"),
        ({}, IN, "neither a copay nor a percentage"),
        ({"CopayInnTier1": "$60.00", "CoinsOutofNet": ""}, OUT, "neither a copay nor a percentage"),
        ({"CopayInnTier1": "$60.00", "IsCovered": "Perhaps"}, "", "unclear whether this is covered"),
    ],
)
def test_what_is_not_understood_is_listed_and_left_out(
    tmp_path: Path, benefit: dict[str, str], tier: str, why: str
) -> None:
    plan = plan_in(write_folder(tmp_path, benefits=[benefit, BENEFITS[1]]))
    (listed,) = plan.unread
    assert (listed.line, listed.benefit, listed.tier) == (2, "Specialist Visit", tier)
    assert why in listed.why
    if tier:
        assert ("SPEC", tier) not in {(rule.category, rule.tier) for rule in plan.terms.rules}
    assert rule(plan, "ER").coinsurance == 2500


def test_an_unclear_limit_is_listed(tmp_path: Path) -> None:
    plan = plan_in(write_folder(tmp_path, plan={"TEHBInnTier1IndividualMOOP": "about $8,000"}))
    (listed,) = plan.unread
    assert (listed.benefit, listed.phrase) == ("TEHBInnTier1IndividualMOOP", "about $8,000")


def test_a_deductible_that_is_not_there_is_listed(tmp_path: Path) -> None:
    outside = {**BENEFITS[1], "CoinsOutofNet": "50.00% Coinsurance after deductible"}
    plan = plan_in(write_folder(tmp_path, benefits=[outside]))
    assert [(one.tier, one.why.split(",")[0]) for one in plan.unread] == [
        (OUT, "It speaks of a deductible")
    ]
    assert rule(plan, "ER", OUT).deductible is None


def test_a_benefit_named_twice_is_listed(tmp_path: Path) -> None:
    plan = plan_in(write_folder(tmp_path, benefits=[*BENEFITS, {**BENEFITS[0], "CopayInnTier1": "$99.00"}]))
    assert [one.line for one in plan.unread] == [7]
    assert rule(plan, "SPEC").copay == 6000


# Choosing


def two_variants(folder: Path) -> Path:
    write_folder(folder)
    write_folder(
        folder / "zero", plan={"PlanId": f"{PLAN_ID[:14]}-02", "CSRVariationType": "Zero Cost Sharing"}
    )
    (folder / "zero" / "one.csv").rename(folder / "three.csv")
    return folder


def test_a_plan_without_its_variant(tmp_path: Path) -> None:
    write_folder(tmp_path / "one")
    assert plan_in(tmp_path / "one", "12345tx0010001").choice.plan_id == PLAN_ID
    folder = two_variants(tmp_path / "two")
    says = problem(folder, PLAN_ID[:14])
    assert "has several variants" in says
    assert f"{PLAN_ID} (Standard Silver On Exchange Plan), {PLAN_ID[:14]}-02 (Zero Cost Sharing)" in says
    assert "There is no variant" in problem(folder, f"{PLAN_ID[:14]}-09")
    assert [one.plan_id[-3:] for one in variants(find_files(folder), PLAN_ID[:14])] == ["-01", "-02"]


def test_ids_that_are_none(tmp_path: Path) -> None:
    write_folder(tmp_path)
    assert "There is no plan 99999TX0010001-01" in problem(tmp_path, "99999TX0010001-01")
    assert "is not a plan id" in problem(tmp_path, "a plan!")
    assert "is not a plan id" in problem(tmp_path, "")


def test_a_plan_whose_benefits_are_elsewhere(tmp_path: Path) -> None:
    assert "are not in the Benefits" in problem(two_variants(tmp_path), f"{PLAN_ID[:14]}-02")


def test_plans_are_listed_by_state_issuer_and_name(tmp_path: Path) -> None:
    files = find_files(write_folder(tmp_path))
    assert [one.plan_id for one in list_plans(files)] == [PLAN_ID]
    assert list_plans(files, state="tx", issuer="health EXAMPLE", name="silver")
    assert list_plans(files, issuer="12345")
    assert not list_plans(files, state="AK")
    assert not list_plans(files, issuer="Other")
    assert not list_plans(files, name="gold")
    assert not list_plans(files, year=2025)


def test_the_newest_year_counts(tmp_path: Path) -> None:
    old = {"BusinessYear": "2025", "PlanMarketingName": "Silver of old", "TEHBDedInnTier1Individual": "$1"}
    write_folder(tmp_path)
    write_folder(tmp_path / "x", plan=old, benefits=[{**BENEFITS[0], "BusinessYear": "2025"}])
    for name in ("one.csv", "two.CSV"):
        (tmp_path / "x" / name).rename(tmp_path / f"a{name}")
    assert plan_in(tmp_path).terms.name == "Silver 1"
    files = find_files(tmp_path)
    older = read_plan(files, PLAN_ID, year=2025)
    assert (older.terms.name, len(older.terms.rules)) == ("Silver of old", 2)
