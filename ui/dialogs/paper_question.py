"""A question a form asks about a paper that looks known, with its answers as buttons below."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from ui.widgets.banner import Banner
from ui.widgets.buttons import PlainButton
from ui.widgets.columns import Flow


class PaperQuestion(QWidget):
    """Hidden until asked. `answered` carries the key of the answer; asking the same again shows nothing."""

    answered = Signal(str)
    resized = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.banner = Banner()
        self._holder = QWidget()
        self._holder.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._row = Flow(self._holder, gap=8)
        self.buttons: dict[str, PlainButton] = {}
        self._settled: set[object] = set()
        self._about: object = None
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(6)
        whole.addWidget(self.banner)
        whole.addWidget(self._holder)
        self.hide()

    @property
    def open(self) -> bool:
        """Whether it waits for an answer."""
        return not self.isHidden()

    def ask(
        self, about: object, words: str, answers: Sequence[tuple[str, str]], tone: str = "warning"
    ) -> None:
        """Show a question; `about` is what it is about: once answered it is not asked again."""
        if about in self._settled:
            self.take_back()
            return
        if self.open and about == self._about and words == self.banner.text():
            return
        self._about = about
        self.banner.say(words, tone, closable=False)
        if [*self.buttons] != [key for key, _ in answers]:
            self._make(answers)
        self.show()
        self.resized.emit()

    def take_back(self) -> None:
        """There is nothing to ask any more."""
        if self.open:
            self.hide()
            self.resized.emit()

    def remind(self) -> None:
        """Put the keyboard on the first answer."""
        next(iter(self.buttons.values())).setFocus(Qt.FocusReason.OtherFocusReason)

    def settle(self) -> None:
        """It is answered: do not ask about this again."""
        self._settled.add(self._about)
        self.take_back()

    def _make(self, answers: Sequence[tuple[str, str]]) -> None:
        for old in self.buttons.values():
            self._row.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.buttons = {}
        for key, words in answers:
            button = PlainButton(words, parent=self._holder)
            button.setProperty("answer", key)
            button.clicked.connect(self._on_clicked)
            self._row.addWidget(button)
            self.buttons[key] = button

    @Slot()
    def _on_clicked(self) -> None:
        key = str(self.sender().property("answer"))
        self.settle()
        self.answered.emit(key)
