"""The head of a page: title, quiet subtitle, and actions that wrap when there is no room."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from ui.theme import MARGIN_X, MARGIN_Y
from ui.widgets.columns import Flow
from ui.widgets.label import Label

_GAP = 20


class PageHeader(QWidget):
    """Places the title left and the actions right; below each other when both do not fit."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._words = QWidget(self)
        words = QVBoxLayout(self._words)
        words.setContentsMargins(0, 0, 0, 0)
        words.setSpacing(0)
        self._title = Label(title, "title", wrap=True)
        self._subtitle = Label("", "quiet", wrap=True)
        words.addWidget(self._title)
        words.addWidget(self._subtitle)
        self._subtitle.hide()
        self._actions = QWidget(self)
        self._flow = Flow(self._actions, to_right=True)

    def title(self) -> str:
        return self._title.text()

    def set_title(self, title: str) -> None:
        self._title.setText(title)
        self.updateGeometry()

    def set_subtitle(self, text: str) -> None:
        self._subtitle.setText(text)
        self._subtitle.setVisible(bool(text))
        self.updateGeometry()
        self._place()

    def add_action(self, widget: QWidget) -> None:
        self._flow.addWidget(widget)
        self.updateGeometry()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._arrange(width, move=False)

    def sizeHint(self) -> QSize:
        return QSize(400, self.heightForWidth(max(self.width(), 400)))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._flow.minimumSize().width() + 2 * MARGIN_X, 0)

    def event(self, event: QEvent) -> bool:
        handled = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:  # an action came or went
            self.updateGeometry()
            self._place()
        return handled

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        self._arrange(self.width(), move=True)

    def _arrange(self, width: int, *, move: bool) -> int:
        room = width - 2 * MARGIN_X
        wanted = self._flow.sizeHint().width() if self._flow.count() else 0
        words_wide = max(_wide(self._title), min(_wide(self._subtitle), room // 3))
        beside = wanted + _GAP + min(words_wide, room) <= room
        self._flow.set_to_right(beside)
        words_room = room - wanted - _GAP if beside and wanted else room
        words_high = self._words.heightForWidth(words_room)
        actions_room = wanted if beside else room
        actions_high = self._flow.heightForWidth(actions_room) if wanted else 0
        high = max(words_high, actions_high) if beside else words_high + 10 + actions_high
        if move:
            self._words.setGeometry(QRect(MARGIN_X, MARGIN_Y, words_room, words_high))
            top = MARGIN_Y + (0 if beside else words_high + 10)
            left = MARGIN_X + (room - actions_room if beside else 0)
            lift = (min(words_high, high) - actions_high) // 2 if beside else 0
            self._actions.setGeometry(QRect(left, top + max(0, lift), actions_room, actions_high))
        return MARGIN_Y + high + 14


def _wide(label: Label) -> int:
    """The width of a label's text on one line; a wrapping label's own hint is narrower."""
    return label.fontMetrics().horizontalAdvance(label.text()) + 2
