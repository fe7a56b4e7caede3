"""Payments as rows for a spreadsheet's clipboard. `tracker.imports.pasted_rows` reads them back."""

from __future__ import annotations

from collections.abc import Iterable

from tracker.facts import PaymentLine
from tracker.money import plain

HEADINGS = ("Date", "Payee", "Budget line", "Person", "Account", "To account", "Note", "Amount")
_FORMULA = ("=", "+", "-", "@")


def payment_rows(lines: Iterable[PaymentLine]) -> str:
    """Tab-separated text with headings. Days and amounts stay what a spreadsheet calculates with."""
    rows = [HEADINGS]
    rows += [
        (
            line.paid_on.isoformat(),
            _words(line.payee),
            _words(line.category),
            _words(line.person),
            _words(line.account),
            _words(line.to_account),
            _words(line.note),
            plain(line.amount),
        )
        for line in lines
    ]
    return "\n".join("\t".join(row) for row in rows) + "\n"


def _words(text: str) -> str:
    """Text on one line that stays text: an apostrophe keeps a spreadsheet from calculating it."""
    joined = " ".join(text.split())
    return f"'{joined}" if joined.startswith(_FORMULA) else joined
