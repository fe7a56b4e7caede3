"""The card with every prescription: supply, next refill, and what a fill costs."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from ui.models.drug_rows import NOT_KNOWN, DrugRow, matches
from ui.models.table import Column
from ui.pages.coverage_list import ListCard
from ui.window_state import WindowState


class DrugsCard(ListCard[DrugRow]):
    """Enter or a double click changes a prescription, Delete removes it; a selected one is shown below."""

    def __init__(
        self, add: Callable[[], object], state: WindowState, parent: QWidget | None = None
    ) -> None:
        super().__init__(
            "Prescriptions",
            _columns(),
            lambda row: row.key,
            state,
            add=("Add prescription", add),
            empty=(
                "No prescriptions yet",
                "Enter what each of you takes. You see when it runs out, what a fill costs through "
                "insurance and in cash, which is cheaper for the whole year, and what to put into your "
                "budget.",
            ),
            matches=matches,
            giving_way=(("Tier", 1000), ("Last fill", 860), ("For", 560)),
            parent=parent,
        )

    def count_words(self, shown: Sequence[DrugRow]) -> str:
        late = sum(row.shown.late > 0 for row in shown)
        return super().count_words(shown) + (f", {late:,} to look at" if late else "")


def _columns() -> list[Column[DrugRow]]:
    return [
        Column("Drug", lambda row: row.name, stretch=4, tooltip=_drug_tip, tone=_taken_tone),
        Column("For", lambda row: row.who, stretch=2, tooltip=lambda row: row.shown.person),
        Column(
            "Last fill",
            lambda row: row.last,
            order=lambda row: row.shown.last.filled_on if row.shown.last else None,
        ),
        Column("Days left", lambda row: row.left, order=lambda row: row.shown.in_hand, right=True),
        Column(
            "Next refill",
            lambda row: row.refill,
            order=lambda row: row.shown.refill_on,
            tone=lambda row: row.tone,
            tooltip=lambda row: row.refill,
        ),
        Column(
            "Insurance",
            lambda row: row.insurance,
            order=lambda row: row.shown.through_insurance.pays if row.shown.through_insurance else None,
            right=True,
            tone=_known_tone,
        ),
        Column(
            "Cash",
            lambda row: row.cash,
            order=lambda row: row.shown.outside.pays if row.shown.outside else None,
            right=True,
        ),
        Column("Cheapest", lambda row: row.cheapest, stretch=4, tooltip=lambda row: row.cheapest),
        Column("Tier", lambda row: row.tier, stretch=2, tooltip=lambda row: row.tier, tone=_quiet),
    ]


def _drug_tip(row: DrugRow) -> str:
    return "\n".join(part for part in (row.name, row.shown.pharmacy, row.shown.drug.note) if part)


def _taken_tone(row: DrugRow) -> str:
    return "" if row.shown.taken else "quiet"


def _quiet(_row: DrugRow) -> str:
    return "quiet"


def _known_tone(row: DrugRow) -> str:
    return "quiet" if row.insurance == NOT_KNOWN else ""
