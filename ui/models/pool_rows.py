"""Receipts of the unreimbursed pool as rows of tables: what each gives, and what it still lacks."""

from __future__ import annotations

from tracker.dates import day_text
from tracker.domain.accounts.hsa_pool import PoolLine
from tracker.domain.accounts.reimbursement_picker import Pick, PickBy
from tracker.money import dollars
from ui.models.table import Column

COMPLETE = "Complete"
FOR_WHAT, PATIENT, LEFT = "For what", "Patient", "Left"
GAPS = {
    "patient": "patient",
    "provider": "provider",
    "description": "description",
    "amount": "amount that counts",
    "document": "document",
}
"""The parts of a receipt that can be missing; its date never is."""

PICK_BY = (
    (PickBy.OLDEST.value, "Oldest first"),
    (PickBy.EXACT.value, "Exact"),
    (PickBy.FEWEST.value, "Fewest"),
)
PICK_WORDS = {
    PickBy.OLDEST: "The oldest care first; of the last receipt perhaps only a part.",
    PickBy.EXACT: "Whole receipts only, as close to the amount as they come without going above it.",
    PickBy.FEWEST: "The largest receipts first; of the last one perhaps only a part.",
}


def gap_words(gaps: tuple[str, ...]) -> str:
    """`Lacks document, description`; `Complete` where nothing is missing."""
    return f"Lacks {', '.join(GAPS[gap] for gap in gaps)}" if gaps else COMPLETE


def pool_columns() -> list[Column[PoolLine]]:
    """What each receipt gives to the pool."""
    return [
        Column(
            "Care", lambda row: day_text(row.expense.incurred_on), order=lambda r: r.expense.incurred_on
        ),
        Column("Provider", lambda row: row.expense.provider, stretch=3, tooltip=tip),
        Column(FOR_WHAT, lambda row: row.expense.description, stretch=3, tone=_quiet, tooltip=tip),
        Column(
            PATIENT,
            lambda row: row.expense.patient,
            stretch=1,
            tooltip=lambda row: row.expense.patient,
        ),
        Column(
            "You may take",
            lambda row: dollars(row.available),
            order=lambda row: row.available,
            right=True,
            tone=lambda row: "" if row.available else "quiet",
        ),
        Column(
            "Still missing",
            lambda row: ", ".join(GAPS[gap] for gap in row.gaps).capitalize() or "Nothing",
            order=lambda row: len(row.gaps),
            stretch=4,
            tone=lambda row: "warning" if row.gaps else "good",
            tooltip=lambda row: gap_words(row.gaps),
        ),
    ]


def pick_columns() -> list[Column[Pick]]:
    """What a batch takes of each receipt."""
    return [
        Column(
            "Care", lambda row: day_text(row.expense.incurred_on), order=lambda r: r.expense.incurred_on
        ),
        Column("Provider", lambda row: row.expense.provider, stretch=3, tooltip=_pick_tip),
        Column(FOR_WHAT, lambda row: row.expense.description, stretch=3, tone=_quiet, tooltip=_pick_tip),
        Column(PATIENT, lambda row: row.expense.patient, stretch=1),
        Column(
            LEFT,
            lambda row: dollars(row.left) if row.left else "",
            order=lambda row: row.left,
            right=True,
            tone=_quiet,
            tooltip=lambda row: "What stays in the pool of this receipt",
        ),
        Column("Taken", lambda row: dollars(row.amount), order=lambda row: row.amount, right=True),
    ]


def tip(row: PoolLine) -> str:
    """Everything about a receipt in short."""
    expense = row.expense
    return "\n".join(text for text in (expense.provider, expense.description, expense.patient) if text)


def _pick_tip(row: Pick) -> str:
    return "\n".join(text for text in (row.expense.provider, row.expense.description) if text)


def _quiet(_row: object) -> str:
    return "quiet"
