"""Payments as rows for a spreadsheet's clipboard. `tracker.imports.pasted_rows` reads them back."""

from __future__ import annotations

from collections.abc import Iterable

from tracker.exports.spreadsheet_text import still_text
from tracker.facts import PaymentLine
from tracker.money import plain

HEADINGS = ("Date", "Payee", "Budget line", "Person", "Account", "To account", "Note", "Amount")


def payment_rows(lines: Iterable[PaymentLine]) -> str:
    """Tab-separated text with headings. Days and amounts stay what a spreadsheet calculates with."""
    rows = [HEADINGS]
    rows += [
        (
            line.paid_on.isoformat(),
            still_text(line.payee),
            still_text(line.category),
            still_text(line.person),
            still_text(line.account),
            still_text(line.to_account),
            still_text(line.note),
            plain(line.amount),
        )
        for line in lines
    ]
    return "\n".join("\t".join(row) for row in rows) + "\n"
