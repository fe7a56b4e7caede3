"""The simple fracture against what insurers filed, for every plan of the public sample."""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import product
from pathlib import Path

import pytest

from tests.benchmarks.cms_examples import FIGURES, Compared, compare
from tracker.cli.main import main
from tracker.domain.coverage.examples import ExampleLine, Scenario, work_example
from tracker.domain.coverage.terms import Bucket, PlanTerms
from tracker.facts import AccumulatorKind, CostSharingRule
from tracker.imports.cms_plans import find_files, list_plans, read_plan
from tracker.imports.examples_file import coverage_examples

PLANS = Path(__file__).resolve().parents[3] / "shared" / "fixtures" / "plans"
ALASKA = PLANS / "cms-exchange-puf-ak-2026"
NEW_JERSEY = PLANS / "cms-sbe-puf-nj-2026" / "sbc_cases.json"

needs_alaska = pytest.mark.skipif(
    not ALASKA.is_dir(), reason="the public CMS sample of Alaska is not there"
)
needs_jersey = pytest.mark.skipif(not NEW_JERSEY.is_file(), reason="the New Jersey cases are not there")


@pytest.fixture(scope="module")
def compared() -> list[Compared]:
    return list(compare(ALASKA))


@needs_alaska
def test_filed_totals_are_reached(compared: list[Compared]) -> None:
    """All within $100 of what was filed. The counts are floors: what was reached may only grow."""
    assert len(compared) == 32
    assert [one.choice.plan_id for one in compared if abs(one.difference) > 10000] == []
    assert sum(abs(one.difference) <= 1000 for one in compared) >= 30
    agree = {figure: sum(one.agrees(figure) for one in compared) for figure in FIGURES}
    floors = {"deductible": 21, "copayment": 16, "coinsurance": 24, "limit": 32}
    assert {figure: agree[figure] >= floor for figure, floor in floors.items()} == dict.fromkeys(
        floors, True
    )


# No division of the guide's amounts reaches more than thirty. One plan filed less than its terms leave
# under any division; others have the same terms but for their amounts, and filed totals so far apart
# that no number of visits and no price of a visit gives all of them.
BEYOND_ITS_TERMS = "38344AK1060002-06"
GOLD, SILVER, MODA, UNMET = (
    "38344AK1060001-01", "38344AK1060002-05", "73836AK0930002-05", "38344AK1060002-01"
)  # fmt: skip


def divided(visits: int, price: int, therapy: int) -> Scenario:
    """The simple fracture with the specialist's and the therapist's work divided otherwise.

    `price` is the dollars of 341 that are charged as so many specialist visits; the rest is treatment.
    """
    known = coverage_examples()["simple-fracture"]
    kinds = {line.categories[0]: line.categories for claim in known.claims for line in claim}

    def line(kind: str, cents: int) -> ExampleLine:
        return ExampleLine(kind, kinds[kind], cents)

    def shared(kind: str, dollars: int, times: int) -> list[tuple[ExampleLine, ...]]:
        each = dollars * 100 // times
        return [
            (line(kind, each + (dollars * 100 - each * times if not one else 0)),) for one in range(times)
        ]

    first = [claim for claim in known.claims if not {"SPEC", "PT"} & {one.categories[0] for one in claim}]
    x_rays = (line("XRAY", 7500),)
    treatment = (line("OUTSURG_PHYSICIAN", 34100 - price * 100),)
    later = [*shared("SPEC", price, visits), treatment, x_rays, *shared("PT", 364, therapy)]
    return replace(known, claims=(*first, *later))


@needs_alaska
def test_no_division_reaches_all_that_was_filed() -> None:
    files = find_files(ALASKA)
    plans = {one: read_plan(files, one) for one in (BEYOND_ITS_TERMS, GOLD, SILVER, MODA, UNMET)}
    filed = {one: sum(plan.filed["simple-fracture"].values()) for one, plan in plans.items()}
    for visits, price, therapy in product(range(1, 6), range(0, 342, 31), range(1, 9)):
        scenario = divided(visits, price, therapy)
        printed = {one: work_example(plan.terms, scenario).printed for one, plan in plans.items()}
        whole = {one: abs(each.total_patient_pays - filed[one]) <= 1000 for one, each in printed.items()}
        parts = {one: abs(sum(each[:4]) - filed[one]) <= 1000 for one, each in printed.items()}
        assert not whole[BEYOND_ITS_TERMS]
        assert not parts[BEYOND_ITS_TERMS]
        assert not (whole[GOLD] and whole[SILVER])
        assert not (parts[SILVER] and parts[MODA] and parts[UNMET])


