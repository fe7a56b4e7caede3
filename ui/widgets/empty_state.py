"""What stands where nothing is yet: what the place is for, and the one action that fills it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from ui.widgets.buttons import LinkButton, PrimaryButton
from ui.widgets.label import Label


class EmptyState(QWidget):
    """A title, one sentence, the button that fills it and at most one other way, in the middle."""

    def __init__(
        self,
        title: str,
        sentence: str = "",
        action: str = "",
        callback: Callable[[], object] | None = None,
        parent: QWidget | None = None,
        *,
        other: str = "",
        other_callback: Callable[[], object] | None = None,
    ) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.MinimumExpanding)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(24, 32, 24, 32)
        rows.setSpacing(6)
        self._title = _centred(title, "card_title")
        self._sentence = _centred(sentence, "quiet")
        rows.addStretch(1)
        rows.addWidget(self._title)
        rows.addWidget(self._sentence)
        self.button = PrimaryButton(action)
        if not action:
            self.button.hide()  # showing it here, without a parent, would open a window
        self._callback = callback
        self.button.clicked.connect(self._on_clicked)
        rows.addSpacing(8)
        rows.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        self._other_callback = other_callback
        if other:
            self.other_button = LinkButton(other)
            self.other_button.clicked.connect(self._on_other)
            rows.addWidget(self.other_button, 0, Qt.AlignmentFlag.AlignHCenter)
        rows.addStretch(1)

    def set_text(self, title: str, sentence: str = "") -> None:
        self._title.setText(title)
        self._sentence.setText(sentence)

    def _on_clicked(self) -> None:
        if self._callback is not None:
            self._callback()

    def _on_other(self) -> None:
        if self._other_callback is not None:
            self._other_callback()


def _centred(text: str, role: str) -> Label:
    label = Label(text, role, wrap=True)
    label.setAlignment(Qt.AlignmentFlag.AlignCenter)
    return label
