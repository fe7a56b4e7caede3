"""The annual checklist on the Year in review page: questions, three years, a comment and a tick."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QCheckBox, QGridLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from tracker.facts import ReviewNote
from tracker.reports.year_review import ChecklistItem
from ui.theme import theme
from ui.widgets.card import Card
from ui.widgets.fact_list import breakable
from ui.widgets.label import Label

_COLUMNS = (5, 2, 2, 2, 4)
_NARROW_COLUMNS = (5, 2, 2, 2, 0)
"""How the question, three years and the comment share the width."""
_NARROW = 620
"""Pixels at 100 % text below which the comment goes below the question."""


class ChecklistRow(QWidget):
    """One question. `changed` carries the note as the person has just made it."""

    changed = Signal(object)

    def __init__(self, item: ChecklistItem, *, is_first: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.key = item.key
        self._is_first = is_first
        self._year = 0
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.done = QCheckBox()
        self.done.setAccessibleName(f"{item.title}: settled")
        self.done.setToolTip("Settled")
        self.comment = QLineEdit()
        self.comment.setPlaceholderText("Your comment")
        self.comment.setAccessibleName(f"{item.title}: your comment")
        self._years = [_YearWords() for _ in range(3)]
        question = _cell()
        words = QGridLayout(question)
        words.setContentsMargins(0, 0, 0, 0)
        words.setHorizontalSpacing(8)
        words.setVerticalSpacing(1)
        words.setColumnStretch(1, 1)
        words.setRowStretch(2, 1)
        words.addWidget(self.done, 0, 0, Qt.AlignmentFlag.AlignTop)
        words.addWidget(Label(item.title, "bold", wrap=True), 0, 1)
        words.addWidget(Label(item.question, "caption", wrap=True), 1, 1)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 2 if is_first else 9, 0, 8)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(6)
        self._grid.addWidget(question, 0, 0)
        for place, year in enumerate(self._years, start=1):
            self._grid.addWidget(year, 0, place)
        self._holder = _at_top(self.comment)
        self._is_narrow: bool | None = None
        self._arrange(is_narrow=False)
        self.done.clicked.connect(self._on_clicked)
        self.comment.editingFinished.connect(self._on_edited)

    def show_item(self, item: ChecklistItem, year: int) -> None:
        """Show a year's facts and note; a comment that is being typed stays."""
        is_same_year = year == self._year
        self._year = year
        texts = (item.last_year, item.this_year, item.next_year)
        for place, (words, text) in enumerate(zip(self._years, texts, strict=True)):
            words.show_year(year - 1 + place, text)
        self.show_note(item.note, keep_typing=is_same_year)

    def show_note(self, note: ReviewNote | None, *, keep_typing: bool = True) -> None:
        """Show what is stored."""
        self.done.setChecked(bool(note and note.done))
        if not (keep_typing and self.comment.isModified()):
            self.comment.setText(" ".join(note.comment.split()) if note else "")
            self.comment.setCursorPosition(0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange(is_narrow=self.width() < theme().px(_NARROW))

    def _arrange(self, *, is_narrow: bool) -> None:
        """The comment beside the rest, or below it where there is little room."""
        if is_narrow == self._is_narrow:
            return
        self._is_narrow = is_narrow
        for place, stretch in enumerate(_NARROW_COLUMNS if is_narrow else _COLUMNS):
            self._grid.setColumnStretch(place, stretch)
        if is_narrow:
            self._grid.addWidget(self._holder, 1, 0, 1, 4)
        else:
            self._grid.addWidget(self._holder, 0, 4)

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._is_first:
            painter = QPainter(self)
            painter.fillRect(QRect(0, 0, self.width(), 1), theme().colour("hairline"))

    @Slot()
    def _on_clicked(self) -> None:
        self._tell()

    @Slot()
    def _on_edited(self) -> None:
        if self.comment.isModified():
            self._tell()

    def _tell(self) -> None:
        self.comment.setModified(False)
        self.changed.emit(
            ReviewNote(
                year=self._year,
                item=self.key,
                comment=self.comment.text(),
                done=self.done.isChecked(),
            )
        )


class _YearWords(QWidget):
    """A year and what was known of it, small; nothing where nothing is."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(_cell_policy())
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(1)
        self._year = Label("", "caption")
        self._words = Label("", wrap=True)
        rows.addWidget(self._year)
        rows.addWidget(self._words)
        rows.addStretch(1)

    def show_year(self, year: int, words: str) -> None:
        self._year.setText(str(year) if words else "")
        self._words.setText(breakable(words))


def _at_top(widget: QWidget) -> QWidget:
    """A field that keeps its height where its neighbours are higher."""
    holder = _cell()
    rows = QVBoxLayout(holder)
    rows.setContentsMargins(0, 0, 0, 0)
    rows.addWidget(widget)
    rows.addStretch(1)
    return holder


def _cell() -> QWidget:
    cell = QWidget()
    cell.setSizePolicy(_cell_policy())
    return cell


def _cell_policy() -> QSizePolicy:
    """As wide as the column, whatever is in it, so that the columns of all rows line up."""
    return QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)


class ChecklistCard(Card):
    """All questions in order. `changed` carries a note to store."""

    changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Checklist", parent=parent)
        self.rows: dict[str, ChecklistRow] = {}
        self.body.setSpacing(0)

    def show_items(self, items: tuple[ChecklistItem, ...], year: int) -> None:
        """Show a year's checklist; the rows stay the same widgets, so the focus stays where it is."""
        self.set_title(f"Checklist for {year + 1}")
        for item in items:
            if item.key not in self.rows:
                self._add(item)
            self.rows[item.key].show_item(item, year)
        self._count()

    def show_notes(self, notes: dict[str, ReviewNote]) -> None:
        """Show notes that were changed elsewhere: by undo, for instance."""
        for key, row in self.rows.items():
            row.show_note(notes.get(key))
        self._count()

    def _add(self, item: ChecklistItem) -> None:
        row = ChecklistRow(item, is_first=not self.rows)
        row.changed.connect(self._on_changed)
        self.rows[item.key] = row
        self.body.addWidget(row)

    @Slot(object)
    def _on_changed(self, note: ReviewNote) -> None:
        self._count()
        self.changed.emit(note)

    def _count(self) -> None:
        settled = sum(row.done.isChecked() for row in self.rows.values())
        self.set_note(f"{settled} of {len(self.rows)} settled")
