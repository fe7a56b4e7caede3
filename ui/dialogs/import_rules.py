"""The rules for imports: their order, on and off, changing them, and running them on old payments."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from tracker.changes import Area, Changes
from tracker.facts.importing import ImportRule
from ui.context import Context
from ui.dialogs.import_rule_editor import RuleEditor
from ui.models.import_read import Names
from ui.models.import_rule_words import ListedRule, names_of, rule_columns
from ui.models.table import RowTableModel
from ui.widgets.buttons import PlainButton
from ui.widgets.columns import Flow
from ui.widgets.empty_state import EmptyState
from ui.widgets.form_dialog import FormDialog
from ui.widgets.table import LedgerTable

_MOST_ROWS = 12
_SENTENCE = "Rules say what rows of files become. They are asked from the top; the first that fits decides."
_EMPTY = (
    "No rules yet",
    "A rule fills in payee, budget line and person for rows like one you know. Add one here, or choose "
    "\u201cAlways like this\u201d on a row while you import.",
)


class RuleList(FormDialog):
    """Enter changes a rule, Space turns it on or off, Alt+Up and Alt+Down move it, Delete removes it.

    Each change is made at once and can be undone.
    """

    def __init__(self, context: Context, parent: QWidget | None) -> None:
        super().__init__("Rules for imports", parent, save_text="Done", sentence=_SENTENCE, width=920)
        self._context = context
        self._names = Names()
        self._wanted: int | None = None
        self.cancel_button.hide()
        self.model: RowTableModel[ListedRule] = RowTableModel(
            rule_columns(lambda: self._names), key=lambda row: row.place
        )
        self.table = _RuleTable(self.model, "Rules for imports")
        self.table.fit_height_to_rows(most=_MOST_ROWS)
        self.empty = EmptyState(*_EMPTY)
        self.empty.hide()
        self.add_rule = PlainButton("Add rule", "plus")
        self.change = PlainButton("Change")
        self.copy = PlainButton("Duplicate")
        self.turn = PlainButton("Turn off")
        self.up = PlainButton("Move up", "chevron-up")
        self.down = PlainButton("Move down", "chevron-down")
        self.remove = PlainButton("Remove")
        self.run = PlainButton("Run again on old rows\u2026")
        buttons = QWidget()
        buttons.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        flow = Flow(buttons)
        for button, slot in (
            (self.add_rule, self._on_add),
            (self.change, self._on_change),
            (self.copy, self._on_copy),
            (self.turn, self._on_turn),
            (self.up, self._on_up),
            (self.down, self._on_down),
            (self.remove, self._on_remove),
            (self.run, self._on_run),
        ):
            button.clicked.connect(slot)
            flow.addWidget(button)
        for part in (self.table, self.empty, buttons):
            self.form.add_line(part)
        self.table.opened.connect(self._on_change)
        self.table.delete_requested.connect(self._on_remove)
        self.table.selection_changed.connect(self._on_selection)
        self.table.moved.connect(self._move)
        self.table.turned.connect(self._on_turn)
        context.bus.committed.connect(self._on_committed)
        self._load()

    # showing -------------------------------------------------------------------------

    def _load(self) -> None:
        services = self._context.services
        self._context.load(self, lambda: (services.importing.rules(), names_of(services)), self._show_rules)

    def _show_rules(self, read: tuple[Sequence[ImportRule], Names]) -> None:
        rules, self._names = read
        self.model.set_rows([ListedRule(place, rule) for place, rule in enumerate(rules)])
        self.table.setVisible(bool(rules))
        self.empty.setVisible(not rules)
        wanted, self._wanted = self._wanted, None
        if rules:
            place = self.table.currentIndex().row() if wanted is None else wanted
            self.table.go_to_cell(min(max(place, 0), len(rules) - 1), 0)
            if self.focusWidget() in (None, self.save_button):
                self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        self._on_selection()
        self._grow()

    @Slot()
    def _on_selection(self) -> None:
        row, count = self._chosen(), self.model.rowCount()
        for button in (self.change, self.copy, self.turn, self.remove):
            button.setEnabled(row is not None)
        self.up.setEnabled(row is not None and row.place > 0)
        self.down.setEnabled(row is not None and row.place < count - 1)
        self.run.setEnabled(any(each.rule.active for each in self.model.rows))
        self.turn.setText("Turn on" if row is not None and not row.rule.active else "Turn off")

    def _chosen(self) -> ListedRule | None:
        row = self.table.current_row()
        return row if isinstance(row, ListedRule) else None

    # changing ------------------------------------------------------------------------

    def _rewrite(self, change: Callable[[list[ImportRule]], list[ImportRule]], show: int) -> None:
        """Save the rules as changed, and stay at a place of the list."""
        importing = self._context.services.importing
        self._wanted = show
        self.form.clear_complaints()

        def act() -> Changes:
            return importing.save_rules(change(importing.rules()))

        self._context.commit(self, act, complain=self.complain)

    @Slot()
    def _on_add(self) -> None:
        self._wanted = 0
        RuleEditor(self._context, self, ImportRule(name=""), self._names).open()

    @Slot()
    def _on_change(self) -> None:
        row = self._chosen()
        if row is not None:
            self._wanted = row.place
            RuleEditor(self._context, self, row.rule, self._names, place=row.place).open()

    @Slot()
    def _on_copy(self) -> None:
        row = self._chosen()
        if row is not None:
            copied, after = replace(row.rule, id=None, name=f"{row.rule.name[:190]} copy"), row.place + 1
            self._rewrite(lambda rules: [*rules[:after], copied, *rules[after:]], after)

    @Slot()
    def _on_turn(self) -> None:
        row = self._chosen()
        if row is not None:
            turned, place = replace(row.rule, active=not row.rule.active), row.place
            self._rewrite(lambda rules: [*rules[:place], turned, *rules[place + 1 :]], place)

    @Slot()
    def _on_remove(self) -> None:
        row = self._chosen()
        if row is not None:
            place = row.place
            self._rewrite(lambda rules: [*rules[:place], *rules[place + 1 :]], place)

    @Slot(int)
    def _move(self, step: int) -> None:
        row = self._chosen()
        if row is None or not 0 <= row.place + step < self.model.rowCount():
            return
        place, there = row.place, row.place + step

        def moved(rules: list[ImportRule]) -> list[ImportRule]:
            rules.insert(there, rules.pop(place))
            return rules

        self._rewrite(moved, there)

    @Slot()
    def _on_up(self) -> None:
        self._move(-1)

    @Slot()
    def _on_down(self) -> None:
        self._move(1)

    @Slot()
    def _on_run(self) -> None:
        from ui.dialogs.import_rule_run import RuleRunDialog

        RuleRunDialog(self._context, self, [row.rule for row in self.model.rows], self._names).open()

    @Slot(object)
    def _on_committed(self, changes: Changes) -> None:
        if changes.areas & (Area.IMPORTS | Area.BUDGET | Area.PEOPLE | Area.ACCOUNTS):
            self._load()


class _RuleTable(LedgerTable):
    """Alt with an arrow moves the rule instead of the cursor; Space turns it on or off."""

    moved = Signal(int)  # places down
    turned = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()), 0)
        if step and event.modifiers() == Qt.KeyboardModifier.AltModifier:
            self.moved.emit(step)
        elif event.key() == Qt.Key.Key_Space:
            self.turned.emit()
        else:
            super().keyPressEvent(event)
