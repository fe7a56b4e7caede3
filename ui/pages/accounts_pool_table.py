"""The table of receipts in the unreimbursed pool; a narrow one leaves columns out."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from tracker.domain.accounts.hsa_pool import PoolLine
from ui.models.table import RowTableModel
from ui.theme import theme
from ui.widgets.table import LedgerTable
from ui.window_state import WindowState

_MOST_ROWS = 8
_GIVING_WAY = (("For what", 620), ("Patient", 760))
"""The width at 100 % text that the table needs to show a column as well; the explanation tells it."""


class PoolTable(LedgerTable):
    """Patients are told apart only where there are several."""

    def __init__(
        self, model: RowTableModel[PoolLine], parent: QWidget | None = None, *, state: WindowState
    ) -> None:
        self.several_people = False
        super().__init__(model, "Unreimbursed receipts", parent, row_height=30, sortable=True, state=state)
        self.setSelectionMode(LedgerTable.SelectionMode.SingleSelection)
        self.fit_height_to_rows(_MOST_ROWS)

    def make_room(self) -> None:
        """Leave out what does not fit."""
        width = self.width() * 100 // theme().percent
        headings = [column.heading for column in self.rows_model.columns]
        away = {headings.index(heading) for heading, needs in _GIVING_WAY if width < needs}
        if not self.several_people:
            away.add(headings.index("Patient"))
        self._widths.put_away(frozenset(away))
        self._widths.fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.make_room()
        super().resizeEvent(event)
