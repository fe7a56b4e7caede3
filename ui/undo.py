"""The Undo and Redo actions, which say what they would undo or redo."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence


class UndoActions(QObject):
    """Two actions for the menus. The words come from the last committed changes."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.undo = QAction("Undo", self)
        self.undo.setShortcut(QKeySequence("Ctrl+Z"))
        self.redo = QAction("Redo", self)
        self.redo.setShortcut(QKeySequence("Ctrl+Shift+Z"))
        self.set_words("", "")

    def set_words(self, undo: str, redo: str) -> None:
        """What the next undo and redo are called; an empty text means there is none."""
        for action, verb, words in ((self.undo, "Undo", undo), (self.redo, "Redo", redo)):
            action.setText(f"{verb} {words}" if words else verb)
            action.setEnabled(bool(words))
