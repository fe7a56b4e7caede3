"""What F1 opens: a few sentences about the page, beside the page."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui.keys import as_written_here
from ui.theme import theme
from ui.widgets.buttons import IconButton
from ui.widgets.label import Label
from ui.widgets.popover import Popover


class HelpPopover(Popover):
    """Explains the page at the top right of the window; Esc closes it."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._title = Label("", "card_title", wrap=True)
        self._words = Label("", wrap=True)
        self._words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        close = IconButton("close", "Close", bare=True)
        close.clicked.connect(self.close_over)
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(close, 0, Qt.AlignmentFlag.AlignTop)
        self.inside.addLayout(head)
        self.inside.addWidget(self._words)

    def explain(self, title: str, text: str) -> None:
        text = as_written_here(text)
        self._title.setText(title)
        self._words.setText(text)
        self.setAccessibleName(title)
        self.setAccessibleDescription(text)
        self.open_over()
        self.setFocus(Qt.FocusReason.PopupFocusReason)

    def text(self) -> str:
        return self._words.text()

    def place(self) -> None:
        room = self._window.rect()
        width = min(theme().px(380), room.width() - 40)
        high = min(self.inside.totalHeightForWidth(width), room.height() - 40)
        self.setGeometry(room.width() - width - 26, 20, width, high)
