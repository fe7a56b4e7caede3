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
from ui.widgets.form import FormField
from ui.widgets.money_edit import MoneyEdit

_WIDTHS = {"label": (40, 120), "category": (40, 130), "times": (10, 60), "each": (20, 96)}
"""Weight and least width in pixels at 100 % text."""


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
        self._fields = {
            "label": FormField("Visits", self.label),
            "category": FormField("Service", self.category),
            "times": FormField("A year", self.times),
            "each": FormField("Each costs", self.each),
        }
        row = Columns(self, gap=8, same_height=False)
        for name, field in self._fields.items():
            self._named(name, field)
            weight, least = _WIDTHS[name]
            row.add(field, weight, least=theme().px(least))
        row.add(FormField("\u00a0", self.remove_button), 1)
        self.remove_button.setAccessibleName("Remove these visits")

    def _named(self, name: str, field: FormField) -> None:
        if not field.widget.objectName():
            field.widget.setObjectName(name)

    def fill(self, use: ModelUse) -> None:
        self.label.setText(use.label)
        self.label.setCursorPosition(0)
        self.category.choose_code(use.category)
        self.times.set_count(use.times)
        self.each.set_cents(use.each)

    def use(self) -> ModelUse | None:
        """What the line says, None where it is empty. Raises UserProblem, shown beside the field."""
        for field in self._fields.values():
            field.complain("")
        try:
            name, category = " ".join(self.label.text().split()), self.category.code()
            times, each = self.times.count_or_none(), self.each.cents_or_none()
            if not name and not category and each is None:
                return None
            if not name and not category:
                raise UserProblem("What visits are these?", "Type a name or a service.", field="label")
        except UserProblem as problem:
            field = self._fields[problem.field or "label"]
            field.complain(str(problem))
            field.widget.setFocus()
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
