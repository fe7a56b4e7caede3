"""Cards: the white surfaces with a hairline on which everything stands."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ui.theme import CARD_PADDING
from ui.widgets.label import Label

TABLE_INSET = 8
"""A table reaches this far beyond the card's text on both sides, so that the text of its cells,
which has the same distance from the cell's edge, lines up with the card's title."""


class Card(QFrame):
    """A surface with an optional title, a quiet note at the right, and a `body` to fill."""

    def __init__(self, title: str = "", note: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._whole = QVBoxLayout(self)
        self._whole.setContentsMargins(0, CARD_PADDING - 2, 0, CARD_PADDING)
        self._whole.setSpacing(8)
        self._title = Label(title, "card_title", wrap=True)
        self._note = Label(note, "caption")
        self._subtitle = Label("", "caption", wrap=True)
        self._header = QHBoxLayout()
        self._header.setContentsMargins(CARD_PADDING, 0, CARD_PADDING, 0)
        self._header.setSpacing(10)
        self._header.addWidget(self._title, 1)
        self._header.addWidget(self._note, 0, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._whole.addLayout(self._header)
        below = QHBoxLayout()
        below.setContentsMargins(CARD_PADDING, 0, CARD_PADDING, 0)
        below.addWidget(self._subtitle)
        self._whole.addLayout(below)
        self._subtitle.hide()
        self.body = QVBoxLayout()
        self.body.setContentsMargins(CARD_PADDING, 0, CARD_PADDING, 0)
        self.body.setSpacing(8)
        self._whole.addLayout(self.body, 1)
        self.set_title(title)
        self.set_note(note)

    def set_title(self, title: str) -> None:
        self._title.setText(title)
        self._title.setVisible(bool(title))
        if title:
            self.setAccessibleName(title)

    def set_subtitle(self, text: str) -> None:
        """A quiet sentence under the title."""
        self._subtitle.setText(text)
        self._subtitle.setVisible(bool(text))

    def set_note(self, text: str) -> None:
        """The quiet words at the right of the title."""
        self._note.setText(text)
        self._note.setVisible(bool(text))

    def add_header_widget(self, widget: QWidget) -> None:
        """Something at the right of the title: a button, a pill, a segmented control."""
        self._header.addWidget(widget, 0, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)

    def add_table(self, table: QWidget, stretch: int = 0) -> None:
        """Add a table so that the text of its cells lines up with the title."""
        row = QHBoxLayout()
        side = CARD_PADDING - TABLE_INSET
        row.setContentsMargins(side - CARD_PADDING, 0, side - CARD_PADDING, 0)
        row.addWidget(table)
        self.body.addLayout(row, stretch)
