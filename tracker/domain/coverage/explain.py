"""Why an accumulator stands where it stands, and why an EOB does or does not move it.

Every figure on screen answers "why?" (DESIGN principle 4): these are the claims and the sentences
behind it. The rules are rulebook 1.2, 1.4, 1.11 and 2.2.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from tracker.domain.coverage.accumulators import Standing, belongs, counted, postings, standing
from tracker.facts import Accumulator, AccumulatorKind, AccumulatorMode, Claim, Network, Plan
from tracker.money import Cents, dollars


@dataclass(frozen=True, slots=True)
class Counted:
    """One claim behind a running total, in processed order.

    `stated` is what the EOB gives; `amount` is what of it counted, less where a limit was reached;
    `total` is the sum up to here. `order_estimated` where the EOB names no processed date.
    """

    claim: Claim
    stated: Cents
    amount: Cents
    total: Cents
    order_estimated: bool


@dataclass(frozen=True, slots=True)
class Effect:
    """One accumulator without a claim and with it."""

    before: Standing
    after: Standing

    @property
    def added(self) -> Cents:
        return self.after.used - self.before.used


def explain(
    claims: Iterable[Claim], plan: Plan, limit: Accumulator, person_id: int | None
) -> list[Counted]:
    """The claims that add up to a standing, in the order of rulebook 2.2; the last total is `used`.

    A claim that found the limit already reached stays in the list with nothing counted.
    """
    ceiling = limit.family if person_id is None else limit.individual
    each_at_most = _most_of_one(limit) if person_id is None else None
    found: list[Counted] = []
    total = 0
    each: dict[int, Cents] = {}
    for posting in postings(claims, plan, limit, person_id):
        claim, amount = posting.claim, posting.amount
        if each_at_most is not None:
            before = each.get(claim.person_id, 0)
            amount = min(amount, each_at_most - before)
            each[claim.person_id] = before + amount
        if ceiling is not None:
            amount = min(amount, ceiling - total)
        total += amount
        found.append(Counted(claim, posting.amount, amount, total, claim.processed_on is None))
    return found


def rule_sentences(limit: Accumulator, person_id: int | None) -> list[str]:
    """The rule behind an accumulator in a few plain sentences."""
    where = "in network" if limit.network is Network.IN else "out of network"
    if limit.kind is AccumulatorKind.DEDUCTIBLE:
        what = (
            f"The deductible on each EOB for covered care {where} counts. Copays, coinsurance, care that "
            "is not covered, premiums and membership fees never do."
        )
    else:
        what = (
            f"Deductible, copay and coinsurance on each EOB for covered care {where} count. Care that is "
            "not covered, balance bills, premiums and membership fees never do."
        )
    when = (
        "A claim belongs to the plan year of its service date; within the year claims count in the order "
        "they were processed."
    )
    sentences = [what, when]
    most = _most_of_one(limit)
    if person_id is None and most is not None:
        sentences.append(f"No one person adds more than their own {dollars(most)} to the family total.")
    if limit.mode is AccumulatorMode.AGGREGATE and limit.family is not None:
        sentences.append(
            f"It is aggregate: nobody is past it until the family together reaches {dollars(limit.family)}."
        )
    return sentences


def effects(claims: Sequence[Claim], plan: Plan, claim: Claim) -> list[Effect]:
    """What one claim, new or changed, does to each accumulator of its network, the person's first.

    `claims` may hold the claim's stored version; it is left out of both sides.
    """
    without = [other for other in claims if claim.id is None or other.id != claim.id]
    tied = replace(claim, plan_id=plan.id)
    found = []
    for limit in plan.accumulators:
        if limit.network is not claim.network:
            continue
        whose: list[int | None] = []
        if limit.mode is not AccumulatorMode.AGGREGATE:
            whose.append(claim.person_id)
        if limit.mode is not AccumulatorMode.SELF:
            whose.append(None)
        found += [
            Effect(
                standing(without, plan, limit, person_id),
                standing([*without, tied], plan, limit, person_id),
            )
            for person_id in whose
        ]
    return found


def why_not_counted(claim: Claim, plan: Plan | None) -> str:
    """Why a claim that costs the member something counts toward no limit; empty where it does count.

    A claim that costs nothing (preventive care) has nothing to count and needs no reason.
    """
    if not (claim.you_owe or claim.not_covered or counted(claim, AccumulatorKind.OOP_MAX)):
        return ""
    if plan is None:
        return "No plan covers this day, so it counts toward no limit."
    if not belongs(claim, plan):
        return "It belongs to another plan than this one."
    if not any(limit.network is claim.network for limit in plan.accumulators):
        where = "in-network" if claim.network is Network.IN else "out-of-network"
        return f"{plan.name} states no {where} limit, so it counts toward none."
    if counted(claim, AccumulatorKind.OOP_MAX):
        return ""
    if claim.not_covered:
        return (
            "Your plan does not cover this care. What is not covered never counts toward the deductible "
            "or the out-of-pocket maximum."
        )
    return "The EOB gives no deductible, copay or coinsurance, so nothing counts toward a limit."


def _most_of_one(limit: Accumulator) -> Cents | None:
    """What one person may add to a family total at most (rulebook 1.4), or None without such a rule."""
    return limit.individual if limit.mode is AccumulatorMode.EMBEDDED else None
