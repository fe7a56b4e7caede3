"""The sheet of one HSA reimbursement on paper: a cover, and every receipt with what proves it."""

from __future__ import annotations

from datetime import date

from tracker.dates import day_text
from tracker.money import dollars
from tracker.reports.batch_sheet import BatchSheet, SheetReceipt
from ui.models.pool_rows import gap_words
from ui.printing.blocks import Block, Words, heading, note
from ui.printing.document import Document, plain_document
from ui.printing.facts_table import facts_table
from ui.printing.flow import PT
from ui.printing.table import Cell, Column, Row, Table, row

REMARK = (
    "Keep this sheet and the receipts for as long as the tax year can be examined. Not legal, tax or "
    "medical advice."
)


def batch_document(sheet: BatchSheet, today: date) -> Document:
    """The cover facts, then the receipts in the order of the care."""
    blocks: list[Block] = [facts_table("Reimbursement", _facts(sheet))]
    if sheet.why and not sheet.is_recorded:
        blocks.append(note(" ".join(sheet.why)))
    blocks.append(heading("Receipts"))
    blocks.append(_receipts(sheet))
    if sheet.amount > sheet.total:
        rest = dollars(sheet.amount - sheet.total)
        blocks.append(Words(f"{rest} of the transfer is tied to no receipt."))
    lacking = [item for item in sheet.receipts if item.gaps]
    if lacking:
        blocks.append(heading("Not complete yet"))
        blocks += [Words(_lacks(item), before=3 * PT) for item in lacking]
    subtitle = f"{dollars(sheet.total)} on {day_text(sheet.paid_on)}"
    if not sheet.is_recorded:
        subtitle += ", not recorded yet"
    return plain_document("HSA reimbursement", today, blocks, subtitle=subtitle, remark=REMARK)


def _facts(sheet: BatchSheet) -> list[tuple[str, str]]:
    count = len(sheet.receipts)
    return [
        ("Account", ", ".join(text for text in (sheet.account, sheet.institution) if text)),
        ("Owner", sheet.owner),
        ("Paid to", sheet.to_account),
        ("Date", day_text(sheet.paid_on)),
        ("Amount", dollars(sheet.amount)),
        ("Receipts", f"{count:,}, {sheet.complete:,} of them complete"),
    ]


def _receipts(sheet: BatchSheet) -> Table:
    columns = (
        Column("", right=True),
        Column("Date of care"),
        Column("Patient", stretch=2, lines=3),
        Column("Provider", stretch=3, lines=3),
        Column("Description", stretch=3, lines=4),
        Column("Documents", stretch=3, lines=6),
        Column("Amount", right=True),
    )
    rows = tuple(_receipt(number, item) for number, item in enumerate(sheet.receipts, start=1))
    total = row("", "", "", "Total", "", "", dollars(sheet.total), bold=True)
    return Table(columns, rows, (total,), size=9.0, before=8 * PT)


def _receipt(number: int, item: SheetReceipt) -> Row:
    expense = item.expense
    part = f"of {dollars(expense.eligible)}" if item.is_part else ""
    return row(
        str(number),
        day_text(expense.incurred_on),
        expense.patient,
        expense.provider,
        " ".join(expense.description.split()),
        ", ".join(item.documents) or "None",
        Cell(dollars(item.amount), part),
    )


def _lacks(item: SheetReceipt) -> str:
    expense = item.expense
    name = expense.provider or expense.description or "A receipt"
    lacks = gap_words(item.gaps)
    return f"{name}, {day_text(expense.incurred_on)}: {lacks[0].lower()}{lacks[1:]}."
