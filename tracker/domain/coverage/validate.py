"""What looks wrong about a plan as entered: warnings, never refusals (rulebook 1.16)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from tracker.dates import day_text
from tracker.facts import Accumulator, AccumulatorKind, Network, Plan
from tracker.money import Cents, dollars

LONGEST_DAYS = 366
_WHERE = {Network.IN: "in network", Network.OUT: "out of network"}


def plan_warnings(plan: Plan, others: Iterable[Plan], names: Mapping[int, str]) -> list[str]:
    """Everything worth a second look, each in one sentence. `names` are the people by id."""
    found = []
    for network in Network:
        deductible = _limit(plan, AccumulatorKind.DEDUCTIBLE, network)
        most = _limit(plan, AccumulatorKind.OOP_MAX, network)
        found += _below(most, deductible, f"out-of-pocket maximum {_WHERE[network]}", "the deductible")
    inside = _limit(plan, AccumulatorKind.OOP_MAX, Network.IN)
    outside = _limit(plan, AccumulatorKind.OOP_MAX, Network.OUT)
    found += _below(outside, inside, "out-of-pocket maximum out of network", "the one in network")
    if plan.ends_on >= plan.begins_on:
        if plan.period.days > LONGEST_DAYS:
            found.append(
                "The plan runs longer than a year; its limits usually start again after twelve months."
            )
        found += _overlaps(plan, others, names)
    return found


def _limit(plan: Plan, kind: AccumulatorKind, network: Network) -> Accumulator | None:
    return next((item for item in plan.accumulators if item.kind is kind and item.network is network), None)


def _below(low: Accumulator | None, high: Accumulator | None, what: str, than: str) -> list[str]:
    """A sentence for each amount of `low` that lies below the same one of `high`."""
    if low is None or high is None:
        return []
    found = []
    pairs: list[tuple[str, Cents | None, Cents | None]] = [
        ("", low.individual, high.individual),
        ("family ", low.family, high.family),
    ]
    for whose, less, more in pairs:
        if less is not None and more is not None and less < more:
            found.append(f"The {whose}{what}, {dollars(less)}, is below {than}, {dollars(more)}.")
    return found


def _overlaps(plan: Plan, others: Iterable[Plan], names: Mapping[int, str]) -> list[str]:
    found = []
    for other in others:
        both = [names.get(person, "") for person in plan.person_ids if person in other.person_ids]
        begin, end = max(plan.begins_on, other.begins_on), min(plan.ends_on, other.ends_on)
        if other.id != plan.id and both and begin <= end:
            found.append(
                f"{_joined(both)} would also be covered by {other.name} "
                f"from {day_text(begin)} to {day_text(end)}."
            )
    return found


def _joined(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
