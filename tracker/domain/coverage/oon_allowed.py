"""What a plan allows out of network (rulebook 1.9): five methods, each in one line of arithmetic."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from tracker.errors import UserProblem
from tracker.money import BasisPoints, Cents, percent_of

MOST_RATE: BasisPoints = 100_000
"""Ten times Medicare; no plan is known to allow more, so a larger rate is a slip of the key."""


class OonMethod(StrEnum):
    """How a plan sets the allowed amount of a provider it has no contract with."""

    PCT_MEDICARE = "pct_medicare"
    UCR_PERCENTILE = "ucr_percentile"
    PCT_BILLED = "pct_billed"
    SCHEDULE = "schedule"
    NONE = "none"


_FIGURE = {
    OonMethod.PCT_MEDICARE: "Medicare's fee for the service",
    OonMethod.UCR_PERCENTILE: "the plan's usual and customary figure",
    OonMethod.SCHEDULE: "the amount on the plan's schedule",
}


@dataclass(frozen=True, slots=True)
class OonPricing:
    """A plan's method; `rate` belongs to the two percentage methods (14000 is 140% of Medicare)."""

    method: OonMethod
    rate: BasisPoints = 0

    def __post_init__(self) -> None:
        by_rate = self.method in (OonMethod.PCT_MEDICARE, OonMethod.PCT_BILLED)
        if by_rate and not 0 < self.rate <= MOST_RATE:
            raise UserProblem(
                "The percentage your plan allows out of network is missing or not believable.",
                "Type it like 140 for 140% of Medicare.",
                field="rate",
            )
        if self.method is OonMethod.PCT_BILLED and self.rate > 10_000:
            raise UserProblem(
                "A plan cannot allow more than 100% of what is billed.",
                "Check the percentage.",
                field="rate",
            )

    @property
    def needs(self) -> str | None:
        """The figure to ask for besides the bill, in words, or None."""
        return _FIGURE.get(self.method)


def allowed_out_of_network(pricing: OonPricing, billed: Cents, figure: Cents | None = None) -> Cents | None:
    """The allowed amount, never above what is billed; None where the plan covers nothing there.

    `figure` is Medicare's fee, the plan's usual and customary figure or its scheduled amount.
    Raises UserProblem where it is needed and unknown: it is never guessed.
    """
    if pricing.method is OonMethod.NONE:
        return None
    if pricing.method is OonMethod.PCT_BILLED:
        return min(billed, percent_of(billed, pricing.rate))
    if figure is None:
        raise UserProblem(
            f"To price this out of network your plan needs {pricing.needs}.",
            "Ask the plan for it, or enter the allowed amount itself.",
            field="figure",
        )
    if pricing.method is OonMethod.PCT_MEDICARE:
        figure = percent_of(figure, pricing.rate)
    return min(billed, figure)


def allowed_range(
    billed: Cents, ways: tuple[tuple[OonPricing, Cents | None], ...]
) -> tuple[Cents, Cents] | None:
    """The least and the most that several methods would allow: an estimate to show as such.

    A method that covers nothing counts as zero. None without any method.
    """
    found = [allowed_out_of_network(pricing, billed, figure) or 0 for pricing, figure in ways]
    return (min(found), max(found)) if found else None
