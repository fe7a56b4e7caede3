"""The card with every line of a year: filters above, the table, and what can be done with a line."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QWidget

from tracker.reports.where_it_went import WentKind, WhereItWent
from ui.models.table import RowTableModel
from ui.models.went_rows import (
    IN_WORDS,
    OPEN,
    OPEN_HEADING,
    POCKETS,
    TWICE,
    WentRow,
    kept,
    unused,
    went_columns,
)
from ui.theme import theme
from ui.widgets.buttons import PlainButton
from ui.widgets.card import Card
from ui.widgets.choice_edit import OptionEdit
from ui.widgets.columns import Flow
from ui.widgets.label import Label
from ui.widgets.table import LedgerTable
from ui.window_state import WindowState

_MOST_ROWS = 14
_NAME_ROOM = 80
"""Pixels at 100 % text that the payee gets beyond its least before other columns are shown."""

_CHOICES = (
    ("", "All pockets"),
    *((pocket.value, words) for pocket, words in POCKETS.items()),
    (OPEN, "Open"),
    (TWICE, "Counted twice"),
)


class WentTable(LedgerTable):
    """Tens of thousands of rows, of which a few are in view. Columns nothing stands in are left out."""

    def __init__(
        self, model: RowTableModel[WentRow], parent: QWidget | None = None, *, state: WindowState | None
    ) -> None:
        self.empty_headings: frozenset[str] = frozenset()
        super().__init__(model, "Expenses by pocket", parent, row_height=30, sortable=True, state=state)
        self.setSelectionMode(LedgerTable.SelectionMode.SingleSelection)
        self.fit_height_to_rows(_MOST_ROWS)

    def make_room(self) -> None:
        """Leave out what is empty, then what does not fit; pockets that do not fit share one column."""
        headings = [column.heading for column in self.rows_model.columns]
        pockets = {*POCKETS.values(), OPEN_HEADING}
        stages = (
            {IN_WORDS},
            {IN_WORDS, "For what"},
            {IN_WORDS, "For what", "Person"},
            {*pockets, "Person"},
            {*pockets, "Person", "For what"},
            {*pockets, "Person", "For what", "Paid"},
        )
        for stage in stages:
            names = stage | self.empty_headings
            self._widths.put_away(frozenset(headings.index(name) for name in names))
            if self.least_width() + theme().px(_NAME_ROOM) <= self.width():
                break
        self._widths.fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.make_room()
        super().resizeEvent(event)


class WentCard(Card):
    """Enter or a double click explains a line. `opened` and `paper_asked` carry a WentLine."""

    opened = Signal(object)
    paper_asked = Signal(object)
    export_asked = Signal()
    row_reached = Signal(object)

    def __init__(self, state: WindowState, parent: QWidget | None = None) -> None:
        super().__init__("Every dollar once", parent=parent)
        self._every = 0
        self.filter = QLineEdit()
        self.filter.setPlaceholderText("Filter")
        self.filter.setAccessibleName("Filter expenses")
        self.filter.setClearButtonEnabled(True)
        self.pocket = OptionEdit(_CHOICES)
        self.pocket.setAccessibleName("Pocket")
        self.pocket.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.export_button = PlainButton("Export CSV\u2026")
        self.head = QWidget()
        self.head.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        flow = Flow(self.head)
        for widget in (self.filter, self.pocket, self.export_button):
            flow.addWidget(widget)
        self.body.addWidget(self.head)
        self.model: RowTableModel[WentRow] = RowTableModel(went_columns(), lambda row: row.key, self)
        self.table = WentTable(self.model, state=state)
        self.add_table(self.table)
        self.no_match = Label("Nothing matches the filter.", "quiet", wrap=True)
        self.body.addWidget(self.no_match)
        self.why_button = PlainButton("Explain")
        self.open_button = PlainButton("Open payment")
        self.below = QWidget()
        self.below.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        line = Flow(self.below)
        line.addWidget(self.why_button)
        line.addWidget(self.open_button)
        self.body.addWidget(self.below)
        self._wire()
        self._fit()
        self._say()

    def show_year(self, went: WhereItWent, rows: Sequence[WentRow]) -> None:
        """Show the lines of a year; the filter and the selection stay."""
        self._every = len(rows)
        self.table.empty_headings = unused(went)
        self.model.set_rows(rows)
        self.table.make_room()
        self._say()

    def shown_rows(self) -> list[WentRow]:
        """What the filter keeps, in the order of the table."""
        return list(self.model.rows)

    def choose_pocket(self, key: str) -> None:
        """Show the lines of one pocket, `open`, `twice`, or all."""
        self.pocket.choose(key)
        self._on_filter()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def said(self) -> str:
        """The filter in words, for paper; empty where everything is shown."""
        words = " ".join(self.filter.text().split())
        parts = [self.pocket.currentText() if self.pocket.key() else ""]
        parts.append(f"with \u201c{words}\u201d" if words else "")
        return ", ".join(part for part in parts if part)

    def current(self) -> WentRow | None:
        """The selected row."""
        rows: list[WentRow] = self.table.selected_rows()
        return rows[0] if rows else None

    # ours ----------------------------------------------------------------------------

    def _wire(self) -> None:
        self.filter.textChanged.connect(self._on_filter)
        self.pocket.edited.connect(self._on_filter)
        self.export_button.clicked.connect(self.export_asked)
        self.table.opened.connect(lambda row: self.opened.emit(row.line))
        self.table.typed.connect(self._on_typed)
        self.table.selection_changed.connect(self._on_selection)
        self.table.row_reached.connect(self.row_reached)
        self.why_button.clicked.connect(self._on_why)
        self.open_button.clicked.connect(self._on_open)
        theme().changed.connect(self._fit)

    @Slot()
    def _on_filter(self) -> None:
        self.model.set_filter(kept(self.filter.text().casefold().split(), self.pocket.key()))
        self.table.make_room()
        self._say()

    def _say(self) -> None:
        shown = len(self.model.rows)
        self.set_note(f"{shown:,}" if shown == self._every else f"{shown:,} of {self._every:,}")
        self.head.setVisible(self._every > 0)
        self.table.setVisible(shown > 0)
        self.below.setVisible(shown > 0)
        self.no_match.setVisible(self._every > 0 and shown == 0)
        self._on_selection()

    @Slot()
    def _on_selection(self) -> None:
        row = self.current()
        self.why_button.setEnabled(row is not None)
        self.open_button.setEnabled(row is not None)
        payment = row is None or row.line.kind is WentKind.PAYMENT
        self.open_button.setText("Open payment" if payment else "Show in Claims")

    @Slot(str)
    def _on_typed(self, text: str) -> None:
        self.filter.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.filter.setText(text)

    @Slot()
    def _on_why(self) -> None:
        if (row := self.current()) is not None:
            self.opened.emit(row.line)

    @Slot()
    def _on_open(self) -> None:
        if (row := self.current()) is not None:
            self.paper_asked.emit(row.line)

    @Slot()
    def _fit(self) -> None:
        self.filter.setFixedWidth(theme().px(220))
        self.pocket.setFixedWidth(self.pocket.least_width() + theme().px(14))
