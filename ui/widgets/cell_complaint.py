"""The sentence under a cell that says why what was typed is refused."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ui.widgets.label import Label


class CellComplaint(Label):
    """Lies over the rows of a table, inside what is seen of it."""

    def __init__(self, viewport: QWidget) -> None:
        super().__init__("", "field", tone="bad", parent=viewport)
        self._viewport = viewport
        self.setProperty("bubble", True)

    def show_beside(self, editor: QWidget, sentence: str) -> None:
        """Show it under the line that is typed in, or above it where there is no room."""
        self.setText(sentence)
        self.adjustSize()
        room = self._viewport.rect()
        left = max(0, min(editor.geometry().right() - self.width(), room.right()))
        top = editor.geometry().bottom() + 2
        if top + self.height() > room.bottom():
            top = editor.y() - self.height() - 2
        self.move(left, top)
        self.show()
        self.raise_()
