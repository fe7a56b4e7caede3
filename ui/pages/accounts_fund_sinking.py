"""Sinking funds: money saved month by month for a fee or the deductible, and what it paid."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QSizePolicy, QWidget

from tracker.dates import day_text
from tracker.money import Cents, dollars
from tracker.services.fund_moves import FundMove
from tracker.services.sinking_funds import Purpose, SinkingFund
from ui.models import fund_words as words
from ui.models.table import Column, RowTableModel
from ui.pages.coverage_list import ListCard
from ui.widgets.buttons import PlainButton
from ui.widgets.card import Card
from ui.widgets.columns import Flow
from ui.widgets.fact_list import breakable
from ui.widgets.label import Label
from ui.widgets.table import LedgerTable
from ui.window_state import WindowState

Shown = tuple[SinkingFund, tuple[FundMove, ...]]
MOST_ROWS = 12
"""Rows of a list; the rest is said in a sentence."""


class SinkingFundsCard(ListCard[Any]):
    """Enter or a double click changes a fund; the selected one is shown below."""

    def __init__(self, state: WindowState, add: Callable[[], object]) -> None:
        super().__init__(
            "Sinking funds",
            _columns(),
            lambda row: row[0].account.id or 0,
            state,
            add=("Add sinking fund", add),
            empty=(
                "Nothing is saved up for yet",
                "A yearly membership fee or the deductible hurts less by the month. Say what it is for and "
                "when it is due: you get equal deposits, and a warning when one is missed.",
            ),
        )
        self.remove_button.setText("Close")
        self.remove_button.setAccessibleName("Close the fund")


class SinkingDetailCard(Card):
    """One fund: how it stands, the deposits that reach its target, and every movement."""

    put_in_asked = Signal()
    pay_asked = Signal()
    why_asked = Signal()
    payment_opened = Signal(int)
    row_reached = Signal(object)

    def __init__(self, state: WindowState, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.sentence = Label("", "bold", wrap=True)
        self.reason = Label("", wrap=True)
        self.uncounted = Label("", tone="warning", wrap=True)
        for label in (self.sentence, self.reason, self.uncounted):
            self.body.addWidget(label)
        self.pay_button = PlainButton("Pay from it\u2026")
        self.put_in_button = PlainButton("Put money in\u2026")
        self.why_button = PlainButton("Why?")
        line = QWidget()
        line.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        flow = Flow(line)
        for button in (self.put_in_button, self.pay_button, self.why_button):
            flow.addWidget(button)
        self.body.addWidget(line)
        self.plan_title = Label("Deposits to make", "bold")
        self.body.addWidget(self.plan_title)
        self._plan: RowTableModel[_Deposit] = RowTableModel(_plan_columns(), lambda row: row.place, self)
        self.plan_table = LedgerTable(self._plan, "Deposits to make", row_height=28)
        self.plan_table.fit_height_to_rows()
        self.add_table(self.plan_table)
        self.more = Label("", "caption", wrap=True)
        self.moves_title = Label("What moved", "bold")
        self.body.addWidget(self.more)
        self.body.addWidget(self.moves_title)
        self._moves: RowTableModel[FundMove] = RowTableModel(
            _move_columns(), lambda row: row.payment_id, self
        )
        self.moves_table = LedgerTable(self._moves, "Movements of the fund", state=state, row_height=30)
        self.moves_table.fit_height_to_rows()
        self.add_table(self.moves_table)
        self.put_in_button.clicked.connect(self.put_in_asked)
        self.pay_button.clicked.connect(self.pay_asked)
        self.why_button.clicked.connect(self.why_asked)
        self.moves_table.opened.connect(self._on_opened)
        for table in (self.plan_table, self.moves_table):
            table.selectionModel().currentRowChanged.connect(
                lambda _now, _before, table=table: self._on_current(table)
            )

    def show_fund(self, shown: Shown) -> None:
        """Show one fund and its movements, the latest first."""
        fund, moves = shown
        self.set_title(fund.account.name)
        self.sentence.setText(breakable(words.sinking_sentence(fund)))
        self.sentence.set_tone(words.state_words(fund)[1] if fund.short or fund.outlook is None else "good")
        outlook = fund.outlook
        self.reason.setText(breakable(" ".join(outlook.why)) if outlook else "")
        self.reason.setVisible(outlook is not None)
        said = words.uncounted_words(moves)
        self.uncounted.setText(said)
        self.uncounted.setVisible(bool(said))
        rows = _deposits(fund)
        self._plan.set_rows(rows[:MOST_ROWS])
        for widget in (self.plan_title, self.plan_table):
            widget.setVisible(bool(rows))
        self.more.setText(f"And {len(rows) - MOST_ROWS} more deposits.")
        self.more.setVisible(len(rows) > MOST_ROWS)
        self._moves.set_rows(moves[::-1])
        for widget in (self.moves_title, self.moves_table):
            widget.setVisible(bool(moves))
        self.pay_button.setText("Pay the fee\u2026" if fund.purpose is Purpose.FEE else "Pay from it\u2026")

    @Slot(object)
    def _on_opened(self, row: FundMove) -> None:
        self.payment_opened.emit(row.payment_id)

    def _on_current(self, table: LedgerTable) -> None:
        index = table.currentIndex()
        if index.isValid():
            self.row_reached.emit((table.viewport(), table.visualRect(index)))


class _Deposit:
    """A deposit of the plan, with what the fund would hold after it."""

    __slots__ = ("amount", "day", "holds", "place")

    def __init__(self, place: int, day: date, amount: Cents, holds: Cents) -> None:
        self.place, self.day, self.amount, self.holds = place, day, amount, holds


def _deposits(fund: SinkingFund) -> list[_Deposit]:
    outlook = fund.outlook
    if outlook is None or outlook.equal is None:
        return []
    rows, holds = [], outlook.balance
    for place, (day, amount) in enumerate(outlook.equal.deposits):
        holds += amount
        rows.append(_Deposit(place, day, amount, holds))
    return rows


def _columns() -> list[Column[Any]]:
    return [
        Column("Fund", lambda row: row[0].account.name, stretch=3, tooltip=lambda row: row[0].account.name),
        Column(
            "Saves for",
            lambda row: words.saves_for(row[0]),
            stretch=3,
            tone=lambda _row: "quiet",
            tooltip=lambda row: words.saves_for(row[0]),
        ),
        Column(
            "Needed on",
            lambda row: day_text(row[0].due_on) if row[0].due_on else "",
            order=lambda row: row[0].due_on,
        ),
        Column(
            "Holds",
            lambda row: dollars(row[0].balance),
            order=lambda row: row[0].balance,
            right=True,
        ),
        Column(
            "Target",
            lambda row: dollars(row[0].target) if row[0].target is not None else "",
            order=lambda row: row[0].target,
            right=True,
        ),
        Column(
            "A month",
            lambda row: dollars(row[0].outlook.monthly) if row[0].outlook else "",
            order=lambda row: row[0].outlook.monthly if row[0].outlook else None,
            right=True,
        ),
        Column(
            "",
            lambda row: words.state_words(row[0])[0],
            order=lambda row: row[0].short,
            tone=lambda row: words.state_words(row[0])[1],
            pill=True,
        ),
    ]


def _plan_columns() -> list[Column[_Deposit]]:
    return [
        Column("On", lambda row: day_text(row.day), stretch=2),
        Column("Put in", lambda row: dollars(row.amount), right=True),
        Column("Holds then", lambda row: dollars(row.holds), right=True, tone=lambda _row: "quiet"),
    ]


def _move_columns() -> list[Column[FundMove]]:
    return [
        Column("Date", lambda row: day_text(row.on), order=lambda row: row.on),
        Column("", lambda row: words.KINDS[row.kind]),
        Column("With", lambda row: row.who, stretch=2, tooltip=lambda row: row.who),
        Column(
            "In the budget",
            words.counted_words,
            stretch=3,
            tone=lambda row: "warning" if words.is_uncounted(row) else "quiet",
            tooltip=words.counted_words,
        ),
        Column("Amount", lambda row: dollars(row.change), order=lambda row: row.change, right=True),
    ]