@needs_alaska
def test_one_plan_filed_less_deductible_than_its_terms_leave() -> None:
    """Unmet, with only specialist and drugs before it: at least 2,800 - 341 - 5 falls under it."""
    plan = read_plan(find_files(ALASKA), UNMET)
    assert plan.filed["simple-fracture"]["deductible"] == 230000
    assert work_example(plan.terms, divided(1, 341, 4)).exact.deductible == 245400


@needs_alaska
def test_limited_cost_sharing_is_worked_as_the_standard_plan(compared: list[Compared]) -> None:
    """Its lower costs hold at Indian health providers, which the files leave out; nothing passes."""
    files = find_files(ALASKA)
    scenario = coverage_examples()["simple-fracture"]
    standard = {one.choice.plan_id: one.example.printed for one in compared}
    limited = [one.plan_id for one in list_plans(files) if one.plan_id.endswith("-03") and not one.dental]
    assert len(limited) == 10
    for plan_id in limited:
        example = work_example(read_plan(files, plan_id).terms, scenario)
        assert example.printed == standard[f"{plan_id[:-2]}01"]


@needs_alaska
def test_no_plan_costs_more_than_its_maximum(compared: list[Compared]) -> None:
    for one in compared:
        (most,) = (
            bucket.individual or 0
            for bucket in read_plan(find_files(ALASKA), one.choice.plan_id).terms.buckets
            if bucket.name == "OOP_IN"
        )
        assert one.example.printed.total_patient_pays <= most
        assert sum(one.example.printed[:4]) <= most


@needs_alaska
def test_every_phrase_of_the_sample_is_understood() -> None:
    files = find_files(ALASKA)
    unread = {}
    for choice in list_plans(files):
        plan = read_plan(files, choice.plan_id)
        if plan.unread:
            unread[choice.plan_id] = {(one.benefit, one.why) for one in plan.unread}
    # Some plans file "Not Applicable" in both columns of one benefit; nobody can know what that costs.
    assert set().union(*unread.values()) == {
        ("Accidental Dental", "It names neither a copay nor a percentage.")
    }
    assert len(unread) <= 8


@needs_alaska
def test_the_filed_figures_are_those_of_the_cases() -> None:
    cases = json.loads((ALASKA / "sbc_cases.json").read_text("utf-8"))["cases"]
    files = find_files(ALASKA)
    for case in cases[::5]:
        filed = read_plan(files, case["plan_id"]).filed["simple-fracture"]
        expected = case["sbc_examples"]["simple_fracture"]
        assert {name: amount / 100 for name, amount in filed.items()} == {
            name: expected[name] for name in filed
        }


@needs_jersey
def test_plans_with_percentages_only_in_new_jersey() -> None:
    """That filing has no copays; where none was filed for the fracture either, percentages are all."""
    differences = []
    for case in json.loads(NEW_JERSEY.read_text("utf-8"))["cases"]:
        filed = case["sbc_examples"]["simple_fracture"]
        if filed["copayment"] or not case["moop_individual"]:
            continue
        ours = work_example(_percentages(case), coverage_examples()["simple-fracture"])
        differences.append(abs(ours.printed.total_patient_pays - filed["total_patient_pays"] * 100))
    assert len(differences) == 4
    assert max(differences) <= 10000
    assert sum(difference <= 1000 for difference in differences) >= 3


def _percentages(case: dict[str, object]) -> PlanTerms:
    rate = int(str(case["coinsurance_pct_in_network_tier1"])) * 100
    limits = {
        "DED_IN": (AccumulatorKind.DEDUCTIBLE, case["medical_or_total_deductible_individual"]),
        "OOP_IN": (AccumulatorKind.OOP_MAX, case["moop_individual"]),
    }
    kinds = {
        code
        for claim in coverage_examples()["simple-fracture"].claims
        for line in claim
        for code in line.categories
    }
    return PlanTerms(
        name=str(case["plan"]),
        buckets=tuple(
            Bucket(name=name, kind=kind, individual=int(str(amount)) * 100)
            for name, (kind, amount) in limits.items()
        ),
        rules=tuple(
            CostSharingRule(category=kind, deductible="DED_IN", oop_max="OOP_IN", coinsurance=rate)
            for kind in sorted(kinds)
        ),
    )


@needs_alaska
def test_the_command_prints_whole_dollars(capsys: pytest.CaptureFixture[str]) -> None:
    code = main(
        ["plan", "example", str(ALASKA), "--plan-id", "38344AK1060001-01",
         "--scenario", "simple-fracture", "--json"]
    )  # fmt: skip
    said = json.loads(capsys.readouterr().out)
    assert code == 0
    assert {name: said[name] for name in ("deductible", "copayment", "coinsurance", "limit")} == {
        "deductible": 1500,
        "copayment": 400,
        "coinsurance": 200,
        "limit": 0,
    }
    assert said["total_patient_pays"] == 2100
    assert said["filed"]["total_patient_pays"] == 2100
