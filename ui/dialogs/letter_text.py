"""The text of a letter to edit: its blanks stand out, and the cursor goes from one to the next."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QFont, QSyntaxHighlighter, QTextCharFormat, QTextCursor, QTextDocument
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy, QWidget

from tracker.domain.claims.letters import blanks_in
from ui.theme import theme

_LEAST = 90


class LetterText(QPlainTextEdit):
    """Plain text; Tab leaves it. `go_to_blank` selects the next blank, so that typing fills it in."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTabChangesFocus(True)
        self.setAccessibleName("Text of the letter")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        self._marks = _BlankMarks(self.document())

    def text(self) -> str:
        return self.toPlainText()

    def set_text(self, text: str) -> None:
        """Show a letter from its beginning, without telling anybody."""
        self.blockSignals(True)
        self.setPlainText(text)
        self.blockSignals(False)
        self.moveCursor(QTextCursor.MoveOperation.Start)

    def blanks(self) -> list[str]:
        """What is still to be filled in, each once, in order."""
        return list(dict.fromkeys(label for _begin, _end, label in blanks_in(self.text())))

    def go_to_blank(self) -> bool:
        """Select the next blank after the cursor, from the top again at the end; False where none is."""
        text = self.text()
        found = blanks_in(text)
        if not found:
            return False
        # Qt counts in 16-bit units, Python in characters.
        at = self.textCursor().selectionEnd()
        places = [(_units(text, begin), _units(text, end)) for begin, end, _label in found]
        begin, end = next((place for place in places if place[0] >= at), places[0])
        cursor = self.textCursor()
        cursor.setPosition(begin)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)
        self.ensureCursorVisible()
        self.setFocus()
        return True

    def sizeHint(self) -> QSize:
        """Low: the form gives it all the room that is left, and only one of the two scrolls."""
        return QSize(theme().px(560), theme().px(_LEAST))

    def minimumSizeHint(self) -> QSize:
        return QSize(200, theme().px(_LEAST))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_marks"):
            self._marks.rehighlight()


class _BlankMarks(QSyntaxHighlighter):
    """Gives blanks a ground of their own and heavier letters."""

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)

    def highlightBlock(self, text: str) -> None:
        found = blanks_in(text)
        if not found:
            return
        look = QTextCharFormat()
        look.setBackground(theme().colour("warning_soft"))
        look.setForeground(theme().colour("warning"))
        look.setFontWeight(QFont.Weight.DemiBold)
        for begin, end, _label in found:
            start = _units(text, begin)
            self.setFormat(start, _units(text, end) - start, look)


def _units(text: str, place: int) -> int:
    """A place in a text as Qt counts it."""
    return len(text[:place].encode("utf-16-le", "surrogatepass")) // 2
