"""The visits of a year under a care model: what they are, how many, and what one costs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from tracker.errors import UserProblem
from tracker.facts import ServiceCategory
from tracker.facts.membership import ModelUse
from ui.dialogs.eob_service import ServiceEdit
from ui.dialogs.rate_edit import CountEdit
from ui.theme import theme
from ui.widgets.buttons import IconButton, LinkButton
from ui.widgets.columns import Columns
from ui.widgets.form import Form
from ui.widgets.money_edit import MoneyEdit


class UseLine(QWidget):
    """One kind of visit. Without a price the plan's terms for its service count."""

    def __init__(self, categories: Mapping[str, ServiceCategory], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.label, self.category = QLineEdit(), ServiceEdit()
        self.label.setPlaceholderText("Such as Office visits")
        self.category.set_categories(categories)
        self.times, self.each = CountEdit(placeholder="1"), MoneyEdit(placeholder="By your plan")
        self.remove_button = IconButton("close", "Remove these visits", bare=True)
        self.form = Form(columns=5)
        row = Columns(self, gap=8, same_height=False)
        self.form.add("label", "Visits", self.label)
        self.form.add("category", "Service", self.category)
        self.form.add("times", "A year", self.times)
        self.form.add("each", "Each costs", self.each)
        self.form.add("remove", "", self.remove_button)
        row.add(self.form, 1, least=theme().px(150))

    def fill(self, use: ModelUse) -> None:
        self.label.setText(use.label)
        self.label.setCursorPosition(0)
        self.category.choose_code(use.category)
        self.times.set_count(use.times)
        self.each.set_cents(use.each)

    def use(self) -> ModelUse | None:
        """What the line says, None where it is empty. Raises UserProblem, shown beside the field."""
        self.form.clear_complaints()
        try:
            name, category = " ".join(self.label.text().split()), self.category.code()
            times, each = self.times.count_or_none(), self.each.cents_or_none()
            if not name and not category and each is None:
                return None
            if not name and not category:
                raise UserProblem("What visits are these?", "Type a name or a service.", field="label")
        except UserProblem as problem:
            self.form.complain(problem)
            raise
        return ModelUse(
            label=name or self.category.text(),
            category=category,
            times=1 if times is None else times,
            each=each,
        )


class UseLines(QWidget):
    """The lines below each other, with a button that adds one. `resized` when lines come or go."""

    resized = Signal()

    def __init__(self, categories: Mapping[str, ServiceCategory], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._categories = categories
        self.lines: list[UseLine] = []
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(8)
        self.add_button = LinkButton("Add visits", "plus")
        self.add_button.clicked.connect(self.add_line)
        self._rows.addWidget(self.add_button)

    def show_uses(self, uses: Sequence[ModelUse]) -> None:
        for use in uses:
            self._new().fill(use)

    def uses(self) -> tuple[ModelUse, ...]:
        """What all lines say; empty ones are left out. Raises UserProblem for what cannot be read."""
        found = [line.use() for line in self.lines]
        return tuple(use for use in found if use is not None)

    @Slot()
    def add_line(self) -> None:
        self._new().label.setFocus()
        self.resized.emit()

    def _new(self) -> UseLine:
        line = UseLine(self._categories)
        line.remove_button.clicked.connect(lambda: self._remove(line))
        self.lines.append(line)
        self._rows.insertWidget(self._rows.count() - 1, line)
        return line

    def _remove(self, line: UseLine) -> None:
        self.lines.remove(line)
        line.hide()
        line.deleteLater()
        self.add_button.setFocus()
        self.resized.emit()
