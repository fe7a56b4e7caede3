"""A question that is answered yes, no, or not at all yet."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from ui.widgets.buttons import Segmented

_KEYS = {True: "yes", False: "no", None: "open"}
_ANSWERS = {key: answer for answer, key in _KEYS.items()}


class YesNo(Segmented):
    """`answered` carries True, False or None, from the person only. Arrow keys move between answers."""

    answered = Signal(object)

    def __init__(self, question: str, parent: QWidget | None = None) -> None:
        super().__init__((("yes", "Yes"), ("no", "No"), ("open", "Not known")), question, parent)
        self.choose("open")
        self.changed.connect(self._on_changed)

    def answer(self) -> bool | None:
        """What is chosen."""
        return _ANSWERS[self.key()]

    def show_answer(self, answer: bool | None) -> None:
        """Show an answer without telling anybody."""
        self.choose(_KEYS[answer])

    @Slot(str)
    def _on_changed(self, key: str) -> None:
        self.answered.emit(_ANSWERS[key])
