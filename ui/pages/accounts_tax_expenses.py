"""The card with the expenses of a tax year: what of each counts for which pocket, and the member's word."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QWidget

from tracker.dates import day_text
from tracker.money import dollars
from ui.models.table import Column, RowTableModel
from ui.models.tax_rows import ExpenseRow, matches
from ui.theme import theme
from ui.widgets.buttons import PlainButton
from ui.widgets.card import Card
from ui.widgets.choice_edit import OptionEdit
from ui.widgets.columns import flow_of
from ui.widgets.empty_state import EmptyState
from ui.widgets.label import Label
from ui.widgets.table import LedgerTable
from ui.window_state import WindowState

_MOST_ROWS = 14
_GIVING_WAY = (("Your word", 900), ("After tax", 820), ("FSA", 640), ("HSA", 520))
"""The width at 100 % text that the table needs to show a column as well; the explanation tells it."""

OPEN, ON_LINE, OFF_LINE, SAID = "open", "on", "off", "said"
_CHOICES = (
    ("", "All expenses"),
    (OPEN, "To be said or asked"),
    (ON_LINE, "On the deduction worksheet"),
    (OFF_LINE, "Not on it"),
    (SAID, "With your word"),
)


class ExpensesTable(LedgerTable):
    """Thousands of rows, of which a few are in view."""

    def __init__(self, model: RowTableModel[ExpenseRow], state: WindowState) -> None:
        super().__init__(model, "Expenses of the tax year", row_height=30, sortable=True, state=state)
        self.fit_height_to_rows(_MOST_ROWS)

    def make_room(self) -> None:
        """Leave out what does not fit."""
        width = self.width() * 100 // theme().percent
        headings = [column.heading for column in self.rows_model.columns]
        away = frozenset(headings.index(heading) for heading, needs in _GIVING_WAY if width < needs)
        self._widths.put_away(away)
        self._widths.fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.make_room()
        super().resizeEvent(event)


class ExpensesCard(Card):
    """Enter or a double click on a row explains it: `opened`. `say_asked` carries the selected rows."""

    opened = Signal(object)
    say_asked = Signal(list)
    payment_asked = Signal(object)
    row_reached = Signal(object)

    def __init__(
        self, state: WindowState, add: Callable[[], object], parent: QWidget | None = None
    ) -> None:
        super().__init__("What counts", parent=parent)
        self._every = 0
        self.filter = QLineEdit()
        self.filter.setPlaceholderText("Filter")
        self.filter.setAccessibleName("Filter expenses of the tax year")
        self.filter.setClearButtonEnabled(True)
        self.choice = OptionEdit(_CHOICES)
        self.choice.setAccessibleName("Which expenses")
        self.choice.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.head = flow_of(self.filter, self.choice)
        self.body.addWidget(self.head)
        self.model: RowTableModel[ExpenseRow] = RowTableModel(_columns(), lambda row: row.key, self)
        self.table = ExpensesTable(self.model, state)
        self.add_table(self.table)
        self.no_match = Label("Nothing matches the filter.", "quiet", wrap=True)
        self.body.addWidget(self.no_match)
        self.say_button = PlainButton("Say what counts\u2026")
        self.why_button, self.open_button = PlainButton("Explain"), PlainButton("Open payment")
        self.below = flow_of(self.say_button, self.why_button, self.open_button)
        self.body.addWidget(self.below)
        self.empty = EmptyState(
            "Nothing was paid in this year",
            "Enter what you paid for care, premiums and membership fees; here you see what of each counts "
            "for an HSA, an FSA and the deduction, and why.",
            "Add payment",
            add,
        )
        self.body.addWidget(self.empty)
        self._wire()
        self._fit()
        self._say()

    def show_rows(self, rows: Sequence[ExpenseRow]) -> None:
        """Show the expenses of a year; the filter and the selection stay."""
        self._every = len(rows)
        self.model.set_rows(rows)
        self.table.make_room()
        self._say()

    def choose(self, key: str) -> None:
        """Show only some of the expenses, and go to the first."""
        self.choice.choose(key)
        self.filter.clear()
        self._on_filter()
        if self.model.rows:
            self.table.go_to_cell(0, 0)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def selected(self) -> list[ExpenseRow]:
        """The selected rows from top to bottom."""
        return self.table.selected_rows()

    # ours ----------------------------------------------------------------------------

    def _wire(self) -> None:
        self.filter.textChanged.connect(self._on_filter)
        self.choice.edited.connect(self._on_filter)
        self.table.opened.connect(self.opened)
        self.table.typed.connect(self._on_typed)
        self.table.selection_changed.connect(self._on_selection)
        self.table.row_reached.connect(self.row_reached)
        self.say_button.clicked.connect(self._on_say)
        self.why_button.clicked.connect(lambda: self._on_one(self.opened))
        self.open_button.clicked.connect(lambda: self._on_one(self.payment_asked))
        theme().changed.connect(self._fit)

    def _on_one(self, signal: object) -> None:
        for row in self.selected()[:1]:
            signal.emit(row)  # type: ignore[attr-defined]

    @Slot()
    def _on_say(self) -> None:
        rows = self.selected()
        if rows:
            self.say_asked.emit(rows)

    @Slot()
    def _on_filter(self) -> None:
        words, key = self.filter.text().casefold().split(), self.choice.key()
        keep = _KEEPS.get(key)
        if words or keep:
            self.model.set_filter(lambda row: (keep is None or keep(row)) and matches(row, words))
        else:
            self.model.set_filter(None)
        self.table.make_room()
        self._say()

    def _say(self) -> None:
        shown = len(self.model.rows)
        self.set_note(
            ""
            if not self._every
            else f"{shown:,}"
            if shown == self._every
            else f"{shown:,} of {self._every:,}"
        )
        self.head.setVisible(self._every > 0)
        self.table.setVisible(shown > 0)
        self.below.setVisible(shown > 0)
        self.no_match.setVisible(self._every > 0 and shown == 0)
        self.empty.setVisible(self._every == 0)
        self._on_selection()

    @Slot()
    def _on_selection(self) -> None:
        count = len(self.table.selected_rows())
        self.say_button.setEnabled(count > 0)
        self.say_button.setText("Say what counts\u2026" if count < 2 else f"Say of {count:,}\u2026")
        self.why_button.setEnabled(count == 1)
        self.open_button.setEnabled(count == 1)

    @Slot(str)
    def _on_typed(self, text: str) -> None:
        self.filter.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.filter.setText(text)

    @Slot()
    def _fit(self) -> None:
        self.filter.setFixedWidth(theme().px(220))
        self.choice.setFixedWidth(self.choice.least_width() + theme().px(14))


_KEEPS: dict[str, Callable[[ExpenseRow], bool]] = {
    OPEN: lambda row: row.shown.is_open,
    ON_LINE: lambda row: row.shown.line.amount > 0,
    OFF_LINE: lambda row: row.shown.line.amount == 0,
    SAID: lambda row: row.shown.expense.note is not None,
}


def _columns() -> list[Column[ExpenseRow]]:
    return [
        Column(
            "Paid",
            lambda row: day_text(row.shown.expense.paid_on),
            order=lambda row: row.shown.expense.paid_on,
        ),
        Column("For", lambda row: row.name, stretch=1, width=110, tooltip=lambda row: row.name),
        Column(
            "Amount",
            lambda row: dollars(row.shown.expense.amount),
            order=lambda row: row.shown.expense.amount,
            right=True,
        ),
        Column("HSA", lambda row: row.hsa, order=lambda row: row.shown.hsa.eligible, right=True, tone=_hsa),
        Column("FSA", lambda row: row.fsa, order=lambda row: row.shown.fsa.eligible, right=True, tone=_fsa),
        Column(
            "Deduction",
            lambda row: row.deduction,
            order=lambda row: row.shown.line.amount,
            right=True,
            tone=_deduction,
        ),
        Column(
            "After tax",
            lambda row: row.after_tax,
            order=lambda row: row.shown.after_tax,
            right=True,
            tone=lambda _row: "quiet",
            tooltip=lambda _row: "What it costs once untaxed money has paid what counts.",
        ),
        Column(
            "Your word",
            lambda row: row.said,
            tone=lambda row: "warning" if row.said == "To be said" else "quiet",
            tooltip=lambda row: row.said,
        ),
    ]


def _hsa(row: ExpenseRow) -> str:
    return "" if row.shown.hsa.eligible else "quiet"


def _fsa(row: ExpenseRow) -> str:
    return "" if row.shown.fsa.eligible else "quiet"


def _deduction(row: ExpenseRow) -> str:
    return "" if row.shown.line.amount else "quiet"
