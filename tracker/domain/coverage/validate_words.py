"""Warnings about a plan in plain words: limits and services under their names, not their codes."""

from __future__ import annotations

import re
from collections.abc import Mapping

from tracker.facts import Accumulator, AccumulatorKind, Network, Plan, ServiceCategory

_NAME = re.compile(r"(?P<kind>maximum |deductible )?\b(?P<name>[A-Z][A-Z0-9_]+)\b")
_LONGEST = 40


def in_words(sentence: str, plan: Plan, categories: Mapping[str, ServiceCategory]) -> str:
    """A sentence of `validate_terms` with the names a person knows."""
    limits = {item.name: item for item in plan.accumulators}

    def named(match: re.Match[str]) -> str:
        kind, name = match["kind"] or "", match["name"]
        if limit := limits.get(name):
            place = _place(limit, plan)
            if kind:
                return f"{kind}{place}"
            what = "deductible" if limit.kind is AccumulatorKind.DEDUCTIBLE else "out-of-pocket maximum"
            return f"the {what} {place}"
        if category := categories.get(name):
            return kind + (category.name if match.start() == 0 else category.phrase)
        return match[0]

    said = _NAME.sub(named, sentence)
    return said[:1].upper() + said[1:]


def _place(limit: Accumulator, plan: Plan) -> str:
    """Where a limit counts: `in network`, `for drugs in network`, `in Tier 1`."""
    where = "in network" if limit.network is Network.IN else "out of network"
    if limit.tier:
        name = next((tier.name for tier in plan.more_tiers if tier.code == limit.tier), limit.tier)
        where = f"in {name if len(name) <= _LONGEST else name[: _LONGEST - 1] + chr(0x2026)}"
    return f"for drugs {where}" if limit.drugs else where
