"""The frozen revisions give today's tables; an older ledger is updated whole or not at all."""

from __future__ import annotations

import re
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.conftest import open_ledger
from tracker.errors import LedgerError
from tracker.services.backups import look_into
from tracker.services.bundle import services_over
from tracker.storage import backup, creation, engine, gate, migrate, schema
from tracker.storage.ledger import Ledger

NOW = gate.SCHEMA_VERSION
NEXT = NOW + 1

COMING = '''
"""Test only: a column more, in a table rebuilt by copying."""

import sqlalchemy as sa
from alembic import op

revision = "{revision}"
down_revision = "{before}"
branch_labels = depends_on = None


def upgrade():
    with op.batch_alter_table("person") as person:
        person.add_column(sa.Column("nickname", sa.Text(), server_default="none", nullable=False))
    {more}
'''


@pytest.fixture
def scripts(tmp_path: Path) -> Path:
    """The program's revisions and a coming one that only this test knows."""
    return _with_coming(tmp_path / "migrations", "pass")


def _with_coming(folder: Path, more: str) -> Path:
    shutil.copytree(migrate.SCRIPTS, folder, ignore=shutil.ignore_patterns("__pycache__"))
    revision, before = creation.revision_of(NEXT), creation.revision_of(NOW)
    text = COMING.format(revision=revision, before=before, more=more)
    (folder / "versions" / f"r{revision}_test.py").write_text(text, "utf-8")
    return folder


@pytest.fixture
def path(sample_file: Path, tmp_path: Path) -> Path:
    copied = tmp_path / "home.ledger"
    shutil.copyfile(sample_file, copied)
    return copied


def version(path: Path) -> tuple[int, str]:
    with closing(sqlite3.connect(path)) as connection:
        return (
            connection.execute("PRAGMA user_version").fetchone()[0],
            connection.execute("SELECT version_num FROM alembic_version").fetchone()[0],
        )


