"""Three columns of words and numbers, one for each care model; words wrap, amounts stand right."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from tracker.domain.membership.care_models import CareModel
from tracker.domain.membership.model_numbers import ModelYear
from ui.models import worth_words as words
from ui.theme import theme
from ui.widgets.buttons import LinkButton
from ui.widgets.columns import Flow
from ui.widgets.label import AmountLabel, Label

_TOP = Qt.AlignmentFlag.AlignTop
_AMOUNT = 84
"""Pixels at 100 % text: room for a million dollars."""


class ModelsGrid(QWidget):
    """Signals carry the model whose numbers are to be changed, given back, or explained."""

    change_asked = Signal(object)
    reset_asked = Signal(object)
    why_asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(18)
        self._grid.setVerticalSpacing(8)
        for place in range(1, 4):
            self._grid.setColumnStretch(place, 1)
        self._cells: dict[tuple[str, CareModel], Label] = {}
        self._notes: dict[CareModel, Label] = {}
        self.change_buttons: dict[CareModel, LinkButton] = {}
        self.reset_buttons: dict[CareModel, LinkButton] = {}
        self.why_buttons: dict[CareModel, LinkButton] = {}
        self._is_built = False

    def show_models(self, models: Sequence[ModelYear], mine: CareModel) -> None:
        """Show the years of the three models, in their order."""
        features, numbers = words.feature_rows(models), words.number_rows(models)
        if not self._is_built:
            self._build(models, features, numbers)
        for year in models:
            model = year.model
            self._notes[model].setText(words.model_note(year, mine))
            self._notes[model].set_tone("accent" if model is mine else "")
            self.reset_buttons[model].setVisible(year.is_own)
            self.why_buttons[model].setVisible(year.cost is not None)
        for name, cells, _ in (*features, *numbers):
            for year, text in zip(models, cells, strict=True):
                cell = self._cells[name, year.model]
                cell.setText(text)
                cell.setAccessibleName(f"{words.model_name(year.model)}, {name}: {text}")
        self._fit_amounts()

    def cell(self, name: str, model: CareModel) -> str:
        """What stands in a row under a model."""
        return self._cells[name, model].text()

    def _build(
        self,
        models: Sequence[ModelYear],
        features: Sequence[words.ModelRow],
        numbers: Sequence[words.ModelRow],
    ) -> None:
        self._is_built = True
        for place, year in enumerate(models, start=1):
            self._grid.addWidget(self._head(year.model), 0, place, _TOP)
        for name, _cells, _ in features:
            self._add_row(name, models, strong=False, amounts=False)
        self._grid.addWidget(_Hairline(), self._grid.rowCount(), 0, 1, 4)
        for name, _cells, strong in numbers:
            self._add_row(name, models, strong=strong, amounts=True)
        last = self._grid.rowCount()
        for place, year in enumerate(models, start=1):
            self._grid.addWidget(self._buttons(year.model), last, place, _TOP)
        theme().changed.connect(self._fit_amounts)

    def _head(self, model: CareModel) -> QWidget:
        head = QWidget()
        column = QVBoxLayout(head)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(1)
        self._notes[model] = Label("", "caption", wrap=True)
        column.addWidget(Label(words.model_name(model), "bold", wrap=True))
        column.addWidget(self._notes[model])
        return head

    def _add_row(self, name: str, models: Sequence[ModelYear], *, strong: bool, amounts: bool) -> None:
        at = self._grid.rowCount()
        self._grid.addWidget(Label(name, "bold" if strong else "quiet", wrap=True), at, 0, _TOP)
        for place, year in enumerate(models, start=1):
            cell = AmountLabel("", "bold" if strong else "") if amounts else Label("", wrap=True)
            cell.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self._cells[name, year.model] = cell
            side = _TOP | Qt.AlignmentFlag.AlignLeft if amounts else _TOP
            self._grid.addWidget(cell, at, place, side)

    @Slot()
    def _fit_amounts(self) -> None:
        """Amounts of a column line up at the right, not far from the words above them."""
        for model in self.change_buttons:
            cells = [cell for (_, of), cell in self._cells.items() if of is model]
            amounts = [cell for cell in cells if isinstance(cell, AmountLabel)]
            bold = QFontMetrics(theme().font("bold"))
            widest = max((bold.horizontalAdvance(cell.text()) for cell in amounts), default=0)
            for cell in amounts:
                cell.setMinimumWidth(max(theme().px(_AMOUNT), widest + theme().px(8)))

    def _buttons(self, model: CareModel) -> QWidget:
        holder = QWidget()
        holder.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        flow = Flow(holder, gap=4)
        name = words.model_name(model)
        change, reset, why = LinkButton("Change\u2026"), LinkButton("Reset"), LinkButton("Why?")
        for button, said in (
            (why, f"Why: {name}"),
            (change, f"Change the numbers: {name}"),
            (reset, f"Take the numbers from the ledger again: {name}"),
        ):
            button.setAccessibleName(said)
            button.setToolTip(said)
            flow.addWidget(button)
        change.clicked.connect(lambda: self.change_asked.emit(model))
        reset.clicked.connect(lambda: self.reset_asked.emit(model))
        why.clicked.connect(lambda: self.why_asked.emit(model))
        self.change_buttons[model], self.reset_buttons[model], self.why_buttons[model] = change, reset, why
        return holder


class _Hairline(QWidget):
    """Between what the source document says and the member's own numbers."""

    def sizeHint(self) -> QSize:
        return QSize(1, 1)

    def minimumSizeHint(self) -> QSize:
        return QSize(1, 1)

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(0, 0, self.width(), 1, theme().colour("hairline"))
