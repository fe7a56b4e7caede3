"""Memberships: what was agreed with the practice, and the dues that follow from it."""

from __future__ import annotations

from tracker.changes import Changes
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
