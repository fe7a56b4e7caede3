"""Making a new ledger file: complete or not at all."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from tracker.errors import LedgerError, WorldProblem
from tracker.facts import CarryOver, Role
from tracker.storage import engine
from tracker.storage.complaints import translated
from tracker.storage.files import discard, private_empty_file
from tracker.storage.gate import SCHEMA_VERSION
from tracker.whole_file import put_in_place, reason_of

if TYPE_CHECKING:
    from sqlalchemy import Connection

TEMPLATE: tuple[tuple[str, Role], ...] = (
    ("Concierge Membership Fee", Role.MEMBERSHIP),
    ("Health Insurance Premium", Role.PREMIUM),
    ("Estimated Co-pays (Doctor Visits)", Role.COPAY_DOCTOR),
    ("Estimated Co-pays (Specialist Visits)", Role.COPAY_SPECIALIST),
    ("Estimated Prescription Costs", Role.PRESCRIPTION),
    ("Deductible Contribution (if applicable)", Role.DEDUCTIBLE),
    ("Contingency Fund for Unforeseen Expenses", Role.CONTINGENCY),
)
"""The lines of the monthly budget template, in order and wording (DESIGN section 4)."""


def create_file(path: Path, fill: Callable[[Connection], object] | None = None) -> None:
    """Write an empty ledger with the template's categories, readable by its owner only.

    `fill` puts something else into the empty tables, inside the one transaction. Built under another
    name and moved into place, so that a power cut leaves no half ledger.
    """
    part = path.with_name(path.name + ".part")
    try:
        if path.exists():
            raise WorldProblem(f"{path.name} is already there.", "Choose another name, or open it.")
        path.parent.mkdir(parents=True, exist_ok=True)
        private_empty_file(part)
        with translated(path):
            _fill(part, fill or _put_template)
        put_in_place(part, path)
    except LedgerError:
        discard(part)
        raise
    except OSError as why:
        discard(part)
        raise WorldProblem(
            f"A ledger could not be made in {path.parent}: {reason_of(why)}.", "Choose another folder."
        ) from why


def _fill(path: Path, fill: Callable[[Connection], object]) -> None:
    from tracker.storage import schema

    made = engine.sqlalchemy_engine(lambda: engine.connect(path))
    try:
        with made.connect() as connection, connection.begin():
            run = connection.exec_driver_sql
            schema.metadata.create_all(connection)
            run("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)")
            run("INSERT INTO alembic_version VALUES (?)", (revision_of(SCHEMA_VERSION),))
            fill(connection)
            run(f"PRAGMA application_id = {engine.APPLICATION_ID}")
            run(f"PRAGMA user_version = {SCHEMA_VERSION}")
        with closing(engine.connect(path)) as raw:
            raw.execute("PRAGMA journal_mode = WAL")
    finally:
        made.dispose()


def _put_template(connection: Connection) -> None:
    for position, (name, role) in enumerate(TEMPLATE):
        connection.exec_driver_sql(
            "INSERT INTO category(name, role, position, carry_over) VALUES (?, ?, ?, ?)",
            (name, role, position, CarryOver.NONE),
        )


def revision_of(schema_version: int) -> str:
    """Alembic's name of a schema version: `0001` for 1."""
    return f"{schema_version:04d}"
