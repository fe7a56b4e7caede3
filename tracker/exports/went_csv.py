"""The allocation ledger of a year as a CSV file: one row for each line, one column for each pocket."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from tracker.exports.spreadsheet_text import still_text
from tracker.facts.accounts import Pocket
from tracker.money import Cents, plain
from tracker.reports.where_it_went import WentKind, WentLine

_POCKETS = {
    Pocket.INSURER: "Insurer",
    Pocket.SECONDARY: "Second plan",
    Pocket.FSA: "FSA",
    Pocket.HRA: "HRA",
    Pocket.HSA: "HSA",
    Pocket.DEDUCTION: "Deducted",
    Pocket.CASH: "Own cash",
}
_KINDS = {
    WentKind.PAYMENT: "Payment",
    WentKind.CLAIM: "Paid by the plan",
    WentKind.BILL: "Open bill",
}
HEADINGS = (
    *("Date of care", "Date paid", "Kind", "Payee", "For what", "Person", "Amount"),
    *_POCKETS.values(),
    *("Open", "Counted twice"),
)


def went_csv(lines: Iterable[WentLine]) -> bytes:
    """UTF-8 with a mark that spreadsheets know; days as ISO dates, amounts in dollars, empty for none."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(HEADINGS)
    for line in lines:
        writer.writerow(
            (
                line.care_on.isoformat(),
                line.paid_on.isoformat() if line.paid_on else "",
                _KINDS[line.kind],
                still_text(line.payee),
                still_text(line.what),
                still_text(line.person),
                plain(line.amount),
                *(_blank(line.allocated.of(pocket)) for pocket in _POCKETS),
                _blank(line.allocated.open),
                _blank(sum(item.amount for item in line.twice)),
            )
        )
    return out.getvalue().encode("utf-8-sig")


def _blank(amount: Cents) -> str:
    return plain(amount) if amount else ""
