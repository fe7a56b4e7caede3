"""What was drawn from the contingency fund, for what, and how it is put back."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QSizePolicy, QWidget

from tracker.dates import day_text
from tracker.money import dollars
from tracker.services.fund_moves import FundMove, FundMoveKind
from tracker.services.fund_report import ContingencyFund
from ui.models import fund_words as words
from ui.models.table import Column, RowTableModel
from ui.widgets.buttons import PlainButton
from ui.widgets.card import Card
from ui.widgets.columns import Flow
from ui.widgets.label import Label
from ui.widgets.table import LedgerTable
from ui.window_state import WindowState

MOST_ROWS = 12
"""Months of the plan that are listed; a longer one is said in its sentence."""

_TAKEN_OUT = (
    "A bill that another account pays counts in the budget again. Record it as paid from the fund instead."
)


class FundDrawsCard(Card):
    """Enter or a double click opens the payment."""

    draw_asked = Signal()
    put_back_asked = Signal()
    payment_opened = Signal(int)
    row_reached = Signal(object)

    def __init__(self, state: WindowState, parent: QWidget | None = None) -> None:
        super().__init__("Drawn and put back", parent=parent)
        self._model: RowTableModel[FundMove] = RowTableModel(_columns(), lambda row: row.payment_id, self)
        self.table = LedgerTable(self._model, "Drawn and put back", sortable=True, state=state)
        self.table.fit_height_to_rows()
        self.add_table(self.table)
        self.sentence = Label("", wrap=True)
        self.taken_out = Label(_TAKEN_OUT, "caption", wrap=True)
        self.uncounted = Label("", tone="warning", wrap=True)
        self.body.addWidget(self.sentence)
        self.body.addWidget(self.taken_out)
        self.body.addWidget(self.uncounted)
        self._plan: RowTableModel[words.RepayRow] = RowTableModel(
            _plan_columns(), lambda row: row.place, self
        )
        self.plan_table = LedgerTable(self._plan, "Plan to put it back", row_height=28)
        self.plan_table.fit_height_to_rows()
        self.add_table(self.plan_table)
        self.more = Label("", "caption", wrap=True)
        self.body.addWidget(self.more)
        self.draw_button = PlainButton("Draw\u2026")
        self.put_back_button = PlainButton("Put back\u2026")
        line = QWidget()
        line.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        flow = Flow(line)
        flow.addWidget(self.draw_button)
        flow.addWidget(self.put_back_button)
        self.body.addWidget(line)
        self.draw_button.clicked.connect(self.draw_asked)
        self.put_back_button.clicked.connect(self.put_back_asked)
        self.table.opened.connect(self._on_opened)
        for table in (self.table, self.plan_table):
            table.selectionModel().currentRowChanged.connect(
                lambda _now, _before, table=table: self._on_current(table)
            )

    def show_fund(self, fund: ContingencyFund) -> None:
        """Show the draws of a fund, the latest first."""
        drawn = [move for move in reversed(fund.moves) if _shown(move)]
        self._model.set_rows(drawn)
        self.table.setVisible(bool(drawn))
        self.set_subtitle(words.FUNDED if drawn else "")
        self.sentence.setText(_sentence(fund, drawn))
        self.taken_out.setVisible(any(move.kind is FundMoveKind.TAKEN_OUT for move in drawn))
        said = words.uncounted_words(fund.moves)
        self.uncounted.setText(said)
        self.uncounted.setVisible(bool(said))
        rows = words.repay_rows(fund)
        self._plan.set_rows(rows[:MOST_ROWS])
        self.plan_table.setVisible(bool(rows))
        self.more.setText(f"And {len(rows) - MOST_ROWS} more months.")
        self.more.setVisible(len(rows) > MOST_ROWS)
        self.put_back_button.setEnabled(fund.started)
        self.draw_button.setEnabled(fund.started)

    @Slot(object)
    def _on_opened(self, row: FundMove) -> None:
        self.payment_opened.emit(row.payment_id)

    def _on_current(self, table: LedgerTable) -> None:
        index = table.currentIndex()
        if index.isValid():
            self.row_reached.emit((table.viewport(), table.visualRect(index)))


def _shown(move: FundMove) -> bool:
    return bool(move.put_back) or move.kind in (
        FundMoveKind.PAID,
        FundMoveKind.TAKEN_OUT,
        FundMoveKind.CAME_BACK,
    )


def _sentence(fund: ContingencyFund, drawn: list[FundMove]) -> str:
    if fund.owed:
        return fund.repay_words[-1]
    if drawn:
        return "Everything that was drawn is put back."
    return "Nothing was drawn yet. Draw when something unforeseen has to be paid: it is no expense again."


def _columns() -> list[Column[FundMove]]:
    return [
        Column("Date", lambda row: day_text(row.on), order=lambda row: row.on),
        Column("What for", lambda row: row.who, stretch=3, tooltip=lambda row: row.who),
        Column("", lambda row: words.KINDS[row.kind], tone=lambda _row: "quiet"),
        Column(
            "Note", lambda row: row.note, stretch=3, tone=lambda _row: "quiet", tooltip=lambda row: row.note
        ),
        Column(
            "Taken",
            lambda row: "" if row.put_back else dollars(-row.change),
            order=lambda row: None if row.put_back else -row.change,
            right=True,
        ),
        Column(
            "Put back",
            lambda row: dollars(row.put_back) if row.put_back else "",
            order=lambda row: row.put_back or None,
            right=True,
        ),
    ]


def _plan_columns() -> list[Column[words.RepayRow]]:
    return [
        Column("Month", lambda row: row.month, stretch=2),
        Column("To put back", lambda row: dollars(row.amount), right=True),
        Column("Still out after it", lambda row: dollars(row.left), right=True, tone=lambda _row: "quiet"),
    ]
