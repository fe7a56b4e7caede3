"""Cards: the white surfaces with a hairline on which everything stands."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLayout, QSizePolicy, QSpacerItem, QVBoxLayout, QWidget

from ui.theme import CARD_PADDING, theme
from ui.widgets.label import Label

TABLE_INSET = 8
"""A table reaches this far beyond the card's text on both sides, so that the text of its cells,
which has the same distance from the cell's edge, lines up with the card's title."""

LONG_NOTE = 48
"""Characters of a note that always fit on a line beside a title."""


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
        self._end = QSpacerItem(0, 0, QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Expanding)
        self._whole.addItem(self._end)
        self._sections: list[QLayout] = []
        self._tables: list[QWidget] = []
        self.body = self._new_section()
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
        """The quiet words at the right of the title; long ones wrap instead of widening the page."""
        self._note.setWordWrap(len(text) > LONG_NOTE)
        self._note.setText(text)
        self._note.setVisible(bool(text))

    def add_header_widget(self, widget: QWidget) -> None:
        """Something at the right of the title: a button, a pill, a segmented control."""
        self._header.addWidget(widget, 0, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)

    def add_table(self, table: QWidget) -> None:
        """Add a table so that the text of its cells lines up with the title.

        What is added to `body` afterwards stands below the table.
        """
        row = QVBoxLayout()
        side = CARD_PADDING - TABLE_INSET
        row.setContentsMargins(side, 0, side, 0)
        row.addWidget(table)
        self._tables.append(table)
        self._add_section(row)
        self.body = self._new_section()

    def least_width(self) -> int:
        """The width below which a row of cards breaks: about thirty letters, or what a table needs."""
        asks = [getattr(table, "least_width", None) for table in self._tables if not table.isHidden()]
        needs = [int(ask()) + 2 * (CARD_PADDING - TABLE_INSET + 1) for ask in asks if ask is not None]
        return max(theme().px(230), *needs, 0)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self._share_height()
        return super().event(event)

    def _new_section(self) -> QVBoxLayout:
        body = QVBoxLayout()
        body.setContentsMargins(CARD_PADDING, 0, CARD_PADDING, 0)
        body.setSpacing(8)
        self._add_section(body)
        return body

    def _add_section(self, section: QLayout) -> None:
        self._whole.insertLayout(self._whole.count() - 1, section)
        self._sections.append(section)

    def _share_height(self) -> None:
        """Height beyond the contents goes to what can use it (a chart), else below everything."""
        growing = [bool(part.expandingDirections() & Qt.Orientation.Vertical) for part in self._sections]
        for part, grows in zip(self._sections, growing, strict=True):
            place = self._whole.indexOf(part)
            if self._whole.stretch(place) != int(grows):
                self._whole.setStretch(place, int(grows))
        last = self._whole.count() - 1
        if self._whole.stretch(last) != int(not any(growing)):
            self._whole.setStretch(last, int(not any(growing)))
