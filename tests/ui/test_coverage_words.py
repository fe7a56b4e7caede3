"""The words of coverage, and which EOBs a plan year is made of."""

from __future__ import annotations

from datetime import date

import pytest

from tests.ui.coverage_kit import claim, limit, people, plan
from tracker.dates import Period
from tracker.domain.coverage.accumulators import Standing
from tracker.domain.coverage.eob import gap
from tracker.facts import (
    AccumulatorKind,
    AccumulatorMode,
    ClaimLine,
    Frequency,
    Household,
    Network,
    Person,
    Recurring,
    ServiceCategory,
)
from tracker.facts import Plan as PlanFact
from tracker.services.bundle import Services
from ui.models.claims import counted_reason, eob_rows, matches
from ui.models.coverage_words import covered_words, given_names, possessive, short, to_go
from ui.models.plan_facts import limit_words, plan_facts
from ui.pages.coverage_read import OUTSIDE, read_year

HOME = Household(people=(Person(id=1, name="Eleanor Whitfield"), Person(id=2, name="Sam Whitfield")))


def standing(used: int, most: int | None, *, beyond: int = 0, family_left: int | None = None) -> Standing:
    return Standing(1, 1, Network.IN, AccumulatorKind.DEDUCTIBLE, used, most, beyond, family_left)


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (standing(1_420_00, 2_000_00), "$580 to go"),
        (standing(2_000_00, 2_000_00), "Met"),
        (standing(2_000_00, 2_000_00, beyond=120_00), "Met; EOBs give $120 more than that"),
        (standing(0, 0), "Nothing to meet"),
        (standing(500, None), "The plan states no limit"),
        (standing(100_00, 2_000_00, family_left=0), "Met by the family"),
        (standing(100_00, 2_000_00, family_left=50_00), "$50 to go for the family"),
    ],
)
def test_what_is_left_of_a_limit(found: Standing, words: str) -> None:
    assert to_go(found) == words


def test_names_fit_their_place_and_tell_people_apart() -> None:
    assert short("x" * 200, 10) == "xxxxxxxxx\u2026"
    assert given_names(HOME) == {1: "Eleanor", 2: "Sam"}
    twins = Household(people=(Person(id=1, name="Sam Ash"), Person(id=2, name="Sam Oak")))
    assert given_names(twins) == {1: "Sam Ash", 2: "Sam Oak"}
    assert [possessive(HOME, who) for who in (1, 2, None)] == ["Your", "Sam Whitfield\u2019s", "Family"]


def test_who_is_covered_in_words() -> None:
    def covered(*ids: int) -> str:
        made = PlanFact(name="P", begins_on=date(2026, 1, 1), ends_on=date(2026, 12, 31), person_ids=ids)
        return covered_words(HOME, made)

    assert covered(1) == "you"
    assert covered(1, 2) == "you and 1 dependent"
    assert covered(1, 2, 3, 4, 5) == "you and 4 dependents"
    assert covered(2) == "1 person"


def test_a_limit_in_words() -> None:
    assert limit_words(limit()) == "$2,000 each, $4,000 family, embedded"
    alone = limit(mode=AccumulatorMode.SELF, individual=0, family=None)
    assert limit_words(alone) == "$0, self-only"
    assert limit_words(limit(mode=AccumulatorMode.AGGREGATE)) == "$4,000 family, aggregate"


def test_the_facts_of_a_plan_leave_out_what_is_not_known() -> None:
    premium = Recurring(
        label="Premium", amount=450_00, frequency=Frequency.MONTHLY, first_due=date(2026, 1, 1)
    )
    made = PlanFact(
        name="P",
        begins_on=date(2026, 7, 1),
        ends_on=date(2027, 6, 30),
        person_ids=(1,),
        premiums=(premium,),
        accumulators=(limit(),),
    )
    facts = {name: words for name, words, _ in plan_facts(made, HOME)}
    assert facts["Premium"] == "$450.00 a month\n$5,400 a year"
    assert facts["Period"] == "Jul 1, 2026 to Jun 30, 2027"
    assert facts["In network"] == ""
    assert "Insurer" not in facts
    assert "Out of network" not in facts


