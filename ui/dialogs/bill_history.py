"""The statements of one bill, the newest first: what each asked, and the one that is being typed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from tracker.dates import day_text
from tracker.facts import Statement
from tracker.money import dollars, dollars_or_blank
from ui.models.table import Column, RowTableModel
from ui.widgets.buttons import LinkButton
from ui.widgets.label import Label
from ui.widgets.table import LedgerTable

_MOST_ROWS = 5


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """A statement by its place in the bill, oldest first, and whether the fields below show it."""

    place: int
    statement: Statement
    shown: bool


COLUMNS: tuple[Column[HistoryRow], ...] = (
    Column("Statement", lambda row: day_text(row.statement.stated_on), stretch=1),
    Column("", lambda row: "shown below" if row.shown else "", tone=lambda _row: "quiet", stretch=1),
    Column("Due", lambda row: day_text(row.statement.due_on) if row.statement.due_on else ""),
    Column("Plan paid", lambda row: dollars_or_blank(row.statement.plan_paid), right=True),
    Column("Asks", lambda row: dollars(row.statement.amount), right=True),
)


class BillHistory(QWidget):
    """Hidden while there is nothing to choose between."""

    opened = Signal(int)
    """The place of the statement to show."""
    added = Signal()
    removed = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(4)
        self.heading = Label("Statements of this bill", "field")
        self.model: RowTableModel[HistoryRow] = RowTableModel(COLUMNS, key=lambda row: row.place)
        self.table = LedgerTable(self.model, "Statements of this bill")
        self.table.fit_height_to_rows(most=_MOST_ROWS)
        self.table.opened.connect(self._on_opened)
        self.table.delete_requested.connect(self._on_delete)
        foot = QHBoxLayout()
        self.add_button = LinkButton("Add a statement", "plus")
        self.add_button.clicked.connect(self.added)
        foot.addWidget(self.add_button)
        foot.addWidget(Label("Enter shows one, Delete removes it.", "caption", wrap=True), 1)
        whole.addWidget(self.heading)
        whole.addWidget(self.table)
        whole.addLayout(foot)
        self.hide()

    def show_statements(self, statements: Sequence[Statement], shown: int) -> None:
        """List what is in the ledger; `shown` is the place of the one in the fields."""
        rows = [HistoryRow(n, item, n == shown) for n, item in enumerate(statements)]
        self.model.set_rows(rows[::-1])
        self.setVisible(bool(statements))

    @Slot(object)
    def _on_opened(self, row: HistoryRow) -> None:
        self.opened.emit(row.place)

    @Slot(list)
    def _on_delete(self, rows: list[HistoryRow]) -> None:
        if len(rows) == 1:
            self.removed.emit(rows[0].place)
