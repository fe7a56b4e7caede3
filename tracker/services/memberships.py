"""Memberships: what was agreed with the practice, and the dues that follow from it."""

from __future__ import annotations

from dataclasses import replace

from tracker.changes import Changes
from tracker.dates import day_text
from tracker.domain.membership.agreement import last_covered
from tracker.errors import UserProblem
from tracker.facts import Membership, ProviderKind
from tracker.services import rows, words
from tracker.services.people import provider_id_for
from tracker.services.recurring import replace_recurring
from tracker.storage.ledger import Ledger
from tracker.storage.queries import household


class AgreementService:
    """What was agreed with the practice, and the dues that follow from it."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def memberships(self) -> list[Membership]:
        """All memberships, the latest first."""
        return household.memberships(self._ledger.read())

    def save_membership(self, membership: Membership, *, practice: str) -> Changes:
        """Add or change a membership and its fee schedule. The practice is given by name.

        Fees without a payee are due to the practice. Raises UserProblem for dates out of order, clauses
        that cannot be, or a term that overlaps another one with the same practice and person.
        """
        name = words.name(practice, what="practice", field="practice")
        if membership.ends_on and membership.ends_on < membership.begins_on:
            raise UserProblem("The term ends before it begins.", "Check the dates.", field="ends_on")
        if membership.notice_days < 0:
            raise UserProblem("Notice days cannot be negative.", "Check them.", field="notice_days")
        judge_terms(membership)
        verb = "Add" if membership.id is None else "Change"
        with self._ledger.write(f"{verb} membership, {name}") as work:
            from tracker.storage import schema

            practice_id = provider_id_for(work, name, kind=ProviderKind.PRACTICE)
            if practice_id is not None:
                _judge_overlap(replace(membership, practice_id=practice_id), self.memberships())
            values = {
                "practice_id": practice_id,
                "physician": words.one_line(membership.physician, what="physician", field="physician"),
                "model": membership.model.value,
                "begins_on": membership.begins_on,
                "ends_on": membership.ends_on,
                "auto_renews": int(membership.auto_renews),
                "notice_days": membership.notice_days,
                "note": words.note(membership.note),
                **rows.values_of(membership.terms),
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


def judge_terms(membership: Membership) -> None:
    """Raises UserProblem for clauses that cannot be."""
    terms = membership.terms
    amounts = {
        "late_fee": terms.late_fee,
        "offer_amount": terms.offer_amount,
        "cancellation_fee": terms.cancellation_fee,
        "refund_stated": terms.refund_stated,
    }
    for field, amount in amounts.items():
        if amount is not None and amount < 0:
            raise UserProblem("The amount is below zero.", "Type zero or more.", field=field)
    if terms.offer_months is not None and not 1 <= terms.offer_months <= 12:
        raise UserProblem(
            "The other price is for 1 to 12 months.", "Choose how often it is due.", field="offer_months"
        )
    if terms.trial_days < 0:
        raise UserProblem("Trial days cannot be negative.", "Check them.", field="trial_days")
    if terms.cancelled_on is not None and terms.cancelled_on < membership.begins_on:
        raise UserProblem(
            "The membership was left before it began.", "Check the day.", field="cancelled_on"
        )
    if terms.notice_on and terms.cancelled_on and terms.cancelled_on < terms.notice_on:
        raise UserProblem(
            "The membership ended before notice was given.", "Check the two days.", field="cancelled_on"
        )


def _judge_overlap(membership: Membership, others: list[Membership]) -> None:
    """Two agreements of one person with the same practice cannot run at the same time."""
    for other in others:
        same = other.practice_id == membership.practice_id and other.id != membership.id
        if not same or not set(other.person_ids) & set(membership.person_ids):
            continue
        other_end, end = last_covered(other), last_covered(membership)
        if (other_end is None or membership.begins_on <= other_end) and (
            end is None or other.begins_on <= end
        ):
            raise UserProblem(
                "This term overlaps another membership with the same practice, from "
                f"{day_text(other.begins_on)}.",
                "End the earlier one the day before, or change the dates.",
                field="begins_on",
            )
