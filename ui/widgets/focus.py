"""A focus ring that shows for the keyboard and stays away for the mouse."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QWidget

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
