"""Bring an older ledger to today's shape with alembic; loaded only when a file's stamp is behind."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tracker.errors import Bug
from tracker.storage import engine
from tracker.storage.creation import revision_of
from tracker.storage.gate import SCHEMA_VERSION

if TYPE_CHECKING:
    from sqlalchemy import Connection

SCRIPTS = Path(__file__).with_name("migrations")


def upgrade(path: Path, *, scripts: Path = SCRIPTS, to_version: int = SCHEMA_VERSION) -> None:
    """Run the revisions that are missing, all in one transaction; a failure changes nothing.

    The caller makes the verified backup first.
    """
    made = engine.sqlalchemy_engine(lambda: engine.connect(path))
    try:
        with made.connect() as connection:
            # Tables are rebuilt by copying: references may dangle until the end of the transaction,
            # and the setting can only be changed outside one.
            connection.connection.driver_connection.execute("PRAGMA foreign_keys = OFF")  # type: ignore[union-attr]
            with connection.begin():
                run_scripts(connection, scripts=scripts, to_version=to_version)
                broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
                if broken:
                    raise Bug(f"Updating the ledger would have broken {len(broken)} links.")
                connection.exec_driver_sql(f"PRAGMA user_version = {to_version}")
    finally:
        made.dispose()


def run_scripts(
    connection: Connection, *, scripts: Path = SCRIPTS, to_version: int = SCHEMA_VERSION
) -> None:
    """Apply the frozen revisions on an open transaction."""
    from alembic.config import Config
    from alembic.runtime.environment import EnvironmentContext
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", scripts.as_posix().replace("%", "%%"))
    directory = ScriptDirectory.from_config(config)
    target = revision_of(to_version)

    def steps(revision: object, _context: object) -> object:
        return directory._upgrade_revs(target, revision)  # type: ignore[arg-type]

    with EnvironmentContext(config, directory, fn=steps, destination_rev=target) as environment:
        environment.configure(connection=connection, render_as_batch=True, transactional_ddl=False)
        environment.run_migrations()
