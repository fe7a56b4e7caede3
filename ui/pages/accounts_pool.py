"""The HSA part's card about the unreimbursed pool: what may be taken out, and for which receipts."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from tracker.domain.accounts.hsa_pool import PoolLine
from tracker.money import dollars
from tracker.services.hsa_year import HsaYear
from tracker.services.reimbursements import PoolShown, read_pool
from ui.context import Context
from ui.jobs import Job
from ui.models.pool_rows import FOR_WHAT, PATIENT, pool_columns
from ui.models.table import RowTableModel
from ui.pages.accounts_pool_actions import PoolActions
from ui.pages.accounts_pool_lines import recorded_lines, wrong_lines
from ui.widgets.action_lines import ActionLines
from ui.widgets.buttons import LinkButton, PlainButton, Segmented
from ui.widgets.card import Card
from ui.widgets.columns import flow_of
from ui.widgets.giving_way_table import GivingWayTable
from ui.widgets.label import Label

_ALL, _LACKING = "all", "lacking"
_MOST_ROWS = 8
_MOST_RECORDED = 5
_GIVING_WAY = ((FOR_WHAT, 620), (PATIENT, 760))
"""The width at 100 % text that the table needs to show a column as well; the explanation tells it."""


class PoolCard(Card):
    """The HSA part tells it which person's HSA is shown, whenever something changed.

    Enter or a double click completes a receipt; a receipt that is complete opens its payment.
    """

    row_reached = Signal(object)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__("Unreimbursed expenses", parent=parent)
        self.context = context
        self.shown: PoolShown | None = None
        self._job: Job[PoolShown] | None = None
        self._all_recorded = False
        self.acts = PoolActions(context, self)
        self._build()
        self._wire()
        self._show_rows()

    def _build(self) -> None:
        self.take_button = PlainButton("Take money out\u2026")
        self.add_header_widget(self.take_button)
        self.sentence = Label("", "bold", wrap=True)
        self.remark = Label("", "quiet", wrap=True)
        self.why_button = LinkButton("Why?")
        self.why_button.setAccessibleName("Why this much may be taken out")
        self.day_button = LinkButton("Enter the day")
        self.day_button.hide()
        self.wrong = ActionLines()
        self.which = Segmented(((_ALL, "All receipts"), (_LACKING, "Not complete")), "Which receipts")
        self.head = flow_of(self.which, self.why_button, self.day_button)
        for part in (self.sentence, self.remark, self.wrong, self.head):
            self.body.addWidget(part)
        self.model: RowTableModel[PoolLine] = RowTableModel(
            pool_columns(), lambda row: row.expense.id, self
        )
        self.table = GivingWayTable(
            self.model, "Unreimbursed receipts", _GIVING_WAY, sortable=True, state=self.context.state
        )
        self.table.setSelectionMode(GivingWayTable.SelectionMode.SingleSelection)
        self.table.fit_height_to_rows(_MOST_ROWS)
        self.add_table(self.table)
        self.complete_button = PlainButton("Complete receipt")
        self.open_button = PlainButton("Open payment")
        self.explain_button = PlainButton("Explain")
        self.below = flow_of(self.complete_button, self.open_button, self.explain_button)
        self.recorded_title = Label("Reimbursements recorded", "bold")
        self.recorded = ActionLines()
        self.more_button = LinkButton("")
        for part in (self.below, self.recorded_title, self.recorded, self.more_button):
            self.body.addWidget(part)

    def _wire(self) -> None:
        self.take_button.clicked.connect(self._on_take)
        self.why_button.clicked.connect(self._on_why)
        self.day_button.clicked.connect(self._on_day)
        self.which.changed.connect(self._on_which)
        self.table.opened.connect(self.acts.complete)
        self.table.selection_changed.connect(self._on_selected)
        self.table.row_reached.connect(self.row_reached)
        self.complete_button.clicked.connect(lambda: self._with_current(self.acts.complete))
        self.open_button.clicked.connect(
            lambda: self._with_current(lambda row: self.acts.open_payment(row.expense.id))
        )
        self.explain_button.clicked.connect(lambda: self._with_current(self.acts.explain_row))
        self.more_button.clicked.connect(self._on_more)

    # showing -------------------------------------------------------------------------

    def show_year(self, year: HsaYear) -> None:
        """Show the pool of this person's HSAs as it is today, whichever year is shown."""
        services, accounts = self.context.services, year.accounts
        if self._job is not None:
            self._job.cancel()
        self._job = self.context.load(self, lambda: read_pool(services, accounts), self.show_pool)

    def show_pool(self, shown: PoolShown) -> None:
        """Show a pool that was read."""
        self.shown = shown
        pool = shown.pool
        self.sentence.setText(
            f"When was {shown.established.name} established? Only care since that day counts."
            if shown.asks
            else pool.sentence
        )
        self.remark.setText(_remark(shown))
        self.remark.setVisible(bool(self.remark.text()))
        self.day_button.setVisible(shown.asks)
        self.take_button.setEnabled(bool(pool.available and shown.sources))
        patients = {line.expense.patient for line in shown.waiting if line.expense.patient}
        self.table.left_out = frozenset() if len(patients) > 1 else frozenset({PATIENT})
        self.wrong.show_lines(wrong_lines(shown.wrong, self.acts))
        self.wrong.setVisible(bool(shown.wrong))
        self._show_rows()
        self._show_recorded()

    def _show_rows(self) -> None:
        waiting: Sequence[PoolLine] = self.shown.waiting if self.shown else ()
        lacking = self.which.key() == _LACKING
        rows = [line for line in waiting if line.gaps or not lacking]
        self.model.set_rows(rows)
        self.table.make_room()
        self.table.setVisible(bool(rows))
        self.below.setVisible(bool(rows))
        self.which.setVisible(bool(waiting))
        self.why_button.setVisible(self.shown is not None and not self.shown.asks)
        self._on_selected()

    def _show_recorded(self) -> None:
        found = self.shown.recorded if self.shown else ()
        first = found if self._all_recorded else found[:_MOST_RECORDED]
        self.recorded.show_lines(recorded_lines(first, self.acts))
        self.recorded.setVisible(bool(found))
        self.recorded_title.setVisible(bool(found))
        self.more_button.setVisible(len(found) > len(first))
        self.more_button.setText(f"Show all {len(found):,}")

    # acting --------------------------------------------------------------------------

    def current(self) -> PoolLine | None:
        """The selected receipt."""
        rows: list[PoolLine] = self.table.selected_rows()
        return rows[0] if rows else None

    def _with_current(self, act: Callable[[PoolLine], object]) -> None:
        if (row := self.current()) is not None:
            act(row)

    @Slot()
    def _on_take(self) -> None:
        if self.shown is not None:
            self.acts.take_out(self.shown)

    @Slot()
    def _on_why(self) -> None:
        if self.shown is not None:
            self.acts.explain_pool(self.shown)

    @Slot()
    def _on_day(self) -> None:
        if self.shown is not None:
            self.acts.edit_account(self.shown.established)

    @Slot(str)
    def _on_which(self, _key: str) -> None:
        self._show_rows()

    @Slot()
    def _on_more(self) -> None:
        self._all_recorded = True
        self._show_recorded()

    @Slot()
    def _on_selected(self) -> None:
        row = self.current()
        self.complete_button.setEnabled(row is not None and bool(row.gaps))
        self.open_button.setEnabled(row is not None)
        self.explain_button.setEnabled(row is not None)


def _remark(shown: PoolShown) -> str:
    pool = shown.pool
    if shown.asks:
        return ""
    said = (
        [f"{pool.receipts_complete:,} of {pool.receipts:,} receipts are complete."] if pool.receipts else []
    )
    if not pool.lines:
        said.append("Care that you pay yourself and the HSA may pay is listed here, for any later year.")
    if pool.available:
        holds = sum(held for _account, held in shown.sources)
        said.append(f"By what is recorded here {dollars(holds)} is in the HSA.")
    return " ".join(said)
