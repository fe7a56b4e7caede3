"""Ctrl+K: type a few letters, choose with the arrows, and go there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import QEvent, QModelIndex, QObject, QRect, QSize, Qt, Slot
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from ui.models.table import Index
from ui.theme import theme
from ui.widgets.label import Label
from ui.widgets.popover import Popover

_MOVES = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)
_SHOWN = 9


@dataclass(frozen=True, slots=True)
class FoundItem:
    """Something found: its name, what tells it from others, and how to go there."""

    title: str
    detail: str
    open: Callable[[], object]


class Finder(Protocol):
    """Answers within a few milliseconds; called at every keystroke."""

    def search(self, text: str) -> Sequence[FoundItem]: ...


class FindBox(Popover):
    """A line and a list at the top of the window. Enter opens, Esc leaves."""

    def __init__(self, finder: Finder, window: QWidget) -> None:
        super().__init__(window)
        self._finder = finder
        self._found: list[FoundItem] = []
        self.setAccessibleName("Find")
        self.inside.setContentsMargins(10, 10, 10, 10)
        self.line = QLineEdit()
        self.line.setPlaceholderText("Find a payment, claim, provider, page\u2026")
        self.line.setAccessibleName("Find")
        self.line.textEdited.connect(self._on_edited)
        self.line.installEventFilter(self)
        self.results = QListWidget()
        self.results.setAccessibleName("Found")
        self.results.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.results.setItemDelegate(_FoundDelegate(self.results))
        self.results.setUniformItemSizes(True)
        self.results.setMouseTracking(True)
        self.results.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.results.itemEntered.connect(self.results.setCurrentItem)
        self.results.clicked.connect(self._on_clicked)
        self.nothing = Label("Nothing matches.", "quiet")
        self.nothing.setContentsMargins(10, 6, 0, 6)
        for part in (self.line, self.results, self.nothing):
            self.inside.addWidget(part)

    def open_box(self) -> None:
        """Show it, empty, with the cursor in the line."""
        self.line.clear()
        self._fill("")
        self.open_over()
        self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def place(self) -> None:
        room = self._window.rect()
        width = min(theme().px(560), room.width() - 40)
        rows = min(self.results.count(), _SHOWN)
        each = self.results.sizeHintForRow(0) if rows else 0
        self.results.setFixedHeight(min(rows * each + 4, max(each, room.height() - theme().px(140))))
        self.inside.activate()
        self.setGeometry((room.width() - width) // 2, theme().px(64), width, self.sizeHint().height())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # The kind of event comes first: while the box is taken apart, `line` may be gone already.
        key_pressed = event.type() == QEvent.Type.KeyPress
        if not isinstance(event, QKeyEvent) or not key_pressed or watched is not self.line:
            return super().eventFilter(watched, event)
        if event.key() in _MOVES:
            self.results.keyPressEvent(event)
            return True
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self.results.currentRow())
            return True
        return False

    def _fill(self, text: str) -> None:
        self._found = list(self._finder.search(text.strip()))
        self.results.clear()
        for found in self._found:
            item = QListWidgetItem(found.title)
            item.setData(Qt.ItemDataRole.UserRole, found.detail)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{found.title}, {found.detail}")
            self.results.addItem(item)
        self.results.setVisible(bool(self._found))
        self.nothing.setVisible(not self._found and bool(text.strip()))
        if self._found:
            self.results.setCurrentRow(0)

    def _open(self, place: int) -> None:
        if 0 <= place < len(self._found):
            found = self._found[place]
            self.close_over()
            found.open()

    @Slot(str)
    def _on_edited(self, text: str) -> None:
        self._fill(text)
        self.place()

    @Slot(QModelIndex)
    def _on_clicked(self, index: QModelIndex) -> None:
        self._open(index.row())


class _FoundDelegate(QStyledItemDelegate):
    """The name, and the rest of it quietly at the right."""

    def __init__(self, results: QListWidget) -> None:
        super().__init__(results)
        self._list = results

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(100, QFontMetrics(theme().font("base")).height() + theme().px(14))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        look = theme()
        box: QRect = option.rect
        chosen = index.row() == self._list.currentRow()
        painter.save()
        if chosen:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.colour("selection"))
            painter.drawRoundedRect(box.adjusted(0, 1, 0, -1), 6, 6)
        inner = box.adjusted(10, 0, -10, 0)
        title, detail = str(index.data() or ""), str(index.data(Qt.ItemDataRole.UserRole) or "")
        base, small = look.font("base"), look.font("caption")
        title_wide = min(QFontMetrics(base).horizontalAdvance(title) + 2, inner.width())
        painter.setFont(base)
        painter.setPen(look.colour("text"))
        shown = QFontMetrics(base).elidedText(title, Qt.TextElideMode.ElideRight, inner.width())
        painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter, shown)
        room = inner.width() - title_wide - 20
        if room > 30:
            painter.setFont(small)
            painter.setPen(look.colour("text" if chosen else "quiet"))
            shown = QFontMetrics(small).elidedText(detail, Qt.TextElideMode.ElideRight, room)
            painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, shown)
        painter.restore()
