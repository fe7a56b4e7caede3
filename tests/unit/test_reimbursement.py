"""Claims the member files: the gate, the life of a claim, follow-ups, what comes back (rulebook 4)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.claims.case_steps import Reimbursed
from tracker.domain.claims.reimbursement import (
    Stage,
    back,
    not_fileable,
    progress,
    question,
)
from tracker.domain.claims.superbill import GATE, PRACTICE, gate
from tracker.domain.coverage.categories import catalogue
from tracker.domain.coverage.estimate import estimate
from tracker.domain.coverage.estimate_question import Known
from tracker.domain.coverage.plan_year import plan_year
from tracker.facts import (
    Accumulator,
    AccumulatorKind,
    AccumulatorMode,
    Case,
    CaseKind,
    CaseStep,
    Claim,
    ClaimStage,
    CostSharingRule,
    Network,
    NetworkCheck,
    OonMethod,
    OonPricing,
    OpeningBalance,
    Person,
    Plan,
    PlanKind,
    Stands,
    StepOutcome,
    Submission,
)

TODAY = date(2026, 11, 22)
SENT = date(2026, 10, 7)
ALL = tuple(field.code for field in GATE)


def case(submission: Submission | None = None, **more: object) -> Case:
    values: dict[str, object] = {
        "id": 1,
        "kind": CaseKind.REIMBURSEMENT,
        "title": "Physical therapy",
        "opened_on": SENT,
        "person_id": 1,
        "submission": submission or Submission(charge=35_000, expected=3_842, gate=ALL),
    }
    return Case(**(values | more))  # type: ignore[arg-type]


def sent(**more: object) -> Case:
    values: dict[str, object] = {"charge": 35_000, "expected": 3_842, "gate": ALL, "sent_on": SENT}
    return case(Submission(**(values | more)))  # type: ignore[arg-type]


def eob(plan_paid: int, **more: object) -> Claim:
    values: dict[str, object] = {
        "id": 9,
        "person_id": 1,
        "provider_id": 4,
        "service_from": date(2026, 10, 1),
        "processed_on": date(2026, 11, 10),
        "plan_paid": plan_paid,
    }
    return Claim(**(values | more))  # type: ignore[arg-type]


# the gate --------------------------------------------------------------------------------


def test_an_empty_superbill_names_everything_and_who_supplies_it() -> None:
    found = gate(())
    assert (found.found, found.total) == (0, 12)
    assert not found.is_complete
    assert found.words.startswith("12 missing. From the practice: Practice name")
    assert "From you: Patient name" in found.words


def test_what_only_some_plans_ask_for_does_not_hold_it_up() -> None:
    needed = [field.code for field in GATE if not field.optional]
    assert gate(needed).is_complete
    assert gate(needed).words == "All 12 fields are there."


@pytest.mark.parametrize("code", ["codes", "diagnosis", "npi_rendering", "signature"])
def test_one_missing_field_is_named(code: str) -> None:
    (missing,) = gate(set(ALL) - {code}).missing
    assert (missing.code, missing.who) == (code, PRACTICE)


# the life of a claim ---------------------------------------------------------------------


def stage(made: Case, *claims: Claim, received: int = 0) -> Stage:
    found = progress(made, claims, received=received, today=TODAY)
    assert found is not None
    return found.stage


def test_each_stage_follows_from_the_facts() -> None:
    incomplete = case(Submission(charge=35_000, gate=("codes",)))
    assert stage(incomplete) is Stage.INCOMPLETE
    assert stage(case()) is Stage.READY
    assert stage(sent()) is Stage.SENT
    noted = CaseStep(number=Reimbursed.ACKNOWLEDGED, leads_to=4, done_on=SENT)
    assert stage(replace(sent(), steps=(noted,))) is Stage.ACKNOWLEDGED
    assert stage(sent(), eob(3_842)) is Stage.DECIDED
    assert stage(sent(), eob(0)) is Stage.DENIED
    assert stage(sent(), eob(0, stage=ClaimStage.DENIED)) is Stage.DENIED
    assert stage(sent(), eob(3_842), received=2_000) is Stage.PARTLY_PAID
    assert stage(sent(), eob(3_842), received=3_842) is Stage.PAID


def test_what_the_eob_says_replaces_what_was_expected() -> None:
    before = progress(sent(), today=TODAY)
    after = progress(sent(), (eob(3_000),), received=1_000, today=TODAY)
    assert before is not None
    assert after is not None
    assert (before.due, before.by_eob, before.outstanding) == (3_842, False, 3_842)
    assert (after.due, after.by_eob, after.outstanding, after.net_cost) == (3_000, True, 2_000, 34_000)
    assert after.words == "$10.00 came, $20.00 is missing"


def test_money_without_an_expectation_is_partly_paid() -> None:
    found = progress(sent(expected=None), received=100, today=TODAY)
    assert found is not None
    assert (found.stage, found.outstanding) == (Stage.PARTLY_PAID, None)


@given(
    parts=st.lists(st.integers(1, 500_000), max_size=6),
    due=st.integers(1, 1_000_000),
)
def test_any_number_of_payments_adds_up(parts: list[int], due: int) -> None:
    found = progress(sent(), (eob(due),), received=sum(parts), today=TODAY)
    assert found is not None
    assert found.outstanding == max(0, due - sum(parts))
    assert found.net_cost == 35_000 - sum(parts)
    if parts:
        assert (found.stage is Stage.PAID) == (found.outstanding <= 1)


# following up ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("today", "asked", "due"),
    [
        (SENT, (), 30),
        (SENT + timedelta(days=29), (), 30),
        (SENT + timedelta(days=44), (), 30),
        (SENT + timedelta(days=45), (), 45),
        (SENT + timedelta(days=70), (), 60),
        (SENT + timedelta(days=31), (31,), 45),
        (SENT + timedelta(days=50), (31, 46), 60),
        (SENT + timedelta(days=61), (61,), 91),
    ],
)
def test_it_asks_at_30_45_and_60_days_and_monthly_after(
    today: date, asked: tuple[int, ...], due: int
) -> None:
    days = [SENT + timedelta(days=count) for count in asked]
    found = progress(sent(), asked_on=days, today=today)
    assert found is not None
    assert found.follow_up_on == SENT + timedelta(days=due)


def test_nobody_is_asked_before_it_is_sent_or_after_it_is_paid() -> None:
    for made, received in ((case(), 0), (sent(), 3_842)):
        found = progress(made, received=received, today=TODAY)
        assert found is not None
        assert found.follow_up_on is None


# what to expect --------------------------------------------------------------------------


def plan(**more: object) -> Plan:
    """A PPO whose out-of-network price is 140 % of Medicare's fee."""
    values: dict[str, object] = {
        "id": 1,
        "name": "PPO",
        "begins_on": date(2026, 1, 1),
        "ends_on": date(2026, 12, 31),
        "person_ids": (1,),
        "accumulators": (
            Accumulator(
                kind=AccumulatorKind.DEDUCTIBLE,
                network=Network.OUT,
                mode=AccumulatorMode.EMBEDDED,
                individual=100_000,
                name="DED_OUT",
            ),
        ),
        "oon_pricing": OonPricing(method=OonMethod.PCT_MEDICARE, rate=14_000),
    }
    return Plan(**(values | more))  # type: ignore[arg-type]


