"""Running totals toward deductibles and out-of-pocket maxima, from the EOBs entered.

Ledger mode of rulebook 2.5: the EOB's own figures are the postings. A claim counts in the plan
period of its service date (1.2); what counts toward what is rulebook 1.11.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from tracker.facts import Accumulator, AccumulatorKind, AccumulatorMode, Claim, Network, Plan
from tracker.money import Cents


@dataclass(frozen=True, slots=True)
class Standing:
    """Where one accumulator stands for one person, or for the family (`person_id` None).

    `limit` is None where the plan states none. `used` never exceeds the limit: what an EOB applied
    beyond it is in `beyond`, a sign of a typing error or of an insurer's. `family_left` is what the
    family still has to go: once that is nothing, neither has the person (rulebook 1.4).
    """

    plan_id: int
    person_id: int | None
    network: Network
    kind: AccumulatorKind
    used: Cents
    limit: Cents | None
    beyond: Cents = 0
    family_left: Cents | None = None

    @property
    def remaining(self) -> Cents | None:
        if self.limit is None:
            return self.family_left
        own = self.limit - self.used
        return own if self.family_left is None else min(own, self.family_left)


@dataclass(frozen=True, slots=True)
class Posting:
    """What one claim added to an accumulator."""

    claim: Claim
    amount: Cents


def counted(claim: Claim, kind: AccumulatorKind) -> Cents:
    """What a claim's EOB adds to the deductible, or to the out-of-pocket maximum (rulebook 1.11).

    Not-covered amounts, balance bills, premiums and membership fees never count.
    """
    if kind is AccumulatorKind.DEDUCTIBLE:
        return claim.deductible or 0
    return (claim.deductible or 0) + (claim.copay or 0) + (claim.coinsurance or 0)


def order_key(claim: Claim) -> tuple[date, int]:
    """The order in which claims consume accumulators: by processed date (rulebook 2.2).

    Where the EOB gives none it is estimated as 30 days after the service.
    """
    return (claim.processed_on or claim.service_from + timedelta(days=30), claim.id or 0)


def belongs(claim: Claim, plan: Plan) -> bool:
    """Whether a claim falls in a plan's period. A claim tied to another plan does not."""
    return plan.begins_on <= claim.service_from <= plan.ends_on and claim.plan_id in (None, plan.id)


def postings(
    claims: Iterable[Claim], plan: Plan, limit: Accumulator, person_id: int | None
) -> list[Posting]:
    """The claims that moved an accumulator, in the order of rulebook 2.2; all people where None."""
    found = [
        Posting(claim, amount)
        for claim in claims
        if belongs(claim, plan)
        and claim.network is limit.network
        and (person_id is None or claim.person_id == person_id)
        and (amount := counted(claim, limit.kind))
    ]
    return sorted(found, key=lambda posting: order_key(posting.claim))


def standing(claims: Sequence[Claim], plan: Plan, limit: Accumulator, person_id: int | None) -> Standing:
    """One accumulator of one person, or of the family.

    In the family total of an embedded limit no person counts for more than the individual limit
    (rulebook 1.4). An aggregate limit has no individual one.
    """
    ceiling = limit.family if person_id is None else limit.individual
    if person_id is None and limit.mode is AccumulatorMode.EMBEDDED:
        each: dict[int, Cents] = {}
        for posting in postings(claims, plan, limit, None):
            each[posting.claim.person_id] = each.get(posting.claim.person_id, 0) + posting.amount
        most = limit.individual
        applied = sum(amount if most is None else min(amount, most) for amount in each.values())
    else:
        applied = sum(posting.amount for posting in postings(claims, plan, limit, person_id))
    used = applied if ceiling is None else min(applied, ceiling)
    assert plan.id is not None
    return Standing(plan.id, person_id, limit.network, limit.kind, used, ceiling, applied - used)


def standings(claims: Sequence[Claim], plan: Plan) -> list[Standing]:
    """Every accumulator of a plan: for each person where there is an individual limit, and the family.

    A plan for one person (mode `self`) has no family total.
    """
    found = []
    mine = [claim for claim in claims if belongs(claim, plan)]
    for limit in plan.accumulators:
        claims = [claim for claim in mine if claim.network is limit.network]
        together = None if limit.mode is AccumulatorMode.SELF else standing(claims, plan, limit, None)
        left = together.remaining if together else None
        if limit.mode is not AccumulatorMode.AGGREGATE:
            own = (standing(claims, plan, limit, person_id) for person_id in plan.person_ids)
            found += [replace(one, family_left=left) for one in own]
        if together:
            found.append(together)
    return found
