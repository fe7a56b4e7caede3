"""Who a plan covers: a box for each person, and a line for somebody not entered yet."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from tracker.facts import Person
from ui.models.coverage_words import short
from ui.widgets.columns import Flow

_LONGEST = 40


class PeopleChecks(QWidget):
    """`edited` comes from the person at the keyboard only."""

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(6)
        self._line = QWidget()
        self._line.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._flow: Flow = Flow(self._line, gap=14)
        whole.addWidget(self._line)
        self.new_name = QLineEdit()
        self.new_name.setPlaceholderText("Somebody else, by name")
        self.new_name.setAccessibleName("Somebody else who is covered, by name")
        self.new_name.textEdited.connect(self._on_edited)
        whole.addWidget(self.new_name)
        self.boxes: dict[int, QCheckBox] = {}

    def show_people(self, people: Sequence[Person], covered: Sequence[int]) -> None:
        """A box for each, ticked for those who are covered."""
        for box in self.boxes.values():
            self._flow.removeWidget(box)
            box.deleteLater()
        self.boxes = {}
        for person in people:
            box = QCheckBox(short(person.name, _LONGEST).replace("&", "&&"))
            box.setToolTip(person.name)
            box.setAccessibleName(person.name)
            box.setChecked(person.id in covered)
            box.clicked.connect(self._on_edited)
            self._flow.addWidget(box)
            self.boxes[person.id or 0] = box
        self._line.setVisible(bool(people))
        if not people:
            self.new_name.setPlaceholderText("Your name")
        first = next(iter(self.boxes.values()), self.new_name)
        self.setFocusProxy(first)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def chosen(self) -> tuple[int, ...]:
        """The ids of those who are ticked, in the household's order."""
        return tuple(person_id for person_id, box in self.boxes.items() if box.isChecked())

    def newcomer(self) -> str:
        """The name of somebody not in the household yet; empty where there is none."""
        return " ".join(self.new_name.text().split())

    def count(self) -> int:
        """How many people the plan would cover."""
        return len(self.chosen()) + bool(self.newcomer())

    @Slot()
    def _on_edited(self) -> None:
        self.edited.emit()
