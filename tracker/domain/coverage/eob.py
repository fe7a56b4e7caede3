"""Whether an EOB's totals add up (rulebook 3.2)."""

from __future__ import annotations

from dataclasses import dataclass

from tracker.facts import Claim, Network
from tracker.money import Cents, dollars

TOLERANCE: Cents = 1
"""Insurers round differently; a cent is no gap (rulebook 2.1, rule 4)."""


@dataclass(frozen=True, slots=True)
class Gap:
    """By how much the totals miss each other, and which sum it is, in words."""

    amount: Cents
    words: str


def gap(claim: Claim) -> Gap | None:
    """The first sum of an EOB that does not close, or None. Sums with a figure missing are not judged.

    Allowed = plan paid + other insurer + deductible + copay + coinsurance; a penalty and what lies
    beyond a dollar limit are part of it on some EOBs. Protected care is not held to that sum (3.2).
    You owe = deductible + copay + coinsurance + not covered + penalty; out of network the provider's
    excess may come on top, but not where the No Surprises Act protects the care (1.10).
    """
    if claim.billed is not None and claim.allowed is not None and claim.allowed > claim.billed:
        over = claim.allowed - claim.billed
        return Gap(
            over, f"It allows {dollars(claim.allowed)}, more than the {dollars(claim.billed)} billed."
        )
    shares = (claim.deductible, claim.copay, claim.coinsurance)
    if all(share is None for share in shares):
        return None
    your_share = sum(share or 0 for share in shares)
    other, penalty, uncovered = claim.other_paid or 0, claim.penalty or 0, claim.not_covered or 0
    if claim.allowed is not None and claim.plan_paid is not None and not claim.protected:
        parts = claim.plan_paid + your_share + other
        off = claim.allowed - parts
        if all(abs(off - more) > TOLERANCE for more in (0, penalty, uncovered, penalty + uncovered)):
            who = "plan paid, other insurance" if other else "plan paid"
            return Gap(
                off, f"Allowed is {dollars(claim.allowed)}; {who} and your share add to {dollars(parts)}."
            )
    if claim.you_owe is not None:
        owed = your_share + uncovered + penalty
        excess = 0
        unbound = claim.network is Network.OUT and not claim.protected
        if unbound and claim.billed is not None and claim.allowed is not None:
            excess = claim.billed - claim.allowed
        fair = {owed, owed + excess, owed - other}
        if all(abs(claim.you_owe - sum_) > TOLERANCE for sum_ in fair):
            return Gap(
                claim.you_owe - owed,
                f"You owe is {dollars(claim.you_owe)}; its parts add to {dollars(owed)}.",
            )
    return None


def discount(claim: Claim) -> Cents | None:
    """What nobody owes: billed less allowed, in network (the contractual write-off) or protected."""
    bound = claim.network is Network.IN or claim.protected
    if not bound or claim.billed is None or claim.allowed is None:
        return None
    return max(0, claim.billed - claim.allowed - (claim.not_covered or 0))


def your_share(claim: Claim) -> Cents | None:
    """Deductible, copay, coinsurance and not covered together: what an EOB's own parts say you owe.

    None where it gives none of the four.
    """
    parts = (claim.deductible, claim.copay, claim.coinsurance, claim.not_covered)
    if all(part is None for part in parts):
        return None
    return sum(part or 0 for part in parts)


@dataclass(frozen=True, slots=True)
class Check:
    """What can be said about an EOB's sums so far: whether they close (None: too little is known)."""

    adds_up: bool | None
    words: str


def check(claim: Claim) -> Check:
    """The sums of an EOB in one sentence, for somebody who is still typing it."""
    off = gap(claim)
    if off is not None:
        return Check(False, off.words)
    share = your_share(claim)
    if share is None:
        return Check(None, "")
    if claim.you_owe is not None:
        return Check(True, f"Adds up: you owe {dollars(claim.you_owe)}.")
    if claim.allowed is not None and claim.plan_paid is not None:
        return Check(True, f"Adds up: you owe {dollars(share)}.")
    return Check(None, f"By these parts you owe {dollars(share)}.")
