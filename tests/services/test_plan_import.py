"""A plan of the CMS files becomes facts of the ledger: whole, answered by the member, or not at all."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.imports.cms_folder import BENEFITS, PLAN_ID, plan_in, write_folder
from tracker.domain.coverage.terms import PlanTerms
from tracker.errors import UserProblem
from tracker.facts import (
    Accumulator,
    AccumulatorKind,
    AccumulatorMode,
    Counting,
    Frequency,
    Network,
    OpeningBalance,
    Person,
    Plan,
    Recurring,
)
from tracker.imports.cms_answers import LEAVE_OUT, NOT_COVERED, check_answer, open_items
from tracker.imports.cms_plans import CmsPlan
from tracker.services.bundle import Services

ODD = (
    *BENEFITS,
    {"BenefitName": "Acupuncture", "CopayInnTier1": "$20 the first time"},
    {"BenefitName": "Hospice Services", "CopayInnTier1": "Ask us", "CoinsOutofNet": "Ask us too"},
)


def people(services: Services, *names: str) -> tuple[int, ...]:
    return tuple(
        services.people.save_person(Person(name=name, position=place)).new_id or 0
        for place, name in enumerate(names)
    )


def stored(services: Services, plan_id: int | None) -> Plan:
    return services.plans.get(plan_id or 0)


def terms(services: Services, plan_id: int | None) -> PlanTerms:
    return services.plans.terms(stored(services, plan_id))


def test_a_plan_is_taken_whole_and_as_one_change(services: Services, tmp_path: Path) -> None:
    who = people(services, "Eleanor")
    cms = plan_in(write_folder(tmp_path / "cms"))
    made = services.plan_import.draft(cms, person_ids=who)
    taken = services.plan_import.take(made)
    plan = stored(services, taken.new_id)
    assert (plan.name, plan.kind.value, plan.filed_id) == ("Silver 1", "HMO", PLAN_ID)
    assert (plan.begins_on, plan.ends_on) == (date(2026, 1, 1), date(2026, 12, 31))
    assert plan.person_ids == who
    assert plan.aca_compliant
    assert plan.note == (
        "Read from the CMS plan files of 2026, plan 12345TX0010001-01 (Standard Silver On Exchange Plan)."
    )
    assert services.people.household().provider_names[plan.insurer_id or 0] == "Example Health"
    limits = {limit.name: (limit.mode, limit.individual, limit.family) for limit in plan.accumulators}
    assert limits == {
        "DED_IN": (AccumulatorMode.SELF, 2_000_00, None),
        "OOP_IN": (AccumulatorMode.SELF, 8_200_00, None),
    }
    rules = {(rule.category, rule.tier): rule for rule in terms(services, taken.new_id).rules}
    assert rules["SPEC", "IN"].copay == 60_00
    assert rules["ER", "IN"].deductible == "DED_IN"
    assert "COSMETIC_SURGERY" in services.coverage.categories()

    services.ledger.undo()
    assert services.plans.all() == []
    assert "COSMETIC_SURGERY" not in services.coverage.categories()


def test_more_than_one_person_takes_the_familys_limits(services: Services, tmp_path: Path) -> None:
    who = people(services, "Eleanor", "Sam")
    cms = plan_in(write_folder(tmp_path / "cms"))
    plan = services.plan_import.draft(cms, person_ids=who).plan
    limit = plan.limit(AccumulatorKind.DEDUCTIBLE, Network.IN)
    assert limit is not None
    assert (limit.mode, limit.individual, limit.family) == (AccumulatorMode.EMBEDDED, 2_000_00, 4_000_00)


def test_a_family_amount_that_is_not_stated_limits_nobody(services: Services, tmp_path: Path) -> None:
    who = people(services, "Eleanor", "Sam")
    folder = write_folder(
        tmp_path / "cms", plan={"TEHBDedInnTier1FamilyPerGroup": "per group not applicable"}
    )
    made = services.plan_import.draft(plan_in(folder), person_ids=who)
    limit = made.plan.limit(AccumulatorKind.DEDUCTIBLE, Network.IN)
    assert limit is not None
    assert (limit.mode, limit.individual, limit.family) == (AccumulatorMode.SELF, 2_000_00, None)
    assert any("each person has their own limit" in remark.why for remark in made.remarks)
    services.plan_import.take(made)


def test_terms_go_into_a_plan_that_keeps_what_the_files_cannot_know(
    services: Services, tmp_path: Path
) -> None:
    who = people(services, "Eleanor", "Sam")
    premium = Recurring(
        label="Old premium", amount=450_00, frequency=Frequency.MONTHLY, first_due=date(2026, 3, 1)
    )
    old = Accumulator(
        kind=AccumulatorKind.DEDUCTIBLE,
        network=Network.OUT,
        mode=AccumulatorMode.SELF,
        individual=1_00,
    )
    first = services.plans.save(
        Plan(
            name="My plan",
            begins_on=date(2026, 3, 1),
            ends_on=date(2026, 12, 31),
            member_number="M-1",
            note="Paper card in the drawer",
            person_ids=who,
            accumulators=(old,),
            premiums=(premium,),
        ),
        insurer="BlueRiver Health",
    ).new_id
    opening = OpeningBalance(
        plan_id=first or 0,
        person_id=who[0],
        name="DED_OUT",
        counting=Counting.BUCKET,
        amount=50,
        as_of=date(2026, 3, 1),
    )
    services.coverage.save_opening(opening)
    before = stored(services, first)
    made = services.plan_import.draft(plan_in(write_folder(tmp_path / "cms")), into=before)
    assert [remark.phrase for remark in made.remarks if remark.about == "Opening balance"] == ["DED_OUT"]
    assert services.plan_import.take(made).new_id == first
    after = stored(services, first)
    kept = ("name", "begins_on", "ends_on", "person_ids", "member_number", "insurer_id")
    assert all(getattr(after, name) == getattr(before, name) for name in kept)
    assert [item.amount for item in after.premiums] == [450_00]
    assert after.note.splitlines()[0] == "Paper card in the drawer"
    assert {limit.name for limit in after.accumulators} == {"DED_IN", "OOP_IN"}
    assert after.filed_id == PLAN_ID
    again = services.plan_import.draft(plan_in(write_folder(tmp_path / "cms")), into=after).plan
    assert again.note == after.note, "read twice, noted once"
    services.ledger.undo()
    assert stored(services, first) == before


def test_answers_are_read_as_the_file_would_be(services: Services, tmp_path: Path) -> None:
    who = people(services, "Eleanor")
    cms = plan_in(write_folder(tmp_path / "cms", benefits=ODD))
    items = {(item.service, item.tier): item for item in open_items(cms)}
    assert set(items) == {
        ("Acupuncture", "in network"),
        ("Hospice Services", "in network"),
        ("Hospice Services", "out of network"),
    }
    answers = {
        items["Acupuncture", "in network"].place: "$20 copay after deductible",
        items["Hospice Services", "in network"].place: NOT_COVERED,
        items["Hospice Services", "out of network"].place: LEAVE_OUT,
    }
    made = services.plan_import.draft(cms, person_ids=who, answers=answers)
    assert [item.place for item in made.open] == [item.place for item in items.values()]
    taken = services.plan_import.take(made)
    rules = {(rule.category, rule.tier): rule for rule in terms(services, taken.new_id).rules}
    assert (rules["ACUPUNCTURE", "IN"].copay, rules["ACUPUNCTURE", "IN"].deductible) == (20_00, "DED_IN")
    assert not rules["HOSPICE", "IN"].covered
    assert ("HOSPICE", "OUT") not in rules


def test_without_answers_nothing_is_guessed(services: Services, tmp_path: Path) -> None:
    cms = plan_in(write_folder(tmp_path / "cms", benefits=ODD))
    made = services.plan_import.draft(cms, person_ids=people(services, "Eleanor"))
    assert {item.taken for item in made.open} == {""}
    there = {(rule.category, rule.tier) for rule in made.rules}
    assert ("HOSPICE", "IN") not in there
    assert ("ACUPUNCTURE", "IN") not in there


def test_a_limit_that_is_no_amount_can_be_typed(services: Services, tmp_path: Path) -> None:
    who = people(services, "Eleanor")
    cms = plan_in(write_folder(tmp_path / "cms", plan={"TEHBDedInnTier1Individual": "see brochure"}))
    (item,) = [one for one in open_items(cms) if one.amount]
    assert item.service == "Deductible in network, one person"
    with pytest.raises(UserProblem, match="not an amount"):
        check_answer(item, "a lot")
    answers = {item.place: check_answer(item, "1,500")}
    made = services.plan_import.draft(cms, person_ids=who, answers=answers)
    limit = made.plan.limit(AccumulatorKind.DEDUCTIBLE, Network.IN)
    assert limit is not None
    assert limit.individual == 1_500_00


def test_a_row_that_is_cut_off_can_be_filled_in(services: Services, tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "cms")
    with (folder / "two.CSV").open("a", encoding="utf-8") as file:
        file.write(f"2026,TX,12345,{PLAN_ID[:14]},{PLAN_ID},Hearing Aids,$20")
    cms = plan_in(folder)
    items = [item for item in open_items(cms) if item.service == "Hearing Aids"]
    assert [item.tier for item in items] == ["in network", "out of network"]
    made = services.plan_import.draft(
        cms, person_ids=people(services, "Eleanor"), answers={items[0].place: "20%"}
    )
    (rule,) = [rule for rule in made.rules if rule.category == "HEARING"]
    assert (rule.tier, rule.coinsurance) == ("IN", 2_000)


@pytest.mark.parametrize("said", ["$40 and", "120%", "$-5", "forty dollars", "20% 30%"])
def test_an_answer_that_is_no_phrase_is_refused(said: str, tmp_path: Path) -> None:
    item = open_items(plan_in(write_folder(tmp_path / "cms", benefits=ODD)))[0]
    with pytest.raises(UserProblem):
        check_answer(item, said)


def test_nothing_is_left_of_a_plan_that_is_refused(services: Services, tmp_path: Path) -> None:
    cms: CmsPlan = plan_in(write_folder(tmp_path / "cms"))
    made = services.plan_import.draft(cms)
    broken = replace(made, plan=replace(made.plan, accumulators=()))
    with pytest.raises(UserProblem):
        services.plan_import.take(broken, newcomers=["Ada"])
    assert services.people.people() == []
    assert services.plans.all() == []
    assert not services.coverage.own_categories()
    with pytest.raises(UserProblem, match="could be read"):
        services.plan_import.take(replace(made, rules=()))


def test_somebody_new_is_added_with_the_plan(services: Services, tmp_path: Path) -> None:
    made = services.plan_import.draft(plan_in(write_folder(tmp_path / "cms")))
    taken = services.plan_import.take(made, newcomers=["Ada"])
    assert [person.name for person in services.people.people()] == ["Ada"]
    assert stored(services, taken.new_id).person_ids == (services.people.people()[0].id,)


def test_dates_follow_the_first_day(services: Services, tmp_path: Path) -> None:
    cms = plan_in(write_folder(tmp_path / "cms"))
    late = services.plan_import.draft(cms, begins_on=date(2026, 4, 1)).plan
    assert (late.begins_on, late.ends_on) == (date(2026, 4, 1), date(2026, 12, 31))
    next_year = services.plan_import.draft(cms, begins_on=date(2027, 1, 1)).plan
    assert next_year.ends_on == date(2027, 12, 31)
    silent = {"PlanEffectiveDate": "", "PlanExpirationDate": "", "BusinessYear": ""}
    undated = plan_in(write_folder(tmp_path / "other", plan=silent))
    with pytest.raises(UserProblem, match="do not say when"):
        services.plan_import.draft(undated)


def test_an_overlap_with_another_plan_is_said(services: Services, tmp_path: Path) -> None:
    who = people(services, "Eleanor")
    cms = plan_in(write_folder(tmp_path / "cms"))
    services.plan_import.take(services.plan_import.draft(cms, person_ids=who))
    again = services.plan_import.draft(cms, person_ids=who)
    assert any("also be covered by Silver 1" in warning for warning in again.warnings)
