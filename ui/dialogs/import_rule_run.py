"""Running the rules for imports on payments that are there: what would change, ticked row by row."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QWidget

from tracker.domain.importing.rule_runs import RuleChange
from tracker.facts.importing import ImportRule
from tracker.services import rule_runs
from tracker.storage.complaints import translated
from ui.context import Context
from ui.dialogs.commit_dialog import CommitDialog
from ui.jobs import Job, Progress
from ui.models.import_read import Names
from ui.models.import_rule_words import change_columns, change_words, run_words
from ui.models.table import RowTableModel
from ui.widgets.label import Label
from ui.widgets.progress_bar import ProgressBar
from ui.widgets.table import LedgerTable

_ROWS_SHOWN = 12
_SENTENCE = (
    "Nothing changes before you press the button, and one Undo takes all of it back. Splits keep their "
    "lines; what the bank had written stays in the note."
)


class RuleRunDialog(CommitDialog):
    """Space or Enter on a row ticks it or takes the tick away; with several rows selected, all of them."""

    def __init__(
        self, context: Context, parent: QWidget | None, rules: Sequence[ImportRule], names: Names
    ) -> None:
        super().__init__(
            "Run the rules on old rows", parent, save_text="Change", sentence=_SENTENCE, width=980
        )
        self._context = context
        self._rules = list(rules)
        self._names = names
        self._left_out: set[int] = set()
        self._job: Job[list[RuleChange]] | None = None
        self.only = QCheckBox("Only payments without a budget line")
        self.words = Label("", "bold", wrap=True)
        self.bar = ProgressBar()
        self.model: RowTableModel[RuleChange] = RowTableModel(
            change_columns(lambda: names, self._is_ticked, self._toggle_one), key=lambda row: row.before.id
        )
        self.table = _ChangeTable(self.model, "What would change", row_height=30, sortable=True)
        self.table.fit_height_to_rows(_ROWS_SHOWN)
        self.detail = Label("", "caption", wrap=True)
        for part in (self.only, self.words, self.bar, self.table, self.detail):
            self.form.add_line(part)
        self.table.selection_changed.connect(self._on_selection)
        self.table.toggled.connect(self._on_toggled)
        self.table.opened.connect(self._toggle_one)
        self.only.toggled.connect(self._look)
        self._look()

    def save(self) -> bool:
        chosen = [row for row in self.model.rows if self._is_ticked(row.before.id)]
        services = self._context.services
        return self.commit(self._context, lambda: rule_runs.apply(services, chosen), "Running the rules")

    def reject(self) -> None:
        if self._job is not None:
            self._job.cancel()
        super().reject()

    # looking -------------------------------------------------------------------------

    @Slot()
    def _look(self) -> None:
        """Find out beside the window what would change."""
        if self._job is not None:
            self._job.cancel()
        services, rules, only = self._context.services, self._rules, self.only.isChecked()
        self.save_button.setEnabled(False)
        self.table.hide()
        self.detail.hide()
        self.words.setText("Looking at your payments\u2026")
        self.bar.set(0.0)
        self.bar.show()

        def work(progress: Progress) -> list[RuleChange]:
            with translated(services.ledger.path):
                return rule_runs.preview_rules(
                    services, rules, only_uncategorised=only, progress=progress.step
                )

        job: Job[list[RuleChange]] = Job("", work, self._show, self._context.show_problem, self._on_step)
        self._job = job
        self._context.jobs.run(job, owner=self)

    def _on_step(self, done: int, out_of: int) -> None:
        self.bar.set(done / out_of if out_of else 0.0)

    def _show(self, found: Sequence[RuleChange]) -> None:
        self._job = None
        self.bar.hide()
        self.model.set_rows(found)
        self.table.setVisible(bool(found))
        self.detail.setVisible(bool(found))
        self.table.fit_height_to_rows(_ROWS_SHOWN)
        if found:
            self.table.go_to_cell(0, 0)
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        self._say()
        self._grow()

    @Slot()
    def _on_selection(self) -> None:
        """The whole of what changes in the current row, where a cell is too narrow for it."""
        row = self.table.current_row()
        words = change_words(row, self._names) if isinstance(row, RuleChange) else ""
        self.detail.setText(f"{words}." if words else "")

    def _say(self) -> None:
        ticked = sum(self._is_ticked(row.before.id) for row in self.model.rows)
        self.words.setText(run_words(self.model.rows, ticked))
        self.save_button.setText(f"Change {ticked:,} payment{'' if ticked == 1 else 's'}")
        self.save_button.setEnabled(ticked > 0)

    # ticking -------------------------------------------------------------------------

    def _is_ticked(self, payment_id: int) -> bool:
        return payment_id not in self._left_out

    def _toggle_one(self, row: RuleChange) -> None:
        self._on_toggled([row])

    @Slot(list)
    def _on_toggled(self, rows: Sequence[RuleChange]) -> None:
        """The first row decides for all of them, so that a mixed selection becomes one."""
        if not rows:
            return
        ids = {row.before.id for row in rows}
        if self._is_ticked(rows[0].before.id):
            self._left_out |= ids
        else:
            self._left_out -= ids
        self._repaint(ids)
        self._say()

    def _repaint(self, ids: Iterable[int]) -> None:
        wanted = set(ids)
        places = [place for place, row in enumerate(self.model.rows) if row.before.id in wanted]
        if places:
            self.model.dataChanged.emit(self.model.index(places[0], 0), self.model.index(places[-1], 0))


class _ChangeTable(LedgerTable):
    """Space ticks the selected rows or takes their ticks away."""

    toggled = Signal(list)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space:
            self.toggled.emit(self.selected_rows())
        else:
            super().keyPressEvent(event)
