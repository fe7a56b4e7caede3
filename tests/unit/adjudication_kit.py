"""What the tests of the engine share: plans, short ways to write claims, and a slow second engine.

`Slow` works claims from the text of the rules in another way than the engine: with Decimal, and with
balances added up anew from a list of postings each time. It is the oracle of the property tests.
"""

from __future__ import annotations

import json
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import pytest

from tracker.domain.coverage.claim_lines import ClaimInput, ClaimLine, Denial
from tracker.domain.coverage.terms import Bucket, PlanTerms
from tracker.facts import AccumulatorKind, AccumulatorMode, CopayOrder, CopayScope, CostSharingRule

SHARED = Path(__file__).resolve().parents[3] / "shared" / "domain"
"""The rulebook's own cases, where they lie beside the project."""


def shared(name: str) -> Any:
    """A file of the rulebook, or a skipped test."""
    path = SHARED / name
    if not path.exists():
        pytest.skip(f"{name} does not lie beside the project")
    return json.loads(path.read_text("utf-8"))


def deductible(name: str = "DED_IN", individual: int | None = 1_500_00, **more: Any) -> Bucket:
    return Bucket(name=name, kind=AccumulatorKind.DEDUCTIBLE, individual=individual, **more)


def oop_max(name: str = "OOP_IN", individual: int | None = 5_000_00, **more: Any) -> Bucket:
    return Bucket(name=name, kind=AccumulatorKind.OOP_MAX, individual=individual, **more)


def rule(category: str, tier: str = "IN", **more: Any) -> CostSharingRule:
    more.setdefault("oop_max", f"OOP_{tier}")
    return CostSharingRule(category=category, tier=tier, **more)


def plan(*rules: CostSharingRule, buckets: tuple[Bucket, ...] | None = None, **more: Any) -> PlanTerms:
    """A plan with a deductible of $1,500 and a maximum of $5,000 in network, twice that outside."""
    if buckets is None:
        buckets = (
            deductible(),
            oop_max(),
            deductible("DED_OUT", 3_000_00, tier="OUT"),
            oop_max("OOP_OUT", 10_000_00, tier="OUT"),
        )
    return PlanTerms(name="Test plan", buckets=buckets, rules=rules, **more)


def line(category: str, billed: int, allowed: int | None = -1, **more: Any) -> ClaimLine:
    """A line; allowed as billed where it is not given."""
    return ClaimLine(category=category, billed=billed, allowed=billed if allowed == -1 else allowed, **more)


def claim(key: int | str, *lines: ClaimLine, **more: Any) -> ClaimInput:
    return ClaimInput(key=key, lines=lines, **more)


