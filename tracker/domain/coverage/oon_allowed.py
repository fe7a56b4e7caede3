"""What a plan allows out of network (rulebook 1.9): five methods, each in one line of arithmetic."""

from __future__ import annotations

from tracker.errors import UserProblem
from tracker.facts import OonMethod, OonPricing
from tracker.money import Cents, percent_of


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
