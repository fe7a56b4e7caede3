"""A year under one care model from the member's own numbers, and which uses a fee covers (rulebook 6.5)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from tracker.domain.membership.care_models import (
    CareModel,
    CareUse,
    ModelCost,
    ModelInputs,
    model_cost,
    must_avoid,
    with_avoided,
)
from tracker.domain.membership.included_care import BY_DEFAULT
from tracker.facts.membership import ModelNumbers
from tracker.money import Cents, dollars

PriceOf = Callable[[str], Cents | None]
"""What one visit of a service category costs the member under the plan; None where no plan tells."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelYear:
    """One model's year. `is_own` for numbers the member typed.

    `cost` is None while the model's fee is not known: then it is compared with nothing. `asks` say what
    is missing in the numbers.
    """

    numbers: ModelNumbers
    is_own: bool
    inputs: ModelInputs | None
    cost: ModelCost | None
    asks: tuple[str, ...] = ()

    @property
    def model(self) -> CareModel:
        return self.numbers.model


def model_year(
    numbers: ModelNumbers, price_of: PriceOf, *, is_own: bool, fee_known: bool = True
) -> ModelYear:
    """The year of a model. A use without a price of its own is priced by the plan."""
    uses, asks = [], []
    for use in numbers.uses:
        each = use.each if use.each is not None else price_of(use.category)
        if each is None:
            asks.append(f"What one of {use.label} costs is not known; it counts as nothing here.")
        elsewhere = bool(use.category) and use.category not in BY_DEFAULT
        uses.append(CareUse(label=use.label, count=use.times, each=each or 0, elsewhere=elsewhere))
    if not fee_known:
        asks.append("Type what such a practice asks a year, then it is compared.")
        return ModelYear(numbers=numbers, is_own=is_own, inputs=None, cost=None, asks=tuple(asks))
    inputs = ModelInputs(
        model=numbers.model,
        fee=numbers.fee,
        uses=tuple(uses),
        other=numbers.other,
        bills_insurance=numbers.bills_insurance,
    )
    cost = model_cost(with_avoided(inputs, numbers.avoided))
    return ModelYear(numbers=numbers, is_own=is_own, inputs=inputs, cost=cost, asks=tuple(asks))


def with_slider(year: ModelYear, avoided: Cents) -> ModelYear:
    """The same year where it avoids an amount of other costs."""
    if year.inputs is None:
        return year
    cost = model_cost(with_avoided(year.inputs, avoided))
    return ModelYear(
        numbers=year.numbers, is_own=year.is_own, inputs=year.inputs, cost=cost, asks=year.asks
    )


def avoid_sentences(mine: ModelYear, others: Iterable[ModelYear]) -> list[str]:
    """What the own model must avoid in other costs to cost no more than each of the others."""
    said = []
    for other in others:
        if mine.inputs is None or other.cost is None or other.model is mine.model:
            continue
        needed = must_avoid(mine.inputs, other.cost.inputs)
        name = _PHRASES[other.model]
        if not needed:
            said.append(f"It costs no more than {name} by these numbers.")
        elif needed > mine.inputs.other:
            said.append(
                f"To cost no more than {name} it would have to avoid {dollars(needed)} of other costs, "
                f"more than the {dollars(mine.inputs.other)} there are."
            )
        else:
            said.append(f"It costs no more than {name} once it avoids {dollars(needed)} of other costs.")
    return said


_PHRASES = {
    CareModel.CONCIERGE: "concierge medicine",
    CareModel.DPC: "direct primary care",
    CareModel.TRADITIONAL: "traditional care",
}
