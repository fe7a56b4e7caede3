"""What is known around memberships: services, contacts, statements, answers, the three care models."""

from __future__ import annotations

import sqlite3

from tracker.facts.membership import (
    AdministratorAnswer,
    CareStatement,
    DecisionAnswer,
    MembershipService,
    ModelNumbers,
    ModelUse,
    PracticeContact,
)
from tracker.storage.queries.fact_rows import children, row_reader
from tracker.storage.queries.kept import facts

_OF = "membership_id = :id"


def services(connection: sqlite3.Connection, membership_id: int) -> list[MembershipService]:
    """The matrix of a membership in its own order; empty where none was saved."""
    return facts(connection, MembershipService, "membership_service", where=_OF, args={"id": membership_id})


def statements(connection: sqlite3.Connection, membership_id: int) -> list[CareStatement]:
    """What the practice wrote about the care part of its fee, the latest first."""
    return facts(
        connection,
        CareStatement,
        "care_statement",
        where=_OF,
        args={"id": membership_id},
        order="stated_on DESC, id DESC",
    )


def administrators(connection: sqlite3.Connection, membership_id: int) -> list[AdministratorAnswer]:
    """What administrators answered about the fee, the latest first."""
    return facts(
        connection,
        AdministratorAnswer,
        "administrator_answer",
        where=_OF,
        args={"id": membership_id},
        order="said_on DESC, id DESC",
    )


def contacts(connection: sqlite3.Connection, membership_id: int | None = None) -> list[PracticeContact]:
    """Every contact with the practice, the latest first; of one membership where asked."""
    return facts(
        connection,
        PracticeContact,
        "practice_contact",
        where="(:id IS NULL OR membership_id = :id)",
        args={"id": membership_id},
        order="seen_on DESC, id DESC",
    )


def decision_answers(connection: sqlite3.Connection) -> dict[str, DecisionAnswer]:
    """The answers to the decision worksheet by the code of their line."""
    return {item.code: item for item in facts(connection, DecisionAnswer, "decision_answer")}


def care_models(connection: sqlite3.Connection) -> list[ModelNumbers]:
    """The member's own numbers for the care models that have any."""
    reader = row_reader(ModelNumbers)
    rows = connection.execute(f"SELECT id, {reader.columns()} FROM care_model ORDER BY id").fetchall()
    uses = children(connection, ModelUse, "care_model_use", "care_model_id", [row[0] for row in rows])
    return [reader.fact(row[1:], uses=tuple(uses[row[0]])) for row in rows]
