"""The four ways to size the contingency fund side by side; one of them is the member's."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QSizePolicy, QWidget

from tracker.facts.household_budget import TargetMethod
from tracker.money import dollars
from tracker.services.fund_report import ContingencyFund, MethodShown
from ui.models import fund_words as words
from ui.models.table import Column, RowTableModel
from ui.widgets.buttons import PlainButton
from ui.widgets.card import Card
from ui.widgets.columns import Flow
from ui.widgets.label import Label
from ui.widgets.table import LedgerTable
from ui.window_state import WindowState

_ORDER = list(TargetMethod)


class FundMethodsCard(Card):
    """Enter or a double click explains a method; buttons choose the selected one."""

    method_chosen = Signal(object)
    target_chosen = Signal(object)
    why_asked = Signal(object)
    row_reached = Signal(object)

    def __init__(self, state: WindowState, parent: QWidget | None = None) -> None:
        super().__init__("Ways to size it", parent=parent)
        self.set_subtitle(
            "Each from your own plans and lists; none is ever more than what could still come"
        )
        self._chosen: TargetMethod | None = None
        self._started = False
        self._model: RowTableModel[MethodShown] = RowTableModel(
            self._columns(), lambda row: _ORDER.index(row.method), self
        )
        self.table = LedgerTable(self._model, "Ways to size the fund", state=state)
        self.table.fit_height_to_rows()
        self.add_table(self.table)
        self.said = Label("", "quiet", wrap=True)
        self.choose_button = PlainButton("Choose this way")
        self.target_button = PlainButton("Use as target")
        self.why_button = PlainButton("Why?")
        line = QWidget()
        line.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        flow = Flow(line)
        for button in (self.choose_button, self.target_button, self.why_button):
            flow.addWidget(button)
        self.body.addWidget(self.said)
        self.body.addWidget(line)
        self.table.opened.connect(self.why_asked)
        self.table.selection_changed.connect(self._on_selected)
        self.table.selectionModel().currentRowChanged.connect(self._on_current)
        self.choose_button.clicked.connect(self._on_choose)
        self.target_button.clicked.connect(self._on_target)
        self.why_button.clicked.connect(self._on_why)

    def show_fund(self, fund: ContingencyFund) -> None:
        """Show the methods of a fund."""
        self._chosen, self._started = fund.plan.method, fund.started
        self.target_button.setText("Use as target" if fund.started else "Start the fund with it")
        self._model.set_rows(fund.methods)
        if not self.table.selected_rows():
            self.table.select_key(_ORDER.index(fund.plan.method))
        self._on_selected()

    def selected(self) -> MethodShown | None:
        """The method whose row is selected."""
        rows = self.table.selected_rows()
        return rows[0] if len(rows) == 1 else None

    @Slot()
    def _on_selected(self) -> None:
        row = self.selected()
        other = row is not None and row.method is not self._chosen
        self.choose_button.setEnabled(other and self._started)
        self.target_button.setEnabled(row is not None and row.target is not None)
        self.why_button.setEnabled(row is not None)
        self.said.setText(words.METHOD_SENTENCES[row.method] if row else "")

    @Slot()
    def _on_choose(self) -> None:
        if (row := self.selected()) is not None:
            self.method_chosen.emit(row.method)

    @Slot()
    def _on_target(self) -> None:
        if (row := self.selected()) is not None:
            self.target_chosen.emit(row)

    @Slot()
    def _on_why(self) -> None:
        if (row := self.selected()) is not None:
            self.why_asked.emit(row)

    @Slot()
    def _on_current(self) -> None:
        index = self.table.currentIndex()
        if index.isValid():
            self.row_reached.emit((self.table.viewport(), self.table.visualRect(index)))

    def _columns(self) -> list[Column[MethodShown]]:
        return [
            Column(
                "Way",
                lambda row: words.METHOD_NAMES[row.method],
                bold=lambda row: row.method is self._chosen,
            ),
            Column(
                "",
                lambda row: "Chosen" if row.method is self._chosen else "",
                tone=lambda _row: "accent",
                pill=True,
            ),
            Column(
                "Target", lambda row: dollars(row.target.amount) if row.target else "\u2013", right=True
            ),
            Column(
                "Missing",
                lambda row: dollars(row.funding.missing) if row.funding else "",
                right=True,
                tone=lambda row: "warning" if row.funding and row.funding.missing else "good",
            ),
            Column("A month", lambda row: dollars(row.funding.monthly) if row.funding else "", right=True),
            Column("Why", _why, stretch=1, tone=lambda _row: "quiet", tooltip=_why),
        ]


def _why(row: MethodShown) -> str:
    return " ".join(row.target.why) if row.target else row.asks
