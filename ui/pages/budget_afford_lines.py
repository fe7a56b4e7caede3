"""What the household spends: a row for each expense, and a slider for each that could be cut."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from tracker.errors import UserProblem
from tracker.facts.household_budget import HouseholdLine
from tracker.money import dollars
from ui.pages.budget_afford_fields import AmountEdit
from ui.pages.budget_slider import CutSlider
from ui.theme import theme
from ui.widgets.buttons import IconButton, LinkButton
from ui.widgets.field import mark
from ui.widgets.label import Label


class Expense(QObject):
    """One expense: its `row` in step 2, and its `cut` in step 5 while it is discretionary."""

    edited = Signal()
    removed = Signal(object)

    def __init__(self, line: HouseholdLine, rows: QWidget, cuts: QWidget) -> None:
        super().__init__(rows)
        self._line = line
        self._wish = line.cut  # stays while a line is not discretionary
        self._build_row(rows)
        self._build_cut(cuts)
        self.show_line(line)
        self.label.textEdited.connect(self._on_edited)
        self.amount.edited.connect(self._on_edited)
        self.tick.toggled.connect(self._on_edited)
        self.remove.clicked.connect(self._on_remove)
        self.slider.cut_chosen.connect(self._on_slid)
        self.cut_amount.edited.connect(self._on_cut_typed)
        self.cut_amount.editingFinished.connect(self._on_cut_left)
        self.amount.complained.connect(self._on_complained)
        self.cut_amount.complained.connect(self._on_cut_complained)

    def line(self) -> HouseholdLine:
        """The expense as it is typed so far."""
        return self._line

    def show_line(self, line: HouseholdLine) -> None:
        """Show an expense without telling anybody."""
        self._line, self._wish = line, line.cut
        self.label.setText(line.label)
        self.label.setCursorPosition(0)
        self.amount.set_cents(line.amount or None)
        self.tick.blockSignals(True)
        self.tick.setChecked(line.discretionary)
        self.tick.blockSignals(False)
        self.cut_amount.set_cents(line.cut)
        self._show_cut()

    def problem(self) -> UserProblem | None:
        """What keeps the expense from being saved; its field is marked and gets the cursor."""
        wrong = self.amount.unreadable()
        if wrong is not None:
            self.amount.setFocus(Qt.FocusReason.OtherFocusReason)
            self.amount.complain(wrong)
            return wrong
        if not self._line.label.strip() and self._line.amount:
            wrong = UserProblem("This expense has no name.", "Type what it is for.", field="lines")
            # The focus goes first: a field that is left takes its complaint back.
            self.label.setFocus(Qt.FocusReason.OtherFocusReason)
            mark(self.label, str(wrong))
            self._on_complained(str(wrong))
            return wrong
        wrong = self._cut_problem()
        if wrong is not None:
            self.cut_amount.setFocus(Qt.FocusReason.OtherFocusReason)
            self.cut_amount.complain(wrong)
        return wrong

    def discard(self) -> None:
        """Take the widgets away."""
        for part in (self.row, self.cut):
            part.hide()
            part.deleteLater()
        self.deleteLater()

    # ours ----------------------------------------------------------------------------

    def _build_row(self, parent: QWidget) -> None:
        self.row = QWidget(parent)
        self.row.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        rows = QVBoxLayout(self.row)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(2)
        across = QHBoxLayout()
        across.setSpacing(8)
        self.label = QLineEdit()
        self.label.setPlaceholderText("Expense")
        self.amount = AmountEdit()
        self.tick = QCheckBox("Can be cut")
        self.tick.setToolTip("Discretionary: it gets a slider in step 5.")
        self.remove = IconButton("close", "Remove this expense", bare=True)
        self.label.setMinimumWidth(theme().px(90))
        self.amount.setMinimumWidth(theme().px(126))
        across.addWidget(self.label, 5)
        across.addWidget(self.amount, 3)
        across.addWidget(self.tick)
        across.addWidget(self.remove)
        rows.addLayout(across)
        self.complaint = Label("", "field", tone="bad", wrap=True)
        rows.addWidget(self.complaint)
        self.complaint.hide()

    def _build_cut(self, parent: QWidget) -> None:
        self.cut = QWidget(parent)
        self.cut.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        rows = QVBoxLayout(self.cut)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(2)
        self.cut_name = Label("", wrap=True)
        rows.addWidget(self.cut_name)
        across = QHBoxLayout()
        across.setSpacing(10)
        self.slider = CutSlider()
        self.cut_amount = AmountEdit()
        self.cut_amount.setFixedWidth(theme().px(126))
        across.addWidget(self.slider, 1)
        across.addWidget(self.cut_amount)
        rows.addLayout(across)
        self.cut_complaint = Label("", "field", tone="bad", wrap=True)
        rows.addWidget(self.cut_complaint)
        self.cut_complaint.hide()

    def _show_cut(self) -> None:
        """The slider and its words after the line: all of a fixed size, so that nothing moves."""
        line = self._line
        name = line.label.strip() or "Expense"
        self.cut_name.setText(f"{name}, {dollars(line.amount)} a month")
        self.slider.setAccessibleName(f"Possible cut in {name}")
        self.cut_amount.setAccessibleName(f"Possible cut in {name}, amount")
        self.amount.setAccessibleName(f"{name}, a month")
        self.label.setAccessibleName(f"Name of the expense {name}")
        self.tick.setAccessibleName(f"{name} can be cut")
        self.remove.setAccessibleName(f"Remove {name}")
        self.slider.show_cut(line.cut, line.amount)
        self.cut.setVisible(line.discretionary)

    def _keep(self) -> None:
        """Read the fields; a cut is never more than what the expense costs."""
        amount = self.amount.so_far(self._line.amount) or 0
        ticked = self.tick.isChecked()
        self._line = HouseholdLine(
            label=self.label.text(),
            amount=amount,
            discretionary=ticked,
            cut=min(self._wish, amount) if ticked else 0,
        )

    def _cut_problem(self) -> UserProblem | None:
        if not self._line.discretionary:
            return None
        wrong = self.cut_amount.unreadable()
        if wrong is None and (self.cut_amount.so_far(0) or 0) > self._line.amount:
            most = dollars(self._line.amount)
            wrong = UserProblem(f"A cut is at most what it costs, {most}.", "Type less.")
        return wrong

    @Slot()
    def _on_edited(self) -> None:
        if self.label.property("invalid"):
            mark(self.label, "")
            self._on_complained("")
        held = self._line.cut
        self._keep()
        if self._line.cut != held:
            self.cut_amount.set_cents(self._line.cut)
        self._show_cut()
        self.edited.emit()

    @Slot(object)
    def _on_slid(self, cut: int) -> None:
        self._wish = cut
        self._keep()
        self.cut_amount.set_cents(cut)
        self.edited.emit()

    @Slot()
    def _on_cut_typed(self) -> None:
        self._wish = self.cut_amount.so_far(self._wish) or 0
        self._keep()
        self.slider.show_cut(self._line.cut, self._line.amount)
        self.edited.emit()

    @Slot()
    def _on_cut_left(self) -> None:
        wrong = self._cut_problem()
        if wrong is not None:
            self.cut_amount.complain(wrong)

    @Slot(str)
    def _on_complained(self, sentence: str) -> None:
        self.complaint.setText(sentence)
        self.complaint.setVisible(bool(sentence))

    @Slot(str)
    def _on_cut_complained(self, sentence: str) -> None:
        self.cut_complaint.setText(sentence)
        self.cut_complaint.setVisible(bool(sentence))

    @Slot()
    def _on_remove(self) -> None:
        self.removed.emit(self)


class Expenses(QObject):
    """All expenses: `rows` stands in step 2 and `cuts` in step 5."""

    edited = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.all: list[Expense] = []
        self.rows, self._rows = _column()
        self.cuts, self._cuts = _column()
        self.add_button = LinkButton("Add expense", "plus")
        self.add_button.clicked.connect(self.add_blank)
        self.none = Label(
            "Tick \u201cCan be cut\u201d beside an expense in step 2 to try here what less of it changes.",
            "quiet",
            wrap=True,
        )
        self._cuts.addWidget(self.none)

    def lines(self) -> tuple[HouseholdLine, ...]:
        """The expenses as they are typed so far; rows with nothing in them are left out."""
        lines = (expense.line() for expense in self.all)
        return tuple(line for line in lines if line.label.strip() or line.amount)

    def show_lines(self, lines: Iterable[HouseholdLine]) -> None:
        """Show expenses without telling anybody."""
        wanted = list(lines)
        while len(self.all) > len(wanted):
            self.all.pop().discard()
        for place, line in enumerate(wanted):
            if place < len(self.all):
                self.all[place].show_line(line)
            else:
                self._add(line)
        self._tell_none()

    def problem(self) -> UserProblem | None:
        """The first thing that keeps the expenses from being saved."""
        return next((wrong for expense in self.all if (wrong := expense.problem())), None)

    @Slot()
    def add_blank(self) -> None:
        """An empty row with the cursor in it."""
        made = self._add(HouseholdLine(label="", amount=0))
        made.label.setFocus(Qt.FocusReason.OtherFocusReason)

    def _add(self, line: HouseholdLine) -> Expense:
        made = Expense(line, self.rows, self.cuts)
        made.edited.connect(self._on_edited)
        made.removed.connect(self._on_removed)
        self._rows.addWidget(made.row)
        self._cuts.addWidget(made.cut)
        made.row.show()
        made.cut.setVisible(line.discretionary)
        self.all.append(made)
        return made

    def _tell_none(self) -> None:
        self.none.setVisible(not any(expense.line().discretionary for expense in self.all))

    @Slot()
    def _on_edited(self) -> None:
        self._tell_none()
        self.edited.emit()

    @Slot(object)
    def _on_removed(self, expense: Expense) -> None:
        place = self.all.index(expense)
        self.all.remove(expense)
        expense.discard()
        after = self.all[min(place, len(self.all) - 1)].remove if self.all else self.add_button
        after.setFocus(Qt.FocusReason.OtherFocusReason)
        self._on_edited()


def _column() -> tuple[QWidget, QVBoxLayout]:
    holder = QWidget()
    holder.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    rows = QVBoxLayout(holder)
    rows.setContentsMargins(0, 0, 0, 0)
    rows.setSpacing(8)
    return holder, rows