def known(used: int) -> Known:
    rule = CostSharingRule(category="PT", tier="OUT", deductible="DED_OUT", coinsurance=4_000)
    year = plan_year(
        plan(),
        (),
        rules=(rule,),
        openings=(
            OpeningBalance(plan_id=1, person_id=1, name="DED_OUT", amount=used, as_of=date(2026, 1, 1)),
        ),
        on=TODAY,
    )
    return Known(today=TODAY, years=(year,), plans=(plan(),), people=(Person(id=1, name="Eleanor"),))


def test_the_worked_example_a59_to_the_cent() -> None:
    asked = question(case(), category="PT", on=date(2026, 10, 1), figure=13_146)
    assert asked is not None
    found = back(estimate(asked, known(88_000)), 35_000)
    assert found is not None
    assert (found.allowed, found.deductible, found.plan_pays) == (18_404, 12_000, 3_842)
    assert (found.balance, found.yours, found.credited) == (16_596, 31_158, 12_000)
    assert "$38.42" in found.words
    assert "fills your out-of-network deductible" in found.words


def test_it_is_worth_sending_where_the_plan_pays_nothing() -> None:
    asked = question(case(), category="PT", on=date(2026, 10, 1), figure=13_146)
    assert asked is not None
    found = back(estimate(asked, known(0)), 35_000)
    assert found is not None
    assert (found.plan_pays, found.credited, found.yours) == (0, 18_404, 35_000)


def test_nothing_is_asked_without_a_person_or_service() -> None:
    assert question(case(), category="", on=TODAY) is None
    assert question(case(person_id=None), category="PT", on=TODAY) is None


# what cannot be filed --------------------------------------------------------------------


def test_what_speaks_against_sending_it_is_said() -> None:
    made = case(provider_id=4)
    categories = catalogue()
    never = next(item for item in categories.values() if item.never_covered)
    inside = NetworkCheck(plan_id=1, provider_id=4, stands=Stands.IN, checked_on=date(2026, 5, 1))
    hmo = plan(kind=PlanKind.HMO)
    assert not_fileable(made, plan=plan(), category=categories["PT"]) == ()
    assert "emergency" in not_fileable(made, plan=hmo, category=categories["PT"])[0]
    assert not_fileable(made, plan=hmo, category=categories["ER"], emergency=True) == ()
    assert "No health plan pays" in not_fileable(made, plan=plan(), category=never)[0]
    (words,) = not_fileable(made, plan=plan(), category=None, checks=(inside,))
    assert "send the claim itself" in words
    later = replace(inside, stands=Stands.OUT, checked_on=date(2026, 6, 1))
    assert not_fileable(made, plan=plan(), category=None, checks=(inside, later)) == ()


def test_another_kind_of_case_is_not_judged() -> None:
    made = case(kind=CaseKind.DISPUTE)
    assert not_fileable(made, plan=plan(kind=PlanKind.HMO), category=None) == ()
    noted = CaseStep(number=1, outcome=StepOutcome.NOTED, leads_to=1, done_on=TODAY)
    assert progress(replace(made, submission=None, steps=(noted,)), today=TODAY) is None
