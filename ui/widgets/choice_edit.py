"""Fields that choose one of something: a long list searched by typing, or a short fixed one."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRect, QStringListModel, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QCompleter, QLineEdit, QListView, QSizePolicy, QWidget

from tracker.errors import UserProblem
from ui import icons
from ui.theme import theme
from ui.widgets.field import mark

_LONGEST = 260
"""The longest option, in pixels at 100 % text, that a form makes room for."""


class _Combo(QComboBox):
    """A combo box that is not turned by the mouse wheel and draws the program's chevron."""

    complained = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(10)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMaxVisibleItems(12)
        view = QListView(self)
        view.setUniformItemSizes(True)  # thousands of rows open at once
        view.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setView(view)

    def complain(self, problem: UserProblem | None) -> None:
        sentence = str(problem) if problem else ""
        mark(self, sentence)
        self.complained.emit(sentence)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()  # scrolls the page, as the person meant

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        side = theme().px(12)
        box = QRect(self.width() - side - theme().px(9), (self.height() - side) // 2, side, side)
        icons.paint(QPainter(self), "chevron-down", "quiet" if self.isEnabled() else "faint", box)


class ChoiceEdit(_Combo):
    """One of many named things, found by typing any part of the name.

    `edited` comes from the person only, for every keystroke and every pick. With `allow_new` a text
    that names nothing in the list is fine: `chosen_id()` is None and `text()` is the new name.
    """

    edited = Signal()

    def __init__(
        self,
        items: Sequence[tuple[int, str]] = (),
        *,
        allow_new: bool = False,
        placeholder: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._allow_new = allow_new
        self._ids: list[int] = []
        self._texts: list[str] = []
        self._names = QStringListModel(self)
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setModel(self._names)
        completer = QCompleter(self._names, self)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setMaxVisibleItems(10)
        self._completions = QListView()
        self._completions.setObjectName("completions")
        self._completions.setUniformItemSizes(True)
        completer.setPopup(self._completions)
        line = QLineEdit(self)
        line.setPlaceholderText(placeholder)
        line.textEdited.connect(self._on_edited)
        line.editingFinished.connect(self._on_left)
        self.setLineEdit(line)
        self.setCompleter(completer)
        self.activated.connect(self._on_edited)
        self.set_items(items)

    def set_items(self, items: Sequence[tuple[int, str]]) -> None:
        """What can be chosen; what is typed stays."""
        kept = self.text()
        self._ids = [number for number, _text in items]
        self._texts = [text for _number, text in items]
        self._names.setStringList(self._texts)
        self.setCurrentIndex(self._texts.index(kept) if kept in self._texts else -1)
        self.setEditText(kept)

    def text(self) -> str:
        return self.currentText().strip()

    def chosen_id(self) -> int | None:
        """The id of what is named, None for nothing or something new.

        Raises UserProblem for a name that is not in the list, unless new ones are allowed.
        """
        typed = self.text()
        if not typed:
            return None
        place = self._place_of(typed)
        if place is None and not self._allow_new:
            problem = UserProblem(
                f"\u201c{typed}\u201d is not in the list.",
                "Choose one that is.",
                field=self.objectName() or None,
            )
            self.complain(problem)
            raise problem
        return None if place is None else self._ids[place]

    def choose(self, item_id: int | None) -> None:
        """Show one of the items without telling anybody; None empties the field."""
        place = self._ids.index(item_id) if item_id in self._ids else -1
        self.setCurrentIndex(place)
        self.setEditText(self._texts[place] if place >= 0 else "")
        self._show_beginning()
        self.complain(None)

    def set_text(self, text: str) -> None:
        """Show a name, in the list or new, without telling anybody."""
        place = self._place_of(text)
        self.setCurrentIndex(-1 if place is None else place)
        self.setEditText(text)
        self._show_beginning()
        self.complain(None)

    def _show_beginning(self) -> None:
        line = self.lineEdit()
        if line is not None:
            line.setCursorPosition(0)

    def _place_of(self, typed: str) -> int | None:
        # Two people may have one name: the row that was picked wins over the first of that name.
        picked = self.currentIndex()
        if 0 <= picked < len(self._texts) and self._texts[picked] == typed:
            return picked
        wanted = typed.casefold()
        return next((n for n, text in enumerate(self._texts) if text.casefold() == wanted), None)

    @Slot()
    def _on_edited(self) -> None:
        self.complain(None)
        self.edited.emit()

    @Slot()
    def _on_left(self) -> None:
        if self._completions.isVisible():
            return
        try:
            self.chosen_id()
        except UserProblem:
            return
        place = self._place_of(self.text()) if self.text() else None
        if place is not None:
            self.setCurrentIndex(place)
            self.setEditText(self._texts[place])


class OptionEdit(_Combo):
    """One of a few fixed options, by key. `edited` comes from the person only."""

    edited = Signal()

    def __init__(self, options: Sequence[tuple[str, str]] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.set_options(options)
        self.activated.connect(self._on_activated)

    def set_options(self, options: Sequence[tuple[str, str]]) -> None:
        """Replace the options (key, words); the same key stays chosen where it still exists."""
        kept = self.key() if self.count() else ""
        self.clear()
        for key, words in options:
            self.addItem(words, key)
        self.choose(kept)

    def key(self) -> str:
        return str(self.currentData() or "")

    def choose(self, key: str) -> None:
        """Show an option without telling anybody; an unknown key shows the first."""
        self.setCurrentIndex(max(0, self.findData(key)))

    def least_width(self) -> int:
        """Room for the longest option, up to a limit, and for the chevron."""
        metrics = self.fontMetrics()
        longest = max((metrics.horizontalAdvance(self.itemText(n)) for n in range(self.count())), default=0)
        return min(longest, theme().px(_LONGEST)) + theme().px(11 + 22)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.updateGeometry()

    @Slot()
    def _on_activated(self) -> None:
        self.complain(None)
        self.edited.emit()
