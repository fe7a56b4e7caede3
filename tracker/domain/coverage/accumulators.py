"""Where deductibles and out-of-pocket maxima stand, from the EOBs entered.

Ledger mode of rulebook 2.5: the EOB's own figures are the postings (`plan_year`). What counts toward
what is rulebook 1.11.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from tracker.domain.coverage.plan_year import PlanYear, Posting
from tracker.facts import Accumulator, AccumulatorKind, AccumulatorMode, Claim, Network
from tracker.money import Cents


@dataclass(frozen=True, slots=True)
class Standing:
    """Where one accumulator stands for one person, or for the family (`person_id` None).

    `limit` is None where the plan states none. `used` never exceeds the limit: what an EOB applied
    beyond it is in `beyond`, a sign of a typing error or of an insurer's. `family_left` is what the
    family still has to go: once that is nothing, neither has the person (rulebook 1.4). `name` tells
    limits of the same kind and network apart; `drugs` marks one for drugs alone.
    """

    plan_id: int
    person_id: int | None
    network: Network
    kind: AccumulatorKind
    used: Cents
    limit: Cents | None
    beyond: Cents = 0
    family_left: Cents | None = None
    name: str = ""
    drugs: bool = False

    @property
    def remaining(self) -> Cents | None:
        if self.limit is None:
            return self.family_left
        own = self.limit - self.used
        return own if self.family_left is None else min(own, self.family_left)


def counted(claim: Claim, kind: AccumulatorKind) -> Cents:
    """What a claim's EOB gives toward the deductible, or the out-of-pocket maximum (rulebook 1.11).

    Not-covered amounts, balance bills, premiums and membership fees never count.
    """
    if kind is AccumulatorKind.DEDUCTIBLE:
        return claim.deductible or 0
    return (claim.deductible or 0) + (claim.copay or 0) + (claim.coinsurance or 0)


def postings(year: PlanYear, limit: Accumulator, person_id: int | None) -> list[Posting]:
    """What moved an accumulator, in the order of rulebook 2.2; by all people where None."""
    return year.postings(limit.name, person_id)


def standing(year: PlanYear, limit: Accumulator, person_id: int | None) -> Standing:
    """One accumulator of one person, or of the family.

    In the family total no person counts for more than their own limit, where they have one
    (rulebook 1.4 and 1.5).
    """
    ceiling = limit.family if person_id is None else year.own_limit(limit)
    found = postings(year, limit, person_id)
    most = year.own_limit(limit)
    if person_id is None and most is not None:
        each: dict[int, Cents] = {}
        for posting in found:
            each[posting.person_id] = each.get(posting.person_id, 0) + posting.amount
        applied = sum(min(amount, most) for amount in each.values())
    else:
        applied = sum(posting.amount for posting in found)
    used = applied if ceiling is None else min(applied, ceiling)
    assert year.plan.id is not None
    return Standing(
        year.plan.id,
        person_id,
        limit.network,
        limit.kind,
        used,
        ceiling,
        applied - used,
        name=limit.name,
        drugs=limit.drugs,
    )


def standings(year: PlanYear) -> list[Standing]:
    """Every accumulator of a plan: for each person where there is an individual limit, and the family.

    A plan for one person (mode `self`) has no family total. Limits for drugs alone come last.
    """
    found = []
    for limit in sorted(year.plan.accumulators, key=lambda item: (item.drugs, bool(item.tier))):
        together = None if limit.mode is AccumulatorMode.SELF else standing(year, limit, None)
        left = together.remaining if together else None
        if year.own_limit(limit) is not None or limit.mode is not AccumulatorMode.AGGREGATE:
            own = (standing(year, limit, person_id) for person_id in year.plan.person_ids)
            found += [replace(one, family_left=left) for one in own]
        if together:
            found.append(together)
    return found
