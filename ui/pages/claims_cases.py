"""The cases of the Claims page: a board by whose turn it is, or a list, and the opened case below."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from tracker.domain.claims.case_standing import CaseStanding
from tracker.domain.claims.cases import at_stake_and_recovered, standings
from tracker.domain.claims.papers import Papers
from tracker.money import dollars
from ui.context import Context
from ui.jobs import Job
from ui.models.case_rows import CaseRow, case_columns, case_rows, matches
from ui.models.table import RowTableModel
from ui.pages.claims_case_actions import CaseActions
from ui.pages.claims_case_board import CaseBoard
from ui.pages.claims_case_view import CaseView
from ui.theme import GAP, theme
from ui.widgets.buttons import PlainButton, Segmented
from ui.widgets.card import Card
from ui.widgets.columns import Flow
from ui.widgets.empty_state import EmptyState
from ui.widgets.label import Label
from ui.widgets.table import LedgerTable

BOARD, LIST = "board", "list"
_VIEW = "claims/cases"
_MOST_ROWS = 12


class CasesPart(QWidget):
    """Everything that is pursued. `opened` carries the case that is shown."""

    opened = Signal(int)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._papers: Papers | None = None
        self._rows: list[CaseRow] = []
        self._chosen: int | None = None
        self._wanted: int | None = None
        self._job: Job[Mapping[int, CaseStanding]] | None = None
        self.acts = CaseActions(context, self)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._build()
        self._wire()
        self._arrange()

    # building ------------------------------------------------------------------------

    def _build(self) -> None:
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(GAP)
        self.views = Segmented(((BOARD, "By turn"), (LIST, "List")), "How the cases are shown")
        kept = self._context.state.text(_VIEW)
        self.views.choose(kept if kept in (BOARD, LIST) else BOARD)
        self.filter = QLineEdit()
        self.filter.setPlaceholderText("Filter cases")
        self.filter.setAccessibleName("Filter cases")
        self.filter.setClearButtonEnabled(True)
        self.totals = Label("", "quiet")
        self.call_button = PlainButton("Log a call", "phone")
        self.calendar_button = PlainButton("Days to a calendar", "calendar")
        self.head = QWidget()
        self.head.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        line = Flow(self.head)
        for part in (self.views, self.filter, self.call_button, self.calendar_button, self.totals):
            line.addWidget(part)
        self.empty_card = Card()
        self.empty = EmptyState(
            "No cases yet",
            "A case is anything you pursue until it is settled: a bill that is wrong, an appeal, a claim "
            "you send yourself, a prior authorization, a referral, a coverage check. It keeps its steps, "
            "calls and days, and says whose turn it is.",
            "Open a case",
            self.acts.open_new,
        )
        self.empty_card.body.addWidget(self.empty)
        self.board = CaseBoard()
        self.list_card = Card("Cases")
        self.model: RowTableModel[CaseRow] = RowTableModel(case_columns(), _key, self)
        self.table = LedgerTable(self.model, "Cases", sortable=True, state=self._context.state)
        self.table.fit_height_to_rows(_MOST_ROWS)
        self.list_card.add_table(self.table)
        self.no_match = Label("No case matches the filter.", "quiet", wrap=True)
        self.below = QWidget()
        row = QHBoxLayout(self.below)
        row.setContentsMargins(0, 0, 0, 0)
        self.edit_button, self.remove_button = PlainButton("Edit"), PlainButton("Remove")
        row.addWidget(self.edit_button)
        row.addWidget(self.remove_button)
        row.addStretch(1)
        self.list_card.body.addWidget(self.no_match)
        self.list_card.body.addWidget(self.below)
        self.view = CaseView(self._context, self.acts)
        for each in (self.head, self.empty_card, self.board, self.list_card, self.view):
            whole.addWidget(each)
        whole.addStretch(1)

    def _wire(self) -> None:
        self.views.changed.connect(self._on_view)
        self.filter.textChanged.connect(self._on_filter)
        self.call_button.clicked.connect(self._on_call)
        self.calendar_button.clicked.connect(self._on_calendar)
        self.board.opened.connect(self.open_case)
        self.board.all_asked.connect(self._on_all)
        self.table.selection_changed.connect(self._on_selection)
        self.table.opened.connect(self._on_opened)
        self.table.delete_requested.connect(self._on_delete)
        self.table.typed.connect(self._on_typed)
        self.edit_button.clicked.connect(self._on_edit)
        self.remove_button.clicked.connect(self._on_remove)
        self.acts.stored.connect(self.open_case)
        theme().changed.connect(self._fit)
        self._fit()

    # what the page says --------------------------------------------------------------

    def show_papers(self, papers: Papers) -> None:
        """Show the cases of these papers; what was opened stays open."""
        self._papers = papers
        self.acts.show_papers(papers)
        if self._job:
            self._job.cancel()  # an older answer must not overwrite a newer one
        self._job = self._context.load(
            self, lambda: standings(papers), lambda found: self._show(papers, found)
        )

    @Slot(int)
    def open_case(self, case_id: int) -> None:
        """Open a case, now or as soon as it is read."""
        self._wanted = case_id
        if any(row.key == case_id for row in self._rows):
            self._settle()
            QTimer.singleShot(0, self, self._reveal)

    def find_text(self, text: str) -> None:
        """Filter by a text."""
        self.filter.setText(text)

    @property
    def rows(self) -> list[CaseRow]:
        """The cases the filter leaves, in their order."""
        words = self.filter.text().casefold().split()
        return [row for row in self._rows if matches(row, words)]

    # showing -------------------------------------------------------------------------

    def _show(self, papers: Papers, found: Mapping[int, CaseStanding]) -> None:
        self._rows = case_rows(papers, found)
        stake, recovered = at_stake_and_recovered(found.values())
        self.totals.setText(f"At stake {dollars(stake)}  \u00b7  Recovered {dollars(recovered)}")
        if self._wanted is None and self._chosen is None:
            first = next((row for row in self._rows if not row.standing.is_closed), None)
            self._chosen = first.key if first else None
        self._settle()

    def _settle(self) -> None:
        keys = {row.key for row in self._rows}
        if self._wanted in keys:
            self._chosen, self._wanted = self._wanted, None
        if self._chosen not in keys:
            self._chosen = None
        self._arrange()

    def _arrange(self) -> None:
        rows, view = self.rows, self.views.key()
        some = bool(self._rows)
        self.head.setVisible(some)
        self.empty_card.setVisible(not some and self._papers is not None)
        self.board.setVisible(some and view == BOARD)
        self.list_card.setVisible(some and view == LIST)
        self.board.show_rows(rows, self._chosen)
        self.model.set_rows(rows)
        self.table.setVisible(bool(rows))
        self.below.setVisible(bool(rows))
        self.no_match.setVisible(not rows)
        if view == LIST and self._chosen is not None:
            self.table.blockSignals(True)
            self.table.select_key(self._chosen)
            self.table.blockSignals(False)
        self._show_chosen()

    @Slot()
    def _reveal(self) -> None:
        """Bring the head of the opened case into view: the page around scrolls, not this part."""
        parent = self.parentWidget()
        while parent is not None and not isinstance(parent, QScrollArea):
            parent = parent.parentWidget()
        if parent is not None and self.view.isVisible():
            parent.ensureWidgetVisible(self.view.head, 0, GAP)

    def _show_chosen(self) -> None:
        row = next((row for row in self._rows if row.key == self._chosen), None)
        self.view.setVisible(row is not None)
        if row is not None and self._papers is not None:
            self.view.show_row(row, self._papers)
            self.opened.emit(row.key)

    # what the person does ------------------------------------------------------------

    @Slot(str)
    def _on_view(self, key: str) -> None:
        self._context.state.keep_text(_VIEW, key)
        self._arrange()

    @Slot()
    def _on_all(self) -> None:
        self.views.choose(LIST)
        self._on_view(LIST)

    @Slot()
    def _on_filter(self) -> None:
        self._arrange()

    @Slot()
    def _on_call(self) -> None:
        self.acts.log_call()

    @Slot()
    def _on_calendar(self) -> None:
        self.acts.save_calendar()

    @Slot(list)
    def _on_selection(self, rows: list[Any]) -> None:
        self.edit_button.setEnabled(len(rows) == 1)
        self.remove_button.setEnabled(bool(rows))
        if len(rows) == 1 and rows[0].key != self._chosen:
            self._chosen = rows[0].key
            self._show_chosen()

    @Slot(object)
    def _on_opened(self, row: CaseRow) -> None:
        self.acts.edit(row.standing.case)

    @Slot(list)
    def _on_delete(self, rows: list[Any]) -> None:
        self.acts.remove([row.key for row in rows])

    @Slot(str)
    def _on_typed(self, text: str) -> None:
        self.filter.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.filter.setText(text)

    @Slot()
    def _on_edit(self) -> None:
        for row in self.table.selected_rows()[:1]:
            self.acts.edit(row.standing.case)

    @Slot()
    def _on_remove(self) -> None:
        self._on_delete(self.table.selected_rows())

    @Slot()
    def _fit(self) -> None:
        self.filter.setFixedWidth(theme().px(220))


def _key(row: CaseRow) -> int:
    return row.key
