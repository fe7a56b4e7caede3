"""The months of a year side by side, each with a word and its tone; one is chosen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QSizePolicy, QWidget

from ui.theme import theme
from ui.widgets.columns import Columns
from ui.widgets.focus import RingMixin
from ui.widgets.paint import PILL_TONES, paint_ring


@dataclass(frozen=True, slots=True)
class MonthWord:
    """A month by its short name, its word, its tone, and the whole name for a screen reader."""

    short: str
    word: str
    tone: str
    name: str


class _MonthCell(RingMixin, QAbstractButton):
    """One month; the chosen one has a line around it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._shown = MonthWord("", "", "quiet", "")

    def show_word(self, shown: MonthWord) -> None:
        self._shown = shown
        self.setAccessibleName(f"{shown.name}: {shown.word}")
        self.setToolTip(f"{shown.name}: {shown.word}")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        look = theme()
        bold, caption = QFontMetrics(look.font("bold")), QFontMetrics(look.font("caption_bold"))
        words = (bold.horizontalAdvance(self._shown.short), caption.horizontalAdvance(self._shown.word))
        return QSize(max(words) + look.px(14), bold.height() + caption.height() + look.px(12))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ink, ground = PILL_TONES.get(self._shown.tone, PILL_TONES["quiet"])
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.setBrush(look.colour(ground))
        chosen = self.isChecked()
        painter.setPen(QPen(look.colour(ink), 1.6) if chosen else Qt.PenStyle.NoPen)
        painter.drawRoundedRect(box, 6, 6)
        bold, caption = look.font("bold" if chosen else "base"), look.font("caption_bold")
        first = QFontMetrics(bold).height()
        top = (self.height() - first - QFontMetrics(caption).height()) // 2
        painter.setPen(look.colour("text"))
        painter.setFont(bold)
        middle = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop
        painter.drawText(QRect(0, top, self.width(), first), middle, self._shown.short)
        painter.setPen(look.colour(ink))
        painter.setFont(caption)
        painter.drawText(QRect(0, top + first, self.width(), self.height()), middle, self._shown.word)
        if self.has_ring:
            paint_ring(painter, self.rect(), 6)


class MonthStrip(QWidget):
    """Twelve cells, or two rows of six where there is less room. `chosen` (0 to 11) by the person only;
    arrow keys move, Tab stops once."""

    chosen = Signal(int)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._group = QButtonGroup(self)
        row = Columns(self, gap=4)
        for place in range(12):
            cell = _MonthCell(self)
            self._group.addButton(cell, place)
            row.add(cell)
        self._told = 0
        self._group.idClicked.connect(self._on_clicked)
        self.choose(0)

    def month(self) -> int:
        """The chosen month, 0 for January."""
        return self._group.checkedId()

    def choose(self, place: int) -> None:
        """Show another month without telling anybody."""
        chosen = self._group.button(place)
        chosen.setChecked(True)
        for cell in self._group.buttons():
            stop = cell is chosen
            cell.setFocusPolicy(Qt.FocusPolicy.StrongFocus if stop else Qt.FocusPolicy.ClickFocus)
        self._told = place

    def show_words(self, months: Sequence[MonthWord]) -> None:
        """Show twelve months from January."""
        for place, shown in enumerate(months):
            cell = self._group.button(place)
            if isinstance(cell, _MonthCell):
                cell.show_word(shown)

    def cell(self, place: int) -> QAbstractButton:
        """The cell of a month, 0 for January."""
        return self._group.button(place)

    @Slot(int)
    def _on_clicked(self, place: int) -> None:
        if place != self._told:
            self.choose(place)
            self.chosen.emit(place)
