"""The box that says what happened and what to do, with the details behind a disclosure."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from ui.theme import theme
from ui.widgets.attention_list import Mark
from ui.widgets.buttons import LinkButton, PlainButton, PrimaryButton
from ui.widgets.label import Label


class ProblemBox(QDialog):
    """Window-modal and non-blocking; deletes itself when closed."""

    def __init__(
        self, what: str, todo: str = "", *, details: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.details = details
        self.setWindowTitle("Concierge Ledger")
        self.setAccessibleName(what)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setFixedWidth(theme().px(440))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(20, 18, 20, 16)
        whole.setSpacing(14)
        whole.addLayout(self._sentences(what, todo))
        self._text = QPlainTextEdit(details)
        self._text.setReadOnly(True)
        self._text.setAccessibleName("Details")
        self._text.setFixedHeight(theme().px(160))
        self._text.hide()
        whole.addWidget(self._text)
        whole.addLayout(self._buttons(bool(details)))
        self.go_on.setFocus()

    def _sentences(self, what: str, todo: str) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(12)
        line.addWidget(Mark("warning", "bad" if self.details else "warning"), 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addWidget(Label(what, "bold", wrap=True))
        if todo:
            words.addWidget(Label(todo, "quiet", wrap=True))
        words.addStretch(1)
        line.addLayout(words, 1)
        return line

    def _buttons(self, has_details: bool) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        self.more = LinkButton("Show details", "chevron-right")
        self.more.setVisible(has_details)
        self.more.clicked.connect(self._on_more)
        self._copy = PlainButton("Copy details", "copy")
        self._copy.hide()
        self._copy.clicked.connect(self._on_copy)
        self.go_on = PrimaryButton("Go on")
        self.go_on.setDefault(True)
        self.go_on.clicked.connect(self.accept)
        row.addWidget(self.more)
        row.addStretch(1)
        row.addWidget(self._copy)
        row.addWidget(self.go_on)
        return row

    @Slot()
    def _on_more(self) -> None:
        shown = self._text.isHidden()
        self._text.setVisible(shown)
        self._copy.setVisible(shown)
        self.more.setText("Hide details" if shown else "Show details")
        self.more.set_icon("chevron-down" if shown else "chevron-right")
        self.adjustSize()

    @Slot()
    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self.details)
