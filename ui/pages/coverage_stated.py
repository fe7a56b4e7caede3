"""The card with the insurer's stated totals against ours, and what could explain a difference."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from tracker.dates import day_text
from tracker.domain.coverage.stated_gap import Gap
from tracker.money import dollars
from ui.context import Context
from ui.jobs import Job
from ui.models.coverage_choice import Choice
from ui.models.stated_rows import (
    StatedRow,
    SuspectRow,
    difference_words,
    stated_rows,
    suspect_rows,
    verdict,
)
from ui.models.table import Column, RowTableModel
from ui.pages.coverage_list import ListCard
from ui.pages.coverage_read import CoverageYear
from ui.pages.coverage_stated_read import read_gaps
from ui.widgets.label import Label
from ui.widgets.table import LedgerTable


class StatedCard(ListCard[StatedRow]):
    """The selected row shows its explanations below; `claim_opened` carries the id of an EOB in one."""

    claim_opened = Signal(int)

    def __init__(self, context: Context, add: Callable[[], object], parent: QWidget | None = None) -> None:
        super().__init__(
            "What your insurer counts",
            _columns(),
            lambda row: row.stated.id or 0,
            context.state,
            add=("Add its total", add),
            empty=(
                "Does your insurer count the same?",
                "Enter what its portal or your EOB says you have used. Where it differs from the EOBs "
                "here, you see which claims could explain it, and what to ask.",
            ),
            parent=parent,
        )
        self._context = context
        self._year: CoverageYear | None = None
        self._job: Job[dict[int, Gap | None]] | None = None
        self.verdict = Label("", "", wrap=True)
        self._suspects: RowTableModel[SuspectRow] = RowTableModel(
            _suspect_columns(), lambda row: row.number, self
        )
        self.suspects = LedgerTable(self._suspects, "What could explain the difference", row_height=30)
        self.suspects.fit_height_to_rows()
        self.body.addWidget(self.verdict)
        self.add_table(self.suspects)
        self.suspects.opened.connect(self._on_suspect)
        self._explain(None)

    def show_year(self, year: CoverageYear, choice: Choice) -> None:
        """The comparison is worked out beside the window."""
        if self._job:
            self._job.cancel()
        self._year = year
        services = self._context.services
        if not year.stated:
            self._show({})
            return
        self._job = self._context.load(self, lambda: read_gaps(services, year), self._show)

    def _show(self, gaps: Mapping[int, Gap | None]) -> None:
        year = self._year
        assert year is not None
        assert year.plan is not None
        self.show_rows(stated_rows(year.stated, gaps, year.plan, year.home))
        if not self.table.selected_rows() and (rows := self._model.rows):
            wanted = next((row for row in rows if row.gap and row.gap.difference), rows[0])
            self.table.select_key(wanted.stated.id or 0)

    @Slot()
    def _on_selection(self) -> None:
        super()._on_selection()
        rows = self.table.selected_rows()
        if hasattr(self, "verdict"):  # the list is built before what stands below it
            self._explain(rows[0].gap if len(rows) == 1 else None)

    def _explain(self, gap: Gap | None) -> None:
        lines = (*self._year.lines, *self._year.nearby) if self._year else ()
        rows = suspect_rows(gap, lines) if gap else []
        self.verdict.setText(verdict(gap) if gap else "")
        self.verdict.setVisible(gap is not None)
        self._suspects.set_rows(rows)
        self.suspects.setVisible(bool(rows))

    @Slot(object)
    def _on_suspect(self, row: SuspectRow) -> None:
        if len(row.claims) == 1:
            self.claim_opened.emit(row.claims[0].id or 0)


def _columns() -> list[Column[StatedRow]]:
    return [
        Column(
            "As of",
            lambda row: day_text(row.stated.stated_on),
            order=lambda row: row.stated.stated_on,
        ),
        Column("Limit", lambda row: row.limit, stretch=3, tooltip=lambda row: row.limit),
        Column("Whose", lambda row: row.whose, stretch=1, tooltip=lambda row: row.whose),
        Column(
            "Insurer",
            lambda row: dollars(row.stated.amount),
            order=lambda row: row.stated.amount,
            right=True,
            tooltip=lambda row: row.stated.note,
        ),
        Column("EOBs here", lambda row: dollars(row.gap.ours) if row.gap else "", right=True),
        Column(
            "Insurer counts",
            lambda row: row.difference,
            order=lambda row: row.gap.difference if row.gap else None,
            right=True,
            tone=lambda row: "warning" if row.gap is None or row.gap.difference else "good",
        ),
        Column("Found", lambda row: row.found, stretch=1, tone=lambda _row: "quiet"),
    ]


def _suspect_columns() -> list[Column[SuspectRow]]:
    return [
        Column("No.", lambda row: str(row.explanation)),
        Column("EOB", lambda row: row.provider, stretch=2, tooltip=lambda row: row.provider),
        Column("Service", lambda row: row.service),
        Column("Would count", lambda row: difference_words(row.effect), right=True),
        Column("Why", lambda row: row.words, stretch=4, tooltip=lambda row: row.words),
    ]
