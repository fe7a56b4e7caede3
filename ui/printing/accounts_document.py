"""Accounts on paper: what each holds and whether its statements agree."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from tracker.dates import day_text
from tracker.money import dollars
from tracker.services.account_balances import AccountShown
from ui.models import accounts_words as words
from ui.printing.blocks import Block, heading
from ui.printing.document import Document, plain_document
from ui.printing.flow import PT
from ui.printing.table import Column, Table, row


def balances_document(shown: Sequence[AccountShown], today: date) -> Document:
    """Every account, then every statement."""
    columns = (
        Column("Account", stretch=3, lines=3),
        Column("Kind"),
        Column("Whose", stretch=1, lines=2),
        Column("Last moved"),
        Column("Last statement", stretch=2, lines=2),
        Column("Holds", right=True),
    )
    rows = tuple(
        row(
            item.account.name,
            words.kind_words(item),
            item.owner,
            day_text(item.last_on) if item.last_on else "",
            words.check_words(item.checks[0] if item.checks else None),
            " ".join(part for part in (words.holds_words(item), words.holds_note(item)) if part),
        )
        for item in shown
    )
    blocks: list[Block] = [Table(columns, rows, size=9.0, before=8 * PT)]
    checks = [(item, check) for item in shown for check in item.checks]
    if checks:
        head = (
            Column("Account", stretch=2, lines=2),
            Column("As of"),
            Column("Statement", right=True),
            Column("Here", right=True),
            Column("Verdict"),
        )
        stated = tuple(
            row(
                item.account.name,
                day_text(check.statement.stated_on),
                dollars(check.statement.balance),
                dollars(check.ours),
                words.gap_words(check.gap),
            )
            for item, check in checks
        )
        blocks += [heading("Statements"), Table(head, stated, size=9.0, before=8 * PT)]
    return plain_document("Account balances", today, blocks, subtitle=f"As of {day_text(today)}")
