"""Whether a bill is far enough above its good-faith estimate to be disputed (rulebook 3.8, D20)."""

from __future__ import annotations

from dataclasses import dataclass

from tracker.money import Cents, dollars

THRESHOLD: Cents = 40_000
"""The law's $400, counted for each provider or facility by itself."""

FEE: Cents = 2_500
"""What starting the dispute costs."""


@dataclass(frozen=True, slots=True)
class EstimateExcess:
    """How far one provider's bill is above its estimate, and whether a dispute (PPDR) is open to you."""

    estimated: Cents
    billed: Cents
    excess: Cents
    qualifies: bool
    words: str


def estimate_excess(estimated: Cents, billed: Cents, *, sent_to_insurance: bool = False) -> EstimateExcess:
    """One provider's or facility's bill against the estimate for that provider or facility.

    Both amounts are the sums of what that provider estimated and billed for the care, in cents. A
    claim that was sent to insurance cannot be disputed this way, whatever the difference.
    """
    excess = billed - estimated
    enough = excess >= THRESHOLD
    above = f"{dollars(excess)} above" if excess > 0 else "not above"
    lead = f"The bill of {dollars(billed)} is {above} the estimate of {dollars(estimated)}."
    if not enough:
        rest = f" A dispute needs {dollars(THRESHOLD, whole=True)} or more."
    elif sent_to_insurance:
        rest = " The claim was sent to insurance, so it cannot be disputed this way; appeal instead."
    else:
        rest = f" You can start a dispute; it costs {dollars(FEE, whole=True)}."
    return EstimateExcess(estimated, billed, excess, enough and not sent_to_insurance, lead + rest)
