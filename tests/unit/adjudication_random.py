"""Random plans and histories for the engine's property tests: small limits, so that they are reached."""

from __future__ import annotations

from random import Random
from typing import Any

from tests.unit.adjudication_kit import claim, deductible, line, oop_max, rule
from tracker.domain.coverage.claim_lines import ClaimInput, ClaimLine, Denial
from tracker.domain.coverage.terms import Bucket, PlanTerms
from tracker.facts import AccumulatorMode, CopayOrder, CopayScope, CostSharingRule

CATEGORIES = ("PCP", "LAB", "ER", "PT", "INPATIENT", "RX3", "HEARING")
PEOPLE = ("A", "B", "C")
MODES = tuple(AccumulatorMode)


def random_plan(random: Random) -> PlanTerms:
    """A plan with four or five buckets, crossing at random, and rules of every shape."""
    crossing = random.randint(0, 3)
    buckets = (
        _bucket(random, "DED_IN", "IN", crossing == 3),
        _bucket(random, "DED_OUT", "OUT", crossing >= 2),
        _bucket(random, "RXDED", "IN", False),
        _bucket(random, "OOP_IN", "IN", crossing == 3),
        _bucket(random, "OOP_OUT", "OUT", crossing >= 2),
    )
    rules = [
        _rule(random, category, tier)
        for category in CATEGORIES
        for tier in ("IN", "OUT")
        if random.randint(0, 9) > (0 if tier == "IN" else 3)
    ]
    return PlanTerms(name="Random", buckets=buckets, rules=tuple(rules))


def _bucket(random: Random, name: str, tier: str, crossing: bool) -> Bucket:
    mode = random.choice(MODES)
    individual = random.choice((0, 20_00, 150_00, 1_000_00))
    family = individual * random.choice((1, 2, 3)) + random.choice((0, 1))
    other = name.replace("IN", "OUT") if "IN" in name else name.replace("OUT", "IN")
    amounts: dict[str, Any] = {
        "individual": None if mode is AccumulatorMode.AGGREGATE else individual,
        "family": None if mode is AccumulatorMode.SELF else family,
        "mode": mode,
        "tier": tier,
        "cross": (other,) if crossing else (),
    }
    if name.startswith("OOP"):
        amounts["cap"] = random.choice((None, None, 120_00, 700_00))
        if random.randint(0, 9) == 0:
            amounts.update(individual=None, family=None)
        return oop_max(name, **amounts)
    return deductible(name, **amounts)


def _rule(random: Random, category: str, tier: str) -> CostSharingRule:
    least = random.choice((0, 0, 5_00))
    drug = category.startswith("RX") and tier == "IN"
    return rule(
        category,
        tier,
        covered=random.randint(0, 14) > 0,
        deductible=random.choice((None, "RXDED" if drug else f"DED_{tier}")),
        oop_max=random.choice((None, f"OOP_{tier}", f"OOP_{tier}", f"OOP_{tier}")),
        copay=random.choice((0, 0, 10_00, 37_51)),
        copay_order=random.choice(tuple(CopayOrder)),
        copay_scope=random.choice(tuple(CopayScope)),
        max_units=random.choice((None, 1, 3)),
        coinsurance=random.choice((0, 1000, 3333, 10_000)),
        coinsurance_min=least,
        coinsurance_max=random.choice((None, least + 20_00)),
        waive_copay_if_admitted=random.randint(0, 1) == 1,
        visit_limit=random.choice((None, None, 0, 2)),
        dollar_max=random.choice((None, None, None, 90_00)),
        no_authorization_penalty=random.choice((0, 15_00)),
        copay_credits=random.choice((None, None, None, "DED_IN")),
    )


def random_history(random: Random, *, claims: int = 8, assistance: bool = True) -> list[ClaimInput]:
    return [
        claim(
            key,
            *(_line(random, assistance) for _ in range(random.randint(1, 3))),
            person=random.choice(PEOPLE),
            units=random.randint(1, 4),
            admitted=random.randint(0, 3) == 0,
        )
        for key in range(claims)
    ]


def _line(random: Random, assistance: bool) -> ClaimLine:
    billed = random.choice((0, 1, 99, random.randint(0, 500_00)))
    return line(
        random.choice((*CATEGORIES, "COSMETIC")),
        billed,
        random.randint(0, billed + 20),
        tier=random.choice(("IN", "IN", "OUT")),
        protected=random.randint(0, 7) == 0,
        denial=random.choice((None,) * 8 + tuple(Denial)),
        missed_authorization=random.randint(0, 3) == 0,
        assistance=random.choice((0, 0, 12_34)) if assistance else 0,
        assistance_counts=random.choice((True, False)),
    )
