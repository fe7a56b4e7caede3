"""Memberships and insurance plans: the agreements that make money due."""

from __future__ import annotations

from tracker.changes import Changes
from tracker.errors import UserProblem
from tracker.facts import Accumulator, AccumulatorMode, Membership, Plan, ProviderKind
from tracker.money import dollars
from tracker.services import rows, words
from tracker.services.people import provider_id_for
from tracker.services.recurring import replace_recurring
from tracker.storage.ledger import Ledger
from tracker.storage.queries import household


class AgreementService:
    """What was agreed with the practice and the insurer, and the dues that follow from it."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def memberships(self) -> list[Membership]:
        """All memberships, the latest first."""
        return household.memberships(self._ledger.read())

    def plans(self) -> list[Plan]:
        """All plans, the latest first."""
        return household.plans(self._ledger.read())

    def save_membership(self, membership: Membership, *, practice: str) -> Changes:
        """Add or change a membership and its fee schedule. The practice is given by name.

        Fees without a payee are due to the practice. Raises UserProblem for dates out of order.
        """
        name = words.name(practice, what="practice", field="practice")
        if membership.ends_on and membership.ends_on < membership.begins_on:
            raise UserProblem("The term ends before it begins.", "Check the dates.", field="ends_on")
        if membership.notice_days < 0:
            raise UserProblem("Notice days cannot be negative.", "Check them.", field="notice_days")
        verb = "Add" if membership.id is None else "Change"
        with self._ledger.write(f"{verb} membership, {name}") as work:
            from tracker.storage import schema

            practice_id = provider_id_for(work, name, kind=ProviderKind.PRACTICE)
            values = {
                "practice_id": practice_id,
                "physician": words.one_line(membership.physician, what="physician", field="physician"),
                "model": membership.model.value,
                "begins_on": membership.begins_on,
                "ends_on": membership.ends_on,
                "auto_renews": int(membership.auto_renews),
                "notice_days": membership.notice_days,
                "note": words.note(membership.note),
            }
            membership_id = rows.put(work.connection, schema.membership, membership.id, values)
            rows.replace_links(
                work.connection,
                schema.membership_person,
                "membership_id",
                membership_id,
                membership.person_ids,
            )
            replace_recurring(work, membership.fees, "membership_id", membership_id)
            work.connection.exec_driver_sql(
                "UPDATE recurring SET provider_id = ? WHERE membership_id = ? AND provider_id IS NULL",
                (practice_id, membership_id),
            )
            work.new_id = membership_id
        return work.changes

    def remove_membership(self, membership_id: int) -> Changes:
        """Remove a membership and its fee schedule; payments already made stay."""
        with self._ledger.write("Remove membership") as work:
            from tracker.storage import schema

            rows.remove(work.connection, schema.membership, [membership_id])
        return work.changes

    def save_plan(self, plan: Plan, *, insurer: str = "") -> Changes:
        """Add or change a plan, its limits and its premium. The insurer is given by name.

        Raises UserProblem for a missing name, dates out of order, or a limit that contradicts its
        mode (an aggregate limit without a family amount, for instance).
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
            values = {
                "name": name,
                "insurer_id": insurer_id,
                "kind": plan.kind.value,
                "begins_on": plan.begins_on,
                "ends_on": plan.ends_on,
                "member_number": words.one_line(
                    plan.member_number, what="member number", field="member_number"
                ),
                "note": words.note(plan.note),
            }
            plan_id = rows.put(work.connection, schema.plan, plan.id, values)
            rows.replace_links(work.connection, schema.plan_person, "plan_id", plan_id, plan.person_ids)
            table = schema.accumulator
            work.connection.execute(table.delete().where(table.c.plan_id == plan_id))
            for limit in plan.accumulators:
                rows.put(
                    work.connection,
                    table,
                    None,
                    {
                        "plan_id": plan_id,
                        "kind": limit.kind.value,
                        "network": limit.network.value,
                        "mode": limit.mode.value,
                        "individual": limit.individual,
                        "family": limit.family,
                    },
                )
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

    def remove_plan(self, plan_id: int) -> Changes:
        """Remove a plan with its limits; claims stay and belong to no plan until another covers them."""
        with self._ledger.write("Remove plan") as work:
            from tracker.storage import schema

            rows.remove(work.connection, schema.plan, [plan_id])
        return work.changes


def _judge_limit(limit: Accumulator) -> None:
    field = f"{limit.kind}_{limit.network}"
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
