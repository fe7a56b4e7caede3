"""What needs the person: a tone, a headline, the facts, and one action for each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from ui import icons
from ui.theme import theme
from ui.widgets.buttons import IconButton
from ui.widgets.label import Label
from ui.widgets.pill import PillButton


@dataclass(frozen=True, slots=True)
class AttentionRow:
    """One matter. `key` is the caller's; tones are bad, warning, accent, good. `waits`: can be put off."""

    key: int | str
    tone: str
    icon: str
    headline: str
    detail: str
    action: str
    waits: bool = False


class Mark(QWidget):
    """An icon in a tone, as tall as a line of text. The words beside it say the same."""

    def __init__(self, icon: str, tone: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon, self._tone = icon, tone
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set(self, icon: str, tone: str) -> None:
        self._icon, self._tone = icon, tone
        self.update()

    def sizeHint(self) -> QSize:
        side = theme().px(18)
        return QSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        icons.paint(QPainter(self), self._icon, self._tone, self.rect())


class _Line(QWidget):
    """One row; its button tells which."""

    acted = Signal(object)
    put_off = Signal(object)

    def __init__(self, row: AttentionRow, first: bool, last: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row = row
        self._first = first
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.setAccessibleName(row.headline)
        self.setAccessibleDescription(row.detail)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 2 if first else 12, 0, 0 if last else 12)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(1)
        grid.setColumnStretch(1, 1)
        top = Qt.AlignmentFlag.AlignTop
        grid.addWidget(Mark(row.icon, row.tone), 0, 0, 2, 1, top)
        grid.addWidget(Label(row.headline, "bold", wrap=True), 0, 1)
        grid.addWidget(Label(row.detail, "caption", wrap=True), 1, 1)
        self.button = PillButton(row.action, row.tone)
        self.button.setAccessibleName(f"{row.action}: {row.headline}")
        self.button.clicked.connect(self._on_clicked)
        right = top | Qt.AlignmentFlag.AlignRight
        grid.addWidget(self.button, 0, 2, right)
        self.button.setVisible(bool(row.action))  # without a parent it would be a window for a moment
        self.later = IconButton("clock", "Put off", bare=True)
        self.later.setAccessibleName(f"Put off: {row.headline}")
        self.later.clicked.connect(self._on_later)
        grid.addWidget(self.later, 1, 2, right)
        self.later.setVisible(row.waits)

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._first:
            QPainter(self).fillRect(QRect(0, 0, self.width(), 1), theme().colour("hairline"))

    @Slot()
    def _on_clicked(self) -> None:
        self.acted.emit(self._row)

    @Slot()
    def _on_later(self) -> None:
        self.put_off.emit(self._row)


class AttentionList(QWidget):
    """Rows below each other; `acted` carries the row whose button was pressed.

    `put_off` carries the row that is to come back later.
    """

    acted = Signal(object)
    put_off = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._items: tuple[AttentionRow, ...] = ()
        self._lines: list[_Line] = []
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(0)

    def set_items(self, items: Sequence[AttentionRow]) -> None:
        """Show these, in this order. Nothing is rebuilt when nothing changed."""
        if tuple(items) == self._items:
            return
        self._items = tuple(items)
        for line in self._lines:
            self._rows.removeWidget(line)
            line.hide()
            line.deleteLater()
        end = len(items) - 1
        self._lines = [_Line(row, place == 0, place == end) for place, row in enumerate(items)]
        for place, line in enumerate(self._lines):
            line.acted.connect(self.acted)
            line.put_off.connect(self.put_off)
            self._rows.insertWidget(place, line)

    def items(self) -> tuple[AttentionRow, ...]:
        return self._items

    def button(self, place: int) -> PillButton:
        """The action of a row, for tests and for moving the focus."""
        return self._lines[place].button

    def later_button(self, place: int) -> IconButton:
        """What puts a row off."""
        return self._lines[place].later