def columns(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as connection:
        return [row[1] for row in connection.execute("PRAGMA table_info(person)")]


def test_the_revisions_from_nothing_give_the_tables_of_today(tmp_path: Path) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    path = tmp_path / "migrated.ledger"
    path.touch()
    made = engine.sqlalchemy_engine(lambda: engine.connect(path))
    with made.connect() as connection:
        with connection.begin():
            migrate.run_scripts(connection)
        context = MigrationContext.configure(connection, opts={"compare_server_default": True})
        assert compare_metadata(context, schema.metadata) == []
    made.dispose()


def test_created_and_migrated_ledgers_have_the_same_sql(tmp_path: Path) -> None:
    """Constraints and indexes too, which alembic does not compare for SQLite."""
    created, migrated = tmp_path / "created.ledger", tmp_path / "migrated.ledger"
    creation.create_file(created)
    migrated.touch()
    made = engine.sqlalchemy_engine(lambda: engine.connect(migrated))
    with made.connect() as connection, connection.begin():
        migrate.run_scripts(connection)
    made.dispose()

    def sql(path: Path) -> dict[str, str]:
        with closing(sqlite3.connect(path)) as connection:
            rows = connection.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL")
            return {name: " ".join(re.sub(r"[()\"]", " ", text).split()) for name, text in rows}

    one, other = sql(created), sql(migrated)
    one.pop("alembic_version"), other.pop("alembic_version")
    assert one.keys() == other.keys()
    assert {name for name in one if _parts(one[name]) != _parts(other[name])} == set()


def _parts(statement: str) -> list[str]:
    """The columns and constraints of a table, whatever their order and needless brackets."""
    return sorted(part.strip() for part in statement.split(","))


def test_a_new_ledger_is_stamped_with_the_latest_revision(tmp_path: Path) -> None:
    path = tmp_path / "new.ledger"
    creation.create_file(path)
    assert version(path) == (gate.SCHEMA_VERSION, creation.revision_of(gate.SCHEMA_VERSION))
    newest = sorted(file.name for file in (migrate.SCRIPTS / "versions").glob("r*.py"))[-1]
    assert newest.startswith(f"r{gate.SCHEMA_VERSION:04d}_")


def test_an_older_ledger_is_updated_and_keeps_everything(path: Path, scripts: Path) -> None:
    before = _rows(path)
    migrate.upgrade(path, scripts=scripts, to_version=NEXT)
    assert version(path) == (NEXT, creation.revision_of(NEXT))
    assert columns(path)[-1] == "nickname"
    after = _rows(path)
    assert [row[:-1] for row in after.pop("person")] == before.pop("person")
    assert after == before
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []


def _rows(path: Path) -> dict[str, list[tuple[object, ...]]]:
    with closing(sqlite3.connect(path)) as connection:
        return {
            table: connection.execute(f"SELECT * FROM {table} ORDER BY rowid").fetchall()
            for table in schema.metadata.tables
        }


@pytest.mark.parametrize(
    "more",
    [
        'raise RuntimeError("the update has a mistake")',
        'op.execute("INSERT INTO no_such_table VALUES (1)")',
        'op.execute("DELETE FROM category")',  # leaves allocations that point at nothing
    ],
    ids=["raises", "bad sql", "broken links"],
)
def test_an_update_that_fails_changes_nothing(path: Path, tmp_path: Path, more: str) -> None:
    failing = _with_coming(tmp_path / "failing", more)
    before = _rows(path)
    with pytest.raises(Exception):  # noqa: B017, PT011 - whatever went wrong in it
        migrate.upgrade(path, scripts=failing, to_version=NEXT)
    assert version(path) == (NOW, creation.revision_of(NOW))
    assert "nickname" not in columns(path)
    assert _rows(path) == before


def test_opening_an_older_ledger_backs_it_up_first(
    path: Path, scripts: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gate, "SCHEMA_VERSION", NEXT)
    real = migrate.upgrade

    def upgrade(at: Path) -> None:
        (copy,) = backup.listed(at)
        assert copy.reason == "before update"
        assert version(copy.path) == (NOW, creation.revision_of(NOW))
        real(at, scripts=scripts, to_version=NEXT)

    monkeypatch.setattr(migrate, "upgrade", upgrade)
    ledger = open_ledger(path)
    try:
        assert len(services_over(ledger).people.people()) == 2
        assert version(path) == (NEXT, creation.revision_of(NEXT))
    finally:
        ledger.close()


def test_without_a_backup_there_is_no_update(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gate, "SCHEMA_VERSION", NEXT)

    def full(*_: object, **__: object) -> None:
        raise LedgerError("The backup could not be written.", "Free some space.")

    monkeypatch.setattr(backup, "make", full)
    with pytest.raises(LedgerError, match="backup could not"):
        Ledger(path)
    assert version(path) == (NOW, creation.revision_of(NOW))


def test_looking_at_an_older_ledger_changes_nothing(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gate, "SCHEMA_VERSION", NEXT)
    before = path.read_bytes()
    with pytest.raises(LedgerError, match="made by an older version"):
        open_ledger(path, read_only=True)
    assert look_into(path).payments > 0
    assert path.read_bytes() == before
    assert not backup.listed(path)


def test_a_ledger_of_the_first_release_keeps_its_plan_and_opens(tmp_path: Path) -> None:
    path = tmp_path / "first.ledger"
    creation.create_file(path)
    path.unlink()
    path.touch()
    made = engine.sqlalchemy_engine(lambda: engine.connect(path))
    with made.connect() as connection, connection.begin():
        migrate.run_scripts(connection, to_version=1)
        run = connection.exec_driver_sql
        run("INSERT INTO person(id, name) VALUES (1, 'Eleanor')")
        run("INSERT INTO provider(id, name, kind) VALUES (1, 'Lab', 'lab')")
        run(
            "INSERT INTO plan(id, name, kind, begins_on, ends_on)"
            " VALUES (1, 'PPO', 'PPO', '2026-01-01', '2026-12-31')"
        )
        run("INSERT INTO plan_person(plan_id, person_id) VALUES (1, 1)")
        for kind, network in (("deductible", "in"), ("oop_max", "out")):
            run(
                "INSERT INTO accumulator(plan_id, kind, network, mode, individual)"
                f" VALUES (1, '{kind}', '{network}', 'self', 200000)"
            )
        run(
            "INSERT INTO claim(person_id, provider_id, plan_id, network, service_from, deductible)"
            " VALUES (1, 1, 1, 'in', '2026-03-01', 4500)"
        )
        run(f"PRAGMA application_id = {engine.APPLICATION_ID}")
        run("PRAGMA user_version = 1")
    made.dispose()
    ledger = open_ledger(path)
    try:
        services = services_over(ledger)
        (plan,) = services.plans.all()
        assert [limit.name for limit in plan.accumulators] == ["DED_IN", "OOP_OUT"]
        year = services.coverage.year(plan)
        assert year.book.balance("DED_IN", "1") == 4500
        assert services.plans.rules(1) == []
        assert version(path) == (NOW, creation.revision_of(NOW))
    finally:
        ledger.close()
