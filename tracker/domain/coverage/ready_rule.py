"""A cost-sharing rule prepared for the engine: buckets by their place, absent limits made large."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from tracker.facts import CopayOrder, CopayScope, CostSharingRule
from tracker.money import BasisPoints, Cents

NO_LIMIT: Cents = 1 << 62
"""Stands for a limit that is not there; larger than any sum of amounts."""

ONCE, PER_LINE, PER_DAY, PER_FILL = range(4)
"""What a copay is multiplied by: a copay per visit or per admission is taken once a claim."""

_SCOPES = {CopayScope.LINE: PER_LINE, CopayScope.DAY: PER_DAY, CopayScope.FILL: PER_FILL}


class ReadyRule(NamedTuple):
    """The order of the fields is the order in which the engine unpacks them. A bucket of -1 is none."""

    rule: CostSharingRule
    deductible: int
    oop: int
    credits: int
    copay: Cents
    copay_first: bool
    scope: int
    max_units: int
    coinsurance: BasisPoints
    least: Cents
    most: Cents
    waived_if_admitted: bool
    visit_limit: int | None
    dollar_max: Cents | None
    penalty: Cents


def made_ready(rule: CostSharingRule, places: Mapping[str, int]) -> ReadyRule:
    """Prepare a rule; `places` are the plan's buckets by name."""
    return ReadyRule(
        rule,
        -1 if rule.deductible is None else places[rule.deductible],
        -1 if rule.oop_max is None else places[rule.oop_max],
        -1 if rule.copay_credits is None else places[rule.copay_credits],
        rule.copay,
        rule.copay_order is CopayOrder.BEFORE,
        _SCOPES.get(rule.copay_scope, ONCE),
        NO_LIMIT if rule.max_units is None else rule.max_units,
        rule.coinsurance,
        rule.coinsurance_min,
        NO_LIMIT if rule.coinsurance_max is None else rule.coinsurance_max,
        rule.waive_copay_if_admitted,
        rule.visit_limit,
        rule.dollar_max,
        rule.no_authorization_penalty,
    )
