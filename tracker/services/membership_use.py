"""What a membership includes and how it was used; the statements, answers and numbers around it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tracker.changes import Changes
from tracker.dates import day_text
from tracker.domain.membership.decision import WEIGHTS, WORKSHEET
from tracker.domain.membership.service_matrix import STARTING_MATRIX
from tracker.errors import UserProblem
from tracker.facts.membership import (
    AdministratorAnswer,
    CareModel,
    CareStatement,
    DecisionAnswer,
    MembershipService,
    ModelNumbers,
    PracticeContact,
)
from tracker.services import rows, words
from tracker.storage.ledger import Ledger
from tracker.storage.queries import membership_use as query

_MOST_MINUTES = 24 * 60


class MembershipUseService:
    """The facts around an agreement that say what it is worth."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    # what it includes ----------------------------------------------------------------

    def matrix(self, membership_id: int) -> tuple[MembershipService, ...]:
        """Included, excluded and extra-fee services; the source document's lists until one is saved."""
        return tuple(query.services(self._ledger.read(), membership_id)) or STARTING_MATRIX

    def save_matrix(self, membership_id: int, services: Sequence[MembershipService]) -> Changes:
        """Make the matrix exactly these rows.

        Raises UserProblem for a row without a name, a name that is there twice, or a limit below zero.
        """
        names = [words.name(item.name, what="service", field="services").casefold() for item in services]
        if len(set(names)) < len(names):
            twice = next(item.name for item in services if names.count(item.name.strip().casefold()) > 1)
            raise UserProblem(f"{twice} is there twice.", "Remove one of the two.", field="services")
        for item in services:
            if (item.per_year or 0) < 0 or (item.extra_fee or 0) < 0 or (item.list_price or 0) < 0:
                raise UserProblem(
                    f"{item.name} has a number below zero.", "Type zero or more.", field="services"
                )
        with self._ledger.write("Change what the membership includes") as work:
            from tracker.storage import schema

            rows.put_children(
                work.connection, schema.membership_service, "membership_id", membership_id, services
            )
        return work.changes

    # contacts ------------------------------------------------------------------------

    def contacts(self, membership_id: int | None = None) -> list[PracticeContact]:
        """Every contact with the practice, the latest first."""
        return query.contacts(self._ledger.read(), membership_id)

    def save_contact(self, contact: PracticeContact) -> Changes:
        """Add or change one. Raises UserProblem where it was seen before it was asked for."""
        _judge_contact(contact)
        verb = "Add" if contact.id is None else "Change"
        with self._ledger.write(f"{verb} contact, {day_text(contact.seen_on)}") as work:
            from tracker.storage import schema

            work.new_id = rows.put(
                work.connection, schema.practice_contact, contact.id, rows.values_of(contact)
            )
        return work.changes

    def remove_contacts(self, ids: Iterable[int]) -> Changes:
        """Remove contacts; visits in the care log stay."""
        with self._ledger.write("Remove contact") as work:
            from tracker.storage import schema

            rows.remove(work.connection, schema.practice_contact, ids)
        return work.changes

    # the fee and taxes ---------------------------------------------------------------

    def statements(self, membership_id: int) -> list[CareStatement]:
        """What the practice wrote about the care part of its fee, the latest first."""
        return query.statements(self._ledger.read(), membership_id)

    def save_statements(self, membership_id: int, statements: Sequence[CareStatement]) -> Changes:
        """Make them exactly these. Raises UserProblem for one that says neither a share nor an amount."""
        for item in statements:
            _judge_statement(item)
        with self._ledger.write("Change the practice's statement on its fee") as work:
            from tracker.storage import schema

            rows.put_children(
                work.connection, schema.care_statement, "membership_id", membership_id, statements
            )
        return work.changes

    def administrators(self, membership_id: int) -> list[AdministratorAnswer]:
        """What administrators of accounts answered about the fee, the latest first."""
        return query.administrators(self._ledger.read(), membership_id)

    def save_administrators(self, membership_id: int, answers: Sequence[AdministratorAnswer]) -> Changes:
        """Make them exactly these."""
        with self._ledger.write("Change an administrator's answer") as work:
            from tracker.storage import schema

            rows.put_children(
                work.connection, schema.administrator_answer, "membership_id", membership_id, answers
            )
        return work.changes

    # deciding ------------------------------------------------------------------------

    def decision_answers(self) -> dict[str, DecisionAnswer]:
        """The answers to the decision worksheet by the code of their line."""
        return query.decision_answers(self._ledger.read())

    def save_decision(self, answer: DecisionAnswer) -> Changes:
        """Answer one line of the worksheet; an answer of nothing removes it.

        Raises UserProblem for a line the worksheet does not have, or a weight that is not 0 to 3.
        """
        if all(item.code != answer.code for item in WORKSHEET):
            raise UserProblem("The worksheet has no such line.", "Choose one of its lines.")
        if answer.weight is not None and answer.weight not in WEIGHTS:
            raise UserProblem("A weight is from 0 to 3.", "Choose one.", field="weight")
        with self._ledger.write("Answer the decision worksheet") as work:
            from tracker.storage import schema

            table = schema.decision_answer
            work.connection.execute(table.delete().where(table.c.code == answer.code))
            if answer.weight is not None or answer.note.strip():
                rows.put(work.connection, table, None, rows.values_of(answer))
        return work.changes

    def care_models(self) -> dict[CareModel, ModelNumbers]:
        """The member's own numbers for the care models that have any."""
        return {item.model: item for item in query.care_models(self._ledger.read())}

    def save_care_model(self, numbers: ModelNumbers) -> Changes:
        """Keep own numbers for a year under one model. Raises UserProblem for numbers below zero."""
        uses = numbers.uses
        if min((numbers.fee, numbers.other, numbers.avoided, *(use.each or 0 for use in uses))) < 0:
            raise UserProblem("An amount is below zero.", "Type zero or more.", field="amount")
        if any(not 0 <= use.times <= 366 for use in uses):
            raise UserProblem("Visits in a year are from 0 to 366.", "Check the number.", field="times")
        with self._ledger.write("Change the numbers of a care model") as work:
            from tracker.storage import schema

            table = schema.care_model
            work.connection.execute(table.delete().where(table.c.model == numbers.model.value))
            model_id = rows.put(work.connection, table, None, rows.values_of(numbers))
            rows.put_children(work.connection, schema.care_model_use, "care_model_id", model_id, uses)
        return work.changes

    def forget_care_model(self, model: CareModel) -> Changes:
        """Go back to the numbers that the ledger gives."""
        with self._ledger.write("Take a care model's numbers from the ledger") as work:
            from tracker.storage import schema

            table = schema.care_model
            work.connection.execute(table.delete().where(table.c.model == model.value))
        return work.changes


