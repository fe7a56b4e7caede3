"""What an EOB says beside its amounts: the service, the network tier, and what is refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tracker.domain.coverage.periods import ALL_TIME
from tracker.errors import UserProblem
from tracker.facts import (
    Accumulator,
    AccumulatorKind,
    AccumulatorMode,
    Claim,
    Network,
    NetworkTier,
    Person,
    Plan,
    ServiceCategory,
)
from tracker.money import LARGEST
from tracker.services.bundle import Services

DAY = date(2026, 9, 9)


@pytest.fixture
def eleanor(services: Services) -> int:
    """Eleanor, whose plan of 2026 has a tier of preferred hospitals."""
    person_id = services.people.save_person(Person(name="Eleanor")).new_id or 0
    services.plans.save(
        Plan(
            name="BlueRiver PPO 2000",
            begins_on=date(2026, 1, 1),
            ends_on=date(2026, 12, 31),
            person_ids=(person_id,),
            accumulators=(
                Accumulator(
                    kind=AccumulatorKind.DEDUCTIBLE,
                    network=Network.IN,
                    mode=AccumulatorMode.SELF,
                    individual=2_000_00,
                ),
            ),
            more_tiers=(NetworkTier(code="PREFERRED", name="preferred"),),
        )
    )
    return person_id


def save(services: Services, person_id: int, **terms: object) -> Claim:
    claim = replace(Claim(person_id=person_id, provider_id=0, service_from=DAY), **terms)  # type: ignore[arg-type]
    made = services.claims.save(claim, provider="Bayview Hospital")
    return services.claims.get(made.new_id or 0)


def test_services_of_the_list_and_own_ones_are_kept(services: Services, eleanor: int) -> None:
    services.coverage.save_category(ServiceCategory(code="NUTRITION", name="Nutrition counseling"))
    for code in ("", "LAB_THY", "NUTRITION"):
        assert save(services, eleanor, category=code).category == code


@pytest.mark.parametrize(
    ("terms", "field", "words"),
    [
        ({"category": "NONSENSE"}, "category", "There is no service NONSENSE"),
        ({"category": "lab"}, "category", "There is no service lab"),
        ({"category": "X" * 5_000}, "category", "There is no service"),
        ({"tier": "GOLD"}, "network", "has no network tier GOLD"),
        ({"tier": "PREFERRED", "service_from": date(2025, 9, 9)}, "network", "No plan of that day has"),
        ({"assistance": -1}, "assistance", "cannot be negative"),
        ({"assistance": LARGEST + 1}, "assistance", "cannot be more than"),
        ({"billed": LARGEST + 1}, "billed", "cannot be more than"),
    ],
)
def test_what_the_plan_or_the_list_does_not_have_is_refused_with_a_sentence(
    services: Services, eleanor: int, terms: dict[str, object], field: str, words: str
) -> None:
    with pytest.raises(UserProblem, match=words) as refused:
        save(services, eleanor, **terms)
    assert refused.value.field == field
    assert len(str(refused.value)) < 200
    assert services.claims.claims(ALL_TIME) == []


def test_a_tier_of_the_plan_is_kept_and_counts_toward_its_limits(services: Services, eleanor: int) -> None:
    claim = save(services, eleanor, tier="PREFERRED", deductible=100_00, category="INPATIENT")
    assert claim.tier == "PREFERRED"
    (plan,) = services.plans.all()
    assert [posting.amount for posting in services.coverage.year(plan).postings("DED_IN")] == [100_00]


def test_an_eob_keeps_its_service_through_undo_and_redo(services: Services, eleanor: int) -> None:
    claim = save(services, eleanor, category="LAB")
    services.claims.save(replace(claim, category="XRAY"), provider="Bayview Hospital")
    services.ledger.undo()
    assert services.claims.get(claim.id or 0).category == "LAB"
    services.ledger.redo()
    assert services.claims.get(claim.id or 0).category == "XRAY"
