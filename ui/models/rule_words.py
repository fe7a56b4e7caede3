"""The choices of a cost-sharing rule (rulebook 1.6) in plain words."""

from __future__ import annotations

from tracker.facts import Accumulator, AccumulatorKind, CopayOrder, CopayScope, Need, Plan
from ui.models.coverage_words import limit_name

ORDERS = {
    CopayOrder.AFTER: "After the deductible",
    CopayOrder.BEFORE: "Before the deductible",
}
SCOPES = {
    CopayScope.VISIT: "Visit",
    CopayScope.LINE: "Service on the claim",
    CopayScope.DAY: "Day",
    CopayScope.ADMISSION: "Hospital stay",
    CopayScope.FILL: "Prescription fill",
}
NEEDS = {Need.NO: "No", Need.SOMETIMES: "Sometimes", Need.YES: "Yes"}


def limit_choices(plan: Plan, kind: AccumulatorKind, none: str) -> list[tuple[str, str]]:
    """The plan's limits of a kind to choose from, by name; the first is none of them."""
    found: list[Accumulator] = [item for item in plan.accumulators if item.kind is kind]
    return [("", none), *[(item.name, limit_name(item, plan)) for item in found]]
