"""One step of taking a plan from the CMS files: a title, a sentence, and something to fill in."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget


class ImportStep(QWidget):
    """`changed` tells that `ready` may be another; `go_on` that Enter was pressed on a choice."""

    title = ""
    sentence = ""
    changed = Signal()
    go_on = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = QVBoxLayout(self)
        self.rows.setContentsMargins(0, 0, 0, 0)
        self.rows.setSpacing(8)

    @property
    def ready(self) -> bool:
        """Whether one can go on from here."""
        return True

    def first_field(self) -> QWidget | None:
        """Where the keyboard begins."""
        return None
