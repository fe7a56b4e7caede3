"""Insurance plans: kept with their people, limits, premiums and cost-sharing rules."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from tracker.changes import Changes
from tracker.domain.coverage.categories import catalogue
from tracker.domain.coverage.plan_terms import terms_of
from tracker.domain.coverage.terms import PlanTerms
from tracker.errors import UserProblem
from tracker.facts import (
    Accumulator,
    AccumulatorMode,
    CostSharingRule,
    Plan,
    ProviderKind,
    ServiceCategory,
)
from tracker.money import dollars
from tracker.services import rows, words
from tracker.services.people import provider_id_for
from tracker.services.plan_years import read_terms
from tracker.services.recurring import replace_recurring
from tracker.storage.ledger import Ledger, Work
from tracker.storage.queries import coverage as coverage_query
from tracker.storage.queries import household
from tracker.storage.queries import plans as query

if TYPE_CHECKING:
    from sqlalchemy import Connection

MOST_RULES = 2_000


class PlanService:
    """What was agreed with the insurer: who is covered and when, the limits, what each service costs."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def all(self) -> list[Plan]:
        """All plans, the latest first."""
        connection = self._ledger.read()
        return query.plans(connection, household.recurring(connection))

    def get(self, plan_id: int) -> Plan:
        found = next((plan for plan in self.all() if plan.id == plan_id), None)
        if found is None:
            raise UserProblem("This plan was removed.", "Undo its removal to see it again.")
        return found

    def rules(self, plan_id: int) -> list[CostSharingRule]:
        """What a plan makes the member pay, one rule for each service and network tier."""
        return query.rules(self._ledger.read(), plan_id)

    def terms(self, plan: Plan) -> PlanTerms:
        """A stored plan as the engine takes it, with the law's cap of its year."""
        return read_terms(self._ledger.read(), plan)

    def save(
        self,
        plan: Plan,
        *,
        insurer: str = "",
        rules: Iterable[CostSharingRule] | None = None,
        categories: Iterable[ServiceCategory] = (),
    ) -> Changes:
        """Add or change a plan, its limits and its premium. The insurer is given by name.

        `rules` replace all rules there were; None leaves them, except that those of a network tier
        which is gone go with it, and a limit which is gone is forgotten. `categories` not known yet
        are added to the member's list. Raises UserProblem for a missing name, dates out of order, a
        limit that contradicts its mode, and rules that contradict the plan.
        """
        name = words.name(plan.name)
        if plan.ends_on < plan.begins_on:
            raise UserProblem("The plan ends before it begins.", "Check the dates.", field="ends_on")
        for limit in plan.accumulators:
            _judge_limit(limit)
        verb = "Add" if plan.id is None else "Change"
        with self._ledger.write(f"{verb} plan, {name}") as work:
            from tracker.storage import schema

            insurer_id = provider_id_for(work, insurer, kind=ProviderKind.INSURER)
            plan_id = rows.put(work.connection, schema.plan, plan.id, _values(plan, name, insurer_id))
            rows.replace_links(work.connection, schema.plan_person, "plan_id", plan_id, plan.person_ids)
            _put_limits(work.connection, plan_id, plan)
            self._put_rules(work, plan_id, plan, rules, categories)
            # A claim belongs to the period of its service date: moved dates let others go.
            work.connection.exec_driver_sql(
                "UPDATE claim SET plan_id = NULL WHERE plan_id = ?"
                " AND (service_from < ? OR service_from > ?)",
                (plan_id, plan.begins_on.isoformat(), plan.ends_on.isoformat()),
            )
            replace_recurring(work, plan.premiums, "plan_id", plan_id)
            work.connection.exec_driver_sql(
                "UPDATE recurring SET provider_id = ? WHERE plan_id = ? AND provider_id IS NULL",
                (insurer_id, plan_id),
            )
            work.new_id = plan_id
        return work.changes

    def save_rules(
        self, plan: Plan, rules: Iterable[CostSharingRule], categories: Iterable[ServiceCategory] = ()
    ) -> Changes:
        """Replace the rules of a stored plan. Raises UserProblem where they contradict it."""
        with self._ledger.write(f"Change what {plan.name} makes you pay") as work:
            self._put_rules(work, plan.id or 0, plan, rules, categories)
            work.new_id = plan.id
        return work.changes

    def remove(self, plan_id: int) -> Changes:
        """Remove a plan with its limits; claims stay and belong to no plan until another covers them."""
        with self._ledger.write("Remove plan") as work:
            from tracker.storage import schema

            rows.remove(work.connection, schema.plan, [plan_id])
        return work.changes

    def _put_rules(
        self,
        work: Work,
        plan_id: int,
        plan: Plan,
        rules: Iterable[CostSharingRule] | None,
        categories: Iterable[ServiceCategory],
    ) -> None:
        from tracker.storage import schema

        if rules is None:
            names = {limit.name for limit in plan.accumulators}
            tiers = {tier.code for tier in plan.tiers}
            kept: Sequence[CostSharingRule] = [
                _without_lost(rule, names)
                for rule in query.rules(self._ledger.read(), plan_id)
                if rule.tier in tiers
            ]
        else:
            kept = list(rules)
        if len(kept) > MOST_RULES:
            raise UserProblem(
                f"A plan can have {MOST_RULES:,} rules, not {len(kept):,}.", "Keep those you need."
            )
        known = catalogue(coverage_query.categories(self._ledger.read()))
        added = [item for item in categories if item.code not in known]
        terms_of(plan, kept, catalogue([*known.values(), *added]))  # refuses what contradicts itself
        for category in added:
            rows.put(work.connection, schema.service_category, None, rows.values_of(category))
        table = schema.cost_rule
        work.connection.execute(table.delete().where(table.c.plan_id == plan_id))
        if kept:
            work.connection.execute(
                table.insert(), [{"plan_id": plan_id, **rows.values_of(rule)} for rule in kept]
            )


