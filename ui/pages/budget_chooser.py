"""The small panel that chooses a month: twelve buttons, and the years beside their heading."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QPoint, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QGridLayout, QHBoxLayout, QSizePolicy, QWidget

from tracker.dates import FIRST_YEAR, LAST_YEAR, MONTH_NAMES, add_months, first_of, month_text
from ui.theme import theme
from ui.widgets.buttons import IconButton, LinkButton
from ui.widgets.focus import RingMixin
from ui.widgets.label import Label
from ui.widgets.paint import paint_ring
from ui.widgets.popover import Popover

_ACROSS = 3
_STEPS = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Up: -_ACROSS,
    Qt.Key.Key_Down: _ACROSS,
    Qt.Key.Key_PageUp: -12,
    Qt.Key.Key_PageDown: 12,
}


class _MonthButton(RingMixin, QAbstractButton):
    """One month: filled when it is the one shown, in the accent colour when it is today's."""

    def __init__(self, number: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.number = number
        self.is_shown = self.is_now = False
        self.setText(MONTH_NAMES[number - 1][:3])
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def mark(self, *, shown: bool, now: bool, words: str) -> None:
        self.is_shown, self.is_now = shown, now
        self.setAccessibleName(words)
        self.update()

    def sizeHint(self) -> QSize:
        look = theme()
        metrics = QFontMetrics(look.font("bold"))
        return QSize(metrics.horizontalAdvance("Mmm") + look.px(30), metrics.height() + look.px(12))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if Qt.Key(event.key()) in _STEPS:
            event.ignore()  # the chooser moves by months; a button would move by neighbours
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = "accent" if self.is_shown else "hover" if self.underMouse() else "card"
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour(ground))
        painter.drawRoundedRect(self.rect(), 6, 6)
        painter.setPen(look.colour("on_accent" if self.is_shown else "accent" if self.is_now else "text"))
        painter.setFont(look.font("bold" if self.is_shown or self.is_now else "base"))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.text())
        if self.has_ring:
            paint_ring(painter, self.rect(), 6, look.colour("text" if self.is_shown else "accent"))


class MonthChooser(Popover):
    """Arrow keys move by month, Page Up and Down by year, Enter chooses, Esc leaves."""

    chosen = Signal(object)  # date

    def __init__(self, anchor: QWidget) -> None:
        super().__init__(anchor.window())
        self._anchor = anchor
        self._month = date(2000, 1, 1)
        self._today = date(2000, 1, 1)
        self._shown_year = 2000
        self.setAccessibleName("Choose a month")
        top = QHBoxLayout()
        self._earlier = IconButton("chevron-left", "Previous year", bare=True)
        self._later = IconButton("chevron-right", "Next year", bare=True)
        self._year = Label("", "card_title")
        self._year.setAlignment(Qt.AlignmentFlag.AlignCenter)
        top.addWidget(self._earlier)
        top.addWidget(self._year, 1)
        top.addWidget(self._later)
        self.inside.addLayout(top)
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(4)
        self.months: list[_MonthButton] = []
        for place in range(12):
            button = _MonthButton(place + 1)
            button.clicked.connect(self._on_month)
            grid.addWidget(button, place // _ACROSS, place % _ACROSS)
            self.months.append(button)
        self.inside.addLayout(grid)
        self._this_month = LinkButton("This month")
        self._this_month.clicked.connect(self._on_this_month)
        self.inside.addWidget(self._this_month, 0, Qt.AlignmentFlag.AlignHCenter)
        self._earlier.clicked.connect(self._on_year_before)
        self._later.clicked.connect(self._on_year_after)

    def open_at(self, month: date, today: date) -> None:
        """Show the year of a month, the month marked and under the keyboard."""
        self._month, self._today = first_of(month), first_of(today)
        self._show_year(month.year)
        self.open_over()
        self._focus_month(month.month)

    def place(self) -> None:
        size = self.sizeHint().expandedTo(QSize(theme().px(250), 0))
        at = self._anchor.mapTo(self._window, QPoint(0, self._anchor.height() + 4))
        left = min(max(8, at.x()), max(8, self._window.width() - size.width() - 8))
        top = min(at.y(), max(8, self._window.height() - size.height() - 8))
        self.setGeometry(left, top, size.width(), size.height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _STEPS.get(Qt.Key(event.key()))
        focused = next((place for place, button in enumerate(self.months) if button.hasFocus()), None)
        if step is None or focused is None:
            super().keyPressEvent(event)
            return
        here = date(self._shown_year, focused + 1, 1)
        there = add_months(here, step)
        if FIRST_YEAR <= there.year <= LAST_YEAR:
            self._show_year(there.year)
            self._focus_month(there.month)

    # ours ----------------------------------------------------------------------------

    def _show_year(self, year: int) -> None:
        self._shown_year = year
        self._year.setText(str(year))
        self._earlier.setEnabled(year > FIRST_YEAR)
        self._later.setEnabled(year < LAST_YEAR)
        for place, button in enumerate(self.months):
            month = date(year, place + 1, 1)
            shown, now = month == self._month, month == self._today
            said = [month_text(month), *(["shown"] if shown else []), *(["this month"] if now else [])]
            button.mark(shown=shown, now=now, words=", ".join(said))

    def _focus_month(self, number: int) -> None:
        self.months[number - 1].setFocus(Qt.FocusReason.OtherFocusReason)

    def _choose(self, month: date) -> None:
        self.close_over()
        self.chosen.emit(month)

    @Slot()
    def _on_month(self) -> None:
        sender = self.sender()
        if isinstance(sender, _MonthButton):
            self._choose(date(self._shown_year, sender.number, 1))

    @Slot()
    def _on_this_month(self) -> None:
        self._choose(self._today)

    @Slot()
    def _on_year_before(self) -> None:
        self._show_year(self._shown_year - 1)

    @Slot()
    def _on_year_after(self) -> None:
        self._show_year(self._shown_year + 1)