def _judge_contact(contact: PracticeContact) -> None:
    if contact.asked_on is not None and contact.asked_on > contact.seen_on:
        raise UserProblem("It was asked for after it took place.", "Check the two days.", field="asked_on")
    if (
        contact.asked_on == contact.seen_on
        and contact.asked_at is not None
        and contact.seen_at is not None
        and contact.asked_at > contact.seen_at
    ):
        raise UserProblem("It was asked for after it took place.", "Check the times.", field="asked_at")
    if contact.minutes is not None and not 0 <= contact.minutes <= _MOST_MINUTES:
        raise UserProblem("Minutes are from 0 to 1,440.", "Check the number.", field="minutes")
    if contact.within_hours is not None and contact.within_hours < 0:
        raise UserProblem("The promise is a number of hours.", "Type 0 or more.", field="within_hours")


def _judge_statement(item: CareStatement) -> None:
    if (item.share is None) == (item.amount is None):
        raise UserProblem(
            "The statement names a share of the fee or an amount of it.",
            "Type one of the two.",
            field="care_share",
        )
    if item.share is not None and not 0 <= item.share <= 10_000:
        raise UserProblem(
            "The care share is a percentage from 0 to 100.",
            "Check the practice's statement.",
            field="care_share",
        )
    if item.amount is not None and item.amount < 0:
        raise UserProblem(
            "The care part cannot be negative.", "Check the practice's statement.", field="care_amount"
        )
