"""Where the keyboard is: a ring that stays away for the mouse, and the way of the Tab key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QGridLayout, QLayout, QScrollArea, QWidget

_BY_KEYBOARD = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
    Qt.FocusReason.OtherFocusReason,
)


# At run time the mixin must not be a Qt class: a class with two Qt bases would be made as the first.
if TYPE_CHECKING:
    _Base = QWidget
else:
    _Base = object


class RingMixin(_Base):
    """Put before a widget class: sets the property `ring` while keyboard focus is there."""

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() in _BY_KEYBOARD:
            self._show_ring(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if self.property("ring"):
            self._show_ring(False)

    @property
    def has_ring(self) -> bool:
        return bool(self.property("ring"))

    def _show_ring(self, shown: bool) -> None:
        self.setProperty("ring", shown)
        self.style().unpolish(self)
        self.style().polish(self)
        self.update()


class ReadingOrderMixin(_Base):
    """Put before a window's class: Tab goes where one reads, also to parts that were added later.

    Qt would go by the order in which parts were made, and so reach what is added later last.
    """

    def focusNextPrevChild(self, forward: bool) -> bool:
        way = stops(self)
        here = place_of(self.focusWidget(), way)
        if not way or (here is not None and len(way) == 1):
            return False
        if here is None:
            found = way[0] if forward else way[-1]
        else:
            found = way[(here + (1 if forward else -1)) % len(way)]
        tab, back = Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason
        found.setFocus(tab if forward else back)
        bring_into_view(found)
        return True


def stops(inside: QWidget) -> list[QWidget]:
    """What Tab reaches inside a widget, in the order of its layouts."""
    found: list[QWidget] = []
    _gather(inside, found)
    return found


def place_of(widget: QWidget | None, way: list[QWidget]) -> int | None:
    """Where a widget, or what it is a part of, stands in a way; None where it does not."""
    while widget is not None:
        if widget in way:
            return way.index(widget)
        widget = widget.parentWidget()
    return None


def bring_into_view(widget: QWidget) -> None:
    """Scroll whatever the widget lies in so that it is seen."""
    around = widget.parentWidget()
    while around is not None:
        if isinstance(around, QScrollArea):
            around.ensureWidgetVisible(widget)
        around = around.parentWidget()


def _gather(widget: QWidget, found: list[QWidget]) -> None:
    for part in _parts(widget):
        if part.isWindow() or not part.isVisible() or not part.isEnabled():
            continue
        if part.focusPolicy() & Qt.FocusPolicy.TabFocus and part.focusProxy() is None:
            found.append(part)
            if not isinstance(part, QScrollArea):
                continue  # what a field, a list or a table is made of is its own affair
        _gather(part, found)


def _parts(widget: QWidget) -> list[QWidget]:
    """The direct parts of a widget: those of its layout first, then what lies upon it."""
    if isinstance(widget, QScrollArea):
        inside: QWidget | None = widget.widget()
        return [] if inside is None else [inside]
    laid: list[QWidget] = []
    layout = widget.layout()
    if layout is not None:
        _lay(layout, laid)
    others = [part for part in widget.children() if isinstance(part, QWidget) and part not in laid]
    return laid + others


def _lay(layout: QLayout, laid: list[QWidget]) -> None:
    places = list(range(layout.count()))
    if isinstance(layout, QGridLayout):  # filled in any order, read by rows
        places.sort(key=lambda place: layout.getItemPosition(place)[:2])  # type: ignore[index]
    for place in places:
        item = layout.itemAt(place)
        if item is None:
            continue
        if (part := item.widget()) is not None:
            laid.append(part)
        elif (inner := item.layout()) is not None:
            _lay(inner, laid)