def _values(plan: Plan, name: str, insurer_id: int | None) -> dict[str, Any]:
    start, pricing, order = plan.accumulator_start, plan.oon_pricing, plan.coordination
    return {
        "name": name,
        "insurer_id": insurer_id,
        "kind": plan.kind.value,
        "begins_on": plan.begins_on,
        "ends_on": plan.ends_on,
        "member_number": words.one_line(plan.member_number, what="member number", field="member_number"),
        "note": words.note(plan.note),
        "accumulator_start": f"{start[0]:02d}-{start[1]:02d}" if start else "",
        "continues_id": plan.continues_id,
        "period_rule": plan.period_rule.value,
        "carry_over": plan.carry_over.value,
        "assistance": plan.assistance.value,
        "aca_compliant": int(plan.aca_compliant),
        "hsa_qualified": int(plan.hsa_qualified),
        "oon_method": pricing.method.value if pricing else "",
        "oon_rate": pricing.rate if pricing else None,
        "medigap": words.one_line(plan.medigap, what="Medigap letter", field="medigap"),
        "filed_id": words.one_line(plan.filed_id, what="plan id", field="filed_id"),
        "subscriber_id": order.subscriber_id,
        "cob_method": order.method.value,
        "no_cob_clause": int(not order.has_clause),
        "not_active_employment": int(not order.active_employment),
        "small_employer": int(not order.large_employer),
        "covered_since": order.covered_since,
        "cob_rank": order.rank,
    }


def _put_limits(connection: Connection, plan_id: int, plan: Plan) -> None:
    from tracker.storage import schema

    for table in (schema.accumulator, schema.network_tier):
        connection.execute(table.delete().where(table.c.plan_id == plan_id))
    for limit in plan.accumulators:
        rows.put(
            connection,
            schema.accumulator,
            None,
            {
                "plan_id": plan_id,
                "kind": limit.kind.value,
                "network": limit.network.value,
                "mode": limit.mode.value,
                "individual": limit.individual,
                "family": limit.family,
                "name": limit.name,
                "tier": limit.tier,
                "drugs": int(limit.drugs),
                "cap": limit.cap,
                "credits": " ".join(limit.credits),
            },
        )
    for tier in plan.more_tiers:
        values = {"plan_id": plan_id, "code": tier.code, "name": tier.name}
        rows.put(connection, schema.network_tier, None, values)


def _without_lost(rule: CostSharingRule, names: set[str]) -> CostSharingRule:
    """A rule that forgets limits the plan no longer has."""

    def kept(name: str | None) -> str | None:
        return name if name in names else None

    return replace(
        rule,
        deductible=kept(rule.deductible),
        oop_max=kept(rule.oop_max),
        copay_credits=kept(rule.copay_credits),
    )


def _judge_limit(limit: Accumulator) -> None:
    field = f"{limit.kind}_{limit.network}{'_drugs' if limit.drugs else ''}{'_tier' if limit.tier else ''}"
    for amount in (limit.individual, limit.family):
        if amount is not None and amount < 0:
            raise UserProblem("A limit cannot be negative.", "Check the amount.", field=field)
    if limit.mode is AccumulatorMode.AGGREGATE and limit.family is None:
        raise UserProblem("An aggregate limit needs the family amount.", "Type it.", field=field)
    if limit.mode is not AccumulatorMode.AGGREGATE and limit.individual is None:
        raise UserProblem(
            "The individual amount is missing.", "Type it, 0 where there is none.", field=field
        )
    if limit.mode is AccumulatorMode.EMBEDDED:
        if limit.family is None:
            raise UserProblem("An embedded limit needs the family amount too.", "Type it.", field=field)
        if limit.individual is not None and limit.family < limit.individual:
            raise UserProblem(
                f"The family amount {dollars(limit.family)} is less than the individual one.",
                "Check which is which.",
                field=field,
            )
