"""Taking everything out of ledgers and in again, for the tests of the JSON form."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from tests.conftest import TODAY, open_ledger
from tracker.ledger_form.nouns import NOUNS
from tracker.services.data_exchange import Imported, export_everything, import_everything
from tracker.storage.ledger import Ledger

Tables = dict[str, list[tuple[Any, ...]]]


def exported(ledger: Ledger, path: Path, *, attachments: bool = True) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    return export_everything(ledger, path, attachments=attachments).path


def imported(path: Path, target: Path, **options: Any) -> Imported:
    return import_everything(path, target, clock=lambda: TODAY, **options)


def exported_again(path: Path, folder: Path) -> Path:
    """What a ledger made of an export gives when everything is taken out of it."""
    target = folder / "again.ledger"
    imported(path, target)
    ledger = open_ledger(target, read_only=True)
    try:
        return exported(ledger, folder / "again" / path.name)
    finally:
        ledger.close()


def stored(path: Path) -> Tables:
    """Every row of every table, sorted; without the ids that nothing links to, which are given anew.

    Bytes that are only kept for undo are left out.
    """
    with_ids = {noun.table for noun in NOUNS if noun.has_ids}
    found: Tables = {}
    with closing(sqlite3.connect(path)) as connection:
        names = [
            row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        ]
        for name in names:
            columns = [row[1] for row in connection.execute(f'PRAGMA table_info("{name}")')]
            left_out = {"statement_id"} if name in with_ids else {"id", "statement_id"}
            kept = ", ".join(f'"{column}"' for column in columns if column not in left_out)
            only = " WHERE sha256 IN (SELECT sha256 FROM document)" if name == "document_content" else ""
            rows = connection.execute(f'SELECT {kept} FROM "{name}"{only}').fetchall()
            found[name] = sorted(rows, key=repr)
    return found
