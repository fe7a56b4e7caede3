"""Rows by which a bank corrects or deletes one that it sent before.

Where both are in the file, the later word holds and the first row is left out. Where the first is not
in the file, the ledger may have it from an earlier import, and only a person can tell: the correction
is then a problem that names it. A row that "corrects" itself is an ordinary row.
"""

from __future__ import annotations

from collections.abc import Sequence

from tracker.dates import day_text
from tracker.imports.bank_text import short
from tracker.imports.ofx_rows import Read
from tracker.money import dollars


def settle_corrections(rows: Sequence[Read]) -> None:
    """Leave out what was corrected or deleted, in place."""
    corrections = [row for row in rows if row.corrects and row.corrects != row.id]
    if not corrections:
        return
    wanted = {(row.account, row.corrects) for row in corrections}
    by_id: dict[tuple[str, str], list[Read]] = {}
    for row in rows:
        if (row.account, row.id) in wanted:
            by_id.setdefault((row.account, row.id), []).append(row)
    unreadable = {id(row): row.why for row in corrections}
    for row in corrections:
        first = by_id.get((row.account, row.corrects), [])
        for one in first:
            _leave_out(one, f"The bank {'deleted' if row.deletes else 'replaced'} it in {row.where}.")
        if row.deletes and first:
            _leave_out(row, f"It deletes {first[0].where}, which was left out.")
        elif not first and (row.deletes or not unreadable[id(row)]):
            _leave_out(row, _unknown(row))


def _leave_out(row: Read, why: str) -> None:
    row.money, row.why, row.remark = None, why, ""


def _unknown(row: Read) -> str:
    named = short(row.corrects, 60)
    if row.deletes:
        return (
            f"The bank deletes its transaction {named}, which is not in this file. "
            "Delete it here if you have it."
        )
    now = f" It is now {dollars(row.money.amount)} on {day_text(row.money.on)}." if row.money else ""
    return f"It corrects the bank\u2019s transaction {named}, which is not in this file.{now}"
