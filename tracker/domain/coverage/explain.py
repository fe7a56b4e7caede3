"""Why an accumulator stands where it stands, and why an EOB does or does not move it.

Every figure on screen answers "why?" (DESIGN principle 4): these are the claims and the sentences
behind it. The rules are rulebook 1.2, 1.4, 1.11 and 2.2.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from tracker.domain.coverage.accumulators import Standing, counted, postings, standing
from tracker.domain.coverage.periods import belongs
from tracker.domain.coverage.plan_year import PlanYear, counts_in
from tracker.facts import Accumulator, AccumulatorKind, AccumulatorMode, Claim, Network, Plan
from tracker.money import Cents, dollars


@dataclass(frozen=True, slots=True)
class Counted:
    """One claim behind a running total, in processed order; or an opening balance, said in `words`.

    `stated` is what the EOB gives; `amount` is what of it counted, less where a limit was reached;
    `total` is the sum up to here. `order_estimated` where the EOB names no processed date.
    """

    claim: Claim | None
    stated: Cents
    amount: Cents
    total: Cents
    order_estimated: bool
    words: str = ""


@dataclass(frozen=True, slots=True)
class Effect:
    """One accumulator without a claim and with it."""

    before: Standing
    after: Standing

    @property
    def added(self) -> Cents:
        return self.after.used - self.before.used


def explain(year: PlanYear, limit: Accumulator, person_id: int | None) -> list[Counted]:
    """What adds up to a standing, in the order of rulebook 2.2; the last total is `used`.

    A claim that found the limit already reached stays in the list with nothing counted.
    """
    ceiling = limit.family if person_id is None else year.own_limit(limit)
    each_at_most = year.own_limit(limit) if person_id is None else None
    found: list[Counted] = []
    total = 0
    each: dict[int, Cents] = {}
    for posting in postings(year, limit, person_id):
        amount = posting.amount
        if each_at_most is not None:
            before = each.get(posting.person_id, 0)
            amount = min(amount, each_at_most - before)
            each[posting.person_id] = before + amount
        if ceiling is not None:
            amount = min(amount, ceiling - total)
        total += amount
        estimated = posting.claim is not None and posting.claim.processed_on is None
        words = posting.words or ("Counted over from another limit" if posting.crossed else "")
        found.append(Counted(posting.claim, posting.amount, amount, total, estimated, words))
    return found


def rule_sentences(year: PlanYear, limit: Accumulator, person_id: int | None) -> list[str]:
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
    most = year.own_limit(limit)
    if person_id is None and most is not None:
        sentences.append(f"No one person adds more than their own {dollars(most)} to the family total.")
    if limit.mode is AccumulatorMode.AGGREGATE and limit.family is not None:
        sentences.append(
            f"It is aggregate: nobody is past it until the family together reaches {dollars(limit.family)}."
        )
    return sentences


def effects(year: PlanYear, claim: Claim) -> list[Effect]:
    """What one claim, new or changed, does to each accumulator it moves, the person's first.

    The year may hold the claim's stored version; it is left out of both sides. The limits of the
    claim's network are shown even where it does not move them.
    """
    others = [other for other in year.claims if claim.id is None or other.id != claim.id]
    tied = replace(claim, plan_id=year.plan.id)
    without, with_it = year.with_claims(others), year.with_claims([*others, tied])
    found = []
    for limit in year.plan.accumulators:
        whose: list[int | None] = []
        if year.own_limit(limit) is not None or limit.mode is not AccumulatorMode.AGGREGATE:
            whose.append(claim.person_id)
        if limit.mode is not AccumulatorMode.SELF:
            whose.append(None)
        main = limit.network is counts_in(claim) and not (limit.drugs or limit.tier)
        for person_id in whose:
            effect = Effect(standing(without, limit, person_id), standing(with_it, limit, person_id))
            if main or effect.added:
                found.append(effect)
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
    if not any(limit.network is counts_in(claim) for limit in plan.accumulators):
        where = "in-network" if counts_in(claim) is Network.IN else "out-of-network"
        return f"{plan.name} states no {where} limit, so it counts toward none."
    if counted(claim, AccumulatorKind.OOP_MAX):
        return ""
    if claim.not_covered:
        return (
            "Your plan does not cover this care. What is not covered never counts toward the deductible "
            "or the out-of-pocket maximum."
        )
    return "The EOB gives no deductible, copay or coinsurance, so nothing counts toward a limit."
