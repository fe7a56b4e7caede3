"""What one cell of a Summary of Benefits and Coverage says, between the paper's words and a rule (1.6).

A `Share` says everything a cost-sharing rule says about money, but not which of the plan's limits it
means: "after deductible" is the same phrase in network and out.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from tracker.facts import CopayOrder, CopayScope, CostSharingRule
from tracker.money import BasisPoints, Cents


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """What the member pays. `counts` is toward the out-of-pocket maximum, `copay_credits` toward the
    deductible. `aside` is what the cell says besides, kept as a note and never counted."""

    covered: bool = True
    deductible: bool = False
    copay: Cents = 0
    copay_order: CopayOrder = CopayOrder.AFTER
    copay_scope: CopayScope = CopayScope.VISIT
    max_units: int | None = None
    coinsurance: BasisPoints = 0
    coinsurance_min: Cents = 0
    coinsurance_max: Cents | None = None
    waive_copay_if_admitted: bool = False
    counts: bool = True
    copay_credits: bool = False
    aside: str = ""

    def plain(self) -> Share:
        """The same without the parts that do nothing as it stands."""
        if not self.covered:
            return Share(covered=False, aside=self.aside)
        found = self
        if not self.copay:
            found = replace(
                found,
                copay_scope=CopayScope.VISIT,
                waive_copay_if_admitted=False,
                copay_credits=False,
            )
        if not (self.copay and self.deductible):
            found = replace(found, copay_order=CopayOrder.AFTER)
        if found.copay_scope is not CopayScope.DAY:
            found = replace(found, max_units=None)
        if not self.coinsurance:
            found = replace(found, coinsurance_min=0, coinsurance_max=None)
        if not (self.deductible or self.copay or self.coinsurance):
            found = replace(found, counts=True)
        return found


def share_of(rule: CostSharingRule) -> Share:
    """What a rule says about money, without the parts that do nothing."""
    return Share(
        covered=rule.covered,
        deductible=rule.deductible is not None,
        copay=rule.copay,
        copay_order=rule.copay_order,
        copay_scope=rule.copay_scope,
        max_units=rule.max_units,
        coinsurance=rule.coinsurance,
        coinsurance_min=rule.coinsurance_min,
        coinsurance_max=rule.coinsurance_max,
        waive_copay_if_admitted=rule.waive_copay_if_admitted,
        counts=rule.oop_max is not None,
        copay_credits=rule.copay_credits is not None,
    ).plain()


@dataclass(frozen=True, slots=True)
class Limits:
    """The names of the plan's limits a rule may use; None where the plan has no such limit."""

    deductible: str | None
    oop_max: str | None


def rule_from(share: Share, base: CostSharingRule, limits: Limits) -> CostSharingRule:
    """`base` with what a cell says. Limits that `base` names already stay the ones it names."""
    deductible = (base.deductible or limits.deductible) if share.deductible else None
    oop_max = (base.oop_max or limits.oop_max) if share.covered and share.counts else None
    credits = (base.copay_credits or base.deductible or limits.deductible) if share.copay_credits else None
    return replace(
        base,
        covered=share.covered,
        deductible=deductible,
        oop_max=oop_max,
        copay=share.copay,
        copay_order=share.copay_order,
        copay_scope=share.copay_scope,
        max_units=share.max_units,
        coinsurance=share.coinsurance,
        coinsurance_min=share.coinsurance_min,
        coinsurance_max=share.coinsurance_max,
        waive_copay_if_admitted=share.waive_copay_if_admitted,
        copay_credits=credits,
    )
