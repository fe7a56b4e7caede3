"""A field for a day: typed in the usual ways, stepped with the arrow keys, or picked."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtCore import QDate, QPoint, Qt, Slot
from PySide6.QtGui import QKeyEvent, QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QFrame, QToolButton, QVBoxLayout, QWidget

from tracker.dates import FIRST_YEAR, LAST_YEAR, add_months, day_text, parse_day
from tracker.errors import UserProblem
from ui import icons
from ui.theme import theme
from ui.widgets.field import ParsedEdit
from ui.widgets.screen_room import screen_room
from ui.widgets.side_icon import SideIcon

_STEPS = {
    Qt.Key.Key_Up: (1, 0),
    Qt.Key.Key_Down: (-1, 0),
    Qt.Key.Key_PageUp: (0, 1),
    Qt.Key.Key_PageDown: (0, -1),
}


class DayEdit(ParsedEdit):
    """Shows `Nov 22, 2026`. Up and Down change the day, Page Up and Page Down the month."""

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today = today
        self._popup: _CalendarPopup | None = None
        self.setPlaceholderText("Month day, year")
        self.pick_button = SideIcon(self, "calendar", "Pick a day (Alt+Down)")
        self.pick_button.clicked.connect(self.show_calendar)

    def day(self) -> date:
        """The day; raises UserProblem when there is none or it cannot be read."""
        try:
            return parse_day(self.text(), today=self._today, field=self.objectName() or None)
        except UserProblem as problem:
            self.complain(problem)
            raise

    def day_or_none(self) -> date | None:
        """The day, or None for an empty field; raises UserProblem when it cannot be read."""
        return self.day() if self.text().strip() else None

    def set_day(self, day: date | None) -> None:
        """Show a day without telling anybody."""
        self.setText("" if day is None else day_text(day))
        self.setCursorPosition(0)
        self.complain(None)

    @Slot()
    def show_calendar(self) -> None:
        """Open the month under the field."""
        if self._popup is None:
            self._popup = _CalendarPopup(self)
            self._popup.calendar.clicked.connect(self._on_picked)
            self._popup.calendar.activated.connect(self._on_picked)
        self._popup.open_at(self, self._readable() or self._today)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Down and event.modifiers() == Qt.KeyboardModifier.AltModifier:
            self.show_calendar()
        elif (
            key in _STEPS and event.modifiers() == Qt.KeyboardModifier.NoModifier and not self.isReadOnly()
        ):
            self._step(*_STEPS[key])
        else:
            super().keyPressEvent(event)

    def _step(self, days: int, months: int) -> None:
        start = self._readable()
        moved = self._today if start is None else add_months(start + timedelta(days=days), months)
        if FIRST_YEAR <= moved.year <= LAST_YEAR:
            self._take(moved)

    def _readable(self) -> date | None:
        try:
            return parse_day(self.text(), today=self._today)
        except UserProblem:
            return None

    def _take(self, day: date) -> None:
        """A day chosen by the person without typing."""
        self.set_day(day)
        self.edited.emit()

    @Slot(QDate)
    def _on_picked(self, picked: QDate) -> None:
        if self._popup is not None:
            self._popup.close()
        self._take(date(picked.year(), picked.month(), picked.day()))
        self.setFocus()

    def _rewrite(self) -> None:
        shown = day_text(parse_day(self.text(), today=self._today))
        if shown != self.text():
            self.setText(shown)


class _CalendarPopup(QFrame):
    """A month that closes when a day is picked, on Esc, and on a click elsewhere."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.calendar = QCalendarWidget()
        self.calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        self.calendar.setFirstDayOfWeek(Qt.DayOfWeek.Sunday)
        self.calendar.setMinimumDate(QDate(FIRST_YEAR, 1, 1))
        self.calendar.setMaximumDate(QDate(LAST_YEAR, 12, 31))
        inside = QVBoxLayout(self)
        inside.setContentsMargins(6, 6, 6, 6)
        inside.addWidget(self.calendar)

    def open_at(self, field: QWidget, day: date) -> None:
        self._colour()
        self.calendar.setSelectedDate(QDate(day.year, day.month, day.day))
        self.adjustSize()
        place = field.mapToGlobal(QPoint(0, field.height() + 2))
        screen = screen_room(field)
        place.setX(max(screen.left(), min(place.x(), screen.right() - self.width())))
        if place.y() + self.height() > screen.bottom():
            place.setY(field.mapToGlobal(QPoint(0, 0)).y() - self.height() - 2)
        self.move(place)
        self.show()
        self.calendar.setFocus()

    def _colour(self) -> None:
        """Weekends like other days: red would say that something is wrong."""
        look = theme()
        plain, heading = QTextCharFormat(), QTextCharFormat()
        plain.setForeground(look.colour("text"))
        heading.setBackground(look.colour("card"))
        for day in Qt.DayOfWeek:
            self.calendar.setWeekdayTextFormat(day, plain)
        self.calendar.setHeaderTextFormat(heading)
        for name, icon in (("prevmonth", "chevron-left"), ("nextmonth", "chevron-right")):
            button = self.calendar.findChild(QToolButton, f"qt_calendar_{name}")
            if button is not None:
                button.setIcon(icons.icon(icon, "quiet"))
