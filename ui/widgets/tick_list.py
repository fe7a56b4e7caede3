"""A list to tick off, in groups: items may be long and wrap, the whole line acts."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLayout, QSizePolicy, QVBoxLayout, QWidget

from ui.theme import theme
from ui.widgets.columns import Columns
from ui.widgets.label import Label


@dataclass(frozen=True, slots=True)
class TickItem:
    """One line. `code` is what is kept; `group` is a heading where it differs from the item before."""

    code: str
    name: str
    hint: str = ""
    group: str = ""


class _TickLine(QWidget):
    """A box and its words; a click on the words ticks the box."""

    def __init__(self, item: TickItem, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.item = item
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        self.box = QCheckBox()
        self.box.setAccessibleName(item.name)
        self.box.setAccessibleDescription(item.hint)
        self.box.setToolTip(item.hint or item.name)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(Label(item.name, wrap=True))
        if item.hint:
            words.addWidget(Label(item.hint, "caption", wrap=True))
        row.addWidget(self.box, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.box.toggle()
        super().mouseReleaseEvent(event)


class TickList(QWidget):
    """`edited` comes from the person only."""

    edited = Signal()

    def __init__(self, parent: QWidget | None = None, *, side_by_side: bool = False) -> None:
        """`side_by_side` puts short lines beside each other where there is room; without groups."""
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._rows: QLayout = Columns(self, gap=5, same_height=False) if side_by_side else QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(5)
        self._items: tuple[TickItem, ...] = ()
        self._lines: list[_TickLine] = []

    def show_items(self, items: Sequence[TickItem], ticked: Collection[str]) -> None:
        """Show these lines, those of `ticked` with their box ticked, without telling anybody."""
        if tuple(items) != self._items:
            self._build(items)
        for line in self._lines:
            line.box.blockSignals(True)
            line.box.setChecked(line.item.code in ticked)
            line.box.blockSignals(False)

    def ticked(self) -> tuple[str, ...]:
        """The codes of what is ticked, in order."""
        return tuple(line.item.code for line in self._lines if line.box.isChecked())

    def box(self, code: str) -> QCheckBox:
        """The box of a line."""
        return next(line.box for line in self._lines if line.item.code == code)

    def _build(self, items: Sequence[TickItem]) -> None:
        self._items = tuple(items)
        while (old := self._rows.takeAt(0)) is not None:
            if (widget := old.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self._lines, group = [], ""
        for item in items:
            if item.group and item.group != group:
                group = item.group
                self._rows.addWidget(Label(group, "bold", wrap=True))
            line = _TickLine(item)
            line.box.toggled.connect(self._on_toggled)
            self._lines.append(line)
            if isinstance(self._rows, Columns):
                self._rows.add(line, least=theme().px(230))
            else:
                self._rows.addWidget(line)

    @Slot()
    def _on_toggled(self) -> None:
        self.edited.emit()
