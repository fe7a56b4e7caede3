"""What a plan takes from another: the next year's from this one, and the rules that still fit."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from tracker.dates import add_months
from tracker.facts import CostSharingRule, Plan


def kept_rules(rules: list[CostSharingRule], plan: Plan) -> list[CostSharingRule]:
    """The rules a plan can still have: those of its tiers, without limits that are gone."""
    names = {limit.name for limit in plan.accumulators}
    tiers = {tier.code for tier in plan.tiers}

    def kept(name: str | None) -> str | None:
        return name if name in names else None

    return [
        replace(
            rule,
            deductible=kept(rule.deductible),
            oop_max=kept(rule.oop_max),
            copay_credits=kept(rule.copay_credits),
        )
        for rule in rules
        if rule.tier in tiers
    ]


def next_year(plan: Plan) -> Plan:
    """The same plan a year later, as something new: the dues of its premium begin with it."""
    begins_on = add_months(plan.begins_on, 12)
    ends_on = add_months(plan.ends_on + timedelta(days=1), 12) - timedelta(days=1)
    premiums = tuple(
        replace(
            item,
            id=None,
            plan_id=None,
            first_due=add_months(item.first_due, 12),
            last_due=ends_on,
            propose_from=None,
        )
        for item in plan.premiums
        if item.last_due is None or item.last_due >= plan.begins_on
    )
    limits = tuple(replace(limit, id=None) for limit in plan.accumulators)
    return replace(
        plan,
        id=None,
        begins_on=begins_on,
        ends_on=ends_on,
        premiums=premiums,
        accumulators=limits,
        continues_id=plan.id,
    )
