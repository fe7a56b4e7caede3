"""What all fields share: being marked as invalid with a sentence, and keeping what was typed."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QLineEdit, QWidget

from tracker.errors import UserProblem


def mark(widget: QWidget, sentence: str) -> None:
    """Give a field the look of an invalid one and tell screen readers why; empty takes it back."""
    if widget.property("invalid") != bool(sentence):
        widget.setProperty("invalid", bool(sentence))
        widget.style().unpolish(widget)
        widget.style().polish(widget)
    widget.setAccessibleDescription(sentence)


class ParsedEdit(QLineEdit):
    """A line of text that means something: read when left, kept and explained when unreadable.

    `edited` comes only from the person. `complained` carries the sentence to show beside the field,
    or an empty text when there is nothing to complain about any more; a Form shows it.
    """

    edited = Signal()
    complained = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.textEdited.connect(self._on_text_edited)
        self.editingFinished.connect(self.tidy)

    @property
    def invalid(self) -> bool:
        return bool(self.property("invalid"))

    def complain(self, problem: UserProblem | None) -> None:
        """Mark the field (or, with None, take the mark back)."""
        sentence = str(problem) if problem else ""
        mark(self, sentence)
        self.complained.emit(sentence)

    @Slot()
    def tidy(self) -> None:
        """Read what was typed and write it the way the program does; complain if it cannot be read."""
        if not self.text().strip():
            self.complain(None)
            return
        try:
            self._rewrite()
        except UserProblem as problem:
            self.complain(problem)
        else:
            self.complain(None)

    def _rewrite(self) -> None:
        """Put the tidy form of what was typed; raise UserProblem where it means nothing."""
        raise NotImplementedError

    @Slot()
    def _on_text_edited(self) -> None:
        if self.invalid:
            self.complain(None)
        self.edited.emit()