def test_a_year_holds_its_own_eobs_and_those_of_no_plan_stand_apart(services: Services) -> None:
    eleanor, sam = people(services, "Eleanor", "Sam")
    mine = plan(services, [eleanor], name="Mine")
    theirs = plan(services, [sam], name="Theirs")
    own = claim(services, eleanor, date(2026, 3, 3), plan_id=mine.id)
    other = claim(services, sam, date(2026, 3, 3), plan_id=theirs.id)
    outside = claim(services, eleanor, date(2025, 3, 3))

    def ids(wanted: int | None) -> list[int | None]:
        return [line.claim.id for line in read_year(services, wanted).lines]

    assert ids(mine.id) == [own]
    assert ids(theirs.id) == [other]
    assert ids(OUTSIDE) == [outside]
    assert read_year(services, mine.id).outside == 1


def test_without_a_plan_today_the_last_that_began_is_shown(services: Services) -> None:
    (eleanor,) = people(services, "Eleanor")
    old = plan(services, [eleanor], begins_on=date(2024, 1, 1), ends_on=date(2024, 12, 31))
    plan(services, [eleanor], begins_on=date(2027, 1, 1), ends_on=date(2027, 12, 31), name="To come")
    assert read_year(services, None).plan == old
    assert read_year(services, OUTSIDE).plan == old  # nothing lies outside: there is nothing to show


def test_a_row_knows_what_counted_and_what_did_not(services: Services) -> None:
    (eleanor,) = people(services, "Eleanor")
    made = plan(services, [eleanor])
    claim(services, eleanor, date(2026, 3, 3), deductible=100_00, coinsurance=20_00, you_owe=120_00)
    (line,) = services.claims.lines(made.period)
    assert isinstance(line, ClaimLine)
    (row,) = eob_rows([line], made, {})
    assert counted_reason(row) == (
        "$100.00 counts toward the deductible; with copay and coinsurance $120.00 toward the maximum."
    )
    assert row.off == gap(line.claim)
    (lost,) = eob_rows([line], None, {})
    assert lost.counted == 0
    assert "No plan covers" in counted_reason(lost)


@pytest.mark.parametrize(
    ("category", "description", "how", "words"),
    [
        ("SPEC", "Visit and biopsy", {}, "Specialist visit: Visit and biopsy"),
        ("URGENT", "Urgent care", {}, "Urgent care"),
        ("ER", "Emergency room, wrist injury", {}, "Emergency room, wrist injury"),
        ("IMAGING", "imaging", {}, "Imaging (MRI, CT, PET)"),
        ("", "Office visit", {}, "Office visit"),
        ("PCP", "", {}, "Primary care visit"),
        ("", "", {}, ""),
        ("MINE", "", {}, "My own"),
        ("PCP", "", {"network": Network.OUT}, "Out of network: Primary care visit"),
        ("", "", {"network": Network.OUT}, "Out of network"),
        (
            "ER",
            "",
            {"network": Network.OUT, "protected": True},
            "Out of network, protected: Emergency room",
        ),
    ],
)
def test_a_row_says_the_service_once_and_is_found_by_it(
    services: Services, category: str, description: str, how: dict[str, object], words: str
) -> None:
    (eleanor,) = people(services, "Eleanor")
    services.coverage.save_category(ServiceCategory(code="MINE", name="My own"))
    claim(services, eleanor, date(2026, 3, 3), category=category, description=description, **how)
    (line,) = services.claims.lines(Period(date(2026, 1, 1), date(2027, 1, 1)))
    (row,) = eob_rows([line], None, {}, services.coverage.categories())
    assert row.service == words
    assert matches(row, words.casefold().split())
    assert matches(row, description.casefold().split())
