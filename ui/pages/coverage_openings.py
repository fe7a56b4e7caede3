"""The card with opening balances: what was used before the first EOB here."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from tracker.dates import day_text
from ui.models.coverage_choice import Choice
from ui.models.opening_rows import OpeningRow, opening_rows
from ui.models.table import Column
from ui.pages.coverage_list import ListCard
from ui.pages.coverage_read import CoverageYear
from ui.window_state import WindowState

_SENTENCE = (
    "What was used before the first EOB here, such as a start in the middle of the year or credit from an "
    "earlier plan. Every total begins with it."
)


class OpeningsCard(ListCard[OpeningRow]):
    """The opening balances of the period that is shown."""

    def __init__(
        self, add: Callable[[], object], state: WindowState, parent: QWidget | None = None
    ) -> None:
        super().__init__(
            "Opening balances",
            [
                Column("Of", lambda row: row.what, stretch=3, tooltip=lambda row: row.what),
                Column("Whose", lambda row: row.whose, stretch=1, tooltip=lambda row: row.whose),
                Column("Used", lambda row: row.used, order=lambda row: row.opening.amount, right=True),
                Column(
                    "As of",
                    lambda row: day_text(row.opening.as_of),
                    order=lambda row: row.opening.as_of,
                ),
                Column("Note", _note, stretch=2, tooltip=_note),
            ],
            lambda row: row.opening.id or 0,
            state,
            add=("Add opening balance", add),
            empty=("No opening balances", _SENTENCE),
            small=True,
            parent=parent,
        )

    def show_year(self, year: CoverageYear, choice: Choice) -> None:
        rows = opening_rows(year.openings, choice.year, year.home, year.categories)
        self.set_subtitle(_SENTENCE if rows else "")
        self.show_rows(rows)


def _note(row: OpeningRow) -> str:
    return " ".join(row.opening.note.split())