class Slow:
    """The second engine. `parts` gives a line's figures, in the order of `PARTS`."""

    PARTS = (
        "write_off",
        "balance_bill",
        "not_covered",
        "penalty",
        "deductible",
        "copay",
        "coinsurance",
        "plan_paid",
    )

    def __init__(self, terms: PlanTerms) -> None:
        self.terms = terms
        self.posted: list[tuple[str, str, int]] = []
        self.visits: list[tuple[str, str]] = []
        self.dollars: list[tuple[str, str, int]] = []

    def bucket(self, name: str) -> Bucket:
        return next(bucket for bucket in self.terms.buckets if bucket.name == name)

    def used(self, name: str, person: str | None) -> int:
        return sum(c for bucket, who, c in self.posted if bucket == name and person in (None, who))

    def remaining(self, name: str, person: str) -> Decimal:
        bucket, rooms = self.bucket(name), [Decimal("Infinity")]
        if (
            bucket.mode in (AccumulatorMode.SELF, AccumulatorMode.EMBEDDED)
            and bucket.individual is not None
        ):
            rooms.append(Decimal(bucket.individual - self.used(name, person)))
        if (
            bucket.mode in (AccumulatorMode.EMBEDDED, AccumulatorMode.AGGREGATE)
            and bucket.family is not None
        ):
            rooms.append(Decimal(bucket.family - self.used(name, None)))
        if bucket.cap is not None:
            rooms.append(Decimal(bucket.cap - self.used(name, person)))
        return max(Decimal(0), min(rooms))

    def post(self, name: str | None, person: str, cents: Decimal) -> None:
        if name is None or cents <= 0:
            return
        self.posted.append((name, person, int(cents)))
        for other in self.bucket(name).cross:
            credit = min(cents, self.remaining(other, person))
            if credit > 0:
                self.posted.append((other, person, int(credit)))

    def work(self, entry: ClaimInput) -> list[tuple[int, ...]]:
        counted: set[str] = set()
        copays: dict[tuple[str, str], Decimal] = {}
        return [self._line(entry, item, counted, copays) for item in entry.lines]

    def _line(
        self, entry: ClaimInput, item: ClaimLine, counted: set[str], copays: dict[tuple[str, str], Decimal]
    ) -> tuple[int, ...]:
        tier = "IN" if item.protected else item.tier
        found = [r for r in self.terms.rules if (r.category, r.tier) == (item.category, tier)]
        billed, person = item.billed, entry.person
        if item.denial is Denial.PROVIDER:
            return (billed, 0, 0, 0, 0, 0, 0, 0)
        nothing = (0, 0, billed, 0, 0, 0, 0, 0)
        if item.denial is Denial.MEMBER or not found or not found[0].covered:
            return nothing
        terms = found[0]
        visits = self.visits.count((item.category, person))
        limited = terms.visit_limit is not None
        if limited and item.category not in counted:
            if visits >= (terms.visit_limit or 0):
                return nothing
            self.visits.append((item.category, person))
            counted.add(item.category)
        assert item.allowed is not None
        allowed = Decimal(min(billed, item.allowed))
        balanced = item.tier == "OUT" and not item.protected
        units = {CopayScope.DAY: entry.units, CopayScope.FILL: entry.units}.get(terms.copay_scope, 1)
        if terms.copay_scope is CopayScope.DAY and terms.max_units is not None:
            units = min(units, terms.max_units)
        waived = terms.waive_copay_if_admitted and entry.admitted
        full = Decimal(0 if waived else terms.copay * units)
        key = (item.category, tier)
        if terms.copay_scope is not CopayScope.LINE:
            full = max(Decimal(0), full - copays.get(key, Decimal(0)))
        open_ = self.remaining(terms.deductible, person) if terms.deductible else Decimal(0)
        order = ["ded", "copay"] if terms.copay_order is CopayOrder.AFTER else ["copay", "ded"]
        most = {"ded": open_, "copay": full}
        parts: dict[str, Decimal] = {}
        rest = allowed
        for what in order:
            parts[what] = min(rest, most[what])
            rest -= parts[what]
        copays[key] = copays.get(key, Decimal(0)) + parts["copay"]
        share = (rest * terms.coinsurance / 10_000).quantize(Decimal(1), ROUND_HALF_UP)
        if terms.coinsurance:
            share = max(share, Decimal(terms.coinsurance_min))
            if terms.coinsurance_max is not None:
                share = min(share, Decimal(terms.coinsurance_max))
            share = min(share, rest)
        parts["coins"] = share
        if terms.oop_max:
            room = self.remaining(terms.oop_max, person)
            for what in ["coins", *reversed(order)]:
                over = max(Decimal(0), sum(parts.values(), Decimal(0)) - room)
                parts[what] -= min(over, parts[what])
        total = sum(parts.values(), Decimal(0))
        paid, not_covered, penalty = allowed - total, Decimal(0), Decimal(0)
        if terms.dollar_max is not None:
            before = sum(c for cat, who, c in self.dollars if (cat, who) == (item.category, person))
            not_covered = max(Decimal(0), paid - max(0, terms.dollar_max - before))
            paid -= not_covered
        if item.missed_authorization:
            penalty = min(paid, Decimal(terms.no_authorization_penalty))
            paid -= penalty
        if terms.dollar_max is not None:
            self.dollars.append((item.category, person, int(paid)))
        counts = item.assistance_counts is not False
        cash = total if counts else max(Decimal(0), total - item.assistance)
        self.post(terms.deductible, person, min(parts["ded"], cash))
        if terms.copay_credits:
            self.post(
                terms.copay_credits,
                person,
                min(parts["copay"], self.remaining(terms.copay_credits, person)),
            )
        self.post(terms.oop_max, person, cash)
        excess = billed - int(allowed)
        return tuple(
            int(cents)
            for cents in (
                0 if balanced else excess,
                excess if balanced else 0,
                not_covered,
                penalty,
                parts["ded"],
                parts["copay"],
                parts["coins"],
                paid,
            )
        )
