"""The lines of the budget: adding, renaming, ordering and hiding them, and what they carry over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QWidget

from tracker.changes import Area, Changes
from tracker.facts import CarryOver, Category
from tracker.services.budget import BudgetService
from ui.context import Context
from ui.dialogs.commit_dialog import CommitDialog
from ui.models.budget_rows import CARRY_WORDS
from ui.models.table import Column, RowTableModel
from ui.widgets.buttons import PlainButton
from ui.widgets.choice_edit import OptionEdit
from ui.widgets.columns import Flow
from ui.widgets.form_dialog import FormDialog
from ui.widgets.table import LedgerTable

_MOST_ROWS = 12


def moved(order: Sequence[Category], category_id: int, step: int, *, hidden_too: bool) -> list[int]:
    """The numbers of the lines with one of them `step` places further down.

    Unless `hidden_too`, places are counted among the lines that are shown; hidden ones are passed.
    """
    ids = [item.id or 0 for item in order]
    counted = [item.id or 0 for item in order if hidden_too or not item.hidden or item.id == category_id]
    there = counted.index(category_id) + step
    if not 0 <= there < len(counted):
        return ids
    target = ids.index(counted[there])
    ids.remove(category_id)
    ids.insert(target, category_id)
    return ids


def move_line(budget: BudgetService, category_id: int, step: int, *, hidden_too: bool) -> Changes:
    """Move a line up (-1) or down (1); at the end of the list nothing happens."""
    order = budget.categories()
    fresh = moved(order, category_id, step, hidden_too=hidden_too)
    if fresh == [item.id for item in order]:
        return Changes("", Area.NONE)
    return budget.reorder(fresh)


class LineEditor(CommitDialog):
    """One line: its name and what it carries over. Without a category it adds a line."""

    def __init__(self, context: Context, parent: QWidget | None, category: Category | None = None) -> None:
        super().__init__("Add a line" if category is None else "Change a line", parent)
        self._context = context
        self._category = category or Category(name="")
        self.name = QLineEdit(self._category.name)
        self.carry = OptionEdit(tuple((rule.value, words) for rule, words in CARRY_WORDS.items()))
        self.carry.choose(self._category.carry_over.value)
        self.form.add("name", "Name", self.name)
        self.form.add(
            "carry_over",
            "Goes on to the next month",
            self.carry,
            hint="Within a budget year. The difference stays the month's own.",
        )

    def save(self) -> bool | None:
        wanted = replace(self._category, name=self.name.text(), carry_over=CarryOver(self.carry.key()))
        budget = self._context.services.budget
        return self.commit(self._context, lambda: budget.save_category(wanted), "Saving the line")


class LineList(FormDialog):
    """All lines, hidden ones too. Enter changes one, Alt+Up and Alt+Down move it, Delete hides it.

    Each change is made at once and can be undone.
    """

    def __init__(self, context: Context, parent: QWidget | None) -> None:
        super().__init__(
            "Budget lines",
            parent,
            save_text="Done",
            sentence="In the order of the budget. Hidden lines still appear in months that use them.",
            width=640,
        )
        self._context = context
        self.cancel_button.hide()
        self.model: RowTableModel[Category] = RowTableModel(_COLUMNS, key=lambda item: item.id or 0)
        self.table = _LineTable(self.model, "Budget lines")
        self.table.fit_height_to_rows(most=_MOST_ROWS)
        self.table.opened.connect(self._on_change)
        self.table.delete_requested.connect(self._on_hide)
        self.table.selection_changed.connect(self._on_selection)
        self.table.moved.connect(self._move)
        self.add_line = PlainButton("Add line", "plus")
        self.change = PlainButton("Change")
        self.up = PlainButton("Move up", "chevron-up")
        self.down = PlainButton("Move down", "chevron-down")
        self.hide_line = PlainButton("Hide")
        self.remove = PlainButton("Remove")
        buttons = QWidget()
        buttons.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        flow = Flow(buttons)
        for button, slot in (
            (self.add_line, self._on_add),
            (self.change, self._on_change),
            (self.up, self._on_up),
            (self.down, self._on_down),
            (self.hide_line, self._on_hide),
            (self.remove, self._on_remove),
        ):
            button.clicked.connect(slot)
            flow.addWidget(button)
        self.form.add_line(self.table)
        self.form.add_line(buttons)
        context.bus.committed.connect(self._on_committed)
        self._load()

    # ours ----------------------------------------------------------------------------

    def _load(self) -> None:
        self._context.load(self, self._context.services.budget.categories, self._show_lines)

    def _show_lines(self, lines: list[Category]) -> None:
        self.model.set_rows(lines)
        if not self.table.currentIndex().isValid():
            self.table.go_to_cell(0, 0)
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        self._on_selection()
        self._grow()

    def _chosen(self) -> Category | None:
        row = self.table.current_row()
        return row if isinstance(row, Category) else None

    @Slot(int)
    def _move(self, step: int) -> None:
        line = self._chosen()
        if line is not None and line.id is not None:
            chosen_id = line.id
            budget = self._context.services.budget
            self._context.commit(
                self, lambda: move_line(budget, chosen_id, step, hidden_too=True), quiet=True
            )

    @Slot()
    def _on_selection(self) -> None:
        line, count = self._chosen(), self.model.rowCount()
        place = self.table.currentIndex().row()
        self.up.setEnabled(line is not None and place > 0)
        self.down.setEnabled(line is not None and place < count - 1)
        for button in (self.change, self.hide_line, self.remove):
            button.setEnabled(line is not None)
        self.hide_line.setText("Show" if line is not None and line.hidden else "Hide")

    @Slot()
    def _on_add(self) -> None:
        LineEditor(self._context, self).open()

    @Slot()
    def _on_change(self) -> None:
        line = self._chosen()
        if line is not None:
            LineEditor(self._context, self, line).open()

    @Slot()
    def _on_up(self) -> None:
        self._move(-1)

    @Slot()
    def _on_down(self) -> None:
        self._move(1)

    @Slot()
    def _on_hide(self) -> None:
        line = self._chosen()
        if line is not None:
            turned = replace(line, hidden=not line.hidden)
            self._context.commit(
                self, lambda: self._context.services.budget.save_category(turned), complain=self.complain
            )

    @Slot()
    def _on_remove(self) -> None:
        line = self._chosen()
        if line is not None and line.id is not None:
            line_id = line.id
            self._context.commit(
                self, lambda: self._context.services.budget.remove_category(line_id), complain=self.complain
            )

    @Slot(object)
    def _on_committed(self, changes: Changes) -> None:
        if changes.areas & Area.BUDGET:
            self.form.clear_complaints()
            self._load()


class _LineTable(LedgerTable):
    """Alt with an arrow moves the line instead of the cursor."""

    moved = Signal(int)  # places down

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()), 0)
        if step and event.modifiers() == Qt.KeyboardModifier.AltModifier:
            self.moved.emit(step)
        else:
            super().keyPressEvent(event)


_COLUMNS: tuple[Column[Category], ...] = (
    Column(
        "Name",
        lambda item: item.name,
        stretch=1,
        tone=lambda item: "faint" if item.hidden else "",
    ),
    Column(
        "Goes on to the next month", lambda item: CARRY_WORDS[item.carry_over], tone=lambda _item: "quiet"
    ),
    Column("", lambda item: "Hidden" if item.hidden else "", tone=lambda _item: "quiet", width=64),
)
