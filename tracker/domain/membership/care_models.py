"""Concierge, direct primary care and traditional care side by side (rulebook 6.5).

The source document compares them in six features; the member's own numbers say what a year of each
would cost. Whether one "is often less" is for those numbers to show.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from tracker.facts.membership import CareModel as CareModel
from tracker.money import Cents, dollars

MODEL_NAMES = {
    CareModel.CONCIERGE: "Concierge medicine",
    CareModel.DPC: "Direct primary care (DPC)",
    CareModel.TRADITIONAL: "Traditional insurance-based care",
}


@dataclass(frozen=True, slots=True)
class Feature:
    """One row of the comparison, in short words after the source document."""

    name: str
    concierge: str
    dpc: str
    traditional: str

    def of(self, model: CareModel) -> str:
        return str(getattr(self, model.value))


FEATURES = (
    Feature(
        "Membership fee",
        "Typically a high annual or monthly fee for more access and services.",
        "A lower monthly fee for a broad range of primary care.",
        "None; copays, deductibles and premiums instead.",
    ),
    Feature(
        "Insurance billing",
        "May bill insurance for some services; the fee covers access to the physician.",
        "Does not bill insurance for primary care; the fee is its main pay.",
        "Bills insurance for everything covered; you owe copay, deductible and coinsurance.",
    ),
    Feature(
        "Access to physician",
        "Same or next day, long visits, direct phone and email.",
        "Same or next day, long visits, direct phone and email.",
        "Varies, often with longer waits; mostly through office staff.",
    ),
    Feature(
        "Scope of services",
        "Primary and preventive care and wellness, often some specialized care or coordination.",
        "Primary and preventive care, chronic and acute conditions, often simple procedures.",
        "Broad, as far as the plan covers it, often with referrals to specialists.",
    ),
    Feature(
        "Patient panel size",
        "Much smaller, so more attention for each patient.",
        "Smaller than in traditional care.",
        "Large, so less time for each patient.",
    ),
    Feature(
        "Focus",
        "Personal care with access and coordination.",
        "Affordable, accessible primary care.",
        "Managing disease, paid for each service.",
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CareUse:
    """Visits of a kind in a year and what one costs the member under a model.

    `elsewhere`: given outside the practice (urgent care, a specialist), so every model pays for it.
    """

    label: str
    count: int
    each: Cents
    elsewhere: bool = False

    @property
    def total(self) -> Cents:
        return self.count * self.each


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelInputs:
    """A year under one model: the fee, what visits cost the member, and everything else.

    `bills_insurance`: copays are charged for visits besides the fee, as hybrid practices do.
    """

    model: CareModel
    fee: Cents = 0
    uses: tuple[CareUse, ...] = ()
    other: Cents = 0
    bills_insurance: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelCost:
    """What a year of a model costs, in parts that add to the total."""

    inputs: ModelInputs
    visits: Cents
    total: Cents
    why: tuple[str, ...]


def model_cost(inputs: ModelInputs) -> ModelCost:
    """Membership + cost-sharing for visits + everything else.

    A practice that takes a fee and does not bill insurance charges nothing for its own visits.
    """
    charged = inputs.model is CareModel.TRADITIONAL or inputs.bills_insurance
    paid = [use for use in inputs.uses if charged or use.elsewhere]
    visits = sum(use.total for use in paid)
    total = inputs.fee + visits + inputs.other
    why = []
    if inputs.fee:
        why.append(f"Membership {dollars(inputs.fee)} a year.")
    why += [f"{use.label}: {use.count} at {dollars(use.each)} is {dollars(use.total)}." for use in paid]
    if len(paid) < len(inputs.uses):
        why.append("The practice does not bill insurance, so its visits cost nothing more.")
    if inputs.other:
        why.append(f"Everything else out of pocket {dollars(inputs.other)}.")
    why.append(f"Together {dollars(total)}.")
    return ModelCost(inputs=inputs, visits=visits, total=total, why=tuple(why))


def with_avoided(inputs: ModelInputs, avoided: Cents) -> ModelInputs:
    """The same year where the model avoids an amount of other costs, for the sensitivity slider."""
    return replace(inputs, other=max(0, inputs.other - avoided))


def must_avoid(inputs: ModelInputs, other: ModelInputs) -> Cents:
    """What a model would have to avoid in other costs to cost no more than another; 0 if it does not."""
    return max(0, model_cost(inputs).total - model_cost(other).total)
