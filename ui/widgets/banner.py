"""A sentence across a page or card, in a tone, with at most one action and a way to close it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QWidget

from tracker.errors import LedgerError
from ui.widgets.buttons import IconButton, LinkButton
from ui.widgets.label import Label


class Banner(QFrame):
    """Tones: accent, good, warning, bad. Hidden until `say` is called."""

    acted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 8, 8)
        row.setSpacing(10)
        self._words = Label("", wrap=True)
        self._action = LinkButton()
        self._close = IconButton("close", "Close", bare=True)
        row.addWidget(self._words, 1)
        row.addWidget(self._action, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self._close, 0, Qt.AlignmentFlag.AlignTop)
        self._action.clicked.connect(self.acted)
        self._close.clicked.connect(self.hide)
        self.hide()

    def say(self, text: str, tone: str = "accent", action: str = "", *, closable: bool = True) -> None:
        self._words.setText(text)
        self._action.setText(action)
        self._action.setVisible(bool(action))
        self._close.setVisible(closable)
        self.setProperty("tone", tone)
        self.setAccessibleName(text)
        self.style().unpolish(self)
        self.style().polish(self)
        self.show()

    def say_problem(self, problem: LedgerError) -> None:
        """What happened and what to do, in the tone of a problem."""
        self.say(str(problem), "bad")

    def text(self) -> str:
        return self._words.text()
